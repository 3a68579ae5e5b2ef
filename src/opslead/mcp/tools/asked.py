"""What several tools are asked with."""

from __future__ import annotations

from typing import Annotated

from mcp.types import ToolAnnotations
from pydantic import Field

ServiceText = Annotated[
    str,
    Field(
        description="The service in plain words, Korean or English, whole and unshortened (three sentences to 40 pages, at most 500,000 bytes): "
        "who, step by step what, hours, limits, numbers. Or the YAML model that `understand` gave, edited. A text, not a path or an address."
    ),
]

READS = ToolAnnotations(read_only_hint=True, destructive_hint=False, idempotent_hint=True, open_world_hint=False)
"""Nothing is written, nothing is fetched; the same text gives the same answer."""
