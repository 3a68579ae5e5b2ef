"""The capacity lens: demand × work against people's hours and units; utilisation, Erlang C waits, rushes, turnarounds."""

from __future__ import annotations

import math
from collections.abc import Iterator

from opslead.knowledge.losses import Loss
from opslead.lenses.hole import Arithmetic, Grade, Hole, Question, hole_id
from opslead.lenses.people import attended, performers, stated_performers
from opslead.model.calendar import DAY, WeekHours, clock
from opslead.model.measure import format_number, format_share
from opslead.model.service import Actor, Clock, Fact, Resource, Service, Source, Step
from opslead.quantities.staffing import mean_wait_minutes, offered_load, servers_for
from opslead.text import josa, pick

BUSY = 0.85
"""Utilisation from which waits grow out of hand (the usual planning bound; Little's law makes them unbounded at 1)."""
LONG_WAIT = 15.0
"""Minutes of average wait at the peak that count as a hole."""


def examine(service: Service) -> Iterator[Hole]:
    """People overloaded on an average day or at the peak, openings that sell out at once, turnarounds that do not fit."""
    yield from _overload(service)
    yield from _rush(service)
    yield from _turnaround(service)


def _overload(service: Service) -> Iterator[Hole]:
    """The first manual step that is too much at the peak: cases an hour × minutes against the people on duty."""
    cases = service.cases_per_day
    if cases is None:
        return
    factor = _peak_factor(service)
    for step in service.steps():
        people = stated_performers(service, step.kind, step)
        team = _team(service, people)
        hours = step.when or _duty_fact(people)
        part = _share_of_cases(service, step)
        if not step.manual or step.minutes is None or team is None or hours is None or part is None:
            continue
        open_hours = hours.value.hours / 7
        per_hour = cases.value * part / open_hours * (factor.value if factor else 1.0)
        load = offered_load(per_hour, step.minutes.value)
        if load / team >= BUSY or mean_wait_minutes(per_hour, step.minutes.value, team) > LONG_WAIT:
            yield _overload_hole(service, step, cases, factor, open_hours, team, per_hour)
            return


