"""Units against demand: a rush on an opening, the turnover between two uses, orders of one minute."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from opslead.lenses.finding import find
from opslead.lenses.hole import Arithmetic, Evidence, Hole
from opslead.lenses.people import performers, stated_performers
from opslead.model.calendar import DAY, WeekHours, clock
from opslead.model.guardrails import GuardrailKind
from opslead.model.measure import format_number, format_share
from opslead.model.service import Actor, Clock, Rate, Resource, Service, Source, Step, Volume
from opslead.model.steps import STEP_KINDS
from opslead.text import Lang, pick


def units_of(service: Service, resource: Resource) -> float:
    """The resource's units over all places; a unit such as `석/지점` counts one place."""
    if resource.capacity is None:
        return 0.0
    return resource.capacity.value * (service.sites.value if "/" in resource.unit and service.sites else 1)


# --- a rush


def rush(service: Service) -> Iterator[Hole]:
    """Everybody at once: visitors in minutes against the units there are on one date."""
    visitors = service.volume("visitors")
    resource = next((r for r in service.resources if r.capacity is not None), None)
    if visitors is None or resource is None or resource.capacity is None or resource.capacity.value <= 0:
        return
    capacity = units_of(service, resource)
    ratio = visitors.amount.value / capacity
    if ratio < 2:
        return
    lang = service.language
    crowd, units = format_number(visitors.amount.value), format_number(capacity) + resource.unit.split("/")[0]
    spaced = f"{format_number(capacity)}" if lang == "en" else units
    inputs = (visitors.source, resource.capacity.source)
    evidence: list[Evidence] = [
        Arithmetic(
            f"{crowd} / {units} = {format_number(ratio)}",
            pick(lang, f"한 날짜의 자리 하나에 {format_number(ratio)}명", f"{format_number(ratio)} people a unit of one date"),
            inputs,
        )
    ]  # fmt: skip
    if (dates := _dates(service)) is not None:
        days, source = dates
        whole = capacity * days
        evidence.append(
            Arithmetic(
                f"{units} × {days} = {format_number(whole)}; {crowd} / {format_number(whole)} = {format_number(visitors.amount.value / whole)}",
                pick(
                    lang,
                    f"함께 여는 {days}일 전체로는 자리 하나에 {format_number(visitors.amount.value / whole)}명: 같은 날짜에 몰릴 때 모자란다",
                    f"over all {days} dates opened together it is {format_number(visitors.amount.value / whole)} a unit: short where all want the same dates",
                ),
                (*inputs, source),
            )
        )
    slots = {"crowd": crowd, "units": spaced, "ratio": format_number(ratio), "said": _clause(visitors), "resource": resource.name}  # fmt: skip
    yield find(service, "capacity.rush", "service", slots, tuple(evidence))


def _clause(volume: Volume) -> str:
    """The part of the quotation that holds the number: the rest speaks of other things."""
    text = volume.source.text
    shown = format_number(volume.amount.value)
    parts = re.split(r"(?<=[^\d]),\s+|(?<=[다요])\.\s+|;\s+", text)
    return next((p.strip().rstrip(".") for p in parts if shown in p), text)


_MONTH = re.compile(r"다음\s*달|매월|매달|한\s*달|익월|\bmonth", re.I)


def _dates(service: Service) -> tuple[int, Source] | None:
    """How many dates one opening opens, where it opens a month."""
    for item in service.clocks:
        if item.kind == "opening" and _MONTH.search(f"{item.subject} {item.source.text}"):
            return 30, item.source
    return None


# --- orders of a minute

_TAKES = ("hold", "request", "assign")


def below_orders(service: Service) -> Iterator[Hole]:
    """Fewer units than cases come in one minute."""
    lang, perminute = service.language, _per_minute(service)
    taken = [s.resource for s in service.steps(*_TAKES) if s.resource is not None and s.resource.perishable]
    resource = next((r for r in taken if r.capacity is not None and r.capacity.value > 0), None)
    if perminute is None or resource is None or resource.capacity is None:
        return
    rate, formula, sources = perminute
    units = units_of(service, resource)
    if units >= rate or service.control(GuardrailKind.THROTTLE, *_TAKES) is not None:
        return
    seconds = format_number(units / rate * 60)
    sum_ = f"{formula}; {format_number(units)} / {format_number(rate)} × 60 = {seconds}"
    result = pick(lang, f"{seconds}초 만에 다 나간다", f"gone in {seconds} s")
    slots = {
        "resource": resource.name,
        "units": format_number(units),
        "per_minute": format_number(rate),
        "seconds": seconds,
    }
    evidence = (Arithmetic(sum_, result, (*sources, resource.capacity.source)),)
    yield find(service, "capacity.below_orders", resource.id, slots, evidence)


