"""Measures of success: the name of a measure and the target set for it, from tables, lists and sentences of goals."""

from __future__ import annotations

import re
from collections.abc import Iterator

from opslead.intake.amounts.frames import Amount, Frame, amounts
from opslead.intake.amounts.quantities import Sort
from opslead.intake.facts.made import said
from opslead.intake.page.passages import Form
from opslead.model.document import KpiText, Said

_TARGET = re.compile(r"목표|target|goal|기준치|threshold", re.I)
_NOW = re.compile(r"현재|current|baseline|as[- ]is", re.I)
_MEASURE = re.compile(
    r"[율률]$|\brate|시간|건수|지수|만족도|latency|time\b|score|NPS|volume|per (?:day|month)|(?-i:\b[A-Z]{3,4}\b)", re.I
)
_COUNTED = frozenset([Sort.SHARE, Sort.COUNT, Sort.NUMBER, Sort.MONEY, Sort.DURATION, Sort.FACTOR])
_MAX_NAME = 120
_MAX_TARGET = 80


def target_of(frame: Frame) -> Iterator[KpiText]:
    """The targets of one passage under a heading of goals or in a table with a target column."""
    if frame.passage.form is Form.ROW:
        yield from _row(frame)
        return
    if frame.passage.form is Form.HEADING:
        return
    label = frame.passage.label
    rest = frame.text[len(label) :].lstrip(" :：-–—") if label and frame.text.startswith(label) else ""
    if rest and not re.search(r"\d", label) and len(rest) <= _MAX_TARGET:
        first = amounts(frame)[0]
        yield KpiText(name=frame.title[:_MAX_NAME], target=said(rest, first), given=first.given, at=first.at)
        return
    for amount in amounts(frame):
        if amount.measure.sort in _COUNTED and (name := _name(amount)) and _is_measure(amount):
            yield KpiText(name=name, target=said(_words(amount), amount), given=amount.given, at=amount.at)


def _is_measure(amount: Amount) -> bool:
    """Whether a sentence without a label sets a target: a share, a comparison, or the name of a measure."""
    bound = bool(re.search(r"[<>≤≥]", amount.frame.text)) or amount.measure.sort is Sort.SHARE
    return bound or bool(_TARGET.search(amount.near)) or bool(_MEASURE.search(amount.subject))


def _row(frame: Frame) -> Iterator[KpiText]:
    passage = frame.passage
    columns = [i for i, head in enumerate(passage.header) if _TARGET.search(head) and not _NOW.search(head)]
    column = columns[0] if columns else next((i for i, c in enumerate(passage.cells) if i and re.search(r"\d", c)), 0)
    names = [c for c in passage.cells if c and not re.fullmatch(r"[\d\s.#]+", c)]
    if not column or column >= len(passage.cells) or not names or not re.search(r"\d", passage.cells[column]):
        return
    at = str(passage.place)
    target = Said(value=passage.cells[column], given=passage.text, at=at)
    yield KpiText(name=names[0][:_MAX_NAME], target=target, given=passage.text, at=at)


def _name(amount: Amount) -> str:
    """The measure's name: the label, or the words of the clause without its verb of change."""
    label = amount.frame.title
    name = amount.subject
    if label and amount.frame.passage.form is not Form.ROW:
        own = name.replace(label, "", 1).strip()
        name = f"{label} {own}".strip() if len(own) > 1 else label
    unit = amount.measure.unit if amount.measure.sort is Sort.COUNT and amount.measure.unit.isascii() else ""
    if len(name) < 2 or name == amount.frame.parent:
        name = f"{name} {unit}".strip()
    elif unit and unit not in name:
        name = f"{name} {unit}"
    return name[:_MAX_NAME]


def _words(amount: Amount) -> str:
    """The target with its bound, in the words of the text: `> 85%`, `45분 이내`."""
    text, measure = amount.frame.text, amount.measure
    before = re.search(
        r"(?:[<>≤≥]=?|최대|최소|under|over|less than|more than|at least|at most|within)\s?$",
        text[: measure.start],
        re.I,
    )
    after = re.match(r"\s?(?:이내|이상|이하|미만|초과|or more|or less|\+)", text[measure.end :])
    return f"{before.group().strip() + ' ' if before else ''}{measure.text.strip()}{after.group() if after else ''}"
