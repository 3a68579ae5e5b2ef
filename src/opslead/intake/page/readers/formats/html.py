"""HTML: headings, lists, tables, definitions and drawings in `pre`. Scripts, styles, menus and what is hidden are left out.

Nothing is fetched: pictures, frames and style sheets are never looked at. A place is the line of the file itself.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from opslead.errors import InputErrors
from opslead.intake.page.readers.limits import LIMITS, Limits
from opslead.intake.page.readers.markup import Token, tokens
from opslead.intake.page.readers.page import Converted, Page, Row
from opslead.intake.page.readers.text import text_of
from opslead.intake.page.readers.words import Run, marked
from opslead.intake.page.readers.xml import number

_SKIPPED = frozenset(
    {
        "head",
        "nav",
        "svg",
        "iframe",
        "object",
        "select",
        "noscript",
        "canvas",
    }  # the content of scripts never comes here
)
_BLOCKS = frozenset(
    [
        "p",
        "div",
        "section",
        "article",
        "header",
        "footer",
        "main",
        "aside",
        "figure",
        "figcaption",
        "address",
        "form",
        "fieldset",
        "details",
        "summary",
        "blockquote",
        "hr",
        "body",
        "dl",
        "dt",
        "dd",
        "ul",
        "ol",
        "li",
        "table",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "pre",
        "caption",
    ]
)
_VOID = frozenset(
    ["area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"]
)
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.I)
_TITLE = re.compile(r"<title[^>]{0,200}>([^<]{1,300})</title", re.I)


def read(data: bytes, name: str, limits: Limits = LIMITS) -> Converted:
    """The page as Markdown. Raises InputErrors."""
    text = text_of(data, name, limits.text)
    page = Page(name, limits.text)
    title = _TITLE.search(text[:20_000])
    if title and not re.search(r"<h1\b", text, re.I):
        page.heading(1, title[1], str(text.count("\n", 0, title.start()) + 1))
    walk = _Walk(page, limits.elements)
    for count, token in enumerate(tokens(text)):
        if count > limits.elements:
            hint = "save only the part that describes the service"
            raise InputErrors.one(name, f"more than {limits.elements:,} pieces of content", hint)
        walk.take(token)
    walk.end()
    return page.converted()


@dataclass
class _List:
    """An open list; `count` is the number of its last item, None where it has bullets."""

    count: int | None


@dataclass
class _Cell:
    text: list[str]
    columns: int
    rows: int
    header: bool


@dataclass
class _Table:
    """The outermost open table: the cells of each row with its line, and how deep in further tables the pass is."""

    rows: list[tuple[str, list[_Cell]]] = field(default_factory=list)
    depth: int = 1


class _Walk:
    """One pass over the page. Mutable inside the pass only."""

    def __init__(self, page: Page, most: int) -> None:
        self._page = page
        self._most = most
        self._line = 1
        self._runs: list[Run] = []
        self._label = ""
        self._bold = 0
        self._heading = 0
        self._lists: list[_List] = []
        self._item = False  # an item has begun and has no text yet
        self._term = ""
        self._definition = ""
        self._table: _Table | None = None
        self._drawn: list[tuple[str, str]] | None = None
        self._skipped: list[str] = []

    def take(self, token: Token) -> None:
        """The next tag or text."""
        self._line = token.line
        if not token.name:
            self._said(token.text)
        elif token.name.startswith("/"):
            self._ended(token.name[1:])
        else:
            self._began(token.name, token.attributes)

    def _began(self, tag: str, given: dict[str, str]) -> None:
        if tag == "body":
            self._skipped.clear()
        if self._skipped or tag in _SKIPPED or "hidden" in given or _HIDDEN.search(given.get("style", "")):
            if tag not in _VOID and (not self._skipped or tag == self._skipped[-1]):
                self._skipped.append(tag)
            return
        if tag == "br":
            self._add("\n")
        elif tag in ("b", "strong"):
            self._bold += 1
        elif self._table is not None:
            self._in_table(self._table, tag, given)
        elif tag in _BLOCKS:
            self._flush()
            self._open(tag, given)

    def _ended(self, tag: str) -> None:
        if self._skipped:
            if tag == self._skipped[-1]:
                self._skipped.pop()
            return
        if tag in ("b", "strong"):
            self._bold = max(self._bold - 1, 0)
        elif self._table is not None:
            if tag == "table":
                self._table.depth -= 1
                if not self._table.depth:
                    self._close_table(self._table)
            elif tag in _BLOCKS:
                self._add("\n")
        elif tag in _BLOCKS:
            self._flush()
            self._close(tag)

    def _said(self, data: str) -> None:
        if self._skipped:
            return
        if self._drawn is not None:
            first = self._line
            self._drawn += [(line, str(first + i)) for i, line in enumerate(data.split("\n"))]
        else:
            self._add(re.sub(r"\s+", " ", data))

    def end(self) -> None:
        """What was still open when the page ended."""
        if self._table is not None:
            self._close_table(self._table)
        self._close("pre")
        self._flush()

    def _add(self, text: str) -> None:
        if self._table is not None:
            if self._table.rows and self._table.rows[-1][1]:
                self._table.rows[-1][1][-1].text.append(text)
            return
        if not self._runs:
            self._label = str(self._line)
        self._runs.append(Run(text, self._bold > 0))

    def _open(self, tag: str, given: dict[str, str]) -> None:
        if tag[0] == "h" and tag[1:].isdigit():
            self._heading = int(tag[1:])
        elif tag in ("ul", "ol"):
            self._lists.append(_List(number(given.get("start", ""), 1) - 1 if tag == "ol" else None))
        elif tag == "li":
            self._item = True
            if self._lists and (last := self._lists[-1].count) is not None:
                self._lists[-1].count = number(given.get("value", ""), last + 1)
        elif tag == "table":
            self._table = _Table()
        elif tag == "pre":
            self._drawn = []
        elif tag in ("dt", "dd"):
            self._definition = tag

    def _close(self, tag: str) -> None:
        if tag in ("ul", "ol") and self._lists:
            self._lists.pop()
            self._item = False
        elif tag == "pre" and self._drawn is not None:
            self._page.code(self._drawn)
            self._drawn = None
        elif tag[0] == "h" and tag[1:].isdigit():
            self._heading = 0
        elif tag in ("dt", "dd"):
            self._definition = ""

    def _flush(self) -> None:
        runs, self._runs = self._runs, []
        text = marked(runs)
        if not text.strip("* "):
            return
        if self._heading:
            self._page.heading(self._heading, "".join(run.text for run in runs), self._label)
        elif self._definition == "dt":
            self._term = text.strip("*: ")
        elif self._definition == "dd":
            self._page.item(f"{self._term}: {text}" if self._term else text, 0, None, self._label)
        elif self._lists and self._item:
            self._page.item(text, len(self._lists) - 1, self._lists[-1].count, self._label)
        elif self._lists:
            self._page.continued(text, self._label)
        else:
            self._page.paragraph(text, self._label)
        self._item = False

    def _in_table(self, table: _Table, tag: str, given: dict[str, str]) -> None:
        if tag == "table":
            table.depth += 1
        elif table.depth > 1:
            self._add(" ")
        elif tag == "tr":
            table.rows.append((str(self._line), []))
        elif tag in ("td", "th"):
            if not table.rows:
                table.rows.append((str(self._line), []))
            columns, rows = (max(number(given.get(key, ""), 1, 100), 1) for key in ("colspan", "rowspan"))
            table.rows[-1][1].append(_Cell([], columns, rows, tag == "th"))
        elif tag in _BLOCKS:
            self._add("\n")

    def _close_table(self, table: _Table) -> None:
        self._table = None
        self._page.table(list(_spread(table, self._page.name, self._most)))


def _spread(table: _Table, name: str, most: int) -> Iterator[Row]:
    """The rows with every cell in its column: one over several rows is said in each, one over several columns once."""
    carried: dict[int, tuple[int, str]] = {}  # by column: for how many further rows, and what
    size = 0
    for label, cells in table.rows:
        texts: list[str] = []
        for cell in [*cells, None]:
            while len(texts) in carried:
                left, text = carried.pop(len(texts))
                if left > 1:
                    carried[len(texts)] = (left - 1, text)
                texts.append(text)
            if cell is None:
                break
            text = "".join(cell.text).strip()
            for i in range(cell.columns):
                if cell.rows > 1:
                    carried[len(texts)] = (cell.rows - 1, "" if i else text)
                texts.append("" if i else text)
        size += len(texts)
        if size > most:
            raise InputErrors.one(name, f"a table of more than {most:,} cells", "give the part that matters")
        yield Row(tuple(texts), label, bool(cells) and all(cell.header for cell in cells))
