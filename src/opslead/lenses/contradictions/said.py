"""What the model says anywhere, with its quotation: the lenses of the lifecycle ask whether something is stated before they call it open."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import timedelta
from functools import lru_cache

from opslead.lenses.finding import Measured
from opslead.lenses.hole import Quotation
from opslead.lenses.worth import dagger, part_of, prepaid
from opslead.model.measure import format_duration, format_share
from opslead.model.service import Actor, Basis, Clock, Rule, Service, Source, Step
from opslead.model.steps import Role
from opslead.text import Lang, pick

Said = tuple[str, Source]


@lru_cache(maxsize=8)
def everything(service: Service) -> tuple[Said, ...]:
    """Each entry of the model that rests on the description: its words and where they stand. What is left for later is not in it."""
    return tuple(
        (text, source)
        for text, source in _entries(service)
        if source.basis is not Basis.ASSUMED and source.text.strip()
    )


def _entries(service: Service) -> Iterator[Said]:
    for step in service.steps():
        yield f"{step.name} {step.source.text}", step.source
    for way in service.exits():
        yield f"{way.name} {way.source.text}", way.source
        for tier in way.tiers:
            yield f"{tier.until} {tier.source.text}", tier.source
    for rule in service.rules:
        yield f"{rule.subject} {rule.text}", quoted(rule)
    for clock in service.clocks:
        yield f"{clock.subject} {clock.source.text}", clock.source
    for group in (service.limits, service.money, service.rates, service.volumes):
        for item in group:
            yield f"{item.subject} {item.source.text}", item.source
    for kpi in service.kpis:
        yield f"{kpi.name} {kpi.target} {kpi.source.text}", kpi.source
    for personal in service.personal_data:
        yield f"{personal.item} {personal.source.text}", personal.source
    for state in service.states:
        yield f"{state.name} {state.source.text}", state.source
    for control in service.controls:
        yield f"{control.name} {control.source.text}", control.source
    for actor in service.actors:
        yield f"{actor.name} {actor.source.text}", actor.source
    for resource in service.resources:
        yield f"{resource.name} {resource.source.text}", resource.source
    for mention in service.mentions:
        yield mention.source.text, mention.source


def quoted(rule: Rule) -> Source:
    """The rule's own words as the quotation."""
    return Source(rule.source.basis, rule.text, rule.source.place)


def said(service: Service, pattern: re.Pattern[str]) -> Source | None:
    """The first entry whose words match."""
    return next((source for text, source in everything(service) if pattern.search(text)), None)


def silent(service: Service, pattern: re.Pattern[str]) -> bool:
    """Whether nothing in the model, nor in what was read without being understood, matches."""
    return said(service, pattern) is None and not any(pattern.search(text) for text, _ in service.unread)


def mentions(service: Service, concept: str) -> tuple[Source, ...]:
    return tuple(mention.source for mention in service.mentions if mention.concept == concept)


def given(service: Service, *kinds: str) -> tuple[Step, ...]:
    """The steps of the kinds that the description itself tells."""
    return tuple(step for step in service.steps(*kinds) if step.source.basis is not Basis.ASSUMED)


def quote(*sources: Source | None) -> Quotation:
    """The sources that are there, each once, without what is only assumed."""
    kept = [source for source in sources if source is not None and source.basis is not Basis.ASSUMED]
    return Quotation(tuple(dict.fromkeys(kept)))


def suppliers(service: Service) -> tuple[Actor, ...]:
    """Independent people or firms who deliver through the service today."""
    return tuple(
        actor for actor in service.actors if actor.role is Role.SUPPLIER and not _LATER.search(actor.source.text)
    )


_LATER = re.compile(r"\bfuture\b|coming soon|추후|후속|예정", re.I)


def clocks(service: Service, kinds: Iterable[str], pattern: re.Pattern[str]) -> tuple[Clock, ...]:
    """The clocks of the kinds that have a length and whose subject or quotation matches."""
    wanted = frozenset(kinds)
    return tuple(
        clock
        for clock in service.clocks
        if clock.kind in wanted and clock.length is not None and pattern.search(f"{clock.subject} {clock.source.text}")
    )


def short(text: str, most: int = 60) -> str:
    """The quotation as it goes into a sentence: one line, without marks at its ends, cut at a word."""
    line = " ".join(text.replace("|", "·").split()).strip(' .:·*-–"“”')
    line = re.sub(r"^(?:\d+(?:\.\d+)*[.)]?\s+|[①-⑳]\s*)", "", line)
    return line if len(line) <= most else line[:most].rsplit(" ", 1)[0] + "…"


def span(length: timedelta, lang: Lang) -> str:
    """The length as people say it of answers and windows: a day or two in hours."""
    hours = length.total_seconds() / 3600
    return (
        format_duration(length, lang)
        if hours not in (24, 48, 72)
        else pick(lang, f"{hours:.0f}시간", f"{hours:.0f} hours")
    )


def paid_loss(service: Service, share: float = 1.0) -> Measured | None:
    """What one case loses of the sum paid before the use, `share` of it; None where no average sum is known or little is prepaid."""
    paid = prepaid(service)
    if paid is None or share <= 0:
        return None
    lost, lang = part_of(paid, share), service.language
    ticket = dagger(paid.value.format(lang), assumed=paid.assumed)
    shown = ticket if share == 1 else f"{ticket} × {format_share(share, lang)} = {lost.format(lang)}"
    return Measured(lost.amount, pick(lang, f"건당 {shown}", f"{shown} a case"))
