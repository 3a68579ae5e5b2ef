"""How long something is claimed, against how long paying takes, when use begins, and who is there when it lapses."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

from opslead.lenses.capacity import units_of
from opslead.lenses.finding import Measured, find
from opslead.lenses.hole import Arithmetic, CalendarGap, Evidence, Hole, Story
from opslead.lenses.people import absence, attended, names
from opslead.lenses.windows.clocks import last_entry, one, pay_later, words
from opslead.model.calendar import DAY, WEEK, WeekHours, clock, format_span
from opslead.model.guardrails import GuardrailKind
from opslead.model.measure import format_number, parse_duration
from opslead.model.plausible import hold_fault
from opslead.model.service import Actor, Clock, Fact, Flow, Service, Source, Step
from opslead.text import josa, pick

PAY = ("charge", "authorize", "pay_in", "capture")
GIVES_BACK = ("refund", "cancel", "approve", "adjust", "compensate")
"""What those do who can set right a payment or a claim that went wrong."""


def late_approval(service: Service, flow: Flow) -> Iterator[Hole]:
    """A hold that ends while the payment is under way."""
    hold = next((s for s in flow.steps if s.kind == "hold" and s.within is not None), None)
    pay = next((s for s in flow.steps if s.kind in PAY and hold and flow.steps.index(s) > flow.steps.index(hold)), None)
    if hold is None or pay is None or hold.within is None or hold_fault(hold.within.value):
        return
    if service.control(GuardrailKind.SETTLE_LATE, pay.kind):
        return
    lang = service.language
    ttl = words(hold.within, service)
    held, paid = hold.title(lang), pay.title(lang)
    place = one(hold.resource.name, lang) if hold.resource else pick(lang, "자리", "unit")
    partner = pay.partner.name if pay.partner else pick(lang, "결제사", "the payment provider")
    story = Story(
        steps=(
            pick(lang, f"고객 A가 {josa(place, '을/를')} 선점한다({ttl})", f"customer A holds the {place} ({ttl})"),
            pick(lang, f"A가 {paid} 화면에서 인증을 시작한다", f"A starts to pay ({paid})"),
            pick(lang, f"{josa(ttl, '이/가')} 지나 선점이 풀린다", f"{ttl} later the hold ends"),
            pick(
                lang,
                f"고객 B가 같은 {josa(place, '을/를')} 잡고 확정한다",
                f"customer B takes the same {place} and is confirmed",
            ),
            pick(
                lang,
                f"{partner}의 A 승인이 뒤늦게 도착한다: A의 돈은 나갔고 자리는 없다",
                f"{partner}'s approval for A arrives: A has paid and has no {place}",
            ),
        ),
        faults=0,
        sources=(hold.source, pay.source),
    )
    slots = {"hold": held, "hold.within": ttl, "pay": paid, "partner": partner, "place": place}
    away, unseen = absence(_who_gives_back(service)), None
    if away is not None:
        hours = format_number(away.hours)
        slots |= {"off": format_span(away.span, lang), "off_hours": hours}
        who = names(away.who, lang)
        unseen = Measured(
            away.hours, pick(lang, f"{who} 없는 시간 최장 {hours}시간", f"up to {hours} h without the {who}")
        )
    loss = _at_stake(service, pay)
    hole = find(service, "windows.late_approval", hold.id, slots, (story,), loss=loss, unseen=unseen)
    if hold.within.value > timedelta(hours=1):  # hardly anybody pays for longer than an hour
        hole = replace(hole, occurrence=replace(hole.occurrence, value=3))

    yield hole


def _who_gives_back(service: Service) -> tuple[Actor, ...]:
    return tuple(a for a in service.people if {"refund", "cancel"} & set(a.does))


_PART = re.compile(r"예약금|보증금|선금|계약금|deposit|fee", re.I)


def _at_stake(service: Service, pay: Step) -> Measured | None:
    """The money that one payment of the step moves: a deposit or a pre-authorisation where it is one, else the price."""
    lang = service.language
    kinds = (
        ("preauthorization",) if pay.kind == "authorize" else ("deposit",) if _PART.search(pay.name) else ("ticket",)
    )
    rule = next((m for m in service.money if m.kind in kinds and m.amount is not None), None)
    if rule is None or rule.amount is None or rule.amount.assumed:
        return None
    money = rule.amount.value.format(lang)
    return Measured(rule.amount.value.amount, pick(lang, f"건당 {money}", f"{money} each"))


def unpaid_hold(service: Service, flow: Flow) -> Iterator[Hole]:
    """A promise to pay later that keeps capacity much longer than a hold does."""
    hold = next((s for s in flow.steps if s.kind == "hold" and s.within is not None), None)
    later = pay_later(service)
    if hold is None or hold.within is None or later is None or hold_fault(hold.within.value):
        return
    if later[0].value <= hold.within.value * 3:
        return
    lang = service.language
    length, subject, source = later
    ttl, wait = words(hold.within, service), words(length, service)
    ratio = format_number(length.value / hold.within.value)
    place = one(hold.resource.name, lang) if hold.resource else pick(lang, "자리", "unit")
    sum_ = Arithmetic(
        f"{wait} / {ttl} = {ratio}",
        pick(lang, "돈 없이 잡는 시간", "time held without money"),
        (source, hold.within.source),
    )
    slots = {
        "hold": hold.name,
        "hold.within": ttl,
        "wait": wait,
        "subject": subject,
        "ratio": ratio,
        "place": place,
    }
    unseen = _until(length, service)
    yield find(service, "windows.unpaid_hold", hold.id, slots, (sum_,), unseen=unseen)


def _until(length: Fact[timedelta], service: Service) -> Measured:
    """Nobody can tell before the deadline is over."""
    said = words(length, service)
    return Measured(length.value.total_seconds() / 3600, pick(service.language, f"기한까지 {said}", f"{said} until the deadline"))  # fmt: skip


def deadline_past_use(service: Service) -> Iterator[Hole]:
    """A payment deadline that, started on the day of use, ends after the use has begun."""
    later, close = pay_later(service), last_entry(service)
    if later is None or close is None:
        return
    lang = service.language
    length, subject, source = later
    minutes = int(length.value.total_seconds() // 60)
    latest = close[0] - minutes
    if minutes >= 2 * DAY or latest >= close[0] or minutes < 60:
        return
    start = clock(max(latest, 0))
    wait = words(length, service)
    sum_ = Arithmetic(
        f"{clock(close[0])} - {wait} = {start}",
        pick(lang, f"{start} 이후 발급분", f"issued after {start}"),
        (source, close[1]),
    )
    slots = {"wait": wait, "subject": subject, "latest": start, "close": clock(close[0])}
    loss = None
    if service.ticket is not None and service.ticket.value.amount > 0:
        money = service.ticket.value.format(lang)
        shown = pick(lang, f"빈 채로 끝나면 {money}", f"{money} if it stays empty")
        loss = Measured(service.ticket.value.amount, shown)
    unseen = _until(length, service)
    yield find(service, "windows.deadline_past_use", "service", slots, (sum_,), loss=loss, unseen=unseen)


# --- what opens together lapses together

_SALE = re.compile(
    r"오픈|예약|예매|판매|접수|신청|모집|발매|\bsale|\bsell|book|regist|releas|ticket|reserv|enrol|\bdrop\b", re.I
)
_NOT_SALE = re.compile(r"입실|체크인|퇴실|영업|근무|상담|check|office|hours|desk|staff|doors?\b", re.I)
LEAST = 60
"""Minutes from the opening to the lapse from which the lapse is an event of its own."""


def mass_lapse(service: Service) -> Iterator[Hole]:
    """What opens at one time and has a time to pay lapses at one time: when nobody who could handle it is on duty."""
    opening = next((c for c in service.clocks if _opens_sale(c)), None)
    later = pay_later(service)
    if opening is None or opening.minute is None or later is None:
        return
    if any(service.control(kind, "hold", "pay_in", "expire") for kind in (GuardrailKind.THROTTLE, GuardrailKind.GRADUAL)):  # fmt: skip
        return
    length, subject, source = later
    minutes = int(length.value.total_seconds() // 60)
    people = tuple(a for a in service.people if set(GIVES_BACK) & set(a.does))
    duty = attended(people)
    if minutes < LEAST or duty is None:
        return
    lapse = opening.minute.value + minutes
    nights = [day * DAY + lapse for day in range(7)]
    if any(minute in duty for minute in nights):
        return
    yield _lapse_hole(service, opening, opening.minute, (length, subject, source), people, duty, lapse)


def _opens_sale(item: Clock) -> bool:
    return (
        item.kind == "opening"
        and item.minute is not None
        and bool(_SALE.search(item.subject))
        and not _NOT_SALE.search(item.subject)
    )


def _lapse_hole(
    service: Service,
    opening: Clock,
    at: Fact[int],
    later: tuple[Fact[timedelta], str, Source],
    people: tuple[Actor, ...],
    duty: WeekHours,
    lapse: int,
) -> Hole:
    lang = service.language
    length, subject, source = later
    wait, open_, end = words(length, service), clock(at.value), clock(lapse)
    days = lapse // DAY
    after = pick(lang, f"{wait} 뒤", f"{wait} later") if days == 0 else pick(lang, f"{wait} 뒤({days}일 뒤)", f"{wait} later ({days} day{'s' if days > 1 else ''} on)")  # fmt: skip
    waits = sorted(_until_duty(duty, day * DAY + lapse) for day in range(7))
    least, most = format_number(waits[0] / 60), format_number(waits[-1] / 60)
    left, back = _last_out(duty, lapse), _next_in(duty, lapse)
    who = names(people, lang)
    slots = {
        "open": open_,
        "after": after,
        "end": end,
        "who": who,
        "left": left,
        "back": back,
        "least": least,
        "most": most,
        "subject": subject,
        "wait": wait,
    }
    resource = next((r for r in service.resources if r.capacity is not None and r.perishable), None)
    if resource is not None:
        slots["place"] = one(resource.name, lang)
        slots["units"] = format_number(units_of(service, resource))
    evidence: list[Evidence] = [
        Arithmetic(
            f"{open_} + {wait} = {end}",
            pick(lang, f"함께 잡은 것은 함께 풀린다: {end}", f"claimed together, lapsed together: {end}"),
            (at.source, source),
        ),
        CalendarGap(
            who,
            pick(lang, f"{left} 퇴근, {end} 만료, 다음 근무 {back}", f"off at {left}, lapse at {end}, back at {back}"),
            waits[0] / 60,
            pick(lang, "풀린 자리의 되팔기·늦은 입금·항의 처리", "resale, late payments and complaints of what lapsed"),
            tuple(a.duty.source for a in people if a.duty),
        ),
    ]
    evidence += _at_most(service)
    unseen = Measured(waits[0] / 60, pick(lang, f"{end}부터 {back}까지 {least}시간", f"{least} h from {end} to {back}"))
    return find(service, "windows.mass_lapse", opening.kind, slots, tuple(evidence), unseen=unseen)


def _until_duty(duty: WeekHours, minute: int) -> int:
    """Minutes from then until somebody is on duty."""
    return min((start - minute) % WEEK for start, _ in duty.stretches())


def _last_out(duty: WeekHours, lapse: int) -> str:
    """The time of day at which those on duty leave before the lapse, on the first day of theirs."""
    ends = [end for _, end in duty.stretches()]
    return clock(min(ends, key=lambda end: (lapse - end) % DAY))


def _next_in(duty: WeekHours, lapse: int) -> str:
    return clock(min((start for start, _ in duty.stretches()), key=lambda start: (start - lapse) % DAY))


def _at_most(service: Service) -> list[Evidence]:
    """How many can lapse at most: those who come, and the units of one date."""
    visitors = service.volume("visitors")
    resource = next((r for r in service.resources if r.capacity is not None and r.perishable), None)
    if visitors is None or resource is None or resource.capacity is None:
        return []
    lang, units = service.language, units_of(service, resource)
    most = min(units, visitors.amount.value)
    formula = f"min({format_number(visitors.amount.value)}, {format_number(units)}) = {format_number(most)}"
    width = parse_duration(visitors.per) if visitors.per else None
    spread = pick(lang, f"; 몰린 {visitors.per}의 폭 그대로", f"; spread over the same {visitors.per}") if width else ""
    result = pick(
        lang,
        f"한 날짜에 많아야 {format_number(most)}개가 한꺼번에 풀린다(실제 미입금 비율은 모른다){spread}",
        f"up to {format_number(most)} of one date lapse at once (the share never paid is not known){spread}",
    )
    return [Arithmetic(formula, result, (visitors.source, resource.capacity.source))]
