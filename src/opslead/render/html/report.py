"""What the report shows, gathered from the specification and the service; the templates only lay it out."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import islice

from markupsafe import Markup

from opslead.model.calendar import format_hours
from opslead.model.measure import format_duration, format_number
from opslead.model.service import Actor, Partner, Resource, Service, Step
from opslead.model.steps import STEP_KINDS
from opslead.render.appendix import quantity_lines, search_lines
from opslead.render.html import engine, flows, lifecycle, week
from opslead.render.html.cards import people
from opslead.render.html.holes import Hole, hole_map, holes_of
from opslead.render.html.story import panes
from opslead.render.html.words import mode_word, words
from opslead.render.panel import ENDED
from opslead.spec.document import FlowSearch, Policy, Quantity, RolloutItem, Specification
from opslead.spec.labels import (
    AXES,
    DISPOSITIONS,
    ENFORCEMENT,
    EVIDENCE,
    FIELDS,
    HORIZONS,
    LEVELS,
    LOSSES,
    MONITORING,
    SECTIONS,
    SURFACES,
    VERDICTS,
)
from opslead.text import STARTING, Lang, fault_words


@dataclass(frozen=True)
class Card:
    """A policy with its place in the rollout: `horizon` is week_1, weeks_1_4, months_1_3 or empty, `priority` its action priority."""

    policy: Policy
    item: RolloutItem | None
    horizon: str
    priority: str
    actors: tuple[str, ...]
    people: tuple[str, ...]
    """The actors but the system."""
    closes: tuple[Hole, ...]
    unknown: tuple[str, ...]
    """Ids of findings that it closes and that the document does not hold."""
    numbers: tuple[tuple[int, Quantity], ...]


@dataclass(frozen=True)
class Said:
    """A step in words: in whose lane (its name and kind, as `flows.Lane`), what is done, within what time."""

    lane: flows.Lane
    what: str
    within: str


@dataclass(frozen=True)
class FlowView:
    """One flow: `lanes` who does what, `life` its steps with the holes; `said` the same in words, for small screens and screen readers."""

    name: str
    lanes: Markup
    life: Markup
    said: tuple[Said, ...]


@dataclass(frozen=True)
class ModelView:
    """The service as drawn."""

    flows: tuple[FlowView, ...]
    week: Markup
    actors: tuple[tuple[Actor, str], ...]
    resources: tuple[Resource, ...]
    partners: tuple[Partner, ...]
    unread: tuple[str, ...]


def report(spec: Specification, service: Service | None) -> bytes:
    """The whole page."""
    holes = holes_of(spec, service)
    cards = tuple(_cards(spec, holes))
    return engine.page("report.html.j2", "report.css", "report.js", _values(spec, service, holes, cards))


def _values(
    spec: Specification, service: Service | None, holes: tuple[Hole, ...], cards: tuple[Card, ...]
) -> Mapping[str, object]:
    """What the templates speak of, by the names they use."""
    lang = spec.language
    return {
        "spec": spec,
        "lang": lang,
        "w": words(lang),
        "names": _names(lang),
        "holes": holes,
        "map": hole_map(holes, service, lang),
        "by_id": {hole.found.id: hole for hole in holes},
        "told_of": {story.finding: n for n, story in reversed(tuple(enumerate(spec.stories, 1)))},
        "first": tuple(card for card in cards if card.horizon == "week_1"),
        "cards": cards,
        "choices": _choices(cards),
        "stories": tuple(panes(story, lang) for story in spec.stories),
        "model": _model(service, holes, lang) if service else None,
        "matrix": _matrix(cards),
        "ungraded": tuple(card for card in cards if not _placed(card)),
        "quantities": tuple((made, tuple(quantity_lines(made, lang))) for made in spec.quantities),
        "searches": tuple(_search(flow, lang) for flow in spec.searches),
        "faults": lambda number: fault_words(number, lang),
        "broken": _breakable,
        "amount": lambda thing: _amount(thing, lang),
        "duration": lambda length: format_duration(length, lang),
        "does": lambda kind: STEP_KINDS[kind].label(lang) if kind in STEP_KINDS else kind,
        "mode": lambda name: mode_word(name, lang),
    }


def _breakable(name: str) -> str:
    """The name with places where a narrow column may break it: after a slash, and inside an English word on -ation."""
    return re.sub(r"(\w{6,})(ation)\b", "\\1\N{SOFT HYPHEN}\\2", name.replace("/", "/\N{ZERO WIDTH SPACE}"))


def _names(lang: Lang) -> Mapping[str, Mapping[str, str] | Mapping[int, str] | tuple[str, str, str]]:
    """The contract's labels of one language."""
    return {
        "surfaces": SURFACES[lang],
        "sections": SECTIONS[lang],
        "fields": FIELDS[lang],
        "horizons": HORIZONS[lang],
        "levels": LEVELS[lang],
        "axes": AXES[lang],
        "monitoring": MONITORING[lang],
        "enforcement": ENFORCEMENT[lang],
        "dispositions": DISPOSITIONS[lang],
        "verdicts": VERDICTS[lang],
        "evidence": EVIDENCE[lang],
        "ended": ENDED[lang],
    }


