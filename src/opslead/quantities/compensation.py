"""How much one person may give away on the spot.

A payment x decided alone costs, on average, α·x (the share given without cause); passing it on costs e (two people's minutes).
Deciding alone is cheaper while α·x < e, so the limit is e/α, whatever the law of the amounts. It is capped at the amount below
which four in five payments lie: a limit above all payments controls nothing, however cheap the sum makes it. To look into a case
only where the expected benefit exceeds what looking costs is the rule for cost variances (Kaplan, The Significance and Investigation
of Cost Variances, Journal of Accounting Research 13, 1975); its use on payments is opslead's own.
"""

from __future__ import annotations

from collections.abc import Iterator

from opslead.model.service import Actor, Service
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
    wage_input,
)
from opslead.quantities.lognormal import quantile
from opslead.text import pick

_ALONE = 0.8
"""The share of payments that may be decided alone at most."""
_GIVING = frozenset({"refund", "compensate", "adjust", "claim", "answer", "cancel", "approve"})


def alone_limit(escalation: float, without_cause: float) -> float:
    """The payment at which giving alone and passing on cost the same; `without_cause` is a share above 0."""
    return escalation / without_cause


def compute(service: Service) -> Iterator[Computation]:
    """Where there is a ticket to measure by and somebody who gives."""
    ticket, wage = ticket_input(service), wage_input(service)
    if ticket is None or wage is None or not _giver(service):
        return
    made = _limit(service, (ticket, wage, *_assumptions(service)))
    if made is not None:
        yield made


def _limit(service: Service, inputs: tuple[Input, ...]) -> Computation | None:
    lang, v = service.language, values_of(inputs)

    def parts(x: Values) -> tuple[float, float]:
        cap = quantile(_ALONE, x["median"] * x["ticket"], max(x["p95"], 1.2 * x["median"]) * x["ticket"])
        return alone_limit(2 * x["minutes"] / 60 * x["wage"], x["cause"]), cap

    escalation, cap = parts(v)
    limit = nice(min(escalation, cap))
    draft = Draft(
        "compensation_limit@spot",
        pick(lang, "현장·상담 단독 보상 한도", "Limit of compensation decided alone"),
        money_unit(service),
        inputs,
        lambda x: min(parts(x)),
        pick(
            lang,
            "근거 없이 나가는 몫의 손실이 승인을 받는 두 사람의 시간값과 같아지는 금액. 다섯 건 가운데 한 건은 두 번째 사람이 보게 80% 지점에서 자른다",
            "the sum at which what is given without cause costs as much as two people's minutes for an approval; cut at the 80% point, so that one payment in five is seen by a second person",
        ),
        "look into a case where the expected benefit exceeds the cost of looking (after Kaplan on cost variances, Journal of Accounting Research 13, 1975); lognormal amounts",
    )
    formula = pick(
        lang,
        f"2명 × {number(v['minutes'])}분 × {money_words(v['wage'], service)}/60 ÷ {number(v['cause'] * 100)}% = {money_words(round(escalation), service)}; 보상 80% 지점 {money_words(round(cap), service)}; 작은 쪽",
        f"2 people × {number(v['minutes'])} min × {money_words(v['wage'], service)}/60 ÷ {number(v['cause'] * 100)}% = {money_words(round(escalation, 2), service)}; 80% point of payments {money_words(round(cap, 2), service)}; the smaller",
    )
    slots = {
        "spot_limit": money_words(limit, service),
        "spot_low": money_words(nice(limit / 2), service),
        "spot_high": money_words(nice(limit * 1.5), service),
    }
    return finish(draft, money_words(limit, service), formula, slots)


def _assumptions(service: Service) -> tuple[Input, ...]:
    lang = service.language
    tickets = pick(lang, "배", "x")
    amounts = pick(
        lang,
        "시작값: 보상은 대개 객단가의 절반, 스무 건에 한 건은 두 배를 넘음",
        "starting value: half a ticket as a rule, above two in one of twenty",
    )
    return (
        assumed("minutes", pick(lang, "승인 한 건에 한 사람이 쓰는 시간", "minutes of each of two people for an approval"), 5.0, pick(lang, "분", "min"), (2.0, 10.0),
                pick(lang, "시작값: 올리고 읽고 누르는 데 각 5분", "starting value: 5 minutes each to raise, read and press")),
        assumed("cause", pick(lang, "근거 없이 나가는 몫", "share given without cause"), 0.10, "%", (0.05, 0.14),
                pick(lang, "시작값: 보상에 대한 통계는 찾지 못해, 가까운 두 수치인 직원 부정 손실(매출의 5%로 추정, ACFE 2024)과 부정 반품(미국 소매 반품의 13.7%, NRF·Appriss Retail 2023) 사이로 둠",
                     "starting value: no figure on compensation found, so between two near it: 5% of revenue lost to occupational fraud, as examiners estimate (ACFE, Report to the Nations 2024), and 13.7% of retail returns in the US fraudulent (NRF and Appriss Retail 2023)")),
        assumed("median", pick(lang, "보상 금액 중앙값(객단가의 배수)", "median payment, in tickets"), 0.5, tickets, (0.25, 0.8), amounts),
        assumed("p95", pick(lang, "보상 금액 95%(객단가의 배수)", "95% of payments, in tickets"), 2.0, tickets, (1.2, 4.0), amounts),
    )  # fmt: skip


def _giver(service: Service) -> Actor | None:
    return next((a for a in service.people if _GIVING & set(a.does) or a.authority), None)
