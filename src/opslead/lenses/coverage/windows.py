"""A physical job done in a short window while use, or what it is done to, goes on for many hours more."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from opslead.lenses.finding import Measured, find
from opslead.lenses.hole import Arithmetic, CalendarGap, Evidence, Hole, Quotation
from opslead.lenses.people import (
    MEETS,
    Absence,
    absence,
    attended,
    names,
    open_days,
    round_the_clock,
    stated_performers,
)
from opslead.model.calendar import DAY, WeekHours, clock, format_hours, format_span
from opslead.model.measure import format_number
from opslead.model.service import Service, Source
from opslead.model.steps import STEP_KINDS
from opslead.text import pick

TENDED = ("clean",)
"""Work on the place, which use undoes again."""
CHECKED = ("inspect", "repair", "grade")
"""Work on what comes back, which must be done before the next one gets it."""
COMES_BACK = ("return", "receive", "pick_up")
LONG = 12 * 60
"""Minutes without the people from which a gap is one."""
SHORT = 8 * 60
"""Minutes at a stretch up to which a window is short."""
USE = 8 * 60
"""Minutes of use inside the gap from which it is a hole: one working day."""


@dataclass(frozen=True)
class _Window:
    """A job with the hours in which it is done, the longest time without it, and the use meanwhile (None: not told)."""

    kind: str
    hours: WeekHours
    away: Absence
    use: WeekHours | None
    source: Source | None

    @property
    def inside(self) -> int:
        """Minutes of use in the gap."""
        return (WeekHours.of([self.away.span]) & self.use).minutes if self.use is not None else 0


def work_window(service: Service) -> Iterator[Hole]:
    """A place that is tended in a short window only, while it is used for many hours more."""
    window = _longest(service, TENDED)
    if window is None or (window.use is None and not service.seasons):
        return  # neither its hours nor a rush is told: no reason to ask
    lang = service.language
    slots = _slots(service, window)
    if window.use is not None and window.inside >= window.away.hours * 60:
        slots["nonstop"] = pick(lang, "계속", "all the time")
    elif window.use is not None:
        slots["use_hours"] = format_number(window.inside / 60)
    evidence: list[Evidence] = [_gap(service, window, slots)]
    if season := next(iter(service.seasons), None):
        slots["season"] = season.name
        evidence.append(Quotation((season.source,)))
    yield find(
        service,
        "coverage.work_window",
        window.kind,
        slots,
        tuple(evidence),
        unseen=_unseen(service, window),
        certain=window.use is not None,
    )


def unchecked(service: Service) -> Iterator[Hole]:
    """What comes back is checked in a short window only, while it comes back, and goes out again, for many hours more."""
    if not set(COMES_BACK) & service.kinds:
        return
    window = _longest(service, CHECKED)
    if window is None or window.use is None or round_the_clock(service) is window.source:
        return  # hours in which things come back are not told
    lang = service.language
    used = format_number(window.inside / 60)
    slots = {**_slots(service, window), "use_hours": used}
    evidence: list[Evidence] = [_gap(service, window, slots)]
    cases = service.cases_per_day
    if cases is not None and window.use.minutes:
        days = open_days(service)
        waiting = format_number(cases.value * days * window.inside / window.use.minutes)
        slots["waiting"] = waiting
        hours = format_number(window.use.hours)
        formula = pick(
            lang,
            f"하루 {format_number(cases.value)}건 × 주 {days}일 × {used}/{hours}시간 = {waiting}건",
            f"{format_number(cases.value)} a day × {days} days a week × {used}/{hours} h = {waiting}",
        )
        result = pick(
            lang, f"다음 {slots['work']} 전에 {waiting}건이 쌓인다", f"{waiting} wait for the next {slots['work']}"
        )
        inputs = (cases.source, *((window.source,) if window.source else ()))
        evidence.append(Arithmetic(formula, result, inputs))
    yield find(service, "coverage.unchecked", window.kind, slots, tuple(evidence), unseen=_unseen(service, window))


def _longest(service: Service, kinds: tuple[str, ...]) -> _Window | None:
    """Of those jobs the one that is away longest, where use goes on meanwhile or its hours are not told."""
    found: list[_Window] = []
    for kind in kinds:
        step = next((s for s in service.steps(kind) if s.actor is not None), None)
        people = stated_performers(service, kind) or stated_performers(service, kind, step)
        hours, away = attended(people), absence(people)
        if hours is None or away is None or away.span[1] - away.span[0] < LONG or _at_a_stretch(hours) > SHORT:
            continue
        use, source = _use(service, people)
        window = _Window(kind, hours, away, use, source)
        if use is None or window.inside >= USE:
            found.append(window)
    return max(found, key=lambda w: w.away.span[1] - w.away.span[0], default=None)


def _at_a_stretch(hours: WeekHours) -> int:
    return max((end - start for start, end in hours.stretches()), default=0)


def _use(service: Service, workers: tuple[object, ...]) -> tuple[WeekHours | None, Source | None]:
    """When customers come: at all hours where that is said, else while others who meet them are on duty."""
    if (always := round_the_clock(service)) is not None:
        return WeekHours.always(), always
    front = tuple(
        a for a in service.people if a not in workers and MEETS & set(a.does) and a.duty and not a.duty.assumed
    )
    open_ = attended(front)
    return (open_, front[0].duty.source) if open_ is not None and front[0].duty else (None, None)


def _slots(service: Service, window: _Window) -> dict[str, str]:
    lang, span = service.language, window.away.span
    daily = len(window.hours.stretches()) == 7 and span[1] - span[0] < DAY
    gap = pick(lang, f"{clock(span[0])}~익일 {clock(span[1])}", f"{clock(span[0])} to {clock(span[1])} next day")
    return {
        "who": names(window.away.who, lang),
        "work": STEP_KINDS[window.kind].label(lang),
        "window": format_hours(window.hours, lang),
        "away": gap if daily else format_span(span, lang),
        "away_hours": format_number(window.away.hours),
    }


def _gap(service: Service, window: _Window, slots: dict[str, str]) -> CalendarGap:
    lang, used = service.language, format_number(window.inside / 60)
    needed = (
        pick(lang, f"그사이 이용 {used}시간", f"{used} h of use meanwhile")
        if window.use is not None
        else pick(lang, "이용 시간은 적혀 있지 않다", "hours of use are not stated")
    )
    inputs = (*window.away.sources, *((window.source,) if window.source else ()))
    return CalendarGap(slots["who"], slots["away"], window.away.hours, needed, inputs)


def _unseen(service: Service, window: _Window) -> Measured:
    lang = service.language
    hours, work = format_number(window.away.hours), STEP_KINDS[window.kind].label(lang)
    return Measured(window.away.hours, pick(lang, f"다음 {work}까지 {hours}시간", f"{hours} h until the next {work}"))
