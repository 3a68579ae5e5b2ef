"""Money that passes between the parties themselves: a fee that nobody collects, a dispute that nobody can look into."""

from __future__ import annotations

import re
from collections.abc import Iterator

from opslead.lenses.contradictions.said import given, quote, said, short, silent, suppliers
from opslead.lenses.finding import find
from opslead.lenses.hole import Arithmetic, Evidence, Hole
from opslead.model.measure import format_share
from opslead.model.service import Basis, MoneyRule, Partner, Service, Source, Step
from opslead.model.steps import Role

_DIRECT = re.compile(
    r"현장(?:에서)?\s?(?:직접\s?)?(?:결제|지불|처리)|직접\s?(?:결제|지급|송금|전달)|현금|계좌\s?이체|in cash|cash on|on the spot|in person|pay(?:s|ing)? (?:the )?(?:host|seller|driver|provider|owner|helper)s? directly",
    re.I,
)
_COLLECTED = re.compile(
    r"수수료[^.]{0,20}(?:청구|차감|공제|납부|이체|징수|충전|정산|송금)|(?:청구|차감|공제|납부|징수)[^.]{0,20}수수료|예치금|선불|가상\s?계좌"
    r"|invoice|deduct|withh[eo]ld|billed|prepaid|commission is (?:taken|charged)|direct debit",
    re.I,
)
_JUDGES = re.compile(r"분쟁|환불|이의|dispute|refund|claim", re.I)
_HOLDS = re.compile(r"에스크로|온라인\s?결제|정산|escrow|online payment|payout|settlement", re.I)


def look(service: Service) -> Iterator[Hole]:
    direct = _direct(service)
    if direct is None:
        return
    yield from _fee_uncollected(service, direct)
    yield from _money_unseen(service, direct)


def _direct(service: Service) -> Step | None:
    """The step in which the customer pays the supplier and not the service; None where a payment partner is at work."""
    if not suppliers(service) or any(
        not _for_later(p, service) for p in service.partners if p.kind in ("payment", "bank")
    ):
        return None
    return next((s for s in given(service, "charge", "pay_in") if _DIRECT.search(f"{s.name} {s.source.text}")), None)


def _for_later(partner: Partner, service: Service) -> bool:
    """Whether the partner only appears in what is left for later."""
    return any(partner.name.lower() in later.text.lower() for later in service.later)


def _fee_uncollected(service: Service, direct: Step) -> Iterator[Hole]:
    """The service lives on a share of money that never passes through its hands."""
    share = next((m for m in service.money if m.kind in ("commission", "fee") and m.share is not None), None)
    if share is None or share.share is None or not silent(service, _COLLECTED) or given(service, "payout"):
        return
    who = suppliers(service)[0]
    fee = next((m for m in service.money if m.kind in ("commission", "fee") and m.amount is not None), None)
    price = _price_of(service, share, fee)
    lang = service.language
    shown = format_share(share.share.value, lang)
    slots = {
        "who": who.name,
        "party": who.name,
        "payee": who.name,
        "levy": shown,
        "share": shown,
        "pay": short(direct.source.text),
        "fee": "",
    }
    evidence: list[Evidence] = [quote(direct.source, share.source, _received(service, who.name))]
    if fee is not None and fee.amount is not None:
        slots["fee"] = fee.amount.value.format(lang)
        if price is not None and price.amount is not None:
            formula = f"{price.amount.value.format(lang)} × {shown}"
            evidence.append(
                Arithmetic(formula, fee.amount.value.format(lang), (price.source, share.source, fee.source))
            )
    yield find(service, "contradictions.fee_uncollected", direct.id, slots, tuple(evidence))


def _price_of(service: Service, share: MoneyRule, fee: MoneyRule | None) -> MoneyRule | None:
    """The stated price of which the stated fee is exactly the share: numbers of one example."""
    if fee is None or fee.amount is None or share.share is None:
        return None
    wanted = fee.amount.value.amount / share.share.value
    prices = [m for m in service.money if m.kind == "price" and m.amount is not None]
    return next(
        (m for m in prices if m.amount is not None and abs(m.amount.value.amount - wanted) < 0.005 * wanted), None
    )


def _received(service: Service, who: str) -> Source | None:
    """Where it says that the supplier takes the money."""
    steps = [s for s in given(service, "charge") if s.actor is not None and s.actor.name == who]
    return (
        steps[0].source
        if steps
        else said(service, re.compile(r"금액\s?수령|receives? (?:the )?(?:money|total|payment)", re.I))
    )


def _money_unseen(service: Service, direct: Step) -> Iterator[Hole]:
    """The service is to settle quarrels about money of which it holds neither a record nor a penny."""
    judge = _judge(service)
    if judge is None:
        return
    held = next((x for x in service.later if _HOLDS.search(x.text)), None)
    name, source = judge
    slots = {
        "who": name,
        "judge": name,
        "supplier": suppliers(service)[0].name,
        "party": suppliers(service)[0].name,
        "payee": suppliers(service)[0].name,
        "pay": short(direct.source.text),
        "task": short(source.text, 40),
        "later": short(held.text, 40) if held else "",
    }
    later = Source(held.source.basis, held.text, held.source.place) if held else None
    yield find(service, "contradictions.money_unseen", direct.id, slots, (quote(direct.source, source, later),))


def _judge(service: Service) -> tuple[str, Source] | None:
    """Who of the service is said to deal with quarrels or refunds, and where."""
    staff = [a for a in service.people if a.role is Role.STAFF]
    for way in service.exits("dispute"):
        if way.source.basis is not Basis.ASSUMED and staff:
            return (way.by or staff[0]).name, way.source
    named = next((a for a in staff if _JUDGES.search(a.source.text)), None)
    if named is not None:
        return named.name, named.source
    step = next((s for s in given(service, "refund", "claim") if s.actor in staff), None)
    return (step.actor.name, step.source) if step and step.actor else None
