"""Tables of parameters: a name, a value without unit, and a meaning that says the unit (`CART_TTL_MINUTES | 10 | 장바구니 TTL(분)`)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from opslead.intake.amounts.frames import Amount, Frame
from opslead.intake.amounts.phrases import Clause, noun_phrase
from opslead.intake.amounts.quantities import Measure, Sort
from opslead.intake.facts.clocks import clocks_of
from opslead.intake.facts.counts import counts_of
from opslead.intake.facts.money import money_of
from opslead.intake.facts.shares import shares_of
from opslead.model.document import ClockText, KpiText, LimitText, MoneyText, RateText, VolumeText

_NAME = re.compile(
    r"파라미터|변수|설정|환경|키\b|항목|parameter|variable|setting|config|\bkey\b|\bname\b|option|constant|policy|rule",
    re.I,
)
_VALUE = re.compile(r"기본\s?값|기본|값|default|value|초기", re.I)
_UNITS: tuple[tuple[re.Pattern[str], str], ...] = tuple(
    (re.compile(pattern, re.I), unit)
    for pattern, unit in (
        (r"\(초\)|_?SECONDS?\b|_SECS?\b|\bin seconds|초\s?단위|_SEC$", "초"),
        (r"\(분\)|_?MINUTES?\b|_MINS?\b|\bin minutes|분\s?단위|_MIN$", "분"),
        (r"\(시간\)|_?HOURS?\b|_HRS?\b|\bin hours|시간\s?단위", "시간"),
        (r"\(일\)|_?DAYS?\b|\bin days|일\s?단위", "일"),
        (r"\(%\)|_?PERCENT(?:AGE)?\b|_PCT\b|_RATE\b|_RATIO\b|비율|퍼센트|수수료율|율\(|할인율", "%"),
        (r"\(원\)|_KRW\b|_WON\b|금액\(원", "원"),
    )
)
_BARE = re.compile(r"^-?\d[\d,]*(?:\.\d+)?$")
Parameter = ClockText | LimitText | RateText | VolumeText | MoneyText | KpiText


def parameters_of(frame: Frame) -> Iterator[Parameter]:
    """What one row of a parameter table says; nothing when the row is none or its value has a unit of its own."""
    passage = frame.passage
    if len(passage.cells) < 2 or not passage.header or not _is_parameter_table(passage.header):
        return
    column = next((i for i, head in enumerate(passage.header) if _VALUE.search(head)), -1)
    if not 0 < column < len(passage.cells) or not _BARE.match(passage.cells[column]):
        return
    name = passage.cells[0]
    meaning = " ".join(c for i, c in enumerate(passage.cells) if i not in (0, column) and c)
    unit = next((unit for text in (name, meaning) for pattern, unit in _UNITS if pattern.search(text)), "")
    amount = _amount(frame, name, meaning, passage.cells[column], unit)
    if unit == "원":
        yield from money_of(amount)
    elif unit == "%":
        yield from shares_of(amount, None)
    elif unit:
        yield from clocks_of(amount)
    else:
        yield from counts_of(replace(amount, measure=replace(amount.measure, bound=_bound(meaning + " " + name))))


def _is_parameter_table(header: tuple[str, ...]) -> bool:
    return bool(_NAME.search(header[0])) and any(_VALUE.search(head) for head in header[1:])


def _bound(text: str) -> str:
    if re.search(r"최대|상한|max|limit|한도", text, re.I):
        return "max"
    return "min" if re.search(r"최소|하한|min(?!ute)", text, re.I) else ""


def _amount(frame: Frame, name: str, meaning: str, number: str, unit: str) -> Amount:
    start = frame.text.find(number, len(name))
    sort = Sort.MONEY if unit == "원" else Sort.SHARE if unit == "%" else Sort.DURATION if unit else Sort.COUNT
    value = f"{number}{unit}" if unit else number
    bare = re.sub(r"\((?:초|분|시간|일|%|원)\)", "", meaning).strip()
    subject = f"{name} {noun_phrase(bare, tail=False) or bare}".strip()
    count_unit = "" if unit else "개"
    measure = Measure(
        sort, start, start + len(number), number, value, unit=unit or count_unit, relation="", bound=_bound(meaning)
    )
    clause = Clause(f"{name.replace('_', ' ')} {bare}", "", "", 0, len(frame.text))
    near = f"{name.replace('_', ' ')} {bare}"
    return Amount(measure, frame, 0, clause, subject, near, near, frame.text, frame.text[:140])
