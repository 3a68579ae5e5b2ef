"""The dashboard: firing alerts on top, then a row a surface with a panel a metric, its thresholds drawn in."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping, Sequence

from opslead.render.monitoring.alert import Alert, Metric, Plan
from opslead.render.monitoring.condition import Unit
from opslead.render.monitoring.promql import duration
from opslead.spec.document import Specification
from opslead.spec.labels import SURFACES
from opslead.text import Lang, pick

SCHEMA = 39
"""The form of dashboards since Grafana 10.3; later versions read it."""
_UNITS = {Unit.SECONDS: "s", Unit.RATIO: "percentunit", Unit.TIMES: "none", Unit.COUNT: "short", Unit.CELSIUS: "celsius", Unit.STATE: "none", Unit.KRW: "currencyKRW", Unit.EUR: "currencyEUR", Unit.USD: "currencyUSD", Unit.GBP: "currencyGBP"}  # fmt: skip
_WIDTH, _HEIGHT, _ACROSS = 8, 7, 3
_SOURCE = {"type": "prometheus", "uid": "${datasource}"}


def dashboard(specification: Specification, made: Plan) -> str:
    """The dashboard as JSON. Its uid follows the title, so a later version replaces an earlier one."""
    lang = specification.language
    tree = {
        "uid": hashlib.sha256(specification.title.encode()).hexdigest()[:16],
        "title": specification.title,
        "tags": ["opslead"],
        "schemaVersion": SCHEMA,
        "version": 1,
        "editable": True,
        "refresh": "1m",
        "time": {"from": "now-24h", "to": "now"},
        "timezone": "browser",
        "templating": {"list": [{"name": "datasource", "type": "datasource", "query": "prometheus", "hide": 0}]},
        "annotations": {"list": []},
        "panels": list(_numbered(_panels(specification, made))),
        "description": pick(
            lang, "지표의 뜻은 prometheus/METRICS.md에 있다.", "What the metrics mean: prometheus/METRICS.md."
        ),
    }
    return json.dumps(tree, ensure_ascii=False, indent=2) + "\n"


def _numbered(panels: Iterator[dict[str, object]]) -> Iterator[dict[str, object]]:
    return ({"id": number, **panel} for number, panel in enumerate(panels, 1))


def _panels(specification: Specification, made: Plan) -> Iterator[dict[str, object]]:
    lang = specification.language
    y = 8
    states = [metric for metric in made.metrics if metric.unit is Unit.STATE]
    yield _firing(pick(lang, "울리고 있는 경보", "Firing alerts"), 12 if states else 24)
    if states:
        yield _states(states, lang)
    alerts: dict[str, list[Alert]] = {}
    for alert in made.alerts:
        for term in alert.terms:
            alerts.setdefault(term.metric.name, []).append(alert)
    measured = [metric for metric in made.metrics if metric.unit is not Unit.STATE]
    for surface in (*SURFACES[lang], 0):
        metrics = [metric for metric in measured if next(iter(metric.policy.surfaces), 0) == surface]
        if not metrics:
            continue
        title = f"[{surface}] {SURFACES[lang][surface]}" if surface else pick(lang, "표면 없음", "No surface")
        yield {"type": "row", "title": title, "collapsed": False, "panels": [], "gridPos": _place(0, y, 24, 1)}
        y += 1
        for index, metric in enumerate(metrics):
            x, below = index % _ACROSS * _WIDTH, index // _ACROSS * _HEIGHT
            yield _panel(metric, alerts.get(metric.name, []), _place(x, y + below, _WIDTH, _HEIGHT))
        y += -(-len(metrics) // _ACROSS) * _HEIGHT


def _place(x: int, y: int, width: int, height: int) -> dict[str, int]:
    return {"x": x, "y": y, "w": width, "h": height}


def _firing(title: str, width: int) -> dict[str, object]:
    """All alerts of the rules that are firing now: which, how grave, of which policy, for whom."""
    target = {"refId": "A", "datasource": _SOURCE, "expr": 'ALERTS{alertstate="firing",part!=""}', "format": "table", "instant": True}  # fmt: skip
    order = {name: place for place, name in enumerate(("alertname", "severity", "policy", "part", "owner", "metric"))}
    hidden = dict.fromkeys(("Time", "Value", "__name__", "alertstate", "starting_value", "surface"), True)
    shown = {"id": "organize", "options": {"excludeByName": hidden, "indexByName": order}}
    return {"type": "table", "title": title, "datasource": _SOURCE, "gridPos": _place(0, 0, width, 8), "targets": [target], "transformations": [shown]}  # fmt: skip


def _states(metrics: Sequence[Metric], lang: Lang) -> dict[str, object]:
    """Where each policy stands, over time."""
    words = pick(lang, "평상|발동|중단", "ordinary|started|stopped").split("|")
    coloured = zip(words, ("green", "orange", "red"), strict=True)
    mapping = {str(value): {"text": word, "color": colour} for value, (word, colour) in enumerate(coloured)}
    targets = [
        {"refId": f"S{at}", "datasource": _SOURCE, "expr": one.name, "legendFormat": f"#{one.policy.number} {one.policy.name}"}
        for at, one in enumerate(metrics, 1)
    ]  # fmt: skip
    return {
        "type": "state-timeline",
        "title": pick(lang, "정책의 상태", "States of the policies"),
        "datasource": _SOURCE,
        "gridPos": _place(12, 0, 12, 8),
        "targets": targets,
        "fieldConfig": {"defaults": {"mappings": [{"type": "value", "options": mapping}]}, "overrides": []},
    }


def _panel(metric: Metric, alerts: list[Alert], place: Mapping[str, int]) -> dict[str, object]:
    windows = sorted({t.condition.window or 0 for a in alerts for t in a.terms if t.metric.name == metric.name})
    queries = [metric.name]
    if metric.kind == "counter":
        queries = [f"round(increase({metric.name}[{duration(window)}]))" for window in windows if window]
    targets = [
        {"refId": chr(ord("A") + i), "datasource": _SOURCE, "expr": query, "legendFormat": "__auto"}
        for i, query in enumerate(queries)
    ]
    defaults = {
        "unit": _UNITS[metric.unit],
        "thresholds": {"mode": "absolute", "steps": _steps(metric, alerts)},
        "custom": {"thresholdsStyle": {"mode": "line"}},
    }
    return {
        "type": "timeseries",
        "title": f"#{metric.policy.number} {metric.subject}",
        "description": "\n\n".join(dict.fromkeys(alert.sentence for alert in alerts)),
        "datasource": _SOURCE,
        "gridPos": dict(place),
        "targets": targets,
        "fieldConfig": {"defaults": defaults, "overrides": []},
    }


def _steps(metric: Metric, alerts: list[Alert]) -> list[dict[str, object]]:
    """Colours from below to above: green where nothing fires, orange where a policy starts or an early sign shows, red where it stops."""
    colours = {"leading": "orange", "lagging": "orange", "start": "orange", "stop": "red", "relax": "green"}
    terms = [(t.condition, a.part) for a in alerts if not a.eases for t in a.terms if t.metric.name == metric.name]
    below = [(c, part) for c, part in terms if c.operator in ("<", "<=")]
    steps: dict[float | None, str] = {None: colours[below[0][1]] if below else "green"}
    for condition, part in sorted(terms, key=lambda term: term[0].amount.value):
        if condition.operator in (">", ">="):
            steps[condition.amount.value] = colours[part]
        elif condition.operator in ("<", "<="):
            steps[condition.amount.value] = "green"
    return [{"value": value, "color": colour} for value, colour in steps.items()]
