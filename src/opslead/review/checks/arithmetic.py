"""arithmetic: a sum, a share, a multiple or a length of time in the text does not come out."""

from __future__ import annotations

import re
from collections.abc import Iterator

from opslead.model.calendar import WEEK
from opslead.model.measure import format_number
from opslead.review.amounts import Amount, amounts
from opslead.review.fault import Fault, quoted
from opslead.review.matter import Check, Matter
from opslead.review.ratios import ratios
from opslead.review.sums import Sum, sums
from opslead.review.weektimes import points, stretches
from opslead.review.written import Written
from opslead.text import josa, pick


def find(matter: Matter) -> Iterator[Fault]:
    """Every statement that can be read whole and is wrong beyond the rounding it is written with."""
    for passage in matter.passages:
        for said, value, start, end in _wrong(passage.text):
            message = pick(
                matter.language,
                f"셈이 맞지 않는다: 계산하면 {value}인데 {josa(said, '이라/라')}고 쓰여 있다",
                f"does not add up: it comes to {value}, the text says {said}",
            )
            numbers = (passage.policy,) if passage.policy else ()
            yield Fault("arithmetic", numbers, passage.field, message, quoted(passage.text, start, end), passage.line)


def _wrong(text: str) -> Iterator[tuple[str, str, int, int]]:
    """What is said, what it comes to, and where."""
    if not re.search(r"\d", text):
        return
    for one in sums(text):
        if not _holds(one, text):
            based = bool(one.dimensions) or one.said.dimension == "share"
            middle = (one.low + one.high) / 2 / one.said.factor if based else sum(one.plain) / 2
            yield _shown(one.said), _result(middle, one.said), one.start, one.end
    for ratio in ratios(text):
        if not _close(ratio.value, ratio.value, ratio.said, base=True):
            yield _shown(ratio.said), _result(ratio.value / ratio.said.factor, ratio.said), ratio.start, ratio.end
    yield from _lengths(text)


def _result(value: float, said: Written) -> str:
    unit = "%" if said.dimension == "share" else ""
    return (format_number(value) if value >= 100 else f"{value:.3g}") + unit


def _shown(said: Written) -> str:
    unit = "%" if said.dimension == "share" else ""
    return f"{said.value:,.{max(0, len(f'{said.step:.9f}'.rstrip('0').partition('.')[2]))}f}{unit}"


# --- sums

_PERIOD = re.compile(
    r"하루|일일|[매격][일주월년]|시간|분|초|주|개월|월|연|당\b|\b(?:a|an|per|each|every)\s(?:day|hour|week|month|year)|\bdaily|hour|min|day|week|month|year",
    re.I,
)
_CONVERSIONS = (60, 3600, 24, 1440, 86400, 7, 30, 365, 12)


def _same_kind(one: Sum) -> bool:
    return one.dimensions in (frozenset(), frozenset({one.said.dimension})) or one.dimensions == {
        "share",
        one.said.dimension,
    }


def _holds(one: Sum, text: str) -> bool:
    """Whether some sensible reading makes it true: in base units, with the numbers as written, or between periods (a day, a month).

    A consequence (`→`, `이면`) is a statement of equality only between amounts of one kind.
    """
    sign = one.sign.strip()
    alike = _same_kind(one) and bool(one.said.dimension)
    bare = not one.said.dimension and not one.dimensions - {"share"} and sign not in ("→", "⇒", "->")
    if sign not in ("=", "==", "≈", "≒") and not (alike or bare):
        return True
    if one.said.dimension and one.dimensions and not _same_kind(one):
        return True  # of another kind than what is computed: a price per hour, perhaps; not for us to say
    if _close(one.low, one.high, one.said, base=True) or _close(*one.plain, one.said, base=False):
        return True
    if _close(one.low, one.high, one.said, base=False):
        return True
    if one.said.dimension and one.said.dimension != "share" and _same_kind(one):
        return False
    around = text[max(0, one.start - 20) : one.end + 20]
    factors: tuple[float, ...] = _CONVERSIONS if _PERIOD.search(around) else ()
    if "share" in one.dimensions or one.said.dimension == "share":
        factors = (*factors, 100)
    return any(
        _close(low * f, high * f, one.said, base=base)
        for base, (low, high) in ((True, (one.low, one.high)), (False, one.plain))
        for factor in factors
        for f in (factor, 1 / factor)
    )


