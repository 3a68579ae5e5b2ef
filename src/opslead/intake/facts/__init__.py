"""Clocks, limits, rates, volumes, money rules and measures of success: every number bound to what it describes.

`facts` reads the passages once. Numbers that belong to a refund ladder are left to `intake.exits`, head-counts and hours of
staff to `intake.actors`. Prices of hosting, colours, versions, plans of the project and made-up examples are no facts.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, fields

from opslead.intake.amounts.frames import Amount, Frame, Scene, amounts, frames
from opslead.intake.amounts.quantities import Sort
from opslead.intake.exits import ladder_spans
from opslead.intake.facts.clocks import clocks_of
from opslead.intake.facts.counts import counts_of
from opslead.intake.facts.money import money_of
from opslead.intake.facts.parameters import parameters_of
from opslead.intake.facts.shares import shares_of
from opslead.intake.facts.targets import target_of
from opslead.intake.page.passages import Form, Passage
from opslead.model.calendar import HoursError, clock, parse_hours
from opslead.model.document import ClockText, KpiText, LimitText, MoneyText, RateText, Said, VolumeText
from opslead.model.measure import parse_number

Fact = ClockText | LimitText | RateText | VolumeText | MoneyText | KpiText


@dataclass(frozen=True)
class Facts:
    """All facts of a description by their kind, in the order of the text."""

    clocks: tuple[ClockText, ...] = ()
    limits: tuple[LimitText, ...] = ()
    rates: tuple[RateText, ...] = ()
    volumes: tuple[VolumeText, ...] = ()
    money: tuple[MoneyText, ...] = ()
    kpis: tuple[KpiText, ...] = ()

    def __iter__(self) -> Iterator[Fact]:
        for part in fields(self):
            yield from getattr(self, part.name)


def facts(passages: Sequence[Passage]) -> Facts:
    """Every fact of the passages, each once."""
    used = ladder_spans(passages)
    found: dict[object, Fact] = {}
    for frame in frames(passages):
        for fact in _of(frame, used.get(str(frame.passage.place) + frame.passage.text, ())):
            found.setdefault(_key(fact), fact)
    kept = tuple(found.values())
    return Facts(
        clocks=tuple(f for f in kept if isinstance(f, ClockText)),
        limits=tuple(f for f in kept if isinstance(f, LimitText)),
        rates=tuple(f for f in kept if isinstance(f, RateText)),
        volumes=tuple(f for f in kept if isinstance(f, VolumeText)),
        money=tuple(f for f in kept if isinstance(f, MoneyText)),
        kpis=tuple(f for f in kept if isinstance(f, KpiText)),
    )


def beside(limits: Iterable[LimitText], counted: Iterable[Said | None]) -> tuple[LimitText, ...]:
    """The limits without those that only repeat a head-count, a capacity or a number of sites from the same line."""
    known = {(said.at, parse_number(str(said.value))) for said in counted if said is not None}
    return tuple(x for x in limits if x.bound != "exact" or (x.at, parse_number(str(x.amount.value))) not in known)


_OPEN_HOURS = re.compile(r"영업|운영\s?시간|이용\s?시간|\bopen|business hours|opening", re.I)


def off_duty(clocks: Iterable[ClockText], duties: Iterable[Said | None]) -> tuple[ClockText, ...]:
    """The clocks without the openings and cut-offs that only repeat the hours of staff from the same line."""
    known: set[tuple[str, str]] = set()
    for duty in duties:
        try:
            hours = parse_hours(str(duty.value)) if duty is not None else None
        except HoursError:
            hours = None
        at = duty.at if duty is not None else ""
        for span in hours.stretches() if hours is not None else ():
            known |= {(at, clock(edge)) for edge in span}
    return tuple(
        found
        for found in clocks
        if found.kind not in ("opening", "cutoff")
        or found.time is None
        or (found.at, str(found.time.value)) not in known
        or _OPEN_HOURS.search(found.given)
    )


def _key(fact: Fact) -> object:
    """What makes two facts the same: everything but where it stands."""
    said = ((name, getattr(fact, name)) for name in type(fact).model_fields if name not in ("given", "at"))
    return (type(fact), *((name, value.value if isinstance(value, Said) else value) for name, value in said))


def _of(frame: Frame, used: tuple[tuple[int, int], ...]) -> Iterator[Fact]:
    if frame.scene is Scene.NOTHING or not frame.measures:
        return
    if frame.passage.form is Form.ROW:
        parameters = tuple(parameters_of(frame))
        if parameters:
            yield from parameters
            return
    row = frame.passage.form is Form.ROW and any(m.sort is Sort.SHARE for m in frame.measures)
    planned = frame.scene is Scene.PLAN and bool(re.search(r"목표|target|goal", frame.passage.label, re.I))
    if frame.scene is Scene.TARGETS or (frame.scene is Scene.SERVICE and row) or planned:
        targets = tuple(target_of(frame))
        if targets:
            yield from targets
            return
    previous: Amount | None = None
    for amount in amounts(frame):
        start, end = amount.measure.start + frame.offset, amount.measure.end + frame.offset
        if any(start < stop and begin < end for begin, stop in used):
            continue
        yield from _fact(amount, previous)
        previous = amount


def _fact(amount: Amount, previous: Amount | None) -> Iterator[Fact]:
    """What one amount says. `previous` is the one before it in the passage, whose kind an enumeration goes on with."""
    sort = amount.measure.sort
    if sort in (Sort.DURATION, Sort.DAY, Sort.TIME, Sort.HOURS):
        yield from clocks_of(amount)
    elif sort in (Sort.MONEY, Sort.SCHEDULE):
        yield from money_of(amount)
    elif sort is Sort.SHARE:
        yield from shares_of(amount, previous)
    else:
        yield from counts_of(amount)
