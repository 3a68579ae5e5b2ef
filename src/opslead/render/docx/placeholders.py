"""The places of a house's template: `{{ opslead }}` for the content, `{{ title }}` and `{{ kind }}` for words in it, its headers and footers."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from opslead.render.outline.blocks import Outline
from opslead.render.plain import printable

if TYPE_CHECKING:
    from docx.document import Document
    from docx.text.paragraph import Paragraph

CONTENT = "opslead"


def has(text: str, name: str) -> bool:
    """Whether the text names the place."""
    return re.search(r"\{\{\s*" + name + r"\s*\}\}", text) is not None


def replace_titles(made: Document, outline: Outline) -> bool:
    """Puts in title and kind; whether the template has a place for the title, and so a title page of its own."""
    titled = False
    for paragraph in _paragraphs(made):
        for name, value in (("title", outline.title), ("kind", outline.kind)):
            if has(paragraph.text, name):
                titled = titled or name == "title"
                _replace(paragraph, name, " ".join(printable(value).split()))
    return titled


def _paragraphs(made: Document) -> Iterator[Paragraph]:
    yield from made.paragraphs
    for section in made.sections:
        for part in (section.header, section.footer, section.first_page_header, section.first_page_footer):
            if not part.is_linked_to_previous:
                yield from part.paragraphs
    for table in made.tables:
        for row in table.rows:
            for cell in row.cells:
                yield from cell.paragraphs


def _replace(paragraph: Paragraph, name: str, value: str) -> None:
    """Word cuts a paragraph into runs anywhere, so a place that spans several is put into the first of the paragraph."""
    pattern = re.compile(r"\{\{\s*" + name + r"\s*\}\}")
    for run in paragraph.runs:
        if pattern.search(run.text):
            run.text = pattern.sub(lambda _: value, run.text)
    if pattern.search(paragraph.text) and paragraph.runs:
        first, *rest = paragraph.runs
        first.text = pattern.sub(lambda _: value, paragraph.text)
        for run in rest:
            run.text = ""
