"""From holes to candidate policies: each pattern that applies writes one policy, and takes in every hole it closes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from opslead.knowledge.schema import Pattern
from opslead.knowledge.slots import service_slots
from opslead.lenses.hole import Hole
from opslead.model.service import Service
from opslead.policy.write import write_policy
from opslead.spec.document import Policy
from opslead.text import MissingSlotError


@dataclass(frozen=True)
class Candidate:
    """A policy with the pattern that wrote it and the holes it closes, the gravest first."""

    pattern: Pattern
    policy: Policy
    holes: tuple[Hole, ...]

    @property
    def id(self) -> str:
        return self.pattern.id

    @property
    def certain(self) -> bool:
        """Whether at least one of its holes rests on stated facts alone."""
        return any(hole.certain for hole in self.holes)

    @property
    def priority(self) -> int:
        """The gravest certain hole's risk priority number; half of the gravest when none is certain."""
        sure = [hole.priority for hole in self.holes if hole.certain]
        return max(sure) if sure else max(hole.priority for hole in self.holes) // 2


@dataclass(frozen=True)
class Synthesis:
    """Candidates by id, and the holes that no pattern knows how to close."""

    candidates: tuple[Candidate, ...]
    unanswered: tuple[Hole, ...]


def synthesise(service: Service, holes: Iterable[Hole], patterns: Iterable[Pattern]) -> Synthesis:
    """One candidate a pattern that has a hole of its own or closes one of a computing lens."""
    found = tuple(holes)
    general = service_slots(service)
    candidates: list[Candidate] = []
    answered: set[str] = set()
    for pattern in patterns:
        own = [hole for hole in found if hole.mechanism == pattern.id]
        others = [hole for hole in found if hole.mechanism in pattern.finding]
        if not own and not others:
            continue
        candidate = _candidate(pattern, own, others, general, service)
        if candidate is not None:
            candidates.append(candidate)
            answered |= {hole.id for hole in candidate.holes}
    return Synthesis(tuple(candidates), tuple(hole for hole in found if hole.id not in answered))


def _candidate(
    pattern: Pattern, own: list[Hole], others: list[Hole], general: Mapping[str, str], service: Service
) -> Candidate | None:
    slots = {**general, **{key: value for hole in others[:1] for key, value in hole.slots.items()}}
    slots |= {key: value for hole in own for key, value in hole.slots.items()}
    try:
        policy = write_policy(pattern, slots, service.language)
    except MissingSlotError:
        if own:
            raise  # the catalog's lint guarantees the slots of a pattern's own match
        return None
    closed = sorted([*own, *others], key=lambda hole: (not hole.certain, -hole.priority, hole.id))
    return Candidate(pattern, policy.model_copy(update={"closes": tuple(h.id for h in closed)}), tuple(closed))
