"""Prompts are data: one Markdown file each in `prompts/`, with its purpose, the slots it fills and what it must go on saying.

---
purpose: why this prompt exists
slots: [surface, found]
must: [words the code relies on]
---
text with $surface and $found
"""

from __future__ import annotations

from functools import cache
from importlib import resources
from string import Template

from pydantic import BaseModel, ConfigDict, Field

from opslead.model.yamlio import parse_yaml


class Prompt(BaseModel):
    """One prompt: `text` is a template of `slots`; `must` are words that the code relies on (a test holds the text to them)."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    name: str
    purpose: str = Field(min_length=1)
    slots: tuple[str, ...] = ()
    must: tuple[str, ...] = ()
    text: str = Field(min_length=1)

    def fill(self, **slots: str) -> str:
        """The prompt's words with every slot filled. Raises ValueError when slots are missing or unknown."""
        if set(slots) != set(self.slots):
            raise ValueError(f"prompt {self.name} fills {sorted(self.slots)}, got {sorted(slots)}")
        return Template(self.text).substitute(slots)


@cache
def prompt(name: str) -> Prompt:
    """The prompt of `prompts/<name>.md`."""
    whole = resources.files("opslead.panel").joinpath("prompts", f"{name}.md").read_text(encoding="utf-8")
    _, head, text = whole.split("---\n", 2)
    return Prompt.model_validate({"name": name, "text": text.strip(), **_head(head, name)})


def _head(text: str, name: str) -> dict[str, object]:
    head = parse_yaml(text, f"{name}.md").value
    return dict(head) if isinstance(head, dict) else {}


def names() -> tuple[str, ...]:
    """All prompts, sorted."""
    folder = resources.files("opslead.panel").joinpath("prompts")
    return tuple(sorted(entry.name.removesuffix(".md") for entry in folder.iterdir() if entry.name.endswith(".md")))
