"""What a model's grades are worth: bounded by what the engine can compute, replaced where it computes the number itself."""

from __future__ import annotations

from opslead.knowledge.losses import Loss
from opslead.lenses.hole import CalendarGap, Grade
from opslead.lenses.worth import monthly
from opslead.model.measure import format_number
from opslead.model.service import Service
from opslead.panel.answers import Graded
from opslead.quantities.ratings import detection_grade, occurrence_grade, severity_grade
from opslead.text import Lang, pick

MONEY = frozenset(
    {
        Loss.MONEY_WITHOUT_ENTITLEMENT,
        Loss.ENTITLEMENT_WITHOUT_MONEY,
        Loss.WRONG_AMOUNT,
        Loss.PAID_TWICE,
        Loss.PRIVATE_GAIN,
    }
)
"""Losses of which one case costs about a ticket, unless a sum says more."""
_HIGHEST = {Loss.SAFETY: 10, Loss.DISCLOSURE: 9, Loss.WRONG_PERSON: 9}
"""10 is people hurt, 9 what the law looks at (AIAG-VDA); everything else is at most 8."""
_USUAL_HIGHEST = 8


def severity(said: Graded, loss: Loss, money: float | None, service: Service) -> Grade:
    """`money`: what a verified sum says is at stake, in the service's currency; it lifts the bound of a loss of money, never the grade."""
    lang, ticket = service.language, service.ticket
    if loss in MONEY and ticket is not None and ticket.value.amount > 0:
        one = ticket.value.amount if money is None else max(money, ticket.value.amount)
        shown = ticket.value.format(lang)
        why = pick(lang, f"객단가 {shown}에 견줘", f"against a ticket of {shown}")
        return _at_most(said, severity_grade(one, ticket.value.amount), why, lang)
    return _at_most(
        said, _HIGHEST.get(loss, _USUAL_HIGHEST), pick(lang, "손실의 종류로 보아", "by the kind of loss"), lang
    )


def occurrence(said: Graded, place: str, service: Service) -> Grade:
    """At most what all cases that come to this place in a month would make, where the volumes are stated."""
    lang, cases = service.language, service.cases_per_day
    kind = next((way.kind for way in service.exits() if way.id == place), "")
    counted = monthly(service, kind) if kind in ("no_show", "cancel") else None
    if counted is not None:
        return _at_most(said, occurrence_grade(counted[0].value), counted[0].shown, lang)
    if cases is None:
        return Grade(said.value, said.reason)
    month = cases.value * 30
    shown = pick(lang, f"전체가 월 {format_number(month)}건", f"{format_number(month)} cases a month in all")
    return _at_most(said, occurrence_grade(month), shown, lang)


def detection(said: Graded, gap: CalendarGap | None) -> Grade:
    """The hours that a verified gap leaves unseen replace the grade."""
    if gap is None:
        return Grade(said.value, said.reason)
    return Grade(detection_grade(gap.hours), f"{said.reason} ({gap.who}: {gap.gap})", gap.hours, "h")


def _at_most(said: Graded, bound: int, why: str, lang: Lang) -> Grade:
    if said.value <= bound:
        return Grade(said.value, said.reason)
    return Grade(bound, f"{said.reason} " + pick(lang, f"({why} 최고 {bound})", f"({why} {bound} at most)"))
