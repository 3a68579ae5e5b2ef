"""Where the findings sit: each at the step, exit, person, partner or thing of the service that its id names, and the map of surfaces and places."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

from opslead.model.service import Service
from opslead.spec.document import FailureMode, Level, Specification
from opslead.spec.labels import SURFACES
from opslead.text import Lang, pick

_ORDER: Mapping[str, int] = {"high": 3, "medium": 2, "low": 1, "": 0}


@dataclass(frozen=True)
class Hole:
    """A finding as the page shows it: `number` among all of them, `place` the key of where it sits, `policies` that close it or stop its story."""

    number: int
    found: FailureMode
    place: str
    policies: tuple[int, ...]

    @property
    def priority(self) -> Level:
        return self.found.ratings.action_priority if self.found.ratings else ""


@dataclass(frozen=True)
class Spot:
    """A place of the service: `key` as ids name it, `group` the flow it belongs to or what kind of thing it is."""

    key: str
    name: str
    group: str


@dataclass(frozen=True)
class Cell:
    """Holes of one surface at one place."""

    surface: int
    spot: Spot
    holes: tuple[Hole, ...]

    @property
    def worst(self) -> Level:
        return worst(self.holes)


@dataclass(frozen=True)
class Row:
    """One place, and its holes at each of the twelve surfaces in their order."""

    spot: Spot
    cells: tuple[Cell, ...]


@dataclass(frozen=True)
class HoleMap:
    """Places down, by the flow or kind they belong to; surfaces across. `clear`: steps at which nothing was found."""

    groups: tuple[tuple[str, tuple[Row, ...]], ...]
    clear: tuple[Spot, ...]


def worst(holes: Iterable[Hole]) -> Level:
    """The highest action priority among them; empty where none is graded."""
    return max((hole.priority for hole in holes), key=lambda level: _ORDER[level], default="")


def holes_of(spec: Specification, service: Service | None) -> tuple[Hole, ...]:
    """All findings, and failure modes of a document that keeps no others, numbered in their order."""
    known = {found.id for found in spec.findings}
    everything = (*spec.findings, *(mode for mode in spec.failure_modes if mode.id not in known))
    spots = spots_of(service, spec.language) if service else ()
    stopped: dict[str, set[int]] = {}
    for story in spec.stories:
        stopped.setdefault(story.finding, set()).update(story.stopped_by)
    return tuple(
        Hole(
            number,
            found,
            _place(found.id, spots),
            tuple(p.number for p in spec.policies if found.id in p.closes or p.number in stopped.get(found.id, ())),
        )
        for number, found in enumerate(everything, 1)
    )


SERVICE = "service"
"""The place of what concerns the service as a whole, or of what nothing is known."""


def spots_of(service: Service | None, lang: Lang) -> tuple[Spot, ...]:
    """Every place that an id may name, flows first in the order of the description; the service as a whole last."""
    whole = Spot(SERVICE, pick(lang, "서비스 전체", "whole service"), pick(lang, "그 밖", "Other"))
    if service is None:
        return (whole,)
    spots: list[Spot] = []
    for flow in service.flows:
        spots.append(Spot(key_of(flow.id), pick(lang, "흐름 전체", "whole flow"), flow.name))
        spots += [Spot(key_of(step.id), step.title(lang), flow.name) for step in flow.steps]
        spots += [Spot(key_of(way.id), way.name, flow.name) for way in flow.exits]
    for group, things in (
        (pick(lang, "사람", "People"), service.actors),
        (pick(lang, "파트너", "Partners"), service.partners),
        (pick(lang, "자원", "Resources"), service.resources),
        (pick(lang, "통로", "Channels"), service.channels),
    ):
        spots += [Spot(key_of(thing.id), thing.name, group) for thing in things]
    first: dict[str, Spot] = {}
    for spot in (*spots, whole):
        first.setdefault(spot.key, spot)
    return tuple(first.values())


def key_of(name: str) -> str:
    """As `hole_id` writes a place."""
    return "-".join(name.replace(",", " ").split())


def _place(ident: str, spots: Sequence[Spot]) -> str:
    """The place that the id names, the longest that fits: `CS-담당-refund` is at `CS-담당`."""
    at = ident.partition("@")[2]
    fitting = [spot.key for spot in spots if at == spot.key or at.startswith(f"{spot.key}-")]
    return max(fitting, key=len, default=SERVICE)


def hole_map(holes: Sequence[Hole], service: Service | None, lang: Lang) -> HoleMap:
    """A place without holes is no row, a surface without holes an empty column: twelve columns fit any page, places do not."""
    taken = {hole.place for hole in holes}
    every = spots_of(service, lang)
    rows = [
        Row(
            spot,
            tuple(
                Cell(surface, spot, tuple(h for h in holes if h.place == spot.key and surface in h.found.surfaces))
                for surface in SURFACES[lang]
            ),
        )
        for spot in every
        if spot.key in taken
    ]
    groups = tuple((name, tuple(of)) for name, of in groupby(rows, key=lambda row: row.spot.group))
    steps = {key_of(step.id) for step in service.steps()} if service else set()
    return HoleMap(groups, tuple(spot for spot in every if spot.key in steps - taken))
