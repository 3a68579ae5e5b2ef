"""Hangul (.hwpx, KS X 6101): outline headings, lists with their numbers, tables, text boxes and footnotes.

Headers, footers, memos and the drawing itself are left out. A place is a paragraph with words outside tables (`¶12`) or a
row (`table 2 row 3`).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from opslead.errors import InputErrors
from opslead.intake.page.readers.archive import Archive
from opslead.intake.page.readers.limits import LIMITS, Limits
from opslead.intake.page.readers.page import Converted, Page, Row
from opslead.intake.page.readers.xml import Budget, Element, children, first, fragments, number

_SECTION = re.compile(r"^Contents/section(\d{1,4})\.xml$", re.I)
_OUTLINE = re.compile(r"^(?:개요|outline|heading)\s*(\d{1,2})$", re.I)
_TITLE = 60
_SENTENCE = re.compile(r"[.。]$|(?:니다|한다|된다|있다|없다|는다|이다|세요|해요|아요|어요)$")
_BREAKS = {"lineBreak": "\n", "tab": " ", "nbSpace": " ", "fwSpace": " ", "hyphen": "-"}
_ASIDE = frozenset({"header", "footer", "hiddenComment", "script", "shapeComment", "secPr"})


def read(data: bytes, name: str, limits: Limits = LIMITS) -> Converted:
    """The document as Markdown. Raises InputErrors."""
    archive, budget = Archive(data, name, limits), Budget(name, limits)
    if b"encryption-data" in b"".join(archive.read("META-INF/manifest.xml")):
        raise InputErrors.one(name, "this document is protected by a password", "save it without a password")
    sections = sorted((int(m[1]), part) for part in archive.names() if (m := _SECTION.match(part)))
    if len(sections) > limits.pages:
        raise InputErrors.one(name, f"more than {limits.pages:,} sections", "give the part that describes the service")
    walk = _Walk(Page(name, limits.text), _read_heads(archive, budget))
    for _, part in sections:
        for paragraph in fragments(archive.read(part), {"p"}, budget):
            walk.paragraph(paragraph)
    return walk.page.converted()


@dataclass(frozen=True)
class _Head:
    """What stands before a paragraph: `kind` OUTLINE, NUMBER, BULLET or NONE, `depth` from 0, the list it counts in."""

    kind: str
    depth: int
    counter: str


@dataclass
class _Heads:
    """Heads by the paragraph's shape, outline levels by its style."""

    shapes: dict[str, _Head] = field(default_factory=dict)
    outlines: dict[str, int] = field(default_factory=dict)


def _read_heads(archive: Archive, budget: Budget) -> _Heads:
    heads = _Heads()
    for element in fragments(archive.read("Contents/header.xml"), {"paraPr", "style"}, budget):
        ident = element.get("id", "")
        if element.tag == "style":
            names = (element.get("name", ""), element.get("engName", ""))
            if match := next(filter(None, map(_OUTLINE.match, names)), None):
                heads.outlines[ident] = int(match[1])
            continue
        head = first(element, "heading")
        if head is not None and head.get("type", "NONE") != "NONE":
            depth = number(head.get("level", ""), 0, 9)
            heads.shapes[ident] = _Head(head.get("type", ""), depth, head.get("idRef", ""))
    return heads


