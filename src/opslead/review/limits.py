"""Limits as a document states them: of what, in which direction, how much."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from opslead.intake.amounts.phrases import clause_at
from opslead.review.amounts import Amount, amounts
from opslead.review.matter import Passage

Direction = str
"""max, min or is: a limit from above, from below, or a value that simply holds (`선점 10분`)."""


@dataclass(frozen=True)
class Limit:
    """`subject` are the words of what is limited, stripped of particles and of words that any limit has; `names` those of them that
    name a limit or a time (`한도`, `TTL`). `scope`: words that narrow it (a class of days, a shift, a channel, a role).
    """

    subject: frozenset[str]
    scope: frozenset[str]
    direction: Direction
    amount: Amount
    passage: Passage
    named: frozenset[str] = frozenset()
    """The words of the limit's own name where the amount stands right beside it: `단독 보상 한도 20만원`, `a refund limit of 25 EUR`."""


_FIELDS = frozenset(("scope", "trigger", "enforcement_points", "runbook", "exceptions", "intent"))
_NAMES = r"한도|상한|하한|기한|유예|선점|보관|전결|홀드|쿨다운|격리|TTL|limit|cap\b|ceiling|deadline|hold(?:s|ing)?\b|time-?out|grace|quarantine|window|buffer|gap\b|retention"
_NAMED = re.compile(_NAMES, re.I)
_CHANGE = re.compile(
    r"올린|올려|높인|늘린|늘려|낮춘|낮추|줄인|줄여|완화|강화|바꾼|바꾸|연장|더\s|추가|절반|해제|→|raise|lower|extend|cut to|drops? to|reduced|increase|shorten|loosen|tighten|relax|instead of|from \d|one more|another|additional|extra",
    re.I,
)
"""Words of a value that changes: it does not contradict the one before."""
_SCOPE = re.compile(
    r"(?<![A-Za-z])(?-i:[SAB])(?=\s?날짜|는\s|·[SAB])|낮|밤|야간|주간|평일|주말|성수기|비수기|오픈|첫|신규|단체|법인|현장|네이버|앱|웹|전화|카드|가상계좌|당직|관리인|책임자|재무|고객센터|CS"
    r"|단독|혼자|승인|두 사람|이상|초과|예외|안전|하루|일일|월|주당|건당|누적"
    r"|\b(?:day|night|weekend|weekday|holiday|peak|fleet|private|walk-?up|new|first|second|third|motorway|site|stranded|safety|without|evidence|approval|alone|each|per"
    r"|manager|agent|finance|desk|centre|center|driver|account|card|region|online|phone)\b",
    re.I,
)
_TOKEN = re.compile(r"[A-Za-z][A-Za-z'-]*|[가-힣]+")
_KO_TAIL = re.compile(
    r"(?:에게는|에서는|으로는|까지는|에게|에서|으로|까지|부터|은|는|이|가|을|를|에|의|로|과|와|도|만)$"
)
_EMPTY = frozenset(
    [
        "최대",
        "최소",
        "약",
        "안",
        "이내",
        "이상",
        "이하",
        "초과",
        "미만",
        "동안",
        "시간",
        "분",
        "수",
        "건",
        "개",
        "것",
        "때",
        "뒤",
        "전",
        "후",
        "및",
        "또는",
        "그",
        "이",
        "한",
        "번",
        "간",
        "넘으면",
        "넘는",
        "넘지",
        "안에",
        "시작부터",
        "보장",
        "자동",
        "뒤에",
        "만",
        "하면",
        "되면",
        "the",
        "a",
        "an",
        "of",
        "is",
        "are",
        "be",
        "by",
        "to",
        "for",
        "at",
        "in",
        "on",
        "and",
        "or",
        "with",
        "after",
        "before",
        "within",
        "up",
        "most",
        "least",
        "no",
        "more",
        "than",
        "less",
        "over",
        "under",
        "above",
        "below",
        "about",
        "not",
        "only",
        "its",
        "it",
        "this",
        "that",
        "may",
        "can",
        "must",
        "will",
        "when",
        "if",
        "from",
        "until",
        "then",
        "per",
        "each",
        "any",
        "all",
        "one",
        "minutes",
        "minute",
        "hours",
        "hour",
        "days",
        "day",
        "seconds",
    ]
)


