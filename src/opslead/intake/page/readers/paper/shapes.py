"""What is drawn on a page beside its words, as far as it says how to read them: rules of tables, and bullets (browsers draw them)."""

from __future__ import annotations

import ctypes
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import pairwise

import pypdfium2 as pdfium
import pypdfium2.raw as raw

from opslead.intake.page.readers.paper.grid import Grid, Rule, grids
from opslead.intake.page.readers.paper.lines import Line, Segment

_MOST_SHAPES, _MOST_DOTS, _MOST_POINTS = 20_000, 500, 2_000
"""Shapes and marks of one page, corners of one shape: beyond, it is a drawing."""
_SHORTEST, _STRAIGHT = 6.0, 1.0
"""Points: the shortest rule of a table, and how far it may lean."""
_DOT = (1.5, 8.0)
"""Points: the smallest and the largest bullet."""


@dataclass(frozen=True)
class Dot:
    """A small round or square mark: its edges and the height of its middle, in points."""

    left: float
    right: float
    middle: float


@dataclass(frozen=True)
class Shapes:
    """The ruled tables and the marks of a page."""

    grids: tuple[Grid, ...] = ()
    dots: tuple[Dot, ...] = ()


def shapes_of(page: pdfium.PdfPage) -> Shapes:
    """The shapes of a page; none where there are so many that they are a drawing."""
    across: list[Rule] = []
    down: list[Rule] = []
    dots: list[Dot] = []
    for count, shape in enumerate(page.get_objects(filter=[raw.FPDF_PAGEOBJ_PATH], max_depth=1)):
        if count > _MOST_SHAPES:
            return Shapes()
        left, bottom, right, top = shape.get_bounds()
        width, height = right - left, top - bottom
        if _DOT[0] <= min(width, height) and max(width, height) <= _DOT[1] and abs(width - height) < 1:
            dots.append(Dot(left, right, (bottom + top) / 2))
            continue
        for (x, y), (to_x, to_y) in pairwise(_points(shape)):
            if abs(y - to_y) <= _STRAIGHT and abs(x - to_x) >= _SHORTEST:
                across.append(Rule(y, min(x, to_x), max(x, to_x)))
            elif abs(x - to_x) <= _STRAIGHT and abs(y - to_y) >= _SHORTEST:
                down.append(Rule(x, min(y, to_y), max(y, to_y)))
    return Shapes(grids(across, down), tuple(dots) if len(dots) <= _MOST_DOTS else ())


def _points(shape: pdfium.PdfObject) -> Iterator[tuple[float, float]]:
    """The corners of a shape on the page; a move to another place is a corner too, and seldom straight."""
    count = raw.FPDFPath_CountSegments(shape)
    if count > _MOST_POINTS:
        return
    matrix = shape.get_matrix()
    x, y = ctypes.c_float(), ctypes.c_float()
    for index in range(count):
        segment = raw.FPDFPath_GetPathSegment(shape, index)
        if raw.FPDFPathSegment_GetPoint(segment, x, y):
            yield matrix.on_point(x.value, y.value)


def with_bullets(lines: Iterable[Line], dots: Iterable[Dot]) -> tuple[Line, ...]:
    """The lines, with a bullet before those that a dot stands before."""
    return tuple(_with_bullet(line, tuple(dots)) for line in lines)


def _with_bullet(line: Line, dots: tuple[Dot, ...]) -> Line:
    for dot in dots:
        beside = abs(dot.middle - line.middle) < 0.45 * line.size
        if beside and line.cells is None and 0 < line.left - dot.right < 2 * line.size:
            first = line.segments[0]
            return replace(line, segments=(Segment(f"• {first.text}", dot.left, first.right), *line.segments[1:]))
    return line
