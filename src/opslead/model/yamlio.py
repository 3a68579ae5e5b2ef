"""YAML as a person writes it, with the place of every key: YAML 1.2 scalars, no aliases, no duplicate keys, no objects.

Stock PyYAML reads `12:30` as 750 and `on` as true (YAML 1.1); here only true, false, whole and decimal numbers are not text.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

import yaml

from opslead.errors import InputErrors, Place, Problem

Plain = None | bool | int | float | str | list["Plain"] | dict[str, "Plain"]
Path = tuple[str | int, ...]
MAX_DEPTH = 40


class _Loader(yaml.CSafeLoader):
    """Scalars of YAML 1.2 core: booleans are true and false, numbers have no colons."""


_DROPPED = {f"tag:yaml.org,2002:{name}" for name in ("bool", "int", "float", "timestamp", "null", "merge", "value")}
_Loader.yaml_implicit_resolvers = {
    first: [(tag, pattern) for tag, pattern in resolvers if tag not in _DROPPED]
    for first, resolvers in yaml.CSafeLoader.yaml_implicit_resolvers.items()
}
for _tag, _pattern, _first in (
    ("bool", r"^(?:true|false)$", "tf"),
    ("int", r"^[-+]?[0-9]+$", "-+0123456789"),
    ("float", r"^[-+]?[0-9]+\.[0-9]+$", "-+0123456789"),
    ("null", r"^(?:~|null)?$", ["~", "n", ""]),
):
    _Loader.add_implicit_resolver(f"tag:yaml.org,2002:{_tag}", re.compile(_pattern), list(_first))


@dataclass(frozen=True)
class Located:
    """A plain value and the place of every part of it, by path."""

    value: Plain
    places: Mapping[Path, Place]
    source: str

    def place(self, path: Path) -> Place:
        """The place of the path, or of the nearest part around it."""
        while path not in self.places and path:
            path = path[:-1]
        return self.places.get(path, Place(self.source))


def parse_yaml(text: str, source: str) -> Located:
    """The text as plain values with places. Raises InputErrors for anything that is not plain, finite YAML."""
    try:
        _refuse_depth(text, source)
        node = yaml.compose(text, _Loader)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line, column = (mark.line + 1, mark.column + 1) if mark else (0, 0)
        if "nesting depth" in (error.problem or ""):  # libyaml's own bound, met while it reads ahead
            raise _too_deep(source, line) from None
        raise InputErrors.one(source, f"not YAML: {error.problem or error.context}", "", line, column) from None
    except (yaml.YAMLError, ValueError) as error:
        raise InputErrors.one(source, f"not YAML: {error}") from None
    builder = _Builder(source)
    value = builder.build(node, ()) if node is not None else None
    if builder.problems:
        raise InputErrors(builder.problems)
    return Located(value, builder.places, source)


def _refuse_depth(text: str, source: str) -> None:
    """Raises for nesting past the bound. By events, since composing very deep nodes exhausts the C stack."""
    depth = 0
    for event in yaml.parse(text, _Loader):
        if isinstance(event, yaml.CollectionStartEvent):
            depth += 1
        elif isinstance(event, yaml.CollectionEndEvent):
            depth -= 1
        if depth > MAX_DEPTH:
            line = event.start_mark.line + 1 if event.start_mark else 0
            raise _too_deep(source, line)


def _too_deep(source: str, line: int) -> InputErrors:
    return InputErrors.one(source, "nested too deeply", f"at most {MAX_DEPTH} levels", line)


class _Builder:
    """Walks the node tree once; a node met twice is an alias."""

    def __init__(self, source: str) -> None:
        self.source = source
        self.places: dict[Path, Place] = {}
        self.problems: list[Problem] = []
        self._seen: set[int] = set()

    def build(self, node: yaml.Node, path: Path) -> Plain:
        place = Place(self.source, node.start_mark.line + 1, node.start_mark.column + 1)
        self.places.setdefault(path, place)
        if id(node) in self._seen:
            return self._refuse(place, "an alias (*name) repeats a part", "write the part out")
        self._seen.add(id(node))
        if isinstance(node, yaml.CollectionNode) and not node.tag.endswith((":map", ":seq")):
            return self._refuse(place, f"the tag {node.tag} is not allowed", "plain lists and mappings only")
        if isinstance(node, yaml.MappingNode):
            return self._mapping(node, path)
        if isinstance(node, yaml.SequenceNode):
            return [self.build(child, (*path, index)) for index, child in enumerate(node.value)]
        return self._scalar(node, place)

    def _mapping(self, node: yaml.MappingNode, path: Path) -> Plain:
        mapping: dict[str, Plain] = {}
        for key_node, value_node in node.value:
            place = Place(self.source, key_node.start_mark.line + 1, key_node.start_mark.column + 1)
            if not isinstance(key_node, yaml.ScalarNode):
                self._refuse(place, "a key that is not text")
                continue
            if key_node.value in mapping:
                self._refuse(place, f"the key {key_node.value!r} stands twice", "merge the two")
                continue
            self.places[(*path, key_node.value)] = place
            mapping[key_node.value] = self.build(value_node, (*path, key_node.value))
        return mapping

    def _scalar(self, node: yaml.Node, place: Place) -> Plain:
        text = str(node.value)
        match node.tag.removeprefix("tag:yaml.org,2002:"):
            case "null":
                return None
            case "bool":
                return text == "true"
            case "int" if len(text) <= 18:
                return int(text)
            case "float" if len(text) <= 40:
                return float(text)
            case "str" | "int" | "float":
                return text
        return self._refuse(place, f"the tag {node.tag} is not allowed", "plain text, numbers, lists and mappings only")

    def _refuse(self, place: Place, reason: str, hint: str = "") -> Plain:
        self.problems.append(Problem(place, reason, hint))
        return None


def quote(text: str) -> str:
    """The text as a double-quoted YAML scalar on one line."""
    escapes = {"\\": "\\\\", '"': '\\"', "\n": "\\n", "\t": "\\t", "\r": "\\r"}
    return '"' + "".join(escapes.get(c, c if c.isprintable() else f"\\U{ord(c):08X}") for c in text) + '"'
