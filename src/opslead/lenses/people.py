"""Who performs a step, and when somebody who can is there: shared by the lenses that look at people."""

from __future__ import annotations

from opslead.model.calendar import WeekHours
from opslead.model.service import Actor, Service, Step
from opslead.model.steps import STEP_KINDS, Role

DESK_KINDS = ("refund", "compensate", "adjust", "approve", "review", "reject", "claim", "answer", "reschedule", "verify",
              "accept", "assign", "cancel")  # fmt: skip
"""Work that customers set off at any hour and that a person finishes."""
SPOT_KINDS = ("check_in", "hand_over", "return", "pick_up", "receive", "deliver", "inspect", "start", "complete", "no_show",
              "clean", "repair", "dispatch", "transfer", "make", "store", "ship", "count")  # fmt: skip
"""Work that happens where the customer, the goods or the place is."""


def stated_performers(service: Service, kind: str, step: Step | None = None) -> tuple[Actor, ...]:
    """The people whom the description says do this: the step's own actor with all shifts, else those said to do it."""
    if step is not None and step.actor is not None:
        same_job = [a for a in service.people if _job(a) == _job(step.actor)]
        return tuple(same_job) or ((step.actor,) if step.actor.role is not Role.CUSTOMER else ())
    return tuple(a for a in service.people if kind in a.does)


def performers(service: Service, kind: str, step: Step | None = None) -> tuple[Actor, ...]:
    """The same, or where nobody is stated, everybody of the role that usually does it."""
    stated = stated_performers(service, kind, step)
    if stated or (step is not None and step.actor is not None):
        return stated
    usual = STEP_KINDS[kind].performer if kind in STEP_KINDS else Role.STAFF
    if usual in (Role.CUSTOMER, Role.SYSTEM, Role.PARTNER):
        usual = Role.STAFF
    return tuple(a for a in service.people if a.role is usual)


def _job(actor: Actor) -> str:
    return actor.name.split("(")[0].strip()


def attended(actors: tuple[Actor, ...]) -> WeekHours | None:
    """The hours in which at least one of them is on duty; None where any of their hours is unknown."""
    if not actors or any(a.duty is None or a.duty.assumed for a in actors):
        return None
    return WeekHours.of(span for a in actors if a.duty for span in a.duty.value.spans)


def headcount(actors: tuple[Actor, ...], minute: int) -> int:
    """How many are on duty at that minute of the week (one for an actor whose count is not stated)."""
    return sum((a.count.value if a.count else 1) for a in actors if a.duty is not None and minute in a.duty.value)
