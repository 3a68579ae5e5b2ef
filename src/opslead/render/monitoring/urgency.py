"""How loudly an alert speaks, and which alerts speak of the way back: easing a measure, ending it, opening again.

A way back is true on every quiet day ("none for 30 minutes: open again"), so by itself it would never stop firing. It holds only in the state
that it leads out of, which the service has to emit: Prometheus cannot know whether a measure is on.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from opslead.render.called import calls
from opslead.render.monitoring.alert import Alert, Metric, Severity, Term
from opslead.render.monitoring.condition import Amount, Condition, Operator, Unit
from opslead.spec.document import Level

STARTED, STOPPED = 1, 2
"""Values of a policy's state; 0 is an ordinary day. A policy that is always on stands at 1."""
_SEVERITY: Mapping[Level, Severity] = {"high": "critical", "medium": "warning", "low": "info", "": "warning"}
_LESS: frozenset[Operator] = frozenset(("<", "<=", "=="))


def graded(alerts: Sequence[Alert], priority: Level, state: Metric) -> list[Alert]:
    """The alerts of one policy with their severity, those of a way back bound to `state`."""
    return [_one(alert, alerts, priority, state) for alert in alerts]


def _one(alert: Alert, alerts: Sequence[Alert], priority: Level, state: Metric) -> Alert:
    leaves = _leaves(alert, alerts)
    if not leaves:
        return replace(alert, severity=_loud(alert, priority))
    during = Condition(state.subject, "==", Amount(leaves, Unit.STATE, str(leaves)))
    return replace(alert, severity="info", terms=(*alert.terms, Term(state, during)), eases=True)


def _loud(alert: Alert, priority: Level) -> Severity:
    """Critical wakes somebody: where the policy's own words call them in, or where a grave policy comes to its stop."""
    if calls(alert.clause):
        return "warning" if priority == "low" else "critical"
    if alert.part == "stop":
        return _SEVERITY[priority]
    return "info" if priority == "low" else "warning"


def _leaves(alert: Alert, alerts: Sequence[Alert]) -> int:
    """The state that the alert leads out of, 0 where it is no way back."""
    if alert.part == "relax":
        return STARTED
    before = alerts[: alerts.index(alert)]
    if any(one.sentence == alert.sentence and _opposed(one, alert) for one in before):
        return STOPPED if alert.part == "stop" else STARTED
    few = all(term.condition.operator in _LESS for term in alert.terms)
    if alert.part == "stop" and few and not any(_agree(one, alert) for one in before):
        return STARTED  # what is little is no reason to stop anything but the policy
    return 0


def _opposed(one: Alert, other: Alert) -> bool:
    """The same thing measured, the comparison turned round."""
    return any(a.metric.subject == b.metric.subject and _less(a) != _less(b) for a in one.terms for b in other.terms)


def _agree(one: Alert, other: Alert) -> bool:
    """An early sign or a start says of the same thing that little of it is bad."""
    return one.part != "stop" and any(
        a.metric.subject == b.metric.subject and _less(a) and _less(b) for a in one.terms for b in other.terms
    )


def _less(term: Term) -> bool:
    return term.condition.operator in _LESS
