"""HTML to PDF by WeasyPrint, which takes Pango and the fonts from the system."""

from __future__ import annotations

import logging
import warnings
from typing import TYPE_CHECKING

from opslead.render.format import RenderError
from opslead.render.outline.blocks import Outline
from opslead.render.pdf.page import page

if TYPE_CHECKING:
    from weasyprint import Document

_PANGO = "install Pango: apt install libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0 (macOS: brew install pango)"
_FONT = "install a font for it: apt install fonts-noto-cjk (or fonts-nanum)"
_HANGUL = range(0xAC00, 0xD7A4)


def document(outline: Outline) -> bytes:
    """The file, the same bytes for the same outline and fonts. Raises RenderError without Pango, and without a font for Korean text."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", UserWarning)  # that there is no font, which is an error below
            from weasyprint import HTML
            from weasyprint.urls import URLFetcher
    except OSError as error:
        raise RenderError(
            f"WeasyPrint cannot load a library of the system ({str(error).splitlines()[0]}); {_PANGO}"
        ) from error
    if not _fonts():
        raise RenderError(f"there is no font on this system; {_FONT}")
    logging.getLogger("fontTools").setLevel(logging.ERROR)
    missing: set[int] = set()

    def finish(laid: Document, _: object) -> None:
        missing.update(code for font in laid.fonts.values() for code in font.missing)

    fetcher = URLFetcher(allowed_protocols=())
    html = HTML(string=page(outline), url_fetcher=fetcher)
    made: bytes = html.render().write_pdf(finisher=finish)
    if lacking := sorted(code for code in missing if code in _HANGUL):
        raise RenderError(f"no font has the Korean letter “{chr(lacking[0])}”; {_FONT}")
    return made


def _fonts() -> int:
    """How many fonts the system has. With none at all Pango would end the whole process."""
    from weasyprint.text.ffi import ffi, fontconfig

    config = ffi.gc(fontconfig.FcInitLoadConfigAndFonts(), fontconfig.FcConfigDestroy)
    return int(fontconfig.FcConfigGetFonts(config, fontconfig.FcSetSystem).nfont)
