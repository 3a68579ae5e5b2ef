"""The amounts of a text in one unit, so that `10분`, `10 minutes` and `600 s` are the same."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from opslead.intake.amounts.numerals import value_of
from opslead.intake.amounts.quantities import Measure, Sort, find
from opslead.model.measure import parse_duration, parse_money, parse_relative_day, parse_share


@dataclass(frozen=True)
class Amount:
    """One amount of a text. `dimension` is duration (seconds), share (of one), factor, day (seconds before or after the use), time
    (minutes of the day), a currency, or `count`; `unit` is the counter of a count. `low` is the lower end of a range, else equal to
    `value`. `measure` is how it was read.
    """

    dimension: str
    value: float
    low: float
    unit: str
    measure: Measure

    @property
    def start(self) -> int:
        return self.measure.start

    @property
    def end(self) -> int:
        return self.measure.end

    @property
    def text(self) -> str:
        return self.measure.text.strip()

    @property
    def values(self) -> tuple[tuple[str, float], ...]:
        """Its dimension with each of its ends."""
        return tuple(dict.fromkeys(((self.dimension, self.low), (self.dimension, self.value))))


@lru_cache(maxsize=8192)
def measures(text: str) -> tuple[Measure, ...]:
    """Every amount of the text as intake reads it, hours and schedules too."""
    return find(text)


@lru_cache(maxsize=8192)
def amounts(text: str) -> tuple[Amount, ...]:
    """Every amount of the text that has a value, in its order; hours and schedules have none."""
    return tuple(amount for measure in measures(text) if (amount := _amount(measure)) is not None)


def _amount(measure: Measure) -> Amount | None:
    read = _value(measure, measure.value)
    if read is None:
        return None
    dimension, value = read
    low = _value(measure, measure.low) if measure.low else None
    unit = singular(measure.unit) if dimension == "count" else ""
    return Amount(dimension, value, low[1] if low is not None else value, unit, measure)


def _value(measure: Measure, written: str) -> tuple[str, float] | None:
    match measure.sort:
        case Sort.DURATION:
            length = parse_duration(written)
            return None if length is None else ("duration", length.total_seconds())
        case Sort.MONEY:
            money = parse_money(written)
            return None if money is None else (money.currency, money.amount)
        case Sort.SHARE:
            share = parse_share(written)
            return None if share is None else ("share", round(share, 9))
        case Sort.DAY:
            day = parse_relative_day(written)
            return None if day is None else ("day", day.total_seconds())
        case Sort.TIME:
            hour, _, minute = written.partition(":")
            return ("time", float(int(hour) * 60 + int(minute))) if minute.isdigit() else None
        case Sort.COUNT | Sort.FACTOR | Sort.NUMBER:
            number = _number(written)
            kind = "factor" if measure.sort is Sort.FACTOR else "count"
            return None if number is None else (kind, number)
    return None


def _number(written: str) -> float | None:
    return value_of(re.sub(r"[^\d.,가-힣A-Za-z -]", "", written))


def singular(unit: str) -> str:
    """The counter's head word in the singular: `fast-charging stalls` is `stall`, `건` stays."""
    head = unit.split()[-1].lower() if unit.split() else ""
    return head[:-1] if head.isascii() and head.endswith("s") and not head.endswith("ss") and len(head) > 2 else head
