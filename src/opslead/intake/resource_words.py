"""Words for what services allocate, move and keep, found in running text. The words are in `words/resources.yaml`."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

import yaml


@dataclass(frozen=True)
class Kind:
    """A row of `words/resources.yaml`."""

    key: str
    group: str
    physical: bool
    perishable: bool
    unit: str
    number: bool
    least: int


@cache
def vocabulary() -> tuple[dict[str, Kind], dict[str, str], dict[str, str], dict[str, str]]:
    """The kinds by key; the Korean stems (without spaces), the English words and the entity names, each with its key."""
    text = files("opslead.intake").joinpath("words", "resources.yaml").read_text(encoding="utf-8")
    loaded: object = yaml.load(text, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))
    if not isinstance(loaded, list):
        raise TypeError("words/resources.yaml: not a list")
    kinds, korean, english, named = {}, {}, {}, {}
    for row in loaded:
        key = row["key"]
        least, number = int(row.get("least", 0)), bool(row.get("number", False))
        kinds[key] = Kind(key, row["class"], row["physical"], row["perishable"], row["unit"], number, least)
        korean.update({"".join(word.split()): key for word in row["ko"]})
        english.update(dict.fromkeys(row["en"], key))
        named.update(dict.fromkeys(row.get("entity", ()), key))
    return kinds, korean, english, named


PARTICLE = r"(?:들)?(?:은|는|이|가|을|를|의|에|에서|에게|으로|로|와|과|도|만|별|당|마다|까지|부터|이나|나|이며|이고|이다|입니다|인)?"
_BOUND = r"(?![가-힣])"


@cache
def _patterns() -> tuple[re.Pattern[str], re.Pattern[str]]:
    _, korean, english, _ = vocabulary()
    stems = "|".join(r"\s?".join(map(re.escape, stem)) for stem in sorted(korean, key=len, reverse=True))
    ko = re.compile(rf"(?P<before>[가-힣]{{0,5}})(?P<stem>{stems})(?={PARTICLE}{_BOUND})")
    words = "|".join(_plural(word) for word in sorted(english, key=len, reverse=True))
    en = re.compile(rf"(?<![A-Za-z_/])(?<![A-Za-z]-)(?P<word>{words})(?![A-Za-z_-])", re.I)
    return ko, en


def _plural(word: str) -> str:
    """The word in singular or plural, blanks or hyphens between its parts."""
    if word.endswith("y") and word[-2:] not in ("ey", "ay"):
        last = f"{re.escape(word[:-1])}(?:y|ies)"
    else:
        last = f"{re.escape(word)}(?:e?s)?"
    return last.replace(r"\ ", r"[ -]")


@dataclass(frozen=True)
class Hit:
    """A word of the vocabulary in a text: as written from `start` to `end`; `longer` has its modifier, `name` has not.

    `noun` says that it stands for a thing, `plural` that it plainly does, as an English plural or a Korean noun.
    """

    key: str
    stem: str
    name: str
    longer: str
    start: int
    end: int
    plural: bool
    noun: bool


def hits(text: str) -> Iterator[Hit]:
    ko, en = _patterns()
    _, korean, english, _ = vocabulary()
    for match in ko.finditer(text):
        if match["before"] in _OTHER_WORDS:
            continue
        name, stem = " ".join(match.group().split()), "".join(match["stem"].split())
        if not _NOT_BEFORE.match(text, match.end()):
            yield Hit(korean[stem], stem, name, "", match.start(), match.end(), True, True)
    for match in en.finditer(text):
        word = match["word"].lower().replace("-", " ")
        single = next(s for s in (word, word[:-1], word[:-2], word[:-3] + "y") if s in english)
        if match["word"][0].isupper() and _PROPER.search(text, max(0, match.start() - 20), match.start()):
            continue
        start, longer = _with_modifier(text, match.start(), match["word"])
        plural = word != single or " " in single or single in _MASS
        noun = plural or _is_noun(text, start, match.end())
        yield Hit(english[single], single, match["word"], longer, start, match.end(), plural, noun)


_MASS = frozenset(["equipment", "stock", "inventory", "merchandise", "goods", "escrow"])
_DETERMINED = re.compile(
    r"\b(?:an?|the|each|every|this|that|their|its|our|your|one|another|same|any) (?:[A-Za-z-]+ )?$", re.I
)
_CLOSES = re.compile(
    r"(?! [A-Za-z]| ?[-_/(])|(?: (?:is|are|was|has|must|can|may|will|should|not|for|in|on|to|of|and|or|with|by|from|after|before|at|"
    r"until|when|if|per|that|which|who|goes|gets)\b)"
)


def _is_noun(text: str, start: int, end: int) -> bool:
    """Whether an English singular is a thing here: `the booking is kept`, not `book a review of`, `booking process`."""
    return bool(_DETERMINED.search(text, max(0, start - 30), start) and _CLOSES.match(text, end))


_OTHER_WORDS = frozenset(["엔드", "체크", "웹", "홈", "뷰", "핀", "중단", "차이"])  # 엔드포인트, 웹사이트
_NOT_BEFORE = re.compile(
    r"\s?(?:비전|개요|요구 ?사항|소개|로드맵)|(?<=사진)(?:을|를)?\s?(?:\d+\s?장(?:을|씩)?\s?)?(?:찍|촬영|첨부|올[려리린림]|업로드)"
)  # `제품 요구사항`: the paper, not a thing; `사진 4장 찍어서`: proof, nothing that is sold
_PROPER = re.compile(r"(?<=[a-z]\s)[A-Z][a-z]+ $")  # `via Toss Payments`: a name
_MODIFIER = re.compile(r"([A-Za-z][A-Za-z-]+) $")
_NO_MODIFIER_WORDS = """
    the a an and or of to in on at by for from with without as is are was be been their his her its our your my this
    that these those all any each every some no more most other another new old own multiple many few several different available active past
    upcoming future existing current specific valid selected unlimited additional free similar popular nearby saved favorite
    incoming recent related own both only single various total first next last private public verified unverified
    view manage book browse list cancel create see leave write read get submit accept complete confirm track find search handle
    review return make pay process send receive select choose upload edit delete add approve reject moderate update can may
    will must should not when if after before than into per via over under between approximately about around
"""
_NO_MODIFIER = frozenset(_NO_MODIFIER_WORDS.split())


def _with_modifier(text: str, start: int, word: str) -> tuple[int, str]:
    """Where the word begins, and the word with the noun before it or empty: `vehicle listings`, `fast-charging sites`."""
    match = _MODIFIER.search(text, max(0, start - 24), start)
    if not match or " " in word:
        return start, ""
    before = match.group(1)
    joined = text[: match.start()].endswith(("-", "'"))
    if joined or before.lower() in _NO_MODIFIER or before.lower().endswith(("ly", "s", "ed")):
        return start, ""
    return match.start(), f"{before} {word}"
