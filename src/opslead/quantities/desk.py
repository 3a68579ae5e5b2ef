"""How many people a desk needs for questions that do not wait for ever: Erlang A."""

from __future__ import annotations

from collections.abc import Iterator

from opslead.model.service import Actor, Service
from opslead.model.steps import Role
from opslead.quantities.computation import Computation, Input
from opslead.quantities.inputs import Draft, Values, assumed, cases_input, finish, given, number, peak_input, values_of
from opslead.quantities.staffing import erlang_a
from opslead.text import pick

_ASKED = ("answer", "claim")
GIVING_UP = 0.05
"""Share of callers that may give up at the busiest hour."""
_MOST = 500


def people_for(per_hour: float, minutes: float, patience: float) -> int:
    """The fewest people with whom at most one caller in twenty gives up, at most 500."""
    low, high = 1, _MOST
    if per_hour * minutes / 60 > 2 * _MOST:
        return _MOST
    while low < high:
        middle = (low + high) // 2
        too_few = erlang_a(per_hour, minutes, middle, patience).abandons > GIVING_UP
        low, high = (middle + 1, high) if too_few else (low, middle)
    return low


def compute(service: Service) -> Iterator[Computation]:
    """For the first office desk with stated people and hours, where customers ask."""
    cases = cases_input(service)
    desk = next((a for a in service.people if _counted(a)), None)
    if cases is None or desk is None or not any(True for _ in service.steps(*_ASKED)):
        return
    made = _people(service, desk, (cases, *_inputs(service, desk)))
    if made is not None:
        yield made


def _counted(actor: Actor) -> bool:
    stated = actor.role is Role.STAFF and actor.count is not None and actor.count.value > 0
    return (
        stated
        and not actor.per_site
        and actor.duty is not None
        and not actor.duty.assumed
        and actor.duty.value.minutes > 0
    )


def _inputs(service: Service, desk: Actor) -> tuple[Input, ...]:
    lang = service.language
    assert desk.duty is not None
    unit = pick(lang, "분", "min")
    step = next(
        (s for s in service.steps("answer") if s.minutes and not s.minutes.assumed and s.minutes.value > 0), None
    )
    handling = (
        given("minutes", pick(lang, "문의 한 건", "minutes a question"), step.minutes.value, unit, step.minutes.source)
        if step and step.minutes
        else assumed("minutes", pick(lang, "문의 한 건", "minutes a question"), 6.0, unit, (3.0, 12.0),
                     pick(lang, "시작값: 손으로 답하는 문의 한 건", "starting value: a question answered by hand"))
    )  # fmt: skip
    return (
        given("hours", pick(lang, f"{desk.name} 주간 근무", f"{desk.name}, hours a week"), desk.duty.value.hours, pick(lang, "시간", "h"), desk.duty.source),
        peak_input(service),
        assumed("asks", pick(lang, "문의하는 건의 비율", "share of cases with a question"), 0.05, "%", (0.02, 0.15),
                pick(lang, "시작값: 20건에 1건. 첫 4주의 문의 수로 바꾼다", "starting value: one in 20; replace by the contacts of four weeks")),
        handling,
        assumed("patience", pick(lang, "포기할 때까지 기다리는 시간", "patience"), 5.0, unit, (2.0, 15.0),
                pick(lang, "시작값(경험): 전화 기준 5분", "starting value from experience: five minutes on the phone")),
    )  # fmt: skip


def _per_hour(v: Values) -> float:
    """Questions an hour on a busy day, all of them in the desk's hours."""
    return v["cases"] * v["asks"] * v["peak"] * 7 / v["hours"]


def _people(service: Service, desk: Actor, inputs: tuple[Input, ...]) -> Computation | None:
    lang, v = service.language, values_of(inputs)
    assert desk.count is not None

    def again(x: Values) -> float:
        return float(people_for(_per_hour(x), x["minutes"], x["patience"]))

    need, there = int(again(v)), desk.count.value
    if need >= _MOST:
        return None
    now = erlang_a(_per_hour(v), v["minutes"], there, v["patience"])
    draft = Draft(
        "staffing@desk",
        pick(lang, f"{desk.name} 피크 인원(문의)", f"People at {desk.name} at the peak (questions)"),
        pick(lang, "명", "people"),
        inputs,
        again,
        pick(
            lang,
            "붐비는 날 포기하는 사람이 스무 명에 한 명을 넘지 않는 가장 적은 인원. 문의만 센 값이고 환불·승인은 따로",
            "the fewest people with whom at most one in twenty gives up on a busy day; questions only, refunds and approvals come on top",
        ),
        "Erlang A (Garnett, Mandelbaum and Reiman, M&SOM 4, 2002; Mandelbaum and Zeltyn, Service Engineering in Action, 2007)",
    )
    formula = pick(
        lang,
        f"{number(v['cases'])} × {number(v['asks'] * 100)}% × {number(v['peak'])} × 7/{number(v['hours'])} = 시간당 {number(_per_hour(v))}건 × {number(v['minutes'])}분; 지금 {there}명이면 포기 {number(now.abandons * 100)}%, 평균 대기 {number(now.wait)}분",
        f"{number(v['cases'])} × {number(v['asks'] * 100)}% × {number(v['peak'])} × 7/{number(v['hours'])} = {number(_per_hour(v))} an hour × {number(v['minutes'])} min; with the present {there}, {number(now.abandons * 100)}% give up and the average wait is {number(now.wait)} min",
    )
    words = pick(lang, f"{need}명", f"{need}")
    return finish(draft, words, formula)
