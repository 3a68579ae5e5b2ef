"""Text to model: every reader of the page called once, their findings put together as one ServiceText.

What no reader took anything from is listed as `unread`; sections on technology or on later versions as one line each.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from pydantic import BaseModel

from opslead.errors import InputErrors
from opslead.intake.amounts.quantities import Sort
from opslead.intake.amounts.quantities import find as measures
from opslead.intake.channels import channels
from opslead.intake.controls import controls
from opslead.intake.exits import exits
from opslead.intake.facts import beside, facts, off_duty
from opslead.intake.flow.acts import found as acts
from opslead.intake.flow.attach import with_exits
from opslead.intake.flow.flows import flows
from opslead.intake.flow.links import clip
from opslead.intake.identity import domain, sites, title
from opslead.intake.later import later
from opslead.intake.lexicon import find
from opslead.intake.named import named_in_passages
from opslead.intake.open_ends import open_mentions, open_rules
from opslead.intake.page.passages import Form, Passage, passages
from opslead.intake.page.readers import Source
from opslead.intake.partners import partners
from opslead.intake.people.actors import actors
from opslead.intake.personal import personal_data, seasons
from opslead.intake.resources import resources
from opslead.intake.rules import mentions, rules
from opslead.intake.scope import Scope, bare_heading, is_quiet, scope_of, title_of
from opslead.intake.state.states import states
from opslead.intake.statements import horizons, statements
from opslead.model.document import ActorText, FlowText, ServiceText, UnreadText
from opslead.model.measure import parse_money
from opslead.model.vocabulary import Vocabulary
from opslead.text import detect

_MAX_UNREAD = 200
_CODES = re.compile(r"\b(KRW|EUR|USD|GBP|JPY|XAF|INR|CHF)\b")
_MONEY_SIGN = re.compile(
    r"[₩$€£¥₹]|\d\s*[만천백억]?\s*원|유로|달러|엔\b|\b(?:KRW|EUR|USD|GBP|JPY|XAF|INR|CHF|FCFA|Rs|euros?|dollars?|pounds?)\b"
)
_HINT = "say who takes part and what they do, step by step: who books, who pays, who hands over, who refunds"


def extract(sources: Sequence[Source], packs: Sequence[Vocabulary] = ()) -> ServiceText:
    """The model of the service that the sources describe together. `packs`: words of domain packs to be found as well.

    Raises InputErrors when the sources describe no service.
    """
    found = _passages(sources)
    who = actors(found)
    whom = partners(found)
    what = resources(found)
    how = flows(found, who, whom, what)
    if not any(flow.steps for flow in how) and not who:
        name = sources[0].name if sources else "input"
        raise InputErrors.one(
            name, "the text describes no service: nobody who takes part and nothing that happens was found", _HINT
        )
    ways = exits(found, who)
    how, left = with_exits(how, ways)
    numbers = facts(found)
    places = sites(found)
    fixed = (*rules(found), *left)
    fixed = (*fixed, *statements(found, fixed))
    counted = [*(actor.count for actor in who), *(thing.capacity for thing in what), places]
    service = ServiceText(
        name=clip(title(found) or "service", 200),
        language=detect(" ".join(p.text for p in found)),
        currency=_currency(found),
        domain=domain(found),
        sites=places,
        actors=_doing(who, how),
        resources=what,
        flows=how,
        partners=whom,
        channels=channels(found),
        money=numbers.money,
        clocks=(*off_duty(numbers.clocks, (actor.duty for actor in who)), *horizons(found, numbers.clocks)),
        limits=beside(numbers.limits, counted),
        rates=numbers.rates,
        volumes=numbers.volumes,
        kpis=numbers.kpis,
        personal_data=personal_data(found),
        states=states(found, {source.name: source.text for source in sources}),
        seasons=seasons(found),
        rules=(*fixed, *open_rules(found, fixed)),
        controls=controls(found),
        later=later(found),
        mentions=(*mentions(found, how), *open_mentions(found, who), *named_in_passages(found, packs)),
    )
    return service.model_copy(update={"unread": unread(found, service)})


def _passages(sources: Sequence[Source]) -> tuple[Passage, ...]:
    """The passages of all sources; groups keep apart what stands in different files."""
    found: list[Passage] = []
    for source in sources:
        offset = found[-1].group + 1 if found else 0
        found += [replace(p, group=p.group + offset) for p in passages(source.text, source.name, source.labels)]
    return tuple(found)


def _doing(who: Iterable[ActorText], how: Sequence[FlowText]) -> tuple[ActorText, ...]:
    """The actors with what the flows say they do added to what they are said to do."""
    done: dict[str, dict[str, None]] = {}
    for flow in how:
        for step in flow.steps:
            if step.actor and step.kind != "step":
                done.setdefault(step.actor, {})[step.kind] = None
    return tuple(
        actor.model_copy(update={"does": tuple(dict.fromkeys([*actor.does, *done.get(actor.name, {})]))})
        for actor in who
    )


def _currency(found: Sequence[Passage]) -> str:
    """The code of most amounts of money; without amounts the code that is named most."""
    counts: Counter[str] = Counter()
    named: Counter[str] = Counter()
    name = title_of(found)
    for passage in found:
        if not _MONEY_SIGN.search(passage.text) or scope_of(passage, name) is Scope.LATER:
            continue
        said = 5 if re.search(r"currency|통화", passage.text, re.I) else 1  # `Primary currency: XAF`
        named.update(_CODES.findall(passage.text) * said)
        for measure in measures(passage.text):
            money = parse_money(measure.value) if measure.sort is Sort.MONEY else None
            if money:
                counts[money.currency] += 1
    ranked = (counts or named).most_common()
    return min(ranked, key=lambda pair: (-pair[1], pair[0]))[0] if ranked else ""


# --- what was not understood -----------------------------------------------------------------------------------------


def unread(found: Sequence[Passage], service: ServiceText) -> tuple[UnreadText, ...]:
    """Passages from which nothing stands in the model and whose words name no step and no concept.

    Of sections set aside (technology, later versions) only the heading.
    """
    taken = _quotations(service)
    name = title_of(found)
    listed: list[UnreadText] = []
    aside: dict[tuple[str, str], int] = {}
    for passage in found:
        if passage.form is Form.HEADING or not re.search(r"[A-Za-z가-힣]{2}", passage.text):
            continue
        at = str(passage.place)
        if any(_covers(quoted, passage.text) for quoted in taken.get(at, ())):
            continue
        if section := _set_aside(passage, name):
            key = (section, passage.place.source)
            if key not in aside:
                aside[key] = len(listed)
                listed.append(UnreadText(text=section, at=at))
        elif not find(passage.text, "concepts") and all(act.weak for act in acts(passage.text)):
            listed.append(UnreadText(text=clip(passage.text, _MAX_UNREAD), at=at))
    return tuple(listed)


def _set_aside(passage: Passage, name: str) -> str:
    """The outermost heading that makes the section one on technology or later versions, empty for all others."""
    if not is_quiet(passage, name):
        return ""
    headings = tuple(h for h in passage.headings if h != name)
    outer = (replace(passage, headings=headings[:depth], header=()) for depth in range(1, len(headings) + 1))
    section = next((p.headings[-1] for p in outer if is_quiet(p, name)), headings[-1] if headings else name)
    return clip(bare_heading(section), _MAX_UNREAD)


def _covers(quoted: str, text: str) -> bool:
    """Whether the quotation is taken from the text (it may be shortened) or the text stands in the quotation."""
    short = quoted[:40]
    return bool(short) and (short in text or text[:40] in quoted)


def _quotations(service: ServiceText) -> Mapping[str, tuple[str, ...]]:
    found: dict[str, dict[str, None]] = {}
    for model in _models(service):
        at, quoted = getattr(model, "at", ""), getattr(model, "given", "") or getattr(model, "text", "")
        if at and quoted:
            found.setdefault(at, {})[quoted] = None
    return {at: tuple(quoted) for at, quoted in found.items()}


def _models(value: object) -> Iterable[BaseModel]:
    if isinstance(value, BaseModel):
        yield value
        for name in type(value).model_fields:
            yield from _models(getattr(value, name))
    elif isinstance(value, tuple):
        for item in value:
            yield from _models(item)
