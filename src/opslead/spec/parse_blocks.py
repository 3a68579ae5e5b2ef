"""Where each policy of somebody's specification begins and ends: at headings, in lists, in tables."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from opslead.spec.dress import Line
from opslead.spec.fields import POLICY, field_of, named

_NUMBER_CELL = re.compile(r"(?:번호|no\.?|#|id|정책 번호|policy id|policy no\.?)", re.I)
_COLUMNS = 5
"""From so many fields in its header on, each row of a table is a policy."""
_FIELDS = 3
"""From so many fields under it on, a heading that says no number is a policy's name."""


@dataclass(frozen=True)
class Block:
    """A policy: its number and name as they stand in the line `head`, and its lines."""

    number: int
    name: str
    head: Line
    body: tuple[Line, ...]


def blocks(lines: Sequence[Line], catalog: Sequence[Line]) -> list[Block]:
    """By the numbered headings wherever they stand; where there is none, by what else the section `catalog` shows policies as."""
    return (
        _cut(lines, _start)
        or _cut(catalog, _table_start)
        or _cut(catalog, _item_start)
        or _cut(list(_unfolded(catalog)), _start)
        or _cut(list(_named(catalog)), _start)
    )


def rules(lines: Iterable[Line]) -> Iterator[str]:
    """The listed lines before the first policy: words and orders that the policies take for granted."""
    for line in lines:
        if _start(line):
            return
        if line.bullet:
            yield line.text


_Start = Callable[[Line], re.Match[str] | None]


def _cut(lines: Sequence[Line], start: _Start) -> list[Block]:
    """Every line that begins a policy, with the lines up to the next one or to a heading that stands above it."""
    starts = [(i, match) for i, line in enumerate(lines) if (match := start(line))]
    ends = [i for i, _ in starts][1:] + [len(lines)] * bool(starts)
    found: list[Block] = []
    for (at, match), end in zip(starts, ends, strict=True):
        body: list[Line] = []
        for line in lines[at + 1 : end]:
            if 0 < line.level <= lines[at].level and line.level < 7:
                break
            body.append(line)
        found.append(Block(int(match["number"]), match["name"], lines[at], tuple(_shifted(body))))
    return found


def _shifted(body: Sequence[Line]) -> Iterator[Line]:
    """The lines as they would stand alone: under an item they are all set in."""
    depth = min((line.indent for line in body), default=0)
    yield from (replace(line, indent=line.indent - depth) for line in body)


def _start(line: Line) -> re.Match[str] | None:
    """The match where the line is the heading of a policy, or stands alone with its number in brackets."""
    match = POLICY.match(line.text)
    if match is None or line.cells or not (line.level or match["bracket"]):
        return None
    return match if match["name"] or match["bracket"] else None


def _table_start(line: Line) -> re.Match[str] | None:
    """The match where a table of two columns begins with the policy's number and name."""
    return POLICY.match(" ".join(line.cells)) if len(line.cells) == 2 and POLICY.match(line.cells[0]) else None


def _item_start(line: Line) -> re.Match[str] | None:
    """The match where an item says nothing but the policy's number and name, in bold."""
    return POLICY.match(line.text) if line.bullet and line.lead and not line.rest else None


def _unfolded(lines: Iterable[Line]) -> Iterator[Line]:
    """A table whose rows are policies as one table a policy; its header says what a column is."""
    header: tuple[str, ...] = ()
    for line in lines:
        if not line.cells:
            header = ()
        elif not header:
            header = line.cells if sum(bool(named(cell)) for cell in line.cells) >= _COLUMNS else ()
        elif len(line.cells) == len(header):
            yield from _unrolled(header, line)


def _unrolled(header: Sequence[str], line: Line) -> Iterator[Line]:
    """The heading and the rows of the policy that a row of the one table is."""
    said = dict(zip(header, line.cells, strict=True))
    called = " ".join(cell for label, cell in said.items() if _NUMBER_CELL.fullmatch(label.strip()))
    name = " ".join(
        cell for label, cell in said.items() if not named(label) and not _NUMBER_CELL.fullmatch(label.strip())
    )
    number = re.search(r"\d{1,3}", called) or re.search(r"\d{1,3}", name)
    if number:
        name = re.sub(rf"^\W*(?:policy|정책|P)?\W*{number.group()}\W*", "", name, flags=re.I)
        yield Line(line.number, f"[Policy #{number.group()}] {name}", level=6)
        for label, cell in said.items():
            if named(label):
                yield Line(line.number, f"{label} | {cell}", cells=(label, cell))


def _named(lines: Sequence[Line]) -> Iterator[Line]:
    """The lines with every heading or bold item that has fields under it as the heading of a policy, numbered in their order."""
    heads = [i for i, line in enumerate(lines) if _names(line)]
    ends = [*heads[1:], len(lines)] if heads else []
    fields = {
        i: {begun[0] for line in lines[i + 1 : end] if (begun := field_of(line))}
        for i, end in zip(heads, ends, strict=True)
    }
    number = 0
    for i, line in enumerate(lines):
        if len(fields.get(i, ())) < _FIELDS:
            yield line
            continue
        number += 1
        name = re.sub(r"^\W*(?:\d{1,3}[.)-]?)*\s*", "", line.text)
        yield replace(line, text=f"[Policy #{number}] {name}", level=line.level or 6)


def _names(line: Line) -> bool:
    return (
        bool(line.level or (line.bullet and line.lead and not line.rest and line.indent < 2)) and field_of(line) is None
    )
