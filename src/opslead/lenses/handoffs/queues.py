"""Work that one team hands to another which is away: what lies there when the second team comes back, how old it is, how long it lasts."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from opslead.lenses.finding import Measured, find
from opslead.lenses.handoffs.words import named, quoted, whole_service
from opslead.lenses.hole import Arithmetic, CalendarGap, Evidence, Hole
from opslead.lenses.people import attended, stated_performers
from opslead.model.calendar import DAY, WEEK, WeekHours, clock, day_name, format_hours, format_span
from opslead.model.measure import format_duration, format_number
from opslead.model.service import Actor, Basis, Fact, Flow, Service, Source, Step
from opslead.model.steps import Role
from opslead.text import STARTING, Lang, pick

RECEIVING = (
    "inspect",
    "grade",
    "receive",
    "repair",
    "clean",
    "make",
    "review",
    "verify",
    "list",
    "store",
    "record",
    "release",
)
"""Work done on what somebody else has handed over."""
ON_THINGS = ("inspect", "grade", "receive", "repair", "clean", "make", "store")
"""Work on things that lie there, which no default answer ends as it ends a request."""
GIVING = ("pick_up", "receive", "accept")
"""Steps after which a thing or a case lies with the next one. What customers bring back is the coverage lens's (`unchecked`)."""
_PROMISED = ("deliver", "ship", "complete")
LONG = 24 * 60
"""Minutes of absence from which a queue is worth a finding: a weekend, not a night."""


@dataclass(frozen=True)
class Team:
    """Hours of the week in which a step is done, by how many people, and on what that rests."""

    step: Step
    hours: WeekHours
    people: int | None
    sources: tuple[Source, ...]


@dataclass(frozen=True)
class Queue:
    """What waits at the end of the second team's longest absence. `minutes` is the work of one item."""

    giver: Team
    taker: Team
    gap: tuple[int, int]
    waiting: float
    weekly: float
    oldest: int
    minutes: Fact[float]


def waiting_queue(service: Service) -> Iterator[Hole]:
    """The hand-over with the most items waiting; one, since a service rarely has two whose hours are both stated."""
    cases = service.cases_per_day
    if cases is None or cases.assumed or cases.value <= 0:
        return
    queues = [q for flow in service.flows for q in _queues(service, flow, cases.value)]
    # of equal piles the one that is worked on first: what arrives is looked at before it is washed or mended
    worst = max(queues, key=lambda q: (q.waiting, -RECEIVING.index(q.taker.step.kind), q.taker.step.id), default=None)
    if worst is not None:
        yield _hole(service, worst, cases)


def _queues(service: Service, flow: Flow, cases: float) -> Iterator[Queue]:
    if not whole_service(flow):
        return
    given = [s for s in flow.steps if s.source.basis is Basis.GIVEN]
    for index, step in enumerate(given):
        if step.kind not in RECEIVING or not step.manual:
            continue
        taker = _taker(service, step)
        if taker is None:
            continue
        before = reversed([s for s in given[:index] if s.kind in GIVING])
        giver = next((found for s in before if (found := _giver(service, s, taker))), None)
        if giver is None:
            continue
        gap = (~taker.hours).longest()
        if gap is None or gap[1] - gap[0] < LONG:
            continue
        queue = _queue(giver, taker, gap, cases)
        if queue is not None:
            yield queue


def _taker(service: Service, step: Step) -> Team | None:
    people = stated_performers(service, step.kind, step) if step.actor else _named_after(service, step)
    if step.when is not None and not step.when.assumed:
        same = [a for a in service.people if a.duty and a.duty.value == step.when.value and a.count]
        count = _count(service, tuple(same)) if len(same) == 1 else None
        return Team(step, step.when.value, count, (step.when.source,))
    hours = attended(people)
    if hours is None or not hours.minutes or any(a.role is Role.CUSTOMER for a in people):
        return None
    return Team(step, hours, _count(service, people), tuple(a.duty.source for a in people if a.duty))


def _named_after(service: Service, step: Step) -> tuple[Actor, ...]:
    """People whose name shares its stem with the step's words: `authenticated` by the authenticators."""
    words = set(re.findall(r"[a-z]{8,}", step.name.lower()))
    return tuple(
        a
        for a in service.people
        if any(w[:8] == n[:8] for w in words for n in re.findall(r"[a-z]{8,}", a.name.lower()))
    )


def _giver(service: Service, step: Step, taker: Team) -> Team | None:
    """Who hands over: the one shift of those who do it, whoever works the taker's own hours left out."""
    if step.when is not None and not step.when.assumed:
        return Team(step, step.when.value, None, (step.when.source,))
    people = [a for a in stated_performers(service, step.kind, step) if a.role is not Role.CUSTOMER]
    timed = [a for a in people if a.duty and not a.duty.assumed and a.duty.value != taker.hours]
    if not timed or (len(timed) > 1 and len({a.duty.value for a in timed if a.duty}) > 1):
        return None
    duty = timed[0].duty
    assert duty is not None
    return Team(step, duty.value, None, (duty.source,))


def _count(service: Service, people: tuple[Actor, ...]) -> int | None:
    if not people or any(a.count is None for a in people):
        return None
    sites = service.sites.value if service.sites else 1
    return sum((a.count.value if a.count else 0) * (sites if a.per_site else 1) for a in people)