def limits(passage: Passage) -> Iterator[Limit]:
    """The limits that a passage sets: amounts of time, money or share whose clause names what they limit."""
    if passage.field not in _FIELDS:
        return
    for amount in amounts(passage.text):
        if amount.dimension in ("time", "day", "factor", "count") or amount.low != amount.value or not amount.value:
            continue
        clause = clause_at(passage.text, amount.start, amount.end)
        around = f"{clause.outer} {clause.before} {clause.after}"
        if not _NAMED.search(f"{clause.outer} {clause.before} {clause.after[:24]}") or _CHANGE.search(around):
            continue
        if len([a for a in amounts(passage.text[clause.start : clause.end]) if a.dimension == amount.dimension]) > 1:
            continue  # two values in one clause: which is of what cannot be told
        narrowing = (
            around if around.isascii() else f"{clause.outer} {clause.before}"
        )  # Korean narrows before the amount
        scope = frozenset(match.group().lower() for match in _SCOPE.finditer(narrowing))
        direction = amount.measure.bound or "is"
        yield Limit(_words(around), scope, direction, amount, passage, _name_beside(passage.text, amount))


_BEFORE = (
    re.compile(
        rf"(?P<name>(?:[가-힣A-Za-z]+\s){{0,3}}(?:{_NAMES})(?:\s?(?:시간|기간|금액))?)(?:은|는|이|가|을|를|의)?\s?(?:최대\s|약\s)?$",
        re.I,
    ),
    re.compile(
        rf"(?P<name>(?:[A-Za-z-]+\s){{0,3}}(?:{_NAMES}))\s?(?:time\s|period\s)?(?:(?:of|is|lasts?|:|at)\s?)?(?:up to |at most )?$",
        re.I,
    ),
)
_BEHIND = re.compile(rf"[\s-]?(?:동안\s|간\s|의\s)?(?P<name>(?:[가-힣A-Za-z]+\s)?(?:{_NAMES}))", re.I)


def _name_beside(text: str, amount: Amount) -> frozenset[str]:
    """The words of a limit's name right before or behind the amount; empty where there is none."""
    before = text[max(0, amount.start - 48) : amount.start]
    before = re.split(r"[.,;:()]\s?", before)[-1]
    match = next((m for pattern in _BEFORE if (m := pattern.search(before))), None) or _BEHIND.match(text, amount.end)
    return _words(match["name"]) if match else frozenset()


_PLAIN_FIELDS = frozenset(("trigger", "scope", "intent"))
"""Where a limit without a qualifier (`선점 10분`) is the service's own, and not one that the runbook makes for its purpose."""


def _words(text: str) -> frozenset[str]:
    found = set()
    for token in _TOKEN.findall(text):
        word = token.lower()
        if not word.isascii() and len(word) > 2:
            word = _KO_TAIL.sub("", word)
        elif word.isascii() and word.endswith("s") and len(word) > 3:
            word = word[:-1]
        if word not in _EMPTY and len(word) > 1:
            found.add(word)
    return frozenset(found)


def same_thing(one: Limit, other: Limit) -> bool:
    """Whether both limit the same thing from the same side, in the same scope: most of their words are shared, a named limit among them."""
    if one.amount.dimension != other.amount.dimension or one.scope != other.scope:
        return False
    if one.named and one.named == other.named:  # up to a limit, or beyond it: the same limit
        return len(one.named) > 1 or {one.passage.field, other.passage.field} <= _PLAIN_FIELDS
    if {one.direction, other.direction} == {"max", "min"}:
        return False
    shared = one.subject & other.subject
    smaller = min(len(one.subject), len(other.subject))
    larger = max(len(one.subject), len(other.subject))
    named = any(_NAMED.search(word) for word in shared)
    return named and len(shared) >= 2 and len(shared) >= 0.75 * smaller and len(shared) >= 0.5 * larger
