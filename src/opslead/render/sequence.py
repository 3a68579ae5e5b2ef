"""A sequence diagram as Mermaid text and as a self-drawn SVG. Text from outside is escaped in both."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import escape
from textwrap import wrap

from opslead.behaviour.sequence import Arrow, Sequence

LANE, TOP, ROW, LINE = 190, 70, 26, 15
"""Pixels: between lanes, above the first arrow, between arrows, a line of text."""
WIDTH = 24
"""Characters of a line beside an arrow; Korean letters count double."""


def mermaid(made: Sequence) -> str:
    """The diagram as Mermaid text, ending in a newline."""
    lines = ["sequenceDiagram"]
    lines += [f"  participant P{i} as {_plain(name)}" for i, name in enumerate(made.lanes)]
    lines += [f"  P{a.source}->>P{a.target}: {_plain(a.text)}" for a in made.arrows]
    lines.append(
        f"  Note over P0,P{len(made.lanes) - 1}: {_plain(made.ending)}"
        if len(made.lanes) > 1
        else f"  Note over P0: {_plain(made.ending)}"
    )
    return "\n".join(lines) + "\n"


def _plain(text: str) -> str:
    """Without what Mermaid reads as its own: line ends, semicolons, hashes, angle brackets."""
    return re.sub(r"[;#<>{}%]", lambda m: f"#{ord(m[0])};", " ".join(text.split()))


def svg(made: Sequence) -> str:
    """The diagram as one SVG document: lanes from left to right, time downwards, the loss in a box at the end."""
    width = LANE * len(made.lanes) + 40
    body: list[str] = []
    last = len(made.lanes) - 1
    y = TOP
    for arrow in made.arrows:
        lines = _lines(arrow.text)
        y += LINE * len(lines)
        body += _arrow(arrow, lines, y, last)
        y += ROW
    lines = _lines(made.ending, 2 * WIDTH)
    height = y + LINE * len(lines) + 40
    body.append(
        f'<rect x="20" y="{y}" width="{width - 40}" height="{LINE * len(lines) + 16}" fill="#fdecea" stroke="#b3261e"/>'
    )
    body += [
        f'<text x="{width / 2:g}" y="{y + 18 + LINE * i}" text-anchor="middle" font-weight="bold">{escape(line)}</text>'
        for i, line in enumerate(lines)
    ]
    lanes = [part for i, name in enumerate(made.lanes) for part in _lane(i, name, y)]
    head = f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}" viewBox="0 0 {width} {height}" font-family="sans-serif" font-size="12" role="img">'
    marker = '<defs><marker id="end" markerWidth="8" markerHeight="8" refX="7" refY="4" orient="auto"><path d="M0,0 L8,4 L0,8 z"/></marker></defs>'
    title = f"<title>{escape(made.ending)}</title>"
    return "\n".join([head, title, marker, *lanes, *body, "</svg>"]) + "\n"


def _x(lane: int) -> float:
    return 20 + LANE * (lane + 0.5)


def _lane(index: int, name: str, bottom: int) -> Iterator[str]:
    x = _x(index)
    yield f'<line x1="{x:g}" y1="40" x2="{x:g}" y2="{bottom}" stroke="#888" stroke-dasharray="4 3"/>'
    yield f'<rect x="{x - 80:g}" y="12" width="160" height="28" rx="4" fill="#eef2f7" stroke="#456"/>'
    yield f'<text x="{x:g}" y="30" text-anchor="middle">{escape(_lines(name, 20)[0])}</text>'


def _arrow(arrow: Arrow, lines: list[str], y: int, last: int) -> Iterator[str]:
    left, right = _x(arrow.source), _x(arrow.target)
    alone = arrow.source == arrow.target
    middle, anchor = (left + right) / 2, "middle"
    if alone:  # beside its lane, on the side where there is room
        middle, anchor = (left - 6, "end") if arrow.source == last else (left + 6, "start")
    for i, line in enumerate(reversed(lines)):
        yield f'<text x="{middle:g}" y="{y - 6 - LINE * i}" text-anchor="{anchor}" stroke="#fff" stroke-width="3" paint-order="stroke">{escape(line)}</text>'
    if alone:
        yield f'<path d="M{left:g},{y} h26 v10 h-24" fill="none" stroke="#000" marker-end="url(#end)"/>'
    else:
        yield f'<line x1="{left:g}" y1="{y}" x2="{right:g}" y2="{y}" stroke="#000" marker-end="url(#end)"/>'


def _lines(text: str, width: int = WIDTH) -> list[str]:
    """The text in lines of about `width` letters, Hangul counting double."""
    wide = sum("가" <= c <= "힣" for c in text) * 2 > len(text)
    return wrap(text, width if wide else width * 3 // 2) or [""]
