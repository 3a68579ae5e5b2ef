"""Money that others move and headquarters sees at settlement; records that follow the thing hours later."""

from __future__ import annotations

import re
from collections.abc import Iterator

from opslead.lenses.finding import Measured, find
from opslead.lenses.handoffs.entries import LateEntry, late_entries, media
from opslead.lenses.handoffs.words import named, whole_service
from opslead.lenses.hole import Arithmetic, Evidence, Hole, Quotation
from opslead.model.guardrails import GuardrailKind
from opslead.model.measure import Money, format_number
from opslead.model.service import Actor, Basis, MoneyRule, Service, Source, Step
from opslead.model.steps import STEP_KINDS, Role
from opslead.text import pick

WEEK = 7
_CORRECTIONS = ("refund", "compensate", "adjust")


def unseen_refund(service: Service) -> Iterator[Hole]:
    """An independent partner on the spot pays back, and the two sides meet only on settlement day."""
    rule = next(
        (m for m in service.money if m.kind in ("settlement", "payout") and m.cycle and m.cycle.days >= WEEK and m.due),
        None,
    )
    done = _by_others(service)
    if rule is None or rule.cycle is None or done is None:
        return
    if any(
        service.control(k, *_CORRECTIONS)
        for k in (GuardrailKind.RECONCILE, GuardrailKind.TWO_PERSON, GuardrailKind.MONITOR)
    ):
        return
    step, actor = done
    lang, days = service.language, rule.cycle.days
    slots = {
        "who": actor.name,
        "work": STEP_KINDS[step.kind].label(lang),
        "due": rule.due.removeprefix("on "),
        "days": format_number(days),
        "books": actor.name,
    }
    evidence: list[Evidence] = [
        Quotation(tuple(dict.fromkeys((step.source, rule.source)))),
        Arithmetic(
            pick(lang, f"{slots['due']} 직후 ~ 다음 정산일", f"just after {slots['due']} to the next"),
            pick(lang, f"최장 {days}일", f"up to {days} days"),
            (rule.source,),
        ),
    ]
    _commission(service, slots, evidence)
    hours = float(days * 24)
    unseen = Measured(
        hours,
        pick(lang, f"최장 {days}일 × 24 = {format_number(hours)}시간", f"up to {days} × 24 = {format_number(hours)} h"),
    )
    yield find(service, "truth.unseen_refund", step.id, slots, tuple(evidence), unseen=unseen)


def _by_others(service: Service) -> tuple[Step, Actor] | None:
    for step in service.steps(*_CORRECTIONS):
        if step.source.basis is Basis.GIVEN and step.actor is not None and step.actor.role is Role.SUPPLIER:
            return step, step.actor
    return None


def _commission(service: Service, slots: dict[str, str], evidence: list[Evidence]) -> None:
    """The commission on the dearest thing sold, which is taken although the sale was paid back."""
    lang = service.language
    fee = next((m for m in service.money if m.kind == "commission" and m.share and not m.share.assumed), None)
    sold = [m for m in service.money if _is_price(m)]
    if fee is None or fee.share is None or not sold:
        return
    dearest = max(sold, key=lambda m: m.amount.value.amount if m.amount else 0)
    if dearest.amount is None:
        return
    price = dearest.amount.value
    taken = Money(round(price.amount * fee.share.value, 2), price.currency)
    slots["fee"], slots["price"], slots["share"] = taken.format(lang), price.format(lang), f"{fee.share.value:.0%}"
    slots["sold"] = re.sub(r"\s*\(.*?\)", "", dearest.subject) or service.name
    shown = f"{slots['price']} × {slots['share']}"
    evidence.append(Arithmetic(shown, slots["fee"], (dearest.amount.source, fee.share.source)))


def _is_price(rule: MoneyRule) -> bool:
    return rule.kind in ("price", "subscription", "ticket") and rule.amount is not None and not rule.amount.assumed


def late_record(service: Service) -> Iterator[Hole]:
    """Things handed over in the day and recorded at its end: until then the record shows the morning."""
    if service.control(GuardrailKind.BIND_IDENTITY, "hand_over", "return", "receive"):
        return
    for entry in late_entries(service):
        if entry.channel is None and entry.step is not None and entry.step.known.physical:
            yield _late(service, entry, entry.step)
            return


def _late(service: Service, entry: LateEntry, step: Step) -> Hole:
    lang, cases = service.language, service.cases_per_day
    slots = {
        "work": named(step, lang),
        "load": named(step, lang),
        "medium": media(entry, lang),
        "at": entry.at,
        "oldest": format_number(entry.oldest_hours),
    }
    shown = pick(lang, f"~ {entry.at}, {slots['work']} 시작부터", f"start of “{slots['work']}” to {entry.at}")
    evidence: list[Evidence] = [
        Quotation((entry.source,)),
        Arithmetic(
            shown,
            pick(lang, f"최장 {slots['oldest']}시간", f"{slots['oldest']} h at most"),
            (entry.source, *_duty(entry)),
        ),
    ]
    flow = next(f for f in service.flows if step in f.steps)
    if cases is not None and not cases.assumed and whole_service(flow):
        slots["lines"] = format_number(cases.value)
        evidence.append(
            Arithmetic(
                pick(lang, f"하루 {slots['lines']}건", f"{slots['lines']} a day"),
                pick(lang, f"{entry.at} 직전 {slots['lines']}줄", f"{slots['lines']} lines just before {entry.at}"),
                (cases.source,),
            )
        )
    hours = Measured(entry.oldest_hours, pick(lang, f"최장 {slots['oldest']}시간", f"up to {slots['oldest']} h"))
    return find(service, "truth.late_record", step.id, slots, tuple(evidence), unseen=hours)


def _duty(entry: LateEntry) -> tuple[Source, ...]:
    return tuple(a.duty.source for a in entry.writers if a.duty)
