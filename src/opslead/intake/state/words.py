"""What the name of a state looks like, in code style, English and Korean. The words are in `words/states.yaml`."""

from __future__ import annotations

import re
from enum import IntEnum
from functools import cache, lru_cache
from importlib.resources import files

import yaml


class Shape(IntEnum):
    """How much a piece of text looks like the name of a state."""

    NO = 0
    MAYBE = 1  # short enough, and only beside others that are
    CODE = 2  # written as code names are: PICKED_UP, in_progress
    KNOWN = 3  # says a state by its words


@cache
def word_set(name: str) -> frozenset[str]:
    """One list of `words/states.yaml`."""
    text = files("opslead.intake").joinpath("words", "states.yaml").read_text(encoding="utf-8")
    loaded: object = yaml.load(text, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))
    if not isinstance(loaded, dict):
        raise TypeError("words/states.yaml: not a mapping of lists")
    return frozenset(str(loaded[name]).split())


_CAPS = re.compile(r"[A-Z]{3,}(?:[_ -][A-Z]+)*")
_CODE = re.compile(r"[A-Z][A-Z0-9]*(?:_[A-Z0-9]+)+|[a-z][a-z0-9]*(?:_[a-z0-9]+)+")
_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])")
_ENGLISH = re.compile(r"[A-Za-z]+(?:[_ /'-]{1,2}[A-Za-z]+)*")
_KOREAN = re.compile(r"[가-힣A-Za-z0-9]+(?: [가-힣A-Za-z0-9]+){0,3}")
_MOST_WORDS = 4
_MOST_SYLLABLES = 12
_CLAUSE_END = re.compile(r"(?:[다요음]|하기|할 것|까지|부터|에서|으로|에게|이|가|을|를|은|는|의|고|면|시)$")
_NO_STATE_START = re.compile(
    r"(?:a|an|the|if|when|each|every|all|any|view|see|show|select|choose|enter|your|their|manage)\b", re.I
)


@lru_cache(maxsize=8192)
def shape(text: str) -> Shape:
    """How the text looks; the strongest of its kinds."""
    text = text.strip()
    if not text or text[0].isdigit() or len(text) > 40:
        return Shape.NO
    if _ENGLISH.fullmatch(text):
        return _english(text)
    if _KOREAN.fullmatch(text) and re.search("[가-힣]", text):
        return _korean(text)
    return Shape.NO


def _english(text: str) -> Shape:
    words = [word.lower() for word in re.split(r"[_ /'-]+", _CAMEL.sub(" ", text))]
    if len(words) > _MOST_WORDS or _NO_STATE_START.match(text):
        return Shape.NO
    if text.upper() in word_set("never") and text.isupper():
        return Shape.NO
    known = word_set("en")
    if any(word in known for word in words) or (words[0] in word_set("en_first") and len(words) > 1):
        return Shape.KNOWN
    if _CAPS.fullmatch(text) or _CODE.fullmatch(text):
        return Shape.CODE
    return Shape.MAYBE


def _korean(text: str) -> Shape:
    compact = text.replace(" ", "")
    if len(compact) > _MOST_SYLLABLES:
        return Shape.NO
    if any(compact.endswith(ending) for ending in word_set("ko")):
        return Shape.KNOWN
    if any(compact.endswith(ending) for ending in word_set("ko_weak")):
        return Shape.MAYBE
    return Shape.NO if _CLAUSE_END.search(compact) or len(compact) < 2 else Shape.MAYBE


def is_code(text: str) -> bool:
    """Whether the text is one name in code style: capitals of at least four letters, or words joined by `_`."""
    return bool((_CODE.fullmatch(text) or (_CAPS.fullmatch(text) and len(text) >= 4)) and text not in word_set("never"))


def flat(name: str) -> str:
    """The name for comparing: without case, blanks, `_` and `-`, and `canceled` as `cancelled`."""
    return re.sub(r"[^0-9a-z가-힣]", "", name.lower()).replace("cancell", "cancel")
