"""The charter's sentences and the breach report's items, each with the concepts that its words name."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from opslead.errors import Place
from opslead.intake.lexicon import find
from opslead.intake.named import concepts_named
from opslead.intake.page.readers import Source
from opslead.model.told import Told
from opslead.model.vocabulary import Vocabulary

_LABEL = re.compile(r"^\(?([A-Za-z]{1,4}[-‐]?\d{1,3})[.):\]]?\s+(?=\S)")
_MARK = re.compile(r"^(?:[-*+•·]|\(?\d{1,3}[.)])\s+")
_ESCAPE = re.compile(r"\\([\\`*_<>|~#+\-.()\[\]!=])")
"""What Markdown shows as the sign alone."""
_SENTENCE = re.compile(r"(?<=[.?!。])\s+(?=\S)")


def told(source: Source, packs: Sequence[Vocabulary] = ()) -> tuple[Told, ...]:
    """Every item or sentence that names at least one concept, in the order of the text.

    A label (`B-2.`), a bullet or a number begins an item, which then keeps all its sentences; other prose is taken sentence
    by sentence.
    """
    found = [_told(text, source.place(line), packs) for text, line in _items(source.text)]
    return tuple(item for item in found if item.concepts)


def _items(text: str) -> Iterator[tuple[str, int]]:
    item, begun, marked = "", 0, False
    for number, raw in enumerate([*text.splitlines(), ""], 1):
        line = raw.strip().strip("|").replace("**", "").strip()
        starts = bool(_LABEL.match(line) or _MARK.match(line))
        if item and (not line or starts or raw.startswith("#")):
            yield from _parts(item, begun, marked)
            item = ""
        if not line or raw.startswith("#"):
            continue
        if not item:
            begun, marked = number, starts
        item = f"{item} {_MARK.sub('', line)}".strip()


def _parts(item: str, line: int, marked: bool) -> Iterator[tuple[str, int]]:
    for part in [item] if marked else _SENTENCE.split(item):
        yield part, line


def _told(text: str, place: Place, packs: Sequence[Vocabulary]) -> Told:
    match = _LABEL.match(text)
    label = match.group(1) if match else ""
    rest = _ESCAPE.sub(r"\1", text[match.end() :] if match else text)
    concepts = frozenset(hit.key for section in ("steps", "concepts") for hit in find(rest, section))
    return Told(rest.strip(), concepts | concepts_named(rest, packs), place, label)
