"""Statements about parts and multiples: `20만원은 7만 2천원의 2.8배`, `126개 중 84개(67%)`, `42개(A 28, B 14)`, `6% of 2,900 = 174`."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from opslead.review.amounts import Amount, amounts
from opslead.review.written import Written, read

_FIGURES = re.compile(
    r"(?P<symbol>US\$|[$€£¥₩₹])?\s?(?P<figures>\d[\d,]*(?:\.\d+)?(?:\s?[억만천백]+(?:\s?\d+[만천백]?)?)?)\s?(?P<unit>%|[^\d\s(),.;]*)"
)


@dataclass(frozen=True)
class Ratio:
    """What is said (`said`) of what comes out (`value`, in the base unit of `said`); the words stand at `text[start:end]`."""

    value: float
    said: Written
    start: int
    end: int


def ratios(text: str) -> Iterator[Ratio]:
    """Every such statement that can be read whole."""
    found = amounts(text)
    yield from _multiples(text, found)
    yield from _shares(text, found)
    yield from _parts(text)


def _written(amount: Amount) -> Written | None:
    match = _FIGURES.search(amount.measure.text)
    if match is None:
        return None
    unit = "" if amount.dimension in ("count", "factor") else match["unit"]
    return read(match["figures"], unit, match["symbol"] or "", about=amount.measure.about)


_OF_KO = re.compile(r"\s?(?:은|는)\s(?:[가-힣·/ ]{0,16}\s)?")
_MULTIPLE_KO = re.compile(r"의\s?(?:약\s?)?")


def _multiples(text: str, found: tuple[Amount, ...]) -> Iterator[Ratio]:
    """`A는 B의 C배`: one amount as a multiple of another of its kind."""
    for one, other, factor in zip(found, found[1:], found[2:], strict=False):
        if (
            factor.dimension != "factor"
            or one.dimension != other.dimension
            or one.unit != other.unit
            or not other.value
        ):
            continue
        said = _written(factor)
        if (
            said is not None
            and _OF_KO.fullmatch(text, one.end, other.start)
            and _MULTIPLE_KO.fullmatch(text, other.end, factor.start)
            and one.low == one.value
            and other.low == other.value
        ):
            yield Ratio(one.value / other.value, said, one.start, factor.end)


_OUT_OF = re.compile(r"(?:건|개|명|곳)?\s?중(?:에서?)?\s|\s?(?:out )?of (?:the |our |all )?", re.I)
_BRACKET = re.compile(r"[^(),.;]{0,24}\((?:약\s?|about\s)?")
_TIMES = re.compile(r"\s?(?:의|of)\s(?:the |our )?")
_IS = re.compile(r"[^\d(),.;]{0,12}?\s?(?:=|≈|≒|인|은|는|\bis|\bare)\s(?:약\s?|about\s)?")


def _shares(text: str, found: tuple[Amount, ...]) -> Iterator[Ratio]:
    """`B 중 A(C%)`, `A of B (C%)`, and `C% of B = A`."""
    for first, second, third in zip(found, found[1:], found[2:], strict=False):
        single = all(a.low == a.value for a in (first, second, third))
        if single and third.dimension == "share" and first.dimension == second.dimension == "count":
            whole, part = (second, first) if text[first.end : second.start].isascii() else (first, second)
            if (
                _OUT_OF.search(text, first.end, second.start)
                and second.start - first.end < 24
                and _BRACKET.fullmatch(text, second.end, third.start)
                and 0 < part.value <= whole.value
                and (said := _written(third)) is not None
            ):
                yield Ratio(part.value / whole.value, said, first.start, third.end)
        if (
            single
            and first.dimension == "share"
            and second.dimension == third.dimension
            and second.unit in ("", third.unit)
        ):
            said = _written(third)
            if (
                said is not None
                and second.dimension not in ("share", "time", "day")
                and _TIMES.fullmatch(text, first.end, second.start)
                and _IS.fullmatch(text, second.end, third.start)
            ):
                yield Ratio(first.value * second.value, said, first.start, third.end)


_LIST = re.compile(
    r"(?<![\d.:#])(?P<total>\d[\d,]*)\s?(?P<unit>개|건|명|곳|대|박|석|자리|[A-Za-z-]{2,16}s)?(?:\s(?P<what>[가-힣A-Za-z]{1,12}))?\s?\((?P<items>[^()]{3,120})\)"
)
_ITEM = re.compile(
    r"^\s?(?:and\s)?(?P<name>[가-힣A-Za-z·/' -]{1,30}?)\s?(?P<count>\d[\d,]*)\s?(?P<unit>개|건|명|곳|대|박|석|자리)?\s?$"
)
_NO_PART = re.compile(
    r"최소|최대|평균|이상|이하|하루|매일|\b(?:min|max|at least|at most|up to|average|avg|per|every|from|to|since|line|policy|no)\b",
    re.I,
)


def _parts(text: str) -> Iterator[Ratio]:
    """`42개(오토캠핑 28, 글램핑 14)`: a total and, in brackets, nothing but two or more names with their numbers."""
    for match in _LIST.finditer(text):
        items = [_ITEM.match(item) for item in re.split(r",(?!\d{3}(?!\d))|;|\sand\s", match["items"])]
        parts = [item for item in items if item is not None and not _NO_PART.search(item["name"])]
        if len(parts) < 2 or len(parts) != len(items):
            continue
        if any(part["unit"] and part["unit"] != match["unit"] for part in parts):
            continue
        said = read(match["total"], "", "", about=False)
        if said is not None:
            yield Ratio(sum(float(part["count"].replace(",", "")) for part in parts), said, *match.span())
