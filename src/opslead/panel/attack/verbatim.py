"""Whether words stand in a text to the letter: case, white space, quotation marks and the dagger of starting values aside."""

from __future__ import annotations

import re
import unicodedata

from opslead.text import STARTING

_MARKS = str.maketrans(dict.fromkeys("\"'`“”‘’«»「」『』", ""))
_LEAST = 6
"""Letters below which words stand almost anywhere and show nothing."""


def plain(text: str) -> str:
    """The letters that count when words are compared."""
    flat = unicodedata.normalize("NFKC", text).replace(STARTING, "").translate(_MARKS)
    return re.sub(r"\s+", "", flat).casefold()


def stands(words: str, text: str) -> bool:
    """Whether the words, at least six letters without white space, are in the text; a full stop at their end is not looked at."""
    looked_for = plain(words).rstrip(".…")
    return len(looked_for) >= _LEAST and looked_for in plain(text)


def passage(words: str, text: str) -> str:
    """The stretch of the text that the words are, as it is written there; empty where they do not stand in it."""
    looked_for = plain(words).rstrip(".…")
    letters = [(letter, place) for place, sign in enumerate(text) for letter in plain(sign)]
    begin = "".join(letter for letter, _ in letters).find(looked_for) if looked_for else -1
    if begin < 0:
        return ""
    first, last = letters[begin][1], letters[begin + len(looked_for) - 1][1]
    end = last + 1
    while end < len(text) and text[end] == STARTING:
        end += 1
    return text[first:end]
