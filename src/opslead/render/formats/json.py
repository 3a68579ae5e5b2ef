"""The whole specification for programs."""

from __future__ import annotations

from collections.abc import Mapping

from opslead.render.format import Bundle, Format
from opslead.render.json import render


def _files(bundle: Bundle) -> Mapping[str, bytes]:
    return {"specification.json": render(bundle.specification).encode()}


FORMAT = Format("json", "the document for programs, with everything that is behind it", _files)
