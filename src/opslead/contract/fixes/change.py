"""What a fix did."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class Change:
    """`line` of the text as it was when the fix came to it, counted from 1; `what` in the document's language."""

    line: int
    what: str


def replaced(text: str, lines: Mapping[int, str | None]) -> str:
    """The text with some lines, counted from 1, put otherwise; None takes one out."""
    raw = text.splitlines(keepends=True)
    out: list[str] = []
    for number, line in enumerate(raw, 1):
        if number not in lines:
            out.append(line)
            continue
        new = lines[number]
        if new is not None:
            out.append(new + line[len(line.splitlines()[0]) :])
    return "".join(out)
