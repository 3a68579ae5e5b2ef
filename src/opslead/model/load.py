"""`service.yaml` → ServiceText, with every unknown key and wrong shape of a file found in one run."""

from __future__ import annotations

import difflib
from collections.abc import Mapping
from typing import Protocol

from pydantic import ValidationError

from opslead.errors import InputErrors, Place, Problem
from opslead.model import document as doc
from opslead.model.yamlio import Located, Path, parse_yaml


class Places(Protocol):
    """Where a part of the document was written."""

    def __call__(self, path: Path) -> Place: ...


def read_document(text: str, source: str) -> tuple[doc.ServiceText, Places]:
    """A `service.yaml` as written. Raises InputErrors with all its unknown keys and wrong shapes."""
    located = parse_yaml(text, source)
    if not isinstance(located.value, dict):
        raise InputErrors.one(
            source, "a service.yaml is a mapping with `name`, `actors`, `flows` …", "see `opslead init`"
        )
    try:
        return doc.ServiceText.model_validate(located.value), located.place
    except ValidationError as error:
        raise InputErrors(_explain(located, error)) from None


def _explain(located: Located, error: ValidationError) -> list[Problem]:
    problems = []
    for item in error.errors(include_url=False):
        path = _real_path(located, item["loc"])
        place = located.place(path)
        if item["type"] == "extra_forbidden":
            key = str(item["loc"][-1])
            allowed = _fields_at(path[:-1])
            close = difflib.get_close_matches(key, allowed, 1)
            hint = f"did you mean {close[0]!r}?" if close else f"known here: {', '.join(sorted(allowed))}"
            problems.append(Problem(place, f"unknown key {key!r}", hint))
        else:
            where = ".".join(map(str, path)) or "the file"
            problems.append(Problem(place, f"{where}: {item['msg'].removeprefix('Value error, ')}"))
    return problems


def _real_path(located: Located, loc: tuple[int | str, ...]) -> Path:
    """The location without the names of union members that pydantic adds."""
    path: Path = ()
    for part in loc:
        if (*path, part) in located.places:
            path = (*path, part)
        elif part == loc[-1] and isinstance(part, str):
            return (*path, part)
    return path


def _fields_at(path: Path) -> list[str]:
    """The keys allowed at a path, found by walking the schema of ServiceText."""
    schema = doc.ServiceText.model_json_schema()
    node: Mapping[str, object] = schema
    for part in path:
        node = _step_in(schema, node, part)
    properties = _follow(schema, node).get("properties")
    return list(properties) if isinstance(properties, dict) else []


def _follow(schema: Mapping[str, object], node: Mapping[str, object]) -> Mapping[str, object]:
    for key in ("anyOf", "oneOf"):
        options = node.get(key)
        if isinstance(options, list):
            node = next((o for o in options if isinstance(o, dict) and ("$ref" in o or "items" in o)), node)
    ref = node.get("$ref")
    if isinstance(ref, str):
        definitions = schema["$defs"]
        assert isinstance(definitions, dict)
        found: Mapping[str, object] = definitions[ref.rsplit("/", 1)[1]]
        return found
    return node


def _step_in(schema: Mapping[str, object], node: Mapping[str, object], part: str | int) -> Mapping[str, object]:
    node = _follow(schema, node)
    inner = node.get("items") if isinstance(part, int) else (node.get("properties") or {})
    if isinstance(part, str) and isinstance(inner, dict):
        inner = inner.get(part)
    return inner if isinstance(inner, dict) else {}
