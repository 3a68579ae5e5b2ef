"""What every role of the panel knows of the service: its words, the model with ids, and what is computed, in bounded text."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from opslead.intake.page.readers import Source
from opslead.lenses.hole import Hole
from opslead.model.calendar import format_hours
from opslead.model.measure import format_duration, format_share
from opslead.model.service import Actor, Basis, Service, Step
from opslead.model.service import Source as Origin
from opslead.panel.prompt import prompt
from opslead.quantities.computation import Computation
from opslead.text import Lang

MOST_SOURCE = 12_000
"""Letters of the description that go into a brief; of a longer one the model below carries what was understood."""
MOST_CHARTER = 3_000


@dataclass(frozen=True)
class Brief:
    """`system` is the same for every ask of a run, so that providers can cache it. `places`: id → name, where a hole may sit."""

    system: str
    places: Mapping[str, str]
    language: Lang


def brief(service: Service, sources: Sequence[Source], charter: Source | None) -> Brief:
    """The common part of all prompts about one service."""
    text = "\n\n".join(source.text for source in sources)
    system = prompt("common").fill(
        language={"ko": "Korean (한국어)", "en": "English"}[service.language],
        description=fenced(text, MOST_SOURCE),
        charter=fenced(charter.text, MOST_CHARTER) if charter else "(none given)",
        model="\n".join(model_lines(service)),
    )
    return Brief(system, places(service), service.language)


def fenced(text: str, most: int) -> str:
    """The user's words as data: what could end the fence is taken out, what is too long is cut and said to be."""
    clean = text.replace("<<<", "‹‹‹").replace(">>>", "›››")
    cut = clean if len(clean) <= most else f"{clean[:most]}\n[… {len(clean) - most} more letters not shown]"
    return f"<<<\n{cut.strip()}\n>>>"


def places(service: Service) -> dict[str, str]:
    """Everything in the model that a hole can sit at, by id; ids are unique within the model's kinds."""
    named: list[tuple[str, str]] = [(flow.id, flow.name) for flow in service.flows]
    named += [(step.id, step.title(service.language)) for step in service.steps()]
    named += [(way.id, way.name) for way in service.exits()]
    for group in (service.actors, service.partners, service.resources, service.channels):
        named += [(entity.id, entity.name) for entity in group]
    found: dict[str, str] = {}
    for ident, name in named:
        found.setdefault(ident, name)
    return found


def model_lines(service: Service) -> Iterator[str]:
    """The model in short lines, ids first."""
    lang = service.language
    yield "People (id: name, role, on duty, may alone):"
    yield from (f"- {_actor(actor, lang)}" for actor in service.actors)
    for flow in service.flows:
        yield f"Flow {flow.id}: {flow.name}"
        yield from (f"- {_step(step, lang)}" for step in flow.steps)
        yield from (f"- {way.id}: way out ({way.kind}) {way.name}{_assumed(way.source)}" for way in flow.exits)
    yield "Partners: " + _list(f"{p.id} ({p.kind}{', ' + p.mode if p.mode else ''})" for p in service.partners)
    yield "Channels: " + _list(
        c.id + (f" {format_share(c.share.value, lang)}{_assumed(c.share.source)}" if c.share else "")
        for c in service.channels
    )
    yield "Resources: " + _list(
        r.id + (f" {r.capacity.value:g}{r.unit}{_assumed(r.capacity.source)}" if r.capacity else "")
        for r in service.resources
    )


def _actor(actor: Actor, lang: Lang) -> str:
    parts = [actor.role.value]
    if actor.count:
        parts.append(
            f"{actor.count.value} on duty" + (" at each site" if actor.per_site else "") + _assumed(actor.count.source)
        )
    parts.append(
        format_hours(actor.duty.value, lang) + _assumed(actor.duty.source) if actor.duty else "hours not stated"
    )
    parts += [f"{a.action}{f' up to {a.limit.value.format(lang)}' if a.limit else ''} alone" for a in actor.authority]
    return f"{actor.id}: " + "; ".join(parts)


def _step(step: Step, lang: Lang) -> str:
    who = step.actor.name if step.actor else "nobody named" if step.manual else "system"
    extra = [f"within {format_duration(step.within.value, lang)}{_assumed(step.within.source)}"] if step.within else []
    extra += [f"answered by {step.partner.id}"] if step.partner else []
    extra += ["by hand"] if step.manual else []
    return f"{step.id}: {step.kind}, {who}" + "".join(f", {part}" for part in extra) + _assumed(step.source)


def _assumed(origin: Origin) -> str:
    """The mark of what nobody stated and the engine takes to be so."""
    return " (assumed)" if origin.basis is Basis.ASSUMED else ""


def _list(parts: Iterable[str]) -> str:
    return "; ".join(parts) or "none"


def hole_lines(holes: Iterable[Hole]) -> Iterator[str]:
    """Findings that stand already, one line each, so that a model adds and does not repeat."""
    for hole in holes:
        yield f"- {hole.id}: {hole.condition}"


def quantity_lines(computed: Iterable[Computation]) -> Iterator[str]:
    """The computed numbers, one line each, with their formula."""
    for made in computed:
        yield f"- {made.title}: {made.text} ({made.formula})"
