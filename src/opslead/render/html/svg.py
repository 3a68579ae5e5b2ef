"""Words inside pictures: how wide they are, how they break into lines, and elements with everything escaped."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from functools import cache
from html import escape as escape

LINE = 15
"""Pixels from one line of text to the next."""
SIZE = 12
"""Pixels of a letter's height."""


def em(text: str) -> float:
    """About how wide the text is, in heights of a letter: Hangul and other wide letters 1, others a little over half."""
    return sum(map(_letter, text))


@cache
def _letter(letter: str) -> float:
    if unicodedata.combining(letter):
        return 0.0
    return 1.0 if unicodedata.east_asian_width(letter) in "WF" or ord(letter) > 0x1F000 else 0.56


def wrap(text: str, width: float) -> list[str]:
    """The text in lines of at most `width` pixels, broken between words, and inside a word only where it is wider than a line."""
    room = width / SIZE
    lines = [""]
    used = 0.0
    for word in text.split():
        long = em(word)
        if lines[-1] and used + 0.56 + long <= room:
            lines[-1] += f" {word}"
            used += 0.56 + long
            continue
        for part, wide in _pieces(word, room) if long > room else ((word, long),):
            if lines[-1]:
                lines.append("")
            lines[-1], used = part, wide
    return lines


def _pieces(word: str, room: float) -> Iterator[tuple[str, float]]:
    """The word in parts that fit, each with its width; a letter that is wider than the room stands alone."""
    start, used = 0, 0.0
    for index, letter in enumerate(word):
        wide = _letter(letter)
        if index > start and used + wide > room:
            yield word[start:index], used
            start, used = index, 0.0
        used += wide
    yield word[start:], used


def words(x: float, y: float, lines: list[str], *, of: str = "", anchor: str = "middle") -> str:
    """Lines of text, the first with its foot at `y`."""
    kind = f' class="{of}"' if of else ""
    spans = "".join(f'<tspan x="{x:g}" y="{y + LINE * i:g}">{escape(line)}</tspan>' for i, line in enumerate(lines))
    return f'<text{kind} text-anchor="{anchor}">{spans}</text>'


def box(x: float, y: float, width: float, height: float, of: str, radius: float = 6) -> str:
    return f'<rect class="{of}" x="{x:g}" y="{y:g}" width="{width:g}" height="{height:g}" rx="{radius:g}"/>'


def path(d: str, of: str, *, arrow: bool = True) -> str:
    return f'<path class="{of}" d="{d}"' + (' marker-end="url(#tip)"' if arrow else "") + "/>"


def drawing(width: float, height: float, parts: Iterator[str] | list[str], label: str, *, hidden: bool = False) -> str:
    """The whole picture. `hidden`: the same stands beside it as text, so a screen reader leaves it out."""
    body = "".join(parts)
    how = 'aria-hidden="true" focusable="false"' if hidden else f'role="group" aria-label="{escape(label)}"'
    return f'<svg class="drawing" width="{width:g}" height="{height:g}" viewBox="0 0 {width:g} {height:g}" {how}>{body}</svg>'
