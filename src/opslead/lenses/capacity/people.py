"""Cases × minutes against people: too much at the peak, and more each week than all their hours."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from dataclasses import dataclass

from opslead.knowledge.slots import same_cases
from opslead.lenses.finding import Measured, find
from opslead.lenses.hole import Arithmetic, Hole
from opslead.lenses.people import attended, names, open_days, stated_performers
from opslead.model.calendar import WeekHours
from opslead.model.measure import format_number, format_share
from opslead.model.service import Actor, Basis, Fact, Service, Source, Step
from opslead.quantities.staffing import mean_wait_minutes, offered_load, servers_for
from opslead.text import Lang, pick

BUSY = 0.85
"""Utilisation from which waits grow out of hand (the usual planning bound; Little's law makes them unbounded at 1)."""
LONG_WAIT = 15.0
"""Minutes of average wait at the peak that count as a hole."""
WAITS = frozenset({"inspect", "repair", "clean", "store", "list", "grade", "review", "approve", "record", "count", "reconcile"})  # fmt: skip
"""Work that lies until somebody comes to it: its load is a matter of the week, not of the hour."""
_ROUNDS = frozenset({"deliver", "pick_up"})
_WEEKDAY = re.compile(
    r"[월화수목금토일]요일|주말|평일|\b(?:mon|tues|wednes|thurs|fri|satur|sun)days?\b|weekend|weekday", re.I
)


@dataclass(frozen=True)
class _Load:
    """The work of one step and those who do it; `team` people at each of `sites` places, or at one if they are not per place."""

    step: Step
    people: tuple[Actor, ...]
    minutes: float
    mark: str
    cases: Fact[float]
    part: float
    factor: Fact[float] | None
    hours: Fact[WeekHours]
    days: int
    team: int
    sites: int

    @property
    def per_hour(self) -> float:
        """Cases an hour at one place while these people are there, at the peak where one is stated."""
        often = self.factor.value if self.factor else 1.0
        return self.cases.value * self.part / self.a_day / self.sites * often

    @property
    def a_day(self) -> float:
        """Hours of these people for the cases of one day."""
        return self.hours.value.hours / self.days

    @property
    def sources(self) -> tuple[Source, ...]:
        found = [self.cases.source, *([self.factor.source] if self.factor else [])]
        if self.step.minutes is not None:
            found.append(self.step.minutes.source)
        return tuple(found)


def _loads(service: Service) -> Iterator[_Load]:
    cases, volume = service.cases_per_day, service.volume("peak_factor")
    if cases is None:
        return
    for step in service.steps():
        people = stated_performers(service, step.kind, step)
        team = _team(people)
        hours = step.when or _duty_fact(people)
        part = _share_of_cases(service, step)
        if not step.manual or step.minutes is None or team is None or hours is None or part is None:
            continue
        if step.kind in _ROUNDS and step.minutes.assumed:
            continue  # how long a stop takes depends on how close the stops lie: nobody can assume it
        # a peak of one weekday is over before the week is; what lies until somebody comes feels only the week
        short = step.kind in WAITS and volume is not None and _WEEKDAY.search(f"{volume.subject} {volume.source.text}")
        yield _Load(
            step=step,
            people=people,
            minutes=step.minutes.value,
            mark="†" if step.minutes.assumed else "",
            cases=cases,
            part=part,
            factor=None if short or volume is None else volume.amount,
            hours=hours,
            days=open_days(service),
            team=team,
            sites=service.sites.value if service.sites and all(a.per_site for a in people) else 1,
        )


def overload(service: Service) -> Iterator[Hole]:
    """The first manual step that is too much at the peak: cases an hour × minutes against the people on duty."""
    for load in _loads(service):
        busy = offered_load(load.per_hour, load.minutes) / load.team
        wait = mean_wait_minutes(load.per_hour, load.minutes, load.team)
        if load.step.kind in WAITS and busy > 1:
            continue  # more than can ever be done: `backlog`
        if busy >= BUSY or wait > LONG_WAIT:
            yield _overload_hole(service, load, busy, wait)
            return


def _overload_hole(service: Service, load: _Load, busy: float, wait: float) -> Hole:
    lang = service.language
    share, each = format_share(busy, lang), f"{format_number(load.minutes)}{load.mark}"
    part = f" × {format_share(load.part, lang)}" if load.part != 1 else ""
    places = f" / {load.sites}" if load.sites > 1 else ""
    peak = f" × {format_number(load.factor.value)}" if load.factor else ""
    formula = (
        f"{format_number(load.cases.value)}{part}/{format_number(load.a_day)} h{places}{peak} = {format_number(load.per_hour)}/h; "
        f"{format_number(load.per_hour)} × {each} min / (60 × {load.team}) = {share}"
    )
    result = _wait_words(service, load, wait)
    slots = {
        "work": load.step.title(lang),
        "load": share,
        "team": str(load.team),
        "per_hour": format_number(load.per_hour),
        "each": _each(load, service),
        "result": result,
    }
    slots |= _on_things(load, lang)
    daily = load.cases.value * load.part
    if load.factor:
        slots["factor"] = format_number(load.factor.value)
    else:
        slots["daily"] = format_number(daily)
    if load.sites > 1:
        slots["sites"] = str(load.sites)
    month = daily * load.days * 30 / 7
    shown = pick(
        lang,
        f"하루 {format_number(daily)}건 × 주 {load.days}일 × 30/7 = 월 {format_number(month)}건",
        f"{format_number(daily)} a day × {load.days} × 30/7 = {format_number(month)} a month",
    )
    cases = None if load.factor else Measured(month, shown)
    evidence = (Arithmetic(formula, result, load.sources),)
    return find(service, "capacity.overload", load.step.id, slots, evidence, cases=cases)


def _each(load: _Load, service: Service) -> str:
    minutes = format_number(load.minutes)
    return pick(service.language, f"{minutes}분{load.mark}", f"{minutes} min{load.mark}")


def _wait_words(service: Service, load: _Load, wait: float) -> str:
    lang, limit = service.language, format_number(LONG_WAIT)
    enough = servers_for(load.per_hour, load.minutes, LONG_WAIT)
    said = (
        pick(
            lang,
            "일이 들어오는 속도가 처리 속도를 넘어 줄이 끝없이 는다",
            "work comes faster than it can be done; the queue grows without end",
        )
        if math.isinf(wait)
        else pick(
            lang, f"평균 대기 {format_number(wait)}분(Erlang C)", f"average wait {format_number(wait)} min (Erlang C)"
        )
    )
    return said + pick(
        lang, f"; 평균 {limit}분 안이 되려면 {enough}명", f"; {enough} people keep it within {limit} min"
    )


def backlog(service: Service) -> Iterator[Hole]:
    """Work that lies until somebody comes, of which more comes in a week than all hours of those who do it; the worst."""
    lang = service.language
    worst: tuple[float, _Load] | None = None
    for load in _loads(service):
        if load.step.kind not in WAITS or load.step.source.basis is Basis.ASSUMED:
            continue
        busy = offered_load(load.per_hour, load.minutes) / load.team
        if busy > 1 and (worst is None or busy > worst[0]):
            worst = busy, load
    if worst is None:
        return
    busy, load = worst
    weekly = load.cases.value * load.part * load.days * (load.factor.value if load.factor else 1.0)
    need, have = weekly * load.minutes / 60, load.team * load.sites * load.hours.value.hours
    left = (need - have) * 60 / load.minutes
    each = f"{format_number(load.minutes)}{load.mark}"
    peak = f" × {format_number(load.factor.value)}" if load.factor else ""
    formula = pick(
        lang,
        f"{format_number(load.cases.value * load.part)}건 × 주 {load.days}일{peak} × {each}분 / 60 = {format_number(need)}시간; "
        f"{load.team * load.sites}명 × 주 {format_number(load.hours.value.hours)}시간 = {format_number(have)}시간",
        f"{format_number(load.cases.value * load.part)} × {load.days} days{peak} × {each} min / 60 = {format_number(need)} h; "
        f"{load.team * load.sites} × {format_number(load.hours.value.hours)} h a week = {format_number(have)} h",
    )
    result = pick(lang, f"매주 약 {format_number(left)}건이 남는다", f"about {format_number(left)} are left each week")
    slots = {
        "work": load.step.known.label(lang),
        "who": names(load.people, lang),
        "need": format_number(need),
        "have": format_number(have),
        "each": _each(load, service),
        "left": format_number(left),
        **_on_things(load, lang),
    }
    month = left * 30 / 7
    shown = pick(lang, f"주 {format_number(left)}건 × 30/7 = 월 {format_number(month)}건", f"{format_number(left)} a week × 30/7 = {format_number(month)} a month")  # fmt: skip
    inputs = (*load.sources, load.hours.source)
    yield find(service, "capacity.backlog", load.step.id, slots, (Arithmetic(formula, result, inputs),), cases=Measured(month, shown))  # fmt: skip


_ON_THINGS = frozenset(
    {"pick_up", "receive", "inspect", "grade", "make", "repair", "clean", "store", "ship", "deliver"}
)
"""Work on things, which lie and wait where people would queue."""


def _on_things(load: _Load, lang: Lang) -> dict[str, str]:
    """The slots of a policy for what lies there, where the work is done on things."""
    if load.step.kind not in _ON_THINGS or not load.people:
        return {}
    return {"task": load.step.title(lang), "task.actor": names(load.people, lang)}


_EXCEPTIONS = {
    "refund": ("refund", "cancel"), "return": ("return", "refund"), "no_show": ("no_show",), "cancel": ("cancel",),
    "compensate": ("damage", "claim"), "claim": ("claim", "damage"), "adjust": (), "reject": (), "reschedule": (), "repair": ("damage",),
    "answer": (), "list": (), "close": (), "count": (), "reconcile": (), "payout": (), "record": (), "transfer": (), "terminate": (),
}  # fmt: skip
"""Steps that not every case goes through, and the rates that would say how many do."""


def _share_of_cases(service: Service, step: Step) -> float | None:
    """The share of cases that reach the step; None for an exception whose rate is not stated, or is of something else."""
    if step.kind not in _EXCEPTIONS:
        return 1.0
    rate = next((r for kind in _EXCEPTIONS[step.kind] if (r := service.rate(kind)) is not None), None)
    return rate.share.value if rate and same_cases(rate, service) else None


def _team(people: tuple[Actor, ...]) -> int | None:
    """People of the largest shift, at one place where they are counted so; None where nobody's number is stated."""
    counted = [a.count.value for a in people if a.count is not None]
    return (max(counted) or None) if counted else None


def _duty_fact(people: tuple[Actor, ...]) -> Fact[WeekHours] | None:
    hours = attended(people)
    stated = next((a.duty for a in people if a.duty), None)
    return Fact(hours, stated.source) if hours is not None and stated is not None and hours.minutes else None
