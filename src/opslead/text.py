"""Sentences with slots, in Korean and English.

A template is a Python format string without code: `{hold.partner:이/가}` puts in the slot `hold.partner` with the right
Korean particle, `[[ … ]]` is left out when a slot inside has no value, and `{~30분}` marks a starting value, a number
that opslead chose and that operating data should replace; it prints with a dagger, which the document explains.
`{q.hold~10분}` is the computed number `q.hold` where the service's numbers allow it, else the starting value.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from string import Formatter
from typing import Literal

Lang = Literal["ko", "en"]
STARTING = "†"

_PARTICLES = {
    "이/가": ("이", "가"),
    "을/를": ("을", "를"),
    "은/는": ("은", "는"),
    "과/와": ("과", "와"),
    "으로/로": ("으로", "로"),
    "아/야": ("아", "야"),
    "이나/나": ("이나", "나"),
    "이라/라": ("이라", "라"),
    "이며/며": ("이며", "며"),
    "이고/고": ("이고", "고"),
    "이다/다": ("이다", "다"),
    "이면/면": ("이면", "면"),
    "이든/든": ("이든", "든"),
    "에게/에": ("에게", "에"),
}
_TAIL = re.compile(r"(?:\s*[(\[{（「『][^()\[\]{}（）「」『』]*[)\]}）」』]|[\s\"'”’†*`.,]+)$")
_DIGIT = {
    "0": 0,
    "1": 8,
    "2": 0,
    "3": 16,
    "4": 0,
    "5": 0,
    "6": 1,
    "7": 8,
    "8": 8,
    "9": 0,
}  # final of the digit's reading
_LETTER_FINAL = {"l": 8, "m": 16, "n": 4, "r": 8}  # 엘 엠 엔 알; every other letter's name ends in a vowel
_ENGLISH_FINAL = re.compile(r"(?:[^aeiou](?:le)|[lmn]|ng|[^aeiou][kpt]|[aeiou][kpt]|[bg])$")
_SYMBOL_FINAL = {"%": 0, "℃": 0, "원": 4}


def final_of(word: str) -> int:
    """The index of the last sound's final consonant as Korean reads the word: 0 none, 8 ㄹ, anything else another."""
    word = _bare(word)
    if not word:
        return 0
    last = word[-1]
    if "가" <= last <= "힣":
        return (ord(last) - 0xAC00) % 28
    if last in _SYMBOL_FINAL:
        return _SYMBOL_FINAL[last]
    if last in _DIGIT:
        return _number_final(word)
    if last.isascii() and last.isalpha():
        token = re.search(r"[A-Za-z]+$", word)
        letters = token.group() if token else last
        if letters.isupper() or len(letters) == 1:
            return _LETTER_FINAL.get(letters[-1].lower(), 0)
        if _ENGLISH_FINAL.search(letters.lower()):
            return 8 if letters.lower().endswith(("l", "le")) else 1
    return 0


def _bare(word: str) -> str:
    """The word without trailing brackets, quotes and marks."""
    previous = None
    while previous != word and len(word) > 1:
        previous, word = word, _TAIL.sub("", word) or word
    return word


_ORGANISATION = re.compile(
    r"(?:사|센터|점|팀|부|실|본부|회사|업체|기관|은행|병원|매장|가게|공장|창구|데스크|채널|PG|시스템)$"
)
"""Words for a company, place or unit, which take 에 where a person takes 에게; 의사, 기사 and their like are people."""


_PERSON = re.compile(r"(?:의사|기사|강사|간호사|수의사|약사|상담사|정비사|조리사|판사|천사|세무사|회계사)$")


def _number_final(word: str) -> int:
    """The final of a number's reading: 10 is 십, 100 백, 1,000 천, 10,000 만, 100,000,000 억."""
    match = re.search(r"\d[\d,]*(?:\.\d+)?$", word)
    digits = match.group().replace(",", "") if match else word[-1]
    if "." in digits or not digits.endswith("0") or set(digits) == {"0"}:
        return 21 if set(digits) == {"0"} else _DIGIT[digits[-1]]  # 0 reads 영
    zeros = len(digits) - len(digits.rstrip("0"))
    return 17 if zeros == 1 else 1 if zeros == 2 else 4 if zeros < 8 else 1


def josa(word: str, pair: str) -> str:
    """The word with the particle that fits it; `pair` is one of 이/가, 을/를, 은/는, 과/와, 으로/로 and their like."""
    if pair == "에게/에":
        return word + ("에" if _ORGANISATION.search(_bare(word)) and not _PERSON.search(_bare(word)) else "에게")
    with_final, without = _PARTICLES[pair]
    final = final_of(word)
    if pair == "으로/로" and final == 8:
        return word + without
    return word + (with_final if final else without)


_TWICE = re.compile(r"\b(on|at|the|every|each|by) \1\b")
"""A small word that both a template and the value of its slot bring."""
_OPTIONAL = re.compile(r"\[\[(.*?)\]\]", re.S)
_START = re.compile(r"\{~([^{}]*)\}")


class MissingSlotError(KeyError):
    """A template names a slot that has no value."""


