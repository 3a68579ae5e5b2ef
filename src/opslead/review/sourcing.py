"""Where each number of the policies comes from: the input, a computation, a declared starting value, or nowhere.

A number is *given* when it stands in the input with that value and unit, *computed* when a quantity of the document or a sum shown in it
yields it, *declared* when it carries the dagger, is called a starting value beside it or stands among the assumptions, and *blanket*
when only a sentence for all numbers of its kind calls it one. Numbers that only count what is named (one case, the last 4 digits, #3)
need no source.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, fields, is_dataclass
from functools import cache, lru_cache
from typing import Literal

from opslead.intake.amounts.quantities import Sort
from opslead.model.calendar import DAY, HoursError, parse_hours
from opslead.model.service import Service, Source
from opslead.review.amounts import Amount, amounts, measures
from opslead.review.matter import Matter, Passage
from opslead.review.ratios import ratios
from opslead.review.sums import sums
from opslead.review.weektimes import stretches
from opslead.spec.document import Specification
from opslead.text import STARTING

Basis = Literal["given", "computed", "declared", "blanket", "none"]
Known = frozenset[tuple[str, float]]
"""Dimensions with values; a count stands under its unit too (`건`), and a large one under `count` alone."""


@dataclass(frozen=True)
class Sourced:
    """One number of a policy and what it rests on."""

    amount: Amount
    passage: Passage
    basis: Basis


_SILENT = frozenset(("name", "signals", "data", "uncertain"))
"""Fields whose numbers steer nothing: names of data, and what is asked."""


def sourced(matter: Matter) -> Iterator[Sourced]:
    """Every number of the policies to be judged that needs a source, in the order of the document."""
    given = _given(matter)
    computed = _computed(matter.specification)
    declared = _keys(amount for text in matter.specification.assumptions for amount in amounts(text))
    blanket = _blanket(matter.specification.assumptions)
    for passage in matter.passages:
        if not passage.policy or passage.field in (*_SILENT, "rollout"):
            continue
        for amount in amounts(passage.text):
            if not _needs_source(passage.text, amount):
                continue
            keys = _keys_of(amount)
            basis: Basis = "none"
            if _COMPUTED.match(passage.text, amount.end):
                basis = "computed"
            elif _is_marked(passage.text, amount):
                basis = "declared"  # before `given`: that the input has an equal number is chance
            elif keys <= given:
                basis = "given"
            elif keys <= declared:
                basis = "declared"
            elif keys <= computed or _follows(amount, given):
                basis = "computed"
            elif amount.dimension in blanket or (amount.dimension.isupper() and "money" in blanket):
                basis = "blanket"
            yield Sourced(amount, passage, basis)


_COMPUTED = re.compile(rf"[가-힣A-Za-z% ]{{0,8}}{STARTING}?\(Q\d{{1,3}}\)")


def _follows(amount: Amount, given: Known) -> bool:
    """Whether it is a given number times a given share or factor, to the figures it is written with: 90 a day × 4% = 3.6.

    Only for numbers of two figures or more that are not round; a 5 or a 100 comes out of something always.
    """
    value = amount.value
    figures = f"{value:.6g}".replace(".", "").strip("0")
    if amount.dimension not in ("count", "KRW", "EUR", "USD") or amount.low != value or len(figures) < 2:
        return False
    decimals = len(amount.measure.value.partition(".")[2].rstrip("원건개명% ")) if "." in amount.measure.value else 0
    step = 10.0**-decimals / 2 + 1e-9
    return any(abs(product - value) < step for product in _products(given))


@lru_cache(maxsize=32)
def _products(given: Known) -> tuple[float, ...]:
    parts = sorted({value for name, value in given if name in ("share", "factor") and value > 0})
    wholes = sorted({value for name, value in given if name not in ("share", "factor", "time", "day", "duration")})
    return tuple(part * whole for part in parts for whole in wholes)


# --- what is known


def _keys_of(amount: Amount) -> frozenset[tuple[str, float]]:
    """The amount's ends, a count under its unit; large counts under none, since documents name things differently."""
    name = amount.dimension
    if name == "count" and amount.unit and max(amount.value, amount.low) < _LARGE:
        name = amount.unit
    return frozenset((name, round(value, 6)) for value in (amount.low, amount.value))


