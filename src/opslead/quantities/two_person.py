"""From which sum two people have to approve: few payments, much of the money.

With lognormal amounts of mean m and log-deviation σ the share q of the largest begins at m · exp(σ·z - σ²/2) with z the point
above which q of the standard normal lies, and holds Φ(σ - z) of the money (Aitchison and Brown, The Lognormal Distribution, 1957:
the moment distribution is lognormal with μ + σ²). Auditors look at the large sums first as well: in monetary unit sampling the
chance of an item grows with its amount, and one above the interval is always drawn.
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
    finish,
    money_unit,
    money_words,
    nice,
    number,
    ticket_input,
    values_of,
)
from opslead.quantities.lognormal import normal_cdf, normal_quantile
from opslead.text import pick

_MONEY_OUT = frozenset({"refund", "payout", "compensate", "adjust", "cancel"})


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
    made = _threshold(service, (ticket, *_assumptions(service)))
    if made is not None:
        yield made


def _threshold(service: Service, inputs: tuple[Input, ...]) -> Computation | None:
    lang, v = service.language, values_of(inputs)

    def again(x: Values) -> float:
        return threshold(x["ticket"], x["sigma"], x["share"])

    sum_ = nice(again(v))
    part = money_above(v["sigma"], v["share"])
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
    formula = pick(
        lang,
        f"{money_words(v['ticket'], service)} × exp({number(v['sigma'])} × z - {number(v['sigma'])}²/2) = {money_words(round(again(v)), service)}: 건수의 {number(v['share'] * 100)}%가 금액의 {number(part * 100)}%",
        f"{money_words(v['ticket'], service)} × exp({number(v['sigma'])} × z - {number(v['sigma'])}²/2) = {money_words(round(again(v), 2), service)}: {number(v['share'] * 100)}% of payments hold {number(part * 100)}% of the money",
    )
    return finish(draft, money_words(sum_, service), formula, {"two_person": money_words(sum_, service)})


def _assumptions(service: Service) -> tuple[Input, ...]:
    lang = service.language
    return (
        assumed("share", pick(lang, "두 사람이 볼 건수의 몫", "share of payments that two people see"), 0.05, "%", (0.02, 0.10),
                pick(lang, "시작값: 스무 건에 한 건까지는 대기 없이 본다", "starting value: one in twenty can be seen without a queue")),
        assumed("sigma", pick(lang, "금액의 로그 표준편차", "log-deviation of amounts"), 0.8, "", (0.5, 1.1),
                pick(lang, "시작값: 95% 지점이 중앙값의 약 4배", "starting value: the 95% point is about four times the median")),
    )  # fmt: skip
