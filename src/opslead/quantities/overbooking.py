"""How many more to promise than there are: newsvendor with binomial shows and the cost of sending somebody away.

Selling one more when m are sold gains the margin and costs `walk` whenever it adds a person without a place:

    sell while  margin > walk · show · P(Binomial(m, show) >= n)

A static overbooking model, of which Beckmann's was the first (Econometrica 26, 1958), here with binomial shows as in Talluri and van
Ryzin, The Theory and Practice of Revenue Management (2004), on overbooking.
What is promised by name (this place, this window) has n = 1: the two who hold it are both served only if one stays away.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator

from opslead.model.service import Resource, Service
from opslead.quantities.computation import Computation, Input
from opslead.quantities.inputs import (
    Draft,
    Values,
    assumed,
    finish,
    given,
    main_units,
    money_words,
    number,
    ticket_input,
    values_of,
)
from opslead.text import pick

_MOST = 0.2
"""The share of the units beyond which no operation would oversell, whatever the sum says."""


def binomial_at_least(least: int, trials: int, p: float) -> float:
    """P(Binomial(trials, p) >= least), summed over what lies within eight deviations of the mean."""
    if least <= 0:
        return 1.0
    if p <= 0 or trials < least:
        return 0.0
    if p >= 1:
        return 1.0
    mean, far = trials * p, 8 * math.sqrt(trials * p * (1 - p)) + 8
    if least < mean - far:
        return 1.0
    last = min(trials, math.ceil(mean + far))
    log = math.lgamma(trials + 1) - math.lgamma(least + 1) - math.lgamma(trials - least + 1)
    term = math.exp(log + least * math.log(p) + (trials - least) * math.log1p(-p))
    total = 0.0
    for k in range(least, last + 1):
        total += term
        term *= (trials - k) / (k + 1) * p / (1 - p)
    return min(1.0, total)


def oversell(units: int, show: float, margin: float, walk: float) -> int:
    """How many more than `units` to promise; `show` is the share that comes, `walk` the cost of one sent away.

    The chance that all units are taken rises with every further promise, so the last one that pays is found by halving.
    """

    def pays(extra: int) -> bool:
        return margin > walk * show * binomial_at_least(units, units + extra, show)

    low, high = 0, max(1, math.floor(_MOST * units))
    while low < high:
        middle = (low + high) // 2
        low, high = (middle + 1, high) if pays(middle) else (low, middle)
    return low


def compute(service: Service) -> Iterator[Computation]:
    """For perishable units with a stated no-show rate."""
    rate, ticket, found = service.rate("no_show"), ticket_input(service), main_units(service, perishable=True)
    if rate is None or ticket is None or found is None or not 0 < rate.share.value < 1:
        return
    resource, count, source = found
    lang = service.language
    named = _by_name(service, resource)
    sites = service.sites.value if service.sites and service.sites.value > 0 else 1
    units = 1.0 if named else float(math.floor(count / sites))
    if units < 1:
        return
    why = pick(
        lang,
        "시작값: 환불에 대체 자리와 사과를 더해 객단가의 3배(견줄 값: 미국 14 CFR 250.5는 탑승 거절에 운임의 2배 또는 4배, 상한 있음)",
        "starting value: refund, another place and the apology come to 3 tickets (for comparison 14 CFR 250.5: 200% or 400% of the fare for denied boarding, up to a cap)",
    )
    inputs = (
        given("noshow", pick(lang, "노쇼율", "no-show rate"), rate.share.value, "%", rate.share.source),
        given("units", _units_name(service, resource.name, named), units, resource.unit.split("/")[0], source),
        ticket,
        assumed("walk", pick(lang, "돌려보낼 때 비용(객단가의 배수)", "cost of one sent away, in tickets"), 3.0, pick(lang, "배", "x"), (2.0, 5.0), why),
    )  # fmt: skip
    made = _result(service, resource.name, inputs, named)
    if made is not None:
        yield made


def _result(service: Service, name: str, inputs: tuple[Input, ...], named: bool) -> Computation | None:
    lang, v = service.language, values_of(inputs)

    def again(x: Values) -> float:
        return float(oversell(int(x["units"]), 1 - x["noshow"], x["ticket"], x["walk"] * x["ticket"]))

    extra = again(v)
    show, walk = 1 - v["noshow"], v["walk"] * v["ticket"]
    sent = walk * show * binomial_at_least(int(v["units"]), int(v["units"]), show)
    draft = Draft(
        "overbooking@units",
        pick(lang, f"초과 예약({name})", f"Overbooking ({name})"),
        pick(lang, "건", "more"),
        inputs,
        again,
        pick(
            lang,
            "한 건 더 팔아 버는 돈이 자리 없이 돌려보낼 확률 × 비용보다 클 때만 더 판다"
            + ("; 자리를 지정해 약속하므로 한 자리씩 본다" if named else ""),
            "sell one more only while its margin exceeds the chance of sending somebody away times what that costs"
            + ("; each unit is promised by name, so it is weighed by itself" if named else ""),
        ),
        "static overbooking (Beckmann, Econometrica 26, 1958) with binomial shows (Talluri and van Ryzin, The Theory and Practice of Revenue Management, 2004)",
    )
    formula = pick(
        lang,
        f"한 건 더: {money_words(v['ticket'], service)} 대 {number(v['walk'])} × {money_words(v['ticket'], service)} × {number(show * 100)}% × P(자리가 다 참) = {money_words(round(sent), service)}",
        f"one more: {money_words(v['ticket'], service)} against {number(v['walk'])} × {money_words(v['ticket'], service)} × {number(show * 100)}% × P(all come) = {money_words(round(sent, 2), service)}",
    )
    words = pick(lang, f"{extra:.0f}건 더", f"{extra:.0f} more")
    if not extra:
        words = pick(lang, "0건: 더 팔지 않는다", "0: sell no more than there are")
    return finish(draft, words, formula)


def _units_name(service: Service, name: str, named: bool) -> str:
    if not named:
        return name
    return pick(service.language, f"함께 보는 자리({name} 하나씩)", f"units weighed together ({name}, one by one)")


_CHOSEN = re.compile(r"선택|지정|고르|고른|choos|select|pick", re.I)


def _by_name(service: Service, resource: Resource) -> bool:
    """Whether customers are promised this very unit: it is physical, and they choose it or it is assigned to them."""
    if not resource.physical:
        return False
    return any(s.kind == "assign" or _CHOSEN.search(s.name) for s in service.steps("request", "hold", "assign"))
