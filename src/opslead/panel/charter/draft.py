"""The domain charter as a draft: what the trade lives on, where nobody has written it down. Every sentence names its basis."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from opslead.intake.page.readers import Source
from opslead.model.service import Service
from opslead.panel.charter.essentials import essentials
from opslead.text import Lang, pick

Basis = Literal["quote", "sum", "experience"]
"""On what a sentence rests: words of the description, a sum over its numbers, or a model's knowledge of the trade."""

FEWEST, MOST = 5, 8
"""Sentences of a charter; a draft of the engine has fewer where less is known."""


@dataclass(frozen=True)
class Sentence:
    """One sentence. `source`: the quotation or the sum; of an experience, the question that confirms it."""

    text: str
    basis: Basis
    source: str


@dataclass(frozen=True)
class Charter:
    """A draft charter of the service called `name`."""

    name: str
    language: Lang
    sentences: tuple[Sentence, ...]


def draft(service: Service) -> Charter:
    """The engine's draft, from the model of the service alone: each sentence with its quotation or its sum."""
    found = [Sentence(one.text, one.basis, one.source) for one in essentials(service)]
    return Charter(service.name, service.language, tuple(found[:MOST]))


def as_source(charter: Charter) -> Source:
    """The draft as a charter that a run can stand on: the sentences alone, experience marked as such."""
    lang = charter.language
    mark = pick(lang, " (경험, 확인 필요)", " (experience, to be confirmed)")
    lines = [f"- {one.text}{mark if one.basis == 'experience' else ''}" for one in charter.sentences]
    return _source([heading(charter), *lines], pick(lang, "헌장 초안", "draft charter"))


def render(charter: Charter) -> str:
    """The draft as Markdown in a charter's form, with what every sentence rests on, for a person to correct."""
    lang = charter.language
    lines = [heading(charter)]
    for one in charter.sentences:
        lines.append(f"- {one.text} ({_basis(one, lang)})")
    if not charter.sentences:
        lines.append(
            pick(
                lang,
                "설명에 돈·수량·시간이 적혀 있지 않아 초안을 쓸 수 없다.",
                "The description states no money, quantities or hours to draft a charter from.",
            )
        )
    return "\n".join(lines) + "\n"


def heading(charter: Charter) -> str:
    """The first line, which says that nobody has given this."""
    return pick(
        charter.language,
        f"# 도메인 헌장(초안): {charter.name}",
        f"# Domain charter (draft): {charter.name}",
    )


def _basis(one: Sentence, lang: Lang) -> str:
    labels = {
        "quote": pick(lang, "설명: ", "description: "),
        "sum": pick(lang, "계산: ", "sum: "),
        "experience": pick(
            lang, "경험, 설명에 없음. 확인할 질문: ", "experience, not in the description. To confirm: "
        ),
    }
    return labels[one.basis] + one.source


def _source(lines: Sequence[str], name: str) -> Source:
    text = "\n".join(lines) + "\n"
    return Source(name, text, hashlib.sha256(text.encode()).hexdigest())
