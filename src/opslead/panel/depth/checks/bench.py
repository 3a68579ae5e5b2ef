"""What a drafted policy is held against, and what a check says of it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import IntEnum
from functools import cached_property
from typing import TYPE_CHECKING

from opslead.intake.page.readers import Source
from opslead.lenses.hole import Hole
from opslead.model.service import Service
from opslead.policy.quantities import quantity
from opslead.policy.synthesise import Candidate
from opslead.quantities.computation import Computation
from opslead.spec.document import Policy, Quantity
from opslead.text import Lang

if TYPE_CHECKING:
    from opslead.behaviour.verify import Verification

LONGEST = 300
"""Letters of one complaint: it goes back to the model with up to eleven others."""


@dataclass(frozen=True)
class Bench:
    """Everything a draft is held against; made once a run. `policies`: the neighbours by candidate id. `verification` None: not searched.

    `beside`: the candidates that are written in the same run, with their findings.
    """

    service: Service
    computed: Sequence[Computation]
    holes: Sequence[Hole]
    sources: Sequence[Source]
    policies: Mapping[str, Policy]
    verification: Verification | None = None
    beside: tuple[Candidate, ...] = ()

    @property
    def language(self) -> Lang:
        return self.service.language

    @cached_property
    def numbered(self) -> Mapping[str, Policy]:
        """The neighbours with a number each, by candidate id: checks across policies tell them apart by it."""
        ordered = sorted(self.policies.items())
        return {key: policy.model_copy(update={"number": n}) for n, (key, policy) in enumerate(ordered, 1)}

    @cached_property
    def quantities(self) -> tuple[Quantity, ...]:
        return tuple(quantity(made) for made in self.computed)

    @cached_property
    def given(self) -> str:
        """The inputs in full."""
        return "\n".join(source.text for source in self.sources)


class Gravity(IntEnum):
    """Which complaints come first, so that a bound on their number keeps the worst."""

    LOST = 0  # what the search counts on is gone
    UNTRUE = 1
    FORM = 2
    BESIDE = 3  # does not deal with what it is there for
    LANGUAGE = 4
    TWIN = 5
    UNDECLARED = 6
    STYLE = 7


@dataclass(frozen=True, order=True)
class Complaint:
    """`place`: field, and step where there are several; `words`: those it is about; `right`: what would be right."""

    gravity: Gravity
    place: str
    what: str
    words: str = ""
    right: str = ""

    def __str__(self) -> str:
        head = f"{self.place}: {self.what}"
        tail = f" Right: {self.right}" if self.right else ""
        room = LONGEST - len(head) - len(tail) - 4
        words = " ".join(self.words.split())
        shown = "" if not words or room < 8 else f" “{words if len(words) <= room else words[: room - 1] + '…'}”"
        return (head + shown + ("." if tail and not (head + shown).endswith(".") else "") + tail)[:LONGEST]


@dataclass(frozen=True)
class Case:
    """One policy under check, with what it is to close. `told`: texts of computations that were made for it beside the bench's own."""

    policy: Policy
    candidate: Candidate
    bench: Bench
    told: tuple[str, ...] = field(default=())

    @cached_property
    def numbered(self) -> Policy:
        """The policy with a number no neighbour has."""
        return self.policy.model_copy(update={"number": len(self.bench.policies) + 1})

    @cached_property
    def neighbours(self) -> tuple[Policy, ...]:
        return tuple(policy for key, policy in self.bench.numbered.items() if key != self.candidate.id)

    @cached_property
    def passages(self) -> tuple[tuple[str, str], ...]:
        """Every text with its place: `runbook 3`, `exceptions 1`, `trigger`; empty ones left out."""
        return tuple((place, text) for place, text in _passages(self.policy) if text)

    def names(self, numbers: Iterable[int]) -> str:
        """The neighbours of these numbers by name."""
        known = {policy.number: policy.name for policy in self.neighbours}
        return ", ".join(f"‘{known[n]}’" for n in numbers if n in known)


Finds = Callable[[Case], Iterator[Complaint]]


def _passages(policy: Policy) -> Iterator[tuple[str, str]]:
    for name in ("name", "intent", "scope", "trigger"):
        yield name, getattr(policy, name)
    for name in ("signals", "exceptions", "symptoms"):
        for number, text in enumerate(getattr(policy, name), 1):
            yield f"{name} {number}", text
    for number, point in enumerate(policy.enforcement_points, 1):
        yield f"enforcement_points {number}", point.action
    for number, step in enumerate(policy.runbook, 1):
        yield f"runbook {number}", " ".join(p for p in (step.actor, step.action, step.deadline, step.data) if p)
    watch = policy.monitoring
    for name, some in (("leading", watch.leading), ("lagging", watch.lagging)):
        for number, text in enumerate(some, 1):
            yield f"{name} {number}", text
    for name in ("start", "relax", "stop"):
        yield name, getattr(watch, name)
    if policy.uncertain is not None:
        yield "uncertain", policy.uncertain.what
        for number, text in enumerate(policy.uncertain.questions, 1):
            yield f"questions {number}", text
