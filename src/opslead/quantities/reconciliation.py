"""How often to compare two books: the square-root formula.

Comparing every t days costs c/t a day; differences arise at rate r a day and each costs k for a day unseen, on average t/2 days:
c/t + r·k·t/2 is least at t = sqrt(2c / (r·k)). It is the economic order quantity (Harris, Factory 10, 1913) and, for a constant rate
and to first order, the checking interval of Barlow, Hunter and Proschan (Optimum Checking Procedures, J. SIAM 11, 1963).
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
    money_words,
    number,
    ticket_input,
    values_of,
    wage_input,
)
from opslead.text import Lang, pick

_RHYTHMS = (0.25, 0.5, 1.0, 2.0, 7.0, 14.0, 30.0)
"""Days between comparisons that an operation can keep."""
_SETTLING = ("payment", "bank", "channel", "marketplace", "platform")


def interval_days(effort: float, per_day: float, cost_of_a_day: float) -> float:
    """Days between comparisons; all three above 0, effort and cost in one currency."""
    return math.sqrt(2 * effort / (per_day * cost_of_a_day))


_FLAT = (1.1 - math.sqrt(0.21), 1.1 + math.sqrt(0.21))
"""Between these multiples of the optimum the cost is less than a tenth above the least: (x + 1/x) / 2 = 1.1."""


def rhythm(days: float) -> float:
    """The shortest interval an operation can keep at which the cost hardly differs from the least, else the nearest by ratio."""
    near = [x for x in _RHYTHMS if _FLAT[0] * days <= x <= _FLAT[1] * days]
    return near[0] if near else min(_RHYTHMS, key=lambda x: (abs(math.log(x / days)), x))


def compute(service: Service) -> Iterator[Computation]:
    """Where somebody else keeps books of the same cases."""
    cases, ticket, wage = cases_input(service), ticket_input(service), wage_input(service)
    others = [p for p in service.partners if p.kind in _SETTLING]
    paid = any(True for _ in service.steps("charge", "authorize", "capture", "pay_in"))
    if cases is None or ticket is None or wage is None or not (others or paid):
        return
    made = _interval(service, (cases, ticket, wage, *_channel(service), *_assumptions(service)))
    if made is not None:
        yield made


def _interval(service: Service, inputs: tuple[Input, ...]) -> Computation | None:
    lang, v = service.language, values_of(inputs)

    def again(x: Values) -> float:
        found = x["cases"] * x.get("share", 1.0) * x["errors"]
        return interval_days(x["minutes"] / 60 * x["wage"], found, x["harm"] * x["ticket"])

    exact = again(v)
    days = rhythm(exact)
    found = v["cases"] * v.get("share", 1.0) * v["errors"]
    effort, harm = v["minutes"] / 60 * v["wage"], v["harm"] * v["ticket"]
    draft = Draft(
        "reconciliation@books",
        pick(lang, "대사 주기", "Rhythm of comparing books"),
        pick(lang, "일", "days"),
        inputs,
        again,
        pick(
            lang,
            "맞춰 보는 품과, 어긋난 채 지나가는 날의 손해를 더한 값이 가장 작은 간격. 자동 대조를 두고 사람은 차이 목록만 본다고 본다",
            "the interval at which the work of comparing plus the harm of days unseen is least; matching is automatic and a person looks at the differences only",
        ),
        "square-root formula (Harris, Factory 10, 1913; for checking: Barlow, Hunter and Proschan, J. SIAM 11, 1963)",
    )
    formula = pick(
        lang,
        f"√(2 × {money_words(round(effort), service)} ÷ (하루 {number(found)}건 × {money_words(round(harm), service)})) = {number(exact)}일 → {_often(days, lang)}",
        f"√(2 × {money_words(round(effort, 2), service)} ÷ ({number(found)} a day × {money_words(round(harm, 2), service)})) = {number(exact)} days → {_often(days, lang)}",
    )
    flat = (exact * _FLAT[0], exact * _FLAT[1])
    return finish(draft, _often(days, lang), formula, {"reconcile_at": _when(days, lang)}, flat)


def _often(days: float, lang: Lang) -> str:
    ko, en = _WORDS[days]
    return pick(lang, ko, en)


_WORDS = {
    0.25: ("하루 4회", "four times a day"), 0.5: ("하루 2회", "twice a day"), 1.0: ("매일", "daily"), 2.0: ("이틀마다", "every 2 days"),
    7.0: ("매주", "weekly"), 14.0: ("2주마다", "every 2 weeks"), 30.0: ("매월", "monthly"),
}  # fmt: skip
_TIMES = {
    0.25: ("매일 01:00·07:00·13:00·19:00", "daily at 01:00, 07:00, 13:00 and 19:00"),
    0.5: ("매일 07:00·19:00", "daily at 07:00 and 19:00"),
    1.0: ("매일 07:00", "daily at 07:00"),
    2.0: ("이틀마다 07:00", "every 2 days at 07:00"),
    7.0: ("매주 월요일 07:00", "Mondays at 07:00"),
    14.0: ("2주마다 월요일 07:00", "every second Monday at 07:00"),
    30.0: ("매월 1일 07:00", "on the 1st of each month at 07:00"),
}


def _when(days: float, lang: Lang) -> str:
    ko, en = _TIMES[days]
    return pick(lang, ko, en)


def _channel(service: Service) -> tuple[Input, ...]:
    """The part of the cases that comes through the others' books, where all of it is stated; payments concern every case."""
    if any(p.kind in ("payment", "bank") for p in service.partners) or any(True for _ in service.steps("charge")):
        return ()
    named = {p.name for p in service.partners if p.kind in _SETTLING}
    shares = [c.share for c in service.channels if c.name in named and c.share is not None]
    if len(shares) != 1 or not 0 < shares[0].value <= 1:
        return ()
    return (given("share", pick(service.language, "그쪽 비중", "their share"), shares[0].value, "%", shares[0].source),)


def _assumptions(service: Service) -> tuple[Input, ...]:
    lang = service.language
    return (
        assumed("errors", pick(lang, "어긋나는 건의 비율", "share of cases that differ"), 0.002, "%", (0.0005, 0.01),
                pick(lang, "시작값: 500건에 1건. 첫 4주의 차이 목록으로 바꾼다", "starting value: one in 500; replace by the differences of the first four weeks")),
        assumed("harm", pick(lang, "하루 모르고 지날 때 손해(객단가의 배수)", "harm of a day unseen, in tickets"), 0.3, pick(lang, "배", "x"), (0.1, 1.0),
                pick(lang, "시작값: 이용 뒤에야 알면 객단가의 3배, 이용은 약 10일 뒤", "starting value: 3 tickets when it is found only after use, about 10 days later")),
        assumed("minutes", pick(lang, "차이 목록을 한 번 보는 시간", "minutes to look at the differences once"), 10.0, pick(lang, "분", "min"), (5.0, 60.0),
                pick(lang, "시작값: 자동 대조 뒤 10분. 손으로 맞추면 60분", "starting value: 10 minutes after automatic matching, 60 by hand")),
    )  # fmt: skip
