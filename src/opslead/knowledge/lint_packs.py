"""Packs checked like code: words that find something, a `when` that shows the domain, patterns that speak of it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Set

from opslead.knowledge.lint import Complaint
from opslead.knowledge.pack import Pack
from opslead.knowledge.schema import Matcher, Pattern

FEWEST = 3
"""Patterns below which a folder is no pack of knowledge."""


def lint_pack(pack: Pack, patterns: Iterable[Pattern], concepts: Set[str], *, whole: bool) -> Iterator[Complaint]:
    """Complaints about the pack. `concepts` are all names of concepts; `whole`: a built-in pack, held to the stricter rules."""
    members = tuple(patterns)
    if whole and not pack.when:
        yield Complaint(pack.id, "when", "nothing of the model shows this domain: the pack would speak everywhere")
    if whole and len(members) < FEWEST:
        yield Complaint(pack.id, "patterns", f"fewer than {FEWEST}")
    yield from _words(pack)
    used = {concept for pattern in members for concept in concepts_used(pattern.when)}
    used |= {concept for pattern in members for group in pattern.closes for concept in group}
    asked = set(concepts_used(pack.when))
    yield from (Complaint(pack.id, "when", f"no such concept: {name}") for name in sorted(asked - concepts))
    for key in pack.concepts:
        if f"{pack.id}.{key}" not in used | asked:
            yield Complaint(pack.id, f"concepts.{key}", "no pattern and no `when` asks for it")


def _words(pack: Pack) -> Iterator[Complaint]:
    seen: dict[str, str] = {}
    for key, words in pack.concepts.items():
        if not words.ko or not words.en:
            yield Complaint(pack.id, f"concepts.{key}", "has words in one language only")
        for word in (*words.ko, *words.en):
            bare = word.replace(" ", "").casefold()
            if len(bare) < 2:
                yield Complaint(pack.id, f"concepts.{key}", f"{word!r} stands inside too many other words")
            if seen.setdefault(bare, key) != key:
                yield Complaint(pack.id, f"concepts.{key}", f"{word!r} is a word of {seen[bare]} too")


def concepts_used(matchers: Iterable[Matcher]) -> Iterator[str]:
    """The concepts that the matchers ask for."""
    for matcher in matchers:
        for inner in matcher.within():
            if inner.mention:
                yield from inner.mention.any


def lint_packs(
    packs: Mapping[str, Pack], members: Mapping[str, Iterable[Pattern]], concepts: Set[str], built_in: Set[str]
) -> list[Complaint]:
    """All complaints about the packs, sorted; `members` by pack."""
    found = (lint_pack(pack, members.get(key, ()), concepts, whole=key in built_in) for key, pack in packs.items())
    return sorted(complaint for complaints in found for complaint in complaints)
