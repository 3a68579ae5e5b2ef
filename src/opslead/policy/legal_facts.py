"""The operational facts that a question of law needs: who, how many, which hours, which sums; each with its quotation or its sum."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from types import MappingProxyType

from opslead.lenses.people import absence
from opslead.model.calendar import DAY, WeekHours, format_hours, format_span
from opslead.model.measure import format_duration, format_number, format_share
from opslead.model.service import Actor, Basis, Exit, Service, Source
from opslead.quantities.inputs import money_words
from opslead.text import Lang, pick

_SHORT = 90


def applies(topic: str, service: Service) -> bool:
    """Whether the service does the thing itself, so that the topic is asked even if no policy asks."""
    if topic == "retention":
        return bool(service.personal_data)
    if topic == "penalty":
        return any(True for _ in _forfeits(service)) or any(m.kind == "penalty" for m in service.money)
    if topic == "recording":
        return any(True for _ in _recordings(service))
    if topic == "blocking":
        return any(True for _ in _blocks(service))
    return False


def _stated(text: str, source: Source) -> str:
    """The fact with the words that state it and their place."""
    if source.basis is not Basis.GIVEN or not source.text:
        return text
    words = source.text if len(source.text) <= _SHORT else source.text[: _SHORT - 1].rstrip() + "…"
    return f"{text} (“{words}” {source.place})"


# --- what customers lose and pay


def _forfeits(service: Service) -> Iterator[str]:
    lang = service.language
    for way in service.exits():
        if any(tier.share is not None and tier.share.value == 0 for tier in way.tiers):
            yield _stated(f"{way.name}: {_ladder(way, lang)}", way.source)


def _ladder(way: Exit, lang: Lang) -> str:
    """`7일 전까지 100%, 3~6일 전 50%, 당일 0%`: what is paid back from when until when."""
    days = sorted({int(found[1]) for tier in way.tiers if (found := _DAYS.fullmatch(tier.until))})
    rungs = []
    for tier in way.tiers:
        if tier.share is not None:
            found = _DAYS.fullmatch(tier.until)
            until = _days(int(found[1]), days, lang) if found else tier.until
            rungs.append(f"{until} {format_share(tier.share.value, lang)}")
    return ", ".join(rungs)


_DAYS = re.compile(r"D-(\d+)")


def _days(first: int, all_: Sequence[int], lang: Lang) -> str:
    """The days before the use that a rung holds for: from its own up to the next higher one, the highest without end."""
    last = next((days - 1 for days in all_ if days > first), None)
    if last is None:
        return pick(lang, f"{first}일 전까지", f"{first} days before or earlier")
    if last == first:
        return pick(lang, f"{first}일 전", f"{first} {'day' if first == 1 else 'days'} before")
    return pick(lang, f"{first}~{last}일 전", f"{first} to {last} days before")


def _penalty(service: Service) -> Iterator[str]:
    yield from _forfeits(service)
    for rule in service.money:
        if rule.kind in ("penalty", "deposit") and rule.amount is not None:
            yield _stated(f"{rule.subject} {rule.amount.value.format(service.language)}", rule.source)
    yield from _cases(service, "no_show")
    yield from _ticket(service)


def _ticket(service: Service) -> Iterator[str]:
    if service.ticket is not None:
        label = pick(service.language, "평균 금액", "average sum")
        yield _stated(f"{label} {money_words(service.ticket.value.amount, service)}", service.ticket.source)


def _cases(service: Service, *kinds: str) -> Iterator[str]:
    """How many a day, as a sum: `노쇼 하루 90 × 4% = 3.6건`."""
    lang, cases = service.language, service.cases_per_day
    words = {"no_show": pick(lang, "노쇼", "no-shows"), "cancel": pick(lang, "취소", "cancellations")}
    for kind in kinds:
        rate = service.rate(kind)
        if rate is None or cases is None:
            continue
        share, many = format_share(rate.share.value, lang), format_number(cases.value * rate.share.value)
        text = pick(
            lang,
            f"{words[kind]} 하루 {format_number(cases.value)} × {share} = {many}건",
            f"{words[kind]} a day: {format_number(cases.value)} × {share} = {many}",
        )
        yield _stated(text, rate.share.source)


def _credit(service: Service) -> Iterator[str]:
    for rule in service.money:
        if rule.kind in ("credit", "points", "coupon", "reward", "gift_card", "cashback", "compensation"):
            amount = f" {rule.amount.value.format(service.language)}" if rule.amount else ""
            yield _stated(f"{rule.subject}{amount}", rule.source)
    yield from _cases(service, "cancel")
    yield from _ticket(service)


# --- who decides, and when nobody does


def _time(service: Service) -> Iterator[str]:
    lang = service.language
    deciding = {"refund", "compensate", "cancel", "approve"}
    who = tuple(a for a in service.people if a.duty and deciding & {*a.does, *(m.action for m in a.authority)})
    away = absence(who)
    if away is not None:
        names = pick(lang, "·", ", ").join(dict.fromkeys(actor.name for actor in who))
        hours = format_number(away.hours)
        text = pick(
            lang,
            f"처리하는 사람({names})이 없는 가장 긴 시간: {format_span(away.span, lang)}, {hours}시간",
            f"longest time without anybody who handles it ({names}): {format_span(away.span, lang)}, {hours} hours",
        )
        yield _stated(text, away.sources[0])
    for way in service.exits("cancel"):
        if way.tiers:
            yield _stated(f"{way.name}: {_ladder(way, lang)}", way.source)
    yield from _cases(service, "cancel")


def _putting_right(service: Service) -> Iterator[str]:
    lang = service.language
    for actor in service.people:
        for may in actor.authority:
            if may.limit is not None:
                limit = may.limit.value.format(lang)
                text = pick(lang, f"{actor.name} 혼자 정하는 한도 {limit}", f"{actor.name} decides alone up to {limit}")
                yield _stated(text, may.limit.source)
    for partner in service.partners:
        if partner.kind in ("payment", "channel", "bank"):
            label = pick(lang, "돈이 지나는 곳", "money passes through")
            yield _stated(f"{label}: {partner.name}", partner.source)
    yield from _ticket(service)
    yield from _cases(service, "cancel")


_NIGHT = WeekHours.of((day * DAY, day * DAY + 5 * 60) for day in range(7))


def _labour(service: Service) -> Iterator[str]:
    """Who is on duty alone or at night."""
    lang = service.language
    for actor in service.people:
        if actor.duty is None or actor.count is None:
            continue
        night = (actor.duty.value & _NIGHT).minutes > 0
        if actor.count.value == 1 or night:
            yield _stated(
                f"{actor.name}: {_headcount(service, actor)}, {format_hours(actor.duty.value, lang)}", actor.duty.source
            )


def _headcount(service: Service, actor: Actor) -> str:
    """`현장마다 1명 × 3곳`, `2 people`."""
    lang, count = service.language, actor.count.value if actor.count else 1
    people = pick(lang, f"{count}명", f"{count} {'person' if count == 1 else 'people'}")
    if not actor.per_site:
        return people
    places = pick(lang, f" × {service.sites.value}곳", f" × {service.sites.value} sites") if service.sites else ""
    return pick(lang, f"현장마다 {people}{places}", f"{people} at each site{places}")


def _safety(service: Service) -> Iterator[str]:
    yield from _labour(service)
    for thing in service.resources:
        if thing.physical and thing.capacity is not None:
            number = format_number(thing.capacity.value)
            text = pick(service.language, f"{thing.name} {number}{thing.unit}", f"{number} {thing.name}")
            yield _stated(text, thing.capacity.source)


# --- data about people


def _personal(service: Service) -> Iterator[str]:
    lang = service.language
    for item in service.personal_data:
        medium = f" ({_MEDIA[lang].get(item.medium, item.medium)})" if item.medium else ""
        yield _stated(f"{item.item}{medium}", item.source)


def _retention(service: Service) -> Iterator[str]:
    lang = service.language
    yield from _personal(service)
    for clock in service.clocks:
        if clock.kind == "retention" and clock.length is not None:
            yield _stated(f"{clock.subject} {format_duration(clock.length.value, lang)}", clock.source)
    for concept, label in (
        ("paper", ("종이에 남는 것", "on paper")),
        ("spreadsheet", ("엑셀에 남는 것", "in spreadsheets")),
    ):
        mention = service.mention(concept)
        if mention is not None:
            yield _stated(pick(lang, *label), mention.source)
    yield from _daily(service)


def _disclosure(service: Service) -> Iterator[str]:
    lang = service.language
    yield from _personal(service)
    for partner in service.partners:
        label = pick(lang, "정보가 가는 파트너", "data goes to the partner")
        yield _stated(f"{label}: {partner.name}", partner.source)
    yield from _daily(service)


def _daily(service: Service) -> Iterator[str]:
    if service.cases_per_day is not None:
        number = format_number(service.cases_per_day.value)
        yield _stated(pick(service.language, f"하루 {number}건", f"{number} cases a day"), service.cases_per_day.source)


_RECORDED = ("cctv", "photo")


def _recordings(service: Service) -> Iterator[str]:
    for item in service.personal_data:
        if item.medium in ("camera", "photo"):
            yield _stated(item.item, item.source)
    for concept in _RECORDED:
        mention = service.mention(concept)
        if mention is not None:
            yield _stated(pick(service.language, "기록하는 것", "recorded"), mention.source)


def _blocks(service: Service) -> Iterator[str]:
    """What the description says of shutting customers out."""
    mention = service.mention("blocking")
    if mention is not None:
        yield _stated(pick(service.language, "이용을 막는 규칙", "rule that shuts out"), mention.source)


def _liability(service: Service) -> Iterator[str]:
    lang = service.language
    for partner in service.partners:
        late = f", {format_duration(partner.worst.value, lang)}" if partner.worst else ""
        yield _stated(pick(lang, f"파트너 {partner.name}{late}", f"partner {partner.name}{late}"), partner.source)
    for clock in service.clocks:
        if clock.kind == "latency" and clock.length is not None:
            yield _stated(f"{clock.subject} {format_duration(clock.length.value, lang)}", clock.source)
    yield from _daily(service)


def _terms(service: Service) -> Iterator[str]:
    yield from _forfeits(service)
    yield from _daily(service)


def _blocking(service: Service) -> Iterator[str]:
    yield from _blocks(service)
    yield from _cases(service, "no_show", "cancel")


_MEDIA = {
    "ko": {
        "screen": "화면",
        "paper": "종이",
        "spreadsheet": "엑셀",
        "message": "메시지",
        "photo": "사진",
        "camera": "영상",
        "export": "내려받은 파일",
    },
    "en": {"export": "exported file"},
}

FACTS: Mapping[str, Callable[[Service], Iterator[str]]] = MappingProxyType(
    {
        "recording": _recordings,
        "labour": _labour,
        "time": _time,
        "penalty": _penalty,
        "credit": _credit,
        "putting_right": _putting_right,
        "blocking": _blocking,
        "disclosure": _disclosure,
        "retention": _retention,
        "safety": _safety,
        "liability": _liability,
        "terms": _terms,
    }
)
"""The facts of each topic."""
