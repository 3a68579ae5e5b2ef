"""Where the words of domain packs stand: in a description, in a model, in any text."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from pydantic import BaseModel

from opslead.intake.lexicon import find_words, possible
from opslead.intake.page.passages import Form, Passage
from opslead.intake.rules import around
from opslead.intake.scope import is_quiet, title_of
from opslead.model.document import MentionText, Origin, ServiceText
from opslead.model.vocabulary import Vocabulary


def named_in_passages(passages: Sequence[Passage], packs: Iterable[Vocabulary]) -> tuple[MentionText, ...]:
    """One mention for each concept of the packs that the description speaks of, with the words that speak of it first."""
    title = title_of(passages)
    telling = sorted((p for p in passages if not is_quiet(p, title)), key=lambda p: p.form is Form.HEADING)
    return _named([(p.text, str(p.place)) for p in telling], packs)


def named_in_model(document: ServiceText, packs: Iterable[Vocabulary]) -> ServiceText:
    """The model with a mention for each concept of the packs that its names and quotations speak of and that it lacks."""
    known = {mention.concept for mention in document.mentions}
    found = _named(list(_texts(document)), packs)
    return document.model_copy(update={"mentions": (*document.mentions, *(m for m in found if m.concept not in known))})


def concepts_named(text: str, packs: Iterable[Vocabulary]) -> frozenset[str]:
    """The concepts of the packs that the text speaks of."""
    return frozenset(hit.key for pack in packs for hit in find_words(text, possible(text, pack)))


def _named(texts: Sequence[tuple[str, str]], packs: Iterable[Vocabulary]) -> tuple[MentionText, ...]:
    whole = "\n".join(text for text, _ in texts)
    found: dict[str, MentionText] = {}
    for pack in packs:
        own = possible(whole, pack)
        for text, at in texts if own.words else ():
            for hit in find_words(text, own):
                if hit.key not in found:
                    given = around(text, hit.start, hit.end)
                    found[hit.key] = MentionText(concept=hit.key, word=_thing(hit.word), given=given, at=at)
    return tuple(found.values())


def _thing(word: str) -> str:
    """The word where it names a thing; nothing for one with an object of its own (`방을 바꿔`), which is no name."""
    return "" if re.search(r"[을를이가에]\s", word) else word


_SPOKEN = ("name", "subject", "item", "given", "text")
"""Fields of a model that hold words of the description."""


def _texts(value: object) -> Iterator[tuple[str, str]]:
    """What the entries of a model say, with their places."""
    if isinstance(value, BaseModel):
        at = value.at if isinstance(value, Origin) else ""
        said = [text for field in _SPOKEN if isinstance(text := getattr(value, field, ""), str) and text]
        yield from ((text, at) for text in reversed(said))  # a quotation says more than a name
        for name in type(value).model_fields:
            yield from _texts(getattr(value, name))
    elif isinstance(value, tuple):
        for item in value:
            yield from _texts(item)
