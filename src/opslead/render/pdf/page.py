"""The outline as HTML for paper. All text is escaped; the page names no address and needs none."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape
from importlib import resources

from opslead.render.outline.blocks import Block, Cell, Field, Fields, Heading, Item, Items, Outline, Paragraph, Table
from opslead.render.plain import printable, shortened
from opslead.text import pick


def page(outline: Outline) -> str:
    """The whole page with its style."""
    style = resources.files("opslead.render.pdf").joinpath("print.css").read_text("utf-8")
    parts = [*_title(outline), *_contents(outline), *(_block(block, outline) for block in outline.blocks)]
    return (
        f'<!doctype html><html lang="{outline.language}"><head><meta charset="utf-8"><title>{_text(outline.title)}</title>'
        f"<style>{style}</style></head><body>{''.join(parts)}</body></html>"
    )


def _text(text: str) -> str:
    return escape(printable(text)).replace("\n", "<br>")


def _title(outline: Outline) -> Iterator[str]:
    yield f'<section class="title"><p class="kind">{_text(outline.kind)}</p><p class="name">{_text(outline.title)}</p>'
    yield f'<div class="running">{_text(shortened(outline.title, 60))}</div><div class="running-kind">{_text(outline.kind)}</div>'
    if outline.facts:
        yield _fields(Fields(tuple(Field(label, (text,)) for label, text in outline.facts)))
    yield "</section>"


def _contents(outline: Outline) -> Iterator[str]:
    heads = [block for block in outline.blocks if isinstance(block, Heading) and block.level < 3]
    rows = "".join(
        f'<li class="level{head.level}"><a href="#{head.anchor}"><span>{_text(head.text)}</span></a></li>'
        for head in heads
    )
    yield f'<section class="contents"><p class="head">{pick(outline.language, "차례", "Contents")}</p><ol>{rows}</ol></section>'


def _block(block: Block, outline: Outline) -> str:
    match block:
        case Heading(level, text, anchor):
            return f'<h{level} id="{anchor}">{_text(text)}</h{level}>'
        case Paragraph(text, note):
            return f"<p{' class=note' if note else ''}>{_text(text)}</p>"
        case Items(items, numbered):
            marks = (f"{number}." if numbered else "•" for number in range(1, len(items) + 1))
            return "".join(_item(item, mark) for item, mark in zip(items, marks, strict=True))
        case Table():
            return _table(block, outline)
        case Fields():
            return _fields(block)


def _item(item: Item, mark: str) -> str:
    lead = f"<b>{_text(item.lead)}</b> — " if item.lead else ""
    detail = f" <small>({_text(item.detail)})</small>" if item.detail else ""
    return f"<p class=i>{mark}\u2002{lead}{_text(item.text)}{detail}</p>"


def _table(block: Table, outline: Outline) -> str:
    columns = "".join(f'<col style="width:{100 * share / sum(block.widths):.2f}%">' for share in block.widths)
    head = "".join(f"<th>{_text(text)}</th>" for text in block.head)
    none = f'<tr><td colspan="{len(block.head)}">{pick(outline.language, "없음", "none")}</td></tr>'
    rows = "".join(f"<tr>{''.join(map(_cell, row))}</tr>" for row in block.rows) or none
    return (
        f'<table class="grid"><colgroup>{columns}</colgroup><thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table>'
    )


def _cell(cell: Cell) -> str:
    level = f' class="{cell.level}"' if cell.level else ""
    return f"<td{level}>{_lines(cell.lines)}</td>"


def _lines(lines: tuple[str, ...], labels: tuple[str, ...] = (), mark: str = "") -> str:
    """A block each, none around a single line. Marks stand in the text: list items of their own take WeasyPrint twice the time."""
    heads = [f"<b>{_text(label)}:</b> " if label else mark for label in labels or ("",) * len(lines)]
    if len(lines) == 1:
        return heads[0] + _text(lines[0])
    kind = " class=b" if mark else ""
    return "".join(f"<p{kind}>{head}{_text(line)}</p>" for head, line in zip(heads, lines, strict=True))


def _fields(block: Fields) -> str:
    return f'<table class="fields"><colgroup><col style="width:21%"><col></colgroup>{"".join(map(_field, block.fields))}</table>'


def _field(field: Field) -> str:
    mark = "•\u2002" if field.bullets and len(field.lines) > 1 else ""
    return (
        f'<tr><th scope="row">{_text(field.label)}</th><td>{_lines(field.lines, field.labels, mark) or "-"}</td></tr>'
    )
