"""How many cases meet an outage: cases an hour, arrivals in their window, the peak, and who is there to notice."""

from __future__ import annotations

import re
from dataclasses import dataclass

from opslead.knowledge.slots import service_slots
from opslead.lenses.capacity import units_of
from opslead.lenses.people import SPOT_KINDS
from opslead.model.calendar import DAY, WeekHours
from opslead.model.measure import format_duration, format_number, format_share, parse_duration
from opslead.model.service import Actor, Fact, Service, Source, Volume
from opslead.model.steps import Role
from opslead.text import Lang, noun_phrase, pick

OUTAGE_HOURS = 1.0
"""Starting value: hours a month in which a partner or the system is away (99.86% available), where none is stated."""
DOWNTIME = ("다운타임", "정지 시간", "장애 허용", "downtime", "unavailab")
_ENDING = re.compile(r"(?:에는|에서|에|은|는)$")
_ONE_DAY = re.compile(r"[월화수목금토일]요일|\b(?:mon|tues|wednes|thurs|fri|satur|sun)days?\b", re.I)
_WEEKDAY = re.compile(r"평일(?:의|보다|\s?대비)|weekday", re.I)
_BY_PHONE = ("전화", "phone")
_FINANCE = ("reconcile", "payout", "record", "close")


@dataclass(frozen=True)
class Sum:
    """A number with the sum it comes from and its sources."""

    value: float
    shown: str
    sources: tuple[Source, ...]


@dataclass(frozen=True)
class Peak:
    """The time at which more come: its name, and how many times the usual."""

    name: str
    factor: float
    shown: str
    source: Source


def paid_cases(service: Service) -> Fact[float] | None:
    """Cases a day, where the description counts cases; visits or requests are not what is paid for or kept."""
    cases = service.cases_per_day if service.volume("cases") is not None else None
    return cases if cases is not None and cases.value > 0 else None


def per_hour(service: Service, without: Sum | None = None) -> Sum | None:
    """Cases an hour, spread over the whole day; `without`: the share that does not go this way."""
    cases = paid_cases(service)
    if cases is None:
        return None
    share = without.value if without is not None else 0.0
    value = cases.value * (1 - share) / 24
    part = f" × (1{without.shown})" if without is not None and share else ""
    sources = (cases.source, *(without.sources if without is not None else ()))
    return Sum(value, f"{format_number(cases.value)}{part} / 24 h = {format_number(value)}/h", sources)


def elsewhere(service: Service) -> Sum:
    """The share of the cases that come by telephone or through another company's shop, and do not pass our own payment."""
    lang = service.language
    names = [c.name for c in service.channels if c.sync == "manual"] + [
        p.name for p in service.partners if p.kind == "channel"
    ]
    stems = (*_BY_PHONE, *(name.split()[0].lower() for name in names if name))
    rates = [r for r in service.rates if r.kind in ("channel", "share") and any(s in r.subject.lower() for s in stems)]
    if sum(r.share.value for r in rates) >= 1:
        return Sum(0.0, "", ())
    shown = "".join(f" - {format_share(r.share.value, lang)}" for r in rates)
    return Sum(sum(r.share.value for r in rates), shown, tuple(r.source for r in rates))


def span_counts(hourly: float, lang: Lang, length: float = 24.0) -> str:
    """How many cases fall into 5 minutes, an hour and a day of `length` hours of business."""
    five, hour, day = (format_number(hourly * hours) for hours in (1 / 12, 1, length))
    return pick(lang, f"5분 {five}건, 1시간 {hour}건, 하루 {day}건", f"{five} in 5 min, {hour} in 1 h, {day} in a day")


def peak_of(service: Service) -> Peak | None:
    """The stated peak as a multiple of the average day; a day that is compared with a weekday is not that many averages."""
    volume = service.volume("peak_factor")
    if volume is None or volume.amount.value <= 1 or volume.amount.assumed:
        return None
    lang = service.language
    words = re.sub(r"^(?:the )?peaks? (?:on |in |at |during )?", "", volume.subject, flags=re.I)
    name = noun_phrase(_ENDING.sub("", words), lang) or pick(lang, "피크", "the peak")
    times = volume.amount.value
    if _ONE_DAY.search(volume.subject) and _WEEKDAY.search(volume.source.text):
        whole = 6 + times  # six usual days and this one make up the average
        return Peak(name, times * 7 / whole, f"{format_number(times)} × 7/{format_number(whole)}", volume.source)
    return Peak(name, times, format_number(times), volume.source)


def crowd_of(service: Service) -> tuple[Volume, float] | None:
    """People at once at an opening, and in how many minutes; None where the minutes are not stated."""
    volume = service.volume("visitors")
    length = parse_duration(volume.per) if volume else None
    if volume is None or length is None or not length:
        return None
    return volume, length.total_seconds() / 60


def coming_share(service: Service) -> Sum:
    """The share of the cases that turn up: without those cancelled and those who do not come, where both count the same cases."""
    lang = service.language
    share, shown = 1.0, "1"
    sources: list[Source] = []
    known = service_slots(service)
    for kind in ("cancel", "no_show"):
        rate = service.rate(kind)
        if rate is not None and f"{kind.replace('_', '')}_day" in known:
            share -= rate.share.value
            shown += f" - {format_share(rate.share.value, lang)}"
            sources.append(rate.source)
    return Sum(max(share, 0.0), shown, tuple(sources))


def full_house(service: Service) -> Sum | None:
    """Units taken at the highest stated occupancy; None without a capacity and an occupancy."""
    rates = [rate for rate in service.rates if rate.kind == "occupancy" and 0 < rate.share.value <= 1]
    resource = next((r for r in service.resources if r.physical and r.perishable and r.capacity is not None), None)
    if not rates or resource is None or resource.capacity is None:
        return None
    top = max(rates, key=lambda rate: rate.share.value)
    units = units_of(service, resource)
    value = units * top.share.value
    shown = f"{format_number(units)} × {format_share(top.share.value, service.language)}"
    return Sum(value, shown, (resource.capacity.source, top.source))


def outage_hours(service: Service) -> Sum:
    """Hours a month away: the stated downtime, else the starting value with its dagger."""
    for clock in service.clocks:
        text = f"{clock.subject} {clock.source.text}".lower()
        if clock.length is not None and any(word in text for word in DOWNTIME):
            hours = clock.length.value.total_seconds() / 3600
            return Sum(hours, format_duration(clock.length.value, service.language), (clock.source,))
    usual = format_number(OUTAGE_HOURS)
    return Sum(OUTAGE_HOURS, pick(service.language, f"{usual}시간†", f"{usual} h†"), ())


def desk(service: Service) -> tuple[Actor, ...]:
    """Office people whose hours are stated and who deal with cases, not with the books or the counter alone: who can stop sales and answer customers."""
    return tuple(
        actor
        for actor in service.people
        if actor.role is Role.STAFF
        and actor.duty is not None
        and not actor.duty.assumed
        and not (actor.does and set(actor.does) <= {*_FINANCE, *SPOT_KINDS})
    )


def desk_hours(service: Service) -> WeekHours | None:
    """The hours in which somebody of the desk is there; None where no hours are stated."""
    people = desk(service)
    return WeekHours.of(s for a in people if a.duty for s in a.duty.value.spans) if people else None


def open_days(hours: WeekHours) -> int:
    """On how many days of the week anybody is there."""
    return sum(1 for day in range(7) if (hours & WeekHours.of([(day * DAY, (day + 1) * DAY)])).minutes)
