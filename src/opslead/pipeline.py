"""The one entry of commands and tests: sources in, specification out. Never prints, never exits, touches no file but its inputs."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from opslead.behaviour.bounds import USUAL, Bounds, never
from opslead.errors import InputErrors, Place, Problem
from opslead.intake.extract import extract
from opslead.intake.lexicon import words
from opslead.intake.named import named_in_model
from opslead.intake.page.readers import Source
from opslead.intake.told import told
from opslead.knowledge.catalog import Catalog, Selection, load_catalog
from opslead.knowledge.lint import lint
from opslead.lenses import examine_all
from opslead.lenses.hole import Hole
from opslead.model.defaults import complete
from opslead.model.document import ServiceText
from opslead.model.load import Places, read_document
from opslead.model.presumed import presume
from opslead.model.resolve import resolve
from opslead.model.service import Service
from opslead.policy.compose import Draft, Ground, chosen, compose, searched
from opslead.policy.synthesise import Synthesis, synthesise
from opslead.spec.document import Input, Specification

if TYPE_CHECKING:
    from opslead.behaviour.verify import Verification
    from opslead.panel.charter.strategist import Drafted
    from opslead.panel.port import Port
    from opslead.panel.reading.understand import Reading

Progress = Callable[[str, str], None]
"""Called with the name of a stage and what it has done."""


def quiet(stage: str, detail: str) -> None:
    """A progress that nobody watches."""
    del stage, detail


@dataclass(frozen=True)
class Sources:
    """What the user gave. `services` are descriptions, or one `service.yaml`."""

    services: Sequence[Source]
    charter: Source | None = None
    breach: Source | None = None

    @property
    def everything(self) -> tuple[Source, ...]:
        """All texts, the service's first."""
        return (*self.services, *(source for source in (self.charter, self.breach) if source is not None))


@dataclass(frozen=True)
class Options:
    language: Literal["ko", "en", "auto"] = "auto"
    policies: int = 24
    search: bool = True
    """Whether the flows are searched and the policies verified by it; without, a design is quicker."""
    bounds: Bounds = USUAL
    stop: Callable[[], bool] = never
    """Asked between levels of the search; true ends it with what it has found."""
    packs: tuple[Path, ...] = ()
    """Folders of a user's own patterns and packs."""


@dataclass(frozen=True)
class Seat:
    """A language model's place at the table. `rounds`: of attack and revision, at most; 0: none."""

    port: Port
    rounds: int = 0


@dataclass(frozen=True)
class Design:
    """Everything one run made."""

    document: ServiceText
    service: Service
    holes: tuple[Hole, ...]
    specification: Specification
    unanswered: tuple[Hole, ...] = field(default=())
    verification: Verification | None = None
    """The search with and without the policies; None where it was left out."""


def understand(
    sources: Sequence[Source], options: Options = Options(), catalog: Catalog | None = None
) -> tuple[ServiceText, Service]:
    """The model as written, with defaults, and as resolved, without the words of packs that do not concern it.

    `catalog`: loaded already. Raises InputErrors.
    """
    catalog = catalog or load_catalog(options.packs)
    document, places = _read(sources, catalog)
    return _resolved(document, places, options, catalog)


def _read(sources: Sequence[Source], catalog: Catalog) -> tuple[ServiceText, Places | None]:
    """The model as the sources say it; `places` where they are a `service.yaml`. Raises InputErrors."""
    packs = catalog.vocabularies
    if len(sources) == 1 and is_model(sources[0]):
        document, places = read_document(sources[0].text, sources[0].name)
        return named_in_model(document, packs), places
    _refuse_other_roles(sources)
    document = extract(sources, packs)
    _refuse_no_flow(document, sources)
    return presume(document), None


def _resolved(
    document: ServiceText, places: Places | None, options: Options, catalog: Catalog
) -> tuple[ServiceText, Service]:
    if options.language != "auto":
        document = document.model_copy(update={"language": options.language})
    document = complete(document)
    service = resolve(document, places)
    other = catalog.concepts() - catalog.concepts(one.pack.id for one in catalog.chosen(service))
    return (
        document.model_copy(update={"mentions": tuple(m for m in document.mentions if m.concept not in other)}),
        replace(service, mentions=tuple(m for m in service.mentions if m.concept not in other)),
    )


_OTHER_ROLES = (
    (re.compile(r"도메인\s*헌장|domain charter|^charter\b", re.I), "a domain charter", "--charter"),
    (re.compile(r"공격\s*보고서|침해\s*보고서|breach report", re.I), "a breach report", "--breach"),
)


def _refuse_other_roles(sources: Sequence[Source]) -> None:
    """A charter or a breach report given as the service is a slip, not a thin description."""
    problems = []
    for source in sources:
        lines = source.text.splitlines()
        number, head = next(((n, line) for n, line in enumerate(lines, 1) if line.strip()), (1, ""))
        for pattern, what, option in _OTHER_ROLES:
            if pattern.search(head.lstrip("# ")):
                hint = f"describe the service itself, and give this file with {option}"
                problems.append(Problem(source.place(number), f"this is {what}, not a description of a service", hint))
    if problems:
        raise InputErrors(problems)


def _refuse_no_flow(document: ServiceText, sources: Sequence[Source]) -> None:
    """A text with at most one step and hardly anybody in it is no description of a service: a charter, a slogan, a poem."""
    kinds = {step.kind for flow in document.flows for step in flow.steps} | {
        way.kind for flow in document.flows for way in flow.exits
    }
    kinds |= {kind for actor in document.actors for kind in actor.does}
    if len(kinds) < 2 and len(document.actors) < 3:
        hint = "say step by step who asks, pays, hands over, refunds; a charter is given with --charter, a breach report with --breach"
        reason = "hardly anything happens in this text: it does not describe a service"
        raise InputErrors.one(sources[0].name, reason, hint)


