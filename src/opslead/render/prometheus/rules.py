"""The alerts of a plan as a file of alerting rules."""

from __future__ import annotations

from opslead.render.monitoring.alert import Alert, Missing, Plan
from opslead.render.monitoring.promql import absent, duration, expression
from opslead.render.prometheus.form import dump, literal
from opslead.render.prometheus.words import RUNBOOKS, VALUE, labels, labels_missing, told, told_missing
from opslead.text import Lang

_KEPT = "5m"
"""An alert without a duration of its own stays so long after its last sample: a value at the bound does not ring again and again."""
LATE = 15 * 60
"""Seconds without a sample after which a metric counts as missing: longer than a restart or a missed scrape."""


def rules(made: Plan, lang: Lang) -> dict[str, str]:
    """One file a policy, by its number (`04`), in YAML: its alerts, and one for metrics that do not arrive."""
    found: dict[str, list[dict[str, object]]] = {}
    for alert in made.alerts:
        found.setdefault(f"{alert.policy.number:02d}", []).append(_rule(alert, lang))
    for missing in made.missing:
        found.setdefault(f"{missing.policy.number:02d}", []).append(_missing(missing, lang))
    return {
        number: dump({"groups": [{"name": f"opslead-{number}", "rules": group}]}) for number, group in found.items()
    }


def _rule(alert: Alert, lang: Lang) -> dict[str, object]:
    lasts = {"for": duration(alert.hold)} if alert.hold else {} if alert.eases else {"keep_firing_for": _KEPT}
    shown = {key: literal(text) for key, text in told(alert, lang).items()}
    shown |= {"value": VALUE[alert.terms[0].condition.amount.unit], "runbook_url": RUNBOOKS + shown["runbook_url"]}
    routed = {key: literal(text) for key, text in labels(alert).items()}
    return {"alert": alert.name, "expr": expression(alert), **lasts, "labels": routed, "annotations": shown}


def _missing(missing: Missing, lang: Lang) -> dict[str, object]:
    shown = {key: literal(text) for key, text in told_missing(missing, lang).items()}
    shown["runbook_url"] = RUNBOOKS + shown["runbook_url"]
    routed = {key: literal(text) for key, text in labels_missing(missing).items()}
    return {
        "alert": missing.name,
        "expr": absent(missing),
        "for": duration(LATE),
        "labels": routed,
        "annotations": shown,
    }
