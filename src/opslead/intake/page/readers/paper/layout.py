"""Lines on pages → Markdown: page furniture out, headings by the size of type, lists by their signs, tables by their columns."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from opslead.intake.page.readers.page import Page
from opslead.intake.page.readers.paper.lines import UNIT, Line, Segment, asian, joined
from opslead.intake.page.readers.paper.tables import rows_of, table_end

_BULLET = re.compile(r"^([•●○◦▪■□▸►‣–—*·ㆍ\uf000-\uf0ff]|-)(?:\s+|$)")
_NUMBER = re.compile(r"^(\d{1,3})[.)](?=\D|$)\s*")
_PAGE_NUMBER = re.compile(r"^[-–—\s]*(?:p\.?|page)?\s*\d{1,4}(?:\s*(?:/|of)\s*\d{1,4})?[-–—\s]*$", re.I)
_ADDRESS = re.compile(r"^(?:https?|file)://\S+\s+\d{1,4}/\d{1,4}$")
_PRINTED = re.compile(r"^\d{1,4}[./-] ?\d{1,2}[./-] ?\d{1,4}\.?,? .{0,6}\d{1,2}:\d{2}(?: ?[AP]M)?(?: |$)")
_LEADER, _FEWEST_ENTRIES = re.compile(r"(?:\.\s?){5,}\d{1,4}$|(?:[·…]\s?){3,}\d{1,4}$"), 4
_HEADING, _MOST_HEADING = 1.12, 120
_KEPT = 0.3
"""Share of the lines that end in a space, from which a line without one ends inside a word."""
_SAME = 4.0
"""Points within which two edges are the same."""


def lay_out(pages: Sequence[tuple[Line, ...]], page: Page) -> None:
    """Writes the lines of all pages."""
    kept = _without_furniture(pages)
    lines = [_without_marker_gap(line) for one in kept for line in one]
    if not lines:
        return
    sizes: Counter[float] = Counter()
    for line in lines:
        sizes[round(line.size * 2) / 2] += len(line.text)
    body = max(sizes, key=lambda size: (sizes[size], -size))
    larger = _levels(size for size in sizes if size > body * _HEADING)
    right = {number: max(line.right for line in lines if line.page == number) for number in {one.page for one in lines}}
    _Walk(page, lines, body, larger, right, sum(line.ends_in_space for line in lines) > _KEPT * len(lines)).run()


def _levels(sizes: Iterable[float]) -> list[float]:
    """The sizes of headings, the largest first; what differs by less than a tenth is one (fonts differ in their boxes)."""
    levels: list[float] = []
    for size in sorted(sizes, reverse=True):
        if not levels or size < levels[-1] * 0.92:
            levels.append(size)
    return levels


def _without_furniture(pages: Sequence[tuple[Line, ...]]) -> list[list[Line]]:
    """Without page numbers, and without what stands at the edge of most pages."""
    edges = Counter(text for page in pages for text in {_bare(line) for line in (*page[:2], *page[-2:])})
    often = {text for text, count in edges.items() if len(pages) > 2 and count >= max(3, len(pages) // 2)}
    kept: list[list[Line]] = []
    for page in map(_without_contents, map(_unprinted, pages)):
        outer = {id(line) for line in (*page[:2], *page[-2:])}
        numbers = {id(line) for line in (*page[:1], *page[-1:]) if len(pages) > 1 and _PAGE_NUMBER.match(line.text)}
        kept.append(
            [line for line in page if not (id(line) in numbers or (id(line) in outer and _bare(line) in often))]
        )
    return kept


def _without_contents(page: Sequence[Line]) -> Sequence[Line]:
    """Without a table of contents: it says nothing of its own, and its entries would read as the parts that they point to."""
    entries = [index for index, line in enumerate(page) if _LEADER.search(line.text)]
    return page if len(entries) < _FEWEST_ENTRIES else [*page[: entries[0]], *page[entries[-1] + 1 :]]


def _unprinted(page: Sequence[Line]) -> Sequence[Line]:
    """Without what a browser prints around a page: its address with the page's number, and the time."""
    outer = {id(line) for line in (*page[:2], *page[-2:])}
    if not any(id(line) in outer and _ADDRESS.match(line.text) for line in page):
        return page
    return [
        line for line in page if id(line) not in outer or not (_ADDRESS.match(line.text) or _PRINTED.match(line.text))
    ]


def _bare(line: Line) -> str:
    return re.sub(r"\d+", "#", line.text)


def _without_marker_gap(line: Line) -> Line:
    """The gap behind a bullet or a number is no column's."""
    first, *rest = line.segments
    if rest and (_BULLET.fullmatch(first.text) or _NUMBER.fullmatch(first.text)):
        joined = Segment(f"{first.text} {rest[0].text}", first.left, rest[0].right)
        return replace(line, segments=(joined, *rest[1:]))
    return line


