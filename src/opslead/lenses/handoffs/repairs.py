"""A unit reported broken while those who repair are away: it earns nothing until they come back."""

from __future__ import annotations

import re
from collections.abc import Iterator

from opslead.lenses.finding import Measured, find
from opslead.lenses.handoffs.words import named
from opslead.lenses.hole import Arithmetic, CalendarGap, Evidence, Hole
from opslead.lenses.people import attended
from opslead.model.calendar import format_hours, format_span
from opslead.model.guardrails import GuardrailKind
from opslead.model.measure import Money, format_number
from opslead.model.service import Actor, Fact, Resource, Service, Source
from opslead.model.steps import Role
from opslead.text import Lang, pick

NIGHT = 12 * 60
"""Minutes of absence after which a broken unit is more than a short stop."""
_REPAIRERS = re.compile(
    r"technician|mechanic|maintenance|repair|engineer|field service|정비|수리|기술자|엔지니어|시설 ?(?:팀|담당|관리)",
    re.I,
)


def waiting_repair(service: Service) -> Iterator[Hole]:
    """Needs a stated fault, stated hours of those who repair, and units whose cases a day can be computed.

    Where a peak is stated, the coverage lens tells it with the peak (`coverage.peak_uncovered`).
    """
    if service.volume("peak_factor") or service.volume("peak"):
        return
    fault, unit, cases = service.mention("equipment_fault"), _unit(service), service.cases_per_day
    team = tuple(a for a in service.people if _repairs(a))
    hours = attended(team)
    if fault is None or unit is None or unit.capacity is None or cases is None or cases.assumed or hours is None:
        return
    if not hours.minutes or cases.value <= 0 or unit.capacity.value <= 0:
        return
    if service.control(GuardrailKind.FALLBACK, "repair", "start", "check_in"):
        return
    gap = (~hours).longest()
    if gap is None or gap[1] - gap[0] < NIGHT:
        return
    yield _hole(service, team, unit, unit.capacity, cases, gap, fault.source)


def _repairs(actor: Actor) -> bool:
    return actor.role in (Role.FIELD, Role.STAFF) and ("repair" in actor.does or bool(_REPAIRERS.search(actor.name)))


def _unit(service: Service) -> Resource | None:
    """The resource that every case uses for itself: stated in number, physical, and worth nothing unused."""
    flow = max(service.flows, key=lambda f: len(f.steps), default=None)
    unit = flow.resource if flow else None
    stated = unit is not None and unit.capacity is not None and not unit.capacity.assumed
    return unit if unit is not None and stated and unit.physical and unit.perishable else None


def _hole(
    service: Service,
    team: tuple[Actor, ...],
    unit: Resource,
    capacity: Fact[float],
    cases: Fact[float],
    gap: tuple[int, int],
    fault: Source,
) -> Hole:
    lang, ticket = service.language, service.ticket
    hours = (gap[1] - gap[0]) / 60
    daily = cases.value / capacity.value
    lost = daily * hours / 24
    duty = tuple(a.duty for a in team if a.duty)
    sources = tuple(d.source for d in duty)
    slots = {
        "who": pick(lang, "·", ", ").join(a.name for a in team),
        "hours": format_hours(duty[0].value, lang),
        "unit": one(unit.name, lang),
        "use": next((named(s, lang) for s in service.steps("start", "check_in")), pick(lang, "이용", "use")),
        "gap": format_span(gap, lang),
        "gap_hours": format_number(hours),
        "lost": format_number(lost),
    }
    shown = f"{format_number(cases.value)} / {format_number(capacity.value)} × {format_number(hours)}/24"
    evidence: list[Evidence] = [
        CalendarGap(slots["who"], slots["gap"], hours, fault.text, sources),
        Arithmetic(
            shown,
            pick(lang, f"{unit.name} 하나에 {slots['lost']}건", f"{slots['lost']} cases for one {slots['unit']}"),
            (cases.source, capacity.source, *sources),
        ),
    ]
    loss = None
    if ticket is not None and not ticket.assumed:
        money = Money(round(lost * ticket.value.amount), ticket.value.currency).format(lang)
        slots["money"] = money
        total = f"{slots['lost']} × {ticket.value.format(lang)}"
        evidence.append(Arithmetic(total, money, (ticket.source,)))
        loss = Measured(lost * ticket.value.amount, f"{total} = {money}")
    return find(service, "handoffs.waiting_repair", team[0].id, slots, tuple(evidence), loss=loss)


def one(name: str, lang: Lang) -> str:
    """One of the things that the name counts: `stalls` → `stall`."""
    return name[:-1] if lang == "en" and name.endswith("s") and not name.endswith(("ss", "us")) else name
