"""Chains of states (`PENDING → PAID → SHIPPED`), told from chains of steps, screens and components.

Also what the readers of states share: the sighting, and whether a heading or label is about states.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from opslead.intake.page.passages import Form, Passage
from opslead.intake.state.words import Shape, flat, is_code, shape, word_set


@dataclass(frozen=True)
class Found:
    """One sighting of a state."""

    name: str
    passage: Passage
    next: tuple[str, ...] = ()
    terminal: bool = False


# --- what a passage is about -----------------------------------------------------------------------------------------

STATE = re.compile(
    r"\b(?:status(?:es)?|states?|state machine|life[- ]?cycle|statuses)\b|상태|라이프사이클|생애주기", re.I
)
WORD = re.compile(r"[A-Za-z]+|[가-힣]+")


def about(text: str) -> bool:
    """Whether a heading, label or column head speaks of the states of something in the service."""
    if not STATE.search(text) or len(text) > 80:
        return False
    return not any(word.lower() in word_set("veto") for word in WORD.findall(text))


def titled(passage: Passage) -> bool:
    """Whether the nearest heading, or the one above it, is about states."""
    return any(about(title) for title in passage.headings[-2:])


# --- chains ----------------------------------------------------------------------------------------------------------

ARROW = re.compile(r"\s*(?:→|⇒|➔|➜|=>|-{1,2}>|▶|»)\s*|\s+>{1,2}\s+")
BRACKET = re.compile(r"\s*[(（\[{]([^()（）\[\]{}]*)[)）\]}]")
_CUT = re.compile(r"[,;:：、]\s|[;*]|(?<=[가-힣])[.]\s|\s[-–—]\s|:$")
_OR = re.compile(r"\s*(?:[/|,]|\bor\b|\band\b|또는|혹은|및|&)\s*")
_ENDS = re.compile(r"\[\*\]|\(\*\)")
_AROUND = re.compile(r"\b(?:from|to|in|as|is|are|the|of|when|if|after|on|by|for|then|once|with)\s", re.I)
QUOTES = "\"'‘’“”`「」『』<>{}[]() *.→"


def chains(passages: Sequence[Passage]) -> Iterator[Found]:
    """The states in all chains, each with those that follow it there."""
    drawn = {p.group for p in passages if p.form is Form.CODE and _ENDS.search(p.text)}
    for passage in passages:
        if not ARROW.search(passage.text) or passage.form is Form.HEADING:
            continue
        for text in passage.cells if passage.form is Form.ROW else (_without_events(passage),):
            context = passage.group in drawn or bool(titled(passage) or STATE.search(text))
            yield from _chain(text, passage, context)


def _chain(text: str, passage: Passage, context: bool) -> Iterator[Found]:
    """The states of every chain in the text, whole or in brackets."""
    marked = _ENDS.sub("∎", text)
    inner = [part for part in BRACKET.findall(marked) if ARROW.search(part)]
    coded = False
    for piece in [*_CUT.split(BRACKET.sub(" ", marked)), *inner]:
        links = [_alternatives(part) for part in ARROW.split(piece)]
        if len(links) < 2:
            continue
        links[0], links[-1] = trim(links[0], first=True), trim(links[-1], first=False)
        kept = _states_of(links, context)
        if not kept:
            continue
        for index, names in enumerate(kept):
            after = kept[index + 1] if index + 1 < len(kept) else ()
            last = index + 1 < len(links) and "∎" in links[index + 1]
            for name in names:
                yield Found(name, passage, tuple(after), last)
        coded = coded or any(is_code(name) for names in kept for name in names)
    for token in re.findall(r"\b[A-Z]{4,}(?:_[A-Z]+)*\b", text) if coded else ():
        if shape(token) is Shape.KNOWN and is_code(token):  # `…, otherwise REJECTED or CANCELLED`
            yield Found(token, passage)


def _without_events(passage: Passage) -> str:
    """The line without the words on its arrows: `new ──accept──▶ accepted` is drawn as `new` and `accept → accepted`."""
    sides = [ARROW.split(cell) for cell in passage.cells]
    drawn = passage.form is Form.CODE and len(sides) > 1 and len(sides[0]) == 1
    if drawn and all(len(side) == 2 and all(side) for side in sides[1:]):
        return " → ".join([sides[0][0], *(side[1] for side in sides[1:])])
    return passage.text


def _alternatives(part: str) -> list[str]:
    names = [name.strip(QUOTES) for name in _OR.split(part)]
    return [name for name in names if name]


def trim(names: list[str], first: bool) -> list[str]:
    """At the ends of a chain the words of the sentence around it fall away: `주문 상태 DRAFT` is `DRAFT`."""
    trimmed = []
    for name in names:
        name = (_AROUND.split(name)[-1] if first else _AROUND.split(name)[0]) or name
        words = name[-80:].split() if first else name[:80].split()
        if shape(name) < Shape.CODE or STATE.search(name):
            parts = [words[i:] for i in range(len(words))] if first else [words[:i] for i in range(len(words), 0, -1)]
            strong = [" ".join(p) for p in parts if shape(" ".join(p)) >= Shape.CODE and not STATE.search(" ".join(p))]
            name = strong[0] if strong else name
        trimmed.append(name)
    return trimmed


def _states_of(links: list[list[str]], context: bool) -> list[list[str]]:
    """The links of a chain that are states, or none where the chain is one of steps, screens or components."""
    names = [name for link in links for name in link if name != "∎"]
    shapes = {name: shape(name) for name in names}
    known = sum(s is Shape.KNOWN for s in shapes.values())
    strong = sum(s >= Shape.CODE for s in shapes.values())
    if context:
        enough = strong >= max(1, len(shapes) / 2)
    else:
        enough = known >= max(2, 0.6 * len(shapes)) and all(len(n.split()) <= 2 for n in names)
        enough = enough and (len(shapes) > 2 or all(is_code(n) for n in names))
    if not enough:
        return []
    coded = any(is_code(name) for name in names)
    least = Shape.MAYBE if context and not coded and len(links) > 2 else Shape.CODE

    def keep(name: str) -> bool:
        if name == "∎" or shapes[name] < least or STATE.search(name):
            return False
        return not coded or " " not in name or name.isupper()

    kept = [[name for name in link if keep(name)] for link in links]
    several = len({flat(name) for link in kept for name in link}) > 1
    return kept if several or any("∎" in link for link in links) or _defined(links, kept) else []


def _defined(links: list[list[str]], kept: list[list[str]]) -> bool:
    """`HOLD → booking created, inventory held`: the arrow stands for `means`."""
    return len(links) == 2 and len(kept[0]) == 1 and is_code(kept[0][0]) and kept[0][0].isupper()
