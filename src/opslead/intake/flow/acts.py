"""What happens in a piece of text: the step words that stand for an act, told from the same words as mere nouns.

`acts` reads running text. An act counts as sure when its word is used as a verb, or is an event noun that something is said
of (`after approval`, `payment turns the request into …`, `환불은 점주가 처리`). `phrase_acts` reads an item of a chain, a list or
a table, where the words name the step and need no verb. Words that are negated, fail, or are left for later give no act.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import cache

from opslead.intake import lexicon
from opslead.intake.flow.verbs import english_sure, korean_sure

_HANGUL = re.compile(r"[가-힣]")
_PARENTHESIS = re.compile(r"\([^()]*\)|（[^（）]*）|\[[^\[\]]*\]")
_CONNECTOR = re.compile(
    r"\s+(?:and then|and|then|plus|or|및|그리고|또는|혹은)\s+|\s*(?:,(?!\d)|;|\+|&| - |/|·)\s*"
    r"|(?<=[가-힣])(?:하고|하면|하여|해서|받고|되면|되고|하며)\s+|(?<=[가-힣])\s+(?:후에?|뒤에?|완료 후|다음)\s+|\s+(?:after|before|once|when|upon)\s+",
    re.I,
)
_ALTERNATIVE = frozenset({"/", "or", "또는", "혹은"})
_BACKWARD = frozenset({"after", "once", "when", "upon"})  # what follows these words comes first
_NOT_BEFORE = re.compile(
    r"(?:\b(?:not|never|no|without|cannot|neither|nor|avoid|prevents?|prevented|before any|instead of|un|non)\b|n't|n’t)"
    r"[\s\-]*(?:\w+\s+){0,2}$",
    re.I,
)
_NOT_AFTER = re.compile(
    r"^[가-힣]{0,3}\s?(?:지\s?(?:않|못|말)|하지\s?(?:않|못)|을?\s?수\s?없|할\s?수\s?없|될\s?수\s?없|받을\s?수\s?없|이?\s?불가|이?\s?없음|이?\s?없이|이?\s?없다|이?\s?없습|이?\s?없는|이?\s?금지|\s?안\s?(?:되|됨|함|한)|은?\s?없)"
    r"|^\s?(?:대기(?!열|자)|수단|실패|오류|누락|불일치|지연|가능|여부|사유|정책|규정|전까지|이전)"
)
_FAILS_AFTER = re.compile(
    r"^[\w'’]*\s+(?:(?:is|was|are|has|have)\s+)?(?:not|never|fails?|failed|failure|missing|declined|errors?|attempts?|was lost)\b",
    re.I,
)
_PAST_USE = re.compile(r"^(?:이|가)?\s?끝난\s(?:것|건|분|수업|예약|주문)")  # `지난주 수업 끝난 것들`: what is settled
_BY_THEN = re.compile(r"^(?:되면|하면|돼서|되자)(?=[\s,])")
_OBJECT_KO = re.compile(r"^(?:을|를)\s?$")
_BARE_START = re.compile(
    r"^(?:(?:the|an?|your|new|online|[a-z]*(?:er|or|st|nt|ee|an|ff|in))\s?){0,2}$", re.I
)  # nothing, or who
_ARRIVES = re.compile(r"arriv(?:e|es|ed|ing)\b", re.I)
_GOODS = re.compile(
    r"\b(?:parcels?|packages?|goods|shipments?|deliver(?:y|ies)|consignments?|pallets?|boxes|items?|parts|samples?|returns?)"
    r"\s+(?:\w+ly\s+|often\s+|can\s+|may\s+|has\s+|have\s+)*$",
    re.I,
)
_DATA_KEPT = re.compile(r"(?:기록|사진|정보|영상|서류|로그|내역|자료|녹취)[은는을를도]?\s[^,.]{0,12}(?:동안|간)\s*$")
_SUM_NEXT = re.compile(r"\s+(?:[$€£₩]\s?)?\d")
_SOMEBODY = re.compile(r"\b(?:they|he|she|we|i|you|who|one|each|everyone|everybody|anyone|people)\b", re.I)
_IS = re.compile(r"\b(?:is|are|gets?)$", re.I)
_TAILS = frozenset({"request", "complete", "confirm", "start", "charge"})  # weak words that only close a compound
_OF_AN_ACT = frozenset(
    ["request", "approve", "review", "cancel", "claim", "reject", "record", "notify", "confirm", "verify"]
)
_VERBAL_END = re.compile(r"(?:적|주|준|보|본|고|며|면|다|는|내|받|간|가|쓰|해)$")
_ASKED = re.compile(r"^[가-힣]{0,2}\s?달라")
_LATER = re.compile(
    r"\(?\b(?:future (?:feature|work|release|version|phase)|coming soon|not yet|out of scope|later (?:phase|version|release))\b"
    r"|추후|향후 (?:제공|지원|추가|구현|도입|개발|확장)|후속 (?:phase|단계|버전|개발)|미지원|지원하지 않|구현하지 않|포함하지 않|고려하지 않|미포함|범위 외|범위 밖|2차 개발|도입 예정|추가 예정|지원 예정|개발 예정",
    re.I,
)


@dataclass(frozen=True, order=True)
class Act:
    """A step word at `text[start:end]`. `weak` words say little alone; `sure` ones are used as acts."""

    start: int
    end: int
    kind: str
    word: str
    weak: bool = False
    sure: bool = True


@cache
def _marked(key: str) -> frozenset[str]:
    """The words of a mark with their inflections, without spaces and capitals."""
    listed = lexicon.words("step_marks").get(key, ())
    forms = set()
    for word in listed:
        if _HANGUL.search(word):
            forms.add(_bare(word))
            continue
        first, _, rest = word.partition(" ")
        forms |= {_bare(f"{form} {rest}") for form in lexicon.inflections(first)}
    return frozenset(forms)


def _bare(word: str) -> str:
    return re.sub(r"[\s\-]+", "", word).lower()


def is_later(text: str) -> bool:
    """Whether a sentence speaks of what is left for later or left out."""
    return bool(_LATER.search(text))


def chooses(text: str) -> bool:
    """Whether the words only look, search or choose."""
    return bool(lexicon.find(text, "choices"))


def found(text: str) -> tuple[Act, ...]:
    """Every step word that is not negated, in order; `sure` is not decided."""
    weak = _marked("weak")
    return tuple(
        Act(hit.start, hit.end, _kind(text, hit), hit.word, _bare(hit.word) in weak, sure=False)
        for hit in lexicon.find(text, "steps")
        if not _denied(text, hit.start, hit.end) and not _tariff(text, hit) and not _no_goods(text, hit)
    )


def _kind(text: str, hit: lexicon.Hit) -> str:
    """The kind of the word where it stands: `바꿔 달라고 하면` asks for the act, and parcels that arrive are received."""
    if _ASKED.match(text[hit.end : hit.end + 8]):
        return "claim" if hit.key in ("refund", "compensate", "repair") else "request"
    goods = hit.key == "check_in" and _ARRIVES.match(hit.word) and _GOODS.search(_clause_before(text, hit.start))
    return "receive" if goods else hit.key


def _tariff(text: str, hit: lexicon.Hit) -> bool:
    """`Weekend on-call pays 140 EUR` states a rate; only somebody's paying is an act."""
    if hit.key != "charge" or hit.word.lower() not in ("pay", "pays") or not _SUM_NEXT.match(text[hit.end :]):
        return False
    before = _clause_before(text, hit.start)
    return bool(before.strip()) and not _SOMEBODY.search(before) and not lexicon.find(before, "roles")