@dataclass
class _Block:
    """A paragraph or item that further lines may continue. `markers` None for a paragraph."""

    text: str
    last: Line
    left: float
    label: str
    item: bool
    depth: int = 0
    number: int | None = None


@dataclass
class _Walk:
    """One pass over the lines. Mutable inside the pass only."""

    page: Page
    lines: Sequence[Line]
    body: float
    larger: Sequence[float]
    right: dict[int, float]
    spaces_kept: bool
    block: _Block | None = None
    indents: tuple[float, ...] = ()

    def run(self) -> None:
        index = 0
        while index < len(self.lines):
            line = self.lines[index]
            if end := table_end(self.lines, index):
                self._flush()
                self.indents = ()
                self.page.table(rows_of(self.lines[index:end]))
                index = end
                continue
            if self._level(line):
                index = self._headed(index)
                continue
            self._running(line)
            index += 1
        self._flush()

    def _level(self, line: Line) -> int:
        size = round(line.size * 2) / 2
        if (
            not self.larger
            or size < self.larger[-1] * 0.92
            or size <= self.body * _HEADING
            or len(line.text) > _MOST_HEADING
        ):
            return 0
        return next((i for i, level in enumerate(self.larger, 1) if size >= level * 0.92), 0)

    def _headed(self, index: int) -> int:
        """A heading and the lines that it goes on in; the index behind them."""
        self._flush()
        self.indents = ()
        first = self.lines[index]
        texts = [first.text]
        index += 1
        while index < len(self.lines) and self._goes_on(self.lines[index - 1], self.lines[index], first):
            texts.append(self.lines[index].text)
            index += 1
        self.page.heading(self._level(first), " ".join(texts), first.label)
        return index

    def _goes_on(self, above: Line, line: Line, first: Line) -> bool:
        near = line.page == first.page and 0 < above.middle - line.middle < 1.6 * line.size
        full = self._full(above, line)
        return near and full and self._level(line) == self._level(first) and not _NUMBER.match(line.text)

    def _running(self, line: Line) -> None:
        marker = _BULLET.match(line.text) or _NUMBER.match(line.text)
        if marker and line.text[marker.end() :].strip():
            self._flush()
            self.indents = (*(x for x in self.indents if x < line.left - _SAME), line.left)
            number = int(marker[1]) if marker[1].isdigit() else None
            text = line.text[marker.end() :]
            self.block = _Block(text, line, line.left, line.label, True, len(self.indents) - 1, number)
        elif self.block and self._continues(self.block, line):
            above = self.block.last
            if self._full(above, line):
                self.block.text = self._joined(self.block.text, above, line)
            else:
                self.block.text += "\n" + line.text
            self.block.last = line
        else:
            self._flush()
            if self.indents and line.left <= self.indents[0] + _SAME:
                self.indents = ()
            self.block = _Block(line.text, line, line.left, line.label, False)

    def _continues(self, block: _Block, line: Line) -> bool:
        above = block.last
        if (
            abs(above.size - line.size) > max(0.6, 0.05 * line.size)
            or above.bold != line.bold
            or len(line.segments) > 1
        ):
            return False
        if block.item and line.left < block.left + _SAME:
            return False
        if above.page != line.page:
            return self._full(above, line) and not re.search(r"[.?!。다요:：]$", above.text)
        near = 0 < above.middle - line.middle < 2.1 * line.size
        return near and (block.item or -3 * line.size < line.left - block.left < 1.5 * line.size)

    def _full(self, above: Line, line: Line) -> bool:
        """Whether the next word had no room above."""
        word = line.text.split(" ", 1)[0]
        sign = (line.right - line.left) / max(len(line.text), 1)
        room = sign * (len(word) + 1)
        return above.right + room > self.right[above.page] - line.size

    def _joined(self, text: str, above: Line, line: Line) -> str:
        """The text with a line that it goes on in. Nothing stands between where the line's end tore a word."""
        korean = asian(text[-1]) and asian(line.text[0])
        if self.spaces_kept and korean:
            return text + (" " if above.ends_in_space else "") + line.text
        room = self.right[above.page] - above.right
        return joined(text, line.text, above.ends_in_space or (korean and room > UNIT * line.size), above.hyphenated)

    def _flush(self) -> None:
        block, self.block = self.block, None
        if block is None:
            return
        bold = block.last.bold and "\n" not in block.text
        text = f"**{block.text}**" if bold else block.text
        if block.item:
            self.page.item(text, block.depth, block.number, block.label)
        elif self.indents:
            self.page.continued(text, block.label)
        else:
            self.page.paragraph(text, block.label)
