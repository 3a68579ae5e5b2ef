"""Workbooks (.xlsx): a heading a sheet, its blocks of cells as tables, numbers as the workbook shows them.

A place is the first filled cell of a row (`Prices!B7`). Formulas count by their last result and are never computed. Of a
hidden sheet only that it is there.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from opslead.errors import InputErrors
from opslead.intake.page.readers.archive import Archive
from opslead.intake.page.readers.limits import LIMITS, Limits
from opslead.intake.page.readers.office.formats import code_of, shown
from opslead.intake.page.readers.package import Relation, main_part, related, relations
from opslead.intake.page.readers.page import Converted, Page, Row, seen
from opslead.intake.page.readers.xml import Budget, Element, children, first, fragments, number

_CONTENT = re.compile(rb"<(?:v|is)[\s>]")
_NAMELESS = re.compile(r"^(?:sheet|시트)\s?\d{0,3}$", re.I)
_REFERENCE = re.compile(r"^([A-Z]{1,3})(\d{1,7})$")


def read(data: bytes, name: str, limits: Limits = LIMITS) -> Converted:
    """The sheets as Markdown. Raises InputErrors."""
    archive, budget = Archive(data, name, limits), Budget(name, limits)
    main = main_part(archive, budget) or "xl/workbook.xml"
    book = _read_book(archive, main, budget)
    page = Page(name, limits.text)
    known = relations(archive, main, budget)
    sheets = [e for e in fragments(archive.read(main), {"sheet"}, budget) if e.get("r:id", "") in known]
    if len(sheets) > limits.pages:
        raise InputErrors.one(name, f"more than {limits.pages:,} sheets", "give the sheets that describe the service")
    for sheet in sheets:
        _read_sheet(page, archive, sheet, known[sheet.get("r:id", "")], book, budget)
    return page.converted()


@dataclass(frozen=True)
class _Book:
    """What all sheets share: texts by number, the code of each cell style, the day from which dates count."""

    texts: tuple[str, ...]
    codes: tuple[str, ...]
    since_1904: bool


def _read_book(archive: Archive, main: str, budget: Budget) -> _Book:
    texts = archive.read(related(archive, main, "sharedStrings", budget))
    codes: list[str] = []
    own: dict[int, str] = {}
    for element in fragments(archive.read(related(archive, main, "styles", budget)), {"numFmt", "cellXfs"}, budget):
        if element.tag == "numFmt":
            own[number(element.get("numFmtId", ""), 0)] = element.get("formatCode", "")[:200]
        else:
            codes = [code_of(number(style.get("numFmtId", ""), 0), own) for style in children(element, "xf")]
    settings = next(fragments(archive.read(main), {"workbookPr"}, budget), None)
    since_1904 = settings is not None and settings.get("date1904") in ("1", "true")
    return _Book(tuple(_text(item) for item in fragments(texts, {"si"}, budget)), tuple(codes), since_1904)


def _read_sheet(page: Page, archive: Archive, sheet: Element, relation: Relation, book: _Book, budget: Budget) -> None:
    title = seen(sheet.get("name", "")).strip()
    where = re.sub(r"[:!\s]+", " ", title)[:31] or "sheet"
    if sheet.get("state", "visible") != "visible":
        page.paragraph(f"(the hidden sheet {title}: not read)", f"{where}!A1")
        return
    if relation.kind != "worksheet":
        return
    if not _NAMELESS.match(title):
        page.heading(2, title, f"{where}!A1")
    filled = _filled(archive.whole(relation.target))
    block: list[Row] = []
    last = 0
    for at, cells in _rows(filled, book, budget):
        if at > last + 1:
            _write(page, block)
            block = []
        column, last = min(cells), at
        texts = tuple(cells.get(i, "") for i in range(1, max(cells) + 1))
        block.append(Row(texts, f"{where}!{_letters(column)}{at}"))
    _write(page, block)


def _write(page: Page, block: Sequence[Row]) -> None:
    """A block of filled rows: a table, and as text the rows of one cell that stand above and below it."""
    wide = [index for index, row in enumerate(block) if sum(map(bool, row.cells)) > 1]
    begin, end = (wide[0], wide[-1] + 1) if wide else (len(block), len(block))
    for row in block[:begin]:
        page.paragraph("\n".join(filter(None, row.cells)), row.label)
    page.table(block[begin:end])
    for row in block[end:]:
        page.paragraph("\n".join(filter(None, row.cells)), row.label)


def _filled(sheet: bytes) -> bytes:
    """The sheet without rows in which no cell has content: a format down to the last row makes a million of them."""
    end = sheet.rfind(b"</sheetData")
    position = sheet.find(b"<row")
    kept = [sheet[: max(position, 0)]]
    while position >= 0 and (match := _CONTENT.search(sheet, position)):
        begin, close = sheet.rfind(b"<row", 0, match.start()), sheet.find(b"</row>", match.start())
        if close < 0:
            return sheet  # not as programs write it: read as it is
        position = close + len(b"</row>")
        kept.append(sheet[begin:position])
    return b"".join([*kept, sheet[end:]]) if end > position >= 0 else sheet


def _rows(sheet: bytes, book: _Book, budget: Budget) -> Iterator[tuple[int, dict[int, str]]]:
    """The rows with content: number and filled cells by column. Rows and cells may leave out where they stand."""
    at = 0
    for row in fragments([sheet], {"row"}, budget):
        at = number(row.get("r", ""), at + 1, 9_999_999)
        cells: dict[int, str] = {}
        column = 0
        for cell in children(row, "c"):
            match = _REFERENCE.match(cell.get("r", ""))
            column = min(_column(match[1]) if match else column + 1, 16_384)
            if text := _shown(cell, book).strip():
                cells[column] = text
        if cells and row.get("hidden") not in ("1", "true"):
            yield at, cells


def _shown(cell: Element, book: _Book) -> str:
    kind = cell.get("t", "n")
    if kind == "inlineStr":
        return _text(first(cell, "is"))
    found = first(cell, "v")
    text = "" if found is None else found.text or ""
    if kind == "s":
        index = number(text, len(book.texts))
        return book.texts[index] if index < len(book.texts) else ""
    if kind == "b":
        return {"1": "O", "0": "X"}.get(text, text)
    if kind == "d":
        return text[:10]
    if kind != "n" or not text:
        return text
    style = number(cell.get("s", ""), len(book.codes))
    return shown(text, book.codes[style] if style < len(book.codes) else "", book.since_1904)


def _text(element: Element | None) -> str:
    """The words of a text, without the readings that stand above them."""
    if element is None:
        return ""
    runs = [*children(element, "t"), *(t for run in children(element, "r") for t in children(run, "t"))]
    return "".join(run.text or "" for run in runs)


def _column(letters: str) -> int:
    column = 0
    for letter in letters:
        column = column * 26 + ord(letter) - 64
    return column


def _letters(column: int) -> str:
    letters = ""
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(65 + rest) + letters
    return letters
