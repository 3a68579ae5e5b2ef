"""The service's own system down while people keep coming: who lets them in on which proof, and how the work done by hand comes back."""

from __future__ import annotations

import re
from collections.abc import Iterator

from opslead.knowledge.duty import NIGHT
from opslead.lenses.dependence.amounts import (
    Sum,
    coming_share,
    desk,
    desk_hours,
    full_house,
    open_days,
    outage_hours,
    paid_cases,
    peak_of,
)
from opslead.lenses.finding import Measured, find
from opslead.lenses.hole import Arithmetic, CalendarGap, Evidence, Hole, Quotation
from opslead.lenses.people import attended, headcount, stated_performers
from opslead.model.calendar import WEEK, WeekHours, clock, format_hours, format_span
from opslead.model.guardrails import GuardrailKind
from opslead.model.measure import format_number
from opslead.model.service import Actor, Fact, Service, Source, Step
from opslead.model.steps import STEP_KINDS, Role
from opslead.text import pick

ARRIVE = ("check_in", "hand_over", "receive", "start")
BY_HAND = ("paper", "phone", "fax", "chat", "spreadsheet")
STAND_IN = (GuardrailKind.OFFLINE_LEDGER, GuardrailKind.FALLBACK)
_DOOR = re.compile(
    r"QR|도어|출입|문\s?열|입장|무인|키오스크|비밀번호|\bdoors?\b|\bgates?\b|\bentry\b|\bunlock|\block", re.I
)
_ON_SPOT = re.compile(
    r"지점마다|매장마다|지점별|현장|상주|안내|per (?:shop|site|club|branch)|at each|in each|on site|at the (?:desk|counter)",
    re.I,
)
_AFAR = re.compile(r"관제|원격|CCTV|모니터|control room|monitor|remote|camera", re.I)
_ROUND_THE_CLOCK = 1.0
"""Hours a week without anybody below which a place counts as attended."""


def system_down(service: Service) -> Iterator[Hole]:
    """Arrivals that go on at an attended place, and doors that open by themselves where nobody is."""
    yield from _arrivals(service)
    yield from _door(service)


def _arrivals(service: Service) -> Iterator[Hole]:
    """The first step at which people come and staff with stated hours and numbers let them in with the system."""
    cases = service.cases_per_day
    for step in service.steps(*ARRIVE) if cases is not None and cases.value > 0 else ():
        if paid_cases(service) is None and not _counts_step(service, step):
            continue
        people = tuple(a for a in stated_performers(service, step.kind, step) if a.role is not Role.CUSTOMER)
        hours = step.when or _duty(people)
        if not step.manual or step.via in BY_HAND or step.source.basis == "assumed" or hours is None:
            continue
        if any(service.control(kind, step.kind) for kind in STAND_IN) or not any(a.count for a in people):
            continue
        if hours.value.minutes >= WEEK:
            continue
        assert cases is not None
        yield _arrivals_hole(service, step, people, hours, cases)
        return


def _counts_step(service: Service, step: Step) -> bool:
    """Whether what is counted by the day is this step: `입장 900건` and a step `얼굴 인식 입장`."""
    units = service.volume("units")
    return units is not None and any(
        w in f"{step.name} {step.source.text}" for w in units.subject.split() if len(w) > 1
    )


def _duty(people: tuple[Actor, ...]) -> Fact[WeekHours] | None:
    hours = attended(people)
    stated = next((a.duty for a in people if a.duty), None)
    return Fact(hours, stated.source) if hours is not None and stated is not None and hours.minutes else None


def _arrivals_hole(
    service: Service, step: Step, people: tuple[Actor, ...], hours: Fact[WeekHours], cases: Fact[float]
) -> Hole:
    lang = service.language
    length = hours.value.hours / open_days(hours.value)
    share = coming_share(service)
    day = cases.value * share.value
    hourly = Sum(day / length, f"{format_number(cases.value)} × ({share.shown}) / {format_number(length)} h = {format_number(day / length)}/h",
                 (cases.source, *share.sources, hours.source))  # fmt: skip
    window = format_hours(hours.value, lang)
    busiest, busy_line = _busy(service, hourly, length)
    thin, minute = _thinnest(people, hours.value)
    places = _places(service, people)
    evidence: list[Evidence] = [Quotation((step.source,)), spans(hourly, length, window, service)]
    evidence += [busy_line] if busy_line else []
    top = busiest if busiest else hourly.value
    evidence.append(_per_person(service, top, places, thin, people))
    evidence.append(coming_back(service, top * length, places, thin, people))
    asked, away, peak = nobody_to_ask(service, hours.value), outage_hours(service), peak_of(service)
    evidence += [asked] if asked else []
    slots = {
        "desk": step.title(lang),
        "window": window,
        "hour": format_number(hourly.value),
        "whole": f"{day:,.0f}",
        "full_hour": format_number(busiest) if busiest and peak is None else "",
        "rush": peak.name if peak else "",
        "rush_hour": format_number(busiest) if busiest and peak else "",
        "others": _other_ways(service),
        "entry": pick(
            lang,
            f"{format_number(STEP_KINDS['record'].minutes)}분†",
            f"{format_number(STEP_KINDS['record'].minutes)} min†",
        ),
        "thin": str(thin),
        "thin_from": clock(minute) if minute is not None else "",
        "place_hour": format_number(top / places),
        "back": f"{top * length / places * STEP_KINDS['record'].minutes / thin:,.0f}",
        "nobody": format_number(asked.hours) if asked else "",
        "desk_people": asked.who if asked else "",
    }
    return find(
        service,
        "dependence.arrivals_go_on",
        step.id,
        {key: value for key, value in slots.items() if value},
        tuple(evidence),
        cases=Measured(away.value * hourly.value, pick(lang, f"한 달 {away.shown} 정지 × 시간당 {format_number(hourly.value)}건", f"{away.shown} down a month × {format_number(hourly.value)}/h")),
    )  # fmt: skip


