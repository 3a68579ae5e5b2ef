"""The lines of a page whose tables are ruled: signs inside a table belong to its cells, whatever line they seem to stand in."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from opslead.intake.page.readers.paper.grid import Grid
from opslead.intake.page.readers.paper.lines import UNIT, Cells, Glyph, Line, asian, has_spaces, joined, lines_of

_ROOM = 3
"""Widths of a sign left in a cell beside the next word, from which a line ended on purpose."""


def lines_and_rows(page: int, glyphs: Iterable[Glyph], grids: Sequence[Grid]) -> tuple[Line, ...]:
    """The lines of a page and the rows of its ruled tables, each table where its first sign comes."""
    found = list(glyphs)
    spaces = has_spaces(found)
    outside: list[Glyph] = []
    inside: dict[int, dict[tuple[int, int], list[Glyph]]] = {}
    lines: list[Line] = []
    tables: list[tuple[int, int]] = []  # after how many signs outside, which table
    for glyph in found:
        where = _where(glyph, grids)
        if where is None:
            outside.append(glyph)
            continue
        table, cell = where
        if table not in inside and glyph.sign.strip():
            tables.append((len(outside), table))
        inside.setdefault(table, {}).setdefault(cell, []).append(glyph)
    start = 0
    for end, table in [*tables, (len(outside), -1)]:
        lines += lines_of(page, outside[start:end], spaces)
        start = end
        if table >= 0:
            lines += _rows(page, grids[table], table, inside[table], spaces)
    return tuple(replace(line, index=index) for index, line in enumerate(lines, 1))


def _where(glyph: Glyph, grids: Sequence[Grid]) -> tuple[int, tuple[int, int]] | None:
    for index, grid in enumerate(grids):
        if cell := grid.cell((glyph.left + glyph.right) / 2, glyph.middle):
            return index, cell
    return None


def _rows(page: int, grid: Grid, table: int, signs: dict[tuple[int, int], list[Glyph]], spaces: bool) -> Iterable[Line]:
    """The rows with words. A cell over several rows is said in each, one over several columns once."""
    texts: dict[tuple[int, int], str] = {}
    inner: dict[tuple[int, int], tuple[Line, ...]] = {}
    for cell, glyphs in signs.items():
        inner[cell] = lines_of(page, glyphs, spaces)
        right = next(i for i, first in reversed([*enumerate(grid.first[cell[0]])]) if first == cell)
        texts[cell] = _cell(inner[cell], grid.edges[cell[1]], grid.edges[right + 1])
    for row, firsts in enumerate(grid.first):
        own = [line for cell in dict.fromkeys(firsts) if cell[0] == row for line in inner.get(cell, ())]
        if not own:
            continue
        said = tuple(texts.get(first, "") if first[1] == column else "" for column, first in enumerate(firsts))
        segments = tuple(segment for line in own for segment in line.segments)
        bold = all(line.bold for line in own)
        middle = (grid.heights[row] + grid.heights[row + 1]) / 2
        yield Line(page, 0, segments, middle, own[0].size, bold, cells=Cells(said, grid.edges, table))


def _cell(lines: Sequence[Line], left: float, right: float) -> str:
    """The words of a cell; a line that had room for the next word ended on purpose."""
    text = ""
    for index, line in enumerate(lines):
        if not index:
            text = line.text
            continue
        above = lines[index - 1]
        sign = (line.right - line.left) / max(len(line.text), 1)
        padding = min(one.left for one in lines) - left
        room = right - padding - above.right
        if room > sign * (len(line.text.split(" ", 1)[0]) + _ROOM) and not above.hyphenated:
            text += "\n" + line.text
        else:
            korean = asian(text[-1]) and asian(line.text[0])
            between_words = above.ends_in_space or (korean and room > UNIT * line.size)
            text = joined(text, line.text, between_words, above.hyphenated)
    return text
