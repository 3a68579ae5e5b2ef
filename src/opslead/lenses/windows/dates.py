"""Dates and ladders that pay for what nobody wants: ladders upside down, days that a month lacks."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import timedelta
from itertools import pairwise

from opslead.lenses.finding import Measured, find
from opslead.lenses.hole import Arithmetic, Hole
from opslead.model.measure import Money, format_share
from opslead.model.plausible import day_of_month
from opslead.model.service import Exit, Fact, Service, Tier
from opslead.text import pick

_CHARGED = re.compile(r"위약금|수수료|공제|차감|부과|fee|charge|penalt|deduct|cost", re.I)
"""Words of a ladder that takes rather than gives back."""


def ladder_inverted(service: Service) -> Iterator[Hole]:
    """A refund ladder that pays more the later one cancels."""
    for way in service.exits("cancel", "refund", "return"):
        pair = _inverted(way)
        if pair is not None and pair[0].share is not None and pair[1].share is not None:
            yield _ladder_hole(service, way, pair[0], pair[0].share, pair[1], pair[1].share)
            return


def _inverted(way: Exit) -> tuple[Tier, Tier] | None:
    """The first two neighbouring rungs of which the later pays more."""
    rungs = [t for t in way.tiers if t.before is not None and t.share is not None and not _CHARGED.search(t.source.text)]  # fmt: skip
    rungs = sorted(rungs, key=lambda t: -(t.before or timedelta(0)))
    for early, late in pairwise(rungs):
        if early.before == late.before or early.share is None or late.share is None:
            continue
        if late.share.value > early.share.value:
            return early, late
    return None


def _ladder_hole(
    service: Service, way: Exit, early: Tier, early_share: Fact[float], late: Tier, late_share: Fact[float]
) -> Hole:
    lang = service.language
    more = late_share.value - early_share.value
    gain, formula = format_share(more, lang), f"{format_share(late_share.value, lang)} - {format_share(early_share.value, lang)} = {format_share(more, lang)}"  # fmt: skip
    loss, result = None, pick(lang, f"늦게 취소하면 {gain} 더 받는다", f"{gain} more for cancelling later")
    if (ticket := service.ticket) is not None:
        money = Money(round(more * ticket.value.amount, 2), ticket.value.currency).format(lang)
        formula += f"; {ticket.value.format(lang)} × {gain} = {money}"
        loss = Measured(more * ticket.value.amount, pick(lang, f"건당 {money}", f"{money} each"))
    slots = {
        "early": early.until,
        "late": late.until,
        "early_share": format_share(early_share.value, lang),
        "late_share": format_share(late_share.value, lang),
    }
    return find(service, "windows.ladder_inverted", way.id, slots, (Arithmetic(formula, result, (early_share.source, late_share.source)),), loss=loss)  # fmt: skip


_MONTHS_WITHOUT = {31: 5, 30: 1, 29: 1}
"""Months of a year that lack the day; February has the 29th in leap years only."""


def missing_day(service: Service) -> Iterator[Hole]:
    """Money due on a day that some months lack."""
    lang = service.language
    for rule in service.money:
        day = day_of_month(rule.due) if rule.due and "말" not in rule.due else None
        lacking = _MONTHS_WITHOUT.get(day or 0)
        if day is None or lacking is None:
            continue
        what = rule.payee or rule.subject or rule.kind
        formula = pick(lang, f"12 - {12 - lacking} = {lacking}", f"12 - {12 - lacking} = {lacking}")
        result = pick(lang, f"한 해에 {lacking}번은 그날이 없다", f"{lacking} times a year there is no such day")
        evidence = (Arithmetic(formula, result, (rule.source,)),)
        slots = {"what": what, "due": rule.due, "day": str(day), "lacking": str(lacking)}
        cases = Measured(lacking / 12, pick(lang, f"{lacking}/12 = 월 {lacking / 12:.2f}번", f"{lacking}/12 = {lacking / 12:.2f} a month"))  # fmt: skip
        yield find(service, "windows.missing_day", rule.kind, slots, evidence, cases=cases)
        return