_LARGE = 20


def _keys(found: Iterable[Amount]) -> Known:
    return frozenset(key for amount in found for key in _keys_of(amount))


def _given(matter: Matter) -> Known:
    known = frozenset[tuple[str, float]]()
    for text in matter.texts:
        known |= _stated(text)
    return known | (_in_model(matter.service) if matter.service is not None else frozenset())


@lru_cache(maxsize=64)
def _stated(text: str) -> Known:
    """Every amount of a text, line by line, and the edges of its hours."""
    found = frozenset[tuple[str, float]]()
    for line in text.splitlines():
        found |= _keys(amounts(line))
        for measure in measures(line):
            if measure.sort is Sort.HOURS:
                found |= {("time", float(edge)) for edge in hours_edges(measure.value)}
            elif measure.sort is Sort.SCHEDULE and (day := _DAY_OF_MONTH.search(measure.value)):
                found |= {("duration", float(day[1]) * DAY * 60)}
    return found


_DAY_OF_MONTH = re.compile(r"(\d{1,2})일")
"""`매월 10일`, which a policy may call `10일` as it would a length of time."""


def hours_edges(written: str) -> frozenset[int]:
    """The times of day, in minutes, at which hours as written begin and end."""
    try:
        hours = parse_hours(written)
    except HoursError:
        return frozenset()
    return frozenset(edge % DAY for span in hours.stretches() for edge in span) if hours else frozenset()


@cache
def _in_model(service: Service) -> Known:
    return frozenset(key for text in sorted(set(_quotations(service))) for key in _stated(text))


def _quotations(part: object) -> Iterator[str]:
    """The words of every source of the model."""
    if isinstance(part, Source):
        yield part.text
    elif isinstance(part, tuple):
        for item in part:
            yield from _quotations(item)
    elif is_dataclass(part):
        for field in fields(part):
            yield from _quotations(getattr(part, field.name))


def _computed(spec: Specification) -> Known:
    """The numbers of the quantities, and those that sums and computed evidence in the document yield."""
    texts = [part for made in spec.quantities for part in (made.text, made.formula, f"{made.result:g}{made.unit}")]
    texts += [f"{item.value:g}{item.unit}" for made in spec.quantities for item in made.inputs if item.unit != "%"]
    texts += [f"{item.value:.4%}" for made in spec.quantities for item in made.inputs if item.unit == "%"]
    texts += [item.text for mode in spec.findings for item in mode.evidence if item.kind in ("arithmetic", "calendar")]
    found = frozenset(key for text in texts for key in _stated(text))
    return found | frozenset(key for text in _own_texts(spec) for key in _shown(text))


def _own_texts(spec: Specification) -> Iterator[str]:
    yield from spec.assumptions
    for mode in spec.failure_modes:
        yield from (mode.condition, mode.user_impact, mode.operations_impact)
    for policy in spec.policies:
        yield policy.intent
        yield from (step.action for step in policy.runbook)
        if policy.uncertain is not None:
            yield policy.uncertain.what


@lru_cache(maxsize=8192)
def _shown(text: str) -> Known:
    """What comes out of the sums, shares and stretches of time that the text shows."""
    places = [(found.start, found.end) for found in sums(text)] + [(found.start, found.end) for found in ratios(text)]
    found = _keys(amount for amount in amounts(text) if any(start <= amount.start < end for start, end in places))
    return found | {("duration", stretch.minutes * 60.0) for stretch in stretches(text)}


# --- what is declared

