"""How one value of the rules meets one of the model: what is given stands, what is open is filled, a difference is said in words."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TypeVar

from opslead.errors import Place
from opslead.intake.flow.links import clip
from opslead.model import document as doc
from opslead.panel.reading.proof import What, same
from opslead.panel.reading.quotes import squeezed
from opslead.spec.document import Refusal
from opslead.text import Lang, pick


@dataclass(frozen=True)
class Met:
    """The document after one claim met it. `differences` in words, `refused` what of the claim was not kept."""

    document: doc.ServiceText
    differences: tuple[str, ...] = ()
    refused: tuple[Refusal, ...] = ()


E = TypeVar("E", bound=doc.Origin)
Field = tuple[str, What, dict[Lang, str]]
"""A field's name, what it holds, and what people call it."""


def filled(old: E, new: E, fields: Iterable[Field], who: str, text: doc.ServiceText) -> tuple[E, tuple[str, ...]]:
    """`old` with what it left open taken from `new`, and the fields in which both say something else."""
    update: dict[str, doc.Said] = {}
    differences = []
    for name, what, label in fields:
        mine, theirs = getattr(old, name), getattr(new, name)
        if theirs is None or (mine is not None and same(str(mine.value), str(theirs.value), what, text.currency)):
            continue
        if mine is None or mine.assumed:
            update[name] = theirs
        else:
            differences.append(said_differently(f"{who} {label[text.language]}", mine, theirs, text.language))
    return (old.model_copy(update=update) if update else old), tuple(differences)


def said_differently(what: str, mine: doc.Said, theirs: doc.Said, lang: Lang) -> str:
    """`CS 담당 인원: 규칙은 2(“본사 2명”), 모델은 3(“…”)로 읽었다 → 2`."""
    return differs(what, (str(mine.value), mine.given), (str(theirs.value), theirs.given), lang)


def differs(what: str, rules: tuple[str, str], model: tuple[str, str], lang: Lang, taken: str = "") -> str:
    """A difference in words: each side's value with its quotation, and the value that was taken, the rules' one unless named."""
    mine, theirs = (f"{value}(“{clip(quote, 80)}”)" if quote else value for value, quote in (rules, model))
    if lang == "en":
        mine, theirs = mine.replace("(“", " (“", 1), theirs.replace("(“", " (“", 1)
    return pick(
        lang,
        f"{what}: 규칙은 {mine}, 모델은 {theirs} → {taken or rules[0]}",
        f"{what}: the rules read {mine}, the model {theirs} → {taken or rules[0]}",
    )


def words_filled(old: E, new: E, names: Sequence[str], who: str, lang: Lang) -> tuple[E, tuple[str, ...]]:
    """The same for fields that hold a plain word; an empty one is open."""
    update: dict[str, str] = {}
    differences = []
    for name in names:
        mine, theirs = str(getattr(old, name)), str(getattr(new, name))
        if theirs and not mine:
            update[name] = theirs
        elif theirs and mine != theirs:
            label = f"{who} {_WORDS[lang].get(name, name)}"
            differences.append(differs(label, (mine, old.given), (theirs, new.given), lang))
    return (old.model_copy(update=update) if update else old), tuple(differences)


_WORDS: dict[Lang, dict[str, str]] = {
    "ko": {
        "kind": "종류",
        "mode": "응답 방식",
        "via": "수단",
        "sync": "반영 방식",
        "medium": "매체",
        "actor": "담당",
        "partner": "파트너",
    },
    "en": {
        "kind": "kind",
        "mode": "way of answering",
        "via": "way",
        "sync": "synchronisation",
        "medium": "medium",
        "actor": "doer",
        "partner": "partner",
    },
}

_NEAR_LINES = 3
"""How far apart two readers may see the line of the same words, where these run over several."""


def overlap(one: doc.Origin, other: doc.Origin) -> bool:
    """Whether two entries rest on the same words: one quotation within the other, in the same place."""
    mine, theirs = squeezed(one.given), squeezed(other.given)
    if min(len(mine), len(theirs)) < 2 or not (mine in theirs or theirs in mine):
        return False
    (here, first), (there, second) = _line(one.at), _line(other.at)
    return here == there and abs(first - second) <= _NEAR_LINES


def _line(at: str) -> tuple[str, int]:
    place = Place.parse(at)
    return place.source, place.line


def key(name: str, *, bare: bool = False) -> str:
    """A name's letters, so that spelling does not matter; `bare`: without what stands in brackets (`현장 관리인(낮)`)."""
    return "".join(re.findall(r"[0-9a-z가-힣]+", re.sub(r"\([^)]*\)", "", name).lower() if bare else name.lower()))


def alike(one: str, other: str) -> bool:
    """Whether two names may mean the same: equal letters, or one name within the other."""
    mine, theirs = key(one, bare=True), key(other, bare=True)
    short, long = sorted((mine, theirs), key=len)
    return mine == theirs or (len(short) >= 2 and short in long and (len(short) >= 4 or not short.isascii()))
