"""Units to keep back on a full day, and how often to count the shelf.

Reserve: k kept back cost the margin of k units; each promised guest without a usable unit costs `walk`. The next one is kept
while walk · P(Binomial(n, p) > k) exceeds the margin (newsvendor: the one-period model of Arrow, Harris and
Marschak, Econometrica 19, 1951).

Counting: records go wrong at a share e of moves; with m moves a day over n units the share of wrong records reaches f after
t = f·n / (m·e) days. The sum is opslead's own; on counting in cycles instead of all at once see Brooks and Wilson, Inventory
Record Accuracy.
"""

from __future__ import annotations

import math
from collections.abc import Iterator

from opslead.model.service import Service
from opslead.quantities.computation import Computation, Input
from opslead.quantities.inputs import (
    Draft,
    Values,
    assumed,
    cases_input,
    finish,
    given,
    main_units,
    number,
    values_of,
)
from opslead.quantities.overbooking import binomial_at_least
from opslead.text import pick


def reserve(units: int, fails: float, walk: float) -> int:
    """Units to keep back of `units`, each unusable with chance `fails`; `walk` in margins of one unit."""
    low, high = 0, units
    while low < high:
        middle = (low + high) // 2
        needed = walk * binomial_at_least(middle + 1, units, fails) > 1
        low, high = (middle + 1, high) if needed else (low, middle)
    return low


def count_days(units: float, moves: float, wrong: float, bearable: float) -> float:
    """Days until the bearable share of records is wrong; all above 0."""
    return bearable * units / (moves * wrong)


_ONE_KIND = 150
"""Units a site up to which one can stand in for another; hundreds are of many kinds, each with its own reserve."""


def compute(service: Service) -> Iterator[Computation]:
    """Reserve of what is promised for a time, counting of what lies on a shelf."""
    for made in (_reserve(service), _counting(service)):
        if made is not None:
            yield made


