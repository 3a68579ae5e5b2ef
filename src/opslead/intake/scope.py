"""What a section is for, by its headings: a flow, the operation in general, technology and goals, or what is left for later."""

from __future__ import annotations

import re
from collections.abc import Sequence
from enum import StrEnum
from functools import lru_cache

from opslead.errors import Place
from opslead.intake.amounts.frames import Scene, scene_of
from opslead.intake.lexicon import keys
from opslead.intake.page.passages import Form, Passage

_NUMBER = re.compile(
    r"^(?:(?:step|phase|part|section|단계)?\s*\d+(?:\.\d+)*[.):]?|[①-⑳]|[A-Z][.)]|[IVX]+\.)\s+(?=\S)", re.I
)
_PATH = re.compile(r"\s*\(\s*`?\s*/[\w/:{}?=&.\-]*\s*`?\s*\)|\s*`[^`]*`")
_INCLUDED = re.compile(r"now included|\bincluded\b(?!.*\bnot\b)|구현 완료|현재 포함", re.I)


class Scope(StrEnum):
    """`FLOW` says in its heading that it tells a sequence; `ASIDE` is technology, goals, examples; `LATER` is not built."""

    FLOW = "flow"
    OPEN = "open"
    ASIDE = "aside"
    LATER = "later"


def scope_of(passage: Passage, title: str = "") -> Scope:
    """The scope the headings set. The nearest heading that says something decides, but an outer LATER or ASIDE holds."""
    return _scope_below(passage.headings, title)


@lru_cache(maxsize=4096)
def _scope_below(headings: tuple[str, ...], title: str) -> Scope:
    found = [_scope(heading) for heading in headings if heading != title]
    for scope in (Scope.LATER, Scope.ASIDE):
        if scope in found:
            return scope
    return Scope.FLOW if found[-1:] == [Scope.FLOW] else Scope.OPEN


@lru_cache(maxsize=4096)
def _scope(heading: str) -> Scope:
    found = keys(_PATH.sub("", heading), "headings")
    if "later" in found and not _INCLUDED.search(heading):
        return Scope.LATER
    if "aside" in found:
        return Scope.ASIDE
    return Scope.FLOW if "flow" in found else Scope.OPEN


def is_quiet(passage: Passage, title: str = "") -> bool:
    """Whether the section is about technology, plans or what is left for later, which say nothing of the running work."""
    headings = tuple(heading for heading in passage.headings if heading != title)
    return scope_of(passage, title) is Scope.LATER or scene(headings, passage.header) in (Scene.NOTHING, Scene.PLAN)


@lru_cache(maxsize=4096)
def scene(headings: tuple[str, ...], header: tuple[str, ...] = ()) -> Scene:
    """The scene that headings and a table's head set, as `frames.scene_of` reads them."""
    return scene_of(headings, Passage("", Form.ROW if header else Form.PROSE, Place(""), header=header))


def title_of(passages: Sequence[Passage]) -> str:
    """The heading that names the whole document, empty if there is none."""
    first = next((p for p in passages if p.form is Form.HEADING), None)
    return first.text if first and first.depth == 1 else ""


def bare_heading(heading: str) -> str:
    """A heading without its number and its address: `3.1 일반 주문 플로우` is `일반 주문 플로우`."""
    return _NUMBER.sub("", _PATH.sub("", heading)).strip(" :：-–—") or heading
