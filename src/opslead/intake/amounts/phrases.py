"""What a number in running text describes: the clause it stands in and the noun phrase around it.

`clause_at` cuts the clause out of a passage (delimiters, brackets), `phrase` joins the words on both sides of an amount to
a short noun phrase: `가상계좌는 [12시간] 안에 입금해야 한다` gives `가상계좌 입금`. Endings and particles are taken off by their
spelling; there is no morphological analyser.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

_REACH = 220  # how far a clause may stretch to one side
_OPEN, _CLOSE = "([（［", ")]）］"
_BREAK = re.compile(r",(?!\d)|[;|•→⇒。]|\s[·/]\s|[.!?](?=\s|$)|:(?=\s)|\s[-–—]\s|->|=>")


@dataclass(frozen=True)
class Clause:
    """The words before and after an amount in its clause; `outer` stands before the bracket that holds the amount."""

    before: str
    after: str
    outer: str
    start: int
    end: int


def clause_at(text: str, start: int, end: int) -> Clause:
    """The clause around `text[start:end]`. `start` and `end` of the result bound it in the text, with its bracket."""
    left, opened = _left(text, start)
    right = _right(text, end)
    outer_start = _left(text, opened)[0] if opened is not None else left
    outer = text[outer_start:opened] if opened is not None else ""
    finish = right
    if opened is not None:
        while finish < len(text) and finish - end < _REACH and text[finish] not in _CLOSE:
            finish += 1
        finish = min(finish + 1, len(text))
    return Clause(_unbracketed(text[left:start]), text[end:right], _unbracketed(outer), outer_start, finish)


def _left(text: str, position: int) -> tuple[int, int | None]:
    """Where the clause begins, and the bracket that opens it if one does."""
    depth, limit = 0, max(0, position - _REACH)
    index = position - 1
    breaks = {m.end() for m in _BREAK.finditer(text, limit, position)}
    while index >= limit:
        if text[index] in _CLOSE:
            depth += 1
        elif text[index] in _OPEN:
            if not depth:
                return index + 1, index
            depth -= 1
        if not depth and index + 1 in breaks:
            return index + 1, _enclosing(text, index, limit)
        index -= 1
    return index + 1, None


def _enclosing(text: str, index: int, limit: int) -> int | None:
    """The bracket around `index` that opens after `limit` and is still open there."""
    depth = 0
    while index >= limit:
        if text[index] in _CLOSE:
            depth += 1
        elif text[index] in _OPEN:
            if not depth:
                return index
            depth -= 1
        index -= 1
    return None


def _right(text: str, position: int) -> int:
    depth, limit = 0, min(len(text), position + _REACH)
    breaks = {m.start() for m in _BREAK.finditer(text, position, limit)}
    for index in range(position, limit):
        if text[index] in _OPEN:
            depth += 1
        elif text[index] in _CLOSE:
            if not depth:
                return index
            depth -= 1
        if not depth and index in breaks:
            return index
    return limit


def _unbracketed(text: str) -> str:
    return re.sub(r"[(（\[][^()（）\[\]]*[)）\]]", " ", text)


_MODIFIERS = (
    r"최대|최소한?|최고|최저|상한|하한|평균|약|대략|보통|총|각각?|매|단|이내|안에|내에|내|까지|전까지|이전|전에|전|이후|후에|후|뒤|마다|간격(?:으로)?"
    r"|이상|이하|미만|초과(?!\s시)|정도|부터|동안|간|씩|기준|기본|현재|목표|가능|수준|여|당"
)
_LEADING_KO = re.compile(
    rf"^(?:(?:{_MODIFIERS})(?:은|는|이|가|을|를|에|의|로|으로|만|도|까지|부터)?(?=\s|$|[,.)])|만|의|에|은|는|이|가|을|를|로|으로|과|와|도|짜리)"
    r"(?=\s|$)\s*|^(?:이내|안에?|내에?|까지|전까지|이전까지|동안|마다|간격으로|간|씩|이상|이하|미만|초과|전|후|뒤|정도|부터|까지입니다|까지이다|까지이며|이고|이며"
    r"|이다|입니다|이에요|인데|이라|짜리|인)(?:에|은|는|의|만|로|가|을|이)?(?=\s|$)\s*"
)
_TRAILING_KO = re.compile(rf"(?:^|\s)(?:{_MODIFIERS})\s*$")
_PREDICATE = re.compile(
    r"(?:^|\s)(?:한다|합니다|된다|됩니다|있다|있습니다|있어요|없다|없습니다|없어요|수|것|해요|돼요|이다|입니다|가능합니다|가능하다|가능|않는다|않습니다"
    r"|받는다|받습니다|준다|줍니다|둔다|한|할|해야|되어야|있는|없는|등|및|또는)\s*$"
)
_ENDING = re.compile(
    r"(?<=[가-힣]{2})(?:해야|하여야|하여|하면|하고|하며|하는|한다|합니다|해서|했다|하도록|하기|할|한|함|됨|된|되면|되고|되어|되며|되는|된다|됩니다|돼야|되어야"
    r"|하지|되지|시|이며|이고|이다|입니다|이에요|예요|해요|돼요|받는다|받습니다|받으며|받고|하시면|하거나|되거나|한다면|하다|되다|하세요)$"
)
_WHOLE = re.compile(
    r"(?:권한|제한|기한|역할|분할|시한|즉시|다시|표시|당시|임시|수시|상시|공시|전시|게시|도시|주택시|평가|휴가|추가|증가|단가|경로|회의|온도|한도|속도|빈도|별도|정도"
    r"|제도|주의|거의|결과|효과|초과|경과|통과|도로|차로|진료|요가|정가|원가|시가|문의|동의|합의|협의|심의|건의|대기자수|난이도|만족도|정확도|신뢰도|선호도|완성도|중요도|참가|국가|작가"
    r"|이용료로|선로|비용이|편도|왕복|나이|차이|사이|길이|높이|깊이|넓이|제품이|페이|메이|세이|아이|종이|놀이|돌봄이|매도|지도|태도|강도|밀도|용도|각도|의도|시도|년도|유도"
    r"|인도|반도|수도|선도|양도)$"
)
_PARTICLE = re.compile(
    r"(?<=[가-힣A-Za-z0-9)\]])(?:에서는|으로는|에게는|까지는|부터는|에서|에게|으로|까지|부터|께서|보다|마다|은|는|을|를|에|의|이|가|로|과|와|도|만|당)$"
)
_ENGLISH_EDGE = frozenset(
    [
        "a",
        "an",
        "the",
        "of",
        "in",
        "on",
        "at",
        "to",
        "for",
        "from",
        "by",
        "with",
        "and",
        "or",
        "is",
        "are",
        "was",
        "were",
        "be",
        "been",
        "being",
        "must",
        "may",
        "can",
        "will",
        "would",
        "should",
        "shall",
        "have",
        "has",
        "had",
        "that",
        "which",
        "who",
        "whom",
        "than",
        "then",
        "as",
        "into",
        "over",
        "under",
        "until",
        "during",
        "per",
        "about",
        "around",
        "approximately",
        "up",
        "least",
        "most",
        "more",
        "less",
        "no",
        "not",
        "only",
        "max",
        "min",
        "maximum",
        "minimum",
        "within",
        "after",
        "before",
        "every",
        "each",
        "its",
        "it",
        "this",
        "these",
        "those",
        "their",
        "his",
        "her",
        "our",
        "your",
        "if",
        "when",
        "while",
        "where",
        "so",
        "but",
        "also",
        "just",
        "exactly",
        "limit",
        "limited",
        "average",
        "target",
        "usually",
        "typically",
        "under",
        "between",
        "last",
        "next",
        "if",
        "run",
        "runs",
        "operate",
        "operates",
        "whether",
        "we",
        "they",
        "you",
        "he",
        "she",
        "i",
        "there",
        "within",
        "plus",
        "each",
        "any",
        "all",
        "via",
    ]
)
_KEEP_INSIDE = 6


_SIGNS = re.compile(r"[\"“”‘`*<>≤≥=~+×#]|(?<![A-Za-z])['’]|['’](?![A-Za-z])|^\W+")
_EACH = re.compile(r"(?<!\S)(?:\d{0,3}\s?)(?:회|건|인|개|박|시간|분|초|km|대|지점|매장|주문|일)당(?!\S)")
_DANGLING = re.compile(r"\b(?:of|for|at|to|by|within|after|in) (?=(?:is|are|was|were|and|of|per)\b)")
_FIGURES = re.compile(r"(?<!\S)[$€£₩]?\d[\d,.]*%?(?!\S)")
_CONNECTIVE = re.compile(
    r"[가-힣](?:하고|하며|하여|해서|되고|되며|되어|면서|지만|는데|으며|으면|하면|되면|다가|니까|므로|려고|도록)$"
)


def _near_tail(tokens: list[str]) -> list[str]:
    """The last words before an amount, back to a verb that closes an earlier part of the sentence."""
    for index in range(len(tokens) - 1, -1, -1):
        if _CONNECTIVE.search(tokens[index]):
            tokens = tokens[index + 1 :]
            break
    return tokens[-_KEEP_INSIDE:]


def _near_head(tokens: list[str]) -> list[str]:
    """The first words after an amount, up to the object that a Korean verb follows."""
    for index, token in enumerate(tokens[:_KEEP_INSIDE]):
        if index + 1 < len(tokens) and re.search(r"[가-힣]{2}[을를]$", token):
            return tokens[: index + 1]
        if _CONNECTIVE.search(token):
            return tokens[: index + 1]
    return tokens[:_KEEP_INSIDE]


def noun_phrase(words: str, *, tail: bool) -> str:
    """The noun phrase at the end (`tail`) or the beginning of some words, without particles, endings and bounds."""
    words = _DANGLING.sub("", " ".join(_SIGNS.sub(" ", _FIGURES.sub(" ", _EACH.sub(" ", words))).split())).strip(
        " ,.;:·-–—()[]/&"
    )
    tokens = _near_tail(words.split()) if tail else _near_head(words.split())
    words = _strip_korean(" ".join(tokens))
    tokens = words.split()
    while tokens and tokens[-1].lower().strip(",.") in _ENGLISH_EDGE:
        tokens.pop()
    while tokens and tokens[0].lower().strip(",.") in _ENGLISH_EDGE:
        tokens.pop(0)
    return " ".join(tokens).strip(" ,.;:·-–—/&")


def _strip_korean(words: str) -> str:
    previous = None
    while previous != words:
        previous = words
        words = _TRAILING_KO.sub("", _LEADING_KO.sub("", words)).strip()
        words = _PREDICATE.sub("", words).strip()
    if not words or _WHOLE.search(words):
        return words
    stripped = _ENDING.sub("", words)
    return stripped if stripped != words else _PARTICLE.sub("", words) if len(words.split()[-1]) > 1 else words


def bracket_name(outer: str) -> str:
    """What a bracket explains: the noun right before it, back to the last particle."""
    tokens = outer.split()
    for index in range(len(tokens) - 2, -1, -1):
        if re.search(r"[가-힣A-Za-z](?:은|는|이|가|을|를|에|에서|로|으로|나|와|과|고|며|서)[,]?$", tokens[index]):
            return noun_phrase(" ".join(tokens[index + 1 :]), tail=True)
    return noun_phrase(outer, tail=True)


def joined(before: str, after: str) -> str:
    """The phrase on both sides of an amount that has been taken out."""
    left, right = noun_phrase(before, tail=True), noun_phrase(after, tail=False)
    if left and right and right in left:
        return left
    if left and left.isascii() and right:  # in English the small words between them carry the sense
        middle = " ".join(w for w in re.findall(r"[A-Za-z'-]+", after[: after.find(right)] if right in after else ""))
        last = re.findall(r"[A-Za-z'-]+", before)
        link = (
            last[-1] if last and last[-1].lower() in ("has", "have", "must", "will", "may", "can", "is", "are") else ""
        )
        return " ".join(part for part in (left, link, middle, right) if part)
    return " ".join(part for part in (left, right) if part)