_AHEAD = re.compile(
    rf"\s?(?:[-–~/·,]\s?\d[\d.,:]*)*\s?(?:[A-Za-z%]{{1,8}}|[가-힣]{{1,3}})?(?:\s?이상|\s?이하|\s?초과|\s?미만)?{STARTING}"
)
_CALLED = re.compile(r"시작값|기본값|초깃값|초기값|잠정|starting value|default of|provisional|placeholder|assum", re.I)
_ALL = re.compile(
    r"(?:모든|본문의|아래|이하)?\s?(?:수치|숫자|임계|수는|값은)|\b(?:all|the)\s(?:numbers|figures|values|thresholds)\b",
    re.I,
)
_KINDS = {
    "duration": re.compile(r"분(?=[·,/ 과와은])|시간|기간|times?\b|minutes|durations", re.I),
    "money": re.compile(r"금액|한도|amounts|limits|sums of money|money", re.I),
    "share": re.compile(r"비율|퍼센트|%|shares|percentages|rates", re.I),
    "count": re.compile(r"건수|횟수|개수|counts", re.I),
}


def _is_marked(text: str, amount: Amount) -> bool:
    """Whether the dagger follows, or the words beside it call it a starting value."""
    if (
        STARTING in amount.measure.text
        or _AHEAD.match(text, amount.end)
        or text[amount.end : amount.end + 1] == STARTING
    ):
        return True
    return bool(_CALLED.search(text[max(0, amount.start - 16) : amount.end + 16]))


@lru_cache(maxsize=256)
def _blanket(assumptions: tuple[str, ...]) -> frozenset[str]:
    """The kinds of numbers that a sentence without a number of its own kind declares all at once."""
    found: set[str] = set()
    for text in assumptions:
        for sentence in re.split(r"(?<=[.다])\s", text):
            if STARTING not in sentence and re.search(
                r"시작값|초깃값|초기값|잠정값|starting values?|placeholders?", sentence, re.I
            ):
                if _ALL.search(sentence):
                    found |= {"duration", "money", "share", "count", "factor", "time", "day"}
                found |= {kind for kind, pattern in _KINDS.items() if pattern.search(sentence)}
    return frozenset(found)


# --- what needs none

_DIGITS = re.compile(r"\d")
_COUNTED = re.compile(
    r"\s?-?(?:자리|단계|번째|차(?![가-힣])|글자|digits?\b|characters?\b|steps?\b|letters?\b|th\b|st\b|nd\b|rd\b)", re.I
)
_NUMBERED = re.compile(r"(?:#|No\.|번호|단계|step|steps|policy|정책|Q|F|B-|제|line|section|뒤|last|PIN)\s?$", re.I)
_RATE = re.compile(r"(?:에|당|마다)?\s?(?:\d|한|두|세|최대)|(?:에|당|마다)\s?|\s?(?:당|간격)")
_SMALL = 3


def _needs_source(text: str, amount: Amount) -> bool:
    """Whether the number decides something: a limit, a period, a price. Small counts that only name how many are there do not."""
    if not amount.value and not amount.low:
        return False  # none at all
    if not _DIGITS.search(amount.measure.text):  # `a day`, `두 사람`; `two weeks` decides
        return amount.dimension == "duration" and bool(
            re.match(r"(?!one\b|half\b|an?\b|the\b)[a-z]", amount.text, re.I)
        )
    if amount.dimension == "time" and re.fullmatch(r"\d:\d\d", amount.text):
        return False  # `ends at 5:00` may be minutes and seconds
    if _NUMBERED.search(text[max(0, amount.start - 8) : amount.start]):
        return False
    if amount.dimension == "share":
        return not {amount.low, amount.value} <= {0.0, 1.0}
    if amount.dimension == "duration":
        one = re.match(r"1\s?[가-힣a-z]", amount.text)
        return not (one and _RATE.match(text, amount.end))
    if amount.dimension in ("count", "factor"):
        bounded = bool(amount.measure.bound or amount.measure.per)
        listed = re.match(r"[^.,;]{0,10}:\s", text[amount.end : amount.end + 14])
        if amount.value <= 1 or amount.unit in ("자", "자리", "가지") or listed or _COUNTED.match(text, amount.end):
            return False
        if amount.measure.sort is Sort.NUMBER and not bounded:
            return False
        return bounded or amount.value > _SMALL
    return True