def _no_goods(text: str, hit: lexicon.Hit) -> bool:
    """`청소 차량은 무료로 보낸다` lets somebody pass, `사진과 기록은 1년 동안 보관한다` keeps data: neither moves a thing."""
    before = text[: hit.start]
    return (hit.key == "ship" and before.endswith("무료")) or (hit.key == "store" and bool(_DATA_KEPT.search(before)))


def _denied(text: str, start: int, end: int) -> bool:
    after = text[end : end + 24]
    if _NOT_AFTER.match(after) or _FAILS_AFTER.match(after) or _PAST_USE.match(after):
        return True
    if text[start:end].endswith("마감") and _BY_THEN.match(after):
        return True  # `마감되면 집계해서`: when, not what
    return bool(_NOT_BEFORE.search(_clause_before(text, start)))


def _clause_before(text: str, start: int) -> str:
    return re.split(r"[,;:()]", text[max(0, start - 32) : start])[-1]


_SELDOM = re.compile(
    r"(?:1|일|한)\s*년에|(?<![가-힣])연\s*\d+\s*회|매년|해마다|분기(?:마다|에)|반기|\b(?:once|twice) a year\b|\byearly\b|\bannual(?:ly)?\b"
    r"|\bevery (?:year|quarter|six months)\b|\bquarterly\b",
    re.I,
)
_UPKEEP = frozenset({"inspect", "clean", "repair", "count", "verify"})