@dataclass
class _Walk:
    """One pass over the document. Mutable inside the pass only."""

    page: Page
    heads: _Heads
    paragraphs: int = 0
    tables: int = 0
    counts: dict[tuple[str, int], int] = field(default_factory=dict)

    def paragraph(self, element: Element) -> None:
        """A paragraph, then the tables, boxes and notes that are anchored in it."""
        words = _Words()
        words.collect(element)
        text = words.text.strip()
        if text:
            self.paragraphs += 1
            self._placed(text, element, f"¶{self.paragraphs}")
        for table in words.tables:
            self._table(table)
        for box in words.boxes:
            for inner in box.iter("subList"):
                for paragraph in children(inner, "p"):
                    self.paragraph(paragraph)
                break

    def _placed(self, text: str, element: Element, label: str) -> None:
        outline = self.heads.outlines.get(element.get("styleIDRef", ""), 0)
        head = self.heads.shapes.get(element.get("paraPrIDRef", ""))
        if head and head.kind == "OUTLINE":
            outline = outline or head.depth + 1
        if outline and len(text) <= _TITLE and not _SENTENCE.search(text):
            self.page.heading(outline, text, label)
        elif outline:  # outlines number whole sentences too
            self.page.item(text, outline - 1, None, label)
        elif head and head.kind == "BULLET":
            self.page.item(text, head.depth, None, label)
        elif head and head.kind == "NUMBER":
            self.page.item(text, head.depth, self._count(head), label)
        else:
            self.page.paragraph(text, label)

    def _count(self, head: _Head) -> int:
        for deeper in [key for key in self.counts if key[0] == head.counter and key[1] > head.depth]:
            del self.counts[deeper]
        key = (head.counter, head.depth)
        self.counts[key] = self.counts.get(key, 0) + 1
        return self.counts[key]

    def _table(self, table: Element) -> None:
        rows = children(table, "tr")
        cells = [cell for row in rows for cell in children(row, "tc")]
        if len(cells) == 1:  # a frame around text
            for paragraph in children(first(cells[0], "subList"), "p"):
                self.paragraph(paragraph)
            return
        self.tables += 1
        found: list[Row] = []
        for index, row in enumerate(rows, 1):
            header = any(cell.get("header") == "1" for cell in children(row, "tc"))
            texts = _placed_cells(row, found[-1].cells if found else ())
            found.append(Row(texts, f"table {self.tables} row {index}", header))
        self.page.table(found)


def _placed_cells(row: Element, above: Sequence[str]) -> tuple[str, ...]:
    """The texts of a row at the columns their addresses say; a column that no cell begins in carries on from above."""
    placed: dict[int, str] = {}
    spread: set[int] = set()
    for cell in children(row, "tc"):
        address, span = first(cell, "cellAddr"), first(cell, "cellSpan")
        column = number("" if address is None else address.get("colAddr", ""), len(placed), 255)
        width = number("" if span is None else span.get("colSpan", ""), 1, 255)
        placed[column] = _cell(cell)
        spread |= set(range(column + 1, column + width))
    width = max([*placed, *spread, len(above) - 1, -1]) + 1
    return tuple(placed.get(i, "" if i in spread or i >= len(above) else above[i]) for i in range(width))


def _cell(cell: Element) -> str:
    lines = []
    for paragraph in children(first(cell, "subList"), "p"):
        words = _Words()
        words.collect(paragraph)
        lines += [words.text.strip()]
        lines += [
            ", ".join(_cell(c) for row in children(table, "tr") for c in children(row, "tc")) for table in words.tables
        ]
    return "\n".join(filter(None, lines))


@dataclass
class _Words:
    """What a paragraph holds."""

    parts: list[str] = field(default_factory=list)
    tables: list[Element] = field(default_factory=list)
    boxes: list[Element] = field(default_factory=list)

    @property
    def text(self) -> str:
        return "".join(self.parts)

    def collect(self, element: Element) -> None:
        for child in element:
            tag = child.tag
            if tag == "t":
                self.parts += _runs(child)
            elif tag == "tbl":
                self.tables.append(child)
            elif tag in ("drawText", "footNote", "endNote"):
                self.boxes.append(child)
            elif tag not in _ASIDE:
                self.collect(child)


def _runs(element: Element) -> Iterator[str]:
    yield element.text or ""
    for child in element:
        yield _BREAKS.get(child.tag, "")
        if child.tag not in _BREAKS and child.tag != "deleteBegin":
            yield from _runs(child)
        yield child.tail or ""
