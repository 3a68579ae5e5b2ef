"""When money moves on, against when it may have to come back, when its sum is known and when anybody would notice."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta

from opslead.lenses.finding import Measured, find
from opslead.lenses.hole import Arithmetic, Evidence, Hole, Quotation
from opslead.lenses.people import absence, stated_performers
from opslead.lenses.windows.clocks import about, words
from opslead.model.measure import Money, format_duration, format_number, format_share
from opslead.model.plausible import day_of_month, no_such_day
from opslead.model.service import Clock, Fact, MoneyRule, Service, Source
from opslead.text import pick


def payout_before_return(service: Service) -> Iterator[Hole]:
    """Money handed on before the window in which it may have to come back."""
    companies = {p.name for p in service.partners} | {c.name for c in service.channels}
    payout = next(
        (
            m
            for m in service.money
            if m.kind in ("payout", "settlement")
            and m.due
            and not no_such_day(m.due)
            and not {m.payee, m.subject} & companies
        ),
        None,
    )
    back = _money_back_window(service)
    if payout is None or back is None or not (service.kinds & {"refund", "return", "dispute", "cancel"}):
        return
    if _closed_by_then(payout, back[0]) or _kept_back(service, back[0]):
        return
    lang = service.language
    window, length = back[1], words(back[0], service)
    who = payout.payee or pick(lang, payout.subject or "받는 쪽", "the payee")
    formula = pick(lang, f"지급 {payout.due} / {window} {length}", f"payout {payout.due} / “{window}” {length}")
    result = pick(
        lang,
        f"지급일 전 {length} 안에 끝난 건은 창이 닫히기 전에 지급된다",
        f"what ends within {length} before the payout is paid out before the window closes",
    )
    cycle, unseen = payout.cycle, None
    if cycle is not None and cycle < timedelta(days=14) and back[0].value < cycle:
        safe = format_duration(cycle - back[0].value, lang)
        result += pick(lang, f"; 나머지 {safe}분만 안전하다", f"; only the {safe} before that are safe")
    if cycle is not None:
        days = format_number(cycle.days)
        unseen = Measured(
            cycle.total_seconds() / 3600, pick(lang, f"다음 정산까지 {days}일", f"{days} days until the next statement")
        )
    due = payout.due if lang == "ko" else payout.due[:1].lower() + payout.due[1:]
    slots = {"who": who, "due": due, "window": window, "length": length}
    evidence = (Arithmetic(formula, result, (payout.source, back[0].source)),)
    yield find(service, "windows.payout_before_return", payout.kind, slots, evidence, unseen=unseen)


def _closed_by_then(payout: MoneyRule, window: Fact[timedelta]) -> bool:
    """Whether a month is paid out on a day by which the window of its last day is over: 48 h against the 5th."""
    day = day_of_month(payout.due)
    monthly = payout.cycle is not None and payout.cycle >= timedelta(days=28)
    return monthly and day is not None and window.value <= timedelta(days=day - 1)


_DEADLINE = re.compile(r"within|at the latest|no later|이내|안에|내에", re.I)


def _kept_back(service: Service, window: Fact[timedelta]) -> bool:
    """Whether a payout is stated to wait out the window (`funds released (48h)`); a deadline for paying is no such wait."""
    return any(
        s.within is not None
        and not s.within.assumed
        and s.within.value >= window.value
        and not _DEADLINE.search(s.source.text)
        for s in service.steps("payout")
    )


_BACK = (
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


def _money_back_window(service: Service) -> tuple[Fact[timedelta], str] | None:
    for item in service.clocks:
        if item.length is not None and item.kind in ("window", "deadline", "latency") and about(item, _BACK):
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
    stretch = None if longest else _stretch(service, expiry.length)
    inputs = tuple(c.source for c in (expiry, ahead) if c is not None)
    if stretch is not None:
        inputs = (expiry.source, *stretch.sources)
    sum_ = Arithmetic(
        f"{stretch.formula if stretch else longest or pick(lang, '?', 'time until use (not stated)')} > {life}",
        pick(lang, "승인 유효 기간보다 늦은 수금", "collected after the approval has ended"),
        inputs,
    )
    loss, ticket = None, service.ticket
    if ticket is not None and ticket.value.amount > 0:
        money = ticket.value.format(lang)
        loss = Measured(ticket.value.amount, pick(lang, f"건당 {money}", f"{money} each"))
    slots = {"life": life, "ahead": longest, **({} if longest or stretch else {"unstated": life})}
    if stretch is not None:
        slots |= {"stretch": stretch.length, "waits": stretch.waits, "work": stretch.collect}
    yield find(service, "windows.authorization_expires", "authorize", slots, (sum_,), loss=loss)


@dataclass(frozen=True)
class _Stretch:
    """The longest stated time from the approval to what is collected on it."""

    length: str
    waits: str
    collect: str
    formula: str
    sources: tuple[Source, ...]


_COLLECT = ("capture", "charge", "release")


def _stretch(service: Service, life: Fact[timedelta]) -> _Stretch | None:
    """The stated waits between an approval and its collection, with the longest absence of whoever inspects; none if they fit."""
    lang = service.language
    for flow in service.flows:
        first = next((i for i, s in enumerate(flow.steps) if s.kind == "authorize"), None)
        last = next(
            (i for i, s in enumerate(flow.steps) if first is not None and i > first and s.kind in _COLLECT), None
        )
        if first is None or last is None:
            continue
        held = [s for s in flow.steps[:first] if s.kind == "hold"]
        parts: list[tuple[timedelta, Source]] = []
        for step in (*held, *flow.steps[first + 1 : last]):
            if step.within is not None and not step.within.assumed:
                parts.append((step.within.value, step.within.source))
            gap = absence(stated_performers(service, step.kind, step)) if step.kind in ("inspect", "review") else None
            if gap is not None:
                parts.append((timedelta(hours=gap.hours), gap.sources[0]))
        total = sum((length for length, _ in parts), timedelta(0))
        if len(parts) < 2 or total <= life.value:
            continue
        shown = [format_duration(length, lang) for length, _ in parts]
        days = pick(
            lang, f"{format_number(total / timedelta(days=1))}일", f"{format_number(total / timedelta(days=1))} days"
        )
        joined = " + ".join(shown)
        return _Stretch(days, joined, flow.steps[last].title(lang), f"{joined} = {days}", tuple(s for _, s in parts))
    return None


# --- a sum that is known only after

_PRICE = re.compile(r"price|amount|sum\b|total|meter|billing|fare|요금|금액|가격|정산액|검침|계량", re.I)
_LET_GO = re.compile(r"released?|refunded|풀|해제|반환|취소", re.I)
_BEGINS = re.compile(r"start|begin|use\b|시작|이용|입실|개시", re.I)
LATE = timedelta(hours=1)
"""From which a price that comes after the use is one that the customer is no longer there for."""
_DECLINED = re.compile(r"declin|거절|결제 실패|승인 실패|payment fail|insufficient|잔액 부족|한도 초과", re.I)


def price_after_authorisation(service: Service) -> Iterator[Hole]:
    """A sum that is known only after the use, with less than it authorised before."""
    late = next((c for c in service.clocks if _late_price(c)), None)
    held = next((m for m in service.money if m.kind == "preauthorization" and m.amount is not None), None)
    ticket, lang = service.ticket, service.language
    if late is None or late.length is None or held is None or held.amount is None or ticket is None:
        return
    if not any(service.steps("authorize")) or not any(service.steps("capture", "charge")):
        return
    sum_held, price = held.amount.value, ticket.value
    if sum_held.currency != price.currency or sum_held.amount >= price.amount or price.amount <= 0:
        return
    share = f"{format_number(sum_held.amount / price.amount * 100)}%"
    told = f"{held.source.text} {held.amount.source.text}"
    gone = bool(_LET_GO.search(told) and _BEGINS.search(told))
    open_ = price.amount if gone else price.amount - sum_held.amount
    shown = _money(open_, price.currency, service)
    length = words(late.length, service)
    formula = f"{sum_held.format(lang)} / {price.format(lang)} = {share}" + (
        "" if gone else f"; {price.format(lang)} - {sum_held.format(lang)} = {shown}"
    )
    result = pick(lang, f"이용 전에 확보한 돈은 평균의 {share}", f"{share} of the average is secured before use")
    slots = {
        "price": late.subject,
        "length": length,
        "held": sum_held.format(lang),
        "average": price.format(lang),
        "share": share,
        "open": shown,
        **({"released": sum_held.format(lang)} if gone else {}),
    }
    evidence: list[Evidence] = [Arithmetic(formula, result, (held.amount.source, ticket.source, late.source))]
    quoted = [s for s in (held.amount.source if gone else None, _declined(service)) if s is not None]
    if quoted:
        evidence.append(Quotation(tuple(quoted)))
    loss = Measured(open_, pick(lang, f"확보하지 못한 {shown}", f"{shown} not secured"))
    hours = late.length.value.total_seconds() / 3600
    unseen = Measured(hours, pick(lang, f"금액이 나오기까지 {length}", f"{length} until the sum is known"))
    yield find(
        service, "windows.price_after_authorisation", late.kind, slots, tuple(evidence), loss=loss, unseen=unseen
    )


def _late_price(item: Clock) -> bool:
    return (
        item.length is not None
        and item.kind == "latency"
        and item.length.value >= LATE
        and bool(_PRICE.search(item.subject))
    )


def _money(amount: float, currency: str, service: Service) -> str:
    return Money(amount, currency).format(service.language)


def _declined(service: Service) -> Source | None:
    return next((s for s in (r.source for r in service.rules) if _DECLINED.search(s.text)), None)


# --- books that are compared

_COMPARED = ("대사", "맞춰", "맞추", "대조", "reconcil", "compare", "check against", "match")


def blind_reconciliation(service: Service) -> Iterator[Hole]:
    """Books compared so rarely that an error lives longer than the right to undo it."""
    rule = next((m for m in service.money if _rarely_compared(m)), None)
    step = next((s for s in service.steps("reconcile") if s.name), None)
    if rule is None or rule.cycle is None or not service.partners + service.channels:
        return
    lang = service.language
    late = max((day_of_month(rule.due) or 1) - 1, 0) if rule.cycle >= timedelta(days=28) else 0
    oldest = rule.cycle + timedelta(days=min(late, 30))
    days = format_number(oldest.days)
    others = [p.name for p in service.partners] + [c.name for c in service.channels]
    named = next((name for name in others if name.split()[0] in f"{rule.subject} {rule.source.text}"), others[0])
    other = rule.payer or rule.payee or named
    formula = pick(
        lang,
        f"주기 {rule.cycle.days}일 + 대사일까지 {oldest.days - rule.cycle.days}일 = {days}일",
        f"cycle {rule.cycle.days} d + {oldest.days - rule.cycle.days} d until it is done = {days} d",
    )
    inputs = [rule.source, *((step.source,) if step else ())]
    evidence: list[Evidence] = []
    slots = {"other": other, "due": rule.due, "days": days}
    if (cases := service.cases_per_day) is not None:
        channel = next((c for c in service.channels if c.name == named and c.share is not None), None)
        part = channel.share.value if channel and channel.share else 1.0
        slots["count"] = format_number(cases.value * part * oldest.days)
        sources = [cases.source]
        sum_ = f"{format_number(cases.value)} × {days} = {slots['count']}"
        counted = pick(lang, f"그사이 {slots['count']}건", f"{slots['count']} cases meanwhile")
        if channel and channel.share:
            sources.append(channel.share.source)
            sum_ = f"{format_number(cases.value)} × {format_share(part, lang)} × {days} = {slots['count']}"
            counted = pick(lang, f"그사이 {other} {slots['count']}건", f"{slots['count']} cases with {other} meanwhile")
        evidence.append(Arithmetic(sum_, counted, tuple(sources)))
    evidence.insert(0, Arithmetic(formula, pick(lang, f"최장 {days}일", f"up to {days} days"), tuple(inputs)))
    hours = oldest.total_seconds() / 3600
    shown = pick(lang, f"{days}일 = {format_number(hours)}시간", f"{days} days = {format_number(hours)} h")
    yield find(
        service, "windows.blind_reconciliation", rule.kind, slots, tuple(evidence), unseen=Measured(hours, shown)
    )


def _rarely_compared(rule: MoneyRule) -> bool:
    said = f"{rule.subject} {rule.source.text}".lower()
    return (
        rule.cycle is not None
        and rule.cycle >= timedelta(days=7)
        and (rule.kind == "reconciliation" or any(word in said for word in _COMPARED))
    )
