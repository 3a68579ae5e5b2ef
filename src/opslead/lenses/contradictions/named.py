"""A policy or a fee that the description names and never states: `cancellation policy handling`, `commission per booking`."""

from __future__ import annotations

import re
from collections.abc import Iterator

from opslead.lenses.contradictions.quoted import Said, quote, saying, sources
from opslead.lenses.finding import find
from opslead.lenses.hole import Hole, Quotation
from opslead.model.service import Basis, Service
from opslead.text import pick

_POLICY = re.compile(
    r"\b(?:cancell?ation|refund|penalty|no-?show|return)s?(?:\s(?:and|&|/)\s\w+)?\s(?:policy|policies|rules?|terms|processing|handling)\b"
    r"|(?:취소|환불|위약금|노쇼|반품)(?:[·/]\s?(?:취소|환불|교환|변경))?\s?(?:정책|규정|기준|규칙|약관)",
    re.I,
)
_CONTENT = re.compile(
    r"(?:full|partial|no|50%|100%)\s?refund|refund\w*.{0,30}\d|\d.{0,30}refund|cancel\w*.{0,40}\d+\s?(?:h|hours?|days?|minutes?|%)|(?:until|up to|before|within).{0,30}cancel|cancel\w*.{0,30}(?:until|up to|before|within|free)"
    r"|(?:전액|부분|일부|무료)\s?(?:환불|취소)|환불.{0,20}(?:\d|불가|없)|취소.{0,24}(?:\d|까지|불가|전에)|(?:전까지|이내).{0,12}취소",
    re.I,
)
_FEE = re.compile(
    r"\b(?:commission|service fees?|platform fees?|fees)\b.{0,30}\b(?:calculated|deducted|charged|taken|withheld|kept|applied)\b"
    r"|수수료(?:를|가|는|을)?\s?(?:공제|차감|제외|제하고|부과|책정|떼|뗀)",
    re.I,
)

_ITEM = 90  # characters of a line of a specification; a longer one tells a story and need not hold rates


def look(service: Service) -> Iterator[Hole]:
    """Each at most once."""
    yield from _policy(service)
    yield from _fee(service)


def _policy(service: Service) -> Iterator[Hole]:
    named = saying(service, _POLICY)
    if not named or _policy_stated(service):
        return
    lang = service.language
    paid = next((s for s in service.steps("charge", "authorize", "pay_in") if s.source.basis is Basis.GIVEN), None)
    if paid is None:
        return
    slots = {"names": _names(named, service), "paid": quote(paid.source.text, lang, 50)}
    evidence = (Quotation((*sources(named)[:3], paid.source)),)
    yield find(service, "contradictions.policy_named", "cancel", slots, evidence)


def _policy_stated(service: Service) -> bool:
    """Whether anything says when, how much or by whom: a rung, a clock, a fee or a sentence."""
    ways = service.exits("cancel", "refund", "no_show", "return", "terminate")
    if any(way.tiers or way.within for way in ways):
        return True
    if any(m.kind in ("refund", "penalty", "cancel_fee", "forfeit") for m in service.money):
        return True
    if any(re.search(r"cancel|refund|취소|환불", f"{c.subject} {c.source.text}", re.I) for c in service.clocks):
        return True
    return any(_CONTENT.search(item.text) for item in saying(service, re.compile(r"cancel|refund|취소|환불", re.I)))


def _fee(service: Service) -> Iterator[Hole]:
    named = tuple(item for item in saying(service, _FEE) if not re.search(r"\d", item.text) and len(item.text) <= _ITEM)
    stated = any(m.kind in ("commission", "fee") and (m.share or m.amount) for m in service.money)
    paid_out = next((s for s in service.steps("payout") if s.source.basis is Basis.GIVEN), None)
    if not named or stated or (paid_out is None and len(named) < 2):
        return
    slots = {"names": _names(named, service)}
    quoted = (*sources(named)[:3], *((paid_out.source,) if paid_out else ()))
    yield find(service, "contradictions.fee_named", "fee", slots, (Quotation(tuple(dict.fromkeys(quoted))),))


def _names(named: tuple[Said, ...], service: Service) -> str:
    lang = service.language
    return pick(lang, "·", ", ").join(quote(item.text, lang, 44) for item in named[:2])
