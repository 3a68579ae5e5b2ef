"""What a check looks at: the specification, the service it is for, and which of its policies are to be judged."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property

from opslead.model.service import Service
from opslead.review.fault import Fault
from opslead.spec.document import Policy, RunbookStep, Specification
from opslead.text import Lang


@dataclass(frozen=True)
class Passage:
    """One text of the document. `policy` is 0 outside the catalog; `field` is the policy's field or the section."""

    text: str
    field: str
    policy: int = 0
    line: int = 0


@dataclass(frozen=True)
class Matter:
    """A specification under review. `texts` are the inputs in full: what stands there is given.

    `judged`: the numbers of the policies whose faults are asked for; None: the whole document. The others are there to be
    compared with.
    """

    specification: Specification
    service: Service | None = None
    texts: tuple[str, ...] = ()
    judged: frozenset[int] | None = None

    @property
    def language(self) -> Lang:
        return self.specification.language

    @cached_property
    def policies(self) -> tuple[Policy, ...]:
        """The policies to be judged."""
        known = self.specification.policies
        return known if self.judged is None else tuple(p for p in known if p.number in self.judged)

    @cached_property
    def pairs(self) -> tuple[tuple[Policy, Policy], ...]:
        """Every two policies of which at least one is to be judged, in the order of the document."""
        known = self.specification.policies
        wanted = {policy.number for policy in self.policies}
        return tuple(
            (one, other)
            for index, one in enumerate(known)
            for other in known[index + 1 :]
            if one.number in wanted or other.number in wanted
        )

    @cached_property
    def passages(self) -> tuple[Passage, ...]:
        """The texts of the policies to be judged, and of all other parts where the whole document is."""
        own = tuple(passage for policy in self.policies for passage in policy_passages(policy))
        return own if self.judged is not None else (*_before(self.specification), *own, *_after(self.specification))


@dataclass(frozen=True)
class Check:
    """A check by name; `find` yields every fault it sees. Checks that need the service find nothing without it."""

    name: str
    find: Callable[[Matter], Iterable[Fault]]


def step_text(step: RunbookStep) -> str:
    """A step in one sentence: who, what, by when, with which data."""
    return " ".join(part for part in (step.actor, step.action, f"({step.deadline})" if step.deadline else "") if part)


def policy_passages(policy: Policy) -> Iterator[Passage]:
    """Every text of a policy, each list item and runbook step by itself."""

    def passage(text: str, field: str, line: int = 0) -> Passage:
        return Passage(text, field, policy.number, line or policy.field_lines.get(field, policy.line))

    yield Passage(policy.name, "name", policy.number, policy.line)
    for field in ("intent", "scope", "trigger"):
        yield passage(getattr(policy, field), field)
    for field in ("signals", "exceptions", "symptoms"):
        for text in getattr(policy, field):
            yield passage(text, field)
    for point in policy.enforcement_points:
        yield passage(point.action, "enforcement_points")
    for step in policy.runbook:
        yield passage(step_text(step), "runbook", step.line)
        if step.data:
            yield passage(step.data, "data", step.line)
    watch = policy.monitoring
    for text in (*watch.leading, *watch.lagging, watch.start, watch.relax, watch.stop):
        yield passage(text, "monitoring")
    if policy.uncertain is not None:
        for text in (policy.uncertain.what, *policy.uncertain.questions):
            yield passage(text, "uncertain")


def _before(spec: Specification) -> Iterator[Passage]:
    for text in spec.assumptions:
        yield Passage(text, "assumptions", 0, spec.sections.get("assumptions", 0))
    for mode in spec.failure_modes:
        for text in (mode.condition, mode.user_impact, mode.operations_impact):
            yield Passage(text, "failure_modes", 0, mode.line)
        for item in mode.evidence:
            if item.kind == "arithmetic":
                yield Passage(item.text, "failure_modes", 0, mode.line)


def _after(spec: Specification) -> Iterator[Passage]:
    for answer in spec.breach_responses:
        yield Passage(answer.answer, "breach_responses")
    for item in spec.rollout.items:
        for text in item.reasons:
            yield Passage(text, "rollout", item.policy, item.line)
    for question in spec.questions:
        for text in (question.decision, question.data_needed, question.moves):
            yield Passage(text, "questions", 0, question.line)
