"""How many slips of paper a site needs while the system is down, and how long their re-entry takes.

Cases of `outage` hours are a Poisson count; the slips cover all but one outage in a thousand. Re-entry is their mean number times
the minutes of one.
"""

from __future__ import annotations

import math
from collections.abc import Iterator

from opslead.model.calendar import WEEK
from opslead.model.service import Service
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
    peak_input,
    values_of,
)
from opslead.quantities.thresholds import count_limit
from opslead.text import pick

_SPOT = ("check_in", "hand_over", "start", "return", "redeem")
"""Steps for which people come to a place, which then writes slips of its own."""


def slips(mean: float) -> int:
    """Sheets for a count with this mean, in tens, short once in a thousand; mean above 0."""
    return math.ceil(count_limit(mean, 0.0, 0.001) / 10) * 10


def compute(service: Service) -> Iterator[Computation]:
    """Where people come to a place, somebody there serves them by hand, and their number is known."""
    cases = cases_input(service)
    step = next((s for s in service.steps(*_SPOT) if s.manual or s.known.minutes == 0), None)
    if cases is None or step is None:
        return
    lang = service.language
    sites = service.sites
    shared: list[Input] = [cases]
    if sites is not None and sites.value > 1:
        shared.append(given("sites", pick(lang, "지점", "sites"), sites.value, pick(lang, "곳", ""), sites.source))
    shared.append(_open_hours(service))
    why = pick(
        lang, "시작값: 네 시간이 넘으면 새로 받지 않는다", "starting value: beyond four hours nothing new is taken"
    )
    shared.append(peak_input(service))
    name = pick(lang, "멈춘 시간", "length of the outage")
    shared.append(assumed("outage", name, 4.0, pick(lang, "시간", "h"), (1.0, 8.0), why))
    for made in (_slips(service, tuple(shared)), _entry(service, tuple(shared))):
        if made is not None:
            yield made


def _open_hours(service: Service) -> Input:
    """Hours a day in which people come: of the step, or 24 where somebody works around the clock."""
    lang = service.language
    name, unit = pick(lang, "받는 시간", "open hours a day"), pick(lang, "시간", "h")
    step = next((s.when for s in service.steps(*_SPOT) if s.when is not None and s.when.value.minutes > 0), None)
    if step is not None:
        return given("hours", name, step.value.hours / 7, unit, step.source)
    duties = [a.duty for a in service.people if a.duty is not None and not a.duty.assumed and a.duty.value.minutes > 0]
    always = next((d for d in duties if d.value.minutes == WEEK), None)
    if always is not None:
        return given("hours", name, 24.0, unit, always.source)
    why = pick(lang, "시작값: 하루 12시간에 몰림", "starting value: most of it within 12 hours")
    return assumed("hours", name, 12.0, unit, (8.0, 24.0), why)


def _mean(v: Values) -> float:
    """Cases of one site in the outage."""
    return v["cases"] * v["peak"] / v.get("sites", 1.0) / v["hours"] * min(v["outage"], v["hours"])


def _sum(service: Service, v: Values) -> str:
    lang = service.language
    many = f"/{number(v['sites'])}" if "sites" in v else ""
    hours = v["hours"]
    line = f"{number(v['cases'])}×{number(v['peak'])}{many}/{number(hours)} × {number(min(v['outage'], hours))} = {number(_mean(v))}"
    return line + pick(lang, "건", " cases")


def _slips(service: Service, inputs: tuple[Input, ...]) -> Computation | None:
    lang, v = service.language, values_of(inputs)

    def again(x: Values) -> float:
        return float(slips(_mean(x)))

    need = int(again(v))
    draft = Draft(
        "slips@site",
        pick(lang, "두절 때 현장 기록지", "Sheets for a site while the system is down"),
        pick(lang, "장", "sheets"),
        inputs,
        again,
        pick(lang, "붐비는 날 두절 동안 오는 건수를 천 번에 한 번만 넘게, 10장 단위로 올림", "cases of a busy day's outage, short once in a thousand, rounded up to tens"),
        "Poisson quantile (NIST/SEMATECH e-Handbook 1.3.6.6.19)",
    )  # fmt: skip
    words = pick(lang, f"{need}장", f"{need} sheets")
    return finish(draft, words, f"{_sum(service, v)} → {words}", {"slips": words})


def _entry(service: Service, inputs: tuple[Input, ...]) -> Computation | None:
    lang = service.language
    record = next((s.minutes for s in service.steps("record") if s.minutes and not s.minutes.assumed), None)
    name, unit = pick(lang, "한 장 입력", "minutes to enter a sheet"), pick(lang, "분", "min")
    one = (
        given("minutes", name, record.value, unit, record.source)
        if record is not None and record.value > 0
        else assumed("minutes", name, 1.5, unit, (0.5, 3.0), pick(lang, "시작값: 한 장 1분 30초", "starting value: a minute and a half for a sheet"))
    )  # fmt: skip
    inputs = (*inputs, one)
    v = values_of(inputs)

    def again(x: Values) -> float:
        return _mean(x) * x["minutes"]

    took = again(v)
    rounded = 15 * math.ceil(took / 15)
    if rounded > 24 * 60:
        return None
    draft = Draft(
        "reentry@site",
        pick(lang, "복구 뒤 기록지 입력", "Entering the sheets after recovery"),
        unit,
        inputs,
        again,
        pick(lang, "두절 동안 적은 장수를 한 사람이 입력하는 시간, 15분 단위로 올림", "one person enters the sheets of the outage; rounded up to a quarter of an hour"),
        "mean of the Poisson count × minutes",
    )  # fmt: skip
    formula = f"{_sum(service, v)} × {number(v['minutes'])}{pick(lang, '분', ' min')} = {number(took)}{pick(lang, '분', ' min')}"
    words = minutes_words(rounded, lang)
    return finish(draft, words, formula, {"reentry": words})
