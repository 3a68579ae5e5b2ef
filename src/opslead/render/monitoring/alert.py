"""What a plan of monitoring is made of: metrics, alerts on them, and the sentences that no rule can watch."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from opslead.render.monitoring.condition import Condition, Unit
from opslead.spec.document import Policy

Part = Literal["leading", "lagging", "start", "relax", "stop"]
PARTS: tuple[Part, ...] = ("leading", "lagging", "start", "relax", "stop")
Severity = Literal["critical", "warning", "info"]


@dataclass(frozen=True)
class Metric:
    """A series that the service emits. A counter counts `subject`; a gauge holds its value, taken over `window` seconds where one is named."""

    name: str
    kind: Literal["counter", "gauge"]
    unit: Unit
    subject: str
    window: int | None
    policy: Policy


@dataclass(frozen=True)
class Term:
    """One comparison of an alert."""

    metric: Metric
    condition: Condition


@dataclass(frozen=True)
class Alert:
    """All `terms` hold for `hold` seconds. `clause` are the words it was read from, `sentence` all of them; `starting`: a number of it is a
    starting value, which operating data should replace; `eases`: it leads back out of a measure, and is no trouble."""

    name: str
    part: Part
    terms: tuple[Term, ...]
    hold: int
    clause: str
    sentence: str
    policy: Policy
    severity: Severity
    owner: str
    starting: bool
    eases: bool = False


@dataclass(frozen=True)
class Missing:
    """The alert that `metrics`, all of a policy's, do not arrive: without them its other alerts stay silent whatever happens."""

    name: str
    metrics: tuple[Metric, ...]
    policy: Policy
    owner: str


@dataclass(frozen=True)
class Unexpressed:
    """A sentence that no rule can watch, and why."""

    policy: Policy
    part: Part
    sentence: str
    why: str


@dataclass(frozen=True)
class Plan:
    """Everything, in the order of the policies."""

    metrics: tuple[Metric, ...]
    alerts: tuple[Alert, ...]
    missing: tuple[Missing, ...]
    unexpressed: tuple[Unexpressed, ...]
