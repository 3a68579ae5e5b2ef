"""Which of a panel's holes get a policy of their own: all that are proven, and the best of those that rest on a quotation alone."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from opslead.lenses.hole import Hole, Quotation
from opslead.model.service import Service, Source
from opslead.policy.rank import PRIMARY, PRIMARY_WEIGHT

SEATS = 10
"""Policies that a panel's holes may add to a document."""
UNPROVEN = 0.5
"""What a hole is worth that rests on a quotation alone, as everywhere in the ranking."""
BESIDE = 0.8
"""What its quotation is worth when it does not stand where the model has the hole's place from."""
MOST_PER_SURFACE = 3


def seated(holes: Iterable[Hole], service: Service, seats: int = SEATS) -> tuple[Hole, ...]:
    """At most `seats`, best first: not low, and no surface with more than three, so that one direction does not fill them."""
    origins = _origins(service)
    ranked = sorted(holes, key=lambda h: (-worth(h, origins.get(h.id.partition("@")[2], frozenset())), h.id))
    taken: list[Hole] = []
    counts: dict[int, int] = {}
    for hole in ranked:
        first = hole.surfaces[0]
        if len(taken) < seats and hole.action_priority != "low" and counts.get(first, 0) < MOST_PER_SURFACE:
            counts[first] = counts.get(first, 0) + 1
            taken.append(hole)
    return tuple(taken)


def worth(hole: Hole, origins: frozenset[tuple[str, int]]) -> float:
    """Its risk priority, weighed by proof, by surface, and by whether its words stand at its place: source and line are among `origins`."""
    weight = PRIMARY_WEIGHT if hole.surfaces[0] in PRIMARY else 1.0
    quoted = {(s.place.source, s.place.line) for e in hole.evidence if isinstance(e, Quotation) for s in e.sources}
    beside = bool(origins) and not quoted & origins
    return hole.priority * weight * (1.0 if hole.certain else UNPROVEN) * (BESIDE if beside else 1.0)


def _origins(service: Service) -> dict[str, frozenset[tuple[str, int]]]:
    """For each place, as ids of holes write it, where in the texts the model has it from."""
    found: dict[str, set[tuple[str, int]]] = {}
    for ident, source in _sources(service):
        slug = "-".join(ident.replace(",", " ").split())
        if source.place.line:
            found.setdefault(slug, set()).add((source.place.source, source.place.line))
    return {slug: frozenset(places) for slug, places in found.items()}


def _sources(service: Service) -> Iterator[tuple[str, Source]]:
    yield from ((step.id, step.source) for step in service.steps())
    yield from ((way.id, way.source) for way in service.exits())
    for group in (service.flows, service.actors, service.partners, service.resources, service.channels):
        yield from ((entity.id, entity.source) for entity in group)
