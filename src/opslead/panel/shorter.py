"""Texts that have to fit: whole where they do, else up to the end of a sentence, so that nobody reads half of one."""

from __future__ import annotations

import re
from collections.abc import Sequence

_SENTENCE = re.compile(r"[.!?。][’”')]?(?=\s|$)")
_PART = re.compile(r"[,;](?=\s)|\s[/|→]\s")
_WORD = re.compile(r"\s")
_LEAST = 0.4
"""The share of the room that a cut at a sentence or a part of one has to fill."""


def shorter(text: str, most: int) -> str:
    """At most `most` letters: the whole text; else its first sentences; where a sentence alone is longer, its first parts or words, and
    then `…` says that it goes on."""
    if len(text) <= most:
        return text
    if end := _last(_SENTENCE, text, most):
        return text[:end].rstrip()
    end = _last(_PART, text, most - 2) or _last(_WORD, text, most - 2) or most - 2
    return text[:end].rstrip(" ,;/|→") + " …"


def _last(ends: re.Pattern[str], text: str, most: int) -> int:
    found = [match.end() for match in ends.finditer(text) if match.end() <= most]
    return found[-1] if found and found[-1] >= _LEAST * most else 0


def fitting(texts: Sequence[str], most: int) -> tuple[str, ...]:
    """All of them within `most` letters together: whole where that fits; else the longest give way first, each at a sentence's end."""
    if sum(map(len, texts)) <= most:
        return tuple(texts)
    room, share = most, 0
    for left, length in zip(range(len(texts), 0, -1), sorted(map(len, texts)), strict=True):
        share = room // left
        if length > share:
            break
        room -= length
    return tuple(shorter(text, share) for text in texts)
