"""The specification as JSON, with the keys of the contract."""

from __future__ import annotations

import json

from opslead.spec.document import Specification


def render(specification: Specification) -> str:
    """Indented, in the order of the contract, Korean as it is, ending in a newline."""
    return json.dumps(specification.model_dump(mode="json"), ensure_ascii=False, indent=2) + "\n"
