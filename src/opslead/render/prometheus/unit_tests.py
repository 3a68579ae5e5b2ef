"""Unit tests of the rules, from the same thresholds: each alert fires at its bound and is silent just beside it."""

from __future__ import annotations

import math
from collections.abc import Iterator

from opslead.render.monitoring.condition import Operator, Unit
from opslead.render.monitoring.plan import Alert, Plan, Term
from opslead.render.monitoring.promql import duration, number
from opslead.render.prometheus.rules import dump, labels, told
from opslead.text import Lang

_INTERVALS = (15, 60, 300, 900, 3600, 6 * 3600, 86400)
"""Seconds between samples; a test runs at the coarsest that still counts exactly."""


def unit_tests(made: Plan, lang: Lang) -> dict[str, str]:
    """Files of tests by name (`04-1h`): one a policy and interval, since promtool evaluates all rules of a file at one interval."""
    files: dict[tuple[str, int], list[dict[str, object]]] = {}
    for alert in made.alerts:
        step = _step(alert)
        files.setdefault((f"{alert.policy.number:02d}", step), []).extend(_tests(alert, step, lang))
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
        term.metric.name: {"series": term.metric.name, "values": _values(term, holds, start, end)}
        for term, holds in zip(alert.terms, met, strict=True)
    }
    expected = [{"exp_labels": labels(alert), "exp_annotations": told(alert, lang)}] if fires else []
    asked = {"eval_time": duration(end * step), "alertname": alert.name, "exp_alerts": expected}
    return {"interval": duration(step), "input_series": list(series.values()), "alert_rule_test": [asked]}


def _values(term: Term, holds: bool, start: int, end: int) -> str:
    """A gauge stands at its value from the beginning (where the alert lasts: from `start` on); a counter jumps at `start`."""
    value = number(_beside(term.condition.operator, term.condition.amount.value, term.condition.amount.unit, holds))
    if end < start:
        return f"{value if term.metric.kind == 'gauge' else 0}x{end}"
    if term.metric.kind == "gauge":
        away = number(_beside(term.condition.operator, term.condition.amount.value, term.condition.amount.unit, False))
        return f"{away}x{start - 1} {value}x{end - start + 1}" if start > 1 else f"{value}x{end + 1}"
    return f"0x{start - 1} {value}x{end - start + 1}"


def _beside(operator: Operator, bound: float, unit: Unit, holds: bool) -> float:
    """A value for which the comparison holds, or does not, as near the bound as the unit goes."""
    near = 1.0 if unit in (Unit.COUNT, Unit.SECONDS) else max(abs(bound) / 100, 1e-6)
    return {
        ">": bound + near if holds else bound,
        ">=": bound if holds else bound - near,
        "<": bound - near if holds else bound,
        "<=": bound if holds else bound + near,
        "==": bound if holds else bound + near,
    }[operator]