def _other_ways(service: Service) -> str:
    """Channels that go on taking cases while our own system is down: other companies' shops and the telephone."""
    shops = {p.name for p in service.partners if p.kind == "channel"}
    names = [c.name for c in service.channels if c.name in shops or c.name.lower() in ("전화", "phone", "telephone")]
    return pick(service.language, "·", ", ").join(names)


def spans(hourly: Sum, length: float, window: str, service: Service) -> Arithmetic:
    five, hour = (format_number(hourly.value * h) for h in (1 / 12, 1))
    whole = f"{hourly.value * length:,.0f}"
    return Arithmetic(
        hourly.shown,
        pick(
            service.language,
            f"멈춘 5분에 {five}건, 1시간에 {hour}건, {window} 내내면 {whole}건이 걸린다",
            f"{five} meet it in 5 min, {hour} in 1 h, {whole} if it lasts all of {window}",
        ),
        hourly.sources,
    )


def _busy(service: Service, hourly: Sum, length: float) -> tuple[float | None, Arithmetic | None]:
    """Arrivals an hour when most come: by the stated factor, else by a full house in which everybody stays one night."""
    lang, peak, full = service.language, peak_of(service), full_house(service)
    if peak is not None:
        value = hourly.value * peak.factor
        formula = f"{format_number(hourly.value)}/h × {peak.shown} = {format_number(value)}/h"
        return value, Arithmetic(formula, f"{peak.name}: {format_number(value)}/h", (*hourly.sources, peak.source))
    if full is None or full.value / length <= hourly.value:
        return None, None
    value = full.value / length
    return value, Arithmetic(
        f"{full.shown} / {format_number(length)} h = {format_number(value)}/h",
        pick(
            lang,
            f"만실에 모두 하루씩 쓰는 날이면 시간당 {format_number(value)}건, 모두 {format_number(full.value)}건까지",
            f"on a full day with stays of one night up to {format_number(value)} an hour, {format_number(full.value)} in all",
        ),
        full.sources,
    )


def _thinnest(people: tuple[Actor, ...], hours: WeekHours) -> tuple[int, int | None]:
    """The fewest people on duty at once within the hours, and from which minute of the week (None when it never changes)."""
    edges = sorted({s for a in people if a.duty for span in a.duty.value.spans for s in span if s in hours})
    marks = [hours.spans[0][0], *edges]
    counted = [(headcount(people, m), m) for m in marks if headcount(people, m)]
    if not counted:
        return max(1, max((a.count.value for a in people if a.count), default=1)), None
    fewest = min(count for count, _ in counted)
    most = max(count for count, _ in counted)
    return fewest, next(m for count, m in counted if count == fewest) if most > fewest else None


def _places(service: Service, people: tuple[Actor, ...]) -> int:
    return service.sites.value if service.sites and any(a.per_site for a in people) else 1


def _per_person(service: Service, hourly: float, places: int, thin: int, people: tuple[Actor, ...]) -> Arithmetic:
    value = format_number(hourly / places / thin)
    shown = f"{format_number(hourly)}/h" + (f" / {places}" if places > 1 else "") + f" / {thin} = {value}/h"
    sources = tuple(a.count.source for a in people if a.count)
    said = pick(
        service.language,
        f"사람이 가장 적은 시간에 한 사람이 시간당 {value}건을 명단 없이 들인다",
        f"when fewest are on duty one person lets in {value} an hour without the list",
    )
    return Arithmetic(shown, said, (*sources, *((service.sites.source,) if places > 1 and service.sites else ())))


def coming_back(service: Service, whole: float, places: int, thin: int, people: tuple[Actor, ...]) -> Arithmetic:
    minutes = STEP_KINDS["record"].minutes
    count = float(format_number(whole).replace(",", ""))  # as printed, so that the line adds up for whoever checks it
    each = format_number(count / places * minutes / thin)
    shown = (
        f"{format_number(whole)}"
        + (f" / {places}" if places > 1 else "")
        + f" × {format_number(minutes)}† min / {thin} = {each} min"
    )
    said = pick(
        service.language,
        f"복구 뒤 다시 입력하는 데 한 사람당 {each}분",
        f"entering them again takes each person {each} min",
    )
    return Arithmetic(shown, said, tuple(a.count.source for a in people if a.count))