def _per_minute(service: Service) -> tuple[float, str, tuple[Source, ...]] | None:
    """Cases a minute at the busiest that is stated, with its sum."""
    found = [v for v in service.volumes if v.kind in ("cases", "peak", "units") and v.per == "minute"]
    if found:
        volume = max(found, key=lambda v: v.amount.value)
        return volume.amount.value, f"{format_number(volume.amount.value)} / min", (volume.source,)
    cases, factor = service.cases_per_day, service.volume("peak_factor")
    if cases is None:
        return None
    often = factor.amount.value if factor else 1.0
    rate = cases.value * often / DAY
    shown = f"{format_number(cases.value)}{f' × {format_number(often)}' if factor else ''} / 1,440 min = {format_number(rate)} / min"
    return rate, shown, (cases.source, *((factor.source,) if factor else ()))


# --- a turnaround

_OUT_WORDS = ("퇴실", "체크아웃", "check-out", "checkout", "check out", "반납 마감")
_IN_WORDS = ("입실", "체크인", "check-in", "checkin", "check in")
CLEAN_MINUTES = STEP_KINDS["clean"].minutes
"""Minutes a unit where none is stated; the vocabulary's starting value."""


@dataclass(frozen=True)
class _Turnover:
    """Units of one full day, minutes each, and the hours of those who are there between the two uses."""

    resource: Resource
    units: float
    share: Rate | None
    minutes: float
    assumed: bool
    people: tuple[Actor, ...]
    team: int
    hours_each: float
    leave: tuple[int, Source]
    come: tuple[int, Source]

    @property
    def need(self) -> float:
        return self.units * self.minutes / 60

    @property
    def have(self) -> float:
        return self.team * self.hours_each