def _queue(giver: Team, taker: Team, gap: tuple[int, int], cases: float) -> Queue | None:
    """Items handed over in the gap, spread over the giver's open time so that an open day brings a day's cases."""
    shifts = giver.hours.stretches()
    if giver.hours.minutes == WEEK or not shifts:
        return None
    open_days = len({(start % WEEK) // DAY for start, _ in shifts})
    rate = cases * open_days / giver.hours.minutes
    absent = WeekHours.of([gap])
    inside = giver.hours & absent
    waiting = rate * inside.minutes
    if waiting < cases:
        return None  # less than a day's work
    first = min(((start - gap[0]) % WEEK for start, _ in inside.spans), default=0)
    minutes = taker.step.minutes or Fact(taker.step.known.minutes, Source(Basis.ASSUMED, "", taker.step.source.place))
    return Queue(giver, taker, gap, waiting, cases * open_days, gap[1] - gap[0] - first, minutes)


def _hole(service: Service, queue: Queue, cases: Fact[float]) -> Hole:
    lang = service.language
    back = f"{day_name(queue.gap[1], lang)} {clock(queue.gap[1])}"
    slots = {
        "wait": named(queue.taker.step, lang),
        "wait.actor": _doer(queue.taker.step, lang),
        **(_on_things(queue.taker.step, lang) if queue.taker.step.kind in ON_THINGS else {}),
        "work": quoted(named(queue.taker.step, lang), lang),
        "before": quoted(named(queue.giver.step, lang), lang),
        "hours": format_hours(queue.taker.hours, lang),
        "giving": format_hours(queue.giver.hours, lang),
        "gap": format_span(queue.gap, lang),
        "gap_hours": format_number((queue.gap[1] - queue.gap[0]) / 60),
        "back": back,
        "waiting": format_number(round(queue.waiting)),
        "oldest": format_number(queue.oldest / 60),
        "weekly": format_number(queue.weekly),
        **_clearing(queue, lang),
        **_promise(service, queue),
    }
    return find(
        service,
        "handoffs.waiting_queue",
        queue.taker.step.id,
        slots,
        tuple(_sums(service, queue, cases, slots)),
        cases=_monthly(queue, slots["waiting"], lang),
    )


def _monthly(queue: Queue, waiting: str, lang: Lang) -> Measured:
    """The pile comes once a week."""
    month = queue.waiting * 30 / 7
    shown = format_number(month)
    return Measured(month, pick(lang, f"{waiting}건 × 30/7 = 월 {shown}건", f"{waiting} × 30/7 = {shown} a month"))


def _on_things(step: Step, lang: Lang) -> dict[str, str]:
    return {"task": named(step, lang), "task.actor": _doer(step, lang)}


def _doer(step: Step, lang: Lang) -> str:
    return step.actor.name if step.actor else pick(lang, "맡은 사람", "whoever does it")


def _clearing(queue: Queue, lang: Lang) -> dict[str, str]:
    """How long the team needs for the pile, or, where a week's work does not fit its week, the minutes there are for one."""
    people = queue.taker.people
    if not people:
        return {}
    there = queue.taker.hours.minutes * people
    each = there / queue.weekly
    if each < queue.minutes.value:
        return {"each": f"{each:.1f}", "need": _need(queue, lang), "people": format_number(people)}
    hours = queue.waiting * queue.minutes.value / 60 / people
    return {"minutes": _need(queue, lang), "clear": format_number(hours), "team": format_number(people)}


def _need(queue: Queue, lang: Lang) -> str:
    return format_number(queue.minutes.value) + pick(lang, "분", " min") + (STARTING if queue.minutes.assumed else "")


def _promise(service: Service, queue: Queue) -> dict[str, str]:
    """A promised time for a later step of the same flow that is over before the work begins."""
    flow = next(f for f in service.flows if queue.taker.step in f.steps)
    for step in flow.steps:
        if step.kind not in _PROMISED or step is queue.giver.step or step.within is None or step.within.assumed:
            continue
        if step.within.value.total_seconds() / 60 <= queue.oldest:
            return {
                "promise": format_duration(step.within.value, service.language),
                "promised": step.known.label(service.language),
            }
    return {}


def _sums(service: Service, queue: Queue, cases: Fact[float], slots: dict[str, str]) -> Iterator[Evidence]:
    lang = service.language
    who, needed = slots["work"], f"{slots['before']} ({slots['giving']})"
    yield CalendarGap(who, slots["gap"], (queue.gap[1] - queue.gap[0]) / 60, needed, queue.taker.sources)
    open_days = queue.weekly / cases.value
    daily = queue.giver.hours.minutes / 60 / open_days
    inside = (queue.giver.hours & WeekHours.of([queue.gap])).minutes / 60
    yield Arithmetic(
        pick(
            lang,
            f"하루 {format_number(cases.value)}건 × {format_number(inside)}시간 / {format_number(daily)}시간",
            f"{format_number(cases.value)} a day × {format_number(inside)} h / {format_number(daily)} h",
        ),
        pick(lang, f"{slots['back']}에 {slots['waiting']}건", f"{slots['waiting']} waiting on {slots['back']}"),
        (cases.source, *queue.giver.sources),
    )
    week = queue.taker.hours.minutes / 60
    if "each" in slots:
        yield Arithmetic(
            pick(
                lang,
                f"주 {format_number(week)}시간 × {slots['people']}명 × 60 / 주 {slots['weekly']}건",
                f"{format_number(week)} h a week × {slots['people']} × 60 / {slots['weekly']} a week",
            ),
            pick(lang, f"한 건에 {slots['each']}분", f"{slots['each']} min each"),
            (cases.source, *queue.taker.sources),
        )
    elif "clear" in slots:
        yield Arithmetic(
            pick(
                lang,
                f"{slots['waiting']}건 × {slots['minutes']} / 60 / {slots['team']}명",
                f"{slots['waiting']} × {slots['minutes']} / 60 / {slots['team']}",
            ),
            pick(lang, f"{slots['clear']}시간", f"{slots['clear']} h"),
            (cases.source, *queue.taker.sources),
        )
