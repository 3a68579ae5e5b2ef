"""PDF: the words by their positions on the page (PDFium without scripts), laid out again. A place is `p.3 l.14`.

A page that is only a picture is said in its place; a document of such pages is refused with how to make it readable.
"""

from __future__ import annotations

import ctypes
from collections.abc import Iterator

import pypdfium2 as pdfium
import pypdfium2.raw as raw

from opslead.errors import InputErrors
from opslead.intake.page.readers.limits import LIMITS, Limits
from opslead.intake.page.readers.page import Converted, Page
from opslead.intake.page.readers.paper.layout import lay_out
from opslead.intake.page.readers.paper.lines import Glyph, Line, Segment
from opslead.intake.page.readers.paper.rows import lines_and_rows
from opslead.intake.page.readers.paper.shapes import shapes_of, with_bullets

_BOLD = 600
_PASSWORD = 4  # FPDF_ERR_PASSWORD
_PICTURE = "(a page that is only a picture: not read)"
_SCANNED = "recognise its text first (OCR), or give the document that it was printed from"


def read(data: bytes, name: str, limits: Limits = LIMITS) -> Converted:
    """The document as Markdown. Raises InputErrors."""
    try:
        document = pdfium.PdfDocument(data)
    except pdfium.PdfiumError as error:
        if getattr(error, "err_code", 0) == _PASSWORD or "password" in str(error).lower():
            raise InputErrors.one(name, "this PDF is protected by a password", "save it without a password") from error
        hint = "open it in a PDF viewer and print it to PDF again, or give the document that it was made from"
        raise InputErrors.one(name, "this PDF is damaged or cut off", hint) from error
    with document:
        if len(document) > limits.pages:
            hint = "print the pages that describe the service to a PDF of their own"
            raise InputErrors.one(name, f"{len(document):,} pages; at most {limits.pages:,} are read", hint)
        pages, pictures = _read_pages(document, name, limits)
    if pictures and len(pictures) == len([page for page in pages if page]):
        raise InputErrors.one(name, "this PDF has no text: its pages are pictures, as from a scanner", _SCANNED)
    made = Page(name, limits.text)
    lay_out(pages, made)
    return made.converted()


def _read_pages(document: pdfium.PdfDocument, name: str, limits: Limits) -> tuple[list[tuple[Line, ...]], list[int]]:
    """The lines of each page, and which pages are pictures."""
    pages: list[tuple[Line, ...]] = []
    pictures: list[int] = []
    size = 0
    for index in range(len(document)):
        try:
            page = document[index]
        except pdfium.PdfiumError as error:
            raise InputErrors.one(name, f"page {index + 1} is damaged", "print it to PDF again") from error
        shapes = shapes_of(page)
        lines = with_bullets(
            lines_and_rows(index + 1, _glyphs(page, name, limits.page_characters), shapes.grids), shapes.dots
        )
        size += sum(len(line.text) for line in lines)
        if size > limits.text:
            raise InputErrors.one(name, f"more than {limits.text:,} characters of text", "split it")
        if not lines and _has_picture(page):
            pictures.append(index)
            lines = (Line(index + 1, 1, (Segment(_PICTURE, 0, 100),), 0, 10, False),)
        pages.append(lines)
        page.close()
    return pages, pictures


def _glyphs(page: pdfium.PdfPage, name: str, most: int) -> Iterator[Glyph]:
    text = page.get_textpage()
    count = text.count_chars()
    if count > most:
        raise InputErrors.one(name, f"a page with {count:,} characters", "print it to PDF again, or give it as text")
    box = raw.FS_RECTF()
    for index in range(count):
        if raw.FPDFText_IsGenerated(text, index) == 1 and raw.FPDFText_GetUnicode(text, index) != 2:
            continue
        code = raw.FPDFText_GetUnicode(text, index)
        sign = chr(code) if 0 < code < 0x110000 and not 0xD800 <= code < 0xE000 else ""
        if not sign or sign in "\r\n" or not raw.FPDFText_GetLooseCharBox(text, index, ctypes.byref(box)):
            continue
        size = box.top - box.bottom if box.top > box.bottom else raw.FPDFText_GetFontSize(text, index)
        bold = raw.FPDFText_GetFontWeight(text, index) >= _BOLD
        yield Glyph(sign, box.left, box.right, box.bottom, box.top, round(size, 1), bold)
    text.close()


def _has_picture(page: pdfium.PdfPage) -> bool:
    return any(True for _ in page.get_objects(filter=[raw.FPDF_PAGEOBJ_IMAGE], max_depth=3))
