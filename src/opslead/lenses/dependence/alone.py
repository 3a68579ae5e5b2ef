"""One person as the only one who does something that the flow cannot go on without: what waits when one shift is missed."""

from __future__ import annotations

from collections.abc import Iterator

from opslead.lenses.dependence.amounts import open_days
from opslead.lenses.finding import Measured, find
from opslead.lenses.hole import Arithmetic, CalendarGap, Evidence, Hole
from opslead.model.calendar import WEEK, WeekHours, format_hours, format_span
from opslead.model.measure import Money, format_number
from opslead.model.service import Actor, Fact, Service, Step
from opslead.model.steps import Role
from opslead.text import pick

_EVERY_CASE = (
    "inspect",
    "grade",
    "repair",
    "make",
    "verify",
    "approve",
    "review",
    "list",
    "accept",
    "clean",
    "check_in",
    "hand_over",
    "release",
)
"""Steps that each case passes on its way; a missed shift holds all of them up."""


def only_person(service: Service) -> Iterator[Hole]:
    """The one whose missed shift holds up most."""
    found = [hole for actor in service.people if (hole := _missed(service, actor)) is not None]
    yield from sorted(found, key=lambda hole: (-float(hole.slots["away"].replace(",", "")), hole.id))[:1]


def _missed(service: Service, actor: Actor) -> Hole | None:
    if actor.role is Role.SUPPLIER or actor.count is None or actor.count.value != 1 or actor.count.assumed:
        return None
    if (actor.per_site and service.sites and service.sites.value > 1) or actor.duty is None or actor.duty.assumed:
        return None
    step = next((s for s in service.steps(*_EVERY_CASE) if s.actor is not None and s.actor.id == actor.id), None)
    if step is None or any(step.kind in a.does for a in service.people if a.id != actor.id):
        return None
    away = _longest_without(actor.duty.value)
    if away is None or away[1] - away[0] < 24 * 60:
        return None
    return _hole(service, actor, actor.duty, step, away)


def _longest_without(duty: WeekHours) -> tuple[int, int] | None:
    """From the end of one stretch to the start of the next but one: the longest wait when the stretch between is missed."""
    spans = duty.stretches()
    if not spans:
        return None
    if len(spans) == 1:
        return (spans[0][1], spans[0][0] + 2 * WEEK)
    waits = []
    for index, span in enumerate(spans):
        after = index + 2
        waits.append((span[1], spans[after % len(spans)][0] + WEEK * (after // len(spans))))
    return max(waits, key=lambda wait: (wait[1] - wait[0], -wait[0]))


def _hole(service: Service, actor: Actor, duty: Fact[WeekHours], step: Step, away: tuple[int, int]) -> Hole:
    lang, hours = service.language, (away[1] - away[0]) / 60
    span = format_span(away, lang)
    slots = {
        "who": actor.name,
        "work": step.known.label(lang),
        "away": format_number(hours),
        "span": span,
        "duty": format_hours(duty.value, lang),
        "wait": step.title(lang),
        "wait.actor": actor.name,
    }
    needed = pick(
        lang,
        f"{step.known.label(lang)}할 사람(한 번 빠졌을 때)",
        f"somebody for “{step.known.label(lang)}” when one shift is missed",
    )
    evidence: list[Evidence] = [CalendarGap(actor.name, span, hours, needed, (duty.source, actor.source, step.source))]
    cases = service.cases_per_day
    measured = None
    if cases is not None:
        days = _open_days(service)
        held = cases.value * hours / 168 * days
        slots["held"] = f"{held:,.0f}"
        shown = f"{format_number(cases.value)} × {format_number(hours)} / 168 h × {days} = {slots['held']}"
        said = pick(
            lang,
            f"그사이 밀리는 {slots['held']}건(주 {days}일 영업)",
            f"{slots['held']} wait meanwhile ({days} days a week)",
        )
        evidence.append(Arithmetic(shown, said, (cases.source, duty.source)))
        evidence += _tied_up(service, held)
        measured = Measured(
            held / 12, pick(lang, f"한 해 한 번† × {slots['held']}건", f"once a year† × {slots['held']}")
        )
    return find(service, "dependence.one_person", actor.id, slots, tuple(evidence), cases=measured)


def _tied_up(service: Service, held: float) -> list[Evidence]:
    """Deposits that stay with us until the step is done."""
    deposit = next((m for m in service.money if m.kind == "deposit" and m.amount is not None), None)
    if deposit is None or deposit.amount is None or not any(service.steps("release")):
        return []
    lang, each = service.language, deposit.amount.value
    total = Money(round(held) * each.amount, each.currency).format(lang)
    said = pick(lang, f"돌려주지 못한 보증금 {total}", f"{total} of deposits not given back")
    return [Arithmetic(f"{held:,.0f} × {each.format(lang)} = {total}", said, (deposit.source,))]


def _open_days(service: Service) -> int:
    """Days of the week on which several people are at work: the days of business; seven where no hours are stated."""
    shifts = [
        a.duty.value for a in service.people if a.duty and not a.duty.assumed and (a.count is None or a.count.value > 1)
    ]
    return open_days(WeekHours.of(s for h in shifts for s in h.spans)) or 7
