"""Fees that run by the minute and end nowhere."""

from __future__ import annotations

import re
from collections.abc import Iterator

from opslead.lenses.finding import Measured, find
from opslead.lenses.hole import Arithmetic, Evidence, Hole, Quotation
from opslead.model.guardrails import GuardrailKind
from opslead.model.measure import Money, format_number
from opslead.model.service import MoneyRule, Service, Source
from opslead.text import pick

_MINUTE = re.compile(r"(?:\ba|per|each|every|/)\s?min(?:ute)?\b|분당|1\s?분(?:당|마다)|매\s?분", re.I)
_CAP = re.compile(r"\bmax|\bcap(?:ped|s)?\b|up to|at most|no more than|ceiling|최대|상한|한도|까지만", re.I)
_ENDLESS = re.compile(
    r"never (?:stops?|ends?)|does not (?:stop|end)|not released|멈추지 않|끝나지 않|종료되지 않|안 끝나", re.I
)
SOON = 180
"""Minutes within which the fee has to pass an average case; slower ones end with the day."""
NIGHT_HOURS = 8
"""Hours of a case that nobody ends until morning."""


def endless_fee(service: Service) -> Iterator[Hole]:
    """A fee by the minute without a ceiling, and how soon it exceeds an average case."""
    lang, ticket = service.language, service.ticket
    fee = next((m for m in service.money if m.kind in ("penalty", "fee", "surcharge") and _runs(m)), None)
    if fee is None or fee.amount is None or ticket is None or ticket.value.amount <= 0:
        return
    a_minute = fee.amount.value
    if a_minute.currency != ticket.value.currency or a_minute.amount <= 0 or _capped(service, fee):
        return
    minutes = ticket.value.amount / a_minute.amount
    if minutes > SOON:
        return
    rate, average = a_minute.format(lang), ticket.value.format(lang)
    night = Money(round(a_minute.amount * 60 * NIGHT_HOURS, 2), a_minute.currency).format(lang)
    passed = format_number(minutes)
    evidence: list[Evidence] = [
        Arithmetic(
            pick(lang, f"{average} / {rate} = {passed}분", f"{average} / {rate} = {passed} min"),
            pick(lang, "평균 한 건 값을 넘는 때", "until it exceeds an average case"),
            (fee.amount.source, ticket.source),
        ),
        Arithmetic(
            pick(lang, f"{rate} × 60 × {NIGHT_HOURS} = {night}", f"{rate} × 60 × {NIGHT_HOURS} = {night}"),
            pick(lang, f"{NIGHT_HOURS}시간 그대로일 때", f"when nobody ends it for {NIGHT_HOURS} h"),
            (fee.amount.source,),
        ),
    ]
    slots = {"fee": rate, "passed": passed, "average": average, "night": night, "hours": str(NIGHT_HOURS)}
    told = _told(service)
    if told is not None and (match := _ENDLESS.search(told.text)):
        slots["endless"] = _clause(told.text, match.start())
        evidence.append(Quotation((fee.source, told)))
    loss = Measured(a_minute.amount * 60 * NIGHT_HOURS, night)
    yield find(service, "incentives.endless_fee", fee.kind, slots, tuple(evidence), loss=loss)


def _runs(rule: MoneyRule) -> bool:
    return rule.amount is not None and not rule.amount.assumed and _MINUTE.search(rule.source.text) is not None


def _capped(service: Service, fee: MoneyRule) -> bool:
    """Whether the text bounds the fee, by its own words or by a stated control."""
    return (
        _CAP.search(fee.source.text) is not None
        or service.control(GuardrailKind.LIMIT, "charge", "capture") is not None
    )


def _told(service: Service) -> Source | None:
    """Where the description itself says that a case may not end."""
    return next((rule.source for rule in service.rules if _ENDLESS.search(rule.source.text)), None)


def _clause(text: str, at: int) -> str:
    """The part of an enumeration around a position."""
    begin = max((text.rfind(mark, 0, at) for mark in ",;:·"), default=-1) + 1
    ends = [end for mark in ",;." if (end := text.find(mark, at)) >= 0]
    return text[begin : min(ends, default=len(text))].strip()
