"""The body of the Word document as WordprocessingML, a pure function of the outline. All text goes through `run`."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from xml.sax.saxutils import escape

from opslead.render.docx.styles import LEVELS, QUIET
from opslead.render.outline.blocks import (
    Block,
    Cell,
    Field,
    Fields,
    Heading,
    Item,
    Items,
    Outline,
    Paragraph,
    Table,
    Tale,
)
from opslead.render.outline.tales import as_table
from opslead.render.plain import printable
from opslead.text import Lang, pick

NS = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
WIDTH = 9400
"""Of the text, in twentieths of a point: A4 less margins of 22 mm."""
_WHOLE = 700
"""A row with fewer characters stays on one page; a longer one may break, for a row taller than a page would be lost in some programs."""
_RIGHT_TO_LEFT = re.compile(r"([\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefe][\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefe\s]*)")


@dataclass(frozen=True)
class Numbers:
    """Ids in the numbering part: of bullets, of bullets in a cell, of the first numbered list; each further list has the next."""

    bullet: int
    cell: int
    first: int


def run(text: str, *, bold: bool = False, color: str = "", small: bool = False) -> str:
    """Text as runs; parts written from right to left are marked as such, line ends are kept."""
    look = ("<w:b/><w:bCs/>" if bold else "") + (f'<w:color w:val="{color}"/>' if color else "")
    look += '<w:sz w:val="17"/><w:szCs w:val="17"/>' if small else ""
    out = []
    for piece in _RIGHT_TO_LEFT.split(printable(text)):
        if piece:
            rtl = "<w:rtl/>" if _RIGHT_TO_LEFT.match(piece) else ""
            lines = (f'<w:t xml:space="preserve">{escape(line)}</w:t>' for line in piece.split("\n"))
            out.append(f"<w:r><w:rPr>{look}{rtl}</w:rPr>{'<w:br/>'.join(lines)}</w:r>")
    return "".join(out)


def field(code: str, shown: str = "") -> str:
    """A field that the program computes; `shown` until it does."""
    return (
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r>'
        f'<w:r><w:instrText xml:space="preserve"> {code} </w:instrText></w:r><w:r><w:fldChar w:fldCharType="separate"/></w:r>'
        f'{run(shown) if shown else ""}<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    )


def paragraph(style: str, content: str, properties: str = "") -> str:
    """`style` is an id of the styles part."""
    return f'<w:p><w:pPr><w:pStyle w:val="{style}"/>{properties}</w:pPr>{content}</w:p>'


def bookmark(anchor: str) -> str:
    """Word's names of places are letters, digits and underscores, at most 40."""
    return "op_" + anchor.replace("-", "_")[:36]


