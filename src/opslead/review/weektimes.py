"""Stretches of the week written with days and times, and how long they are: `금 19:00~월 10:00`, `Sat 19:05–Mon 07:00`."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from opslead.model.calendar import DAY, WEEK

_DAYS = {
    **{name: day for day, name in enumerate("월화수목금토일")},
    **{name: day for day, name in enumerate(("mon", "tue", "wed", "thu", "fri", "sat", "sun"))},
}
_DAY = r"(?:(?<![가-힣A-Za-z])[월화수목금토일](?:요일)?|\b(?:mon|tue|wed|thu|fri|sat|sun)[a-z]{0,6})"
_CLOCK = r"(?:[01]?\d|2[0-4]):[0-5]\d"
_POINT = re.compile(rf"(?P<day>{_DAY})\s?(?:at\s|,\s?)?(?P<clock>{_CLOCK})", re.I)
_STRETCH = re.compile(
    rf"(?P<one>{_DAY}\s?(?:at\s|,\s?)?{_CLOCK})\s?(?:~|-|–|—|∼|to|until|till|부터|에서|through)\s?(?P<two>{_DAY}\s?(?:at\s|,\s?)?{_CLOCK})",
    re.I,
)
_SPAN = re.compile(
    rf"(?<![\d:])(?P<one>{_CLOCK})\s?(?:~|-|–|—|∼|to|until)\s?(?P<next>익일|다음\s?날|next day)?\s?(?P<two>{_CLOCK})",
    re.I,
)


@dataclass(frozen=True)
class Stretch:
    """`minutes` between two points of the week, or of one day and the next; the words stand at `text[start:end]`."""

    minutes: int
    start: int
    end: int


def stretches(text: str) -> Iterator[Stretch]:
    """Stretches between two named days, then those between two times of day, in the order of the text."""
    taken: list[tuple[int, int]] = []
    for match in _STRETCH.finditer(text):
        one, two = _point(match["one"]), _point(match["two"])
        if one is not None and two is not None:
            taken.append(match.span())
            yield Stretch((two - one) % WEEK or WEEK, *match.span())
    for match in _SPAN.finditer(text):
        if not any(start < match.end() and match.start() < end for start, end in taken):
            yield Stretch((_minute(match["two"]) - _minute(match["one"])) % DAY or DAY, *match.span())


def points(text: str) -> tuple[tuple[int, int, int], ...]:
    """Every day with a time: its minute of the week, and where it stands."""
    found = ((_point(match.group()), match.span()) for match in _POINT.finditer(text))
    return tuple((minute, *span) for minute, span in found if minute is not None)


def _point(words: str) -> int | None:
    match = _POINT.search(words)
    if match is None:
        return None
    day = match["day"].lower()
    number = _DAYS.get(day[:3], _DAYS.get(day[0]))
    return None if number is None else number * DAY + _minute(match["clock"])


def _minute(clock: str) -> int:
    hour, _, minute = clock.partition(":")
    return int(hour) * 60 + int(minute)
