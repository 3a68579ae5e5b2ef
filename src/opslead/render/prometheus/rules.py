"""The alerts of a plan as a file of alerting rules."""

from __future__ import annotations

import yaml

from opslead.render.monitoring.plan import Alert, Plan
from opslead.render.monitoring.promql import duration, expression
from opslead.text import Lang, pick


def rules(made: Plan, lang: Lang) -> dict[str, str]:
    """One file a policy, by its number (`04`), in YAML."""
    found: dict[str, list[dict[str, object]]] = {}
    for alert in made.alerts:
        found.setdefault(f"{alert.policy.number:02d}", []).append(_rule(alert, lang))
    return {
        number: dump({"groups": [{"name": f"opslead-{number}", "rules": group}]}) for number, group in found.items()
    }


def _rule(alert: Alert, lang: Lang) -> dict[str, object]:
    hold = {"for": duration(alert.hold)} if alert.hold else {}
    shown = {key: _literal(text) for key, text in told(alert, lang).items()}
    routed = {key: _literal(text) for key, text in labels(alert).items()}
    return {"alert": alert.name, "expr": expression(alert), **hold, "labels": routed, "annotations": shown}


def labels(alert: Alert) -> dict[str, str]:
    """What alerts are routed by. `part` is leading, lagging, start, relax or stop; `starting_value` marks a number to be replaced by data."""
    found = {
        "severity": alert.severity,
        "policy": alert.policy.id or f"#{alert.policy.number}",
        "part": alert.part,
        "surface": ",".join(map(str, alert.policy.surfaces)),
        "owner": alert.owner,
        "starting_value": "true" if alert.starting else "",
    }
    return {key: text for key, text in found.items() if text}


def told(alert: Alert, lang: Lang) -> dict[str, str]:
    """What the person who is called reads, and where the runbook is, relative to where the cards are kept."""
    policy = alert.policy
    what = {
        "leading": pick(lang, "선행 지표", "leading indicator"),
        "lagging": pick(lang, "결과 지표", "lagging indicator"),
        "start": pick(lang, "발동", "start"),
        "relax": pick(lang, "완화", "relax"),
        "stop": pick(lang, "중단", "stop"),
    }[alert.part]
    return {
        "summary": f"#{policy.number} {policy.name} — {what}: {alert.clause}",
        "description": alert.sentence,
        "runbook_url": f"cards/{policy.number:02d}.html",
    }


def _literal(text: str) -> str:
    """Prometheus expands `{{ … }}` in labels and annotations; words of a document stay words."""
    return text.replace("{{", '{{ "{{" }}')


class _Dumper(yaml.SafeDumper):
    def ignore_aliases(self, data: object) -> bool:
        del data
        return True


def dump(tree: object) -> str:
    """YAML with Korean as it is and no line broken."""
    text: str = yaml.dump(tree, Dumper=_Dumper, allow_unicode=True, sort_keys=False, width=10**6)
    return text
