"""The holes for code scanning: at the lines of the description they come from."""

from __future__ import annotations

from collections.abc import Mapping

from opslead.render.format import Bundle, Format


def _files(bundle: Bundle) -> Mapping[str, bytes]:
    from opslead.render.sarif.findings import findings

    return {"findings.sarif": findings(bundle.specification).encode()}


FORMAT = Format("sarif", "the holes for code scanning, at the lines of the description", _files)
