"""Amounts in running text: durations, times of day, hours, money, shares, counts, days before use, schedules, factors.

`find` reads one passage and gives every `Measure` with its place, its value as the parsers of `opslead.model` read it, and
the words that bound it (`at most`, `이상`, `전`, `per day`). What is a number and no amount is passed over: versions, dates,
section numbers, colours, pixels, status codes, identifiers.

The text is read once from left to right by one alternation, in which earlier alternatives win at the same place.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from enum import StrEnum

from opslead.intake.noise import NOISE
from opslead.intake.numerals import DAY_WORDS, DIGITS, ENGLISH_WORD, KOREAN_NATIVE, KOREAN_SINO, SCALED, plain, value_of
from opslead.intake.units import (
    AFTER_BOUND,
    BEFORE_BOUND,
    COUNTERS,
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


_DASH = r"\s?(?:~|-|–|—|∼|〜|to|에서|to a maximum of)\s?"
_FIGURE = rf"(?:{SCALED}|{ENGLISH_WORD}|{KOREAN_NATIVE}|{KOREAN_SINO})"
_PART = r"(?:(?:오전|오후|밤|새벽|저녁|아침|낮)\s?)"
_STRONG = (
    rf"(?:{_PART}?(?<![\d:.])(?:[01]?\d|2[0-4]):[0-5]\d(?!\d)(?:\s?[aApP]\.?[mM]\b\.?)?"
    rf"|(?:{_PART})(?<!\d)\d{{1,2}}\s?시(?!간)(?:\s?(?:[0-5]?\d\s?분|반))?"
    r"|(?<![\d:.])\d{1,2}\s?시(?![가-힣간]|작|점|행)(?:\s?[0-5]?\d\s?분)?"
    r"|(?<![\d:.])\d{1,2}\s?시(?=까지|부터|에|이후|이전|전|와|~|로|정각|마감)"
    r"|(?<![\d:.])\d{1,2}(?::[0-5]\d)?\s?(?:[aApP]\.[mM]\.|[aApP][mM]\b))"
)
_WEAK = rf"(?:{_PART}?(?<![\d:.])\d{{1,2}})"
_TO = r"\s?(?:~|-|–|—|∼|to|until|부터|에서)\s?(?:익일|다음\s?날|next day)?\s?"
_DAYS_KO = r"(?:평일|주중|주말|매일|연중무휴|공휴일|[월화수목금토일]요일|[월화수목금토일](?=\s?[~\-–·,/]\s?[월화수목금토일])|(?<=[~\-–·,/])[월화수목금토일])"
_DAY_EN = r"(?:mon|tues?|wed(?:nes)?|thu(?:rs?)?|fri|sat(?:ur)?|sun)(?:day)?s?"
_DAYS = (
    rf"(?:{_DAYS_KO}(?:요일)?(?:\s?[~\-–·,/]\s?(?:공휴일|주말|[월화수목금토일](?:요일)?)){{0,6}}"
    rf"|\b(?i:{_DAY_EN}(?:\s?(?:-|–|to|through|/|,)\s?{_DAY_EN}){{0,6}}|(?:on )?weekdays?|(?:on )?weekends?|daily|every day))"
)
_HOURS = (
    rf"(?:{_DAYS}\s?[,:(]?\s?(?:from |between )?)?"
    rf"(?:{_STRONG}{_TO}(?:{_STRONG}|{_WEAK}(?!\s?[분시]간)(?!\d))|{_WEAK}\s?(?:~|-|–|—|to)\s?{_STRONG})"
    rf"|(?<!\d)24\s?/\s?7|(?<!\d)24시간(?=\s?(?:운영|영업|상시|무인|연중|접수|근무|상담|대응|개방|이용 가능|가능))|around the clock"
)
_WEEKDAY_KO = r"[월화수목금토일](?:요일)?"
_SCHEDULE = (
    r"(?:매월|매달|매\s월|익월|다음\s?달|당월|말월)\s?(?:\d{1,2}일(?:\s?[,·/~]\s?\d{1,2}일)?|말일|말(?=\s|에|$)|첫\s?영업일)"
    rf"|(?:매주|격주)\s?{_WEEKDAY_KO}(?![가-힣])(?:\s?[,·/]\s?{_WEEKDAY_KO}(?![가-힣]))*"
    rf"|매주\s?[월화수목금토일]요일|(?:주|월|연|년|하루|매일|매주|매월|1일|일주일에|한\s?달에|하루에)\s?(?:에\s)?{DIGITS}(?:~\d+)?\s?(?:회|번)(?![가-힣])"
    r"|격주|매주|매월|매달|매년|매시간|매일(?!\s?\d)|매일\s(?=\d)|분기별|월별|주별|일별"
    r"|(?i:\b(?:(?:monthly\s)?on the\s|by the\s|the\s)?\d{1,2}(?:st|nd|rd|th)(?: day)? of (?:each|every|the (?:following |next )?)\s?month"
    r"|\b(?:monthly )?on the \d{1,2}(?:st|nd|rd|th)\b(?! of [A-Z])"
    rf"|\b(?:bi-?weekly|weekly|every(?: other)? week|every|each)(?: payouts?| settlement| transfer)?,?\s?\(?(?:on )?{_DAY_EN}\b"
    r"|\bevery(?: other)? (?:day|week|month|night|hour|morning|evening|weekday|quarter|year)\b"
    r"|\b(?:once|twice|three times) (?:a|per) (?:day|week|month|year|night|shift)\b"
    r"|\b(?:bi-?weekly|weekly|monthly|daily|hourly|nightly|fortnightly|quarterly|annually|yearly)\b"
    r"|\bnet[- ]\d{1,2}\b|\bT\s?\+\s?\d{1,2}\b(?: business days?)?|\bend of (?:the |each )?month\b|\bmonth[- ]end\b)"
)
_SYMBOL = r"(?:US\$|\$|€|£|¥|₩|₹|(?:KRW|EUR|USD|GBP|JPY|XAF|INR|CHF)(?=\s?\d))"
_MONEY_WORD = r"(?:원(?![칙인형본래가])|달러|유로|엔(?![가-힣])|(?i:EUR|USD|KRW|XAF|FCFA|CHF|GBP|JPY|INR|euros?|dollars?|pounds?(?! of)|won|yen)\b)"
_MONEY = (
    rf"{_SYMBOL}\s?{DIGITS}(?:[kKM]\b)?(?:{_DASH}{_SYMBOL}?\s?{DIGITS}(?:[kKM]\b)?)?"
    rf"|{_FIGURE}(?:{_DASH}{_FIGURE})?\s?(?:여\s?)?{_MONEY_WORD}"
)
_PERCENT = r"(?:%(?!p|포인트)|퍼센트|프로(?=[\s,.를가는]|$)|\s?(?i:percent|per cent)\b)"
_SHARE = rf"{_FIGURE}\s?%?(?:{_DASH}{_FIGURE})?\s?{_PERCENT}"
_LIST = rf"{DIGITS}(?:\s?/\s?\d{{1,4}}){{1,6}}\s?(?:시간|분|일|개월|hours?|days?|minutes?|h)(?![A-Za-z가-힣])"
_LENGTH = rf"{_FIGURE}\+?[\s-]{{0,2}}(?:{TIME_UNITS})"
_AND = r"(?:\s?(?:and )?)"
_DURATION = rf"{_LENGTH}(?:{_DASH}{_LENGTH}|{_AND}(?<!\d)\d{{1,2}}\s?(?:{TIME_UNITS}))?|{_FIGURE}\+?{_DASH}{_LENGTH}|(?:영업일)\s?(?:기준\s?)?{DIGITS}(?:{_DASH}{DIGITS})?일"
_BEFORE_ARTICLE = "|".join(
    f"(?<={word} )"
    for word in ("within", "after", "in", "for", "every", "than", "about", "least", "over", "under", "to", "up")
)
_ARTICLE = rf"(?:{_BEFORE_ARTICLE})(?i:(?:an?|the next|the last)\s(?:second|minute|hour|day|week|fortnight|month|year))\b|\b(?i:half an? (?:hour|day|year))\b|일주일|보름|반년|반나절"
_DAY_WORD = rf"(?<![가-힣])(?:{'|'.join(DAY_WORDS)})(?=\s?(?:전|이내|안에|뒤|후|만에|동안|간|내에|까지|치|이상|넘게|걸|정도|씩))"
_RELATIVE = r"(?<![A-Za-z])[Dd]\s?[-+]\s?\d{1,3}(?:일)?(?:\s\d{1,2}:\d{2})?(?![\dA-Za-z])"
_FACTOR = r"(?<![\w.])\d{1,3}(?:\.\d+)?\s?(?:[xX×](?![\w×])|배(?![송달포치정수차출관너터경열우])|[- ]?(?:fold|times the|times as|times more|times higher)\b)"
_COUNT_KO = rf"{_FIGURE}\+?(?:{_DASH}{_FIGURE})?\+?\s?(?:여\s?)?(?:{COUNTERS})"
_COUNT_EN = rf"(?:{SCALED}|{ENGLISH_WORD})\+?(?:{_DASH}(?:{SCALED}|{ENGLISH_WORD}))?\+?[ -](?=[A-Za-z])"
_NUMBER = rf"(?:(?<=[\s:(])[+\-−])?(?:{SCALED})(?:{_DASH}(?:{SCALED}))?\+?"

_TOKEN = re.compile(
    "|".join(
        f"(?P<{name}>{pattern})"
        for name, pattern in (
            ("schedule", _SCHEDULE),
            ("hours", _HOURS),
            ("relative", _RELATIVE),
            ("noise", NOISE),
            ("money", _MONEY),
            ("share", _SHARE),
            ("list", _LIST),
            ("duration", _DURATION),
            ("article", _ARTICLE),
            ("dayword", _DAY_WORD),
            ("time", rf"{_STRONG}|자정|정오|\b(?i:midnight|noon)\b"),
            ("factor", _FACTOR),
            ("countko", _COUNT_KO),
            ("counten", _COUNT_EN),
            ("number", _NUMBER),
        )
    )
)


def find(text: str) -> tuple[Measure, ...]:
    """All amounts of a passage in the order in which they stand."""
    return tuple(_bounded(text, measure) for match in _TOKEN.finditer(text) for measure in _read(text, match))


def _read(text: str, match: re.Match[str]) -> Iterator[Measure]:
    name = match.lastgroup or ""
    start, end = match.span()
    words = match.group()
    if name == "noise":
        return
    if name == "list":
        yield from _listed(words, start)
        return
    found = {
        "schedule": lambda: Measure(Sort.SCHEDULE, start, end, words, words.strip(" (")),
        "hours": lambda: _hours(words, start, end),
        "relative": lambda: _relative(words, start, end),
        "money": lambda: _money(words, start, end),
        "share": lambda: _share(words, start, end),
        "duration": lambda: _duration(text, words, start, end),
        "article": lambda: _article(words, start, end),
        "dayword": lambda: Measure(Sort.DURATION, start, end, words, f"{DAY_WORDS[words]}일"),
        "time": lambda: _time(words, start, end),
        "factor": lambda: Measure(Sort.FACTOR, start, end, words, _figure(words)[0]),
        "countko": lambda: _count_korean(words, start, end),
        "counten": lambda: _count_english(text, words, start, end),
        "number": lambda: _number(words, start, end),
    }[name]()
    if found is not None:
        yield found


_ONE = re.compile(f"{_FIGURE}")


def _figure(words: str) -> tuple[str, str]:
    """The upper and the lower number of an amount, in figures; the lower is empty without a range."""
    values = [value_of(m.group()) for m in _ONE.finditer(words)]
    numbers = [plain(value) for value in values if value is not None]
    if not numbers:
        return "", ""
    return numbers[-1], numbers[0] if len(numbers) > 1 else ""


def _written(match: re.Match[str] | None) -> str:
    """A number as written where the model reads it so, else in figures."""
    words = match.group().strip() if match else ""
    if not words or (words[0].isdigit() and " " not in words):
        return words
    value = value_of(words)
    return words if value is None else plain(value)


_SHARED_PART = re.compile(rf"({_PART})(\d{{1,2}})([^\d~\-–]{{0,3}}(?:~|-|–|부터|에서)\s?)(\d{{1,2}})(?=\s?시)")
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


_AMOUNT = re.compile(rf"({_SYMBOL})?\s?({_FIGURE})([kKM]\b)?")


def _money(words: str, start: int, end: int) -> Measure | None:
    pieces = list(_AMOUNT.finditer(words))
    code = next((p.group(1) for p in pieces if p.group(1)), "")
    after = re.search(_MONEY_WORD + r"\s*$", words)
    unit = code or (after.group() if after else "")
    values = []
    if len(pieces) == 1 and "여" not in words and parse_money(words) is not None:
        return Measure(Sort.MONEY, start, end, words, words.strip(), "", unit)
    for piece in pieces:
        number = piece.group(2)
        if len(pieces) == 2 and piece is pieces[0] and (scale := re.search(r"[억만천백]+", pieces[1].group(2))):
            number += "" if re.search(r"[억만천백]", number) else scale.group()
        number = _written(re.match(r".*", number))
        values.append(f"{code}{number}{piece.group(3) or ''}" if code else f"{number}{_space(unit)}{unit}")
    if not values or any(parse_money(value) is None for value in values):
        return None
    return Measure(Sort.MONEY, start, end, words, values[-1], values[0] if len(values) > 1 else "", unit)


def _space(unit: str) -> str:
    return "" if unit and not unit[0].isascii() else " "


def _share(words: str, start: int, end: int) -> Measure | None:
    high, low = _figure(words)
    if not high or parse_share(f"{high}%") is None:
        return None
    return Measure(Sort.SHARE, start, end, words, f"{high}%", f"{low}%" if low else "", "%")


def _listed(words: str, start: int) -> Iterator[Measure]:
    unit = re.sub(r"[\d\s/.,]", "", words)
    for match in re.finditer(r"\d+", words):
        value = f"{match.group()}{_space(unit)}{unit}"
        end = start + (len(words) if match.end() >= len(words.rstrip(unit).rstrip()) else match.end())
        yield Measure(Sort.DURATION, start + match.start(), end, words[match.start() : end - start], value, unit=unit)


_PIECE = re.compile(rf"({_FIGURE})\+?[\s-]{{0,2}}({TIME_UNITS})?")
_DISTANCE = re.compile(r"반경|거리|도착|근처|위치|접근|radius|distance|metres?|meters?|geofenc|nearby|km\b|away", re.I)


def _duration(text: str, words: str, start: int, end: int) -> Measure | None:
    if words.startswith("영업일"):
        numbers = re.findall(r"\d+", words)
        return Measure(Sort.DURATION, start, end, words, f"{numbers[-1]}영업일", _low(numbers, "영업일"), "영업일")
    pieces = [p for p in _PIECE.finditer(words) if value_of(p.group(1)) is not None]
    unit = next((p.group(2) for p in reversed(pieces) if p.group(2)), "")
    if unit == "m" and _is_distance(text, pieces):
        high, low = _figure(words)
        return Measure(Sort.COUNT, start, end, words, high, low, "m")
    written = [
        f"{_written(re.match('.*', p.group(1)))}{_space(p.group(2) or unit)}{p.group(2) or unit}" for p in pieces
    ]
    ranged = re.search(rf"\d\+?\s?(?:{TIME_UNITS})?{_DASH}[\d a-z]", words) if len(pieces) == 2 else None
    joined = len(pieces) == 2 and all(p.group(2) for p in pieces) and not ranged
    if not ranged and words[0].isdigit() and parse_duration(words) is not None:
        written = [words.strip()]
    value, low = (" ".join(written), "") if joined else (written[-1], written[0] if len(written) > 1 else "")
    if parse_duration(value) is None or (low and parse_duration(low) is None):
        return None
    return Measure(Sort.DURATION, start, end, words, value, low, unit_name(unit))


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
        hour += 12 if late and hour < 12 else -12 if early and hour == 12 else 0
        if hour > 24 or minute > 59:
            return None
        known = f"{hour:02d}:{minute:02d}"
    return Measure(Sort.TIME, start, end, words, known)


def _count_korean(words: str, start: int, end: int) -> Measure | None:
    unit = re.search(rf"(?:{COUNTERS})$", words)
    high, low = _range_of(words)
    return Measure(Sort.COUNT, start, end, words, high, low, unit.group() if unit else "") if high else None


def _range_of(words: str) -> tuple[str, str]:
    """Upper and lower number as written where the model reads them so."""
    pieces = [_written(m) for m in _ONE.finditer(words)]
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


_WINDOW = 28


def _bounded(text: str, measure: Measure) -> Measure:
    """The measure with what the words on both sides say about it."""
    before, after = text[max(0, measure.start - _WINDOW) : measure.start], text[measure.end : measure.end + _WINDOW]
    left, right = BEFORE_BOUND.search(before), AFTER_BOUND.match(after)
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
    about = bool(left and left.group("about"))
    return replace(measure, bound=bound, relation=relation, per=per, about=about)