def _close(low: float, high: float, said: Written, *, base: bool) -> bool:
    """Whether the value rounds to what is said, up, down or to the nearest; one said to be about, to its last figure that is no zero."""
    scale = said.factor if base or said.dimension == "share" else 1.0
    step = (said.coarse if said.about else said.step) * scale
    value = said.value * scale
    slack = 1e-9 * max(1.0, abs(value))
    return low - step + slack < value < high + step - slack or low - slack <= value <= high + slack


# --- lengths of time

_IS_LONG = re.compile(
    r"\s?(?:은|는|이|가)?\s?(?:총|약|=|≈|\()?\s?$|\s(?:is|are|makes|=|≈)\s(?:about\s)?$|\s?,?\s?\((?:about\s|i\.e\.\s)?$",
    re.I,
)
_WHOLE = re.compile(
    r"(?:\s?동안|\s?간)?\s?(?:연속|내내|공백|구멍|짜리|비어|의 공백|의 구멍|[)）]|이다|이고|이며|이라|인데|$)|[- ](?:long|hole|gap|window|stretch|break|shift)|\s?\)",
    re.I,
)
_HOLE = re.compile(
    r"(?:시간)?\s?(?:동안\s)?(?:의\s|연속\s)?(?:연속\s?)?(?:공백|구멍|빈 시간)|[- ](?:[a-z]+ ){0,2}(?:hole|gap|window|stretch)\b",
    re.I,
)
_NEAR = 90


def _lengths(text: str) -> Iterator[tuple[str, str, int, int]]:
    """A stretch of the week or day and, right beside it, how long it is said to be."""
    lasting = [a for a in amounts(text) if a.dimension == "duration" and a.low == a.value and a.value >= 3600]
    if not lasting:
        return
    beside = [(s.minutes, s.start, s.end) for s in stretches(text)]
    for minutes, start, end in beside:
        for amount in lasting:
            if _named_beside(text, amount, start, end) and not _is_long(amount, minutes):
                yield amount.text, _hours(minutes), min(start, amount.start), max(end, amount.end)
    marks = points(text)
    if len(marks) == 2 and len(beside) == 0:
        (one, start, _), (two, _, end) = marks
        for amount in lasting:
            hole = _HOLE.match(text, amount.end)
            if hole and 0 <= start - hole.end() <= _NEAR and not _is_long(amount, (two - one) % WEEK):
                yield amount.text, _hours((two - one) % WEEK), amount.start, end


def _named_beside(text: str, amount: Amount, start: int, end: int) -> bool:
    """`금 19:00~월 10:00은 63시간 연속`, `… (63 hours)`, or `63시간 연속 공백(금 19:00~월 10:00)`."""
    if amount.start >= end:
        joined = text[end : amount.start]
        return len(joined) <= 10 and bool(_IS_LONG.fullmatch(joined) and _WHOLE.match(text, amount.end))
    if amount.end <= start:
        hole = _HOLE.match(text, amount.end)
        return bool(hole and re.fullmatch(r"\s?[(:,]?\s?(?:from\s|between\s)?", text[hole.end() : start]))
    return False


def _is_long(amount: Amount, minutes: int) -> bool:
    """Whether the stretch rounds to the length said, to the hour where it is said in hours alone."""
    step = 60.0 if "." not in amount.text and not amount.value % 3600 else 15.0 if amount.value % 3600 else 6.0
    return abs(amount.value / 60 - minutes) < step


def _hours(minutes: int) -> str:
    hours, rest = divmod(minutes, 60)
    return f"{hours} h {rest} min" if rest else f"{hours} h"


CHECK = Check("arithmetic", find)
