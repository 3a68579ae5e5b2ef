"""Word (.docx): headings, lists with their numbers, tables, text boxes and footnotes, as they are seen on the page.

Deleted and hidden text, the table of contents, headers, comments and macros are left out; what a reviewer inserted counts.
A place is a paragraph (`¶12`: the twelfth with words, outside tables) or a row (`table 2 row 3`).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from opslead.intake.page.readers.archive import Archive
from opslead.intake.page.readers.limits import LIMITS, Limits
from opslead.intake.page.readers.office.numbering import Numbering, read_numbering
from opslead.intake.page.readers.office.styles import Styles, read_styles
from opslead.intake.page.readers.package import main_part, related
from opslead.intake.page.readers.page import Converted, Page, Row
from opslead.intake.page.readers.words import Run, marked
from opslead.intake.page.readers.xml import Budget, Element, children, first, fragments, number, value

_UNSEEN = frozenset({"del", "moveFrom", "Fallback", "instrText", "delText", "rPr", "pPr", "sdtPr", "rt"})
_BREAKS = {"br": "\n", "cr": "\n", "tab": " ", "noBreakHyphen": "-", "ptab": " "}
_COLUMNS = 63  # as many as Word has
_OFF = ("0", "false", "off")


def read(data: bytes, name: str, limits: Limits = LIMITS) -> Converted:
    """The document as Markdown. Raises InputErrors."""
    archive, budget = Archive(data, name, limits), Budget(name, limits)
    main = main_part(archive, budget) or "word/document.xml"
    styles = read_styles(archive.read(related(archive, main, "styles", budget)), budget)
    numbering = read_numbering(archive.read(related(archive, main, "numbering", budget)), budget)
    notes = archive.read(related(archive, main, "footnotes", budget))
    footnotes = {note.get("id", ""): note for note in fragments(notes, {"footnote"}, budget)}
    walk = _Walk(Page(name, limits.text), styles, numbering, footnotes)
    for block in fragments(archive.read(main), {"p", "tbl"}, budget):
        walk.block(block)
    return walk.page.converted()


@dataclass
class _Words:
    """What one paragraph holds: its runs, the text boxes anchored in it, the numbers of its footnotes."""

    runs: list[Run] = field(default_factory=list)
    boxes: list[Element] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

    @property
    def text(self) -> str:
        return "".join(run.text for run in self.runs)


@dataclass
class _Walk:
    """One pass over the document. Mutable inside the pass only."""

    page: Page
    styles: Styles
    numbering: Numbering
    footnotes: dict[str, Element]
    paragraphs: int = 0
    tables: int = 0
    titled: int = 0  # 1 once a title was seen: the headings stand below it

    def block(self, block: Element) -> None:
        if block.tag == "p":
            self._paragraph(block)
        else:
            self._table(block)

    def _paragraph(self, element: Element) -> None:
        words = _words(element)
        properties = first(element, "pPr")
        style = self.styles.of(value(properties, "pStyle"))
        if words.text.strip() and not style.contents:
            self.paragraphs += 1
            self._placed(words, properties, f"¶{self.paragraphs}")
        for note in words.notes:
            said = "\n".join(_words(p).text for p in children(self.footnotes.get(note), "p"))
            self.page.paragraph(said, f"¶{self.paragraphs}")
        for box in words.boxes:
            for block in box:
                if block.tag in ("p", "tbl"):
                    self.block(block)

    def _placed(self, words: _Words, properties: Element | None, label: str) -> None:
        style = self.styles.of(value(properties, "pStyle"))
        level = value(properties, "outlineLvl")
        heading = number(level, 9) + 1 if number(level, 9) < 9 else style.heading
        listed = first(properties, "numPr")
        depth = number(value(listed, "ilvl"), style.depth)
        mark = self.numbering.next(value(listed, "numId") or style.number, depth)
        if style.title:
            self.titled = 1
            self.page.heading(1, words.text, label)
        elif heading:
            prefix = f"{mark.text} " if mark and mark.number is not None else ""
            self.page.heading(heading + self.titled, prefix + words.text, label)
        elif mark is None:
            self.page.paragraph(marked(words.runs), label)
        elif mark.number is None and not mark.text:
            self.page.continued(marked(words.runs), label)
        else:
            self.page.item(marked(words.runs), depth + style.inner, mark.number, label)

    def _table(self, table: Element) -> None:
        rows = list(_rows(table))
        if len(rows) == 1 and len(children(rows[0], "tc")) == 1:  # a frame around text
            for block in children(rows[0], "tc")[0]:
                if block.tag in ("p", "tbl"):
                    self.block(block)
            return
        self.tables += 1
        found: list[Row] = []
        for index, row in enumerate(rows, 1):
            cells = self._cells(row, found[-1].cells if found else ())
            header = first(row, "trPr", "tblHeader") is not None or (index == 1 and _all_bold(row))
            found.append(Row(cells, f"table {self.tables} row {index}", header))
        self.page.table(found)

    def _cells(self, row: Element, above: Sequence[str]) -> tuple[str, ...]:
        cells: list[str] = [""] * number(value(row, "trPr", "gridBefore"), 0, _COLUMNS)
        for cell in children(row, "tc"):
            properties = first(cell, "tcPr")
            merged = first(properties, "vMerge")
            text = self._cell(cell)
            if merged is not None and merged.get("val", "continue") == "continue" and len(cells) < len(above):
                text = above[len(cells)]
            cells += [text, *[""] * (number(value(properties, "gridSpan"), 1, _COLUMNS) - 1)]
        return tuple(cells)

    def _cell(self, cell: Element) -> str:
        lines: list[str] = []
        for block in _blocks(cell):
            if block.tag == "p":
                properties = first(block, "pPr")
                listed = first(properties, "numPr")
                mark = self.numbering.next(value(listed, "numId"), number(value(listed, "ilvl"), 0))
                before = f"{mark.text} " if mark and mark.number is not None else ""
                if text := _words(block).text.strip():
                    lines.append(before + text)
            else:
                lines += [", ".join(filter(None, (self._cell(c) for c in children(row, "tc")))) for row in _rows(block)]
        return "\n".join(lines)


def _blocks(container: Element) -> Iterator[Element]:
    """Paragraphs and tables, those in content controls too."""
    for child in container:
        if child.tag in ("p", "tbl"):
            yield child
        elif child.tag in ("sdt", "sdtContent", "customXml", "ins", "moveTo"):
            yield from _blocks(child)


def _rows(table: Element) -> Iterator[Element]:
    for child in table:
        if child.tag == "tr" and first(child, "trPr", "del") is None:
            yield child
        elif child.tag in ("sdt", "sdtContent", "customXml"):
            yield from _rows(child)


def _all_bold(row: Element) -> bool:
    runs = [
        run for cell in children(row, "tc") for p in children(cell, "p") for run in _words(p).runs if run.text.strip()
    ]
    return bool(runs) and all(run.bold for run in runs)


def _words(paragraph: Element) -> _Words:
    words = _Words()
    _collect(paragraph, words, False)
    return words


def _collect(element: Element, words: _Words, bold: bool) -> None:
    for child in element:
        tag = child.tag
        if tag == "t":
            words.runs.append(Run(child.text or "", bold))
        elif tag == "r":
            properties = first(child, "rPr")
            if not _on(properties, "vanish"):
                _collect(child, words, _on(properties, "b"))
        elif tag in _BREAKS:
            words.runs.append(Run(_BREAKS[tag], bold))
        elif tag == "footnoteReference":
            words.notes.append(child.get("id", ""))
        elif tag == "txbxContent":
            words.boxes.append(child)
        elif tag not in _UNSEEN:
            _collect(child, words, bold)


def _on(properties: Element | None, name: str) -> bool:
    switch = first(properties, name)
    return switch is not None and switch.get("val", "1").lower() not in _OFF
