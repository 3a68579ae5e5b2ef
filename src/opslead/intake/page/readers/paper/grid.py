"""Rules drawn on a page → the grids of cells that they make, so that a table is read as it is ruled, however its words wrap."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

_NEAR = 3.0
"""Points within which two rules are one, or touch: thick rules come as two, corners do not quite meet."""
_MOST_RULES, _MOST_CELLS = 600, 5_000
"""Of one page; beyond, it is a drawing, and nobody's table."""


@dataclass(frozen=True)
class Rule:
    """A straight line across (`at` its height, from `start` to `end` along the page) or, on its side, down."""

    at: float
    start: float
    end: float


@dataclass(frozen=True)
class Grid:
    """A ruled table. `edges` of the columns from the left, `heights` of the rows from the top, in points."""

    edges: tuple[float, ...]
    heights: tuple[float, ...]
    across: tuple[Rule, ...]
    down: tuple[Rule, ...]

    def cell(self, x: float, y: float) -> tuple[int, int] | None:
        """The row and column of a point, those of the first of the cells that are joined there; None outside."""
        if not (self.edges[0] <= x <= self.edges[-1] and self.heights[-1] <= y <= self.heights[0]):
            return None
        column = min(bisect_right(self.edges, x), len(self.edges) - 1) - 1
        row = min(bisect_right([-height for height in self.heights], -y), len(self.heights) - 1) - 1
        return self.first[row][column]

    @cached_property
    def first(self) -> tuple[tuple[tuple[int, int], ...], ...]:
        """Of each cell, the first of the cells that no rule divides from it."""
        found: list[list[tuple[int, int]]] = []
        for row in range(len(self.heights) - 1):
            found.append([])
            middle = (self.heights[row] + self.heights[row + 1]) / 2
            for column in range(len(self.edges) - 1):
                centre = (self.edges[column] + self.edges[column + 1]) / 2
                if column and not _ruled(self.down, self.edges[column], middle):
                    found[row].append(found[row][column - 1])
                elif row and not _ruled(self.across, self.heights[row], centre):
                    found[row].append(found[row - 1][column])
                else:
                    found[row].append((row, column))
        return tuple(map(tuple, found))


def grids(across: Iterable[Rule], down: Iterable[Rule]) -> tuple[Grid, ...]:
    """The tables that the rules of a page make, of at least two rows and two columns."""
    level, upright = _merged(across), _merged(down)
    if len(level) + len(upright) > _MOST_RULES:
        return ()
    made = []
    for group in _groups(level, upright):
        rows, columns = (
            [level[i] for i in group if i < len(level)],
            [upright[i - len(level)] for i in group if i >= len(level)],
        )
        edges = _places([*(r.at for r in columns), *(r.start for r in rows), *(r.end for r in rows)])
        heights = _places([*(r.at for r in rows), *(r.start for r in columns), *(r.end for r in columns)])[::-1]
        if len(edges) > 2 and len(heights) > 2 and len(edges) * len(heights) <= _MOST_CELLS:
            made.append(Grid(edges, heights, tuple(rows), tuple(columns)))
    return tuple(made)


def _ruled(rules: Sequence[Rule], at: float, point: float) -> bool:
    return any(abs(rule.at - at) <= _NEAR and rule.start <= point <= rule.end for rule in rules)


def _merged(rules: Iterable[Rule]) -> list[Rule]:
    """One rule for the pieces that lie in one line and touch."""
    lines: list[Rule] = []
    bands: list[list[Rule]] = []
    for rule in sorted(rules, key=lambda r: (r.at, r.start)):
        if bands and rule.at - bands[-1][0].at <= _NEAR:
            bands[-1].append(rule)
        else:
            bands.append([rule])
    for band in bands:
        for rule in sorted(band, key=lambda r: r.start):
            last = lines[-1] if lines and lines[-1].at == band[0].at else None
            if last and rule.start <= last.end + _NEAR:
                lines[-1] = Rule(last.at, last.start, max(last.end, rule.end))
            else:
                lines.append(Rule(band[0].at, rule.start, rule.end))
    return lines


def _groups(level: Sequence[Rule], upright: Sequence[Rule]) -> list[list[int]]:
    """The rules that hang together, by their numbers: those across first, then those down."""
    parent = list(range(len(level) + len(upright)))

    def root(of: int) -> int:
        while parent[of] != of:
            parent[of] = parent[parent[of]]
            of = parent[of]
        return of

    for i, row in enumerate(level):
        for j, column in enumerate(upright):
            meets = row.start - _NEAR <= column.at <= row.end + _NEAR
            if meets and column.start - _NEAR <= row.at <= column.end + _NEAR:
                parent[root(i)] = root(len(level) + j)
    groups: dict[int, list[int]] = {}
    for i in range(len(parent)):
        groups.setdefault(root(i), []).append(i)
    return list(groups.values())


def _places(found: Iterable[float]) -> tuple[float, ...]:
    places: list[float] = []
    for place in sorted(found):
        if not places or place - places[-1] > _NEAR:
            places.append(place)
    return tuple(places)
