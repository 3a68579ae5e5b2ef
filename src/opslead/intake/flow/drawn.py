"""The links of a drawing, in the order they are followed: boxes side by side and below each other, numbered lines, trees."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from opslead.intake.page.passages import Passage

_ARROWS_ONLY = re.compile(r"^[\s→←↓↑│|v▼·.\-]*$")
_NUMBERED = re.compile(r"^\(?(?:step\s*)?\d{1,2}[.):]\s*", re.I)
_PHASE = re.compile(r"^(?:phase|stage|단계)\s*\d+\s*[:.]", re.I)  # a title inside the drawing
_FORWARD = re.compile(r"\s*(?:→|⇒|=>|-+>)\s*")
_BACKWARD = re.compile(r"\s*←\s*")
_ARROW_CELL = frozenset({"→", "←", "↓", "↑"})


@dataclass(frozen=True)
class Link:
    """One link of a drawing; `notes` are the lines that explain it."""

    text: str
    passage: Passage
    notes: tuple[tuple[str, Passage], ...] = ()


def drawn_links(block: Sequence[Passage]) -> list[Link]:
    """The links in order. Lines under a numbered or drawn link only explain it."""
    rows = [row for row in _boxes(block) if not _PHASE.match(row[0])]
    numbered = sum(bool(_NUMBERED.match(text)) for text, _ in rows) >= 2
    arrows = any("↓" in text for text, _ in rows) and not numbered
    links: list[Link] = []
    fresh = True  # the next line begins a link
    for text, passage in rows:
        if _ARROWS_ONLY.match(text):
            fresh = True
            continue
        begins = bool(_NUMBERED.match(text))
        parts = _parts(_NUMBERED.sub("", text))
        if links and len(parts) == 1 and ((numbered and not begins) or (arrows and not fresh)):
            links[-1] = replace(links[-1], notes=(*links[-1].notes, (parts[0], passage)))
        else:
            links += [Link(part, passage) for part in parts]
        fresh = False
    return links


def _parts(text: str) -> list[str]:
    if "←" in text and not _FORWARD.search(text):
        parts = list(reversed(_BACKWARD.split(text)))
        if len(parts) == 2 and re.search(r"[\s(]", parts[0].strip()):
            parts = parts[1:]  # `pending ← 고객이 예약 요청 (응답 대기)` is a note beside a box
    else:
        parts = _FORWARD.split(text)
    return [_NUMBERED.sub("", part.strip()).strip(' .;,"[]') for part in parts if part.strip(' .;,"[]')]


def _boxes(block: Sequence[Passage]) -> list[tuple[str, Passage]]:
    """The lines, with the second line of boxes that stand side by side joined to the first."""
    rows: list[tuple[str, Passage]] = []
    index = 0
    while index < len(block):
        line = block[index]
        following = block[index + 1] if index + 1 < len(block) else None
        cells = [cell for cell in line.cells if cell not in _ARROW_CELL]
        if (
            following is not None
            and len(cells) > 1
            and len(cells) < len(line.cells)
            and len(following.cells) == len(cells)
            and not any(cell in _ARROW_CELL for cell in following.cells)
        ):
            below = iter(following.cells)
            joined = [cell if cell in _ARROW_CELL else f"{cell} {next(below)}" for cell in line.cells]
            rows.append((" ".join(joined), line))
            index += 2
        else:
            rows.append((line.text, line))
            index += 1
    return rows
