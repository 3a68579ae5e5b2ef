"""Labels of a policy's fields to the letter, where the label is another word for the field and nothing more."""

from __future__ import annotations

import re

from opslead.contract.fixes.change import Change, replaced
from opslead.spec.document import Specification
from opslead.spec.fields import field_words
from opslead.spec.labels import FIELDS
from opslead.text import pick

_LABEL = re.compile(
    r"^(?P<before>\s*(?:[-*+•]\s+)?(?:\*\*|__)?)(?P<label>\[?[A-Za-z가-힣/·&, -]{2,60}?(?:\([^()]{1,40}\))?\]?)(?P<after>(?:\*\*|__)?\s*)[:：](?P<rest>.*)$"
)


def mend(text: str, specification: Specification) -> tuple[str, list[Change]]:
    lang = specification.language
    raw = text.splitlines()
    lines: dict[int, str | None] = {}
    changes: list[Change] = []
    for policy in specification.policies:
        for name, number in policy.field_lines.items():
            wanted = FIELDS[lang].get(name)
            match = _LABEL.match(raw[number - 1]) if wanted else None
            if not wanted or match is None or match["label"] == wanted or not _only(match["label"], name):
                continue
            lines[number] = f"{match['before']}{wanted}{match['after']}:{match['rest']}"
            said = pick(lang, f"‘{match['label']}’ → ‘{wanted}’", f"“{match['label']}” → “{wanted}”")
            changes.append(Change(number, said))
    return replaced(text, lines), sorted(changes, key=lambda change: change.line)


def _only(label: str, name: str) -> bool:
    """Whether every part of the label is a word for the field: what else a label says must not get lost."""
    parts = [part.strip(" []").lower() for part in re.split(r"[()/,]", label)]
    return label.strip(" []").lower() in field_words(name) or all(p in field_words(name) for p in parts if p)