def is_model(source: Source) -> bool:
    """Whether the source is a `service.yaml` and not a description."""
    return source.name.lower().endswith((".yaml", ".yml"))


@dataclass(frozen=True)
class Prepared:
    """A run up to where its policies are chosen. `reading` and `drafted`: what a model at the table brought; None without one."""

    document: ServiceText
    ground: Ground
    holes: tuple[Hole, ...]
    synthesis: Synthesis
    reading: Reading | None = None
    drafted: Drafted | None = None


def prepare(
    sources: Sources, options: Options = Options(), progress: Progress = quiet, seat: Seat | None = None
) -> Prepared:
    """From sources to findings and candidate policies. Raises InputErrors."""
    catalog = _catalog(options)
    document, places = _read(sources.services, catalog)
    reading = _read_again(document, places, sources, seat, progress)
    document, service = _resolved(reading.document if reading else document, places, options, catalog)
    progress(
        "understand",
        f"{len(service.actors)} actors, {sum(1 for _ in service.steps())} steps, {len(service.partners)} partners",
    )
    selection = catalog.select(service)
    known = ", ".join(chosen.pack.id for chosen in selection.packs) or "none"
    progress("catalog", f"{len(selection.patterns)} patterns; packs: {known}")
    holes = examine_all(service, selection.patterns, search=options.search)
    progress("examine", f"{len(holes)} holes")
    drafted = _drafted_charter(sources, service, seat, progress)
    ground = _ground(sources, options, service, selection, catalog, drafted)
    return Prepared(document, ground, holes, synthesise(service, holes, selection.patterns), reading, drafted)


def design(
    sources: Sources, options: Options = Options(), progress: Progress = quiet, seat: Seat | None = None
) -> Design:
    """The whole way; with a `seat` a language model has its say at every stage. Raises InputErrors."""
    found = prepare(sources, options, progress, seat)
    ground = found.ground
    choices = chosen(ground, found.synthesis.candidates)
    draft = Draft(found.holes, found.synthesis, choices, searched(ground, choices))
    if seat is None:
        specification = compose(ground, draft)
    else:
        draft, specification = _convened(sources, ground, draft, found.reading, found.drafted, seat, progress)
    if specification.searches:
        states = sum(flow.states for flow in specification.searches)
        progress("search", f"{len(specification.searches)} flows, {states} states, policies verified")
    progress("policies", f"{len(specification.policies)} policies, {len(specification.questions)} questions")
    return Design(
        found.document, ground.service, draft.holes, specification, draft.synthesis.unanswered, draft.verification
    )


def _catalog(options: Options) -> Catalog:
    """The patterns. A user's own are held to the lint first: a text with a slot that nothing fills cannot be written."""
    catalog = load_catalog(options.packs)
    if options.packs:
        complaints = lint(catalog.everything(), frozenset(words("concepts")) | catalog.concepts(), catalog.own)
        if complaints:
            raise InputErrors(
                Problem(Place(c.pattern), f"{c.where}: {c.reason}", "see `opslead catalog lint`") for c in complaints
            )
    return catalog


def _read_again(
    document: ServiceText, places: Places | None, sources: Sources, seat: Seat | None, progress: Progress
) -> Reading | None:
    """The description read by the model as well; a `service.yaml` is a reading already."""
    if seat is None or places is not None:
        return None
    from opslead.panel.reading.understand import read_with

    return read_with(seat.port, document, sources.services, progress)


def _drafted_charter(sources: Sources, service: Service, seat: Seat | None, progress: Progress) -> Drafted | None:
    """A charter of the model's where none is given."""
    if seat is None or sources.charter is not None:
        return None
    from opslead.panel.charter.strategist import draft_with

    return draft_with(seat.port, service, sources.services, progress)


def _convened(
    sources: Sources,
    ground: Ground,
    draft: Draft,
    reading: Reading | None,
    drafted: Drafted | None,
    seat: Seat,
    progress: Progress,
) -> tuple[Draft, Specification]:
    from opslead.panel.charter.draft import as_source
    from opslead.panel.convene import Panel, Table

    table = Table(
        sources=tuple(sources.services),
        charter=as_source(drafted.charter) if drafted else sources.charter,
        rounds=seat.rounds,
        drafted=tuple(sentence.text for sentence in drafted.charter.sentences) if drafted else (),
        differences=reading.differences if reading else (),
        refused=(*(reading.refused if reading else ()), *(drafted.refused if drafted else ())),
    )
    return Panel(ground, table, seat.port, progress).sit(draft)


def _ground(
    sources: Sources,
    options: Options,
    service: Service,
    selection: Selection,
    catalog: Catalog,
    drafted: Drafted | None,
) -> Ground:
    """What the policies are chosen and the document is composed on."""
    packs = catalog.vocabularies
    charter = sources.charter
    if drafted is not None:
        from opslead.panel.charter.draft import as_source

        charter = as_source(drafted.charter)
    return Ground(
        service=service,
        selection=selection,
        inputs=tuple(_inputs(sources)),
        charter=told(charter, packs) if charter else None,
        drafted=drafted is not None,
        breach=told(sources.breach, packs) if sources.breach else None,
        wanted=options.policies,
        search=options.search,
        bounds=options.bounds,
        stop=options.stop,
    )


def _inputs(sources: Sources) -> list[Input]:
    roles = [("model" if is_model(s) else "service", s) for s in sources.services]
    roles += [(role, s) for role, s in (("charter", sources.charter), ("breach", sources.breach)) if s is not None]
    return [Input(role=role, source=s.name, sha256=s.sha256, characters=len(s.text)) for role, s in roles]
