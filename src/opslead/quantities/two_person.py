"""From which sum two people have to approve: few payments, much of the money.

With lognormal amounts of mean m and log-deviation σ the share q of the largest begins at m · exp(σ·z - σ²/2) with z the point
above which q of the standard normal lies, and holds Φ(σ - z) of the money (Aitchison and Brown, The Lognormal Distribution, 1957:
the moment distribution is lognormal with μ + σ²). A coefficient of variation c is σ² = ln(1 + c²). Auditors look at the large sums first as well: in monetary unit sampling the
chance of an item grows with its amount, and one above the interval is always drawn.
"""

from __future__ import annotations

import math
from collections.abc import Iterator

from opslead.model.measure import Money
from opslead.model.service import Fact, Service
from opslead.quantities.computation import Computation, Input
from opslead.quantities.inputs import (
    Draft,
    Values,
    assumed,
    finish,
    given,
    money_unit,
    money_words,
    nice,
    number,
    ticket_input,
    values_of,
)
from opslead.quantities.lognormal import normal_cdf, normal_quantile
from opslead.text import pick

SPREAD = 0.6
"""Coefficient of variation of the amounts, opslead's starting value: most lie between half and twice the average."""
SEEN_BY_TWO = 0.05
"""Share of the payments that a second person sees, opslead's starting value: one in twenty needs no queue."""
_MONEY_OUT = frozenset({"refund", "payout", "compensate", "adjust", "cancel"})


def sigma_of(variation: float) -> float:
    """The log-deviation of lognormal amounts with this coefficient of variation."""
    return math.sqrt(math.log(1 + variation * variation))


def threshold(mean: float, sigma: float, share: float) -> float:
    """The sum above which `share` of lognormal payments with this mean lies."""
    return mean * math.exp(sigma * normal_quantile(1 - share) - sigma * sigma / 2)


def money_above(sigma: float, share: float) -> float:
    """The share of all money in the largest `share` of payments."""
    return normal_cdf(sigma - normal_quantile(1 - share))


def compute(service: Service) -> Iterator[Computation]:
    """Where money goes out and its usual size is known."""
    ticket = ticket_input(service)
    if ticket is None or not service.kinds & _MONEY_OUT:
        return
    made = _threshold(service, (ticket, *_limit(service, ticket), *_assumptions(service)))
    if made is not None:
        yield made


def _threshold(service: Service, inputs: tuple[Input, ...]) -> Computation | None:
    lang, v = service.language, values_of(inputs)
    stated = v.get("limit", math.inf)

    def free(x: Values) -> float:
        return threshold(x["ticket"], sigma_of(x["variation"]), x["share"])

    def again(x: Values) -> float:
        return min(free(x), x.get("limit", math.inf))

    sum_ = min(nice(free(v)), stated)
    sigma = sigma_of(v["variation"])
    part = money_above(sigma, v["share"])
    draft = Draft(
        "two_person@money_out",
        pick(lang, "두 사람 승인 기준 금액", "Sum from which two people approve"),
        money_unit(service),
        inputs,
        again,
        pick(
            lang,
            "건수의 일부만 두 사람이 보면서 큰 금액부터 잡는다. 환불 금액이 객단가를 평균으로 로그정규를 따른다고 본다",
            "two people look at few payments, the largest first; refunds are taken as lognormal with the average ticket as mean",
        ),
        "lognormal amounts (Aitchison and Brown 1957)",
    )
    shown = f"{number(sigma)} × z - {number(sigma)}²/2"
    formula = pick(
        lang,
        f"{money_words(v['ticket'], service)} × exp({shown}) = {money_words(round(free(v)), service)}: 건수의 {number(v['share'] * 100)}%가 금액의 {number(part * 100)}%",
        f"{money_words(v['ticket'], service)} × exp({shown}) = {money_words(round(free(v), 2), service)}: {number(v['share'] * 100)}% of payments hold {number(part * 100)}% of the money",
    )
    if stated < free(v):
        limit = money_words(stated, service)
        formula += pick(
            lang, f"; 적힌 한도 {limit}이 더 작아 그대로 둔다", f"; the stated limit of {limit} is lower and stays"
        )
    return finish(draft, money_words(sum_, service), formula, {"two_person": money_words(sum_, service)})


def _assumptions(service: Service) -> tuple[Input, ...]:
    lang = service.language
    return (
        assumed("share", pick(lang, "두 사람이 볼 건수의 몫", "share of payments that two people see"), SEEN_BY_TWO, "%", (0.02, 0.10),
                pick(lang, "시작값: 스무 건에 한 건까지는 대기 없이 본다", "starting value: one in twenty can be seen without a queue")),
        assumed("variation", pick(lang, "금액의 변동계수", "coefficient of variation of amounts"), SPREAD, "", (0.3, 1.0),
                pick(lang, "시작값: 대개 평균의 절반에서 두 배 사이", "starting value: most lie between half and twice the average")),
    )  # fmt: skip


def _limit(service: Service, ticket: Input) -> tuple[Input, ...]:
    """The stated limit of one person for refunds, where it is the tighter one: nobody loosens what is already written."""
    lang = service.language
    limits = [
        (power.limit, power.source)
        for actor in service.people
        for power in actor.authority
        if power.action == "refund" and power.per not in ("day", "month") and _same(power.limit, service)
    ]
    if not limits:
        return ()
    lowest, source = min(limits, key=lambda pair: pair[0].value.amount if pair[0] else math.inf)
    if lowest is None or lowest.value.amount >= threshold(ticket.value, sigma_of(SPREAD), SEEN_BY_TWO):
        return ()
    return (
        given(
            "limit",
            pick(lang, "적힌 전결 한도", "stated limit of one person"),
            lowest.value.amount,
            money_unit(service),
            source,
        ),
    )


def _same(limit: Fact[Money] | None, service: Service) -> bool:
    return limit is not None and limit.value.currency == service.currency and limit.value.amount > 0