def slots_of(template: str) -> tuple[tuple[str, bool], ...]:
    """The slots a template names, each with whether it may be missing (stands inside `[[ ]]`)."""
    found: list[tuple[str, bool]] = []
    for part, optional in _parts(template):
        bare = _START.sub("", part)
        for _, name, _, _ in Formatter().parse(bare):
            if name:
                slot, starting, _ = name.partition("~")
                found.append((slot, optional or bool(starting)))
    return tuple(found)


def fill(template: str, slots: Mapping[str, str]) -> str:
    """The template with its slots filled. Raises MissingSlotError for a slot outside `[[ ]]` without a value."""
    out: list[str] = []
    for part, optional in _parts(template):
        try:
            out.append(_fill(part, slots))
        except MissingSlotError:
            if not optional:
                raise
    return _TWICE.sub(r"\1", re.sub(r"[ \t]{2,}", " ", "".join(out))).strip()


def _parts(template: str) -> list[tuple[str, bool]]:
    pieces = _OPTIONAL.split(template)
    return [(piece, index % 2 == 1) for index, piece in enumerate(pieces) if piece]


def _fill(part: str, slots: Mapping[str, str]) -> str:
    part = _START.sub(_started, part)
    out: list[str] = []
    for literal, name, spec, _ in Formatter().parse(part):
        out.append(literal)
        if not name:
            continue
        name, spec = _clock_time(name, spec or "")
        slot, _, starting = name.partition("~")
        value = slots.get(slot) or (starting and starting + STARTING)
        if not value:
            raise MissingSlotError(slot)
        if _ARTICLE.search(literal) and _VOWEL.match(value):
            out[-1] = literal[:-1] + "n "  # `a {case}`: an order
        out.append(josa(value, spec) if spec else value)
    return "".join(out)


_ARTICLE = re.compile(r"(?:^|[\s(“‘])[aA] $")
_VOWEL = re.compile(r"(?!uni|use|usu|eu|one\b|once\b)[aeiou]", re.I)


def _started(match: re.Match[str]) -> str:
    """A starting value in words; `{~3건:을/를}` takes its particle after the mark."""
    value, _, particle = match[1].rpartition(":")
    if value and (particle in _PARTICLES or particle == "에게/에"):
        return josa(value + STARTING, particle)
    return match[1] + STARTING


def _clock_time(name: str, spec: str) -> tuple[str, str]:
    """The slot and its particle: in `{q.by~12:00:까지}` the first colon belongs to the starting value, not to the format."""
    if "~" in name and spec[:1].isdigit():
        minutes, _, particle = spec.partition(":")
        return f"{name}:{minutes}", particle
    return name, spec


_LENGTH = re.compile(
    r"(?:for |in |within )?\d+(?:\.\d+)?\s*-?\s*(?:초|분|시간|일|seconds?|minutes?|mins?|hours?|days?)(?:\s*(?:간|동안|안에|이내))?",
    re.I,
)
"""A time limit inside a name, which stands beside it anyway."""
_CLAUSE: Mapping[Lang, re.Pattern[str]] = {
    "ko": re.compile(
        r"(?:[은는이가을를]|에서|으로|에게|께서)\s+\S+(?:다|요|고|며|면|서|해|어|아|여|니다)$|(?:다|요|니다|하고|하며|하면|해서|받는다|준다)$"
        r"|^\S+(?:이|가|은|는)\s|(?:으로|에서|로도|에도|\s시|가능|\s후|\s전)$"
    ),
    "en": re.compile(
        r"^(?:the|an?|our|we|they|he|she|it|you)\b.*\s\S+s\b|\b(?:is|are|was|were|has|have|will|can|may|must)\b|[.;:]"
        r"|^\S+(?:\s\S+)?\s(?:approve|send|turn|hand|take|pay|call|check|type|put|return|receive|collect|bring|confirm|choose|reserve|book)s?\s"
        r"|^\S+s\s(?:to|the|an?)\s",
        re.I,
    ),
}


def noun_phrase(words: str, lang: Lang, *, timed: bool = False) -> str:
    """The words when they are short and name a thing, else nothing: a clause reads badly inside another sentence.

    With `timed`, a length of time is left out, since it stands beside the name anyway.
    """
    name = " ".join(_LENGTH.sub(" ", words).split()) if timed else words
    return name if not _CLAUSE[lang].search(name) and len(name) <= (22 if lang == "ko" else 32) else ""


def fault_words(number: int, lang: Lang) -> str:
    """How many faults a story takes: `장애 1건`, `1 fault`."""
    return f"장애 {number}건" if lang == "ko" else f"{number} fault" + ("" if number == 1 else "s")


def singular(name: str, lang: Lang) -> str:
    """One of the things that the name counts: `stalls` → `stall`."""
    return name[:-1] if lang == "en" and name.endswith("s") and not name.endswith(("ss", "us")) else name


def sentence(text: str, lang: Lang) -> str:
    """The text as a sentence begins: an English one with a capital."""
    return text[:1].upper() + text[1:] if lang == "en" else text


def pick(lang: Lang, ko: str, en: str) -> str:
    """The text in the language of the document."""
    return ko if lang == "ko" else en


def detect(text: str) -> Lang:
    """Korean when at least one letter in ten is Hangul, else English."""
    hangul = sum("가" <= c <= "힣" for c in text)
    latin = sum(c.isascii() and c.isalpha() for c in text)
    return "ko" if hangul * 9 >= latin and hangul else "en"
