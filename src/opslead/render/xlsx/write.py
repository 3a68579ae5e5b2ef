"""The workbook. Words are written as text: what looks like a formula, an address or a number stays what it is. Numbers are our own."""

from __future__ import annotations

import io
from collections.abc import Iterator
from datetime import datetime
from unicodedata import east_asian_width

from xlsxwriter import Workbook
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from opslead.render.plain import printable, shortened
from opslead.render.xlsx.guide import guide
from opslead.render.xlsx.sheets import Column, Sheet, sheets, statuses
from opslead.spec.document import Specification
from opslead.spec.labels import LEVELS
from opslead.text import pick

MOST = 32_000
"""Excel holds 32,767 units of UTF-16 in a cell; a longer text goes on in the next row."""
_COLOURS = {"high": ("#FBE3E1", "#8E1B12"), "medium": ("#FFF1D6", "#7A4B00"), "low": ("#E4F1E6", "#1E5B2A")}
_TURNED = {"high": "low", "medium": "medium", "low": "high"}
_NO_CLOCK = datetime(1980, 1, 1)
_PAGE = 230
"""Characters that go across a printed page (A4, landscape) and can still be read."""
_MORE = 200
"""Rows below the last in which the lists to choose from work too."""


def workbook(spec: Specification) -> bytes:
    """The file, the same bytes for the same specification."""
    out = io.BytesIO()
    book = Workbook(
        out, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    )
    book.set_properties({"title": shortened(printable(spec.title), 255), "created": _NO_CLOCK})
    all_sheets = sheets(spec)
    owners = sorted({row[at] for sheet in all_sheets for at in _kind(sheet, "owner") for row in sheet.rows if row[at]})
    lists = pick(spec.language, "목록", "Lists")
    writer = _Writer(book, spec, lists, len(owners))
    writer.guide(guide(spec))
    for sheet in all_sheets:
        writer.write(sheet)
    writer.lists(statuses(spec.language), owners)
    book.close()
    return out.getvalue()


def _kind(sheet: Sheet, kind: str) -> list[int]:
    return [index for index, column in enumerate(sheet.columns) if column.kind == kind]


def pieces(text: str) -> list[str]:
    """The text cut where a cell is full, never inside a character; one piece for nearly every text."""
    text = printable(text)
    found: list[str] = []
    while len(text.encode("utf-16-le")) // 2 > MOST:
        cut = len(text.encode("utf-16-le")[: MOST * 2].decode("utf-16-le", "ignore"))
        found.append(text[:cut])
        text = text[cut:]
    return [*found, text]


