"""Who performs a step, and when somebody who can is there: shared by the lenses that look at people."""

from __future__ import annotations

import re
from dataclasses import dataclass

from opslead.model.calendar import DAY, WEEK, WeekHours
from opslead.model.service import Actor, Service, Source, Step
from opslead.model.steps import STEP_KINDS, Role
from opslead.text import Lang, pick

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
    """The hours in which at least one of them is on duty; None where any of their hours is unknown. A shift of 0 is nobody."""
    there = [a for a in actors if a.count is None or a.count.value > 0]
    if not actors or any(a.duty is None or a.duty.assumed for a in there):
        return None
    return WeekHours.of(span for a in there if a.duty for span in a.duty.value.spans)


def headcount(actors: tuple[Actor, ...], minute: int) -> int:
    """How many are on duty at that minute of the week (one for an actor whose count is not stated)."""
    return sum((a.count.value if a.count else 1) for a in actors if a.duty is not None and minute in a.duty.value)


@dataclass(frozen=True)
class Absence:
    """The longest stretch in which none of the people who do something is there."""

    who: tuple[Actor, ...]
    span: tuple[int, int]
    """Minutes of the week; an end past 10080 belongs to the next week."""

    @property
    def hours(self) -> float:
        return (self.span[1] - self.span[0]) / 60

    @property
    def sources(self) -> tuple[Source, ...]:
        return tuple(a.duty.source for a in self.who if a.duty)


def absence(actors: tuple[Actor, ...]) -> Absence | None:
    """When they are away longest; None when their hours are unknown or somebody is always there."""
    hours = attended(actors)
    gap = (~hours).longest() if hours is not None else None
    return Absence(actors, gap) if gap is not None else None


def names(actors: tuple[Actor, ...], lang: Lang) -> str:
    """`CS 담당·재무 담당`, `the desk, the owner`."""
    return pick(lang, "·", ", ").join(actor.name for actor in actors)


_ALWAYS_OPEN = re.compile(
    r"무인|24\s*시간|연중무휴\s*24|\b24\s*/\s*7\b|\b24\s*(?:h|hours)\b|around the clock|unattended|unstaffed|unmanned|day and night|always open",
    re.I,
)


def round_the_clock(service: Service) -> Source | None:
    """Where it says that use goes on at all hours: without staff, 24 hours, or somebody on duty all week."""
    told = [m.source for m in service.mentions if m.concept in ("out_of_hours", "night")]
    told += [rule.source for rule in service.rules] + [r.source for r in service.resources]
    found = next((s for s in told if _ALWAYS_OPEN.search(s.text) and not _ANSWER_LIMIT.search(s.text)), None)
    always = next((a.duty.source for a in service.people if a.duty and a.duty.value.minutes == WEEK), None)
    return found or always


_ANSWER_LIMIT = re.compile(
    r"24\s*시간\s*(?:이내|안|전|내|후|뒤|동안)|(?:within|before|after|for|up to)\s+(?:the\s+)?24\s*hours?|24\s*hours?\s+(?:ahead|before|after|in advance)",
    re.I,
)
"""A length of 24 hours, which says nothing of opening hours."""


MEETS = frozenset({"check_in", "hand_over", "return", "pick_up", "start", "receive"})
"""Work in which customers or their goods are met, so that its hours are opening hours."""


def open_days(service: Service) -> int:
    """Days of the week on which customers are met: `70 a day` counts those. Seven where nothing says otherwise."""
    if round_the_clock(service) is not None:
        return 7
    duty = [a.duty.value for a in service.people if MEETS & set(a.does) and a.duty and not a.duty.assumed]
    days = sum(any(d.minutes for d in (hours & WeekHours(((day * DAY, (day + 1) * DAY),)) for hours in duty)) for day in range(7))  # fmt: skip
    return days or 7


def number(actor: Actor, sites: int = 1) -> int:
    """People on duty at once over all sites; one where no count is stated."""
    return (actor.count.value if actor.count else 1) * (sites if actor.per_site else 1)
