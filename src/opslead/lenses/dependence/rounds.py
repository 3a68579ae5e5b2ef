"""People on rounds whose next address is in the app: what they go by while it is down, and how much they enter afterwards."""

from __future__ import annotations

from collections.abc import Iterator

from opslead.lenses.dependence.amounts import Peak, Sum, open_days, outage_hours, paid_cases, peak_of
from opslead.lenses.dependence.system import BY_HAND, STAND_IN, coming_back, nobody_to_ask, spans
from opslead.lenses.finding import Measured, find
from opslead.lenses.hole import Arithmetic, Evidence, Hole, Quotation
from opslead.model.calendar import WEEK, WeekHours, format_hours
from opslead.model.measure import format_number
from opslead.model.service import Actor, Fact, Service, Step
from opslead.model.steps import STEP_KINDS, Role
from opslead.text import pick

ROUNDS = ("deliver", "pick_up")


def rounds(service: Service) -> Iterator[Hole]:
    """One team with stated hours and number that delivers or collects; two teams share the cases in a way that is not told."""
    cases = paid_cases(service)
    team = [a for a in service.people if a.role is Role.FIELD and set(ROUNDS) & set(a.does) and _counted(a)]
    if cases is None or len(team) != 1 or any(service.control(kind, *ROUNDS) for kind in STAND_IN):
        return
    (actor,) = team
    steps = (s for s in service.steps(*ROUNDS) if s.kind in actor.does and s.via not in BY_HAND)
    step = next((s for s in steps if s.source.basis != "assumed"), None)
    if step is not None and actor.duty is not None and actor.count is not None:
        yield _hole(service, cases, actor, actor.duty.value, actor.count.value, step)


def _counted(actor: Actor) -> bool:
    stated = actor.count is not None and actor.duty is not None and not actor.duty.assumed
    return stated and actor.duty is not None and actor.duty.value.minutes not in (0, WEEK)


def _hole(service: Service, cases: Fact[float], actor: Actor, hours: WeekHours, count: int, step: Step) -> Hole:
    lang, peak, away = service.language, peak_of(service), outage_hours(service)
    length = hours.hours / open_days(hours)
    value = cases.value / length
    formula = f"{format_number(cases.value)} / {format_number(length)} h = {format_number(value)}/h"
    hourly = Sum(value, formula, (cases.source, *((actor.duty.source,) if actor.duty else ())))
    top = value * (peak.factor if peak else 1.0)
    asked = nobody_to_ask(service, hours)
    slots = {
        "desk": step.title(lang),
        "who": actor.name,
        "count": str(count),
        "window": format_hours(hours, lang),
        "hour": format_number(value),
        "whole": f"{cases.value:,.0f}",
        "rush": peak.name if peak else "",
        "rush_hour": format_number(top) if peak else "",
        "each": format_number(top * length / count),
        "back": f"{top * length * STEP_KINDS['record'].minutes / count:,.0f}",
        "nobody": format_number(asked.hours) if asked else "",
        "desk_people": asked.who if asked else "",
    }
    evidence = (
        Quotation((step.source, actor.source)),
        spans(hourly, length, slots["window"], service),
        *_busy(hourly, top, peak, count, actor, service),
        coming_back(service, top * length, 1, count, (actor,)),
        *((asked,) if asked else ()),
    )
    shown = pick(
        lang,
        f"한 달 {away.shown} 정지 × 시간당 {slots['hour']}건",
        f"{away.shown} down a month × {slots['hour']}/h",
    )
    said = {key: word for key, word in slots.items() if word}
    return find(service, "dependence.rounds_blind", step.id, said, evidence, cases=Measured(away.value * value, shown))


def _busy(hourly: Sum, top: float, peak: Peak | None, count: int, actor: Actor, service: Service) -> list[Evidence]:
    """The hour in which most is due, over all and for each on the rounds."""
    found: list[Evidence] = []
    if peak is not None:
        formula = f"{format_number(hourly.value)}/h × {peak.shown} = {format_number(top)}/h"
        found.append(Arithmetic(formula, f"{peak.name}: {format_number(top)}/h", (*hourly.sources, peak.source)))
    each = format_number(top / count)
    said = pick(
        service.language,
        f"한 사람이 시간당 {each}곳에서 다음 주소를 잃는다",
        f"each loses {each} next addresses an hour",
    )
    sources = (actor.count.source,) if actor.count else ()
    return [*found, Arithmetic(f"{format_number(top)}/h / {count} = {each}/h", said, sources)]
