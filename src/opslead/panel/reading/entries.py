"""From an answer to entries of the model: each with its quotation and place, each value held to its quotation first."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import TypeVar

from opslead.errors import Place
from opslead.model import document as doc
from opslead.model.guardrails import GuardrailKind
from opslead.model.steps import Role
from opslead.panel.reading import answer, kinds
from opslead.panel.reading.clerk import Clerk
from opslead.panel.reading.proof import parsed, until_supported
from opslead.panel.reading.quotes import Found
from opslead.text import pick

R = TypeVar("R", bound=answer.Stated)


@dataclass(frozen=True)
class StepEntry:
    """A step of the flow called `flow`; `before` are the quotations of the steps that the answer puts before it, nearest last."""

    flow: str
    step: doc.StepText
    before: tuple[str, ...]


@dataclass(frozen=True)
class ExitEntry:
    """A way out of the flow called `flow`."""

    flow: str
    exit: doc.ExitText


Entry = (
    doc.ActorText
    | doc.PartnerText
    | doc.ResourceText
    | doc.ChannelText
    | doc.ClockText
    | doc.RateText
    | doc.VolumeText
    | doc.MoneyText
    | doc.LimitText
    | doc.ControlText
    | doc.PersonalText
    | doc.KpiText
    | doc.LaterText
    | StepEntry
    | ExitEntry
)


@dataclass(frozen=True)
class Claim:
    """An entry that its quotations prove, and all of these."""

    entry: Entry
    quotes: tuple[Found, ...]


_PER_SITE = re.compile(
    r"마다|별로?|각각?|점포당|지점당|\bper\b|\beach\b|\bevery\b|\ba (?:shop|site|store|branch|house)\b", re.I
)


def claims(clerk: Clerk, read: answer.Understood) -> Iterator[Claim]:
    """Everything of the answer that is proven, people before what refers to them."""
    yield from _each(clerk, read.actors, _actor)
    yield from _each(clerk, read.partners, _partner)
    yield from _each(clerk, read.things, _thing)
    yield from _each(clerk, read.channels, _channel)
    for flow in read.flows:
        yield from _flow(clerk, flow)
    yield from _each(clerk, read.numbers, _number)
    yield from _each(clerk, read.controls, _control)
    yield from _each(clerk, read.notes, _note)


def _each(
    clerk: Clerk, items: Iterable[R], make: Callable[[Clerk, R, Sequence[Found]], Entry | None]
) -> Iterator[Claim]:
    for item in items:
        found = clerk.found(item.quotes, _title(item))
        entry = make(clerk, item, found) if found else None
        if entry is not None:
            yield Claim(entry, found)


# --- people and things


def _actor(clerk: Clerk, read: answer.ActorRead, found: Sequence[Found]) -> Entry | None:
    if not clerk.named(read.name, found):
        return None
    may = []
    for item in read.may:
        action = clerk.kind(item.action, kinds.STEPS, read.name, found)
        limit = clerk.said(item.limit, "money", found, f"{read.name}, {_LIMIT[clerk.lang]}")
        if action and (limit or not item.limit):
            may.append(doc.AuthorityText(action=action, limit=limit, per=item.per, **_origin(found)))
    count = clerk.said(read.count, "count", found, f"{read.name}, {_COUNT[clerk.lang]}")
    return doc.ActorText(
        name=read.name,
        role=Role(read.role),
        count=count,
        per_site=read.per_site and any(_PER_SITE.search(here.quote) for here in found),
        duty=clerk.said(read.duty, "hours", found, f"{read.name}, {_DUTY[clerk.lang]}"),
        authority=tuple(may),
        does=tuple(dict.fromkeys(kind for kind in read.does if clerk.kind(kind, kinds.STEPS, read.name, found))),
        **_origin(found),
    )


def _partner(clerk: Clerk, read: answer.PartnerRead, found: Sequence[Found]) -> Entry | None:
    if not clerk.named(read.name, found):
        return None
    return doc.PartnerText(
        name=read.name,
        kind=clerk.kind(read.kind, kinds.PARTNERS, read.name, found),
        mode=clerk.kind(read.mode, kinds.MODES, read.name, found),
        latency=clerk.said(read.latency, "duration", found, read.name),
        worst=clerk.said(read.worst, "duration", found, read.name),
        hours=clerk.said(read.hours, "hours", found, read.name),
        **_origin(found),
    )


def _thing(clerk: Clerk, read: answer.ThingRead, found: Sequence[Found]) -> Entry | None:
    if not clerk.named(read.name, found):
        return None
    return doc.ResourceText(
        name=read.name,
        capacity=clerk.said(read.capacity, "number", found, read.name),
        unit=read.unit,
        physical=read.physical,
        perishable=read.perishable,
        **_origin(found),
    )


def _channel(clerk: Clerk, read: answer.ChannelRead, found: Sequence[Found]) -> Entry | None:
    if not clerk.named(read.name, found):
        return None
    return doc.ChannelText(
        name=read.name,
        share=clerk.said(read.share, "share", found, read.name),
        sync=read.sync,
        delay=clerk.said(read.delay, "duration", found, read.name),
        **_origin(found),
    )


# --- flows


def _flow(clerk: Clerk, read: answer.FlowRead) -> Iterator[Claim]:
    before: list[str] = []
    last: Place | None = None
    for item in read.steps:
        found = clerk.found(item.quotes, item.name, last)
        step = _step(clerk, item, found) if found else None
        if step is not None:
            yield Claim(StepEntry(read.name, step, tuple(before)), found)
            before.append(step.given)
            last = found[0].place
    for way in read.exits:
        found = clerk.found(way.quotes, way.name)
        made = _exit(clerk, way, found) if found else None
        if made is not None:
            yield Claim(ExitEntry(read.name, made), found)


def _step(clerk: Clerk, read: answer.StepRead, found: Sequence[Found]) -> doc.StepText | None:
    kind = clerk.kind(read.kind, kinds.STEPS, read.name, found)
    if not kind:
        return None
    return doc.StepText(
        kind=kind,
        name=read.name,
        actor=read.actor if read.actor and clerk.named(read.actor, found) else "",
        partner=read.partner if read.partner and clerk.named(read.partner, found) else "",
        within=clerk.said(read.within, "duration", found, read.name),
        via=clerk.kind(read.via, kinds.VIA, read.name, found),
        manual=read.by_hand,
        **_origin(found),
    )


def _exit(clerk: Clerk, read: answer.ExitRead, found: Sequence[Found]) -> doc.ExitText | None:
    kind = clerk.kind(read.kind, kinds.EXITS, read.name, found)
    if not kind:
        return None
    tiers = []
    for tier in read.tiers:
        share = clerk.said(tier.share, "share", found, read.name)
        amount = clerk.said(tier.amount, "money", found, read.name)
        if not share and not amount:
            continue
        if until_supported([here.quote for here in found], tier.until):
            tiers.append(doc.TierText(until=tier.until, share=share, amount=amount, **_origin(found)))
        else:
            clerk.refuse(f"{read.name}, {tier.until}", clerk.not_there(tier.until), str(found[0].place))
    return doc.ExitText(
        kind=kind,
        name=read.name,
        by=read.by if read.by and clerk.named(read.by, found) else "",
        within=clerk.said(read.within, "duration", found, read.name),
        tiers=tuple(tiers),
        **_origin(found),
    )


# --- numbers, controls, notes


def _number(clerk: Clerk, read: answer.NumberRead, found: Sequence[Found]) -> Entry | None:
    known = _NUMBERS[read.sort]
    if known is not None and not clerk.kind(read.kind, known, read.subject, found):
        return None
    return {
        "clock": _clock,
        "rate": _rate,
        "volume": _volume,
        "money": _money,
        "limit": _limit,
    }[read.sort](clerk, read, found)


def _clock(clerk: Clerk, read: answer.NumberRead, found: Sequence[Found]) -> Entry | None:
    timed = parsed(read.value, "time") is not None
    said = clerk.said(read.value, "time" if timed else "duration", found, read.subject)
    if said is None:
        return None
    where = {"time": said} if timed else {"length": said}
    return doc.ClockText(kind=read.kind, subject=read.subject, **where, **_origin(found))


def _rate(clerk: Clerk, read: answer.NumberRead, found: Sequence[Found]) -> Entry | None:
    said = clerk.said(read.value, "share", found, read.subject)
    return None if said is None else doc.RateText(kind=read.kind, subject=read.subject, share=said, **_origin(found))


def _volume(clerk: Clerk, read: answer.NumberRead, found: Sequence[Found]) -> Entry | None:
    said = clerk.said(read.value, "number", found, read.subject)
    per = clerk.kind(read.per, kinds.PERIODS, read.subject, found)
    return (
        None
        if said is None
        else doc.VolumeText(kind=read.kind, subject=read.subject, amount=said, per=per, **_origin(found))
    )


def _money(clerk: Clerk, read: answer.NumberRead, found: Sequence[Found]) -> Entry | None:
    share = "%" in read.value or "퍼센트" in read.value or "percent" in read.value
    said = clerk.said(read.value, "share" if share else "money", found, read.subject)
    due = clerk.said(read.due, "words", found, read.subject)
    if said is None and due is None:
        return None
    amount = {} if said is None else {"share": said} if share else {"amount": said}
    return doc.MoneyText(kind=read.kind, subject=read.subject, due=due, **amount, **_origin(found))


def _limit(clerk: Clerk, read: answer.NumberRead, found: Sequence[Found]) -> Entry | None:
    said = clerk.said(read.value, "number", found, read.subject)
    bound = {"max": "max", "min": "min", "target": "target"}.get(read.kind, "exact")
    if said is None:
        return None
    return doc.LimitText.model_validate(
        {"subject": read.subject, "bound": bound, "amount": said, "unit": read.unit, **_origin(found)}
    )


def _control(clerk: Clerk, read: answer.ControlRead, found: Sequence[Found]) -> Entry | None:
    kind = clerk.kind(read.kind, kinds.CONTROLS, found[0].quote, found)
    on = tuple(k for k in read.on if clerk.kind(k, kinds.STEPS | kinds.EXITS, found[0].quote, found))
    if not kind or (read.on and not on):
        return None
    if any(_PLANNED.search(here.quote) for here in found):
        why = pick(clerk.lang, "계획이나 바람이지 지금 있는 통제가 아니다", "a plan or a wish, not a control in place")
        clerk.refuse(f"“{found[0].quote}”", why, str(found[0].place))
        return None
    return doc.ControlText(kind=GuardrailKind(kind), on=on, **_origin(found))


def _note(clerk: Clerk, read: answer.NoteRead, found: Sequence[Found]) -> Entry | None:
    if read.sort == "personal":
        medium = clerk.kind(read.medium, kinds.MEDIA, read.text, found)
        return doc.PersonalText(item=read.text, medium=medium, **_origin(found))
    if read.sort == "kpi":
        return doc.KpiText(name=read.text, **_origin(found))
    return doc.LaterText(text=found[0].quote, at=str(found[0].place))


_PLANNED = re.compile(
    r"예정|추후|향후|계획|검토\s?중|도입할|만들\s?것|싶다|필요하다|해야\s?한다|\bwill\b|\bplan|\bshould\b|\bwould\b|\bfuture\b|\blater\b|\bto be\b|\bwish|\bneeds? to\b",
    re.I,
)
"""Words of a plan, a wish or a demand."""

_NUMBERS: dict[str, frozenset[str] | None] = {
    "clock": kinds.CLOCKS,
    "rate": kinds.RATES,
    "volume": kinds.VOLUMES,
    "money": kinds.MONEY,
    "limit": None,
}
_COUNT = {"ko": "인원", "en": "count"}
_DUTY = {"ko": "근무 시간", "en": "hours"}
_LIMIT = {"ko": "전결 한도", "en": "limit"}


def _origin(found: Sequence[Found]) -> dict[str, str]:
    return {"given": found[0].quote, "at": str(found[0].place)}


def _title(item: answer.Stated) -> str:
    """What a refusal calls the entry."""
    for name in ("name", "subject", "text"):
        if words := getattr(item, name, ""):
            return str(words)
    return item.quotes[0]
