"""Word stems, coarse on purpose: what particles and endings leave alone, for asking whether two texts speak of the same."""

from __future__ import annotations

import re

_WORD = re.compile(r"[가-힣]{2,}|[A-Za-z]{4,}")


def stems(text: str) -> frozenset[str]:
    """The first two letters of every Korean word, the first five of every English one of four letters or more."""
    return frozenset(word[:2] if word[0] >= "가" else word[:5].lower() for word in _WORD.findall(text))
