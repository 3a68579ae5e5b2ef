"""How long a hold should last: sales lost to holds that never pay against payments that are cut off.

For one hold of T minutes the expected sales lost are

    L(T) = a · (1 - exp(-d · s · T)) + (1 - a) · P(X > T) · g

a: share of holds that never pay; d: buyers a minute for one unit (Poisson); s: share of those turned away who buy nothing else;
X: time to pay, lognormal; g: share of those cut off who do not come back. The first term grows and the second falls with T.
It is the newsvendor's trade-off (Arrow, Harris and Marschak, Econometrica 19, 1951) on time in place of stock.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterator

from opslead.model.measure import parse_duration
from opslead.model.service import Resource, Service, Source, Step
from opslead.quantities.computation import Computation, Input
from opslead.quantities.inputs import (
    Draft,
    Values,
    assumed,
    cases_input,
    finish,
    given,
    main_units,
    minutes_words,
    number,
    peak_input,
    usable_minutes,
    values_of,
)
from opslead.quantities.lognormal import share_above
from opslead.text import Lang, pick

_STEP = 1.05
"""Ratio between the lengths tried."""
_REFERENCE = "newsvendor trade-off (Arrow, Harris and Marschak, Econometrica 19, 1951); lognormal time to pay"
_PAYING = ("charge", "authorize", "capture")
_STORED = re.compile(
    r"stored card|saved card|card on file|one-click|등록(?:된|한)? ?카드|저장(?:된|한)? ?카드|자동 ?결제", re.I
)


def lost_sales(
    minutes: float, buyers: float, never: float, away: float, gone: float, median: float, p95: float
) -> float:
    """Expected sales lost by one hold of `minutes`; `buyers` an hour for one unit, shares as fractions."""
    dead = never * -math.expm1(-buyers / 60 * away * minutes)
    return dead + (1 - never) * share_above(minutes, median, p95) * gone


def lost_in_rush(
    minutes: float, rush: float, never: float, away: float, gone: float, median: float, p95: float
) -> float:
    """The same in a rush of `rush` minutes, in which every free unit finds a buyer at once.

    A hold that never pays costs its sale only when it ends after the crowd has left: with a beginning at any moment of the rush
    that happens with chance min(1, T / rush).
    """
    dead = never * away * min(1.0, minutes / rush)
    return dead + (1 - never) * share_above(minutes, median, p95) * gone


def best_length(
    cost: Callable[[float], float], median: float, p95: float, longest: float = math.inf
) -> tuple[float, float, float]:
    """The length with the least cost, and the shortest and longest around it that cost less than a tenth more.

    Looked for from half the median time to pay to ten times its 95% point (which leaves nobody), not past `longest`.
    """
    lengths = [min(median / 2, longest)]
    while lengths[-1] < min(10 * p95, longest):
        lengths.append(min(lengths[-1] * _STEP, longest))
    costs = [cost(t) for t in lengths]
    at = min(range(len(costs)), key=costs.__getitem__)
    low = high = at
    while low > 0 and costs[low - 1] <= 1.1 * costs[at]:
        low -= 1
    while high + 1 < len(costs) and costs[high + 1] <= 1.1 * costs[at]:
        high += 1
    return lengths[at], lengths[low], lengths[high]


def compute(service: Service) -> Iterator[Computation]:
    """One for the first hold that a payment follows."""
    found = _held_and_paid(service)
    cases, units = cases_input(service), main_units(service)
    if found is None or cases is None or units is None:
        return
    inputs = (cases, *_inputs(service, units))
    for made in (_hold(service, found, inputs), _rush(service, units[1], inputs)):
        if made is not None:
            yield made


def _hold(service: Service, hold: Step, inputs: tuple[Input, ...]) -> Computation | None:
    lang = service.language

    def all_three(v: Values) -> tuple[float, float, float]:
        p95 = max(v["p95"], 1.2 * v["median"])
        buyers = _buyers(v)
        return best_length(
            lambda t: lost_sales(t, buyers, v["never"], v["away"], v["gone"], v["median"], p95), v["median"], p95
        )

    values = values_of(inputs)
    best, low, high = all_three(values)
    usable = usable_minutes(best)
    draft = Draft(
        "hold_time@hold",
        pick(lang, f"선점 시간({hold.title(lang)})", f"Hold time (“{hold.title(lang)}”)"),
        pick(lang, "분", "min"),
        inputs,
        lambda v: all_three(v)[0],
        pick(
            lang,
            "결제하지 않을 선점이 막는 판매와, 결제 중에 끊겨 떠나는 고객을 더한 값이 가장 작은 시간. 붐비는 때 기준이며 한산할수록 길어도 된다",
            "the length at which sales blocked by holds that never pay plus buyers cut off while paying are fewest; at the busy time, quieter times bear longer holds",
        ),
        _REFERENCE,
    )
    near = pick(
        lang,
        f"{minutes_words(usable, lang)}({minutes_words(round(low), lang)}~{minutes_words(round(high), lang)}이면 거의 같음)",
        f"{minutes_words(usable, lang)} (between {minutes_words(round(low), lang)} and {minutes_words(round(high), lang)} it hardly matters)",
    )
    return finish(
        draft,
        near,
        _formula(values, best, hold, lang),
        {"hold": minutes_words(usable, lang)},
        (low, high),
    )


_CROWDED = 2.0
"""Visitors for each unit from which an opening is a rush."""


def _rush(service: Service, units: float, usual: tuple[Input, ...]) -> Computation | None:
    """The hold while everybody comes at once: only where visitors within a stated time are many for each unit."""
    lang = service.language
    crowd = service.volume("visitors")
    length = parse_duration(crowd.per) if crowd else None
    if crowd is None or length is None or length.total_seconds() < 60 or crowd.amount.value < _CROWDED * units:
        return None
    unit = pick(lang, "분", "min")
    inputs = (
        given(
            "crowd",
            pick(lang, "몰리는 사람", "visitors"),
            crowd.amount.value,
            pick(lang, "명", ""),
            crowd.amount.source,
        ),
        given("rush", pick(lang, "몰리는 시간", "length of the rush"), length.total_seconds() / 60, unit, crowd.source),
        *(item for item in usual if item.key in ("never", "away", "gone", "median", "p95")),
    )
    v = values_of(inputs)

    def all_three(x: Values) -> tuple[float, float, float]:
        p95 = max(x["p95"], 1.2 * x["median"])
        return best_length(
            lambda t: lost_in_rush(t, x["rush"], x["never"], x["away"], x["gone"], x["median"], p95),
            x["median"],
            p95,
            x["rush"],
        )

    best, low, high = all_three(v)
    usable = usable_minutes(best)
    draft = Draft(
        "hold_time@rush",
        pick(lang, "몰릴 때의 선점 시간", "Hold time in the rush"),
        unit,
        inputs,
        lambda x: all_three(x)[0],
        pick(
            lang,
            "몰리는 동안 풀린 자리는 바로 팔리므로, 사람들이 떠난 뒤에 풀리는 선점만 판매를 잃는다. 그 손실과 결제 중에 끊기는 고객을 더한 값이 가장 작은 시간",
            "what falls back during the rush is sold at once; only holds that end after the crowd has left lose a sale. The length at which these plus buyers cut off are fewest",
        ),
        _REFERENCE,
    )
    late = share_above(best, v["median"], v["p95"])
    dead = 100 * v["never"] * v["away"] * min(1.0, best / v["rush"])
    cut = 100 * (1 - v["never"]) * v["gone"] * late
    formula = pick(
        lang,
        f"{number(best)}분: 사람이 떠난 뒤 풀림 {number(dead)} + 끊긴 결제 {number(cut)} (선점 100건당)",
        f"{number(best)} min: freed after the crowd {number(dead)} + cut off {number(cut)} sales in 100 holds",
    )
    return finish(draft, minutes_words(usable, lang), formula, {"hold_rush": minutes_words(usable, lang)}, (low, high))


def _buyers(v: Values) -> float:
    """Buyers an hour for one unit at the busy time."""
    return v["cases"] * v["peak"] / 24 / v["units"]


def _formula(v: Values, best: float, hold: Step, lang: Lang) -> str:
    late = share_above(best, v["median"], v["p95"])
    line = pick(
        lang,
        f"한 자리를 찾는 사람 {number(v['cases'])}×{number(v['peak'])}/24/{number(v['units'])} = 시간당 {number(_buyers(v))}명. "
        f"{number(best)}분: 막힌 판매 {number(100 * _dead(v, best))} + 끊긴 결제 {number(100 * (1 - v['never']) * late * v['gone'])} (선점 100건당)",
        f"buyers for one unit {number(v['cases'])}×{number(v['peak'])}/24/{number(v['units'])} = {number(_buyers(v))} an hour. "
        f"{number(best)} min: blocked {number(100 * _dead(v, best))} + cut off {number(100 * (1 - v['never']) * late * v['gone'])} sales in 100 holds",
    )
    if hold.within is None or hold.within.assumed:
        return line
    now = hold.within.value.total_seconds() / 60
    cut = number(100 * share_above(now, v["median"], v["p95"]))
    return line + pick(
        lang,
        f". 지금 {minutes_words(now, lang)}: 결제하려던 100명 가운데 {cut}명이 끝내기 전에 끊긴다",
        f". Now, {minutes_words(now, lang)}: {cut} of 100 who mean to pay are cut off",
    )


def _dead(v: Values, minutes: float) -> float:
    return v["never"] * -math.expm1(-_buyers(v) / 60 * v["away"] * minutes)


def _held_and_paid(service: Service) -> Step | None:
    """The first hold with a payment after it."""
    for flow in service.flows:
        kinds = [step.kind for step in flow.steps]
        for place, step in enumerate(flow.steps):
            if step.kind == "hold" and any(kind in _PAYING for kind in kinds[place + 1 :]):
                return step
    return None


def time_to_pay(service: Service) -> tuple[Input, Input]:
    """Median and 95% point of the time from hold to approval, in minutes; shorter with a stored card."""
    lang, unit = service.language, pick(service.language, "분", "min")
    names = (
        pick(lang, "결제까지 걸리는 시간 중앙값", "time to pay, median"),
        pick(lang, "결제까지 95%", "time to pay, 95%"),
    )
    texts = [m.source.text for m in service.mentions] + [s.source.text for s in service.steps(*_PAYING)]
    if any(_STORED.search(text) for text in texts):
        why = pick(lang, "시작값: 저장된 카드는 확인만 한다", "starting value: with a stored card one only confirms")
        return (
            assumed("median", names[0], 1.0, unit, (0.5, 2.0), why),
            assumed("p95", names[1], 4.0, unit, (2.5, 8.0), why),
        )
    why = pick(
        lang,
        "시작값: 중앙값은 PYMNTS Checkout Conversion Index의 온라인 결제 소요 평균 161초(2016년 3분기), 144초(2019년 4분기) 사이, 95%는 본인 인증이 길어지는 경우를 본 경험값",
        "starting value: the median between average online checkouts of 161 s (Q3 2016) and 144 s (Q4 2019), PYMNTS Checkout Conversion Index; the 95% from experience, as authentication gives a long tail",
    )
    return (
        assumed("median", names[0], 2.5, unit, (1.5, 4.0), why),
        assumed("p95", names[1], 9.0, unit, (6.0, 15.0), why),
    )


def _inputs(service: Service, units: tuple[Resource, float, Source]) -> tuple[Input, ...]:
    lang = service.language
    resource, count, source = units
    never = pick(
        lang,
        "시작값: 선점에 대한 통계는 찾지 못해, 장바구니 이탈 평균 약 70%(Baymard Institute)보다 늦은 단계이므로 그보다 낮게 둠",
        "starting value: no figure on holds found; below the average cart abandonment of about 70% (Baymard Institute), as a hold comes later",
    )
    guess = pick(lang, "시작값: 절반", "starting value: half")
    return (
        given("units", resource.name, count, resource.unit.split("/")[0], source),
        peak_input(service),
        assumed("never", pick(lang, "결제하지 않는 선점", "holds that never pay"), 0.3, "%", (0.1, 0.6), never),
        assumed("away", pick(lang, "자리를 못 본 사람 중 안 사는 몫", "turned away who buy nothing else"), 0.5, "%", (0.2, 0.8), guess),
        assumed("gone", pick(lang, "끊긴 사람 중 안 돌아오는 몫", "cut off who do not come back"), 0.5, "%", (0.2, 0.8), guess),
        *time_to_pay(service),
    )  # fmt: skip
