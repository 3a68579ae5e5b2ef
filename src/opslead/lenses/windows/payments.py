"""When money moves on, against when it may have to come back and when anybody would notice."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from opslead.knowledge.losses import Loss
from opslead.lenses.hole import Arithmetic, Grade, Hole, Question, hole_id
from opslead.lenses.windows.clocks import about, words
from opslead.model.measure import format_duration, format_number
from opslead.model.service import Fact, MoneyRule, Service
from opslead.text import josa, pick


def payout_before_return(service: Service) -> Iterator[Hole]:
    """Money handed on before the window in which it may have to come back."""
    companies = {p.name for p in service.partners} | {c.name for c in service.channels}
    payout = next(
        (
            m
            for m in service.money
            if m.kind in ("payout", "settlement") and m.due and not {m.payee, m.subject} & companies
        ),
        None,
    )
    back = _money_back_window(service)
    if payout is None or back is None or not (service.kinds & {"refund", "return", "dispute", "cancel"}):
        return
    lang = service.language
    window, length = back[1], words(back[0], service)
    who = payout.payee or payout.subject or pick(lang, "받는 쪽", "the payee")
    paid = f" ({payout.payee})" if payout.payee else ""
    cycle = payout.cycle
    if cycle is not None and cycle < timedelta(days=14) and back[0].value < cycle:
        safe = format_duration(cycle - back[0].value, lang)
    else:
        safe = ""
    yield Hole(
        id=hole_id("windows.payout_before_return", payout.kind),
        lens="windows",
        mechanism="windows.payout_before_return",
        surfaces=(3, 7),
        loss=Loss.WRONG_AMOUNT,
        condition=pick(
            lang,
            f"{josa(who, '은/는')} {payout.due} 지급받는데 {josa(window, '이/가')} {length}까지 남아 있어, 지급 직전 건은 지급 뒤에 바뀌거나 되돌아온다",
            f"payout {payout.due}{paid}, while “{window}” can take {length}; what happens just before a payout changes or comes back after it",
        ),
        user_impact=pick(
            lang, "환불할 돈이 이미 넘어가 환불이 늦어진다", "the money for the refund has gone, so the refund waits"
        ),
        operations_impact=pick(
            lang,
            f"{who}에게서 되받거나 다음 지급에서 빼야 하고, 떠난 상대면 못 받는다",
            f"it must be taken back from {payout.payee or 'the payee'} or from the next payout; from one who left, never",
        ),
        evidence=(
            Arithmetic(
                pick(lang, f"지급 {payout.due} / {window} {length}", f"payout {payout.due} / “{window}” {length}"),
                pick(
                    lang,
                    f"지급일 전 {length} 안에 끝난 건은 창이 닫히기 전에 지급된다",
                    f"what ends within {length} before the payout is paid out before the window closes",
                )
                + (
                    pick(lang, f"; 나머지 {safe}분만 안전하다", f"; only the {safe} before that are safe")
                    if safe
                    else ""
                ),
                (payout.source, back[0].source),
            ),
        ),
        severity=Grade(7, pick(lang, "돌려받지 못하면 그대로 손실이다", "what cannot be recovered is lost")),
        occurrence=Grade(6, pick(lang, "지급 주기마다 경계 건이 있다", "every payout has cases at its edge")),
        detection=Grade(
            7, pick(lang, "다음 정산에서야 마이너스로 보인다", "seen as a negative line in the next statement")
        ),
        slots={"who": who, "due": payout.due, "window": window, "length": length},
        questions=(
            Question(
                pick(lang, "지급 보류 기간과 유보 비율", "how long to hold payouts, and which share to keep back"),
                pick(
                    lang,
                    "지급 뒤 발생한 환불·분쟁의 건수·금액·경과 일수, 12개월",
                    "refunds and disputes after payout: count, sum, days after, twelve months",
                ),
                5.0,
            ),
        ),
    )


def _money_back_window(service: Service) -> tuple[Fact[timedelta], str] | None:
    words = (
        "분쟁",
        "반품",
        "환불",
        "이의",
        "교환",
        "클레임",
        "dispute",
        "return",
        "refund",
        "claim",
        "chargeback",
        "meter",
    )
    for item in service.clocks:
        if item.length is not None and item.kind in ("window", "deadline", "latency") and about(item, words):
            return item.length, item.subject
    for way in service.exits("return", "dispute", "claim"):
        if way.within is not None:
            return way.within, way.name
    return None


def authorization_expires(service: Service) -> Iterator[Hole]:
    """A card approval that ends before the money is collected."""
    expiry = next(
        (
            c
            for c in service.clocks
            if c.length is not None
            and c.length.value >= timedelta(days=1)
            and about(c, ("authoriz", "authoris", "가승인", "카드 승인", "승인 유효", "card hold", "pre-auth"))
            and about(c, ("expir", "valid", "laps", "유효", "만료", "소멸"))
        ),
        None,
    )
    ahead = next(
        (
            c
            for c in service.clocks
            if c.length is not None
            and about(
                c, ("예약 가능", "사전 예약", "in advance", "ahead", "next ", "within the next", "booking window")
            )
            and c.kind not in ("retry", "sla")
        ),
        None,
    )
    if expiry is None or expiry.length is None or not any(service.steps("authorize")):
        return
    lang = service.language
    life = words(expiry.length, service)
    longest = (
        words(ahead.length, service) if ahead and ahead.length and ahead.length.value > expiry.length.value else ""
    )
    inputs = tuple(c.source for c in (expiry, ahead) if c is not None)
    condition = (
        pick(
            lang,
            f"카드 승인은 {life} 뒤 사라지는데 이용은 최대 {longest} 뒤이고 수금은 그다음이다",
            f"the card approval ends after {life}, use can be {longest} away, and collection comes after it",
        )
        if longest
        else pick(
            lang,
            f"카드 승인은 {life} 뒤 사라지는데, 그 안에 수금이 끝난다는 규칙이 없다",
            f"the card approval ends after {life}, and no rule says that collection happens before",
        )
    )
    yield Hole(
        id="windows.authorization_expires@authorize",
        lens="windows",
        mechanism="windows.authorization_expires",
        surfaces=(3, 10),
        loss=Loss.ENTITLEMENT_WITHOUT_MONEY,
        condition=condition,
        user_impact=pick(
            lang,
            "이용이 끝난 뒤 다시 결제하라는 연락을 받는다",
            "people are asked to pay again after the service was used",
        ),
        operations_impact=pick(
            lang,
            "제공은 끝났는데 돈을 받을 수 없고, 상대에게 줄 돈만 남는다",
            "the service is delivered, cannot be collected, and is still owed to the other side",
        ),
        evidence=(
            Arithmetic(
                f"{longest or pick(lang, '?', 'time until use (not stated)')} > {life}",
                pick(lang, "승인 유효 기간보다 늦은 수금", "collected after the approval has ended"),
                inputs,
            ),
        ),
        severity=Grade(8, pick(lang, "제공한 뒤 못 받는다", "delivered and unpaid")),
        occurrence=Grade(6, pick(lang, "일찍 잡은 건마다", "with every case made early")),
        detection=Grade(6, pick(lang, "수금하는 날 거절로 안다", "known on the day collection fails")),
        slots={"life": life, "ahead": longest},
        questions=(
            Question(
                pick(lang, "재승인 시점과 실패 시 처리", "when to approve again, and what happens when that fails"),
                pick(
                    lang,
                    "예약부터 이용까지의 일수 분포와 결제사의 승인 유효 기간(카드별)",
                    "days from booking to use, and the approval's life by card brand",
                ),
                6.0,
            ),
        ),
    )


def blind_reconciliation(service: Service) -> Iterator[Hole]:
    """Books compared so rarely that an error lives longer than the right to undo it."""
    compared = ("대사", "맞춰", "맞추", "대조", "reconcil", "compare", "check against", "match")
    rule = next(
        (
            m
            for m in service.money
            if m.cycle is not None
            and m.cycle >= timedelta(days=7)
            and (m.kind == "reconciliation" or any(word in f"{m.subject} {m.source.text}".lower() for word in compared))
        ),
        None,
    )
    step = next((s for s in service.steps("reconcile") if s.name), None)
    if rule is None or rule.cycle is None or not service.partners + service.channels:
        return
    lang = service.language
    late = max(_day_of_month(rule) - 1, 0) if rule.cycle >= timedelta(days=28) else 0
    oldest = rule.cycle + timedelta(days=late)
    days, cases = format_number(oldest.days), service.cases_per_day
    count = format_number(cases.value * oldest.days) if cases else ""
    others = [p.name for p in service.partners] + [c.name for c in service.channels]
    named = next((name for name in others if name.split()[0] in f"{rule.subject} {rule.source.text}"), others[0])
    other = rule.payer or rule.payee or named
    formula = pick(
        lang,
        f"주기 {rule.cycle.days}일 + 대사일까지 {oldest.days - rule.cycle.days}일 = {days}일",
        f"cycle {rule.cycle.days} d + {oldest.days - rule.cycle.days} d until it is done = {days} d",
    )
    yield Hole(
        id=hole_id("windows.blind_reconciliation", rule.kind),
        lens="windows",
        mechanism="windows.blind_reconciliation",
        surfaces=(6, 3, 12),
        loss=Loss.BLINDNESS,
        condition=pick(
            lang,
            f"{other} 내역을 {rule.due}에만 맞춰 봐서, 주기 첫날의 오류는 최장 {days}일 뒤에 안다"
            + (f"(그사이 {count}건)" if count else ""),
            f"the books with {other} are compared {rule.due} only: an error on the first day stays unseen for up to {days} days"
            + (f" ({count} cases)" if count else ""),
        ),
        user_impact=pick(
            lang,
            "빠진 환불·이중 결제를 고객이 먼저 발견해 전화한다",
            "customers find missing refunds and double charges first",
        ),
        operations_impact=pick(
            lang,
            "한 달 전 건의 사정을 아는 사람이 없어 차액을 '기타'로 떨군다",
            "nobody remembers a case that old, so the difference is written off as other",
        ),
        evidence=(
            Arithmetic(
                formula,
                pick(lang, f"최장 {days}일", f"up to {days} days"),
                (rule.source, *((step.source,) if step else ()), *((cases.source,) if cases else ())),
            ),
        ),
        severity=Grade(6, pick(lang, "오류가 쌓인 만큼 되돌리기 어렵다", "the longer it stands, the harder to undo")),
        occurrence=Grade(7, pick(lang, "주기마다", "every cycle")),
        detection=Grade(9, pick(lang, f"최장 {days}일 동안 아무도 못 본다", f"seen by nobody for up to {days} days")),
        slots={"other": other, "due": rule.due, "days": days, **({"count": count} if count else {})},
        questions=(
            Question(
                pick(lang, "대사 주기와 허용 차액", "how often to compare, and the difference to accept"),
                pick(
                    lang,
                    "최근 6개월 정산 차액의 건수·금액·원인·발견까지 걸린 일수",
                    "differences of six months: count, sum, cause, days until found",
                ),
                5.0,
            ),
        ),
    )


def _day_of_month(rule: MoneyRule) -> int:
    digits = "".join(c if c.isdigit() else " " for c in rule.due).split()
    return min(int(digits[0]), 31) if digits else 0
