"""A pack of a domain, and what a user changes of a pattern: the other files of a folder of knowledge. Strict and frozen."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Annotated

from pydantic import Field, JsonValue, model_validator

from opslead.knowledge.schema import Both, Identified, Matcher, Pattern, Strict, Words
from opslead.model.vocabulary import Vocabulary


class Refinement(Identified):
    """What a user's folder changes of a pattern: mappings are merged into it, everything else replaces what is there."""

    id: str = Field(alias="refines")
    different: Mapping[str, JsonValue]

    @model_validator(mode="before")
    @classmethod
    def _apart(cls, value: object) -> object:
        """`refines` beside the changed fields, as in the file, or the stored form."""
        if not isinstance(value, dict) or "different" in value:
            return value
        return {"refines": value.get("refines"), "different": {k: v for k, v in value.items() if k != "refines"}}


Entry = Pattern | Refinement
"""What a file of a folder of knowledge holds."""


class WordsOf(Strict):
    """The words for one thing, by which a description is searched; as in `intake/words`."""

    ko: Words = ()
    en: Words = ()


class Silence(Strict):
    """A pattern that is not to speak where the pack is chosen, and why."""

    id: str
    because: str = Field(min_length=1)


class Pack(Identified):
    """What a domain brings along beside its patterns: its words, and what of the model shows that a service belongs to it.

    Its concepts are spoken of as `<id>.<concept>`. A pack without `when` is always chosen; that is for a user's own house rules.
    """

    id: str = Field(pattern=r"^[a-z][a-z0-9-]*$")
    name: Both
    concepts: Mapping[Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]*$")], WordsOf] = MappingProxyType({})
    ignore: Words = ()
    when: tuple[Matcher, ...] = ()
    silences: tuple[Silence, ...] = ()

    def stands_in(self, path: Path) -> bool:
        """A pack's id is the name of its folder."""
        return self.id == path.parent.name

    @property
    def vocabulary(self) -> Vocabulary:
        """Its words, keyed by the names that its patterns use."""
        listed = ((f"{self.id}.{key}", (*of.ko, *of.en)) for key, of in self.concepts.items())
        return Vocabulary(tuple(listed), self.ignore)
