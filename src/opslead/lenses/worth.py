"""What a case is worth, how often it is met, and how people and sums are named: shared by the lenses of authority and incentives."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import timedelta

from opslead.knowledge.roles import base_name
from opslead.knowledge.slots import service_slots
from opslead.lenses.finding import Measured
from opslead.model.guardrails import GuardrailKind
from opslead.model.measure import Money, format_duration, format_number, format_share
from opslead.model.service import Actor, Basis, Fact, Service, Source
from opslead.model.steps import STEP_KINDS
from opslead.text import STARTING, Lang, pick

_DEPOSIT = re.compile(r"예약금|보증금|계약금|선금|증거금|deposit|reservation fee|booking fee", re.I)
_HIGHEST = 0.6
"""Share of cases above which a rate of cancellations or no-shows is no such rate."""
_USE = ("check_in", "start", "hand_over", "complete", "deliver")


def prepaid(service: Service) -> Fact[Money] | None:
    """What a customer has paid before the use: the average ticket, or None where only a deposit is paid or nothing is.

    A refund ladder works on this sum; to apply it to the whole ticket of a service that takes a deposit would be wrong.
    """
    for flow in service.flows:
        for step in flow.steps:
            if step.kind in _USE:
                break
            if step.kind in ("charge", "pay_in") and stated(step.source):
                return None if _DEPOSIT.search(step.name) else service.ticket
    return None


def stated(source: Source) -> bool:
    """Whether it comes from the description and not from a default."""
    return source.basis is not Basis.ASSUMED


def part_of(whole: Fact[Money], share: float) -> Money:
    """A share of a sum, in whole units where the sum is in whole units of a large denomination."""
    amount = whole.value.amount * share
    return Money(round(amount) if whole.value.amount >= 1000 else round(amount, 2), whole.value.currency)


def monthly(service: Service, kind: str) -> tuple[Measured, tuple[Source, ...]] | None:
    """Cases a month that end in a no-show or a cancellation; None where the rate is no share of what is counted by the day."""
    cases, rate = service.cases_per_day, service.rate(kind)
    known = {"no_show": "noshow_day", "cancel": "cancel_day"}[kind] in service_slots(service)
    if cases is None or rate is None or not known:
        return None
    rungs = sum(other.source.text == rate.source.text for other in service.rates if other.kind == kind)
    if rungs > 1 or rate.share.value > _HIGHEST:
        return None  # shares of a refund ladder that were taken for a rate
    lang = service.language
    value = cases.value * rate.share.value * 30
    day, share, month = format_number(cases.value), format_share(rate.share.value, lang), format_number(value)
    shown = pick(
        lang, f"하루 {day}건 × {share} × 30일 = 월 {month}건", f"{day} a day × {share} × 30 days = {month} a month"
    )
    return Measured(value, shown), (cases.source, rate.share.source)


def named(actor: Actor, lang: Lang) -> str:
    """The job without its shift, in English with an article where it takes one."""
    name = base_name(actor.name)
    if lang == "ko" or re.search(r"^(?:the|an?|our|each)\s|(?:service|support|staff|finance)$", name, re.I):
        return name
    return f"the {name}"


def same_job(one: Actor, other: Actor) -> bool:
    """Whether both are shifts of one job."""
    return base_name(one.name) == base_name(other.name)


def label(kind: str, lang: Lang) -> str:
    """What a kind of step is called; the kind itself where the vocabulary does not know it."""
    return STEP_KINDS[kind].label(lang) if kind in STEP_KINDS else kind.replace("_", " ")


def labels(kinds: Iterable[str], lang: Lang) -> str:
    """Several kinds in a row, in the order of the vocabulary."""
    wanted = set(kinds)
    return pick(lang, "·", ", ").join(STEP_KINDS[kind].label(lang) for kind in STEP_KINDS if kind in wanted)


def dagger(text: str, *, assumed: bool) -> str:
    """The text with the mark of a starting value where the number is one."""
    return text + STARTING if assumed else text


def unique(sources: Iterable[Source]) -> tuple[Source, ...]:
    """The sources once each, in order, without defaults."""
    return tuple(dict.fromkeys(source for source in sources if stated(source)))


def length_words(length: timedelta, lang: Lang) -> str:
    """A length as people say a deadline: up to two days in hours (`24시간`, `48 h`)."""
    hours = length.total_seconds() / 3600
    if 24 <= hours <= 48 and hours == int(hours):
        return pick(lang, f"{hours:g}시간", f"{hours:g} h")
    return format_duration(length, lang)


def told(service: Service) -> tuple[str, ...]:
    """Every sentence of the description that was kept, understood or not: what may already solve a finding."""
    kept = [rule.text for rule in service.rules] + [text for text, _ in service.unread]
    kept += [rule.source.text for rule in service.rules] + [item.source.text for item in service.money]
    kept += [item.source.text for item in service.limits] + [item.source.text for item in service.clocks]
    kept += [step.source.text for step in service.steps()] + [control.source.text for control in service.controls]
    kept += [mention.source.text for mention in service.mentions]
    for way in service.exits():
        kept += [way.source.text, *(tier.source.text for tier in way.tiers)]
    return tuple(dict.fromkeys(kept))


_ABOVE_ONLY = re.compile(r"이상|초과|넘는|넘으면|그 위|above|over|more than|beyond|exceed", re.I)


def second_person(service: Service, *kinds: str) -> bool:
    """Whether a second person is stated for every case of these kinds, not only above a limit."""
    return any(
        control.kind is GuardrailKind.TWO_PERSON
        and (not control.on or set(control.on) & set(kinds))
        and not _ABOVE_ONLY.search(control.source.text)
        for control in service.controls
    )
