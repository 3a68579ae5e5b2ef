"""Lines to sentences: emoji and leftover markup away, hard-wrapped lines joined, sentences split, the label before a colon."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

_EMOJI = re.compile(
    "[\U0001f000-\U0001faff\u2600-\u2604\u2607-\u26ff\u2700-\u2793\u2795-\u2797\u27b0\u27bf\u2b1b-\u2b55"
    "\u2605\u2606\ufe0e\ufe0f\u200b-\u200d\u2060\u20e3\ufeff\u231a\u231b\u23e9-\u23fa]"
)
_ARROW = re.compile(r"[\u2794\u2798-\u27af\u2b95\u27f6\u27f9\u2b62]")  # drawn arrows of several alphabets
_DOWN = re.compile(r"[\u2b07\u25bc\u25bd\u2193\u21d3]")
_LEFT = re.compile(r"[\u25c0\u25c4\u2190\u21d0]")
_BOX = re.compile(r"^\s*\[[ xX✓✔]\]\s+")
_URL = re.compile(r"<?https?://[^\s<>()\]]+>?")
_TAG = re.compile(r"<(?:/?[A-Za-z][A-Za-z0-9-]{0,20}(?:\s[^<>]{0,300})?/?|!--[^<>]{0,2000}--)>")
_BREAK = re.compile(r"<br\s*/?>", re.I)
_YES = frozenset("✅✔✓☑⭕◯○●")
_NO = frozenset("❌✖✗✘❎╳×")
_ENDS = re.compile(r"[.!?。…]+[\"'”’)\]]*(?=\s+\S)")
_ABBREVIATION = re.compile(
    r"(?:\b(?:e\.g|i\.e|etc|vs|approx|incl|no|nos|inc|ltd|co|mr|mrs|ms|dr|st|a\.m|p\.m|min|max|fig|cf|est|dept|ext|hrs|mins)"
    r"|\b[A-Za-z]|^\d{1,3})$",
    re.I,
)
_LABEL_LENGTH = 72
_NO_LABEL_COLON = re.compile(r"[\d/\\:：)]")


def word_set(words: str) -> frozenset[str]:
    """The words of a text that lists them, separated by spaces and line ends."""
    return frozenset(words.split())


def clean(text: str) -> str:
    """Without emoji, tags, addresses, check boxes and leftover emphasis marks; whitespace folded."""
    text = _BOX.sub("", text)
    text = _BREAK.sub("; ", text)
    text = _ARROW.sub("→", _DOWN.sub("↓", _LEFT.sub("←", text)))
    text = _URL.sub("", _TAG.sub("", text))
    text = _EMOJI.sub("", text).replace("**", "").replace("__", "").replace("`", "")
    return " ".join(text.split())


def clean_cell(text: str) -> str:
    """A table cell; one that is only a tick or a cross becomes `O` or `X`, which would be lost with the emoji."""
    mark = text.strip().replace("\ufe0f", "")
    if mark and mark[0] in _YES and len(mark) <= 2:
        return "O"
    if mark and mark[0] in _NO and len(mark) <= 2:
        return "X"
    return clean(text)


def width(text: str) -> int:
    """Columns on the screen; a Hangul syllable takes two."""
    return sum(2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in text)


def unwrap(lines: Iterable[tuple[int, str]]) -> list[tuple[int, str]]:
    """Lines that an editor broke at the margin, joined; each with the number of its first line.

    A break was the margin's when the next word would not have fitted and the text is wide enough to have a margin. A line
    that ends in two spaces or that starts with a label was broken on purpose.
    """
    kept = [(number, line) for number, line in lines if line.strip()]
    margin = max((width(line.strip()) for _, line in kept), default=0)
    joined: list[tuple[int, str]] = []
    previous = ""
    for number, line in kept:
        if previous and _same_line(previous, line.strip(), margin):
            joined[-1] = (joined[-1][0], f"{joined[-1][1]} {line.strip()}")
        else:
            joined.append((number, line.strip()))
        previous = line
    return joined


def _same_line(previous: str, line: str, margin: int) -> bool:
    if previous.endswith("  ") or label_of(clean(line)):
        return False
    full = width(previous.strip()) + 1 + width(line.split(None, 1)[0]) > margin - 6
    return (margin >= 56 and full) or (margin >= 40 and previous.endswith((",", "·", " 및", " and", " or")))


def sentences(text: str) -> list[str]:
    """The sentences of one running text, in order; brackets are not torn apart."""
    found: list[str] = []
    start = 0
    depth_at = _depths(text)
    for match in _ENDS.finditer(text):
        if depth_at[match.start()] or _ABBREVIATION.search(text[max(start, match.start() - 12) : match.start()]):
            continue
        following = text[match.end() :].lstrip()[:1]
        if following.islower() and following.isascii():
            continue
        found.append(text[start : match.end()].strip())
        start = match.end()
    found.append(text[start:].strip())
    return [piece for sentence in found for piece in bounded(sentence) if piece]


def bounded(text: str, size: int = 1000) -> list[str]:
    """A text in pieces of at most `size` characters, cut at spaces: no reader has to take in a page as one sentence."""
    pieces = []
    while len(text) > size:
        cut = max(text.rfind(mark, size // 2, size) for mark in (" ", ",")) + 1 or size
        pieces.append(text[:cut].strip())
        text = text[cut:].strip()
    return [*pieces, text]


def _depths(text: str) -> list[int]:
    """How deep in brackets each character stands; all 0 where the brackets do not balance."""
    depth, depths = 0, []
    for character in text:
        if character in "([（「":
            depth += 1
        elif character in ")]）」":
            depth -= 1
        if depth < 0:
            return [0] * len(text)
        depths.append(depth)
    return depths if depth == 0 else [0] * len(text)


def label_of(text: str) -> str:
    """The words before the colon (or spaced dash) that names what follows: `CS 담당: 본사 2명` has `CS 담당`; else empty.

    A colon inside brackets or between digits is none: `관리인 (09:00~18:00): 체크인`.
    """
    depth = 0
    for position, character in enumerate(text[:_LABEL_LENGTH]):
        depth += (character in "([（") - (character in ")]）")
        colon = character in ":：" and not _NO_LABEL_COLON.match(text, position + 1)
        dash = character in "-–—" and text[position - 1 : position] == " " and text[position + 1 : position + 2] == " "
        if depth == 0 and (colon or dash):
            label = text[:position].strip(" -*")
            return "" if len(label.split()) > 9 or label.endswith((".", "?", "다", "요")) else label
    return ""
