"""Lines that make a table → its rows: by its rules where it has them, else by the gaps between its columns; over pages too."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from itertools import pairwise

from opslead.intake.page.readers.page import Row
from opslead.intake.page.readers.paper.lines import Line, Segment, joined

_SAME = 4.0
"""Points within which two edges are the same."""
_CLOSE = 1.35
"""Parts of the type size: closer lines are of one cell."""
_LEVEL = 2.0
"""Points within which two lines stand at one height."""
_ROW_STEP = 1.15
"""A row begins where lines stand further apart than the closest ones by this, if any do."""


def table_end(lines: Sequence[Line], index: int) -> int:
    """The number behind the last line of the table that begins here; 0 where none does."""
    return _ruled_end(lines, index) if lines[index].cells else _aligned_end(lines, index)


def rows_of(lines: Sequence[Line]) -> list[Row]:
    """The rows of one table, without the head that every page repeats."""
    return _unrepeated(list(_ruled_rows(lines) if lines[0].cells else _aligned_rows(lines)), lines)


def _ruled_end(lines: Sequence[Line], index: int) -> int:
    end = index + 1
    while end < len(lines) and _same_table(lines[end - 1], lines[end]):
        end += 1
    return end


def _same_table(above: Line, line: Line) -> bool:
    """Whether a row belongs to the table of the row above: one grid, or on the next page one of the same columns."""
    if not above.cells or not line.cells:
        return False
    if above.page == line.page:
        return above.cells.table == line.cells.table
    edges, other = above.cells.edges, line.cells.edges
    return len(edges) == len(other) and all(abs(a - b) < _SAME for a, b in zip(edges, other, strict=True))


def _ruled_rows(lines: Sequence[Line]) -> Iterator[Row]:
    for index, line in enumerate(lines):
        if line.cells:
            yield Row(line.cells.texts, line.label, line.bold and not index)


def _unrepeated(rows: list[Row], lines: Sequence[Line]) -> list[Row]:
    pages = {line.label: line.page for line in lines}
    kept = rows[:1]
    for above, row in pairwise(rows):
        if not (pages[row.label] != pages[above.label] and row.cells == rows[0].cells):
            kept.append(row)
    return kept


def _aligned_end(lines: Sequence[Line], index: int) -> int:
    """A table without rules has two rows of two columns, and may go on over pages in the same columns."""
    if len(lines[index].segments) < 2:
        return 0
    end = index + 1
    while end < len(lines) and not lines[end].cells and _belongs(lines[end], lines[index:end]):
        end += 1
    block = lines[index:end]
    return end if sum(len(line.segments) > 1 for line in block) >= 2 and len(_columns(block)) > 1 else 0


def _belongs(line: Line, block: Sequence[Line]) -> bool:
    """Whether a line goes on with the table above it: as a row, or as one more line of a row's cells."""
    above = block[-1]
    if line.page != above.page:
        return _in_columns(line, _columns(block))
    if len(line.segments) > 1:
        return True
    step = above.middle - line.middle
    if line.left > block[0].left + _SAME:
        return step < 2 * line.size
    columns = _columns(block)
    return len(columns) > 1 and 0 < step < _CLOSE * line.size and line.right < columns[1][0] and not line.bold


def _in_columns(line: Line, columns: Sequence[tuple[float, float]]) -> bool:
    """Whether each part of a line begins where a column does."""
    begins = [left for left, _ in columns]
    return len(line.segments) > 1 and all(
        any(abs(segment.left - left) < _SAME for left in begins) for segment in line.segments
    )


def _columns(lines: Sequence[Line]) -> list[tuple[float, float]]:
    """The stretches of the page that the fullest lines cover together; those that touch are one column."""
    most = max(len(line.segments) for line in lines)
    spans = sorted((s.left, s.right) for line in lines if len(line.segments) == most > 1 for s in line.segments)
    columns: list[tuple[float, float]] = []
    for left, right in spans:
        if columns and left <= columns[-1][1]:
            columns[-1] = (columns[-1][0], max(columns[-1][1], right))
        else:
            columns.append((left, right))
    return columns


def _aligned_rows(lines: Sequence[Line]) -> Iterator[Row]:
    """The rows, with the lines that go on in the row above. A document may give a row's columns one after the other."""
    columns = _columns(lines)
    placed = sorted(_once_headed(lines), key=lambda line: (line.page, -line.middle))
    steps = [above.middle - line.middle if above.page == line.page else math.inf for above, line in pairwise(placed)]
    least = min((step for step in steps if step > _LEVEL), default=0.0)
    spaced = any(_ROW_STEP * least < step < math.inf for step in steps)
    rows: list[tuple[list[str], str, bool]] = []
    for line, step in zip(placed, [0.0, *steps], strict=True):
        cells = [""] * len(columns)
        for segment in line.segments:
            at = min(range(len(columns)), key=lambda i: _distance(columns[i], segment))
            cells[at] = joined(cells[at], segment.text)
        inside = step <= (_ROW_STEP * least if spaced else _LEVEL)
        if rows and (inside or not cells[0]):
            above = rows[-1][0]
            above[:] = [joined(old, new) for old, new in zip(above, cells, strict=True)]
        else:
            rows.append((cells, line.label, line.bold))
    for index, (cells, label, bold) in enumerate(rows):
        yield Row(tuple(cells), label, bold and not index)


def _once_headed(lines: Sequence[Line]) -> Iterator[Line]:
    """The lines, without those with which a page begins that are the table's own first ones again."""
    at = len(lines)
    for index, line in enumerate(lines):
        if index and line.page != lines[index - 1].page:
            at = 0
        if at < index and line.text == lines[at].text:
            at += 1
            continue
        at = len(lines)
        yield line


def _distance(column: tuple[float, float], segment: Segment) -> float:
    return max(column[0] - segment.right, segment.left - column[1], 0.0) or abs(column[0] - segment.left) / 1e4
