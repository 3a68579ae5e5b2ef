"""What an alert says and how it is routed, and a value in the words of Prometheus' own templates."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping

from opslead.render.monitoring.alert import Alert, Missing
from opslead.render.monitoring.condition import Unit
from opslead.spec.document import Policy
from opslead.text import Lang, pick

RUNBOOKS = "{{ $externalLabels.runbooks }}"
"""Where the cards are kept, from Prometheus' own configuration; nothing where it is not set."""
VALUE: Mapping[Unit, str] = defaultdict(
    lambda: "{{ $value }}",
    {Unit.RATIO: "{{ $value | humanizePercentage }}", Unit.SECONDS: "{{ $value | humanizeDuration }}"},
)


def shown(value: float, unit: Unit) -> str:
    """The value as `VALUE` prints it (prometheus/common, `template.go`): `96%`, `4m 1s`, `3`."""
    if unit is Unit.RATIO:
        return f"{value * 100:.4g}%"
    if unit is not Unit.SECONDS:
        return str(int(value)) if value.is_integer() else repr(value)
    minutes, seconds = divmod(int(value), 60)
    hours, minutes = divmod(minutes, 60)
    days, hours = divmod(hours, 24)
    if days:
        return f"{days}d {hours}h {minutes}m {seconds}s"
    if hours:
        return f"{hours}h {minutes}m {seconds}s"
    return f"{minutes}m {seconds}s" if minutes else f"{value:.4g}s"


def labels(alert: Alert) -> dict[str, str]:
    """What alerts are routed by. `part` is leading, lagging, start, relax or stop; `starting_value` marks a number to be replaced by data."""
    starting = {"starting_value": "true"} if alert.starting else {}
    return _routed(alert.severity, alert.policy, alert.part, alert.owner) | starting


def labels_missing(missing: Missing) -> dict[str, str]:
    """The same with `part` data; Prometheus adds `metric`, the name of what is missing."""
    return _routed("warning", missing.policy, "data", missing.owner)


def _routed(severity: str, policy: Policy, part: str, owner: str) -> dict[str, str]:
    found = {
        "severity": severity,
        "policy": policy.id or f"#{policy.number}",
        "part": part,
        "surface": ",".join(map(str, policy.surfaces)),
        "owner": owner,
    }
    return {key: text for key, text in found.items() if text}


def told(alert: Alert, lang: Lang) -> dict[str, str]:
    """What the person who is called reads, and where the runbook is, relative to where the cards are kept."""
    what = {
        "leading": pick(lang, "선행 지표", "leading indicator"),
        "lagging": pick(lang, "결과 지표", "lagging indicator"),
        "start": pick(lang, "발동", "start"),
        "relax": pick(lang, "완화", "relax"),
        "stop": pick(lang, "중단", "stop"),
    }[alert.part]
    return _annotated(alert.policy, f"{what}: {alert.clause}", alert.sentence)


def told_missing(missing: Missing, lang: Lang) -> dict[str, str]:
    """The same for metrics that do not arrive."""
    return _annotated(
        missing.policy,
        pick(lang, "지표가 들어오지 않는다", "a metric does not arrive"),
        pick(
            lang,
            "라벨 metric의 지표가 없어 이것을 보는 경보가 울릴 수 없다. METRICS.md에서 무엇을 재는지 보고 내보내는 쪽을 고친다.",
            "Nothing arrives for the metric of the label, so the alerts on it cannot fire. METRICS.md says what it measures; mend what emits it.",
        ),
    )


def _annotated(policy: Policy, what: str, why: str) -> dict[str, str]:
    return {
        "summary": f"#{policy.number} {policy.name} — {what}",
        "description": why,
        "runbook_url": f"cards/{policy.number:02d}.html",
    }
