"""The same thing said twice: how alike two conditions are, by their words and numbers, in Korean and English.

Lexical on purpose: it needs no model of a language, gives the same answer everywhere, and says when it does not know. What lies in its grey
zone is asked of the model, or kept apart.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from opslead.lenses.hole import Evidence, Hole
from opslead.text import Lang

SURE = 0.58
"""From here on the words alone say that it is the same accident: of the labelled pairs none that differs comes so near."""
SURE_HERE = 0.5
"""The same where place and loss are the same too."""
GREY = 0.18
"""From here on it may be the same: asked, or kept apart."""
GREY_HERE = 0.1
"""The same where the loss or the place is the same."""
MOST_ASKED = 30
"""Pairs that are asked in one run."""
MOST_EACH = 3
"""Of those, how many of one proposal."""
MOST_EVIDENCE = 5
"""Pieces of evidence that a hole gathers from those merged into it."""

_WORD = re.compile(r"\d+(?:[.:,]\d+)*|[가-힣]+|[a-z]+(?:'[a-z]+)?", re.I)
_RANGE = re.compile(r"(\d+)(?::00)?\s*(?:~|-|–|to)\s*(\d+)(?::00)?(?![\d:])")
_PARTICLE = re.compile(
    r"(?<=[가-힣]{2})(?:에서는|에서|에게|으로|까지|부터|마다|이나|이라|처럼|보다|하고|하지|해서|한다|된다|하는|되는|하게|이다|은|는|이|가|을|를|의|에|와|과|도|로|만|고|면|다|지|서|며)$"
)
_KO = (
    "있다 없다 있는 없는 있고 없고 않는 않다 않고 않아 적혀 정해져 설명 사람 경우 그것 어느 누가 언제 무엇 어디 때 것 수 그 이 저 등 및 또는 또 한 두 그리고"
    " 손님 고객 예약 모두 하나 되다 하다 아무 아무도 아무것"
)
_EN = (
    "a an the of to in on at by for from with and or not no nothing is are was were be been it its that this which who what when how if as so"
    " than then there their they them he she one while after before may can could would says said say does do did nobody somebody has have had"
    " out up off into over per any all more only even still customer customers"
)
_EMPTY_KO, _EMPTY_EN = frozenset(_KO.split()), frozenset(_EN.split())
_STEM = 5
_NUMBER_WEIGHT, _RANGE_WEIGHT = 1.5, 2.0


def same(a: str, b: str, lang: Lang, rare: Mapping[str, float] | None = None) -> float:
    """0 nothing in common, 1 the same words: the weight of what both say over the weight of what the shorter one says.

    `rare`: what each word is worth among the texts that are compared (`rarity`); without, all are worth the same.
    """
    one, other = _features(a, lang), _features(b, lang)
    worth = rare if rare is not None else {}

    def weight(features: Iterable[tuple[str, float]]) -> float:
        return sum(own * worth.get(feature, 1.0) for feature, own in sorted(features))

    known = {feature for feature, _ in other}
    least = min(weight(one), weight(other))
    return weight(pair for pair in one if pair[0] in known) / least if least else 0.0


def rarity(texts: Iterable[str], lang: Lang) -> Mapping[str, float]:
    """What each word is worth: 1 for one that a single text has, less the more have it (inverse document frequency, Spärck Jones 1972)."""
    every = [{feature for feature, _ in _features(text, lang)} for text in dict.fromkeys(texts)]
    counts: dict[str, int] = {}
    for features in every:
        for feature in features:
            counts[feature] = counts.get(feature, 0) + 1
    whole = math.log(1 + len(every))
    return {feature: math.log(1 + len(every) / count) / whole for feature, count in counts.items()}


@lru_cache(maxsize=4096)
def _features(text: str, lang: Lang) -> frozenset[tuple[str, float]]:
    """Words cut to their stems, Korean ones into pairs of syllables, numbers and ranges of them, each with its weight."""
    found: dict[str, float] = {}
    for word in _WORD.findall(text.lower()):
        if word[0].isdigit():
            found[word.replace(",", "").removesuffix(":00").lstrip("0") or "0"] = _NUMBER_WEIGHT
        elif "가" <= word[0] <= "힣":
            stem = _PARTICLE.sub("", word)
            if stem in _EMPTY_KO or word in _EMPTY_KO:
                continue
            pairs = [stem[i : i + 2] for i in range(len(stem) - 1)] or [stem]
            for pair in pairs:
                found[pair] = 1.0 if len(stem) > 1 else 0.5
        elif word not in _EMPTY_EN:
            found[word[:_STEM]] = 1.0 if lang == "en" else 1.2
    found |= {f"{int(start)}~{int(end)}": _RANGE_WEIGHT for start, end in _RANGE.findall(text)}
    return frozenset(found.items())


@dataclass(frozen=True)
class Doubt:
    """Two holes that may be one accident; `second` stands already or is another proposal.

    `said`: how alike their conditions are. `likeness`: that, or how alike all they say is: the same harm may come of two causes, so this
    alone makes no pair sure.
    """

    first: Hole
    second: Hole
    said: float
    likeness: float


Decide = Callable[[Sequence[Doubt]], frozenset[int]]
"""Given pairs, the places in the sequence of those that are the same accident."""


def apart(doubts: Sequence[Doubt]) -> frozenset[int]:
    """Nobody to ask: what is not sure is kept apart."""
    del doubts
    return frozenset()


@dataclass(frozen=True)
class Merged:
    """`kept` proposals, each once; `told`: those given up, with the id of what says the same."""

    kept: tuple[Hole, ...]
    told: tuple[tuple[Hole, str], ...]


def merge(proposed: Sequence[Hole], standing: Sequence[Hole], lang: Lang, decide: Decide = apart) -> Merged:
    """Every accident once. What stands already is not proposed again; of proposals that say the same the best proven stays.

    It takes over the evidence and questions of the others. The order of what is kept is that of the proposals.
    """
    order = {hole.id: at for at, hole in reversed(list(enumerate(proposed)))}
    pairs = sorted(_pairs(proposed, standing, lang), key=lambda d: (-d.likeness, d.first.id, d.second.id))
    one = {(d.first.id, d.second.id) for d in pairs if _sure(d)}
    doubts = _doubts(pairs)
    one |= (
        {(doubts[at].first.id, doubts[at].second.id) for at in decide(doubts) if 0 <= at < len(doubts)}
        if doubts
        else set()
    )
    known = {hole.id for hole in standing}
    kept: list[Hole] = []
    told: list[tuple[Hole, str]] = []
    for hole in sorted(proposed, key=lambda h: (not h.certain, -h.priority, order[h.id], h.id)):
        ident = next((other for other in _partners(hole.id, one) if other in known), "")
        into = next(
            (at for at, best in enumerate(kept) if best.id == hole.id or best.id in _partners(hole.id, one)), None
        )
        if ident or hole.id in known:
            told.append((hole, ident or hole.id))
        elif into is not None:
            told.append((hole, kept[into].id))
            kept[into] = _with(kept[into], hole)
        else:
            kept.append(hole)
    return Merged(tuple(sorted(kept, key=lambda h: order[h.id])), tuple(told))


def _pairs(proposed: Sequence[Hole], standing: Sequence[Hole], lang: Lang) -> Iterator[Doubt]:
    rare = rarity((_whole(hole) for hole in (*proposed, *standing)), lang)
    for at, hole in enumerate(proposed):
        for other in (*proposed[at + 1 :], *standing):
            if other.id != hole.id:
                said = same(hole.condition, other.condition, lang, rare)
                whole = same(_whole(hole), _whole(other), lang, rare)
                yield Doubt(hole, other, said, max(said, 0.8 * whole))


def _whole(hole: Hole) -> str:
    return f"{hole.condition} {hole.user_impact} {hole.operations_impact}"


def _sure(doubt: Doubt) -> bool:
    here = _same_place(doubt) and doubt.first.loss is doubt.second.loss
    return doubt.said >= (SURE_HERE if here else SURE)


def _doubts(pairs: Sequence[Doubt]) -> list[Doubt]:
    """The pairs that are asked: the likest first, no proposal in more than its share of them."""
    found: list[Doubt] = []
    counts: dict[str, int] = {}
    sure = {d.first.id for d in pairs if _sure(d)} | {d.second.id for d in pairs if _sure(d)}
    for doubt in pairs:
        near = _same_place(doubt) or doubt.first.loss is doubt.second.loss
        if _sure(doubt) or doubt.likeness < (GREY_HERE if near else GREY) or doubt.first.id in sure:
            continue
        if counts.get(doubt.first.id, 0) < MOST_EACH and len(found) < MOST_ASKED:
            counts[doubt.first.id] = counts.get(doubt.first.id, 0) + 1
            found.append(doubt)
    return found


def _same_place(doubt: Doubt) -> bool:
    """Whether both sit at the same place; a computed finding's place may go into detail (`CS-담당-refund`)."""
    one, other = (hole.id.partition("@")[2] for hole in (doubt.first, doubt.second))
    return one == other or other.startswith(f"{one}-") or one.startswith(f"{other}-")


def _partners(ident: str, one: set[tuple[str, str]]) -> frozenset[str]:
    return frozenset(b if a == ident else a for a, b in one if ident in (a, b))


def _with(best: Hole, other: Hole) -> Hole:
    """The better proven one with what the other adds."""
    evidence: tuple[Evidence, ...] = tuple(dict.fromkeys((*best.evidence, *other.evidence)))[:MOST_EVIDENCE]
    questions = {question.decision: question for question in (*other.questions, *best.questions)}
    asked = tuple(dict.fromkeys((*best.questions, *questions.values())))[:3]
    return replace(best, evidence=evidence, questions=asked)
