"""What of a trade can be read off its description: the scarce thing, its price, its peaks, who is alone, what is shared with whom."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from opslead.intake.flow.links import clip
from opslead.lenses.people import absence
from opslead.model.calendar import DAY, WeekHours, format_hours, format_span
from opslead.model.measure import format_duration, format_number, format_share
from opslead.model.service import Actor, MoneyRule, Rate, Resource, Service, Source
from opslead.quantities.inputs import money_words, same_cases
from opslead.text import Lang, josa, pick, sentence


@dataclass(frozen=True)
class Essential:
    """A sentence of the engine with its quotation or its sum."""

    text: str
    basis: Literal["quote", "sum"]
    source: str


def essentials(service: Service) -> Iterator[Essential]:
    """All that can be said, what a charter needs most first."""
    for find in (
        _scarce,
        _busy,
        _revenue,
        _no_shows,
        _weather,
        _alone,
        _unattended,
        _channel,
        _cut,
        _limit,
        _late,
        _forfeit,
    ):
        yield from find(service)


def _quoted(source: Source) -> str:
    return f"“{clip(source.text, 120)}”"


def _sum(formula: str, *sources: Source) -> str:
    """A sum with the words its numbers come from."""
    return "; ".join([formula, *dict.fromkeys(_quoted(source) for source in sources)])


_PLACE = re.compile(
    r"실$|룸|좌석|자리|테이블|사이트|데크|면$|칸$|석$|베드|주차|코트|좌대|seat|table|pitch|stall|space|court|\bbeds?\b|rooms?\b|desks?\b|bays?\b|studio|class",
    re.I,
)
"""Names of what is sold by time and stands where it is."""


def scarce(service: Service) -> Resource | None:
    """The counted place that is lost with time: the one that is held or booked, else the first."""
    known = [r for r in service.resources if r.perishable and r.capacity and r.capacity.value > 1]
    booked = {s.resource.id for s in service.steps("hold", "request", "assign", "check_in", "start") if s.resource}
    places = [r for r in known if _PLACE.search(r.name)]
    return next((r for r in places if r.id in booked), places[0] if places else None)


def _amount(thing: Resource, lang: Lang) -> str:
    """`사이트 126개`, `164 stalls`."""
    number = format_number(thing.capacity.value) if thing.capacity else ""
    unit, _, each = thing.unit.partition("/")
    return pick(lang, f"{f'{each}마다 ' if each else ''}{thing.name} {number}{unit}", f"{number} {thing.name}")


def _scarce(service: Service) -> Iterator[Essential]:
    thing, lang = scarce(service), service.language
    if thing is None or thing.capacity is None:
        return
    text = pick(
        lang,
        f"파는 것은 시간이다. {josa(_amount(thing, lang), '이/가')} 전부이고, 비워 둔 채 지나간 시간은 다시 팔 수 없다.",
        f"Time is what is sold: there are {_amount(thing, lang)} and no more, and the time in which one stands empty is never sold again.",
    )
    yield Essential(text, "quote", _quoted(thing.capacity.source))


def _busy(service: Service) -> Iterator[Essential]:
    yield from _full(service) if _occupancies(service) else _peak(service)


def _occupancies(service: Service) -> list[Rate]:
    found = [r for r in service.rates if r.kind == "occupancy" and 0 < r.share.value <= 1]
    return sorted(found, key=lambda r: -r.share.value)


def _full(service: Service) -> Iterator[Essential]:
    """How much is left when it is full: the slack for every mistake."""
    lang, thing = service.language, scarce(service)
    first, *rest = _occupancies(service)
    share = format_share(first.share.value, lang)
    low = format_share(rest[-1].share.value, lang) if rest else ""
    quiet = pick(lang, f", 한가할 때는 {low}만 찬다", f" and {low} in quiet times") if rest else ""
    if thing is None or thing.capacity is None:
        text = pick(
            lang,
            f"붐빌 때는 {josa(share, '이/가')} 차고{quiet}." if rest else f"붐빌 때는 {josa(share, '이/가')} 찬다.",
            f"{share} is taken when it is busy{quiet}.",
        )
        yield Essential(text, "quote", _quoted(first.share.source))
        return
    total = thing.capacity.value
    left = total * (1 - first.share.value)
    formula = f"{format_number(total)} × (1 − {share}) = {format_number(left)}"
    unit = thing.unit if lang == "ko" else ""
    text = pick(
        lang,
        f"붐빌 때는 {josa(share, '이/가')} {'차고' + quiet if rest else '찬다'}. 붐빌 때 남는 것은 {_about(left, lang)}{unit}뿐이라, 잘못 나간 자리를 바꿔 줄 여유가 없다.",
        f"{share} is taken when it is busy{quiet}: then {_about(left, lang)} of {_amount(thing, lang)} are left, and there is no slack to make a wrong booking good.",
    )
    yield Essential(text, "sum", _sum(formula, first.share.source, *(r.share.source for r in rest[-1:])))


def _peak(service: Service) -> Iterator[Essential]:
    lang, factor, cases = service.language, service.volume("peak_factor"), service.cases_per_day
    if factor is None or cases is None or factor.amount.value <= 1:
        return
    many = cases.value * factor.amount.value
    share = format_share(round(1 / factor.amount.value, 2), lang)
    formula = f"{format_number(cases.value)} × {format_number(factor.amount.value)} = {format_number(many)}"
    text = pick(
        lang,
        f"수요는 고르게 오지 않는다. 하루 평균 {format_number(cases.value)}건이 몰릴 때는 {format_number(many)}건이 되고, 평균에 맞춘 인원과 자리로는 그 가운데 {share}만 받는다.",
        f"Demand does not come evenly: {format_number(cases.value)} cases a day become {format_number(many)} when it is busy, and people and places sized for the average take {share} of them.",
    )
    yield Essential(text, "sum", _sum(formula, cases.source, factor.source))


def _revenue(service: Service) -> Iterator[Essential]:
    lang, cases, ticket = service.language, service.cases_per_day, service.ticket
    if cases is None or ticket is None or not ticket.value.amount or _by_month(service):
        return
    day = cases.value * ticket.value.amount
    formula = (
        f"{format_number(cases.value)} × {money_words(ticket.value.amount, service)} = {money_words(day, service)}"
    )
    text = pick(
        lang,
        f"하루 {format_number(cases.value)}건에 평균 {money_words(ticket.value.amount, service)}씩, 하루 {josa(money_words(day, service), '이/가')} 오간다.",
        f"{format_number(cases.value)} cases a day at {money_words(ticket.value.amount, service)} each: {money_words(day, service)} change hands every day.",
    )
    yield Essential(text, "sum", _sum(formula, cases.source, ticket.source))


def _by_month(service: Service) -> bool:
    """Whether people pay by the month, so that the average sum is no price of a visit."""
    return bool(service.kinds & {"renew", "pause", "terminate"})


def _no_shows(service: Service) -> Iterator[Essential]:
    """How many do not come or cancel, and what that is in money."""
    lang, cases, ticket = service.language, service.cases_per_day, service.ticket
    rates = [(kind, service.rate(kind)) for kind in ("no_show", "cancel")]
    known = [(kind, rate) for kind, rate in rates if rate is not None and same_cases(rate, service)]
    if cases is None or not known:
        return
    words = {"no_show": pick(lang, "노쇼", "no-shows"), "cancel": pick(lang, "취소", "cancellations")}
    number = format_number(cases.value)
    parts = [(words[kind], cases.value * rate.share.value, rate) for kind, rate in known]
    formulas = [f"{number} × {format_share(r.share.value, lang)} = {format_number(many)}" for _, many, r in parts]
    joined = pick(lang, ", ", " and ").join(
        pick(lang, f"{josa(word, '이/가')} {_about(many, lang)}건", f"{_about(many, lang)} {word}")
        for word, many, _ in parts
    )
    lost, sources = "", [cases.source, *(rate.share.source for _, _, rate in parts)]
    if ticket is not None and ticket.value.amount and not _by_month(service):
        total = sum(many for _, many, _ in parts)
        money = money_words(round(total * ticket.value.amount), service)
        formulas.append(f"{format_number(total)} × {money_words(ticket.value.amount, service)} = {money}")
        sources.append(ticket.source)
        lost = pick(
            lang,
            f" 값으로 하루 {josa(money, '이/가')} 다시 팔리거나 사라진다.",
            f": {money} a day are sold again or lost",
        )
    text = pick(
        lang,
        f"하루 {number}건 가운데 {joined}이다.{lost}",
        f"Of {number} cases a day there are {joined}{lost}.",
    )
    yield Essential(text, "sum", _sum(", ".join(formulas), *sources))


def _about(many: float, lang: Lang) -> str:
    """A count of cases as people say it: `약 16`, `about 16`; below one as it is."""
    if many < 1 or abs(many - round(many)) < 0.05:
        return format_number(many)
    return pick(lang, f"약 {many:,.0f}", f"about {many:,.0f}")


def _weather(service: Service) -> Iterator[Essential]:
    way = next(service.exits("weather"), None)
    if way is None:
        return
    text = pick(
        service.language,
        "날씨가 취소를 한꺼번에 만든다. 특보 하나로 그날 예약이 모두 환불 대상이 된다.",
        "The weather makes cancellations come all at once: one warning puts every booking of the day up for a refund.",
    )
    yield Essential(text, "quote", _quoted(way.source))


_NIGHT = WeekHours.of((day * DAY, day * DAY + 5 * 60) for day in range(7))


def _alone(service: Service) -> Iterator[Essential]:
    """Who is by themselves at night."""
    lang = service.language
    at_night = [a for a in service.people if a.duty and not a.duty.assumed and (a.duty.value & _NIGHT).minutes]
    alone = [a for a in at_night if a.count and a.count.value == 1]
    if len(at_night) != 1 or not alone or alone[0].duty is None:
        return
    actor = alone[0]
    hours = format_hours(alone[0].duty.value, lang)
    name = actor.name.split("(")[0].strip()
    each = pick(lang, "곳마다 ", " at each place") if actor.per_site else ""
    text = pick(
        lang,
        f"밤({hours})에는 {josa(name, '이/가')} {each}혼자다. 그 시간에 일어나는 일은 모두 그 한 사람이 받는다.",
        f"At night ({hours}) the {name} is alone{each}: whatever happens then, that one person takes it all.",
    )
    yield Essential(text, "quote", _quoted(alone[0].duty.source))


def _unattended(service: Service) -> Iterator[Essential]:
    """How long nobody is there who is said to decide on money."""
    lang = service.language
    deciding = {"refund", "compensate"}
    who = tuple(a for a in service.people if deciding & {*a.does, *(may.action for may in a.authority)})
    away = absence(who) if all(a.duty is not None for a in who) else None
    if away is None or away.hours < 12:
        return
    names = pick(lang, "·", ", ").join(dict.fromkeys(a.name for a in who))
    span, hours = format_span(away.span, lang), format_number(away.hours)
    text = pick(
        lang,
        f"돈을 돌려줄지 정하는 사람({names})은 {span}, {hours}시간 동안 자리에 없다. 그사이에 생긴 환불과 다툼은 모두 기다린다.",
        f"Whoever decides on money back ({names}) is away from {span}, {hours} hours; every refund and quarrel of that time waits.",
    )
    yield Essential(text, "quote", "; ".join(_quoted(source) for source in away.sources))


def _channel(service: Service) -> Iterator[Essential]:
    """How much comes by the largest channel whose record is not ours at once: a partner's, or one copied by hand."""
    lang, cases = service.language, service.cases_per_day
    partners = {partner.name for partner in service.partners}
    outside = [c for c in service.channels if c.name in partners or c.sync in ("manual", "delayed")]
    known = [(c.share, c) for c in outside if c.share is not None and 0 < c.share.value < 1]
    if not known or cases is None:
        return
    share, best = max(known, key=lambda one: (one[0].value, one[1].name))
    many, number = cases.value * share.value, format_number(cases.value)
    by_hand = best.sync == "manual"
    text = pick(
        lang,
        f"하루 {number}건 가운데 {_about(many, lang)}건은 {josa(best.name, '으로/로')} 들어온다. "
        + (
            "사람이 옮겨 적기 전까지는 다른 창구가 그 예약을 모른다."
            if by_hand
            else "그쪽 기록이 우리 기록에 닿기 전까지는 같은 것이 또 팔릴 수 있다."
        ),
        f"{_about(many, lang)} of {number} cases a day come by {best.name}; "
        + (
            "until somebody copies them, no other desk knows of them."
            if by_hand
            else "until its record reaches ours, the same thing can be sold again."
        ),
    )
    formula = f"{number} × {format_share(share.value, lang)} = {format_number(many)}"
    yield Essential(sentence(text, lang), "sum", _sum(formula, cases.source, share.source))


