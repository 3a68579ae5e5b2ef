"""The register as a workbook."""

from __future__ import annotations

from collections.abc import Mapping

from opslead.render.format import Bundle, Format


def _files(bundle: Bundle) -> Mapping[str, bytes]:
    from opslead.render.xlsx.write import workbook  # XlsxWriter is an extra

    return {"register.xlsx": workbook(bundle.specification)}


FORMAT = Format(
    "xlsx", "a register: holes, policies, rollout, questions and RACI, with status and owner to fill", _files
)
