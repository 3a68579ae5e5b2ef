"""The charter's sentences and the breach report's items, each with the concepts that its words name."""

from __future__ import annotations

import re

from opslead.intake.lexicon import find
from opslead.intake.passages import Form, Passage, passages
from opslead.intake.readers import Source
from opslead.model.told import Told

_LABEL = re.compile(r"^\(?([A-Za-z]{1,4}[-‐]?\d{1,3}|\d{1,3})[.):]\s*(?=\S)")


def told(source: Source) -> tuple[Told, ...]:
    """Every sentence or item that names at least one concept; an item that goes over several sentences stays one."""
    whole: dict[tuple[int, int], list[Passage]] = {}
    for passage in passages(source.text, source.name):
        if passage.form is not Form.HEADING and passage.text:
            key = (passage.group, passage.place.line if passage.form is not Form.PROSE else _starts(passage, whole))
            whole.setdefault(key, []).append(passage)
    found = [_told(" ".join(p.text for p in parts), parts[0]) for parts in whole.values()]
    return tuple(item for item in found if item.concepts)


def _starts(passage: Passage, whole: dict[tuple[int, int], list[Passage]]) -> int:
    """Sentences of a paragraph stand alone, but what follows a label belongs to it until the next label."""
    if _LABEL.match(passage.text):
        return passage.place.line * 1000 + len(whole)
    labelled = [key for key, parts in whole.items() if key[0] == passage.group and _LABEL.match(parts[0].text)]
    return labelled[-1][1] if labelled else passage.place.line * 1000 + len(whole)


def _told(text: str, first: Passage) -> Told:
    match = _LABEL.match(text)
    label = match.group(1) if match else ""
    rest = text[match.end() :] if match else text
    concepts = frozenset(hit.key for section in ("steps", "concepts") for hit in find(rest, section))
    return Told(rest.strip(), concepts, first.place, label)
