"""From policies to what a monitoring system is given: the metrics a service has to emit, the alerts on them, and what stays with people."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Literal

from opslead.render.monitoring.alert import PARTS, Alert, Metric, Missing, Part, Plan, Term, Unexpressed
from opslead.render.monitoring.condition import Clause, Condition, Unit
from opslead.render.monitoring.sentence import read
from opslead.render.monitoring.urgency import graded
from opslead.render.slugs import slugs
from opslead.spec.document import Level, Policy, RolloutItem, Specification
from opslead.text import STARTING, Lang, pick

_SUFFIX = {Unit.SECONDS: "seconds", Unit.RATIO: "ratio", Unit.TIMES: "ratio", Unit.COUNT: "items"}
_ARTICLE = re.compile(r"^the ", re.I)
_SYSTEM = re.compile(r"^(?:the )?system$|^시스템$|^자동$", re.I)


def plan(specification: Specification) -> Plan:
    """The monitoring of all policies. Same document, same names."""
    items = {item.policy: item for item in specification.rollout.items}
    roles = _roles(specification)
    named = slugs(specification.policies)
    made = [
        _Planner(policy, named[index], items.get(policy.number), roles, specification.language).plan()
        for index, policy in enumerate(specification.policies)
    ]
    return Plan(
        tuple(metric for one in made for metric in one.metrics),
        tuple(alert for one in made for alert in one.alerts),
        tuple(missing for one in made for missing in one.missing),
        tuple(left for one in made for left in one.unexpressed),
    )


class _Planner:
    """One policy: what its sentences have named so far decides what a later one without a subject speaks of."""

    def __init__(self, policy: Policy, slug: str, item: RolloutItem | None, roles: tuple[str, ...], lang: Lang) -> None:
        self.policy, self.slug, self.roles, self.lang = policy, slug, roles, lang
        self.priority: Level = item.ratings.action_priority if item and item.ratings else item.impact if item else ""
        self.metrics: dict[tuple[str, Unit, str, int | None], Metric] = {}
        self.named: list[Condition] = []

    def plan(self) -> Plan:
        alerts: list[Alert] = []
        left: list[Unexpressed] = []
        for part in PARTS:
            for number, sentence in enumerate(_sentences(self.policy, part), 1):
                found = read(sentence, self.lang)
                place = f"{part}{number}" if part in ("leading", "lagging") else part
                made = list(self._alerts(found.clauses, part, place, sentence))
                alerts += made
                if not made:
                    unnamed = pick(self.lang, "무엇을 재는지 문장에 없다", "the sentence does not say what is measured")
                    left.append(Unexpressed(self.policy, part, sentence, found.why_not or unnamed))
        said = pick(
            self.lang,
            "정책의 상태: 0 평상, 1 발동(늘 켜 두는 정책은 1), 2 중단",
            "state of the policy: 0 ordinary, 1 started (always on: 1), 2 stopped",
        )
        state = Metric(f"opslead_{self.slug}_state", "gauge", Unit.STATE, said, None, self.policy)
        alerts = graded(alerts, self.priority, state)
        metrics = (*self.metrics.values(), *((state,) if any(alert.eases for alert in alerts) else ()))
        missing = Missing(self._name("no_data"), metrics, self.policy, self._owner(""))
        return Plan(metrics, tuple(alerts), (missing,) if metrics else (), tuple(left))

    def _name(self, of: str) -> str:
        return "".join(piece.capitalize() for piece in f"{self.slug}_{of}".split("_"))

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
            yield Alert(
                self._name(name),
                part,
                terms,
                max(condition.hold or 0 for condition in conditions),
                clause.text,
                sentence,
                self.policy,
                "warning",  # until `graded` has seen all of the policy's alerts
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
        own = (_ARTICLE.sub("", step.actor.replace(STARTING, "").strip()) for step in self.policy.runbook)
        return next((actor for actor in own if actor in self.roles), "")


def _sentences(policy: Policy, part: Part) -> tuple[str, ...]:
    said: str | tuple[str, ...] = getattr(policy.monitoring, part)
    return (said,) if isinstance(said, str) and said else tuple(said)


def _roles(specification: Specification) -> tuple[str, ...]:
    """Everybody who performs a step of a runbook, people only."""
    actors = {step.actor.replace(STARTING, "").strip() for p in specification.policies for step in p.runbook}
    names = {_ARTICLE.sub("", actor) for actor in actors if 1 < len(actor) <= 60}
    return tuple(sorted(name for name in names if not _SYSTEM.match(name)))