def _overload_hole(
    service: Service,
    step: Step,
    cases: Fact[float],
    factor: Fact[float] | None,
    open_hours: float,
    team: int,
    per_hour: float,
) -> Hole:
    lang = service.language
    assert step.minutes is not None
    minutes = step.minutes.value
    name = step.title(lang)
    load = offered_load(per_hour, minutes)
    share = format_share(load / team, lang)
    wait = mean_wait_minutes(per_hour, minutes, team)
    mark = "†" if step.minutes.assumed else ""
    peak = f" × {format_number(factor.value)}" if factor else ""
    formula = (
        f"{format_number(cases.value)}/{format_number(open_hours)} h{peak} = {format_number(per_hour)}/h; "
        f"{format_number(per_hour)} × {format_number(minutes)}{mark} min / (60 × {team}) = {share}"
    )
    result = (
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
    sources = tuple(s for s in (cases.source, factor.source if factor else None, step.minutes.source) if s)
    enough = servers_for(per_hour, minutes, LONG_WAIT)
    limit = format_number(LONG_WAIT)
    result += pick(lang, f"; 평균 {limit}분 안이 되려면 {enough}명", f"; {enough} people keep it within {limit} min")
    when = pick(lang, "피크에 ", "at the peak, ") if factor else ""
    return Hole(
        id=hole_id("capacity.overload", step.id),
        lens="capacity",
        mechanism="capacity.overload",
        surfaces=(4, 1, 11),
        loss=Loss.BROKEN_PROMISE,
        condition=pick(
            lang,
            f"{when}{name}에 {team}명의 {share}가 필요하다(시간당 {format_number(per_hour)}건 × {format_number(minutes)}분{mark})",
            f"{when}{name} needs {share} of {team} people ({format_number(per_hour)} an hour × {format_number(minutes)} min{mark})",
        ),
        user_impact=result,
        operations_impact=pick(
            lang,
            "급한 사람이 절차를 건너뛰고, 누구를 먼저 받을지 그 자리에서 정한다",
            "steps are skipped, and who goes first is decided on the spot",
        ),
        evidence=(Arithmetic(formula, result, sources),),
        severity=Grade(7, pick(lang, "몰리는 시간의 고객 전부가 기다린다", "everybody who comes at the peak waits")),
        occurrence=Grade(
            7 if factor else 9,
            pick(
                lang,
                "성수기·피크마다" if factor else "평균적인 날에도",
                "at every peak" if factor else "on an average day",
            ),
        ),
        detection=Grade(4, pick(lang, "줄은 눈에 보인다", "a queue is visible")),
        slots={"work": name, "load": share, "team": str(team), "per_hour": format_number(per_hour)},
        questions=(
            Question(
                pick(lang, f"{name} 피크 인원과 받는 한도", f"people for {name} at the peak, and how many to admit"),
                pick(
                    lang,
                    f"{name}의 30분 단위 건수와 건당 처리 시간, 성수기 4주치",
                    f"{name} by half hour and minutes a case, four peak weeks",
                ),
                5.0,
            ),
        ),
    )


_EXCEPTIONS = {
    "refund": ("refund", "cancel"), "return": ("return", "refund"), "no_show": ("no_show",), "cancel": ("cancel",),
    "compensate": ("damage", "claim"), "claim": ("claim", "damage"), "adjust": (), "reject": (), "reschedule": (), "repair": ("damage",),
    "answer": (), "list": (), "close": (), "count": (), "reconcile": (), "payout": (), "record": (), "transfer": (), "terminate": (),
}  # fmt: skip
"""Steps that not every case goes through, and the rates that would say how many do."""


def _share_of_cases(service: Service, step: Step) -> float | None:
    """The share of cases that reach the step; None for an exception whose rate is not stated."""
    if step.kind not in _EXCEPTIONS:
        return 1.0
    rate = next((r for kind in _EXCEPTIONS[step.kind] if (r := service.rate(kind)) is not None), None)
    return rate.share.value if rate else None


def _peak_factor(service: Service) -> Fact[float] | None:
    volume = service.volume("peak_factor")
    return volume.amount if volume else None


def _team(service: Service, people: tuple[Actor, ...]) -> int | None:
    """People of the largest shift over all sites; None where nobody's number is stated."""
    counted = [a for a in people if a.count is not None]
    if not counted:
        return None
    sites = service.sites.value if service.sites else 1
    return max(a.count.value * (sites if a.per_site else 1) for a in counted if a.count) or None


def _duty_fact(people: tuple[Actor, ...]) -> Fact[WeekHours] | None:
    hours = attended(people)
    stated = next((a.duty for a in people if a.duty), None)
    return Fact(hours, stated.source) if hours is not None and stated is not None and hours.minutes else None


def _rush(service: Service) -> Iterator[Hole]:
    """Everybody at once: visitors in minutes against the units there are."""
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
    said = visitors.source.text
    yield Hole(
        id="capacity.rush@service",
        lens="capacity",
        mechanism="capacity.rush",
        surfaces=(1, 4, 8),
        loss=Loss.BROKEN_PROMISE,
        condition=pick(
            lang,
            f"“{said}”: {resource.name} {units}에 하나당 {format_number(ratio)}명이 한꺼번에 온다",
            f"“{said}”: {format_number(ratio)} people at once for each of {units} {resource.name}",
        ),
        user_impact=pick(
            lang,
            "정상 고객은 잡았다 놓치고, 자동 프로그램만 남은 자리를 가져간다",
            "honest customers lose what they held, scripts take what is left",
        ),
        operations_impact=pick(
            lang,
            "잘못된 가격·차단 하나가 그 몇 분 안에 다 팔리고, 되돌리는 일이 며칠 간다",
            "one wrong price or block is sold within minutes and takes days to undo",
        ),
        evidence=(
            Arithmetic(
                f"{crowd} / {units} = {format_number(ratio)}",
                pick(lang, f"한 자리에 {format_number(ratio)}명", f"{format_number(ratio)} people a unit"),
                (visitors.source, resource.capacity.source),
            ),
        ),
        severity=Grade(
            7, pick(lang, "그 몇 분에 한 주기 매출이 정해진다", "these minutes decide a whole period's sales")
        ),
        occurrence=Grade(8, pick(lang, "여는 날마다", "at every opening")),
        detection=Grade(
            5, pick(lang, "접속은 보이지만 왜 못 샀는지는 안 보인다", "the load shows, the reasons for failures do not")
        ),
        slots={"crowd": crowd, "units": units, "ratio": format_number(ratio), "said": said},
        questions=(
            Question(
                pick(lang, "오픈 때 분당 몇 명을 들일지", "how many to admit a minute at the opening"),
                pick(
                    lang,
                    "최근 6번 오픈의 분당 접속·선점·결제 성공 수와 결제사의 분당 처리 한도",
                    "visitors, holds and payments a minute at the last six openings, and the payment limit",
                ),
                4.0,
            ),
        ),
    )


_OUT_WORDS = ("퇴실", "체크아웃", "check-out", "checkout", "check out", "반납 마감")
_IN_WORDS = ("입실", "체크인", "check-in", "checkin", "check in")


def units_of(service: Service, resource: Resource) -> float:
    """The resource's units over all places; a unit such as `석/지점` counts one place."""
    if resource.capacity is None:
        return 0.0
    return resource.capacity.value * (service.sites.value if "/" in resource.unit and service.sites else 1)


def _turnaround(service: Service) -> Iterator[Hole]:
    """Units to be cleaned between the last leaving and the first coming, against the people of those hours."""
    leave, come = _time_of(service, _OUT_WORDS), _time_of(service, _IN_WORDS)
    resource = next((r for r in service.resources if r.physical and r.capacity is not None), None)
    if leave is None or come is None or resource is None or resource.capacity is None or come[0] <= leave[0]:
        return
    stated = stated_performers(service, "clean")
    people = stated or performers(service, "clean")
    team = _team(service, people)
    if team is None:
        return
    lang = service.language
    occupancy = max((r.share.value for r in service.rates if r.kind == "occupancy"), default=1.0)
    units = units_of(service, resource) * min(occupancy, 1.0)
    minutes = next((s.minutes.value for s in service.steps("clean") if s.minutes), 30.0)
    need, have = units * minutes / 60, team * (come[0] - leave[0]) / 60
    if need <= have:
        return
    window = f"{clock(leave[0])}~{clock(come[0])}" if lang == "ko" else f"{clock(leave[0])}-{clock(come[0])}"
    formula = (
        f"{format_number(units_of(service, resource))} × {format_share(min(occupancy, 1.0), lang)} × {format_number(minutes)}† min / 60 = "
        f"{format_number(need)} h; {team} × {format_number((come[0] - leave[0]) / 60)} h = {format_number(have)} h"
    )
    yield Hole(
        id=hole_id("capacity.turnaround", resource.id),
        lens="capacity",
        mechanism="capacity.turnaround",
        surfaces=(11, 2, 12),
        loss=Loss.BROKEN_PROMISE,
        condition=pick(
            lang,
            f"만실 다음 날 {window}에 정비 {format_number(need)}인시가 필요한데 {team}명은 {format_number(have)}인시다",
            f"after a full night {format_number(need)} person-hours of turnover fall into {window}, and {team} people have {format_number(have)}",
        ),
        user_impact=pick(lang, f"{clock(come[0])}에 왔는데 {josa(resource.name, '이/가')} 준비되지 않았다", f"at {clock(come[0])} the {resource.name} is not ready"),
        operations_impact=pick(lang, "정비 전에 준비됨을 먼저 누르고, 체크인과 정비를 같은 사람이 오간다", "units are marked ready before they are, and the same people check guests in"),
        evidence=(Arithmetic(formula, pick(lang, f"{format_number(need - have)}인시 부족", f"{format_number(need - have)} person-hours short"),
                             (resource.capacity.source, leave[1], come[1])),),
        severity=Grade(6, pick(lang, "도착한 고객이 기다린다", "arrived customers wait")),
        occurrence=Grade(8, pick(lang, "만실 다음 날마다", "after every full night")),
        detection=Grade(5, pick(lang, "고객이 와야 드러난다", "shows when the guest arrives")),
        slots={"window": window, "need": format_number(need), "have": format_number(have), "units": format_number(units)},
        certain=bool(stated),
        questions=(
            Question(
                pick(lang, "만실일 때 정비 인원과 준비 안 된 자리의 입실 순서", "turnover staff on full days, and who gets in first"),
                pick(lang, "유형별 정비 분, 퇴실 지연 분포, 외주 여부", "minutes a unit by type, late departures, and what is outsourced"),
                5.0,
            ),
        ),
    )  # fmt: skip


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