def acts(text: str) -> tuple[Act, ...]:
    """The acts of running text, in order, sure and unsure. Nothing from what is left for later, no upkeep of the premises:
    a boiler looked at once a year is no step of a customer's case."""
    if is_later(text):
        return ()
    seldom = bool(_SELDOM.search(text))
    hits = [act for act in found(text) if not (seldom and act.kind in _UPKEEP)]
    result: list[Act] = []
    before: Act | None = None
    for index, act in enumerate(hits):
        following = hits[index + 1] if index + 1 < len(hits) else None
        sure = _sure(text, act) and not _modifies(text, act, following)
        result.append(replace(act, kind=_themed(text, before, act), sure=sure))
        before = act
    return tuple(result)


def _themed(text: str, before: Act | None, act: Act) -> str:
    """The kind of an act with its object: `환불을 요청` is a claim, `취소를 요청` a cancellation."""
    if before is None or act.kind != "request" or not _OBJECT_KO.match(text[before.end : act.start]):
        return act.kind
    return {"refund": "claim", "compensate": "claim", "cancel": "cancel", "return": "return"}.get(before.kind, act.kind)


def _sure(text: str, act: Act) -> bool:
    if _HANGUL.search(act.word):
        return korean_sure(text, act.start, act.end)
    return english_sure(text, act.start, act.end, act.weak)


def _modifies(text: str, act: Act, following: Act | None) -> bool:
    """In a Korean compound the first noun only says what the second is about: `환불 승인` approves."""
    if following is None or not _HANGUL.search(act.word):
        return False
    between = text[act.end : following.start]
    if _OBJECT_KO.match(between):
        return following.kind in _OF_AN_ACT
    return following.start - act.end <= 1 and not between.strip() and not _VERBAL_END.search(act.word)


def phrase_acts(text: str) -> tuple[Act, ...]:
    """The acts that an item names, in order: one for each part that `and`, `후`, `및` join; of alternatives the first.

    What stands in brackets only explains and is asked only when the item has no other step word.
    """
    if is_later(text):
        return ()
    plain = _PARENTHESIS.sub(lambda m: " " * len(m.group()), text)
    result: list[Act] = []
    position, joint = 0, ""
    for match in [*_CONNECTOR.finditer(plain), None]:
        end = match.start() if match else len(plain)
        act = _main(plain[position:end], position)
        if act and act.word.endswith("마감") and match and match.group().strip() in ("되면", "하면"):
            act = None
        if act and not (joint in _ALTERNATIVE and result) and (not result or result[-1].kind != act.kind):
            result.insert(len(result) - (joint in _BACKWARD and bool(result)), act)
        if match:
            joint, position = match.group().strip().lower(), match.end()
    if len(result) > 1 and any(not act.weak for act in result):
        result = [act for act in result if not (act.weak and act.kind in _TAILS - {"confirm"})]
    for bracket in _PARENTHESIS.finditer(text) if result else ():
        held = _main(bracket.group(), bracket.start())
        if held and held.kind == "hold" and all(act.kind != "hold" for act in result):
            result.append(held)  # `reserves a tool (held for 24 hours)`
    if result or not plain.strip():
        return tuple(result)
    inner = _main(text, 0)
    return (inner,) if inner and not inner.weak else ()


def _says_it(part: str, act: Act) -> bool:
    """Whether a weak English word is what its part says: it begins it, follows who does it, or is its passive."""
    before = part[: act.start].strip()
    who = lexicon.find(before, "roles")
    by_them = bool(who) and who[0].start <= 4 and who[-1].end == len(before)
    passive = act.word.lower().endswith("ed") and _IS.search(before) is not None
    return bool(_BARE_START.match(before)) or by_them or passive


def _main(part: str, offset: int) -> Act | None:
    """The act a phrase is about. In Korean the last word decides, in English the verb that begins it, else the last."""
    hits = found(part)
    if not hits:
        return None
    strong = [hit for hit in hits if not hit.weak]
    if not strong and any(c.start > hits[-1].start for c in lexicon.find(part, "choices")):
        return None
    if not strong and not _HANGUL.search(hits[0].word) and not _says_it(part, hits[0]):
        return None  # `update booking records`: the verb is none of the steps
    pool = strong or list(hits)
    if _HANGUL.search(hits[-1].word) and hits[-1].kind not in _TAILS:
        pool = list(hits)  # `예약 확정 알림` notifies
    first = pool[0]
    begins = not _HANGUL.search(first.word) and english_sure(part, first.start, first.end)
    chosen = first if begins else pool[-1]
    return Act(chosen.start + offset, chosen.end + offset, chosen.kind, chosen.word, chosen.weak, True)
