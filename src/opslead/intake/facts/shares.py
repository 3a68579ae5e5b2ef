"""Shares: how people behave (no-show, cancellation, occupancy, channel), and shares of money, which go to the money rules."""

from __future__ import annotations

import re
from collections.abc import Iterator

from opslead.intake.amounts.frames import Amount, Scene
from opslead.intake.amounts.quantities import Sort
from opslead.intake.facts.made import said
from opslead.intake.facts.money import share_kind, share_rule
from opslead.model.document import KpiText, LimitText, MoneyText, RateText

_KINDS: tuple[tuple[str, re.Pattern[str]], ...] = tuple(
    (kind, re.compile(pattern, re.I))
    for kind, pattern in (
        (
            "overbooking",
            r"오버부킹|초과\s?(?:예약|판매)|\boverbook|\boversell|\bsell\b.{0,30}\bmore\b|\bmore\b.{0,30}\bthan (?:we have|there are)",
        ),
        (
            "no_show",
            r"노쇼|미방문|미이용|미사용|불참|no-?shows?|not used|unused|(?:do not|don't|never) (?:show|turn|arrive|come)|not (?:at )?home"
            r"|fail to (?:show|appear)",
        ),
        (
            "occupancy",
            r"점유율|가동률|객실률|좌석률|회전율|이용률|예약률|공실|occupan|utili[sz]ation|spots? occupied|booked out|load factor|찬다"
            r"|찹니다",
        ),
        ("cancel", r"취소율|취소되|취소(?:\s?비율|가|는)?\s*$|cancell?(?:ation rate|ations?\b|ed\b)"),
        ("refund", r"환불률|환불율|환불\s?비율|refund rate|refunded"),
        ("return", r"반품률|반품율|반품\s?비율|return rate|are returned"),
        (
            "channel",
            r"비중|채널|네이버|카카오|전화\s?예약|앱\s?예약|walk-?ins?|via (?:the )?(?:app|web|phone)|by phone|(?:come"
            r"|book(?:ed|ings?)?) (?:from|through|via)|online bookings",
        ),
        ("conversion", r"전환율|conversion|수락률|acceptance rate|재주문|재방문|재이용|retention|repeat|rebook"),
        (
            "error",
            r"오류율|실패율|불량률|파손율|분실률|error rate|failure rate|fail\b|defect|damage rate|loss rate|false",
        ),
        ("complaint", r"클레임|민원|complaint|dispute rate|chargeback rate"),
    )
)
_REFUND_SHARE = re.compile(r"환불|refund", re.I)
_MONEY_FIRST = re.compile(
    r"수수료|commission|fee\b|보증금|예약금|위약금|deposit|penalt|할인|discount|\boff\b|적립|로열티|revenue|payout|정산",
    re.I,
)
_NO_MATTER = re.compile(
    r"cheaper|market|저렴|절감|성장|growth|capturing|opacity|투명도|증가율|매출\s?(?:성장|증가|감소|목표)|대비|contrast|width|height"
    r"|화면|배터리|도형",
    re.I,
)


_OWN_CLAUSE = re.compile(r"\b(?:we|they)\s+[a-z]+", re.I)  # `No-shows 12%, we sell 10% more`: another statement


def shares_of(amount: Amount, previous: Amount | None) -> Iterator[RateText | MoneyText | LimitText | KpiText]:
    """What a share says. Where its clause names no kind, an enumeration goes on with the kind of the share before it."""
    if amount.scene is Scene.PLAN:
        return
    near = f"{amount.near} {amount.subject}"
    kind = share_kind(amount)
    if amount.scene is Scene.EXAMPLE:
        yield from share_rule(amount, kind if kind == "commission" else "")
        return
    if amount.scene is Scene.SERVICE:
        yield KpiText(name=amount.subject, target=said(_bounded(amount), amount), given=amount.given, at=amount.at)
        return
    if re.search(r"목표|\baim\b|\bgoal|\btarget", amount.near, re.I):
        yield KpiText(name=amount.subject, target=said(_bounded(amount), amount), given=amount.given, at=amount.at)
        return
    rate = _rate_kind(f"{amount.local} {amount.subject}") or _rate_kind(amount.frame.title)
    if kind and (_MONEY_FIRST.search(near) or not rate):
        yield from share_rule(amount, kind)
        return
    if _REFUND_SHARE.search(near) and not re.search(r"환불[율률]|refund rate", near, re.I):
        yield _refund_share(amount)
        return
    goes_on = previous is not None and previous.measure.sort is Sort.SHARE and not _OWN_CLAUSE.search(amount.local)
    if not rate and previous is not None and goes_on:
        rate = _rate_kind(f"{previous.near} {previous.subject}")
    if rate or not _NO_MATTER.search(near):
        for value in dict.fromkeys(v for v in (amount.measure.low, amount.measure.value) if v):
            share = said(value, amount)
            yield RateText(kind=rate or "share", subject=amount.subject, share=share, given=amount.given, at=amount.at)


def _rate_kind(text: str) -> str:
    return next((kind for kind, pattern in _KINDS if pattern.search(text)), "")


def _bounded(amount: Amount) -> str:
    sign = {"max": "<", "min": ">"}.get(amount.measure.bound, "")
    return f"{sign}{amount.measure.value}"


def _refund_share(amount: Amount) -> MoneyText:
    """A share of the price that is paid back outside a ladder, such as a cap."""
    return MoneyText(
        kind="refund",
        subject=amount.subject if not re.search(r"상한|최대|cap|up to|max", amount.near, re.I) else _capped(amount),
        share=said(amount.measure.value, amount),
        given=amount.given,
        at=amount.at,
    )


def _capped(amount: Amount) -> str:
    word = "상한" if re.search("[가-힣]", amount.frame.text) else "cap"
    return amount.subject if word in amount.subject else f"{amount.subject} {word}"
