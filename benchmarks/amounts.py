"""The numbers of a text as the judge compares them. Not the reading part's own: a judge that shares its eyes shares its mistakes."""

from __future__ import annotations

import re
from dataclasses import dataclass

from opslead.model.measure import parse_duration, parse_number


@dataclass(frozen=True)
class Quantity:
    """`kind` is time (seconds), money, share (fraction), clock (minutes), count (of something) or number (bare)."""

    kind: str
    value: float
    raw: float  # the number as written, in the unit it was written in

    def equals(self, other: Quantity) -> bool:
        """Same kind and value; a bare number equals whatever is written with the same number."""
        if "number" in (self.kind, other.kind):
            return abs(self.raw - other.raw) < 1e-9
        return self.kind == other.kind and abs(self.value - other.value) <= 1e-6 * max(1.0, abs(self.value))


_N = r"(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?"
_SCALE = r"(?:\s?(?:억|천만|백만|십만|만|천)(?!\s?[가-힣]*히))?(?:\s?\d[\d,]*\s?천)?"
_TIME = (
    r"초|분|시간|영업일|일|주일|주|개월|달|년|seconds?|secs?|s|minutes?|mins?|min|hours?|hrs?|h|business days?|days?|d|weeks?|"
    r"months?|mo|years?"
)
_UNIT = rf"(?:(?P<share>%|퍼센트|percent\b)|(?P<money>원|EUR|USD|XAF|KRW|€)|(?P<time>{_TIME})(?![A-Za-z])|(?P<k>[kK]|(?-i:M))\b)"
_QUANTITY = re.compile(
    r"(?P<clock>\b\d{1,2}:\d{2}\b)|D-(?P<dday>\d+)"
    rf"|(?<![A-Za-z\d_.])(?P<cur>[$€₩£]|(?:EUR|USD|XAF|KRW)\s)?(?P<n>{_N}{_SCALE})\+?"
    rf"(?:\s?(?:[-–~〜]|to\b)\s?(?=[$€₩£]?\d)|[-\s]?{_UNIT})?",
    re.I,
)


_FOLLOWS = re.compile(  # what may follow a number without being its unit; `500m` may be metres or minutes
    r"\s?(?:으로|로|까지|부터|이상|이하|미만|초과|이내|에서|와|과|을|를|은|는|이|가|에|의|도|만|m|and|or|to|of|for|per)(?![A-Za-z가-힣])"
)


def quantities(text: str) -> tuple[tuple[Quantity, int], ...]:
    """Every number of the text with its position. The first of a range takes the unit of the second (`3~5초`)."""
    found: list[tuple[Quantity, int]] = []
    waiting: list[tuple[str, int]] = []  # beginnings of ranges
    for match in _QUANTITY.finditer(text):
        if match["clock"]:
            hour, minute = match["clock"].split(":")
            found.append((Quantity("clock", int(hour) * 60 + int(minute), float(hour)), match.start()))
            continue
        if match["dday"]:
            found.append((Quantity("time", 86400.0 * int(match["dday"]), float(match["dday"])), match.start()))
            continue
        if match.group().rstrip()[-1:] in "-–~〜" or match.group().rstrip().endswith(" to"):
            waiting.append(((match["cur"] or "") + match["n"], match.start()))
            continue
        unit = match["share"] or match["money"] or match["time"] or match["k"] or ""
        for number, start in [*waiting, ((match["cur"] or "") + match["n"], match.start())]:
            found.append((_quantity(number, unit, text[match.end() :]), start))
        waiting = []
    return tuple(sorted(found + [(_quantity(n, "", ""), start) for n, start in waiting], key=lambda pair: pair[1]))


def _quantity(number: str, unit: str, rest: str) -> Quantity:
    sign = number.lstrip("$€₩£").strip()
    digits = re.sub(r"^[A-Za-z]+\s*", "", sign)
    raw = parse_number(digits) or 0.0
    if unit in ("k", "K", "M"):
        raw *= 1e6 if unit == "M" else 1e3
    if digits != number or unit in ("원", "€") or unit.upper() in ("EUR", "USD", "XAF", "KRW"):
        return Quantity("money", raw, raw)
    if unit in ("%", "퍼센트") or unit.lower() == "percent":
        return Quantity("share", raw / 100, raw)
    if unit and unit not in ("k", "K", "M"):
        length = parse_duration(f"{raw:g} {unit.lower()}" if raw < 1e5 else "")
        return Quantity("time", length.total_seconds() if length else raw, raw)
    counted = re.match(r"\s?[A-Za-z가-힣]", rest) and not _FOLLOWS.match(rest)
    return Quantity("count" if counted else "number", raw, raw)
