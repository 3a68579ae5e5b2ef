"""What the tools work with: the engine's results of a text, each computed once while it is asked about.

A `Watch` is told how far a run is and asked whether anybody still wants it. A run that was stopped raises Stopped and leaves nothing behind.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from opslead.behaviour.bounds import USUAL, Bounds, never
from opslead.errors import InputErrors
from opslead.intake.page.readers import Source
from opslead.knowledge.catalog import Catalog, load_catalog
from opslead.knowledge.slots import computations
from opslead.lenses import examine_all
from opslead.lenses.hole import Hole
from opslead.mcp.recent import Recent
from opslead.model.document import ServiceText
from opslead.model.service import Service
from opslead.pipeline import Design, Options, Progress, Sources, design, quiet, understand
from opslead.quantities.computation import Computation

if TYPE_CHECKING:
    from opslead.behaviour.attack import Report

MOST_TEXTS = 8
"""Texts whose results are kept."""
MOST_DESIGNS = 4


class Stopped(Exception):
    """Nobody wants the result any more."""


@dataclass(frozen=True)
class Watch:
    """`progress` is told the stages; `stop` says that the run is not wanted any more."""

    progress: Progress = quiet
    stop: Callable[[], bool] = never

    def say(self, stage: str, detail: str) -> None:
        """A stage is done. Raises Stopped."""
        self.heed()
        self.progress(stage, detail)

    def heed(self) -> None:
        """Raises Stopped when the run is not wanted any more."""
        if self.stop():
            raise Stopped


@dataclass(frozen=True)
class Understood:
    """The model as written and as resolved, and the names of the packs that the service belongs to."""

    document: ServiceText
    service: Service
    packs: tuple[str, ...]


@dataclass(frozen=True)
class Wanted:
    """A design to be made: how many policies, whether the flows are searched, within which bounds."""

    policies: int = 24
    search: bool = True
    bounds: Bounds = USUAL


class Workbench:
    """The engine behind the tools. `packs`: folders of a user's own patterns and packs. Every method raises InputErrors and Stopped."""

    def __init__(self, packs: Sequence[Path] = ()) -> None:
        self._packs = tuple(packs)
        self._catalogs: Recent[Catalog] = Recent(1)
        self._understood: Recent[Understood] = Recent(MOST_TEXTS)
        self._holes: Recent[tuple[Hole, ...]] = Recent(MOST_TEXTS)
        self._searched: Recent[tuple[Report, ...]] = Recent(MOST_TEXTS)
        self._computed: Recent[tuple[Computation, ...]] = Recent(MOST_TEXTS)
        self._designs: Recent[Design] = Recent(MOST_DESIGNS)

    def catalog(self) -> Catalog:
        """The patterns, read once."""
        return self._catalogs.get((), lambda: load_catalog(self._packs))

    def understood(self, source: Source, watch: Watch) -> Understood:
        """The model of a description, or of a `service.yaml`."""
        watch.heed()
        return self._understood.get(_key(source), lambda: self._understand(source, watch))

    def holes(self, source: Source, watch: Watch) -> tuple[Hole, ...]:
        """Every finding, gravest first."""
        service = self.understood(source, watch).service
        patterns = self.catalog().select(service).patterns

        def make() -> tuple[Hole, ...]:
            found = examine_all(service, patterns)
            watch.say("examine", f"{len(found)} holes")
            return found

        with _searchable(source):
            return self._holes.get(_key(source), make)

    def searched(self, source: Source, watch: Watch) -> tuple[Report, ...]:
        """The stories that end in a loss with nothing but what the description decides, flow by flow."""
        service = self.understood(source, watch).service
        with _searchable(source):
            return self._searched.get(_key(source), lambda: self._search(service, watch))

    def computed(self, source: Source, watch: Watch) -> tuple[Computation, ...]:
        """Every number that the service's numbers allow, by id."""
        service = self.understood(source, watch).service
        return self._computed.get(_key(source), lambda: computations(service))

    def designed(
        self, source: Source, wanted: Wanted, watch: Watch, charter: Source | None = None, breach: Source | None = None
    ) -> Design:
        """The policies and the document, verified by the search where it is wanted."""
        sources = Sources([source], charter, breach)
        key = (_key(source), charter and _key(charter), breach and _key(breach), wanted)
        return self._designs.get(key, lambda: self._design(sources, wanted, watch))

    def _understand(self, source: Source, watch: Watch) -> Understood:
        catalog = self.catalog()
        document, service = understand([source], Options(packs=self._packs), catalog)
        steps = sum(1 for _ in service.steps())
        watch.say("understand", f"{len(service.actors)} actors, {steps} steps, {len(service.partners)} partners")
        return Understood(document, service, tuple(one.pack.id for one in catalog.chosen(service)))

    def _search(self, service: Service, watch: Watch) -> tuple[Report, ...]:
        from opslead.behaviour.attack import attack

        found = attack(service, USUAL, stop=watch.stop)
        watch.say("search", f"{sum(report.states for report in found)} states")  # one that was broken off is not kept
        return found

    def _design(self, sources: Sources, wanted: Wanted, watch: Watch) -> Design:
        options = Options("auto", wanted.policies, wanted.search, wanted.bounds, watch.stop, self._packs)
        with _searchable(sources.services[0]):
            made = design(sources, options, watch.say)
        watch.heed()  # what a search that was broken off has seen is not a result to keep
        return made


@contextmanager
def _searchable(source: Source) -> Iterator[None]:
    """A flow that is too large for the search is a problem of the input."""
    from opslead.behaviour.system import UnsearchableError

    try:
        yield
    except UnsearchableError as error:
        raise InputErrors.one(
            source.name, f"the search does not fit: {error}", "ask for fewer cases or faults"
        ) from None


def _key(source: Source) -> tuple[str, str]:
    return source.name, source.sha256
