"""How near two texts are in what they speak of: the cosine of their letter groups, rare ones weighing more (Salton & Buckley, 1988)."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Mapping, Sequence

_WORD = re.compile(r"[가-힣]+|[a-z]+")
_HANGUL = range(ord("가"), ord("힣") + 1)

Vector = Mapping[str, float]


def groups(text: str) -> Counter[str]:
    """Pairs of syllables in Korean words, groups of four letters in English ones: particles and endings then weigh little."""
    found: Counter[str] = Counter()
    for word in _WORD.findall(text.lower()):
        size = 2 if ord(word[0]) in _HANGUL else 4
        if len(word) <= size:
            found[word] += 1
        found.update(word[i : i + size] for i in range(len(word) - size + 1) if len(word) > size)
    return found


def vectors(texts: Sequence[str]) -> tuple[Vector, ...]:
    """One vector of length 1 a text; a group that stands in all texts weighs nothing."""
    counted = [groups(text) for text in texts]
    spread = Counter(group for counts in counted for group in counts)
    return tuple(_unit(counts, spread, len(texts)) for counts in counted)


def _unit(counts: Counter[str], spread: Counter[str], texts: int) -> Vector:
    weights = {
        group: (1 + math.log(count)) * math.log((1 + texts) / spread[group]) for group, count in sorted(counts.items())
    }
    length = math.sqrt(sum(weight * weight for weight in weights.values())) or 1.0
    return {group: weight / length for group, weight in weights.items()}


def cosine(one: Vector, other: Vector) -> float:
    """0 nothing in common, 1 the same."""
    small, large = sorted((one, other), key=len)
    return sum(weight * large.get(group, 0.0) for group, weight in small.items())


def shared(text: str, sentence: str) -> tuple[int, float]:
    """How many of the sentence's own words the text uses, and their share of them. A word counts when most of its letter groups are there."""
    have = groups(text)
    words = [
        word for word in dict.fromkeys(_WORD.findall(sentence.lower())) if len(word) > _SHORT[ord(word[0]) in _HANGUL]
    ]
    count = sum(_used(groups(word), have) for word in words)
    return count, count / len(words) if words else 0.0


_SHORT = {True: 1, False: 3}
"""Letters of words that say nothing by themselves, Korean or not."""


def _used(word: Counter[str], have: Counter[str]) -> bool:
    there = sum(group in have for group in word)
    return there == len(word) if len(word) == 1 else there * 2 > len(word)
