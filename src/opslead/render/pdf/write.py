"""The outline to PDF by Typst, which takes the fonts of the system."""

from __future__ import annotations

import re
from importlib import resources
from typing import Literal

from opslead.render.format import RenderError
from opslead.render.outline.blocks import Outline
from opslead.render.pdf.data import data

_FONT = "install a font for it: apt install fonts-noto-cjk (or fonts-nanum)"
_UNSHOWN = re.compile(r'the text `"(.+?)"` could not be displayed', re.S)
_HANGUL = range(0xAC00, 0xD7A4)


def document(outline: Outline, *, system_fonts: bool = True) -> bytes:
    """The file, the same bytes for the same outline and fonts: tagged for screen readers as PDF/UA-1 asks.

    Without `system_fonts` there is only the Latin one that comes with Typst. Raises RenderError where Korean text has no font; another
    sign that no font has (an emoji, say) is a box, and the file is tagged without the claim to be PDF/UA.
    """
    import typst  # an extra

    inputs = {"outline": data(outline)}

    def laid(source: bytes, standard: Literal["ua-1"] | None) -> bytes:
        pdf, _ = typst.compile_with_warnings(
            source, format="pdf", sys_inputs=inputs, pdf_standards=standard, ignore_system_fonts=not system_fonts
        )
        return pdf

    def shows(letters: str) -> str:
        """Empty, or the first of the letters that no font has."""
        try:
            laid(f'#set document(title: "-")\n{letters}'.encode(), "ua-1")
        except typst.TypstError as error:
            return _unshown(error)
        return ""

    template = resources.files("opslead.render.pdf").joinpath("report.typ").read_bytes()
    try:
        return laid(template, "ua-1")
    except typst.TypstError as error:
        if not _unshown(error):
            raise
    if lacking := shows("".join(sorted(letter for letter in set(inputs["outline"]) if ord(letter) in _HANGUL))):
        raise RenderError(f"no font has the Korean letter “{lacking[0]}”; {_FONT}")
    return laid(template, None)


def _unshown(error: Exception) -> str:
    found = _UNSHOWN.search(str(error))
    return found[1] if found else ""
