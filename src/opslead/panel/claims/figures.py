"""The numbers that a proposal may use: those of the description and those the engine computed. Everything else is invented."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache

from opslead.intake.amounts.numerals import DIGITS, SCALED, value_of
from opslead.intake.amounts.quantities import Measure, Sort, find
from opslead.model.calendar import clock, parse_hours
from opslead.model.measure import parse_duration, parse_money, parse_relative_day, parse_share

_LIST_MARK = re.compile(r"^\s*(?:\d{1,2}[.)]|#+\s*\d{1,2}[.)]?)\s+", re.M)
"""The number of a list's item, which says nothing of the service."""
_FIGURE = re.compile(rf"{SCALED}|{DIGITS}")
_CLOCK = re.compile(r"(?<!\d)(\d{1,2}):(\d{2})(?!\d)")
_ONE = re.compile(r"1(?![\d.,:~])")
_COUNTS = (Sort.COUNT, Sort.NUMBER, Sort.FACTOR)
_FEW = 2
"""Counts up to this are manners of speaking (`2건이 겹친다`), no claims."""


@dataclass(frozen=True)
class Figure:
    """One number with its unit: `sort` with `value` in that sort's one unit (seconds, money, fraction, minute of the day, plain)."""

    sort: Sort
    value: float
    text: str


@dataclass(frozen=True)
class Figures:
    """`units` are the numbers with their sort, `plain` the bare values; both rounded so that equal ones are equal."""

    units: frozenset[tuple[Sort, float]]
    plain: frozenset[float]

    def __or__(self, other: Figures) -> Figures:
        return Figures(self.units | other.units, self.plain | other.plain)

    def holds(self, figure: Figure) -> bool:
        """Whether the number stands here: a length of time, money or a share as such, a count by its bare value."""
        if figure.value == 0 or (figure.sort, figure.value) == (Sort.SHARE, 1.0):
            return True  # nothing and all are no numbers
        if figure.sort is Sort.DURATION and _ONE.match(figure.text):
            return True  # `1 h costs 30 EUR`: the measure, not a claim
        if figure.sort in _COUNTS:
            return 0 <= figure.value <= _FEW or _key(figure.value) in self.plain
        return (figure.sort, _key(figure.value)) in self.units


def of(texts: Iterable[str]) -> Figures:
    """The numbers of some texts, also those that stand without a unit. A list's own numbers are no numbers of the service."""
    lines = [_of_line(line) for line in _lines(texts)]
    return Figures(
        frozenset[tuple[Sort, float]]().union(*(one.units for one in lines)),
        frozenset[float]().union(*(one.plain for one in lines)),
    )


@lru_cache(maxsize=16_384)
def _of_line(line: str) -> Figures:
    """Kept, since every round and every check reads the same policies again."""
    units = frozenset((figure.sort, _key(figure.value)) for figure in figures(line))
    return Figures(units, frozenset(_key(value) for value in _bare(_without_units(line))))


def raw(texts: Iterable[str]) -> frozenset[float]:
    """Every number of some texts whatever its unit, as a sum may use it: `12` of 12 hours, `0.2` and `20` of 20%, `15.5` of 15:30."""
    return frozenset(_key(value) for line in _lines(texts) for value in _bare(line))


def counted(texts: Iterable[str]) -> Figures:
    """The same, but a bare value only of what is counted: that somewhere stands `45 min` is no 45 people."""
    units = frozenset[tuple[Sort, float]]().union(*(_of_line(line).units for line in _lines(texts)))
    return Figures(units, frozenset(value for sort, value in units if sort in _COUNTS))


def _lines(texts: Iterable[str]) -> Iterator[str]:
    for text in texts:
        yield from _LIST_MARK.sub("", text).splitlines()


def of_values(values: Iterable[float]) -> Figures:
    """Bare values, without a unit."""
    return Figures(frozenset(), frozenset(_key(value) for value in values))


def figures(text: str) -> Iterator[Figure]:
    """The numbers with a unit that are written in figures; what is written in words (`두 사람`, `an hour`) is no claim of a number."""
    for measure in find(text):
        if any(sign.isdigit() for sign in measure.text):
            yield from _figure(measure)
    for match in _CLOCK.finditer(text):
        yield Figure(Sort.TIME, int(match[1]) % 24 * 60 + int(match[2]), match[0])


def strange(text: str, known: Figures) -> tuple[str, ...]:
    """The numbers of a text that stand nowhere in what is known, as written."""
    return tuple(dict.fromkeys(figure.text for figure in figures(text) if not known.holds(figure)))


def _figure(measure: Measure) -> Iterator[Figure]:
    for written in dict.fromkeys(part for part in (measure.low, measure.value) if part):
        for sort, value in _values(measure.sort, written):
            yield Figure(sort, value, measure.text)


def _values(sort: Sort, written: str) -> Iterator[tuple[Sort, float]]:
    """The sort and the value in its one unit; nothing for what no parser reads."""
    if sort is Sort.HOURS:
        hours = parse_hours(written)
        ends = sorted({clock(edge) for span in hours.spans for edge in span}) if hours else []
        yield from ((Sort.TIME, int(end[:2]) * 60 + int(end[3:])) for end in ends if end != "00:00")
    elif sort is Sort.DURATION:
        if (length := parse_duration(written)) is not None:
            yield Sort.DURATION, length.total_seconds()
    elif sort is Sort.DAY:
        if (day := parse_relative_day(written)) is not None:
            yield Sort.DURATION, abs(day.total_seconds())
    elif sort is Sort.MONEY:
        if (money := parse_money(written)) is not None:
            yield Sort.MONEY, money.amount
    elif sort is Sort.SHARE:
        if (share := parse_share(written)) is not None:
            yield Sort.SHARE, share
    elif sort is Sort.COUNT:
        number = value_of(written)
        if number is not None:
            yield Sort.COUNT, number


def _without_units(text: str) -> str:
    """The text without its lengths of time, money, shares and times of day: their numbers count nothing."""
    other = [measure for measure in find(text) if measure.sort not in _COUNTS]
    for measure in reversed(other):
        text = f"{text[: measure.start]} {text[measure.end :]}"
    return _CLOCK.sub(" ", text)


def _bare(text: str) -> Iterator[float]:
    for match in _FIGURE.finditer(text):
        value = value_of(match[0])
        if value is None:
            continue
        yield value
        if text[match.end() : match.end() + 2].strip().startswith("%"):
            yield value / 100
    for measure in find(text):
        number = value_of(measure.value)
        if number is not None:
            yield number
    for match in _CLOCK.finditer(text):
        yield int(match[1]) + int(match[2]) / 60


def _key(value: float) -> float:
    return round(value, 6)
