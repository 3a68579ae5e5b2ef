"""What the model quotes, as statements to set against each other; shared by the modules of this lens."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import timedelta
from functools import lru_cache

from opslead.model.measure import format_duration
from opslead.model.service import Basis, Service, Source
from opslead.text import Lang, pick


@dataclass(frozen=True)
class Said:
    """A sentence of the description as the model holds it; `subject` is the heading or thing it is about."""

    text: str
    subject: str
    source: Source


@lru_cache(maxsize=8)
def said(service: Service) -> tuple[Said, ...]:
    """Every quotation of the model once, in the order of the text. Nothing assumed, nothing that is left for later."""
    later = {item.source.place for item in service.later}
    found: dict[tuple[str, str], Said] = {}
    for item in _all(service):
        if item.source.basis is Basis.GIVEN and item.text and item.source.place not in later:
            found.setdefault((str(item.source.place), item.text), item)
    return tuple(sorted(found.values(), key=lambda item: (item.source.place.source, item.source.place.line)))


def _all(service: Service) -> Iterator[Said]:
    for rule in service.rules:
        yield Said(rule.text, rule.subject, Source(rule.source.basis, rule.text, rule.source.place))
    for flow in service.flows:
        for step in flow.steps:
            yield Said(step.source.text, flow.name, step.source)
        for way in flow.exits:
            yield Said(way.source.text, way.name, way.source)
            yield from (Said(tier.source.text, way.name, tier.source) for tier in way.tiers)
    for money in service.money:
        yield Said(money.source.text, money.subject, money.source)
    for clock in service.clocks:
        yield Said(clock.source.text, clock.subject, clock.source)
    for limit in service.limits:
        yield Said(limit.source.text, limit.subject, limit.source)
    for actor in service.actors:
        yield from (Said(power.source.text, actor.name, power.source) for power in actor.authority)
    for mention in service.mentions:
        yield Said(mention.source.text, "", mention.source)


def saying(service: Service, pattern: re.Pattern[str]) -> tuple[Said, ...]:
    """The statements that the pattern finds; of quotations that contain one another at one place the longest."""
    kept: list[Said] = []
    for item in sorted((i for i in said(service) if pattern.search(i.text)), key=_rank, reverse=True):
        place = item.source.place
        if not any(known.source.place == place and item.text in known.text for known in kept):
            kept.append(item)
    order = {id(item): index for index, item in enumerate(said(service))}
    return tuple(sorted(kept, key=lambda item: order.get(id(item), 0)))


def _rank(item: Said) -> tuple[int, bool]:
    """Of two quotations of one place the longer tells more, and of two alike the one whose subject is known."""
    return len(item.text), bool(item.subject)


def sources(items: Iterable[Said]) -> tuple[Source, ...]:
    """Their sources, each once."""
    return tuple(dict.fromkeys(item.source for item in items))


def short(text: str, longest: int = 70) -> str:
    """The words as a quotation inside a sentence: without its number, its end and what is too long."""
    bare = re.sub(r"^[\s*•·\-–\"“”]*(?:\d{1,2}[.)]\s+)?", "", text).strip(' .。:："”“')
    if len(bare) <= longest:
        return bare
    return bare[:longest].rsplit(" ", 1)[0] + "…"


def quote(text: str, lang: Lang, longest: int = 70) -> str:
    """The same with the marks of a quotation, so that a particle can follow it."""
    bare = short(text, longest)
    return pick(lang, f"‘{bare}’", f"“{bare}”")


def hours(length: timedelta, lang: Lang) -> str:
    """A limit of up to two days in hours, as people state it (`24시간`), else in the usual words."""
    whole = length.total_seconds() / 3600
    if whole < 1 or whole > 48 or whole != int(whole):
        return format_duration(length, lang)
    return pick(lang, f"{int(whole)}시간", f"{int(whole)} hours" if whole > 1 else "1 hour")