class Body:
    """Writes blocks in order; `styles` gives the id of a style by its name. One use, since lists and bookmarks are counted."""

    def __init__(self, outline: Outline, styles: Mapping[str, str], numbers: Numbers) -> None:
        self._outline = outline
        self._lang: Lang = outline.language
        self._style = styles
        self._numbers = numbers
        self._lists = 0
        self._marks = 0

    @property
    def lists(self) -> int:
        """How many numbered lists were written."""
        return self._lists

    def title_page(self) -> Iterator[str]:
        """Kind, title, and the facts as a table."""
        yield paragraph(self._style["Subtitle"], run(self._outline.kind))
        yield paragraph(self._style["Title"], run(self._outline.title))
        if self._outline.facts:
            yield self._fields(Fields(tuple(Field(label, (text,)) for label, text in self._outline.facts)))
        yield self._break()

    def contents(self) -> Iterator[str]:
        """The table of contents: a field, filled beforehand with links, which stay in programs that do not compute it."""
        heads = [block for block in self._outline.blocks if isinstance(block, Heading) and block.level < 3]
        yield paragraph(self._style["TOC Heading"], run(pick(self._lang, "차례", "Contents")))
        begin = (
            '<w:r><w:fldChar w:fldCharType="begin" w:dirty="true"/></w:r><w:r><w:instrText xml:space="preserve"> TOC \\o "1-2" \\h \\z \\u </w:instrText></w:r>'
            '<w:r><w:fldChar w:fldCharType="separate"/></w:r>'
        )
        for index, head in enumerate(heads):
            link = f'<w:hyperlink w:anchor="{bookmark(head.anchor)}" w:history="1">{run(head.text)}</w:hyperlink>'
            yield paragraph(self._style[f"toc {head.level}"], ("" if index else begin) + link)
        end = '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
        yield f"<w:p>{end if heads else begin + end}</w:p>"

    def blocks(self) -> Iterator[str]:
        """All that follows."""
        for block in self._outline.blocks:
            yield self._block(block)

    def _block(self, block: Block) -> str:
        match block:
            case Heading():
                return self._heading(block)
            case Paragraph():
                return paragraph(self._style["Opslead Note" if block.note else "Normal"], run(block.text))
            case Items():
                return self._items(block)
            case Table():
                return self._table(block)
            case Fields():
                return self._fields(block)
            case Tale():
                return paragraph(self._style["Normal"], run(block.title, bold=True), "<w:keepNext/>") + self._table(
                    as_table(block, self._lang)
                )

    @staticmethod
    def _break() -> str:
        return '<w:p><w:r><w:br w:type="page"/></w:r></w:p>'

    def _heading(self, block: Heading) -> str:
        self._marks += 1
        mark = f'<w:bookmarkStart w:id="{self._marks}" w:name="{bookmark(block.anchor)}"/>{run(block.text)}<w:bookmarkEnd w:id="{self._marks}"/>'
        return paragraph(
            self._style[f"heading {block.level}"], mark, "<w:pageBreakBefore/>" if block.level == 1 else ""
        )

    def _items(self, block: Items) -> str:
        number = self._numbers.bullet
        if block.numbered and block.items:
            number = self._numbers.first + self._lists
            self._lists += 1
        style = self._style["List Number" if block.numbered else "List Bullet"]
        end = len(block.items) - 1
        return "".join(
            paragraph(style, _item(item), _listed(number) + ('<w:spacing w:after="160"/>' if index == end else ""))
            for index, item in enumerate(block.items)
        )

    def _table(self, block: Table) -> str:
        rows = block.rows or ((Cell((pick(self._lang, "없음", "none"),)), *[Cell(("",))] * (len(block.head) - 1)),)
        head = "".join(
            self._cell(Cell((text,)), width) for text, width in zip(block.head, _widths(block.widths), strict=True)
        )
        body = "".join(self._row(row, _widths(block.widths)) for row in rows)
        first = f"<w:tr><w:trPr><w:cantSplit/><w:tblHeader/></w:trPr>{head}</w:tr>"
        return self._grid("Opslead Table", _widths(block.widths), first + body, first_row=True)

    def _row(self, row: tuple[Cell, ...], widths: tuple[int, ...]) -> str:
        cells = "".join(self._cell(one, width) for one, width in zip(row, widths, strict=True))
        return f"<w:tr>{_whole(line for one in row for line in one.lines)}{cells}</w:tr>"

    def _cell(self, cell: Cell, width: int) -> str:
        ground, ink = LEVELS.get(cell.level, ("", QUIET if cell.faint else ""))
        shade = f'<w:shd w:val="clear" w:color="auto" w:fill="{ground}"/>' if ground else ""
        lines = "".join(
            paragraph(self._style["Opslead Cell"], run(line, bold=bool(ground), color=ink))
            for line in cell.lines or ("",)
        )
        return f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>{shade}</w:tcPr>{lines}</w:tc>'

    def _fields(self, block: Fields) -> str:
        widths = _widths((21, 79))
        rows = "".join(
            f"<w:tr>{_whole(one.lines)}{self._cell(Cell((one.label,)), widths[0])}{self._value(one, widths[1])}</w:tr>"
            for one in block.fields
        )
        return self._grid("Opslead Fields", widths, rows, first_row=False)

    def _value(self, one: Field, width: int) -> str:
        style = self._style["Opslead Cell"]
        listed = _listed(self._numbers.cell) if one.bullets and len(one.lines) > 1 else ""
        labels = one.labels or ("",) * len(one.lines)
        lines = "".join(
            paragraph(style, (run(f"{label}: ", bold=True) if label else "") + run(line), listed)
            for label, line in zip(labels, one.lines, strict=True)
        )
        return f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/></w:tcPr>{lines or paragraph(style, run("-"))}</w:tc>'

    def _grid(self, style: str, widths: tuple[int, ...], rows: str, *, first_row: bool) -> str:
        columns = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
        look = f'<w:tblLook w:val="{"0020" if first_row else "0080"}" w:firstRow="{int(first_row)}" w:lastRow="0" w:firstColumn="{int(not first_row)}" w:lastColumn="0" w:noHBand="1" w:noVBand="1"/>'
        table = (
            f'<w:tbl><w:tblPr><w:tblStyle w:val="{self._style[style]}"/><w:tblW w:w="{sum(widths)}" w:type="dxa"/><w:tblLayout w:type="fixed"/>{look}</w:tblPr>'
            f"<w:tblGrid>{columns}</w:tblGrid>{rows}</w:tbl>"
        )
        return (
            table
            + f'<w:p><w:pPr><w:pStyle w:val="{self._style["Opslead Note"]}"/><w:spacing w:before="0" w:after="0" w:line="160" w:lineRule="exact"/></w:pPr></w:p>'
        )


def _item(item: Item) -> str:
    lead = run(item.lead, bold=True) + run(" — ") if item.lead else ""
    detail = run(f" ({item.detail})", color=QUIET, small=True) if item.detail else ""
    return lead + run(item.text) + detail


def _listed(number: int) -> str:
    return f'<w:numPr><w:ilvl w:val="0"/><w:numId w:val="{number}"/></w:numPr>'


def _whole(lines: Iterable[str]) -> str:
    return "<w:trPr><w:cantSplit/></w:trPr>" if sum(map(len, lines)) < _WHOLE else ""


def _widths(shares: tuple[int, ...]) -> tuple[int, ...]:
    return tuple(WIDTH * share // sum(shares) for share in shares)