def _reserve(service: Service) -> Computation | None:
    found = main_units(service, perishable=True)
    if (
        found is None
        or not found[0].physical
        or not any(True for _ in service.steps("hold", "confirm", "assign", "charge", "authorize"))
    ):
        return None
    resource, count, source = found
    lang = service.language
    sites = service.sites.value if service.sites and service.sites.value > 0 else 1
    each = math.floor(count / sites)
    if not 1 <= each <= _ONE_KIND:
        return None
    unit = resource.unit.split("/")[0]
    inputs: tuple[Input, ...] = (
        given("units", resource.name, count, unit, source),
        *((given("sites", pick(lang, "지점", "sites"), sites, pick(lang, "곳", ""), service.sites.source),) if service.sites and sites > 1 else ()),
        assumed("fails", pick(lang, "못 쓰게 되는 비율(고장·미퇴실)", "share unusable (faults, not vacated)"), 0.02, "%", (0.005, 0.05),
                pick(lang, "시작값: 50개에 1개. 몰린 날의 ‘자리 없음’ 기록으로 바꾼다", "starting value: one in 50; replace by the “no place” records of busy days")),
        assumed("walk", pick(lang, "자리 없는 고객 한 명의 비용(객단가의 배수)", "cost of a guest without a place, in tickets"), 3.0, pick(lang, "배", "x"), (2.0, 5.0),
                pick(lang, "시작값: 환불, 대체 자리, 사과", "starting value: refund, another place, the apology")),
    )  # fmt: skip
    v = values_of(inputs)

    def again(x: Values) -> float:
        return float(reserve(int(x["units"] // x.get("sites", 1)), x["fails"], x["walk"]))

    kept = int(again(v))
    draft = Draft(
        "reserve@units",
        pick(
            lang, f"몰리는 날 지점별 예비({resource.name})", f"Kept back at each site on a busy day ({resource.name})"
        ),
        pick(lang, "개", "units"),
        inputs,
        again,
        pick(
            lang,
            "하나 더 빼 두는 손해(객단가)가 자리 없는 고객이 생길 확률 × 비용보다 작은 동안만 늘린다",
            "keep one more back while the chance of a guest without a place times its cost exceeds the sale given up",
        ),
        "newsvendor with binomial failures (Arrow, Harris and Marschak, Econometrica 19, 1951)",
    )
    chance = v["walk"] * binomial_at_least(kept + 1, each, v["fails"])
    before = v["walk"] * binomial_at_least(kept, each, v["fails"])
    formula = pick(
        lang,
        f"지점당 {each}개, {number(v['fails'] * 100)}%: "
        + (f"{kept}개째 {number(v['walk'])} × P({kept}개 이상) = {number(before)} > 1, " if kept else "")
        + f"{kept + 1}개째 {number(v['walk'])} × P({kept + 1}개 이상) = {number(chance)} ≤ 1",
        f"{each} a site, {number(v['fails'] * 100)}%: "
        + (f"number {kept}: {number(v['walk'])} × P({kept} or more) = {number(before)} > 1, " if kept else "")
        + f"number {kept + 1}: {number(v['walk'])} × P({kept + 1} or more) = {number(chance)} ≤ 1",
    )
    words = pick(lang, f"{kept}{unit or '개'}", f"{kept}")
    if not kept:
        return finish(
            draft,
            pick(lang, "0개: 이 규모에서는 옆 지점·환불이 싸다", "0: at this size another site or a refund is cheaper"),
            formula,
        )
    slots = {
        "reserve": pick(lang, f"{kept}{unit or '개'}", f"{kept} reserve place{'s' if kept > 1 else ''}"),
        "reserve_more": pick(lang, f"{kept + 1}{unit or '개'}", f"{kept + 1} places"),
    }
    return finish(draft, words, formula, slots)


def _counting(service: Service) -> Computation | None:
    cases = cases_input(service)
    found = main_units(service, perishable=False)
    if cases is None or found is None or not found[0].physical:
        return None
    resource, count, source = found
    lang = service.language
    inputs = (
        given("units", resource.name, count, resource.unit.split("/")[0], source),
        cases,
        assumed("wrong", pick(lang, "한 번 움직일 때 기록이 틀리는 비율", "share of moves recorded wrongly"), 0.003, "%", (0.001, 0.01),
                pick(lang, "시작값: 1,000번에 3번", "starting value: three in a thousand")),
        assumed("bearable", pick(lang, "견딜 만한 틀린 기록의 비율", "bearable share of wrong records"), 0.03, "%", (0.01, 0.05),
                pick(lang, "시작값: 기록 정확도 97%", "starting value: records right in 97%")),
    )  # fmt: skip
    v = values_of(inputs)

    def again(x: Values) -> float:
        return count_days(x["units"], x["cases"], x["wrong"], x["bearable"])

    days = max(1, math.floor(again(v)))
    draft = Draft(
        "count@shelf",
        pick(lang, f"실사 주기({resource.name})", f"Days between counts ({resource.name})"),
        pick(lang, "일", "days"),
        inputs,
        again,
        pick(
            lang,
            "틀린 기록이 견딜 만한 몫에 이르기 전에 한 번씩 센다",
            "count everything once before the wrong records reach the bearable share",
        ),
        "opslead's own sum: errors gather with the moves (on cycle counting: Brooks and Wilson, Inventory Record Accuracy)",
    )
    formula = pick(
        lang,
        f"{number(v['bearable'] * 100)}% × {number(v['units'])} ÷ (하루 {number(v['cases'])} × {number(v['wrong'] * 100)}%) = {number(again(v))}일",
        f"{number(v['bearable'] * 100)}% × {number(v['units'])} ÷ ({number(v['cases'])} a day × {number(v['wrong'] * 100)}%) = {number(again(v))} days",
    )
    return finish(draft, pick(lang, f"{days}일마다", f"every {days} days" if days > 1 else "daily"), formula)
