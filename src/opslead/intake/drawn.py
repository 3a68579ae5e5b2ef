"""The links of a drawing, in the order they are followed: boxes side by side and below each other, numbered lines, trees."""

from __future__ import annotations

import re
from collections.abc import Sequence

from opslead.intake.passages import Passage

_ARROWS_ONLY = re.compile(r"^[\s→←↓↑│|v▼·.\-]*$")
_NUMBERED = re.compile(r"^\(?(?:step\s*)?\d{1,2}[.):]\s*", re.I)
_FORWARD = re.compile(r"\s*(?:→|⇒|=>|-+>)\s*")
_BACKWARD = re.compile(r"\s*←\s*")
_ARROW_CELL = frozenset({"→", "←", "↓", "↑"})


def drawn_items(block: Sequence[Passage]) -> list[tuple[str, str, Passage]]:
    """Text, further words and place of each link. Lines under a numbered or drawn link only explain it."""
    rows = _boxes(block)
    numbered = sum(bool(_NUMBERED.match(text)) for text, _ in rows) >= 2
    arrows = any("↓" in text for text, _ in rows) and not numbered
    items: list[tuple[str, str, Passage]] = []
    fresh = True  # the next line begins a link
    for text, passage in rows:
        if _ARROWS_ONLY.match(text):
            fresh = True
            continue
        begins = bool(_NUMBERED.match(text))
        parts = _parts(_NUMBERED.sub("", text))
        if items and ((numbered and not begins and len(parts) == 1) or (arrows and not fresh and len(parts) == 1)):
            last = items[-1]
            items[-1] = (last[0], f"{last[1]}; {parts[0]}".strip("; "), last[2])
        else:
            items += [(part, "", passage) for part in parts]
        fresh = False
    return items


def _parts(text: str) -> list[str]:
    if "←" in text and not _FORWARD.search(text):
        parts = list(reversed(_BACKWARD.split(text)))
        if len(parts) == 2 and re.search(r"[\s(]", parts[0].strip()):
            parts = parts[1:]  # `pending ← 고객이 예약 요청 (응답 대기)` is a note beside a box
    else:
        parts = _FORWARD.split(text)
    return [_NUMBERED.sub("", part.strip()).strip(" .;,\"[]") for part in parts if part.strip(" .;,\"[]")]


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
