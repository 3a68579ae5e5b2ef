"""Amounts in running text: durations, times of day, hours, money, shares, counts, days before use, schedules, factors.

`find` reads one passage and gives every `Measure` with its place, its value as the parsers of `opslead.model` read it, and
the words that bound it (`at most`, `이상`, `전`, `per day`). What is a number and no amount is passed over: versions, dates,
section numbers, colours, pixels, status codes, identifiers.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from enum import StrEnum
from itertools import islice
from types import MappingProxyType

from opslead.intake.amounts.numerals import DAY_WORDS, plain, value_of
from opslead.intake.amounts.patterns import DASH, FIGURE, HINT, MONEY_WORD, PART, SYMBOL, TOKEN
from opslead.intake.amounts.units import (
    AFTER_BOUND,
    BEFORE_BOUND,
    COUNTERS,
    NAMED_BOUND,
    PER_AFTER,
    PER_BEFORE,
    RELATION_AFTER,
    RELATION_BEFORE,
    TIME_UNITS,
    english_unit,
    per_of,
    unit_name,
)
from opslead.model.calendar import HoursError, parse_hours
from opslead.model.measure import parse_duration, parse_money, parse_relative_day, parse_share


class Sort(StrEnum):
    """What is measured."""

    DURATION = "duration"
    TIME = "time"  # a time of day, `18:00`
    HOURS = "hours"  # from a time of day to another, perhaps on named days
    MONEY = "money"
    SHARE = "share"
    COUNT = "count"
    DAY = "day"  # a day before or after the use, `D-7`
    SCHEDULE = "schedule"  # a day of the month, of the week, or an interval in words
    FACTOR = "factor"  # `4x`, `3배`
    NUMBER = "number"  # without a unit


@dataclass(frozen=True)
class Measure:
    """One amount. `text[start:end]` of the passage is `text`; `low` is the lower end of a range, `value` the upper.

    `bound` is max, min or empty; `relation` says how a length of time stands to its event: within, before, after, every;
    `per` is the period or thing it counts for (`day`, `case`).
    """

    sort: Sort
    start: int
    end: int
    text: str
    value: str
    low: str = ""
    unit: str = ""
    bound: str = ""
    relation: str = ""
    per: str = ""
    about: bool = False


_MOST = 120  # amounts of one passage; a longer list is data, not a description


def find(text: str) -> tuple[Measure, ...]:
    """The amounts of a passage in the order in which they stand, the first 120 of them."""
    if not HINT.search(text):
        return ()
    return tuple(islice(_measures(text), _MOST))


def _measures(text: str) -> Iterator[Measure]:
    for match in TOKEN.finditer(text):
        for measure in _read(text, match):
            yield _bounded(text, measure)


def _read(text: str, match: re.Match[str]) -> Iterator[Measure]:
    start, end = match.span()
    words = match.group()
    if match.lastgroup == "list":
        yield from _listed(words, start)
    elif (found := _read_one(text, match.lastgroup or "", words, start, end)) is not None:
        yield found


def _read_one(text: str, name: str, words: str, start: int, end: int) -> Measure | None:
    """The amount that an alternative of the pattern has found; None for noise and for what no parser understands."""
    match name:
        case "schedule":
            return Measure(Sort.SCHEDULE, start, end, words, words.strip(" ("))
        case "duration":
            return _duration(text, words, start, end)
        case "dayword":
            return Measure(Sort.DURATION, start, end, words, f"{DAY_WORDS[words]}일")
        case "factor":
            twice = words.lower().startswith(("twice", "double"))
            native = value_of(words.removesuffix("배"))  # `두 배`
            value = "2" if twice else plain(native) if native else _figure(words)[0]
            return Measure(Sort.FACTOR, start, end, words, value) if value else None
        case "counten":
            return _count_english(text, words, start, end)
    read = _READERS.get(name)
    return None if read is None else read(words, start, end)


_ONE = re.compile(f"{FIGURE}")


def _figure(words: str) -> tuple[str, str]:
    """The upper and the lower number of an amount, in figures; the lower is empty without a range."""
    values = [value_of(m.group()) for m in _ONE.finditer(words)]
    numbers = [plain(value) for value in values if value is not None]
    if not numbers:
        return "", ""
    return numbers[-1], numbers[0] if len(numbers) > 1 else ""


def _written(words: str) -> str:
    """A number as written where the model reads it so, else in figures."""
    words = words.strip()
    if not words or (words[0].isdigit() and " " not in words):
        return words
    value = value_of(words)
    return words if value is None else plain(value)


_SHARED_PART = re.compile(rf"({PART})(\d{{1,2}})([^\d~\-–]{{0,3}}(?:~|-|–|부터|에서)\s?)(\d{{1,2}})(?=\s?시)")
_SHARED_PM = re.compile(r"(?<![\d:])(\d{1,2})(:[0-5]\d)?(\s?(?:-|–|to)\s?)(\d{1,2})(:[0-5]\d)?\s?(pm|PM|p\.m\.)")


def _hours(words: str, start: int, end: int) -> Measure | None:
    value = words.strip()
    if (half := _SHARED_PART.search(value)) and int(half.group(2)) < int(half.group(4)) < 12:  # 오후 1~5시 ends at 17
        value = f"{value[: half.start(4)]}{half.group(1)}{value[half.start(4) :]}"
    if (half := _SHARED_PM.search(value)) and int(half.group(1)) < int(half.group(4)) < 12:  # 3-5pm starts at 15
        minutes = half.group(2) or ""
        value = f"{value[: half.start()]}{half.group(1)}{minutes}pm{value[half.end(2) if minutes else half.end(1) :]}"
    try:
        known = parse_hours(value)
    except HoursError:
        return None
    return Measure(Sort.HOURS, start, end, words, value) if known else None


def _relative(words: str, start: int, end: int) -> Measure | None:
    value = re.sub(r"\s?([-+])\s?", r"\1", words).replace("일", "").upper()
    return Measure(Sort.DAY, start, end, words, value) if parse_relative_day(value) is not None else None


_AMOUNT = re.compile(rf"({SYMBOL})?\s?({FIGURE})([kKM]\b)?")


def _money(words: str, start: int, end: int) -> Measure | None:
    pieces = list(_AMOUNT.finditer(words))
    code = next((p.group(1) for p in pieces if p.group(1)), "")
    after = re.search(MONEY_WORD + r"\s*$", words)
    unit = code or (after.group() if after else "")
    values = []
    if len(pieces) == 1 and "여" not in words and parse_money(words) is not None:
        return Measure(Sort.MONEY, start, end, words, words.strip(), "", unit)
    for piece in pieces:
        number = piece.group(2)  # `5 million` is one figure
        if len(pieces) == 2 and piece is pieces[0] and (scale := re.search(r"[억만천백]+", pieces[1].group(2))):
            number += "" if re.search(r"[억만천백]", number) else scale.group()
        number = _written(number)
        values.append(f"{code}{number}{piece.group(3) or ''}" if code else f"{number}{_space(unit)}{unit}")
    if not values or any(parse_money(value) is None for value in values):
        return None
    return Measure(Sort.MONEY, start, end, words, values[-1], values[0] if len(values) > 1 else "", unit)


def _space(unit: str) -> str:
    return "" if unit and not unit[0].isascii() else " "


def _share(words: str, start: int, end: int) -> Measure | None:
    high, low = _figure(words)
    if not high or any(parse_share(f"{one}%") is None for one in (high, low) if one):
        return None
    return Measure(Sort.SHARE, start, end, words, f"{high}%", f"{low}%" if low else "", "%")


def _listed(words: str, start: int) -> Iterator[Measure]:
    unit = re.sub(r"[\d\s/.,]", "", words)
    for match in re.finditer(r"\d+", words):
        value = f"{match.group()}{_space(unit)}{unit}"
        end = start + (len(words) if match.end() >= len(words.rstrip(unit).rstrip()) else match.end())
        yield Measure(Sort.DURATION, start + match.start(), end, words[match.start() : end - start], value, unit=unit)


_PIECE = re.compile(rf"({FIGURE})\+?[\s-]{{0,2}}({TIME_UNITS})?")
_DISTANCE = re.compile(r"반경|거리|도착|근처|위치|접근|radius|distance|metres?|meters?|geofenc|nearby|km\b|away", re.I)


def _duration(text: str, words: str, start: int, end: int) -> Measure | None:
    if words.startswith("영업일"):
        numbers = re.findall(r"\d+", words)
        if not all(_is_length(f"{number}영업일") for number in numbers):
            return None
        return Measure(Sort.DURATION, start, end, words, f"{numbers[-1]}영업일", _low(numbers, "영업일"), "영업일")
    pieces = [p for p in _PIECE.finditer(words) if value_of(p.group(1)) is not None]
    unit = next((p.group(2) for p in reversed(pieces) if p.group(2)), "")
    if unit == "m" and _is_distance(text, pieces):
        high, low = _figure(words)
        return Measure(Sort.COUNT, start, end, words, high, low, "m")
    written = [f"{_written(p.group(1))}{_space(p.group(2) or unit)}{p.group(2) or unit}" for p in pieces]
    ranged = re.search(rf"\d\+?\s?(?:{TIME_UNITS})?{DASH}[\d a-z]", words) if len(pieces) == 2 else None
    joined = len(pieces) == 2 and all(p.group(2) for p in pieces) and not ranged
    if not ranged and words[0].isdigit() and _is_length(words):
        written = [words.strip()]
    value, low = (" ".join(written), "") if joined else (written[-1], written[0] if len(written) > 1 else "")
    if not _is_length(value) or (low and not _is_length(low)):
        return None
    return Measure(Sort.DURATION, start, end, words, value, low, unit_name(unit))


def _is_length(value: str) -> bool:
    """Whether the model reads the value; a length of more than some thousand years is none."""
    try:
        return parse_duration(value) is not None
    except OverflowError:
        return False


def _low(numbers: list[str], unit: str) -> str:
    return f"{numbers[0]}{unit}" if len(numbers) > 1 else ""


def _is_distance(text: str, pieces: list[re.Match[str]]) -> bool:
    """Whether `m` are metres: more than an hour and a half of them, or words of place around."""
    return any((value_of(p.group(1)) or 0) > 90 for p in pieces) or bool(_DISTANCE.search(text))


_ARTICLES = {"일주일": "7일", "보름": "15일", "반년": "6개월", "반나절": "6시간"}


def _article(words: str, start: int, end: int) -> Measure | None:
    if words in _ARTICLES:
        return Measure(Sort.DURATION, start, end, words, _ARTICLES[words])
    number, unit = ("0.5", words.split()[-1]) if words.lower().startswith("half") else ("1", words.split()[-1])
    value = "14 days" if unit.lower() == "fortnight" else f"{number} {unit.lower()}"
    return Measure(Sort.DURATION, start, end, words, value, unit=unit.lower())


def _time(words: str, start: int, end: int) -> Measure | None:
    known = {"자정": "00:00", "midnight": "00:00", "정오": "12:00", "noon": "12:00"}.get(words.lower())
    if known is None:
        digits = [int(n) for n in re.findall(r"\d+", words)]
        hour, minute = digits[0], digits[1] if len(digits) > 1 else 30 if words.endswith("반") else 0
        late = re.search(r"오후|밤|저녁|[pP]\.?[mM]", words)
        early = re.search(r"오전|새벽|[aA]\.?[mM]", words)
        midnight = hour == 12 and "밤" in words
        hour += 12 if (late and hour < 12) or midnight else -12 if early and hour == 12 else 0
        if minute > 59 or hour * 60 + minute > 24 * 60:
            return None
        known = f"{hour:02d}:{minute:02d}"
    return Measure(Sort.TIME, start, end, words, known)


def _count_korean(words: str, start: int, end: int) -> Measure | None:
    unit = re.search(rf"(?:{COUNTERS})$", words)
    high, low = _range_of(words)
    return Measure(Sort.COUNT, start, end, words, high, low, unit.group() if unit else "") if high else None


def _range_of(words: str) -> tuple[str, str]:
    """Upper and lower number as written where the model reads them so."""
    pieces = [_written(m.group()) for m in _ONE.finditer(words)]
    return (pieces[-1], pieces[0] if len(pieces) > 1 else "") if pieces else ("", "")


def _count_english(text: str, words: str, start: int, end: int) -> Measure | None:
    unit = english_unit(text[end:])
    high, low = _range_of(words)
    if not high:
        return None
    if not unit:
        return _number(words.rstrip(" -"), start, start + len(words.rstrip(" -")))
    return Measure(Sort.COUNT, start, end + len(unit), words + unit, high, low, unit)


def _number(words: str, start: int, end: int) -> Measure | None:
    high, low = _range_of(words)
    sign = "-" if words[0] in "-−" else ""
    return Measure(Sort.NUMBER, start, end, words, sign + high, low) if high else None


_READERS = MappingProxyType(
    {
        "hours": _hours,
        "relative": _relative,
        "money": _money,
        "share": _share,
        "article": _article,
        "time": _time,
        "countko": _count_korean,
        "number": _number,
    }
)
_WINDOW = 28


def _bounded(text: str, measure: Measure) -> Measure:
    """The measure with what the words on both sides say about it."""
    before, after = text[max(0, measure.start - _WINDOW) : measure.start], text[measure.end : measure.end + _WINDOW]
    left, right = BEFORE_BOUND.search(before) or NAMED_BOUND.search(before), AFTER_BOUND.match(after)
    bound = next((kind for m in (left, right) if m for kind in ("max", "min") if m.group(kind)), "")
    if not bound and measure.text.rstrip().endswith("+"):
        bound = "min"
    if not bound and re.search(r"\d\+", measure.text):
        bound = "min"
    relation = ""
    if measure.sort in (Sort.DURATION, Sort.DAY, Sort.TIME):
        ahead, behind = RELATION_BEFORE.search(before), RELATION_AFTER.match(after)
        relation = next(
            (kind for m in (behind, ahead) if m for kind in ("before", "within", "every", "after") if m.group(kind)), ""
        )
    per_right, per_left = PER_AFTER.match(after), PER_BEFORE.search(before)
    per = ""
    if measure.sort in (Sort.COUNT, Sort.MONEY, Sort.SHARE, Sort.NUMBER):
        words = per_right.group(1) if per_right else (per_left.group(1) or per_left.group(2)) if per_left else ""
        per = per_of(words)
    about = bool(left and left.groupdict().get("about"))
    return replace(measure, bound=bound, relation=relation, per=per, about=about)
