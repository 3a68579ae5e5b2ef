"""Work where the customer, the goods or the place is: one person alone, nobody at all, changes of shift, hours outside of duty."""

from __future__ import annotations

from collections.abc import Iterator

from opslead.lenses.finding import Measured, find
from opslead.lenses.hole import Arithmetic, CalendarGap, Hole
from opslead.lenses.people import SPOT_KINDS, attended, headcount, names, performers, stated_performers
from opslead.model.calendar import DAY, WEEK, WeekHours, clock, format_hours
from opslead.model.measure import format_number
from opslead.model.service import Actor, Basis, Service, Source
from opslead.model.steps import STEP_KINDS, Role
from opslead.text import pick

NIGHTS = WeekHours.of((day * DAY + 22 * 60, day * DAY + 30 * 60) for day in range(7))
"""22:00 to 06:00."""
LEAST_OUTSIDE = 60
"""Minutes a week of stated work outside of all duty from which it is a hole: less is a rounding of hours."""


def _on_spot(actor: Actor) -> bool:
    return actor.role is Role.FIELD or bool(set(actor.does) & set(SPOT_KINDS))


def alone(service: Service) -> Iterator[Hole]:
    """One person on the spot while customers are there, and nobody else who works there."""
    lang = service.language
    for actor in service.people:
        if actor.count is None or actor.count.value != 1 or actor.count.assumed:
            continue
        if actor.duty is None or actor.duty.assumed or not _on_spot(actor):
            continue
        others = [a for a in service.people if a is not actor and _on_spot(a) and a.duty and not a.duty.assumed]
        shared = WeekHours.of(span for a in others if a.duty for span in a.duty.value.spans)
        hours = actor.duty.value - shared
        if not (hours & NIGHTS).minutes:
            continue
        said, longest = format_hours(hours, lang), hours.longest() or (0, 0)
        stretch = (longest[1] - longest[0]) / 60
        yield find(
            service,
            "coverage.alone",
            actor.id,
            {"who": actor.name, "hours": said, "weekly": format_number(hours.hours)},
            (
                CalendarGap(
                    actor.name,
                    said,
                    hours.hours,
                    pick(lang, "두 번째 사람이 필요한 확인·안전", "a second person for checks and safety"),
                    (actor.count.source, actor.duty.source),
                ),
            ),
            unseen=Measured(
                stretch,
                pick(
                    lang,
                    f"다음 사람이 오기까지 {format_number(stretch)}시간",
                    f"{format_number(stretch)} h until the next person comes",
                ),
            ),
        )


def nobody(service: Service) -> Iterator[Hole]:
    """A shift of 0 people that has work, in hours in which nobody else does that work."""
    lang = service.language
    for actor in service.people:
        if actor.count is None or actor.count.value != 0:
            continue
        kinds = [*actor.does, *(s.kind for s in service.steps() if s.actor is actor and s.manual)]
        work = [k for k in dict.fromkeys(kinds) if k in STEP_KINDS]
        others = [a for a in service.people if a is not actor and (a.count is None or a.count.value) and set(a.does) & set(work)]  # fmt: skip
        duty = actor.duty.value if actor.duty else WeekHours.always()
        if any(a.duty is None for a in others):
            continue  # they may be there
        left = duty - WeekHours.of(span for a in others if a.duty for span in a.duty.value.spans)
        if not work or not left.minutes:
            continue
        said = format_hours(left, lang)
        tasks = pick(lang, "·", ", ").join(STEP_KINDS[k].label(lang) for k in work[:4])
        inputs = (actor.count.source, *((actor.duty.source,) if actor.duty else ()))
        gap = CalendarGap(actor.name, said, left.hours, tasks, inputs)
        sum_ = Arithmetic(
            pick(lang, f"0명 × 주 {format_number(left.hours)}시간 = 0인시", f"0 people × {format_number(left.hours)} h a week = 0 person-hours"),
            pick(lang, f"주 {format_number(left.hours)}시간 동안 아무도 없다", f"nobody for {format_number(left.hours)} h a week"),
            inputs,
        )  # fmt: skip
        slots = {"who": actor.name, "work": tasks, "hours": said, "weekly": format_number(left.hours)}
        yield find(service, "coverage.nobody", actor.id, slots, (gap, sum_))


