"""When somebody is on duty, as matchers ask: relieved, alone, away, at night, round the clock."""

from __future__ import annotations

from opslead.knowledge import schema
from opslead.model.calendar import DAY, WEEK, WeekHours
from opslead.model.service import Actor, Service

NIGHT = WeekHours.of((day * DAY, day * DAY + 5 * 60) for day in range(7))
OVERLAP = 60
"""Minutes that two shifts may overlap for the hand-over."""


def relieved(service: Service, actor: Actor) -> bool:
    """Whether somebody else of the same role begins at or shortly before the end of this actor's duty."""
    if actor.duty is None or actor.duty.assumed:
        return False
    ends = {end % WEEK for _, end in actor.duty.value.spans}
    others = [a.duty for a in service.actors if a is not actor and a.role is actor.role and a.duty is not None]
    return any(
        not duty.assumed and (end - start % WEEK) % WEEK <= OVERLAP
        for duty in others
        for start, _ in duty.value.spans
        for end in ends
    )


def round_the_clock(actor: Actor) -> bool:
    return actor.duty is not None and not actor.duty.assumed and actor.duty.value.minutes == WEEK


_SPOT = frozenset({"check_in", "hand_over", "pick_up", "start", "receive", "deliver", "return"})


def accompanied(service: Service, actor: Actor) -> bool:
    """Whether others who work where customers are met are on duty in every hour of this actor's."""
    if actor.duty is None or actor.duty.assumed:
        return False
    others = [
        a.duty.value.spans
        for a in service.people
        if a is not actor and a.duty is not None and not a.duty.assumed and _SPOT & set(a.does)
    ]
    there = WeekHours.of(span for spans in others for span in spans)
    return (actor.duty.value & ~there).minutes == 0


def duty_test(spec: schema.ActorMatch, actor: Actor) -> bool | None:
    """True, False, or None where head-count or hours are not stated."""
    answers: list[bool | None] = []
    duty = actor.duty.value if actor.duty and not actor.duty.assumed else None
    if spec.alone is not None:
        count = actor.count.value if actor.count and not actor.count.assumed else None
        answers.append(None if count is None else (count == 1) == spec.alone)
    if spec.off is not None:
        answers.append(None if duty is None else (duty.minutes < WEEK) == spec.off)
    if spec.night is not None:
        answers.append(None if duty is None else ((duty & NIGHT).minutes > 0) == spec.night)
    if any(answer is False for answer in answers):
        return False
    return None if any(answer is None for answer in answers) else True
