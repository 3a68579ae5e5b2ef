"""The directions from which the panel looks at a service: each one small question, together no more than a run can pay for."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from opslead.lenses.hole import Hole
from opslead.lenses.worth import same_job
from opslead.model.calendar import format_hours
from opslead.model.service import Actor, Flow, Service
from opslead.model.steps import Role
from opslead.spec.labels import SURFACES
from opslead.text import Lang, pick

Kind = Literal["surface", "flow", "shift", "season", "incentive", "object", "partner", "handover", "copy"]
"""The prompt of a direction is `breadth_<kind>`."""
PRIMARY = (1, 2, 11)
MOST_DIRECTIONS = 36
STEPS_AT_ONCE = 8
"""Steps and ways out that one question takes through the deviations."""
OBJECTS_AT_ONCE = 2
MOST_SEASONS = 3
MOST_FOUND = 10
"""Findings that one question shows."""
FEW_FOUND = 6
"""The same where some findings sit at the very place: what only shares a surface tells it little."""
_SHORT = 8
"""Letters up to which an English id (`record`, `stalls`) says too little for a finding to be about it."""
_COPIES = ("record", "sync", "import_result", "transmit", "list")
"""Steps that write down again what is written elsewhere, where a person does it."""
_JOINED: tuple[Kind, ...] = ("object", "partner", "season", "shift", "flow", "surface")
"""Which kinds are asked several at once when there are too many, the first first."""


@dataclass(frozen=True)
class Direction:
    """One side to look from. `about`: its lines for the prompt; `places` and `surfaces` say which findings concern it; `most` holes are asked for."""

    kind: Kind
    about: tuple[str, ...]
    places: frozenset[str] = frozenset()
    surfaces: frozenset[int] = frozenset()
    most: int = 3

    @property
    def subject(self) -> str:
        """What it is about, in one line, for progress and history."""
        return f"{self.kind}: " + "; ".join(self.about)[:120]


def directions(service: Service, most: int = MOST_DIRECTIONS) -> tuple[Direction, ...]:
    """All of them, those of one kind joined where there are more than `most`; never fewer than one a kind."""
    found = [
        *_surfaces(service.language),
        *_flows(service),
        *_shifts(service),
        *_seasons(service),
        *_incentives(service),
    ]
    found += [*_objects(service), *_partners(service), *_handovers(service), *_copies(service)]
    return _within(found, most)


def concerning(direction: Direction, holes: Iterable[Hole]) -> tuple[Hole, ...]:
    """The findings that concern it: at its places or naming them first, then those mainly of its surfaces, the gravest first."""
    ranked = []
    for hole in holes:
        place = hole.id.partition("@")[2]
        here = any(place == _slug(p) or place.startswith(f"{_slug(p)}-") for p in direction.places)
        here = here or any(p in hole.condition for p in direction.places if not p.isascii() or len(p) > _SHORT)
        mainly = bool(hole.surfaces) and hole.surfaces[0] in direction.surfaces
        if here or direction.surfaces & set(hole.surfaces):
            ranked.append((not here, not mainly, -hole.priority, hole.id, hole))
    ranked.sort(key=lambda row: row[:4])
    near = sum(not away for away, *_ in ranked)
    return tuple(hole for *_, hole in ranked[: min(MOST_FOUND, max(near, FEW_FOUND) if near else MOST_FOUND)])


def _slug(place: str) -> str:
    return "-".join(place.replace(",", " ").split())


def _surfaces(lang: Lang) -> Iterator[Direction]:
    for number in range(1, 13):
        yield Direction(
            "surface",
            (f"{number} {SURFACES[lang][number]}",),
            surfaces=frozenset({number}),
            most=4 if number in PRIMARY else 3,
        )


def _flows(service: Service) -> Iterator[Direction]:
    """The steps and ways out of all flows, long flows cut, short ones put together."""
    waiting: list[tuple[str, str]] = []
    for flow in service.flows:
        parts = _parts(flow, service.language)
        if waiting and len(waiting) + len(parts) > STEPS_AT_ONCE:
            yield _steps(waiting)
            waiting = []
        size = -(-len(parts) // -(-len(parts) // STEPS_AT_ONCE)) if parts else 1  # cut into equal pieces
        for start in range(0, len(parts), size):
            piece = parts[start : start + size]
            if len(waiting) + len(piece) > STEPS_AT_ONCE:
                yield _steps(waiting)
                waiting = []
            waiting += piece
    if waiting:
        yield _steps(waiting)


def _parts(flow: Flow, lang: Lang) -> list[tuple[str, str]]:
    steps = [(step.id, f"{step.id}: {step.title(lang)}") for step in flow.steps]
    return steps + [(way.id, f"{way.id}: {way.name}") for way in flow.exits]


def _steps(parts: Sequence[tuple[str, str]]) -> Direction:
    return Direction("flow", tuple(line for _, line in parts), frozenset(ident for ident, _ in parts), frozenset({2}))


def _shifts(service: Service) -> Iterator[Direction]:
    for actor in service.people:
        hours = format_hours(actor.duty.value, service.language) if actor.duty else "hours not stated"
        count = f"{actor.count.value} on duty, " if actor.count else ""
        yield Direction("shift", (f"{actor.id}: {count}{hours}",), frozenset({actor.id}), frozenset({11, 5}))


def _seasons(service: Service) -> Iterator[Direction]:
    """Seasons as stated; where none is, the busiest day that the volumes allow."""
    stated = list(dict.fromkeys(f"{s.name} {s.when}".strip() for s in service.seasons))
    stated += [v.source.text for v in service.volumes if v.kind in ("rush", "visitors") and v.source.text not in stated]
    for name in (
        stated or [pick(service.language, "가장 붐비는 날과 가장 한가한 날", "the busiest and the quietest day")]
    )[:MOST_SEASONS]:
        yield Direction("season", (name,), surfaces=frozenset({4, 1}))


def _incentives(service: Service) -> Iterator[Direction]:
    """Every way out with different money, and every measured number, is a word that somebody chooses."""
    ways = [f"{way.id}: {way.name}" for way in service.exits()]
    kpis = [f"{kpi.name} {kpi.target}".strip() for kpi in service.kpis]
    places = frozenset(way.id for way in service.exits())
    yield Direction("incentive", tuple([*ways, *kpis][:STEPS_AT_ONCE]) or (service.name,), places, frozenset({12, 8}))


def _objects(service: Service) -> Iterator[Direction]:
    things = [r for r in service.resources if r.physical or r.capacity is not None]
    for start in range(0, len(things), OBJECTS_AT_ONCE):
        few = things[start : start + OBJECTS_AT_ONCE]
        yield Direction("object", tuple(r.id for r in few), frozenset(r.id for r in few), frozenset({11, 6}), most=2)


def _partners(service: Service) -> Iterator[Direction]:
    for partner in service.partners:
        places = {partner.id} | {step.id for step in service.steps() if step.partner and step.partner.id == partner.id}
        yield Direction("partner", (f"{partner.id} ({partner.kind})",), frozenset(places), frozenset({10}))


def _handovers(service: Service) -> Iterator[Direction]:
    """Jobs that are worked in shifts, and people who hand on to one another; asked once."""
    shifts = [a for a in service.people if any(same_job(a, b) for b in service.people if b is not a)]
    people: Sequence[Actor] = shifts or [a for a in service.people if a.role in (Role.STAFF, Role.FIELD)]
    if len(people) > 1:
        yield Direction("handover", tuple(a.id for a in people), frozenset(a.id for a in people), frozenset({11, 7}))


def _copies(service: Service) -> Iterator[Direction]:
    copies = [step for step in service.steps(*_COPIES) if step.manual]
    if copies:
        lines = tuple(f"{step.id}: {step.title(service.language)}" for step in copies)
        yield Direction("copy", lines, frozenset(step.id for step in copies), frozenset({6, 9}))


def _within(found: Sequence[Direction], most: int) -> tuple[Direction, ...]:
    """No more than `most`: the last two of a kind are joined, kind by kind, primary surfaces never."""
    kept = list(found)
    for kind in _JOINED:
        while len(kept) > most:
            able = [at for at, one in enumerate(kept) if one.kind == kind and not one.surfaces <= set(PRIMARY)]
            if len(able) < 2:
                break
            # the two smallest, so that no question grows far beyond the others
            first, second = sorted(sorted(able, key=lambda at: (len(kept[at].about), -at))[:2])
            kept[first] = _join(kept[first], kept[second])
            del kept[second]
    return tuple(kept)


def _join(one: Direction, other: Direction) -> Direction:
    return Direction(
        one.kind,
        one.about + other.about,
        one.places | other.places,
        one.surfaces | other.surfaces,
        max(one.most, other.most),
    )
