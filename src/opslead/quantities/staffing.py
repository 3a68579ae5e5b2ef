"""Waiting and workload: Erlang C, Erlang A, and a day whose load and crew change.

Erlang C after A. K. Erlang (1917), in the recursive form through Erlang B (Cooper, Introduction to Queueing Theory, 2nd ed. 1981).
Erlang A adds people who give up (M/M/n+M: Garnett, Mandelbaum and Reiman, Manufacturing & Service Operations Management 4, 2002;
Mandelbaum and Zeltyn, Service Engineering in Action: the Palm/Erlang-A Queue, 2007). A day is walked through in short stretches,
each taken as stationary, with what finds everybody busy carried into the next (stationary backlog-carryover: Stolletz, European
Journal of Operational Research 190, 2008).
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from opslead.model.calendar import DAY, WEEK, WeekHours, clock
from opslead.model.service import Actor, Basis, Service, Step
from opslead.model.steps import Role
from opslead.quantities.computation import Computation, Input
from opslead.quantities.inputs import (
    Draft,
    Values,
    assumed,
    cases_input,
    finish,
    given,
    number,
    peak_input,
    values_of,
)
from opslead.text import pick


def offered_load(per_hour: float, minutes: float) -> float:
    """Work arriving in Erlang: how many people are busy on average if nobody waits."""
    return per_hour * minutes / 60


def erlang_b(load: float, servers: int) -> float:
    """Probability that an arrival finds all servers busy, with nobody waiting."""
    blocking = 1.0
    for n in range(1, servers + 1):
        blocking = load * blocking / (n + load * blocking)
    return blocking


def erlang_c(load: float, servers: int) -> float:
    """Probability that an arrival has to wait; 1 when the load is not below the servers."""
    if servers <= 0 or load >= servers:
        return 1.0
    blocking = erlang_b(load, servers)
    return blocking / (1 - load / servers * (1 - blocking))


def mean_wait_minutes(per_hour: float, minutes: float, servers: int) -> float:
    """Average wait of all arrivals in minutes; infinite when work arrives faster than it can be done."""
    load = offered_load(per_hour, minutes)
    if servers <= 0 or load >= servers:
        return math.inf
    return erlang_c(load, servers) * minutes / (servers - load)


def servers_for(per_hour: float, minutes: float, max_wait_minutes: float) -> int:
    """The fewest people with whom the average wait stays within the limit."""
    servers = max(1, math.floor(offered_load(per_hour, minutes)) + 1)
    while mean_wait_minutes(per_hour, minutes, servers) > max_wait_minutes:
        servers += 1
    return servers


@dataclass(frozen=True)
class Impatient:
    """Erlang A: the shares of arrivals that wait and that give up, and the average wait of all, in minutes."""

    waits: float
    abandons: float
    wait: float


def erlang_a(per_hour: float, minutes: float, servers: int, patience: float) -> Impatient:
    """M/M/n+M: arrivals an hour, minutes a case, people, and mean minutes until somebody gives up; all above 0.

    The birth-death chain is summed outward from its most likely state, so that no term overflows.
    """
    arrive, serve, leave = per_hour / 60, 1 / minutes, 1 / patience

    def down(n: int) -> float:
        return min(n, servers) * serve + max(n - servers, 0) * leave

    spare = arrive - servers * serve
    most = math.floor(arrive / serve) if spare <= 0 else servers + math.floor(spare / leave)
    weights = {most: 1.0}
    n, weight = most, 1.0
    while weight > 1e-14:
        n += 1
        weight *= arrive / down(n)
        weights[n] = weight
    n, weight = most, 1.0
    while n > 0 and weight > 1e-14:
        weight *= down(n) / arrive
        n -= 1
        weights[n] = weight
    total = sum(weights.values())
    waiting = sum((n - servers) * w for n, w in weights.items() if n > servers) / total
    busy = sum(w for n, w in weights.items() if n >= servers) / total
    return Impatient(busy, leave * waiting / arrive, waiting / arrive)


def waits_over_a_day(per_hour: Sequence[float], people: Sequence[int], minutes: float) -> list[float]:
    """Average wait in minutes of those who come in each stretch; stretches are as long as a case takes.

    In each stretch arrivals and what was carried over meet an Erlang B loss system; what it loses is carried on, and what it
    serves is the arrival rate of the Erlang C system whose wait is taken. With a constant load this settles at Erlang C.
    A stretch without anybody carries all on, its wait is infinite.
    """
    carried, waits = 0.0, list[float]()
    for rate, crew in zip(per_hour, people, strict=True):
        coming = rate + carried
        if crew <= 0:
            carried = coming
            waits.append(math.inf)
            continue
        carried = coming * erlang_b(offered_load(coming, minutes), crew)
        served = coming - carried
        waits.append(mean_wait_minutes(served, minutes, crew) if served > 0 else 0.0)
    return waits


_CROWD = 100.0
"""Work of that many people at one place at once is no queue that anybody runs."""
GOOD_WAIT = 10.0
"""Average minutes of wait at the peak that an operation aims for."""


def compute(service: Service) -> Iterator[Computation]:
    """For the first step done by counted people at stated hours, at the busy time, shift by shift."""
    cases = cases_input(service)
    if cases is None:
        return
    for step in service.steps(*_WAITED_AT):
        crew = _crew(service, step)
        if step.manual and step.minutes is not None and step.minutes.value > 0 and step.when is not None and crew:
            made = _people(service, step, step.when.value, crew, cases)
            if made is not None:
                yield made
                return


_WAITED_AT = ("check_in", "start", "pick_up", "accept", "hand_over", "receive")
"""Steps that every case goes through and at which the customer stands and waits."""
_ADMITTED_AT = ("check_in", "start", "receive", "pick_up", "accept", "claim", "make", "inspect", "deliver", "dispatch", "review", "answer", "hand_over")  # fmt: skip
"""Steps that the policy on overload may speak of: the first of them, in the order of the description."""


def _people(
    service: Service, step: Step, hours: WeekHours, crew: tuple[Actor, ...], cases: Input
) -> Computation | None:
    lang = service.language
    open_hours = hours.hours / 7
    if not open_hours > 0 or step.minutes is None:
        return None
    sites = service.sites.value if service.sites and service.sites.value > 0 and any(a.per_site for a in crew) else 1
    minutes = step.minutes
    same_hour = pick(
        lang,
        "시작값: 받는 시간 안에서 가장 붐비는 한 시간은 평균의 1.5배",
        "starting value: the busiest hour carries 1.5 times the average of the open hours",
    )
    own = (
        given("minutes", pick(lang, "건당 처리", "minutes a case"), minutes.value, pick(lang, "분", "min"), minutes.source)
        if not minutes.assumed
        else assumed("minutes", pick(lang, "건당 처리", "minutes a case"), minutes.value, pick(lang, "분", "min"), (minutes.value / 2, minutes.value * 2), minutes.source.text)
    )  # fmt: skip
    assert step.when is not None
    inputs = (
        cases,
        *((given("sites", pick(lang, "지점", "sites"), sites, pick(lang, "곳", ""), service.sites.source),) if service.sites and sites > 1 else ()),
        given("hours", pick(lang, "받는 시간", "open hours a day"), open_hours, pick(lang, "시간", "h"), step.when.source),
        peak_input(service),
        assumed("hour", pick(lang, "가장 붐비는 한 시간", "busiest hour"), 1.5, pick(lang, "배", "x"), (1.0, 3.0), same_hour),
        own,
    )  # fmt: skip
    v = values_of(inputs)

    def again(x: Values) -> float:
        return float(servers_for(_rate(x) * x["hour"], x["minutes"], GOOD_WAIT))

    if offered_load(_rate(v) * v["hour"], v["minutes"]) > _CROWD:
        return None  # no one place works like that: the numbers are of something else
    needed = int(again(v))
    draft = Draft(
        "staffing@arrivals",
        pick(lang, f"{step.title(lang)} 피크 인원", f"People at the peak for “{step.title(lang)}”"),
        pick(lang, "명", "people"),
        inputs,
        again,
        pick(
            lang,
            f"가장 붐비는 시간의 평균 대기가 {GOOD_WAIT:g}분을 넘지 않는 가장 적은 인원. 하루의 대기는 근무표를 따라 앞 시간에 밀린 건을 넘겨 가며 계산",
            f"the fewest people with an average wait of at most {GOOD_WAIT:g} min in the busiest hour; waits over the day follow the rota with what is left carried over",
        ),
        "Erlang C; stationary backlog-carryover (Stolletz, EJOR 190, 2008)",
    )
    formula = pick(
        lang,
        f"{'지점당 ' if sites > 1 else ''}시간당 {number(_rate(v))}건, 붐비는 시간 {number(_rate(v) * v['hour'])}건 × {number(v['minutes'])}분 = {number(offered_load(_rate(v) * v['hour'], v['minutes']))}명분",
        f"{number(_rate(v))} an hour{' a site' if sites > 1 else ''}, {number(_rate(v) * v['hour'])} in the busiest × {number(v['minutes'])} min = {number(offered_load(_rate(v) * v['hour'], v['minutes']))} people's work",
    ) + _shifts(service, hours, crew, v)
    words = pick(lang, f"{'지점당 ' if sites > 1 else ''}{needed}명", f"{needed}{' a site' if sites > 1 else ''}")
    spoken_of = next((s for s in service.steps(*_ADMITTED_AT) if s.source.basis is not Basis.ASSUMED), None)
    return finish(draft, words, formula, {"people": words} if spoken_of is step else None)


def _rate(v: Values) -> float:
    """Arrivals an hour at one site on a busy day."""
    return v["cases"] * v["peak"] / v.get("sites", 1.0) / v["hours"]


def _shifts(service: Service, hours: WeekHours, crew: tuple[Actor, ...], v: Values) -> str:
    """The waits that the rota gives on a busy day when the busiest hour meets the fewest people: the longest, with its hour."""
    lang, stretch = service.language, max(3, round(v["minutes"]))
    day = hours.spans[0][0] // DAY * DAY
    times = [m for m in range(day, day + DAY, stretch) if m in hours]
    people = [sum(a.count.value for a in crew if a.count and a.duty and m % WEEK in a.duty.value) for m in times]
    if not times or min(people) <= 0:
        return ""
    start = people.index(min(people))
    rates = [_rate(v) * (v["hour"] if 0 <= i - start < 60 / stretch else 1.0) for i in range(len(times))]
    waits = waits_over_a_day(rates, people, v["minutes"])
    worst = max(range(len(waits)), key=lambda i: waits[i])
    at, there = clock(times[worst]), people[worst]
    return pick(
        lang,
        f"; 붐비는 한 시간이 사람이 가장 적은 {clock(times[start])}에 오면 {at}({there}명)에 평균 {number(waits[worst])}분 대기",
        f"; with the busiest hour at {clock(times[start])}, when the fewest are there, the average wait reaches {number(waits[worst])} min at {at} ({there} on duty)",
    )


def _crew(service: Service, step: Step) -> tuple[Actor, ...]:
    """The people said to do the step, all shifts of the same job; empty where a number or the hours are not stated."""
    if step.actor is not None:
        job = step.actor.name.split("(")[0].strip()
        people = tuple(a for a in service.people if a.name.split("(")[0].strip() == job)
    else:
        people = tuple(a for a in service.people if step.kind in a.does and a.role is Role.FIELD)
    known = people and all(a.count and a.count.value > 0 and a.duty and not a.duty.assumed for a in people)
    return people if known else ()
