"""The JSON Schema of `service.yaml`, for editors."""

from __future__ import annotations

import json

from opslead.model.document import ServiceText

SCHEMA_FILE = "service.schema.json"
"""The name under which it stands beside a written service.yaml."""


def service_schema() -> str:
    """The schema as indented JSON, ending in a newline."""
    schema = {"$schema": "https://json-schema.org/draft/2020-12/schema", **ServiceText.model_json_schema()}
    return json.dumps(schema, ensure_ascii=False, indent=2) + "\n"