def turnaround(service: Service) -> Iterator[Hole]:
    """Units to be cleaned between the last leaving and the first coming, against the people of those hours."""
    found = _turnover(service)
    if found is None or found.need <= found.have:
        return
    lang = service.language
    stated = stated_performers(service, "clean")
    joint = pick(lang, "~", "-")
    mark = "†" if found.assumed else ""
    each = pick(lang, f"{format_number(found.minutes)}분{mark}", f"{format_number(found.minutes)} min{mark}")
    slots = {
        "window": f"{clock(found.leave[0])}{joint}{clock(found.come[0])}",
        "come": clock(found.come[0]),
        "need": format_number(found.need),
        "have": format_number(found.have),
        "team": str(found.team),
        "units": format_number(found.units),
        "each": each,
        "fit": format_number(float(int(found.have * 60 // found.minutes))),
        "resource": found.resource.name,
    }
    duties = _other_work(found.people, lang)
    if duties:
        slots["duties"] = duties
    evidence = (_whole(service, found, each), *_each_site(service, found, each))
    yield find(service, "capacity.turnaround", found.resource.id, slots, evidence, certain=bool(stated))


def _turnover(service: Service) -> _Turnover | None:
    leave, come = _time_of(service, _OUT_WORDS), _time_of(service, _IN_WORDS)
    resource = next((r for r in service.resources if r.physical and r.capacity is not None), None)
    if leave is None or come is None or resource is None or resource.capacity is None or come[0] <= leave[0]:
        return None
    people = tuple(a for a in performers(service, "clean") if a.count is not None)
    window = WeekHours.of((day * DAY + leave[0], day * DAY + come[0]) for day in range(7))
    there = [(a, _hours_in(a, window)) for a in people]
    if any(hours > 0 for _, hours in there) or not stated_performers(service, "clean"):
        there = [(a, hours) for a, hours in there if hours > 0]
    if not there:
        return None
    sites = service.sites.value if service.sites else 1
    heads = [(a.count.value * (sites if a.per_site else 1), hours) for a, hours in there if a.count]
    team = max(count for count, _ in heads)
    share = max((r for r in service.rates if r.kind == "occupancy"), key=lambda r: r.share.value, default=None)
    step = next((s for s in service.steps("clean") if s.minutes), None)
    minutes = step.minutes.value if step and step.minutes else CLEAN_MINUTES
    return _Turnover(
        resource=resource,
        units=units_of(service, resource) * min(share.share.value if share else 1.0, 1.0),
        share=share,
        minutes=minutes,
        assumed=step is None or step.minutes is None or step.minutes.assumed,
        people=tuple(a for a, _ in there),
        team=team,
        hours_each=sum(count * hours for count, hours in heads) / team if team else 0.0,
        leave=leave,
        come=come,
    )


def _hours_in(actor: Actor, window: WeekHours) -> float:
    """Hours of the actor's duty inside the window on a day of theirs; the whole window where their hours are unknown."""
    if actor.duty is None or actor.duty.assumed:
        return window.hours / 7
    days = [WeekHours.of([(d * DAY, (d + 1) * DAY)]) & actor.duty.value & window for d in range(7)]
    return max(day.hours for day in days)


def _whole(service: Service, found: _Turnover, each: str) -> Arithmetic:
    lang = service.language
    occupied = f"{_full(service, found)} × {each} / 60 = {_hours(found.need, lang)}"
    formula = f"{occupied}; {_heads(found.team, lang)} × {_hours(found.hours_each, lang)} = {_hours(found.have, lang)}"
    short, fits = format_number(found.need - found.have), format_number(found.have * 60 / found.units)
    result = pick(
        lang,
        f"{short}인시 부족(전부 같은 날 나가고 들어올 때); 개당 {fits}분이어야 맞는다",
        f"{short} person-hours short (if all change hands on one day); it fits at {fits} min each",
    )
    capacity = found.resource.capacity
    inputs = [capacity.source] if capacity else []
    inputs += [found.leave[1], found.come[1], *((found.share.source,) if found.share else ())]
    inputs += [a.count.source for a in found.people if a.count]
    return Arithmetic(formula, result, tuple(inputs))


def _full(service: Service, found: _Turnover) -> str:
    """The units that are taken on a full day: `126 × 98% (성수기 주말 점유율)`; a dagger where no occupancy is stated."""
    share = format_share(min(found.share.share.value, 1.0) if found.share else 1.0, service.language)
    named = f" ({found.share.subject})" if found.share and found.share.subject else "†"
    return f"{format_number(units_of(service, found.resource))} × {share}{named}"


def _hours(hours: float, lang: Lang) -> str:
    return pick(lang, f"{format_number(hours)}시간", f"{format_number(hours)} h")


def _heads(count: int, lang: Lang) -> str:
    return pick(lang, f"{count}명", f"{count}")


def _each_site(service: Service, found: _Turnover, each: str) -> tuple[Arithmetic, ...]:
    """The same at one place, on average, where people are counted by the place."""
    if service.sites is None or service.sites.value < 2 or not all(a.per_site for a in found.people):
        return ()
    lang, sites = service.language, service.sites.value
    units, team = found.units / sites, found.team // sites
    need, have = units * found.minutes / 60, team * found.hours_each
    formula = (
        f"{_full(service, found)} / {sites} = {format_number(units)}; {format_number(units)} × {each} / 60 = {_hours(need, lang)}; "
        f"{_heads(team, lang)} × {_hours(found.hours_each, lang)} = {_hours(have, lang)}"
    )
    short = format_number(need - have)
    result = pick(lang, f"한 곳 평균 {short}인시 부족", f"{short} person-hours short at an average site")
    return (Arithmetic(formula, result, (service.sites.source, *(a.count.source for a in found.people if a.count))),)


def _other_work(people: tuple[Actor, ...], lang: Lang) -> str:
    """What else those people do on the spot meanwhile."""
    kinds = [
        STEP_KINDS[k] for k in dict.fromkeys(k for a in people for k in a.does) if k in STEP_KINDS and k != "clean"
    ]
    return pick(lang, "·", ", ").join(kind.label(lang) for kind in kinds if kind.minutes > 0 and kind.physical)


def _time_of(service: Service, words: tuple[str, ...]) -> tuple[int, Source] | None:
    """The first time of day stated for one of the words: by a clock, or by the hours of a step."""

    def names(clock_or_step: Clock | Step) -> bool:
        text = clock_or_step.subject if isinstance(clock_or_step, Clock) else clock_or_step.name
        return any(word in f"{text} {clock_or_step.source.text}".lower() for word in words)

    for item in service.clocks:
        if item.minute is not None and any(word in item.subject.lower() for word in words):
            return item.minute.value, item.minute.source
    for step in service.steps():
        if step.when is not None and step.when.value.spans and names(step):
            return step.when.value.spans[0][0] % DAY, step.when.source
    return None
