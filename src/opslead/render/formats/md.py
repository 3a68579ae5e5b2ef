"""Markdown in the contract's form."""

from __future__ import annotations

from collections.abc import Mapping

from opslead.render.format import Bundle, Format
from opslead.render.markdown import render


def _files(bundle: Bundle) -> Mapping[str, bytes]:
    return {"specification.md": render(bundle.specification).encode()}


FORMAT = Format("md", "the document in Markdown, in the contract's form", _files)
