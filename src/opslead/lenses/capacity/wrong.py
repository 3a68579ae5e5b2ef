"""Numbers and times of a text that cannot be meant: asked about together, with their quotations, since they may be misread."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from opslead.lenses.finding import find
from opslead.lenses.hole import Arithmetic, Evidence, Hole, Quotation
from opslead.model.calendar import clock
from opslead.model.measure import format_duration, format_share
from opslead.model.plausible import ROUNDING, hold_fault, more_than_all, no_such_day
from opslead.model.service import Clock, Service, Source
from opslead.text import pick


@dataclass(frozen=True)
class _Doubt:
    """What cannot be meant: the slots by which the text says it, its sources, and the sum where there is one."""

    slots: Mapping[str, str]
    sources: tuple[Source, ...]
    sum: Arithmetic | None = None


def wrong_number(service: Service) -> Iterator[Hole]:
    """One hole for all of them, the first of each kind: a capacity of 0, more than all, channels that add up to more than all,
    a day that no month has, a hold of nothing or of years, a close before the opening."""
    doubts = [*_amounts(service), *_due(service), *_holds(service), *_reversed(service)]
    if not doubts:
        return
    sources = tuple(dict.fromkeys(source for doubt in doubts for source in doubt.sources))
    quoted = tuple(dict.fromkeys(source.text.rstrip(".") for source in sources))
    slots = {"said": "”, “".join(quoted[:4])}
    for doubt in doubts:
        slots |= {key: value for key, value in doubt.slots.items() if key not in slots}
    evidence: list[Evidence] = [Quotation(sources), *(doubt.sum for doubt in doubts if doubt.sum is not None)]
    yield find(service, "capacity.wrong_number", "service", slots, tuple(evidence), certain=False)


def _amounts(service: Service) -> Iterator[_Doubt]:
    lang = service.language
    for resource in service.resources:
        if resource.capacity is not None and resource.capacity.value <= 0:
            yield _Doubt({"empty": resource.name}, (resource.capacity.source,))
            break
    for rate in service.rates:
        if more_than_all(rate.kind, rate.share.value):
            share = format_share(rate.share.value, lang)
            yield _Doubt({"share": share, "of": rate.subject or rate.kind}, (rate.source,))
            break
    shares = [c.share for c in service.channels if c.share is not None]
    total = sum(share.value for share in shares)
    if len(shares) > 1 and total > ROUNDING:
        formula = " + ".join(format_share(s.value, lang) for s in shares) + f" = {format_share(total, lang)}"
        over = format_share(total - 1, lang)
        sources = tuple(s.source for s in shares)
        names = pick(lang, "·", ", ").join(c.name for c in service.channels if c.share is not None)
        made = Arithmetic(formula, pick(lang, f"{over} 넘친다", f"{over} too many"), sources)
        yield _Doubt({"parts": names, "total": format_share(total, lang)}, sources, made)


def _due(service: Service) -> Iterator[_Doubt]:
    rule = next((m for m in service.money if m.due and no_such_day(m.due)), None)
    if rule is not None:
        yield _Doubt({"due": rule.due, "paid": rule.payee or rule.subject or rule.kind}, (rule.source,))


def _holds(service: Service) -> Iterator[_Doubt]:
    lang = service.language
    lengths = [(s.title(lang), s.within) for s in service.steps("hold") if s.within is not None]
    lengths += [(c.subject, c.length) for c in service.clocks if c.kind == "ttl" and c.length is not None]
    for fault, name_slot, length_slot in (("zero", "none", "nothing"), ("long", "held", "ages")):
        found = next(((n, f) for n, f in lengths if hold_fault(f.value) == fault and not f.assumed), None)
        if found is not None:
            name, length = found
            yield _Doubt({name_slot: name, length_slot: format_duration(length.value, lang)}, (length.source,))


_OVER_MIDNIGHT = re.compile(r"익일|다음\s*날|새벽|심야|next day|overnight|midnight", re.I)


def _reversed(service: Service) -> Iterator[_Doubt]:
    """An opening after the close of the same thing, with no word of the next day."""
    for start in service.clocks:
        end = next((c for c in service.clocks if _closes(start, c)), None)
        if end is None or start.minute is None or end.minute is None:
            continue
        if _OVER_MIDNIGHT.search(f"{start.source.text} {end.source.text}"):
            continue
        slots = {"turned": start.subject, "open": clock(start.minute.value), "close": clock(end.minute.value)}
        yield _Doubt(slots, (start.minute.source, end.minute.source))
        return


def _closes(start: Clock, end: Clock) -> bool:
    return (
        start.kind == "opening"
        and end.kind == "cutoff"
        and start.subject == end.subject
        and start.minute is not None
        and end.minute is not None
        and end.minute.value <= start.minute.value
    )
