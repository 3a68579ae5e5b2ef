"""A `ServiceText` as the text of `service.yaml`: the form a person reads, edits and keeps in git.

Block style throughout; a value with an origin stands on one line as a flow mapping, a value without one stands bare. What is
empty is left out. Loading the text gives the same ServiceText.
"""

from __future__ import annotations

import re
from typing import TextIO

import yaml
from pydantic import BaseModel

from opslead.model.document import Origin, Said, Scalar, ServiceText

HEADER = "# yaml-language-server: $schema=./service.schema.json\n"
_UNSEEN = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\ufeff]")
_ALWAYS = frozenset({"name", "language"})
_ORIGIN = tuple(Origin.model_fields)


class _Line(dict[str, "_Node"]):
    """A mapping written on one line."""


class _Row(list[str]):
    """A list of words written on one line."""


_Node = Scalar | dict[str, "_Node"] | list["_Node"] | _Row


class _Dumper(yaml.SafeDumper):
    """Lists indented below their key, as people write them."""

    def increase_indent(self, flow: bool = False, indentless: bool = False) -> None:
        del indentless
        super().increase_indent(flow, False)


def _line(dumper: yaml.SafeDumper, data: _Line) -> yaml.Node:
    return dumper.represent_mapping("tag:yaml.org,2002:map", data, flow_style=True)


def _row(dumper: yaml.SafeDumper, data: _Row) -> yaml.Node:
    return dumper.represent_sequence("tag:yaml.org,2002:seq", data, flow_style=True)


def _text(dumper: yaml.SafeDumper, data: str) -> yaml.Node:
    """Characters that a reader cannot see, or that YAML folds as line ends, are escaped."""
    style = '"' if _UNSEEN.search(data) else None
    return dumper.represent_scalar("tag:yaml.org,2002:str", data, style=style)


_Dumper.add_representer(str, _text)
_Dumper.add_representer(_Line, _line)
_Dumper.add_representer(_Row, _row)


def dump(service: ServiceText) -> str:
    """The text of `service.yaml`."""
    body: str = yaml.dump(
        _mapping(service),
        Dumper=_Dumper,
        allow_unicode=True,
        sort_keys=False,
        width=float("inf"),
        default_flow_style=False,
    )
    return HEADER + _spaced(body)


def write(service: ServiceText, stream: TextIO) -> None:
    """Writes the text of `service.yaml` to an open file."""
    stream.write(dump(service))


def _mapping(model: BaseModel) -> dict[str, _Node]:
    """The fields that say something; origins stand last, since a reader looks for the value first."""
    fields = type(model).model_fields
    named = [name for name in fields if name not in _ORIGIN] + [name for name in fields if name in _ORIGIN]
    found: dict[str, _Node] = {}
    for name in named:
        value = getattr(model, name)
        stated = name in _ALWAYS and isinstance(model, ServiceText)
        if stated or value != fields[name].get_default():
            found[name] = _node(value)
    return found


def _node(value: object) -> _Node:
    if isinstance(value, Said):
        given: dict[str, _Node] = {name: getattr(value, name) for name in _ORIGIN if getattr(value, name)}
        return _Line({"value": value.value, **given}) if given else value.value
    if isinstance(value, BaseModel):
        return _mapping(value)
    if isinstance(value, tuple) and value and all(isinstance(item, str) for item in value):
        return _Row(map(str, value))
    if isinstance(value, tuple):
        return [_node(item) for item in value]
    if isinstance(value, str):
        return str(value)  # an enum of strings as its bare value
    if isinstance(value, bool | int | float):
        return value
    raise TypeError(f"{type(value).__name__} has no place in service.yaml")


def _spaced(body: str) -> str:
    """An empty line before each section that goes over several lines."""
    lines = body.split("\n")
    out: list[str] = []
    for index, line in enumerate(lines):
        opens = line.endswith(":") and not line.startswith((" ", "-")) and index + 1 < len(lines)
        if opens and lines[index + 1].startswith((" ", "-")):
            out.append("")
        out.append(line)
    return "\n".join(out)
