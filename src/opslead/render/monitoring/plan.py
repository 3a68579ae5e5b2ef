"""From policies to what a monitoring system is given: the metrics a service has to emit, the alerts on them, and what stays with people."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Literal

from opslead.render.monitoring.condition import Clause, Condition, Unit
from opslead.render.monitoring.sentence import read
from opslead.render.slugs import slugs
from opslead.spec.document import Policy, RolloutItem, Specification
from opslead.text import STARTING, Lang, pick

Part = Literal["leading", "lagging", "start", "relax", "stop"]
PARTS: tuple[Part, ...] = ("leading", "lagging", "start", "relax", "stop")
Severity = Literal["critical", "warning", "info"]
_SEVERITY: Mapping[str, Severity] = {"high": "critical", "medium": "warning", "low": "info", "": "warning"}
_SUFFIX = {Unit.SECONDS: "seconds", Unit.RATIO: "ratio", Unit.TIMES: "ratio", Unit.COUNT: "items"}
_SYSTEM = re.compile(r"^(?:the )?system$|^시스템$|^자동$", re.I)


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
    starting value, which operating data should replace."""

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
    unexpressed: tuple[Unexpressed, ...]


def plan(specification: Specification) -> Plan:
    """The monitoring of all policies. Same document, same names."""
    graded = {item.policy: item for item in specification.rollout.items}
    roles = _roles(specification)
    named = slugs(specification.policies)
    made = [
        _Planner(policy, named[index], graded.get(policy.number), roles, specification.language).plan()
        for index, policy in enumerate(specification.policies)
    ]
    return Plan(
        tuple(metric for one in made for metric in one.metrics),
        tuple(alert for one in made for alert in one.alerts),
        tuple(left for one in made for left in one.unexpressed),
    )


class _Planner:
    """One policy: what its sentences have named so far decides what a later one without a subject speaks of."""

    def __init__(
        self, policy: Policy, slug: str, graded: RolloutItem | None, roles: tuple[str, ...], lang: Lang
    ) -> None:
        self.policy, self.slug, self.roles, self.lang = policy, slug, roles, lang
        priority = graded.ratings.action_priority if graded and graded.ratings else graded.impact if graded else ""
        self.severity = _SEVERITY[priority]
        self.metrics: dict[tuple[str, Unit, str, int | None], Metric] = {}
        self.named: list[Condition] = []

    def plan(self) -> Plan:
        alerts: list[Alert] = []
        left: list[Unexpressed] = []
        for part in PARTS:
            for number, sentence in enumerate(_sentences(self.policy, part), 1):
                said = read(sentence, self.lang)
                place = f"{part}{number}" if part in ("leading", "lagging") else part
                made = list(self._alerts(said.clauses, part, place, sentence))
                alerts += made
                if not made:
                    unnamed = pick(self.lang, "무엇을 재는지 문장에 없다", "the sentence does not say what is measured")
                    left.append(Unexpressed(self.policy, part, sentence, said.why_not or unnamed))
        return Plan(tuple(self.metrics.values()), tuple(alerts), tuple(left))

    def _alerts(self, clauses: tuple[Clause, ...], part: Part, place: str, sentence: str) -> Iterator[Alert]:
        made = 0
        for clause in clauses:
            conditions = [self._complete(condition) for condition in clause.conditions]
            if not all(condition.subject for condition in conditions):
                continue
            self.named += conditions
            made += 1
            name = place if made == 1 else f"{place}{'abcdefghij'[min(made, 10) - 1]}"
            terms = tuple(Term(self._metric(condition, place), condition) for condition in conditions)
            words = "".join(piece.capitalize() for piece in f"{self.slug}_{name}".split("_"))
            yield Alert(
                words,
                part,
                terms,
                max(condition.hold or 0 for condition in conditions),
                clause.text,
                sentence,
                self.policy,
                "info" if part == "relax" else self.severity,
                self._owner(sentence),
                any(f"{condition.amount.text}{STARTING}" in sentence for condition in conditions),
            )

    def _complete(self, condition: Condition) -> Condition:
        """A condition without a subject is about the last thing of its unit that was named, in the way that was counted."""
        if condition.subject:
            return condition
        before = next((one for one in reversed(self.named) if one.amount.unit is condition.amount.unit), None)
        if before is None:
            return condition
        counted = condition.amount.unit is Unit.COUNT
        window, hold = condition.window, condition.hold
        if counted and before.window and window is None:
            window, hold = hold or before.window, None
        elif counted and before.window is None and window and hold is None:
            window, hold = None, window
        elif not counted:
            window = window or before.window
        return replace(condition, subject=before.subject, window=window, hold=hold)

    def _metric(self, condition: Condition, place: str) -> Metric:
        unit, window = condition.amount.unit, condition.window
        kind: Literal["counter", "gauge"] = "counter" if unit is Unit.COUNT and window else "gauge"
        key = (condition.subject, unit, kind, None if kind == "counter" else window)
        if key not in self.metrics:
            suffix = "total" if kind == "counter" else _SUFFIX.get(unit, unit.value)
            name, taken = f"opslead_{self.slug}_{place}", {metric.name for metric in self.metrics.values()}
            tries = [name, *(f"{name}_{letter}" for letter in "bcdefghijklmnopqrstuvwxyz")]
            free = next(one for one in tries if f"{one}_{suffix}" not in taken)
            self.metrics[key] = Metric(f"{free}_{suffix}", kind, unit, condition.subject, key[3], self.policy)
        return self.metrics[key]

    def _owner(self, sentence: str) -> str:
        """Who is told: the first role that the sentence names, else the first of the policy's runbook; empty where there is none."""
        plain = sentence.replace(STARTING, "")
        named = [(plain.index(role), -len(role), role) for role in self.roles if role in plain]
        if named:
            return min(named)[2]
        own = (step.actor.replace(STARTING, "") for step in self.policy.runbook)
        return next((actor for actor in own if actor in self.roles), "")


def _sentences(policy: Policy, part: Part) -> tuple[str, ...]:
    said: str | tuple[str, ...] = getattr(policy.monitoring, part)
    return (said,) if isinstance(said, str) and said else tuple(said)


def _roles(specification: Specification) -> tuple[str, ...]:
    """Everybody who performs a step of a runbook, people only."""
    actors = {step.actor.replace(STARTING, "").strip() for p in specification.policies for step in p.runbook}
    names = {name.removeprefix("the ") for actor in actors for name in (actor,) if 1 < len(actor) <= 60}
    return tuple(sorted(name for name in names if not _SYSTEM.match(name)))