def nobody_to_ask(service: Service, hours: WeekHours) -> CalendarGap | None:
    """Hours of the week in which people come and nobody of the office is there to look a case up."""
    there = desk_hours(service)
    left = hours - there if there is not None else None
    if there is None or left is None or not left.minutes:
        return None
    lang, people = service.language, desk(service)
    gap = left.longest()
    assert gap is not None
    who = pick(lang, "·", ", ").join(a.name for a in people)
    needed = pick(
        lang,
        f"현장이 전화로 물어볼 사람: 일하는 시간 주 {format_number(hours.hours)}시간 가운데",
        f"somebody whom the site can ask by phone: of {format_number(hours.hours)} such hours a week",
    )
    sources: tuple[Source, ...] = tuple(a.duty.source for a in people if a.duty)
    return CalendarGap(who, format_hours(left, lang), left.hours, needed, sources)


def _door(service: Service) -> Iterator[Hole]:
    """A door, gate or lock that customers pass by themselves, in hours in which nobody stands there."""
    if any(service.control(kind, *ARRIVE, "redeem") for kind in STAND_IN):
        return
    step = next((s for s in service.steps(*ARRIVE, "redeem") if _self_service(s)), None)
    spot = [a for a in service.people if a.role is Role.FIELD or a.per_site or _ON_SPOT.search(a.source.text)]
    if step is None or any(a.duty is None for a in spot):
        return
    unstaffed = service.mention("out_of_hours") or service.mention("night")
    hours = WeekHours.of(s for a in spot if a.duty for s in a.duty.value.spans)
    empty = ~hours
    if (not spot and unstaffed is None) or empty.hours < _ROUND_THE_CLOCK or not (empty & NIGHT).minutes:
        return
    yield _door_hole(service, step, spot, empty)


def _self_service(step: Step) -> bool:
    customer = step.actor is None or step.actor.role is Role.CUSTOMER
    return customer and step.source.basis != "assumed" and _DOOR.search(f"{step.name} {step.source.text}") is not None


def _door_words(step: Step, service: Service) -> str:
    if "QR" in f"{step.name} {step.source.text}".upper():
        return pick(service.language, "QR 입장", "QR entry")
    return pick(service.language, "출입", "entry")


def _door_hole(service: Service, step: Step, spot: list[Actor], empty: WeekHours) -> Hole:
    lang = service.language
    watch = next(
        (a for a in service.people if a.count is not None and a not in spot and _AFAR.search(a.source.text)), None
    )
    sites = service.sites.value if service.sites and service.sites.value > 1 else 1
    seat = next((r for r in service.resources if r.physical and r.capacity is not None), None)
    gap = empty.longest()
    assert gap is not None
    slots = {
        "desk": step.title(lang),
        "door": _door_words(step, service),
        "empty": format_number(empty.hours),
        "hours": format_hours(empty, lang) if empty.minutes < WEEK else "",
        "watch": watch.name if watch else "",
        "watch_count": str(watch.count.value) if watch and watch.count else "",
        "places": str(sites) if sites > 1 else "",
    }
    needed = pick(lang, "현장에서 문을 열어 줄 사람", "somebody on the spot to open")
    who = pick(lang, "·", ", ").join(a.name for a in spot) or pick(lang, "현장 직원", "staff on the spot")
    evidence: list[Evidence] = [
        Quotation((step.source, *((watch.source,) if watch else ()))),
        CalendarGap(who, slots["hours"] or format_span(gap, lang), empty.hours, needed, tuple(a.duty.source for a in spot if a.duty)),
    ]  # fmt: skip
    if watch is not None and watch.count is not None and seat is not None and seat.capacity is not None:
        each = seat.capacity.value
        total = each * sites if "/" in seat.unit else each
        slots["inside"] = format_number(total / sites)
        slots["unit"] = seat.unit.split("/")[0]
        shown = (
            f"{format_number(each)} × {sites} / {watch.count.value}"
            if "/" in seat.unit and sites > 1
            else f"{format_number(total)} / {watch.count.value}"
        )
        ask = pick(lang, f"한 사람이 원격으로 보는 {seat.name}", f"{seat.name} that one person watches from afar")
        sources = (
            seat.capacity.source,
            watch.count.source,
            *((service.sites.source,) if service.sites and sites > 1 else ()),
        )
        evidence.append(
            Arithmetic(
                f"{shown} = {format_number(total / watch.count.value)}",
                f"{ask}: {format_number(total / watch.count.value)}{slots['unit']}",
                sources,
            )
        )
    return find(service, "dependence.door_unattended", step.id, {k: v for k, v in slots.items() if v}, tuple(evidence))
