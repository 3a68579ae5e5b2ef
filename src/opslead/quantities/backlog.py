"""What waits when a closed desk opens, and how long it takes to clear.

Deterministic fluid queue (Newell, Applications of Queueing Theory, 2nd ed., chapter 2): with arrivals at rate λ around the clock, `gap`
hours without anybody leave λ·gap items; c people doing μ an hour each clear them in λ·gap / (c·μ - λ) hours, as new ones keep
coming.
"""

from __future__ import annotations

import math
from collections.abc import Iterator

from opslead.model.calendar import DAY, WEEK, clock, format_span
from opslead.model.service import Actor, Service
from opslead.model.steps import STEP_KINDS, Role
from opslead.quantities.computation import Computation, Input
from opslead.quantities.inputs import (
    Draft,
    Values,
    assumed,
    cases_input,
    finish,
    given,
    minutes_words,
    number,
    same_cases,
    values_of,
)
from opslead.text import pick

_DESK = ("refund", "cancel", "approve", "compensate")
_SHORTEST = 8 * 60
"""Minutes without anybody from which a pile is worth a number."""
_LONGEST = 7 * 24.0
"""Hours to clear beyond which the answer is more people, not a time."""


def pile(per_day: float, gap_hours: float) -> float:
    """Items waiting after the gap."""
    return per_day * gap_hours / 24


def hours_to_clear(waiting: float, per_day: float, minutes: float, people: float) -> float:
    """Hours from opening until nothing waits; infinite when they cannot keep up."""
    spare = people * 60 / minutes - per_day / 24
    return waiting / spare if spare > 0 else math.inf


def compute(service: Service) -> Iterator[Computation]:
    """For the first desk with stated hours that answers for cancellations whose rate is stated."""
    rate, cases = service.rate("cancel"), cases_input(service)
    if rate is None or cases is None or not 0 < rate.share.value < 1 or not same_cases(rate, service):
        return
    desk = next((a for a in service.people if _closes(a)), None)
    if desk is None or desk.duty is None:
        return
    gap = (~desk.duty.value).longest()
    if gap is None or not _SHORTEST <= gap[1] - gap[0] < WEEK:
        return
    lang = service.language
    inputs = (
        cases,
        given("cancel", pick(lang, "취소율", "share cancelled"), rate.share.value, "%", rate.share.source),
        given("gap", pick(lang, f"{desk.name} 공백({format_span(gap, lang)})", f"{desk.name} away ({format_span(gap, lang)})"),
              (gap[1] - gap[0]) / 60, pick(lang, "시간", "h"), desk.duty.source),
    )  # fmt: skip
    for made in (_pile(service, desk, inputs), _clearing(service, desk, inputs, gap[1])):
        if made is not None:
            yield made


def _closes(actor: Actor) -> bool:
    works = actor.role is Role.STAFF and bool(set(_DESK) & set(actor.does))
    return works and actor.duty is not None and not actor.duty.assumed and actor.duty.value.minutes > 0


def _pile(service: Service, desk: Actor, inputs: tuple[Input, ...]) -> Computation | None:
    lang, v = service.language, values_of(inputs)

    def again(x: Values) -> float:
        return pile(x["cases"] * x["cancel"], x["gap"])

    waiting = again(v)
    draft = Draft(
        "backlog@desk",
        pick(lang, f"{desk.name} 공백 뒤 쌓이는 취소", f"Cancellations waiting for {desk.name}"),
        pick(lang, "건", "cases"),
        inputs,
        again,
        pick(
            lang,
            "취소가 밤낮 고르게 온다고 보고 가장 긴 공백에 곱한다",
            "cancellations spread evenly over the day, times the longest absence",
        ),
        "deterministic fluid queue (Newell, Applications of Queueing Theory, 2nd ed., chapter 2)",
    )
    formula = f"{number(v['cases'])} × {number(v['cancel'] * 100)}% × {number(v['gap'])}/24 = {number(waiting)}"
    shown = math.ceil(waiting)
    return finish(
        draft, pick(lang, f"{shown}건", f"{shown}"), formula, {"backlog": pick(lang, f"{shown}건", f"{shown}")}
    )


def _clearing(service: Service, desk: Actor, inputs: tuple[Input, ...], opens: int) -> Computation | None:
    lang = service.language
    if desk.count is None or desk.count.value <= 0:
        return None
    sites = service.sites.value if desk.per_site and service.sites and service.sites.value > 0 else 1
    step = next((s for s in service.steps("refund", "cancel") if s.minutes is not None and s.minutes.value > 0), None)
    minutes = step.minutes.value if step and step.minutes else STEP_KINDS["refund"].minutes
    name = pick(lang, "건당 처리", "minutes a case")
    unit = pick(lang, "분", "min")
    handling = (
        given("minutes", name, minutes, unit, step.minutes.source)
        if step and step.minutes and not step.minutes.assumed
        else assumed("minutes", name, minutes, unit, (minutes / 2, minutes * 2), pick(lang, "시작값: 손으로 하는 환불 한 건", "starting value: a refund done by hand"))
    )  # fmt: skip
    people = given("people", desk.name, float(desk.count.value * sites), pick(lang, "명", "people"), desk.count.source)
    inputs = (*inputs, people, handling)
    v = values_of(inputs)

    def again(x: Values) -> float:
        per_day = x["cases"] * x["cancel"]
        return 60 * hours_to_clear(pile(per_day, x["gap"]), per_day, x["minutes"], x["people"])

    took = again(v)
    if not took <= 60 * _LONGEST:
        return None
    draft = Draft(
        "clearing@desk",
        pick(lang, f"{desk.name}의 밀린 취소 소진", f"Clearing the cancellations at {desk.name}"),
        unit,
        inputs,
        again,
        pick(lang, "쌓인 건을 치우는 동안에도 새 건이 온다", "new ones come while the pile is worked"),
        "deterministic fluid queue (Newell, Applications of Queueing Theory, 2nd ed., chapter 2)",
    )
    waiting = pile(v["cases"] * v["cancel"], v["gap"])
    formula = pick(
        lang,
        f"{number(waiting)}건 ÷ ({number(v['people'])}명 × 60/{number(v['minutes'])}분 - 시간당 {number(v['cases'] * v['cancel'] / 24)}건) = {number(took / 60)}시간",
        f"{number(waiting)} ÷ ({number(v['people'])} × 60/{number(v['minutes'])} - {number(v['cases'] * v['cancel'] / 24)} an hour) = {number(took / 60)} h",
    )
    ends = opens + math.ceil(took / 15) * 15
    slots = {"clear_by": clock(ends)} if opens // DAY == ends // DAY else None
    return finish(draft, minutes_words(math.ceil(took), lang), formula, slots)
