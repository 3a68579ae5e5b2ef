"""Unit tests of the rules, from the same thresholds: each alert fires at its bound and is silent just beside it."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence

from opslead.render.monitoring.alert import Alert, Missing, Plan, Term
from opslead.render.monitoring.condition import Operator, Unit
from opslead.render.monitoring.promql import duration, number
from opslead.render.prometheus.form import dump
from opslead.render.prometheus.rules import LATE
from opslead.render.prometheus.words import labels, labels_missing, shown, told, told_missing
from opslead.text import Lang

_INTERVALS = (15, 60, 300, 900, 3600, 6 * 3600, 86400)
"""Seconds between samples; a test runs at the coarsest that still counts exactly."""
_MINUTES = 300


def unit_tests(made: Plan, lang: Lang) -> dict[str, str]:
    """Files of tests by name (`04-1h`): one a policy and interval, since promtool evaluates all rules of a file at one interval."""
    files: dict[tuple[str, int], list[dict[str, object]]] = {}
    for alert in made.alerts:
        step = _step(alert)
        files.setdefault((f"{alert.policy.number:02d}", step), []).extend(_tests(alert, step, lang))
    for missing in made.missing:
        files.setdefault((f"{missing.policy.number:02d}", _MINUTES), []).extend(_missing(missing, lang))
    return {
        f"{number}-{duration(step)}": dump(
            {"rule_files": [f"../rules/{number}.yaml"], "evaluation_interval": duration(step), "tests": tests}
        )
        for (number, step), tests in sorted(files.items())
    }


def _step(alert: Alert) -> int:
    """Fine enough that `increase`, which extrapolates by a sample, rounds to what was counted."""
    finest: float = alert.hold / 4 if alert.hold else _INTERVALS[-1]
    for term in alert.terms:
        if term.metric.kind == "counter" and term.condition.window:
            finest = min(finest, term.condition.window / max(24, 4 * (term.condition.amount.value + 1)))
    return next((step for step in reversed(_INTERVALS) if step <= finest), _INTERVALS[0])


def _tests(alert: Alert, step: int, lang: Lang) -> Iterator[dict[str, object]]:
    """Fires when all its terms are met; not while one is not, not before it has lasted, not before enough was counted."""
    longest = max((term.condition.window or 0) if term.metric.kind == "counter" else 0 for term in alert.terms)
    start = math.ceil(longest / step) + 1
    lasts = math.ceil(alert.hold / step)
    met = [True] * len(alert.terms)
    yield _test(alert, step, met, start, start + lasts, lang, fires=True)
    if lasts > 1:
        yield _test(alert, step, met, start, start + lasts - 2, lang, fires=False)
    if any(term.metric.kind == "counter" and term.condition.operator in ("==", "<", "<=") for term in alert.terms):
        yield _test(
            alert, step, met, start, start // 2, lang, fires=False
        )  # a counter that began a while ago says nothing yet
    for index in range(len(met)):
        yield _test(alert, step, [*met[:index], False, *met[index + 1 :]], start, start + lasts, lang, fires=False)


def _test(
    alert: Alert, step: int, met: list[bool], start: int, end: int, lang: Lang, *, fires: bool
) -> dict[str, object]:
    series = {
        term.metric.name: {"series": term.metric.name, "values": _values(term, holds, start, end, step)}
        for term, holds in zip(alert.terms, met, strict=True)
    }
    condition = alert.terms[0].condition
    value = shown(
        _beside(condition.operator, condition.amount.value, condition.amount.unit, True), condition.amount.unit
    )
    said = told(alert, lang) | {"value": value}
    expected = [{"exp_labels": labels(alert), "exp_annotations": said}] if fires else []
    return _asked(alert.name, step, end, list(series.values()), expected)


def _missing(missing: Missing, lang: Lang) -> Iterator[dict[str, object]]:
    """The first metric alone is missing, and is named; then none is."""
    end = LATE // _MINUTES + 1
    first, *_ = names = [metric.name for metric in missing.metrics]
    said = {"exp_labels": labels_missing(missing) | {"metric": first}, "exp_annotations": told_missing(missing, lang)}
    for there, expected in ((names[1:], [said]), (names, [])):
        series = [{"series": name, "values": f"0x{end}"} for name in there]
        yield _asked(missing.name, _MINUTES, end, series, expected)


def _asked(
    name: str, step: int, end: int, series: Sequence[Mapping[str, str]], expected: Sequence[Mapping[str, object]]
) -> dict[str, object]:
    asked = {"eval_time": duration(end * step), "alertname": name, "exp_alerts": list(expected)}
    return {"interval": duration(step), "input_series": list(series), "alert_rule_test": [asked]}


def _values(term: Term, holds: bool, start: int, end: int, step: int) -> str:
    """A gauge stands at its value from the beginning (where the alert lasts: from `start` on); a counter jumps at `start`.

    A counter that stays under a bound for long rises evenly, since after a jump it would soon count nothing.
    """
    condition = term.condition
    beside = _beside(condition.operator, condition.amount.value, condition.amount.unit, holds)
    if term.metric.kind == "counter" and condition.window and condition.hold and condition.operator in ("<", "<="):
        return f"0+{number(beside * step / condition.window)}x{end}"
    value = number(beside)
    if end < start:
        return f"{value if term.metric.kind == 'gauge' else 0}x{end}"
    if term.metric.kind == "gauge":
        away = number(_beside(condition.operator, condition.amount.value, condition.amount.unit, False))
        return f"{away}x{start - 1} {value}x{end - start + 1}" if start > 1 else f"{value}x{end + 1}"
    return f"0x{start - 1} {value}x{end - start + 1}"


def _beside(operator: Operator, bound: float, unit: Unit, holds: bool) -> float:
    """A value for which the comparison holds, or does not, as near the bound as the unit goes."""
    near = 1.0 if unit in (Unit.COUNT, Unit.SECONDS, Unit.STATE) else max(abs(bound) / 100, 1e-6)
    return {
        ">": bound + near if holds else bound,
        ">=": bound if holds else bound - near,
        "<": bound - near if holds else bound,
        "<=": bound if holds else bound + near,
        "==": bound if holds else bound + near,
    }[operator]
