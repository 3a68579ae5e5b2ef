"""A SARIF log: rules, and results at places. Independent of what is reported."""

from __future__ import annotations

import json
import posixpath
import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Literal
from urllib.parse import quote

from opslead.errors import Place

Level = Literal["error", "warning", "note"]
SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"
_LINE = re.compile(r"^(?P<source>.+?):(?P<line>\d+)(?::(?P<column>\d+))?$", re.S)


@dataclass(frozen=True)
class RuleText:
    """A rule with its words: `short` in one sentence, `full` why it matters, `help` what to do about it, in Markdown."""

    id: str
    short: str
    full: str
    help: str
    level: Level
    tags: tuple[str, ...] = ()


@dataclass(frozen=True)
class Result:
    """One report. `places`: the first is where it is shown. `key` stays the same as long as the matter does."""

    rule: str
    level: Level
    message: str
    places: tuple[Place, ...]
    key: str
    rank: float | None = None
    properties: dict[str, str] = field(default_factory=dict)


def place_of(text: str) -> Place:
    """`plan.md:12` as a place; what is no line (a page, a sheet) stays part of the name's words and has line 0."""
    found = _LINE.match(text)
    return Place(found["source"], int(found["line"]), int(found["column"] or 0)) if found else Place(text)


def log(version: str, run: str, rules: Sequence[RuleText], results: Sequence[Result]) -> str:
    """The whole log as JSON. `run` names the kind of report, so that one does not replace another."""
    order = {rule.id: index for index, rule in enumerate(rules)}
    tool = {"name": "opslead", "version": version or "0", "rules": [_rule(rule) for rule in rules]}
    made = {
        "tool": {"driver": tool},
        "automationDetails": {"id": f"opslead/{run}/"},
        "columnKind": "unicodeCodePoints",
        "results": [_result(result, order[result.rule]) for result in results],
    }
    return json.dumps({"$schema": SCHEMA, "version": "2.1.0", "runs": [made]}, ensure_ascii=False, indent=2) + "\n"


def _rule(rule: RuleText) -> dict[str, object]:
    return {
        "id": rule.id,
        "shortDescription": {"text": rule.short or rule.id},
        "fullDescription": {"text": rule.full or rule.id},
        "help": {"text": rule.help or rule.id, "markdown": rule.help or rule.id},
        "defaultConfiguration": {"level": rule.level},
        "properties": {"tags": list(rule.tags)},
    }


def _result(result: Result, index: int) -> dict[str, object]:
    places = [_location(place) for place in result.places]
    found: dict[str, object] = {
        "ruleId": result.rule,
        "ruleIndex": index,
        "level": result.level,
        "message": {"text": _message(result.message)},
        "locations": places[:1],
        "partialFingerprints": {"opslead/v1": result.key},
    }
    if places[1:]:
        found["relatedLocations"] = [{"id": number, **place} for number, place in enumerate(places[1:], 1)]
    if result.rank is not None:
        found["rank"] = result.rank
    if result.properties:
        found["properties"] = result.properties
    return found


def _message(text: str) -> str:
    """A message reads `[words](1)` as a link to a related place, and `{0}` as a slot; words of a document are neither."""
    return re.sub(r"([\\\[\]])", r"\\\1", text).replace("{", "{{").replace("}", "}}") or "-"


def _location(place: Place) -> dict[str, object]:
    """Scanners show nothing without a line, so what has none is shown at the first, and its page, paragraph or cell in words."""
    line = 1 if place.label else max(place.line, 1)
    region = {"startLine": line} | ({"startColumn": place.column} if place.column else {})
    found: dict[str, object] = {
        "physicalLocation": {"artifactLocation": {"uri": uri(place.source), "uriBaseId": "%SRCROOT%"}, "region": region}
    }
    if place.label:
        found["logicalLocations"] = [{"fullyQualifiedName": place.label}]
        found["message"] = {"text": _message(f"{place.source} {place.label}")}
    return found


def uri(source: str) -> str:
    """The source as a relative reference: scanners resolve it from the root of the repository. An absolute path keeps its file name alone."""
    path = source.replace("\\", "/")
    path = posixpath.basename(path) if path.startswith("/") or re.match(r"^[A-Za-z]:/", path) else path
    path = posixpath.normpath(path) if path else "-"
    return quote(path, safe="/.-_~")