def shift_change(service: Service) -> Iterator[Hole]:
    """A change of shift inside the hours in which customers come."""
    lang = service.language
    for step in service.steps(*SPOT_KINDS):
        if step.when is None or step.when.assumed:
            continue
        people = performers(service, step.kind, step)
        for start, end in step.when.value.spans[:1]:
            edge = next((e for actor in people if (e := _begins(actor, start, end)) is not None), None)
            if edge is None:
                continue
            sites = service.sites.value if service.sites and all(a.per_site for a in people) else 1
            days = len(step.when.value.spans)
            times = days * sites * 30 / 7
            at, name, when = clock(edge), step.title(lang), format_hours(step.when.value, lang)
            yield find(
                service,
                "coverage.shift_change",
                step.id,
                {
                    "at": at,
                    "before": str(headcount(people, edge - 1)),
                    "after": str(headcount(people, edge)),
                    "work": name,
                    "hours": when,
                    **({"place": pick(lang, "곳", "site")} if sites > 1 else {}),
                },
                (
                    CalendarGap(
                        pick(lang, "인계 시간", "overlap for hand-over"),
                        at,
                        0.0,
                        f"{name} {when}",
                        tuple(a.duty.source for a in people if a.duty),
                    ),
                ),
                cases=Measured(
                    times,
                    pick(
                        lang,
                        f"주 {days}번 × {sites}곳 × 30/7 = 월 {format_number(times)}번",
                        f"{days} a week × {sites} sites × 30/7 = {format_number(times)} a month",
                    ),
                ),
            )
            return


def _begins(actor: Actor, start: int, end: int) -> int | None:
    """The minute inside the stretch at which the actor's duty begins."""
    if actor.duty is None:
        return None
    return next((s for s, _ in actor.duty.value.spans if start < s % WEEK < end), None)


def outside_duty(service: Service) -> Iterator[Hole]:
    """Stated hours of a step in which none of those who do it are on duty; the longest of all steps."""
    lang = service.language
    found: list[tuple[int, str, tuple[Actor, ...], WeekHours, WeekHours, str, str, tuple[Source, ...]]] = []
    for step in service.steps():
        if step.when is None or step.when.assumed or not step.manual or step.source.basis is Basis.ASSUMED:
            continue
        people = tuple(a for a in stated_performers(service, step.kind, step) if a.count is None or a.count.value)
        duty = attended(people)
        outside = step.when.value - duty if duty is not None else WeekHours(())
        if duty is not None and outside.minutes >= LEAST_OUTSIDE:
            inputs = (step.when.source, *(a.duty.source for a in people if a.duty))
            when = format_hours(step.when.value, lang)
            found.append((-outside.minutes, step.id, people, outside, duty, step.title(lang), when, inputs))
    if not found:
        return
    _, place, people, outside, duty, name, when, inputs = min(found, key=lambda item: item[:2])
    who, missing = names(people, lang), format_number(outside.hours)
    slots = {
        "work": name,
        "hours": when,
        "who": who,
        "duty": format_hours(duty, lang),
        "outside": format_hours(outside, lang),
        "missing": missing,
    }
    gap = CalendarGap(who, slots["outside"], outside.hours, f"{name} {when}", inputs)
    stretch = outside.longest() or (0, 0)
    unseen = (stretch[1] - stretch[0]) / 60
    shown = pick(lang, f"한 번에 {format_number(unseen)}시간", f"{format_number(unseen)} h at a time")
    yield find(service, "coverage.outside_duty", place, slots, (gap,), unseen=Measured(unseen, shown))
