"""A ladder of cancellation that does not add up: a side of its threshold without an outcome, or without a difference."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import timedelta

from opslead.lenses.contradictions.quoted import Said, hours, quote, saying, sources
from opslead.lenses.finding import find
from opslead.lenses.hole import Hole, Quotation
from opslead.model.service import Basis, Clock, Exit, Service
from opslead.model.steps import Role
from opslead.text import pick

_LATE = re.compile(
    r"(?:<|≤|less than|under|within)\s*(?P<n>\d+)\s*-?\s*(?P<unit>h|hours?|hrs?|d|days?)\b|(?P<kn>\d+)\s?(?P<kunit>시간|일)\s?(?:이내|미만|이하|안)",
    re.I,
)
_CANCEL = re.compile(r"취소|cancel", re.I)
_MONEY = re.compile(
    r"환불|위약금|수수료|공제|부과|반환|정지|제한|차단|벌점|[패페]널티|refund|fee|penalt|charge|forfeit|suspend|restrict|ban\b|%",
    re.I,
)
_ON_SPOT = re.compile(
    r"현장.{0,14}(?:결제|지불)|결제.{0,12}현장|직접\s?(?:결제|지불|이체)|현금|\bin person\b|\bin cash\b|\bcash\b|\bon site\b",
    re.I,
)
_EARLY = re.compile(
    r"\d+\s?(?:h|hours?|days?|시간|일)\s?(?:전|이전|before|ahead|prior|or more|\+)|free cancel|무료\s?취소|자유롭게",
    re.I,
)


def look(service: Service) -> Iterator[Hole]:
    """A missing rung, and a threshold behind which nothing changes."""
    yield from _missing_rung(service)
    yield from _toothless(service)


# --- one side without an outcome -------------------------------------------------------------------------------------


def _missing_rung(service: Service) -> Iterator[Hole]:
    """`Applicant cancels < 24h before: no refund`, and not a word about those who cancel earlier."""
    for way in service.exits("cancel"):
        lowest = next((tier for tier in way.tiers if tier.share is not None and tier.share.value < 1), None)
        late = _LATE.search(way.name) or (_LATE.search(lowest.source.text) if lowest else None)
        customers = way.by is None or way.by.role is Role.CUSTOMER
        if lowest is None or late is None or not customers or lowest.source.basis is not Basis.GIVEN:
            continue
        limit = _length(late)
        if _stated_ahead(service, way, limit):
            continue
        lang = service.language
        who = way.by.name if way.by else next((a.name for a in service.actors if a.role is Role.CUSTOMER), "")
        slots = {"limit": hours(limit, lang), "case": quote(way.name, lang), **({"who": who} if who else {})}
        outcome = [
            s for s in saying(service, re.compile(r"refund|환불|payout|forfeit|위약금", re.I)) if s.subject == way.name
        ]
        evidence = (Quotation(tuple(dict.fromkeys((lowest.source, *sources(outcome)[:2])))),)
        yield find(service, "contradictions.missing_rung", way.id, slots, evidence)
        return


def _length(match: re.Match[str]) -> timedelta:
    number, unit = int(match["n"] or match["kn"]), (match["unit"] or match["kunit"]).lower()
    return timedelta(days=number) if unit.startswith(("d", "일")) else timedelta(hours=number)


def _stated_ahead(service: Service, way: Exit, limit: timedelta) -> bool:
    """Whether some rung, clock or sentence says what a cancellation before the threshold gives."""
    for other in service.exits("cancel", "refund"):
        if other.by is not None and way.by is not None and other.by.id != way.by.id:
            continue
        if any(tier.before is not None and tier.before >= limit for tier in other.tiers):
            return True
        if any(tier.share is not None and tier.share.value > 0 and other.by == way.by for tier in other.tiers):
            return True
    return any(
        _EARLY.search(item.text) and not _LATE.search(item.text) and not _LATE.search(item.subject)
        for item in saying(service, _CANCEL)
    )


# --- two sides without a difference ----------------------------------------------------------------------------------


def _toothless(service: Service) -> Iterator[Hole]:
    """A time limit for cancelling that costs nobody anything: both sides are told, and neither names money or a sanction."""
    if any(tier.share or tier.amount for way in service.exits() for tier in way.tiers):
        return
    if any(m.kind in ("penalty", "refund", "cancel_fee", "forfeit", "deposit") for m in service.money):
        return
    clocks = [
        c
        for c in service.clocks
        if c.length is not None and _CANCEL.search(f"{c.subject} {c.source.text}") and c.source.basis is Basis.GIVEN
    ]
    late = next((c for c in clocks if _LATE.search(c.source.text)), None)
    if late is None or late.length is None or any(_MONEY.search(c.source.text) for c in clocks):
        return
    early = [c for c in clocks if c is not late and c.length is not None and c.length.value == late.length.value]
    if not early or any(_MONEY.search(item.text) for item in _about_cancelling(service)):
        return
    yield _toothless_hole(service, early[0], late)


def _about_cancelling(service: Service) -> tuple[Said, ...]:
    return saying(
        service, re.compile(r"취소\s?(?:시|하면|수수료|위약|횟수|제한)|cancell?ation (?:fee|penalty|policy)", re.I)
    )


def _toothless_hole(service: Service, early: Clock, late: Clock) -> Hole:
    lang = service.language
    paid = sorted(
        saying(service, _ON_SPOT), key=lambda i: (not re.search(r"현장|직접|person|site", i.text), len(i.text))
    )
    spot = sources(paid)[:1]
    absent = re.compile(r"no.?show|노쇼|불참|미방문", re.I)
    no_state = bool(service.states) and not any(absent.search(s.name) for s in service.states)
    no_state = no_state and not any(service.exits("no_show")) and not saying(service, absent)
    slots = {
        "limit": hours(late.length.value, lang) if late.length else "",
        "early": quote(early.source.text, lang),
        "late": quote(late.source.text, lang),
    }
    if spot:
        slots["spot"] = quote(spot[0].text, lang, 40)
    if no_state:
        slots["states"] = pick(lang, "·", ", ").join(state.name for state in service.states[:6])
    shown = tuple(s.source for s in service.states[:1]) if no_state else ()
    evidence = (Quotation((early.source, late.source, *spot, *shown)),)
    return find(service, "contradictions.toothless_limit", "cancel", slots, evidence)