def _cut(service: Service) -> Iterator[Essential]:
    """What is earned on a case where a commission is what we live on or pay."""
    rule, ticket = _commission(service), service.ticket
    if rule is None or rule.share is None or ticket is None:
        return
    lang = service.language
    cut = rule.share.value * ticket.value.amount
    share, price = format_share(rule.share.value, lang), money_words(ticket.value.amount, service)
    text = pick(
        lang,
        f"{price}짜리 한 건에 수수료 {josa(money_words(cut, service), '이/가')} 붙는다. 한 건을 통째로 물어 주는 값은 그 수수료 {format_number(ticket.value.amount / cut)}건 치다.",
        f"A case of {price} carries a commission of {money_words(cut, service)}: making one good in full costs as much as the commission of {format_number(ticket.value.amount / cut)} cases.",
    )
    yield Essential(
        text, "sum", _sum(f"{price} × {share} = {money_words(cut, service)}", ticket.source, rule.share.source)
    )


def _commission(service: Service) -> MoneyRule | None:
    return next((m for m in service.money if m.kind == "commission" and m.share and 0 < m.share.value < 1), None)


def _limit(service: Service) -> Iterator[Essential]:
    """How many average cases one person may give away alone."""
    ticket, lang = service.ticket, service.language
    allowed: list[tuple[float, Actor, Source]] = []
    for actor in service.people:
        for may in actor.authority:
            if may.limit is not None and may.action in ("refund", "compensate"):
                allowed.append((may.limit.value.amount, actor, may.limit.source))
    if ticket is None or not ticket.value.amount or not allowed:
        return
    most, who, source = max(allowed, key=lambda one: (one[0], one[1].name))
    ratio = most / ticket.value.amount
    limit, price = money_words(most, service), money_words(ticket.value.amount, service)
    much = pick(
        lang, f"평균 {price}의 {format_number(ratio)}배다", f"{format_number(ratio)} times the average of {price}"
    )
    if 0.95 <= ratio < 1.05:
        much = pick(lang, f"평균 {price} 한 건과 맞먹는다", f"about one case at the average of {price}")
    elif ratio < 1:
        much = pick(lang, f"평균 {price}의 {ratio:.0%}다", f"{ratio:.0%} of the average of {price}")
    text = pick(
        lang,
        f"{josa(who.name, '은/는')} 한 건에 {limit}까지 혼자 돌려줄 수 있다. {much}.",
        f"{who.name} may give back {limit} a case alone, {much}.",
    )
    formula = f"{limit} ÷ {price} = {format_number(ratio) if ratio >= 0.95 else f'{ratio:.0%}'}"
    yield Essential(sentence(text, lang), "sum", _sum(formula, source, ticket.source))