def _cards(spec: Specification, holes: Iterable[Hole]) -> Iterable[Card]:
    by_id = {hole.found.id: hole for hole in holes}
    placed = {
        item.policy: (horizon, item) for horizon in HORIZONS[spec.language] for item in getattr(spec.rollout, horizon)
    }
    for policy in spec.policies:
        horizon, item = placed.get(policy.number, ("", None))
        yield Card(
            policy,
            item,
            horizon,
            item.ratings.action_priority if item and item.ratings else "",
            tuple(dict.fromkeys(step.actor for step in policy.runbook if step.actor)),
            tuple(person.name for person in people(policy.runbook)),
            tuple(by_id[key] for key in policy.closes if key in by_id),
            tuple(key for key in policy.closes if key not in by_id),
            tuple((n, made) for n, made in enumerate(spec.quantities, 1) if made.id in policy.quantities),
        )


@dataclass(frozen=True)
class Choices:
    """What the filters of the policies offer: only what occurs."""

    surfaces: tuple[int, ...]
    horizons: tuple[str, ...]
    priorities: tuple[str, ...]
    actors: tuple[str, ...]


def _choices(cards: Iterable[Card]) -> Choices:
    cards = tuple(cards)
    horizons = {card.horizon for card in cards}
    priorities = {card.priority for card in cards}
    return Choices(
        tuple(sorted({surface for card in cards for surface in card.policy.surfaces})),
        tuple(name for name in HORIZONS["en"] if name in horizons),
        tuple(name for name in LEVELS["en"] if name and name in priorities),
        tuple(sorted({actor for card in cards for actor in card.actors})),
    )


_DOWN, _ACROSS = ("high", "medium", "low"), ("low", "medium", "high")
Matrix = tuple[tuple[str, tuple[tuple[str, tuple[Card, ...]], ...]], ...]


def _placed(card: Card) -> bool:
    return card.item is not None and bool(card.item.impact) and bool(card.item.likelihood)


def _matrix(cards: Iterable[Card]) -> Matrix:
    """Impact from high down to low, likelihood from low to high."""
    cards = [card for card in cards if _placed(card)]
    return tuple(
        (
            impact,
            tuple(
                (
                    likelihood,
                    tuple(c for c in cards if c.item and (c.item.impact, c.item.likelihood) == (impact, likelihood)),
                )
                for likelihood in _ACROSS
            ),
        )
        for impact in _DOWN
    )


@dataclass(frozen=True)
class SearchView:
    """The search of one flow: its bounds with the verdict, whether the good path was met, states with the policies, each loss before and after."""

    flow: str
    bounds: str
    good: str
    after_states: int
    losses: tuple[tuple[str, str, str], ...]


def _search(flow: FlowSearch, lang: Lang) -> SearchView:
    bounds, good = islice(search_lines(flow, lang), 2)
    return SearchView(
        flow.flow,
        bounds.removeprefix(f"{flow.flow}: "),
        good.strip(),
        flow.after_states,
        tuple(_losses(flow, lang)),
    )


def _losses(flow: FlowSearch, lang: Lang) -> Iterable[tuple[str, str, str]]:
    """Each loss with what it took before, and what of it is left."""
    known = words(lang)
    gone = known.gone if flow.verdict == "exhausted" else known.not_met
    for loss in dict.fromkeys((*flow.before, *flow.after)):
        before, after = flow.before.get(loss), flow.after.get(loss)
        left = gone if after is None else fault_words(after, lang)
        yield (
            LOSSES[lang].get(loss, loss),
            "-" if before is None else fault_words(before, lang),
            left if before is not None else f"{left} ({known.appears})",
        )


def _model(service: Service, holes: tuple[Hole, ...], lang: Lang) -> ModelView:
    return ModelView(
        tuple(
            FlowView(
                flow.name,
                flows.picture(flow, service, lang),
                lifecycle.picture(flow, holes, lang),
                tuple(_said(step, service, lang) for step in flow.steps),
            )
            for flow in service.flows
            if flow.steps or flow.exits
        ),
        week.picture(service, lang),
        tuple((actor, format_hours(actor.duty.value, lang) if actor.duty else "") for actor in service.actors),
        service.resources,
        service.partners,
        tuple(text for text, _ in service.unread),
    )


def _said(step: Step, service: Service, lang: Lang) -> Said:
    within = format_duration(step.within.value, lang) if step.within else ""
    return Said(flows.lane_of(step, service, lang), step.name or step.title(lang), within)


def _amount(thing: Resource, lang: Lang) -> str:
    """How many there are, with the unit unless the name says it already; empty where it is not stated."""
    if thing.capacity is None:
        return ""
    unit = "" if thing.unit == thing.name else thing.unit
    said = format_number(thing.capacity.value) + (f" {unit}" if lang == "en" and unit else unit)
    return said + (STARTING if thing.capacity.assumed else "")
