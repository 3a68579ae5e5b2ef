"""Markdown as the rest of intake understands it, written line by line, each line with its place in the document.

Text is not escaped but in tables: people paste Markdown into Word, and type `- ` and `1)` by hand, and mean it.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, field

from opslead.errors import InputErrors
from opslead.intake.page.readers.limits import LIMITS

_UNSEEN = re.compile(r"[\x00-\x08\x0e-\x1f\x7f-\x9f\u00ad\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]")
"""Control and direction signs: nobody sees them, and they tear words apart."""
_VALUE = re.compile(r"\d|[.!?。]\s*$|(?:니다|한다|된다|있다|없다)$")
_MOST_HEADER = 30


@dataclass(frozen=True)
class Row:
    """A row of a table: `cells` from the left, `label` its place, `header` whether the document says that it is a head."""

    cells: tuple[str, ...]
    label: str
    header: bool = False


@dataclass(frozen=True)
class Converted:
    """A document as Markdown; `labels[i]` is the place of line i."""

    text: str
    labels: tuple[str, ...]


@dataclass
class Page:
    """The Markdown as it grows. `name` is the document's, for the refusal of more than `most` characters."""

    name: str
    most: int = LIMITS.text
    _lines: list[str] = field(default_factory=list)
    _labels: list[str] = field(default_factory=list)
    _size: int = 0
    _markers: list[tuple[str, int]] = field(default_factory=list)
    """Of each open list level the marker (`-`, `.` or `)`) and the last number; the text of an item stands behind them."""
    _open: str = ""
    """What the last line was: `item`, `pipe` (a table pasted as text) or nothing."""

    def heading(self, level: int, text: str, label: str) -> None:
        """A heading; level 1 is the outermost."""
        words = _one_line(text)
        if words:
            self._block()
            self._add("#" * min(max(level, 1), 6) + " " + words, label)

    def paragraph(self, text: str, label: str) -> None:
        """Running text; its line breaks are kept as meant."""
        lines = _lines_of(text)
        if not lines:
            return
        pipe = lines[0].startswith("|")
        if not (pipe and self._open == "pipe"):
            self._block()
        self._broken(lines, "", "", label)
        self._open = "pipe" if pipe else ""

    def item(self, text: str, depth: int, number: int | None, label: str) -> None:
        """An item of a list, `depth` from 0, with its number where it has one. Line breaks stay inside the item."""
        lines = _lines_of(text)
        if not lines:
            return
        if self._open != "item":
            self._block()
        depth = min(depth, len(self._markers), 12)
        sign = self._sign(depth, number)
        del self._markers[depth:]
        indent = " " * self._indent()
        self._markers.append((sign, number or 0))
        marker = "- " if number is None else f"{number}{sign} "
        self._broken(lines, indent + marker, " " * self._indent(), label)
        self._open = "item"

    def continued(self, text: str, label: str) -> None:
        """A further paragraph of the last item."""
        lines = _lines_of(text)
        if self._open != "item":
            self.paragraph(text, label)
        elif lines:
            indent = " " * self._indent()
            self._add("", "")
            self._broken(lines, indent, indent, label)

    def code(self, lines: Sequence[tuple[str, str]]) -> None:
        """Lines whose spaces matter (a drawing), each with its place."""
        if any(line.strip() for line, _ in lines):
            self._block()
            self._add("```", lines[0][1])
            for line, label in lines:
                self._add(seen(line).rstrip().replace("```", "'''"), label)
            self._add("```", lines[-1][1])
            self._block()

    def table(self, rows: Sequence[Row]) -> None:
        """A table; one without columns becomes paragraphs. A first row that is no head is kept as a row."""
        rows = _trimmed(rows)
        width = max((len(row.cells) for row in rows), default=0)
        if width < 2:
            for row in rows:
                self.paragraph("\n".join(row.cells), row.label)
            return
        self._block()
        head, body = (rows[0], rows[1:]) if _has_header(rows) else (Row(("",) * width, rows[0].label), rows)
        self._add(_piped(head.cells, width), head.label)
        self._add("|" + " --- |" * width, head.label)
        for row in body:
            self._add(_piped(row.cells, width), row.label)
        self._block()

    def converted(self) -> Converted:
        """The Markdown, in Unicode's composed form."""
        return Converted("\n".join(self._lines).strip("\n") + "\n" if self._lines else "", tuple(self._labels))

    def _sign(self, depth: int, number: int | None) -> str:
        """The sign behind a number: the other one where the number does not follow, since Markdown counts by itself."""
        if number is None:
            return "-"
        same = self._markers[depth] if depth < len(self._markers) else None
        if same is None or same[0] == "-":
            return "."
        return same[0] if number == same[1] + 1 else ")" if same[0] == "." else "."

    def _indent(self) -> int:
        return sum(2 if sign == "-" else len(str(number)) + 2 for sign, number in self._markers)

    def _block(self) -> None:
        if self._lines and self._lines[-1]:
            self._add("", "")
        self._markers.clear()
        self._open = ""

    def _broken(self, lines: Sequence[str], first: str, rest: str, label: str) -> None:
        for index, line in enumerate(lines):
            end = "  " if index + 1 < len(lines) else ""  # a break on purpose
            self._add((rest if index else first) + line + end, label)

    def _add(self, line: str, label: str) -> None:
        self._size += len(line) + 1
        if self._size > self.most:
            hint = "split it, or leave out what does not describe the service"
            raise InputErrors.one(self.name, f"more than {self.most:,} characters of text", hint)
        if line or self._lines:
            self._lines.append(line)
            self._labels.append(label)


def seen(text: str) -> str:
    """The text as a reader sees it: composed, without control and direction signs."""
    return _UNSEEN.sub("", unicodedata.normalize("NFC", text))


def _lines_of(text: str) -> list[str]:
    return [line for raw in seen(text).splitlines() if (line := " ".join(raw.split()))]


def _one_line(text: str) -> str:
    return " ".join(seen(text).split())


def _piped(cells: Sequence[str], width: int) -> str:
    filled = [*cells, *[""] * (width - len(cells))]
    return (
        "| "
        + " | ".join("; ".join(_lines_of(cell)).replace("\\", "\\\\").replace("|", "\\|") for cell in filled)
        + " |"
    )


def _trimmed(rows: Sequence[Row]) -> list[Row]:
    """Without rows and columns that are empty throughout."""
    filled = [row for row in rows if any(cell.strip() for cell in row.cells)]
    columns = [
        i
        for i in range(max((len(row.cells) for row in filled), default=0))
        if any(i < len(row.cells) and row.cells[i].strip() for row in filled)
    ]
    return [
        Row(tuple(row.cells[i] if i < len(row.cells) else "" for i in columns), row.label, row.header) for row in filled
    ]


def _has_header(rows: Sequence[Row]) -> bool:
    """Whether the first row heads the others: the document says so, or nothing in it looks like a value."""
    first = rows[0]
    if first.header or len(rows) == 1:
        return first.header
    return all(len(cell) <= _MOST_HEADER and not _VALUE.search(cell) for cell in first.cells)
