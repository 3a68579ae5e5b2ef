"""Section titles to the letter, where the heading says nothing else."""

from __future__ import annotations

import re

from opslead.contract.fixes.change import Change, replaced
from opslead.spec.document import Specification
from opslead.spec.labels import SECTIONS
from opslead.text import pick

_HEADING = re.compile(r"^(?P<marks>#{1,6}\s+)(?P<words>.*?)\s*#*\s*$")
_MORE = re.compile(r"[.:：;?!—–]\s*\S")
_LONGEST = 60
"""A heading longer than any title says something of its own."""


def mend(text: str, specification: Specification) -> tuple[str, list[Change]]:
    lang = specification.language
    raw = text.splitlines()
    lines: dict[int, str | None] = {}
    changes: list[Change] = []
    for name, title in SECTIONS[lang].items():
        number = specification.sections.get(name, 0)
        heading = _HEADING.match(raw[number - 1]) if number else None
        if heading is None or heading["words"] == title:
            continue
        bare = re.sub(r"^\s*(?:\d{1,2}[.)]|제?\d{1,2}장?)\s*", "", heading["words"])
        if len(bare) > _LONGEST or _MORE.search(bare):
            continue
        lines[number] = heading["marks"] + title
        changes.append(Change(number, pick(lang, f"절 제목을 ‘{title}’로", f"section title is now “{title}”")))
    return replaced(text, lines), changes