def _late(service: Service) -> Iterator[Essential]:
    """A partner whose answers are sometimes late."""
    lang = service.language
    late = [(p.worst, p) for p in service.partners if p.worst is not None]
    if not late:
        return
    worst, partner = max(late, key=lambda one: (one[0].value, one[1].name))
    length = format_duration(worst.value, lang)
    text = pick(
        lang,
        f"{partner.name}의 답은 늦으면 {length} 걸린다. 그동안의 문의는 모두 우리가 받는다.",
        f"The answer of {partner.name} takes {length} when it is late; every question in the meantime comes to us.",
    )
    yield Essential(text, "quote", _quoted(worst.source))


def _forfeit(service: Service) -> Iterator[Essential]:
    """Where nothing is paid back, somebody has to say that the case is one of those."""
    for way in service.exits():
        for tier in way.tiers:
            if tier.share is not None and tier.share.value == 0:
                text = pick(
                    service.language,
                    "한 푼도 돌려받지 못하는 경우가 정해져 있다. 그 경우인지를 누가 무엇을 보고 판정하느냐에 돈 전부가 걸린다.",
                    "There are cases in which nothing is paid back: all of the money hangs on who says, by what evidence, that a case is one of them.",
                )
                yield Essential(text, "quote", _quoted(tier.source))
                return
