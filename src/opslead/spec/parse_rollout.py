"""The rollout of somebody's specification: who stands in which horizon, graded on three axes, in tables or in lists."""

from __future__ import annotations

import re
from collections.abc import Sequence

from opslead.spec.document import Level, Rollout, RolloutItem
from opslead.spec.dress import Line
from opslead.spec.fields import horizon_of

_GRADES: dict[str, Level] = {
    "상": "high", "높음": "high", "h": "high", "high": "high", "very high": "high", "5": "high", "4": "high", "critical": "high",
    "중": "medium", "중간": "medium", "m": "medium", "medium": "medium", "med": "medium", "3": "medium", "moderate": "medium",
    "하": "low", "낮음": "low", "l": "low", "low": "low", "2": "low", "1": "low",
}  # fmt: skip
_INLINE_GRADE = {
    "impact": re.compile(
        r"(?:impact|위험도|영향)[^가-힣a-z0-9]*(?:\(impact\))?\s*[:：=]?\s*([상중하]|high|medium|low|[hml]\b|[1-5])",
        re.I,
    ),
    "likelihood": re.compile(
        r"(?:likelihood|발생\s*확률)(?:\s*\(likelihood\))?\s*[:：=]?\s*([상중하]|high|medium|low|[hml]\b|[1-5])", re.I
    ),
    "detectability": re.compile(
        r"(?:detectability|detection|탐지\s*가능성)(?:\s*\(detectability\))?\s*[:：=]?\s*([상중하]|high|medium|low|[hml]\b|[1-5])",
        re.I,
    ),
}


_AXES = (
    ("impact", re.compile(r"impact|위험도|영향|severity|심각", re.I)),
    ("likelihood", re.compile(r"likelihood|발생|확률|occurrence|probability|빈도", re.I)),
    ("detectability", re.compile(r"detect|탐지", re.I)),
)
_GRADE_WORD = re.compile(r"very high|[a-z]+|[가-힣]+|\d+")


def _grade(cell: str) -> Level:
    """The grade that a cell is, whatever sign or number stands beside it: `🔴 High`, `상(5)`; empty for any other words."""
    first, *more = _GRADE_WORD.findall(re.sub(r"\([^()]*\)", "", cell).lower()) or [""]
    return _GRADES.get(first, "") if all(word.isdecimal() for word in more) else ""


def rollout(lines: Sequence[Line]) -> Rollout:
    """Every policy where it is placed. Grades that stand in a table of their own belong to the policy wherever it is placed."""
    placed: dict[str, list[RolloutItem]] = {"week_1": [], "weeks_1_4": [], "months_1_3": []}
    graded: dict[int, RolloutItem] = {}
    current = ""
    header: tuple[str, ...] = ()
    for line in lines[1:]:
        header = (header or line.cells) if line.cells else ()
        named = horizon_of(line.text) if not line.cells and len(line.text) < 90 and "#" not in line.text else ""
        if named:
            current = named
            continue
        found = _items(line, header)
        column = next(filter(None, map(horizon_of, line.cells[1:])), "") if len(line.cells) > 4 else ""
        if column and not current:
            placed[column] += found
        elif current:
            placed[current] += found
        else:
            graded |= {item.policy: item for item in found}
    whole = {name: tuple(_with(item, graded.get(item.policy)) for item in found) for name, found in placed.items()}
    return Rollout(**whole, line=lines[0].number if lines else 0)


def _with(item: RolloutItem, graded: RolloutItem | None) -> RolloutItem:
    if graded is None or item.impact or item.likelihood or item.detectability:
        return item
    return graded.model_copy(update={"line": item.line})


def _items(line: Line, header: Sequence[str]) -> list[RolloutItem]:
    """The policies a row or item grades; a sentence about the order (`#24 → #8`) grades none."""
    first = line.cells[0] if line.cells else line.text
    numbers = re.findall(r"#(\d{1,3})", first) or re.findall(
        r"^\W*(?:policy |정책 |pol-?|p-?)?(\d{1,3})\b" if line.cells else r"^\W*(?:policy|정책|pol|p)[ -]?(\d{1,3})\b",
        first,
        re.I,
    )
    if not numbers or (not line.cells and not line.bullet):
        return []
    if line.cells:
        grades = _by_column(line.cells, header)
        reasons = tuple(c for c in line.cells[1:] if c.strip() and not _grade(c))
    else:
        matches = {name: pattern.search(line.text) for name, pattern in _INLINE_GRADE.items()}
        grades = {name: _GRADES[match.group(1).lower()] for name, match in matches.items() if match}
        reasons = ()
    return [RolloutItem(policy=int(n), **grades, reasons=reasons, line=line.number) for n in numbers]


def _by_column(cells: Sequence[str], header: Sequence[str]) -> dict[str, Level]:
    """The grades of a row, by the names of the columns; where they name no axis, in the usual order."""
    axes = [next((name for name, words in _AXES if words.search(label)), "") for label in header]
    if len(header) == len(cells) and set(axes) >= {name for name, _ in _AXES}:
        return {name: grade for name, cell in zip(axes, cells, strict=True) if name and (grade := _grade(cell))}
    grades = [grade for cell in cells[1:] if (grade := _grade(cell))]
    return dict(zip((name for name, _ in _AXES), grades, strict=False))
