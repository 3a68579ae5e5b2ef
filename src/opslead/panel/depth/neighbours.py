"""Which policies an author has to know of: those that act on the same accident first, then those that speak of the same things."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from opslead.intake.lexicon import keys
from opslead.panel.depth.checks.bench import Bench
from opslead.panel.depth.drafts import is_models
from opslead.panel.depth.stems import stems
from opslead.policy.synthesise import Candidate
from opslead.spec.document import Policy

MOST_NEIGHBOURS = 6
MOST_OVERLAPPING = 2
LEAST_SHARED = 2
"""Sets of concepts that two of the engine's policies share when they act on the same; it has told its own apart already."""


def overlapping(candidate: Candidate, bench: Bench) -> tuple[Candidate, ...]:
    """Those that a reader would take for a policy on the same accident, at most two, the nearest first: what one is there to close, by
    its pattern's concepts, turns up in the findings and the trigger of the other. Among them are a model's, which have no text yet."""
    others = [other for other in bench.beside if other.id != candidate.id]
    scored = [(_shared(candidate, other), other.id, other) for other in others]
    either = is_models(candidate)
    near = [one for one in scored if one[0] >= (1 if either or is_models(one[2]) else LEAST_SHARED)]
    return tuple(other for _, _, other in sorted(near, key=lambda one: (-one[0], one[1]))[:MOST_OVERLAPPING])


def nearest(candidate: Candidate, bench: Bench, but: Sequence[Candidate] = ()) -> tuple[Policy, ...]:
    """The written neighbours that speak most of the same things, at most six with those in `but`, which are left out."""
    own = stems(f"{candidate.policy.name} {candidate.policy.trigger} {candidate.policy.scope}")
    surfaces = set(candidate.pattern.surfaces)
    left_out = {candidate.id, *(other.id for other in but)}

    def near(item: tuple[str, Policy]) -> tuple[int, str]:
        key, other = item
        shared = own & stems(f"{other.name} {other.trigger} {other.scope}")
        return -(len(shared) + 2 * len(surfaces & set(other.surfaces))), key

    written = [(key, policy) for key, policy in bench.policies.items() if policy.runbook and key not in left_out]
    return tuple(policy for _, policy in sorted(written, key=near)[: MOST_NEIGHBOURS - len(but)])


def _shared(one: Candidate, other: Candidate) -> int:
    """How many sets of concepts that one of the two closes the other shows; a model's own closes what its words name, all or none."""
    if is_models(one) and is_models(other):
        return 0
    return sum(set(closed) <= _shown(other) for closed in one.pattern.closes) + sum(
        set(closed) <= _shown(one) for closed in other.pattern.closes
    )


def _shown(candidate: Candidate) -> frozenset[str]:
    """The concepts and steps that its findings, name and trigger speak of."""
    holes = " ".join(f"{hole.condition} {hole.user_impact} {hole.operations_impact}" for hole in candidate.holes)
    return _concepts(f"{candidate.policy.name} {candidate.policy.trigger} {holes}")


@lru_cache(maxsize=512)
def _concepts(text: str) -> frozenset[str]:
    return frozenset((*keys(text, "concepts"), *keys(text, "steps")))
