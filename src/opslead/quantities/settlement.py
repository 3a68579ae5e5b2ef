"""How many days after completion a case may be paid out: refunds that come later against payees that wait.

For each unit of money paid out d days after completion, cost(d) = ρ · (1 - v) · P(Y > d) + r · d: ρ the share refunded or disputed,
v what is recovered from the payee afterwards, Y days until the claim (lognormal), r the cost of a day's wait. Where a claim window
is stated nothing need be guessed: it is payable when the window has closed and the last claims are in. The trade is that of the
single-period newsvendor on time (Arrow, Harris and Marschak, Econometrica 19, 1951).
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from opslead.model.service import Clock, Service
from opslead.quantities.computation import Computation
from opslead.quantities.inputs import Draft, Values, assumed, finish, given, number, values_of
from opslead.quantities.lognormal import share_above
from opslead.text import pick

_LONGEST = 120
_CLAIM = re.compile(r"반품|환불|교환|이의|분쟁|청약|return|refund|dispute|claim|chargeback", re.I)
"""Windows in which a paid case can come back."""
_UNCLEAR = re.compile(_CLAIM.pattern + r"|취소|cancel", re.I)
"""Clocks that may be such a window: with one of them nothing is guessed."""
_DAY = 86400.0


def cost_of_wait(days: float, refunded: float, recovered: float, median: float, p95: float, per_day: float) -> float:
    """Expected cost for each unit of money paid `days` after completion, as a share of it."""
    return refunded * (1 - recovered) * share_above(days, median, p95) + per_day * days


def payable_days(refunded: float, recovered: float, median: float, p95: float, per_day: float) -> int:
    """The whole number of days with the least cost, at most 120."""
    return min(range(_LONGEST + 1), key=lambda d: cost_of_wait(d, refunded, recovered, median, p95, per_day))


def compute(service: Service) -> Iterator[Computation]:
    """Where somebody is paid out."""
    if not _pays_out(service):
        return
    window = next((c for c in service.clocks if c.kind == "window" and c.length and _CLAIM.search(c.subject)), None)
    stated = any(c.kind in ("window", "deadline") and c.length and _UNCLEAR.search(c.subject) for c in service.clocks)
    if window is None and stated:
        return
    made = _optimum(service) if window is None else _closed(service, window)
    if made is not None:
        yield made


def _pays_out(service: Service) -> bool:
    owed = any(m.kind in ("payout", "settlement") and m.payee for m in service.money)
    return owed or any(True for _ in service.steps("payout"))


def _closed(service: Service, window: Clock) -> Computation | None:
    lang = service.language
    assert window.length is not None
    inputs = (
        given("window", window.subject, window.length.value.total_seconds() / _DAY, pick(lang, "일", "days"), window.length.source),
        assumed("last", pick(lang, "마지막 접수가 처리될 여유", "slack for the last claims"), 1.0, pick(lang, "일", "days"), (0.0, 3.0),
                pick(lang, "시작값: 마지막 날 밤의 접수까지 하루", "starting value: a day for what comes on the last evening")),
    )  # fmt: skip
    v = values_of(inputs)
    draft = Draft(
        "payable@payout",
        _title(service),
        pick(lang, "일", "days"),
        inputs,
        lambda x: x["window"] + x["last"],
        pick(
            lang,
            "물릴 수 있는 기간이 닫히기 전에는 지급하지 않는다",
            "nothing is paid before it can no longer come back",
        ),
        "fence by the stated window",
    )
    days = v["window"] + v["last"]
    formula = f"{number(v['window'])} + {number(v['last'])} = {number(days)}"
    return finish(draft, pick(lang, f"완료 뒤 {number(days)}일", f"{number(days)} days after completion"), formula)


def _title(service: Service) -> str:
    return pick(service.language, "지급 가능일", "Days until a case is payable")


def _optimum(service: Service) -> Computation | None:
    lang = service.language
    days_unit = pick(lang, "일", "days")
    claims = pick(
        lang,
        "시작값: 완료 뒤 대개 사흘 안, 스무 건에 한 건은 2주 뒤",
        "starting value: within three days as a rule, one in twenty after two weeks",
    )
    inputs = (
        assumed("refunded", pick(lang, "완료 뒤 되돌아오는 금액의 비율", "share of money that comes back after completion"), 0.03, "%", (0.01, 0.08),
                pick(lang, "시작값: 3%. 최근 6개월 환불로 바꾼다", "starting value: 3%; replace by the refunds of six months")),
        assumed("recovered", pick(lang, "지급 뒤에도 회수되는 몫", "share recovered from the payee"), 0.5, "%", (0.2, 0.8),
                pick(lang, "시작값: 다음 회차에서 절반은 상계", "starting value: half is set off in the next run")),
        assumed("median", pick(lang, "완료부터 환불·이의까지 중앙값", "days to a claim, median"), 3.0, days_unit, (1.0, 5.0), claims),
        assumed("p95", pick(lang, "환불·이의 95%", "days to a claim, 95%"), 14.0, days_unit, (7.0, 30.0), claims),
        assumed("rate", pick(lang, "지급을 미루는 비용(연)", "cost of making payees wait, a year"), 0.10, "%", (0.05, 0.30),
                pick(lang, "시작값(경험): 지급처가 그 돈을 대신 빌린다고 보고 연 10%. 지급처의 실제 대출 금리로 바꾼다", "starting value from experience: what it costs the payee to borrow the money meanwhile, 10% a year; replace by the payees' own interest")),
    )  # fmt: skip
    v = values_of(inputs)

    def again(x: Values) -> float:
        p95 = max(x["p95"], 1.2 * x["median"])
        return float(payable_days(x["refunded"], x["recovered"], x["median"], p95, x["rate"] / 365))

    days = int(again(v))
    draft = Draft(
        "payable@payout",
        _title(service),
        days_unit,
        inputs,
        again,
        pick(
            lang,
            "지급한 뒤 되돌아와 못 받는 돈과 지급처를 기다리게 하는 비용을 더한 값이 가장 작은 날. 이의 기간이 정해지면 그 기간으로 바꾼다",
            "the day with the least sum of money that comes back after payout and is not recovered, and the cost of making payees wait; a stated claim window replaces it",
        ),
        "newsvendor trade-off on time (Arrow, Harris and Marschak, Econometrica 19, 1951); lognormal days to a claim",
    )
    late = v["refunded"] * share_above(days, v["median"], v["p95"])
    formula = pick(
        lang,
        f"{days}일 뒤: 지급 뒤에 돌아오는 몫 {number(late * 100)}% × (1 - {number(v['recovered'] * 100)}%) + {number(v['rate'] * 100)}%/365 × {days}",
        f"after {days} days: {number(late * 100)}% come back after payout × (1 - {number(v['recovered'] * 100)}%) + {number(v['rate'] * 100)}%/365 × {days}",
    )
    base = cost_of_wait(days, v["refunded"], v["recovered"], v["median"], v["p95"], v["rate"] / 365)
    near = [
        d for d in range(_LONGEST + 1)
        if cost_of_wait(d, v["refunded"], v["recovered"], v["median"], v["p95"], v["rate"] / 365) <= 1.1 * base
    ]  # fmt: skip
    slots = {"payable": pick(lang, f"{days}일", f"{days} days")}
    words = pick(lang, f"완료 뒤 {days}일", f"{days} days after completion")
    return finish(draft, words, formula, slots, (float(near[0]), float(near[-1])))