def spread(row: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
    """The row, and as many more below it as its longest text needs; its first cell stands before each."""
    cut = [pieces(text) for text in row]
    for number in range(max(map(len, cut))):
        cells = [parts[number] if number < len(parts) else "" for parts in cut]
        yield (cells[0] or row[0], *cells[1:])


def height(row: tuple[str, ...], columns: tuple[Column, ...]) -> float:
    """Points that the row needs for its wrapped texts; not every program works that out when it opens a file. 409 is the most there is."""
    lines = (
        sum(1 + int(_wide(part) / column.width) for part in text.split("\n"))
        for text, column in zip(row, columns, strict=True)
    )
    return min(409.0, 6 + 14 * max(lines, default=1))


def _wide(text: str) -> float:
    """Widths of a digit; a Korean letter takes nearly two."""
    return sum(1.85 if east_asian_width(character) in "WF" else 1 for character in text)


class _Writer:
    def __init__(self, book: Workbook, spec: Specification, lists: str, owners: int) -> None:
        self._book = book
        self._lang = spec.language
        self._lists = lists
        self._owners = owners
        base = {"valign": "top", "text_wrap": True, "font_size": 10, "border": 1, "border_color": "#D9DEE3"}
        self._text: Format = book.add_format(base)
        self._letter: Format = book.add_format({**base, "align": "center", "bold": True})
        self._head: Format = book.add_format(
            {**base, "bold": True, "font_color": "#FFFFFF", "bg_color": "#1F3A5F", "valign": "vcenter"}
        )
        self._number: Format = book.add_format({**base, "align": "center"})
        self._title: Format = book.add_format({"bold": True, "font_size": 16, "font_color": "#1F3A5F"})
        self._label: Format = book.add_format({**base, "bold": True, "bg_color": "#F1F4F7"})
        looks = {
            level: book.add_format({**base, "align": "center", "bold": True, "bg_color": ground, "font_color": ink})
            for level, (ground, ink) in _COLOURS.items()
        }
        words = LEVELS[self._lang]
        self._levels = {words[level]: look for level, look in looks.items()}
        self._eases = {words[level]: looks[_TURNED[level]] for level in looks}

    def guide(self, rows: tuple[tuple[str, str], ...]) -> None:
        page: Worksheet = self._book.add_worksheet(pick(self._lang, "안내", "Guide"))
        columns = (Column("", 26), Column("", 110))
        for at, column in enumerate(columns):
            page.set_column(at, at, column.width)
        for line, row in enumerate(rows):
            looks = (self._label, self._text) if line else (self._title, None)
            for at, (text, look) in enumerate(zip(row, looks, strict=True)):
                if text:
                    page.write_string(line, at, pieces(text)[0], look)
            page.set_row(line, height(row, columns) if line else 30)
        page.hide_gridlines(2)
        self._paper(page, columns, 0)

    def write(self, sheet: Sheet) -> None:
        page: Worksheet = self._book.add_worksheet(sheet.name)
        rows = [wide for row in sheet.rows for wide in spread(row)]
        for at, column in enumerate(sheet.columns):
            page.set_column(at, at, column.width)
            page.write_string(0, at, printable(column.title), self._head)
        page.set_row(0, 32)
        for line, row in enumerate(rows, 1):
            page.set_row(line, height(row, sheet.columns))
            for at, (text, column) in enumerate(zip(row, sheet.columns, strict=True)):
                self._cell(page, line, at, text, column)
        last = max(len(rows), 1)
        page.autofilter(0, 0, last, len(sheet.columns) - 1)
        page.freeze_panes(1, sheet.frozen)
        self._choices(page, sheet, last + _MORE)
        page.repeat_rows(0)
        self._paper(page, sheet.columns, sheet.frozen)

    @staticmethod
    def _paper(page: Worksheet, columns: tuple[Column, ...], kept: int) -> None:
        """A4 across, as many pages side by side as keep the letters legible, the first columns on each."""
        page.set_landscape()
        page.set_paper(9)
        first = sum(column.width for column in columns[:kept])
        rest = sum(column.width for column in columns[kept:])
        page.fit_to_pages(max(1, round(rest / (_PAGE - first))), 0)
        if kept:
            page.repeat_columns(0, kept - 1)
        page.set_footer("&C&P / &N")

    def _cell(self, page: Worksheet, line: int, at: int, text: str, column: Column) -> None:
        looks = {
            "level": self._levels.get(text, self._text),
            "ease": self._eases.get(text, self._text),
            "letter": self._letter,
            "number": self._number,
        }
        look = looks.get(column.kind, self._text)
        if column.kind == "number" and text:
            page.write_number(line, at, int(text), look)
        elif text:
            page.write_string(line, at, text, look)
        else:
            page.write_blank(line, at, None, look)

    def _choices(self, page: Worksheet, sheet: Sheet, last: int) -> None:
        """Lists to choose from; an owner may also be somebody else."""
        for kind, letter, count in (("status", "A", len(statuses(self._lang))), ("owner", "B", self._owners)):
            for at in _kind(sheet, kind):
                if count:
                    source = f"='{self._lists}'!${letter}$2:${letter}${count + 1}"
                    soft = {"error_type": "warning"} if kind == "owner" else {}
                    page.data_validation(1, at, last, at, {"validate": "list", "source": source, **soft})

    def lists(self, states: tuple[str, ...], owners: list[str]) -> None:
        page: Worksheet = self._book.add_worksheet(self._lists)
        columns = ((pick(self._lang, "상태", "Status"), states), (pick(self._lang, "책임자", "Owner"), tuple(owners)))
        for at, (title, values) in enumerate(columns):
            page.set_column(at, at, 24)
            page.write_string(0, at, title, self._head)
            for line, value in enumerate(values, 1):
                page.write_string(line, at, pieces(value)[0], self._text)
