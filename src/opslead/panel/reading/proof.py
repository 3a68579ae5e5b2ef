"""Whether a value follows from the words quoted for it: its number stands there, in the same unit, by whatever spelling."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import Literal

from opslead.intake.amounts.quantities import Sort, find
from opslead.model.calendar import HoursError, WeekHours, parse_hours
from opslead.model.measure import Money, parse_duration, parse_money, parse_number, parse_relative_day, parse_share

What = Literal["count", "duration", "hours", "money", "share", "number", "time", "words"]
"""What a field holds; `words` are kept as they are and only have to stand in the quotation."""

_SHARES = (
    (re.compile(r"전액|\bin full\b|\bfull(?:y)? refund|\bfull amount\b|\ball of it\b", re.I), 1.0),
    (re.compile(r"절반|반액|반값|\bhalf\b", re.I), 0.5),
    (
        re.compile(
            r"환불\s?(?:은|이|도)?\s?(?:없|불가|안)|\bno refund|\bnothing\b|non-?refundable|\bforfeit",
            re.I,
        ),
        0.0,
    ),
)
"""Shares in words."""


def parsed(value: str, what: What, currency: str = "") -> object | None:
    """The value as the model holds it; None where it is no such value."""
    try:
        return _PARSERS[what](value, currency)
    except HoursError:
        return None


def _time(value: str, currency: str) -> str | None:
    del currency
    match = re.fullmatch(r"([01]?\d|2[0-4]):([0-5]\d)", value.strip())
    return f"{int(match[1]):02}:{match[2]}" if match else None


_PARSERS: dict[What, Callable[[str, str], object | None]] = {
    "count": lambda value, _: _whole(parse_number(value)),
    "duration": lambda value, _: parse_duration(value),
    "hours": lambda value, _: parse_hours(value),
    "money": parse_money,
    "share": lambda value, _: parse_share(value),
    "number": lambda value, _: parse_number(value),
    "time": _time,
    "words": lambda value, _: " ".join(value.split()).lower() or None,
}
_SORTS: dict[What, frozenset[Sort]] = {
    "count": frozenset({Sort.COUNT, Sort.NUMBER, Sort.FACTOR}),
    "number": frozenset({Sort.COUNT, Sort.NUMBER, Sort.FACTOR}),
    "duration": frozenset({Sort.DURATION, Sort.DAY}),
    "hours": frozenset({Sort.HOURS}),
    "money": frozenset({Sort.MONEY}),
    "share": frozenset({Sort.SHARE}),
    "time": frozenset({Sort.TIME, Sort.HOURS}),
    "words": frozenset(),
}


def _whole(number: float | None) -> float | None:
    return number if number is not None and number == int(number) else None


def supports(quote: str, value: str, what: What, currency: str = "") -> bool:
    """Whether the quotation states the value: its words stand there to the letter, or an amount there is the same amount."""
    wanted = parsed(value, what, currency)
    if wanted is None:
        return False
    if _stands(value, quote):
        return True
    if what == "hours":
        return isinstance(wanted, WeekHours) and all(_stands(word, quote) for word in value.split())
    if what == "share" and any(words.search(quote) and share == wanted for words, share in _SHARES):
        return True
    return any(
        wanted in _amounts(measure.value, measure.low, what, currency)
        for measure in find(quote)
        if measure.sort in _SORTS[what]
    )


def _amounts(value: str, low: str, what: What, currency: str) -> list[object]:
    """Both ends of a measure as the field would hold them."""
    return [amount for one in (value, low) if one and (amount := parsed(one, what, currency)) is not None]


def _stands(value: str, quote: str) -> bool:
    """Whether the value's words stand in the quotation, not as part of a longer number."""
    words = re.escape("".join(value.lower().split()))
    return (
        bool(re.search(rf"(?<!\d)(?<!\d[.,]){words}(?!\d|[.,]\d)", "".join(quote.lower().split()))) if words else False
    )


def until_supported(quotes: Sequence[str], until: str) -> bool:
    """Whether a rung's point in time is stated: its day counts stand in a quotation, or its words do."""
    moment = parse_relative_day(until)
    if moment is not None:
        days = str(abs(round(moment.total_seconds() / 86_400)))
        return any(re.search(rf"(?<!\d){days}(?!\d)", quote) for quote in quotes)
    return any(_stands(until, quote) for quote in quotes) or any(supports(q, until, "duration") for q in quotes)


def same(one: str, other: str, what: What, currency: str = "") -> bool:
    """Whether two written values are the same amount."""
    first, second = parsed(one, what, currency), parsed(other, what, currency)
    if isinstance(first, Money) and isinstance(second, Money):
        return first == second
    return first is not None and first == second
