"""Anybody's specification → Specification: Markdown in the contract's form, whatever the dress, or `specification.json`.

Nothing is refused for being incomplete: what cannot be found stays empty, and `contract` says so. Each part keeps its line.
"""

from __future__ import annotations

import json
import re

from pydantic import ValidationError

from opslead.errors import InputErrors
from opslead.spec.document import Specification
from opslead.spec.dress import Line, lines_of
from opslead.spec.fields import field_of, section_of
from opslead.spec.parse_blocks import rules
from opslead.spec.parse_lists import failure_modes, questions
from opslead.spec.parse_policies import policies
from opslead.spec.parse_rollout import rollout
from opslead.text import detect


def parse_specification(text: str, source: str) -> Specification:
    """The document. Raises InputErrors when JSON is no specification of this version."""
    if text.lstrip().startswith("{"):
        return _from_json(text, source)
    lines = lines_of(text)
    sections = _sections(lines)
    title = next((line.text for line in lines if line.level), "")
    return Specification(
        title=title,
        language=detect(text),
        assumptions=tuple(line.text for line in sections.get("assumptions", [])[1:] if line.bullet or line.cells),
        failure_modes=tuple(failure_modes(sections.get("failure_modes", [])[1:])),
        rules=tuple(rules(sections.get("policies", [])[1:])),
        policies=tuple(policies(lines, sections.get("policies", [])[1:])),
        rollout=rollout(sections.get("rollout", [])),
        questions=tuple(questions(sections.get("questions", [])[1:])),
        sections={name: part[0].number for name, part in sections.items()},
    )


def _from_json(text: str, source: str) -> Specification:
    try:
        return Specification.model_validate(json.loads(text))
    except ValidationError as error:
        first = error.errors(include_url=False)[0]
        where = ".".join(map(str, first["loc"]))
        reason = f"not a specification.json of this version: {where}: {first['msg']}"
        raise InputErrors.one(source, reason, "write it again with this version, or give its Markdown") from None
    except ValueError as error:
        raise InputErrors.one(source, f"not JSON: {error}", "a Markdown document must not begin with {") from None


def _sections(lines: list[Line]) -> dict[str, list[Line]]:
    """The lines of each section, its heading first. A section begins at a heading, or at a line numbered like one."""
    found: dict[str, list[Line]] = {}
    current = ""
    for index, line in enumerate(lines):
        if index == 0 and line.level == 1:
            continue  # the title
        headed = 0 < line.level <= 3 or (line.bullet and line.numbered and line.indent == 0 and len(line.text) < 80)
        headed = headed or bool(_NUMBERED.match(line.text)) or _bold_title(line)
        named = section_of(line.text) if headed else ""
        if named and named not in found and (line.level or current != named):
            current = named
            found[current] = [line]
        elif current:
            found[current].append(line)
    return found


def _bold_title(line: Line) -> bool:
    """Whether a bold line is a section's title: short, no label of a field, and no mere word like `priority`."""
    said = (
        section_of(line.text) if line.level == 7 and len(line.text) < _LONGEST_TITLE and field_of(line) is None else ""
    )
    return bool(said) and (said != "rollout" or bool(re.search(r"roll-?out|도입", line.text, re.I)))


_LONGEST_TITLE = 60
_NUMBERED = re.compile(r"^(?:[0-4]\)|(?:part|section)\s+[0-4IV]+\b)", re.I)
"""`2) Policy Catalog`, `Part 2: policy catalog`, where it is no heading."""
