"""The report on paper."""

from __future__ import annotations

from collections.abc import Mapping

from opslead.render.format import Bundle, Format
from opslead.render.outline.build import outline


def _files(bundle: Bundle) -> Mapping[str, bytes]:
    from opslead.render.pdf.write import document  # Typst is an extra

    return {"specification.pdf": document(outline(bundle.specification))}


FORMAT = Format("pdf", "the report printed, with bookmarks and page numbers", _files)
