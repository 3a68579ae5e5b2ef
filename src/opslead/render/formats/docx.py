"""A Word document as a company circulates it."""

from __future__ import annotations

from collections.abc import Mapping

from opslead.render.format import Bundle, Format
from opslead.render.outline.build import outline


def _files(bundle: Bundle) -> Mapping[str, bytes]:
    from opslead.render.docx.write import document  # python-docx is an extra

    template = bundle.template if bundle.template and bundle.template.kind == "docx" else None
    return {"specification.docx": document(outline(bundle.specification), template)}


FORMAT = Format("docx", "a Word document with styles, contents and tables; --template house.docx for your own", _files)
