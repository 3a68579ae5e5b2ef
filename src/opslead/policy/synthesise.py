"""From holes to candidate policies: each pattern that applies writes one policy, and takes in every hole it closes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from opslead.knowledge.schema import Pattern
from opslead.knowledge.slots import service_slots
from opslead.lenses.hole import Hole
from opslead.model.service import Service
from opslead.policy.write import crew, write_policy
from opslead.spec.document import Policy, Uncertain
from opslead.text import MissingSlotError, pick


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
    """One candidate a pattern that has a hole of its own or closes one of a computing lens.

    A computed hole goes to one pattern: of those that list its mechanism, the one that stood back for it, else one that applies by
    itself and has the gravest hole; so no two policies rest on the same finding.
    """
    found = tuple(holes)
    catalog = tuple(patterns)
    own = {pattern.id: [hole for hole in found if hole.mechanism == pattern.id] for pattern in catalog}
    general = service_slots(service)
    given: dict[str, list[Hole]] = {}
    unanswered: list[Hole] = []
    for hole in found:
        if hole.mechanism in own:
            continue
        able = [
            pattern
            for pattern in catalog
            if hole.mechanism in pattern.finding and _writes(pattern, own[pattern.id], hole, general, service)
        ]
        if able:
            best = min(
                able,
                key=lambda p: (
                    hole.mechanism not in p.yields_to,  # whose own hole stood back because this one says the same
                    not own[p.id],
                    len(p.finding),
                    -max((h.priority for h in own[p.id]), default=0),
                    p.id,
                ),
            )
            given.setdefault(best.id, []).append(hole)
        else:
            unanswered.append(hole)
    candidates = [
        _candidate(pattern, own[pattern.id], given.get(pattern.id, []), general, service)
        for pattern in catalog
        if own[pattern.id] or given.get(pattern.id)
    ]
    return Synthesis(tuple(candidates), tuple(unanswered))


def _writes(pattern: Pattern, own: list[Hole], hole: Hole, general: Mapping[str, str], service: Service) -> bool:
    """Whether the pattern's policy has all its slots, from its own match or from the computed hole."""
    if own:
        return True
    try:
        write_policy(pattern, {**general, **hole.slots}, service.language)
    except MissingSlotError:
        return False
    return True


def _candidate(
    pattern: Pattern, own: list[Hole], others: list[Hole], general: Mapping[str, str], service: Service
) -> Candidate:
    # a pattern without matchers is written for all its mechanisms: what the first hole lacks comes from the next ones
    given = others[:1] if pattern.when else others
    slots = {**general, **{key: value for hole in reversed(given) for key, value in hole.slots.items()}}
    slots |= {key: value for hole in own for key, value in hole.slots.items()}
    policy = write_policy(
        pattern, slots, service.language, crew(service)
    )  # the catalog's lint guarantees the slots of an own match
    closed = sorted([*own, *others], key=lambda hole: (not hole.certain, -hole.priority, hole.id))
    candidate = Candidate(pattern, policy.model_copy(update={"closes": tuple(h.id for h in closed)}), tuple(closed))
    return candidate if candidate.certain else _doubtful(candidate, service)


def _doubtful(candidate: Candidate, service: Service) -> Candidate:
    """The same with its premise said to be unconfirmed, and the question that decides it first."""
    known = candidate.policy.uncertain
    asked = [question.decision for question in candidate.holes[0].questions[:1]]
    asked += known.questions if known else ()
    what = pick(
        service.language,
        "설명에 적혀 있지 않은 것을 있다고 보고 쓴 정책이다. 없으면 뺀다.",
        "Written for something that the description does not say; leave it out if there is none.",
    )
    uncertain = Uncertain(what=f"{what} {known.what}" if known else what, questions=tuple(asked[:3]))
    return replace(candidate, policy=candidate.policy.model_copy(update={"uncertain": uncertain}))
