"""Which policies make the specification: by risk, with every surface that has a hole covered and 1, 2, 11 weighing more."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence, Set
from dataclasses import dataclass

from opslead.knowledge.schema import Pattern
from opslead.model.told import Told
from opslead.policy.synthesise import Candidate

PRIMARY = frozenset({1, 2, 11})
PRIMARY_WEIGHT = 1.3
ABOUT = 3.0
"""Rare concepts that pattern and description share for the pattern to count as wholly about this service."""
DOMAIN_WEIGHT = 1.3
"""How much more what a pack knows of the domain weighs than what is true of any service."""
MORE = 8
"""Policies of the domain's packs that may come on top of the wanted number, where their risk is not low."""
CHARTER_WEIGHT = 0.2
"""How much a sentence of the charter that bears on a policy adds to its rank."""
MOST_PER_SURFACE = {True: 6, False: 4}
"""Policies whose first surface is the same, primary or not, before others get their turn."""


@dataclass(frozen=True)
class Choice:
    """A chosen candidate, its score, and the charter sentence it cites."""

    candidate: Candidate
    score: float
    cites: Told | None


def choose(
    candidates: Sequence[Candidate],
    charter: Sequence[Told],
    demanded: Iterable[str],
    wanted: int,
    about: Set[str],
    domain: Set[str] = frozenset(),
) -> tuple[Choice, ...]:
    """`wanted` candidates (or all, if fewer), highest score first, and up to `MORE` further ones of the domain.

    `demanded` are ids that a breach report needs; `about` are the concepts and step kinds of the description; `domain` are
    the ids that packs brought along. Every surface and every one of the twelve questions that some candidate answers gets its best one.
    """
    cites = cite(candidates, charter)
    spread = _spread(candidates)
    scores = {c.id: _score(c, c.id in cites, _weight(concepts_of(c.pattern) & about, spread)) for c in candidates}
    scores.update({c.id: _score(c, c.id in cites, ABOUT) * DOMAIN_WEIGHT for c in candidates if c.id in domain})
    order = sorted(candidates, key=lambda c: (-scores[c.id], _urgency(c), c.id))
    chosen = {c.id for c in order if c.id in set(demanded)} | _first_cited(cites)
    for view in (_surfaces, _questions):
        for number in range(1, 13):
            able = [c for c in order if number in view(c) and not _shadowed(c, chosen)]
            if able and not any(c.id in chosen for c in able):
                chosen.add(able[0].id)
    counts: dict[int, int] = {}
    for candidate in order:
        if candidate.id in chosen:
            counts[candidate.pattern.surfaces[0]] = counts.get(candidate.pattern.surfaces[0], 0) + 1
    for limited, twins in ((True, False), (False, False), (False, True)):
        for candidate in order:
            first = candidate.pattern.surfaces[0]
            if len(chosen) >= wanted:
                break
            if candidate.id in chosen or (not twins and _shadowed(candidate, chosen)):
                continue
            if not limited or counts.get(first, 0) < MOST_PER_SURFACE[first in PRIMARY]:
                chosen.add(candidate.id)
                counts[first] = counts.get(first, 0) + 1
    for candidate in order:
        grave = candidate.certain and _urgency(candidate) < _URGENCY["low"]
        room = len(chosen) < wanted + MORE
        if room and grave and candidate.id in domain - chosen and not _shadowed(candidate, chosen):
            chosen.add(candidate.id)
    return tuple(Choice(c, scores[c.id], cites.get(c.id)) for c in order if c.id in chosen)


def _urgency(candidate: Candidate) -> int:
    """The action priority of the gravest hole, 0 high to 2 low: breaks ties between equal scores (AIAG-VDA)."""
    return min(_URGENCY[hole.action_priority] for hole in candidate.holes)


_URGENCY = {"high": 0, "medium": 1, "low": 2}


def _first_cited(cites: Mapping[str, Told]) -> set[str]:
    """For each sentence of the charter the policy that it bears on most."""
    best: dict[Told, str] = {}
    for ident, told in cites.items():
        best.setdefault(told, ident)
    return set(best.values())


def _shadowed(candidate: Candidate, chosen: Set[str]) -> bool:
    """Whether a chosen pattern closes nearly the same, and nothing computed asks for this one as well."""
    computed = any(hole.certain and hole.lens != "patterns" for hole in candidate.holes)
    return not computed and bool(set(candidate.pattern.overlaps) & chosen)


def _surfaces(candidate: Candidate) -> tuple[int, ...]:
    return candidate.pattern.surfaces


def _questions(candidate: Candidate) -> tuple[int, ...]:
    return candidate.pattern.checklist


def _score(candidate: Candidate, cited: bool, about: float) -> float:
    """Risk, weighed by how much the pattern is about this service and not about any; what was computed is wholly so."""
    if any(hole.certain and hole.lens != "patterns" for hole in candidate.holes):
        about = ABOUT
    weight = PRIMARY_WEIGHT if candidate.pattern.surfaces[0] in PRIMARY else 1.0
    several = 1 + 0.05 * min(len(candidate.holes) - 1, 4)
    return candidate.priority * weight * several * (0.4 + min(1.0, about / ABOUT)) * (1 + CHARTER_WEIGHT * cited)


def concepts_of(pattern: Pattern) -> frozenset[str]:
    """Everything the pattern is about."""
    return frozenset(concept for group in pattern.closes for concept in group)


def cite(candidates: Iterable[Candidate], charter: Iterable[Told]) -> Mapping[str, Told]:
    """For each sentence the two policies it bears on most, each policy citing one sentence: the one that fits it best."""
    everything = list(candidates)
    spread = _spread(everything)
    pairs = [
        (_fit(concepts_of(candidate.pattern), told, spread), told.place.line, candidate.id, told)
        for told in charter
        for candidate in everything
    ]
    found: dict[str, Told] = {}
    used: dict[Told, int] = {}
    for fit, _, key, told in sorted(pairs, key=lambda pair: (-pair[0], pair[1], pair[2])):
        if fit >= 1.0 and key not in found and used.get(told, 0) < 2:
            found[key] = told
            used[told] = used.get(told, 0) + 1
    return found


def _spread(candidates: Iterable[Candidate]) -> Mapping[str, int]:
    """In how many patterns a concept occurs."""
    counts: dict[str, int] = {}
    for candidate in candidates:
        for concept in concepts_of(candidate.pattern):
            counts[concept] = counts.get(concept, 0) + 1
    return counts


def _fit(concepts: frozenset[str], told: Told, spread: Mapping[str, int]) -> float:
    """Shared concepts, rare ones counting more: one that up to four patterns have is worth 1, a common one little."""
    return _weight(concepts & told.concepts, spread)


def _weight(concepts: Set[str], spread: Mapping[str, int]) -> float:
    return sum(min(1.0, 4 / spread[concept]) for concept in sorted(concepts))
