"""Drawn state machines: which box the lines lead to from which box.

A drawing is read as a grid of screen columns (a Hangul syllable takes two). A node is a box (`┌──┐`) with its first line as
name, or a bare word that `named` accepts. From every node the connectors below it and to its right are followed,
through the words that interrupt them (`──[Accept]──`), until they reach another node.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from opslead.intake.page.sentences import width

_Way: TypeAlias = tuple[int, int]  # rows and columns to go
_Step: TypeAlias = tuple[int, int, _Way]  # row, column, and the way it is entered
_DOWN, _RIGHT, _LEFT = (1, 0), (0, 1), (0, -1)
_UNDER = frozenset("│▼├└┘┌┐")
_TURNS: dict[str, dict[_Way, tuple[_Way, ...]]] = {
    "│": {_DOWN: (_DOWN,)},
    "├": {_DOWN: (_DOWN, _RIGHT), _LEFT: (_DOWN,)},
    "┤": {_DOWN: (_DOWN, _LEFT), _RIGHT: (_DOWN,)},
    "└": {_DOWN: (_RIGHT,)},
    "┘": {_DOWN: (_LEFT,)},
    "┌": {_LEFT: (_DOWN,)},
    "┐": {_RIGHT: (_DOWN,)},
    "─": {_RIGHT: (_RIGHT,), _LEFT: (_LEFT,)},
    "┬": {_RIGHT: (_RIGHT, _DOWN), _LEFT: (_LEFT, _DOWN), _DOWN: (_DOWN,)},
    "┴": {_RIGHT: (_RIGHT,), _LEFT: (_LEFT,), _DOWN: (_RIGHT, _LEFT)},
    "┼": {_RIGHT: (_RIGHT, _DOWN), _LEFT: (_LEFT, _DOWN), _DOWN: (_DOWN,)},
    "▼": {_DOWN: (_DOWN,), _RIGHT: (_DOWN,), _LEFT: (_DOWN,)},
    "▶": {_RIGHT: (_RIGHT,)},
    "◀": {_LEFT: (_LEFT,)},
}
_ALIKE = str.maketrans("|┃║━═→►>↓∨▽←◄<╭╮╰╯╌┄", "│││──▶▶▶▼▼▼◀◀◀┌┐└┘──")
_TOP = re.compile(r"┌[─┬┴┼]{2,}┐")
_TEXT = re.compile(r"[^\s│├┤└┘┌┐─┬┴┼▼▶◀\0](?:[^\s│├┤└┘┌┐─┬┴┼▼▶◀\0]|\0| (?=[^\s│├┤└┘┌┐─┬┴┼▼▶◀\0]))*")
_MOST_CELLS = 20_000  # a drawing, not a document


@dataclass(frozen=True)
class Node:
    """A box or a word: rows `top` to `bottom`, columns `left` to `right`, all inclusive."""

    name: str
    top: int
    bottom: int
    left: int
    right: int
    final: bool = False

    def holds(self, row: int, column: int) -> bool:
        return self.top <= row <= self.bottom and self.left <= column <= self.right


def transitions(lines: Sequence[str], named: Callable[[str], bool]) -> tuple[tuple[Node, Node], ...]:
    """The pairs (from, to) that the drawing connects, in reading order. `named` says whether a text can be a node."""
    grid = _grid(lines)
    if sum(map(len, grid)) > _MOST_CELLS:
        return ()
    nodes = _nodes(grid, named)
    owner = {
        (r, c): node
        for node in nodes
        for r in range(node.top, node.bottom + 1)
        for c in range(node.left, node.right + 1)
    }
    found: dict[tuple[Node, Node], None] = {}
    for node in nodes:
        for target in _reached(grid, node, owner):
            found[node, target] = None
    return tuple(found)


def final_nodes(lines: Sequence[str], named: Callable[[str], bool]) -> tuple[str, ...]:
    """The names of boxes that say inside that they are terminal."""
    return tuple(node.name for node in _nodes(_grid(lines), named) if node.final)


def _grid(lines: Sequence[str]) -> list[str]:
    """The lines by screen columns, the second column of a wide character a NUL; `->` and `>` are arrows, `-` is a line."""
    rows = []
    for line in lines:
        text = re.sub(r"(?<=[-\s])-{2,}(?=[->\[\s]|$)|-{2,}(?=>)", lambda m: "─" * len(m.group()), line.expandtabs(4))
        text = re.sub(r"(?<=\+)[-─]{2,}(?=\+)", lambda m: "─" * len(m.group()), text)
        rows.append("".join(c + "\0" * (width(c) - 1) for c in text.translate(_ALIKE)))
    size = max(map(len, rows), default=0)
    return _typed([row.ljust(size) for row in rows])


def _typed(rows: Sequence[str]) -> list[str]:
    """Drawings made on a typewriter: `+--+` above `|` is the top of a box, else its bottom; `v` under `|` is an arrow."""
    drawn = []
    for index, row in enumerate(rows):
        below = rows[index + 1] if index + 1 < len(rows) else ""
        for match in reversed(list(re.finditer(r"\+─+\+", row))):
            top = below[match.start() : match.start() + 1] == "│"
            corners = "┌┐" if top else "└┘"
            row = row[: match.start()] + corners[0] + match.group()[1:-1] + corners[1] + row[match.end() :]
        for match in re.finditer(r"(?<!\S)[vV](?!\S)", row):
            if index and rows[index - 1][match.start()] == "│":
                row = row[: match.start()] + "▼" + row[match.end() :]
        drawn.append(row)
    return drawn


def _nodes(grid: Sequence[str], named: Callable[[str], bool]) -> list[Node]:
    boxes = [box for row, text in enumerate(grid) for top in _TOP.finditer(text) if (box := _box(grid, row, top))]
    boxes = [box for box in boxes if named(box.name)]
    nodes = list(boxes)
    for row, text in enumerate(grid):
        for match in _TEXT.finditer(text):
            word = match.group().replace("\0", "")
            event = word.startswith(("[", "("))
            name = re.split(r"\s*[(（]", word.strip("[] "), maxsplit=1)[0]
            if (boxes and event) or not named(name) or any(box.holds(row, match.start()) for box in boxes):
                continue
            if not boxes or _touched(grid, row, match):
                nodes.append(Node(name, row, row, match.start(), match.end() - 1))
    return sorted(nodes, key=lambda node: (node.top, node.left))


def _touched(grid: Sequence[str], row: int, match: re.Match[str]) -> bool:
    """Whether an arrow points at the words: beside boxes, only such words are nodes and not remarks."""
    above = grid[row - 1][match.start() : match.end()] if row else ""
    return "▼" in above or grid[row][: match.start()].rstrip().endswith("▶")


def _box(grid: Sequence[str], row: int, top: re.Match[str]) -> Node | None:
    left, right = top.start(), top.end() - 1
    inside: list[str] = []
    for below in range(row + 1, min(row + 9, len(grid))):
        text = grid[below]
        if "└" in text[max(0, left - 1) : left + 2]:
            name = next((line for line in inside if line and line[0] not in "(（[←"), "")
            final = any(re.search(r"\bterminal\b|\bfinal\b|종료|최종", line, re.I) for line in inside)
            return Node(re.split(r"\s*[(（]", name, maxsplit=1)[0], row, below, left, right, final) if name else None
        inside.append(text[left + 1 : right].replace("\0", "").strip(" │"))
    return None


def _reached(grid: Sequence[str], node: Node, owner: dict[tuple[int, int], Node]) -> Iterator[Node]:
    """The nodes that the connectors from this one lead to."""
    todo = [
        (node.bottom + 1, column, _DOWN)
        for column in range(node.left, node.right + 1)
        if _at(grid, node.bottom + 1, column) in _UNDER
    ]
    for row in range(node.top, node.bottom + 1):
        ahead = [node.right + n for n in (1, 2, 3)]
        first = next((column for column in ahead if _at(grid, row, column) != " "), node.right)
        if _at(grid, row, first) in ("─", "▶"):
            todo.append((row, first, _RIGHT))
    seen: set[_Step] = set()
    while todo:
        step = todo.pop()
        if step in seen:
            continue
        seen.add(step)
        row, column, way = step
        other = owner.get((row, column)) or _pointed(grid, row, column, way, owner)
        if other is not None and other is not node:
            yield other
        elif other is None:
            todo += _onward(grid, row, column, way)


def _pointed(grid: Sequence[str], row: int, column: int, way: _Way, owner: dict[tuple[int, int], Node]) -> Node | None:
    """The node right behind an arrow head, over a blank or two."""
    if _at(grid, row, column) not in ("▶", "▼"):
        return None
    if way == _RIGHT and _at(grid, row, column) == "▶":
        cells = [(row, column + n) for n in (1, 2, 3)]
    else:
        cells = [(row + n, column + m) for n in (1, 2) for m in (0, -1, 1, -2, 2)]
    return next((owner[cell] for cell in cells if cell in owner), None)


def _onward(grid: Sequence[str], row: int, column: int, way: _Way) -> list[_Step]:
    """The cells a line goes on to from a cell that it enters in a direction."""
    sign = _at(grid, row, column)
    if sign in _TURNS:
        return [(row + turn[0], column + turn[1], turn) for turn in _TURNS[sign].get(way, ())]
    if sign == "":
        return []
    if way == _DOWN:
        if sign == " ":  # drawn a column or two beside, as happens with Hangul
            near = [column + n for n in (-1, 1, -2, 2) if _at(grid, row, column + n) in ("│", "▼")]
            return [(row, near[0], _DOWN)] if near else []
        return [(row + 1, column, _DOWN)] if _at(grid, row + 1, column) in _UNDER else []
    if way == _RIGHT and re.match(r"[^\0│├┤└┘┌┐─┬┴┼▼▶◀]{0,40}[─▶┐┘┤]", grid[row][column:]):
        return [(row, column + 1, way)]  # words on the line
    if _at(grid, row + 1, column) in ("│", "▼"):
        return [(row + 1, column, _DOWN)]
    word = sign != " " or _at(grid, row, column + 1) not in (" ", "")
    return [(row, column + 1, way)] if word and way == _RIGHT else []


def _at(grid: Sequence[str], row: int, column: int) -> str:
    """The sign of a cell, empty outside the drawing."""
    return grid[row][column] if 0 <= row < len(grid) and 0 <= column < len(grid[row]) else ""
