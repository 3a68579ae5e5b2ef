"""A claimed gap in the calendar, held against the stated hours."""

from __future__ import annotations

from opslead.lenses.hole import CalendarGap
from opslead.lenses.worth import same_job
from opslead.model.calendar import DAY, WeekHours, format_hours
from opslead.model.service import Actor, Service
from opslead.panel.answers import Gap
from opslead.text import pick

_DAYS = {"weekdays": range(5), "weekend": range(5, 7), "every day": range(7)}


def away(gap: Gap, service: Service) -> tuple[CalendarGap | None, str]:
    """The gap with its hours, or what is wrong with the claim: nobody of that id, no stated hours, or somebody is there."""
    lang = service.language
    actor = next((a for a in service.actors if a.id == gap.who.strip()), None)
    if actor is None:
        return None, pick(lang, f"모델에 없는 사람이다: {gap.who}", f"there is no such person in the model: {gap.who}")
    if actor.duty is None or actor.duty.assumed:
        return None, pick(
            lang,
            f"{actor.name}의 근무 시간이 적혀 있지 않아 공백이라고 할 수 없다",
            f"the hours of {actor.name} are not stated, so no gap can be claimed",
        )
    claimed = _hours(gap)
    for other in (actor, *_shifts(actor, service)):
        there = claimed & other.duty.value if other.duty else None
        if there is not None and there.minutes:
            return None, pick(
                lang,
                f"{other.name}: 그 시간에 근무한다({format_hours(there, lang)})",
                f"{other.name} is on duty then ({format_hours(there, lang)})",
            )
    longest = claimed.longest()
    if longest is None:
        return None, pick(lang, "시작과 끝이 같은 시간이다", "the gap begins and ends at the same time")
    duty = format_hours(actor.duty.value, lang)
    needed = pick(lang, f"적힌 근무 시간은 {duty}", f"stated hours: {duty}")
    length = (longest[1] - longest[0]) / 60
    return CalendarGap(actor.name, format_hours(claimed, lang), length, needed, (actor.duty.source,)), ""


def _shifts(actor: Actor, service: Service) -> tuple[Actor, ...]:
    """The other shifts of the same job: while one of them is there, nobody is missing."""
    return tuple(a for a in service.people if a is not actor and same_job(a, actor))


def _hours(gap: Gap) -> WeekHours:
    start, end = _minute(gap.start), _minute(gap.end)
    if end < start:
        end += DAY
    return WeekHours.of((day * DAY + start, day * DAY + end) for day in _DAYS[gap.days])


def _minute(clock: str) -> int:
    """Minutes of the day; `24:30` is a slip for the end of the day."""
    return min(int(clock[:2]) * 60 + int(clock[3:]), DAY)
