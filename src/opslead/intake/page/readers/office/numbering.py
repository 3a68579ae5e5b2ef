"""Word's list numbers, which stand nowhere in the text: counted as Word counts them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from opslead.intake.page.readers.xml import Budget, Element, children, first, fragments, number, value

_SYLLABLES = "가나다라마바사아자차카타파하"
_ROMAN = ((10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"))
_MOST = 9
"""Levels of a list in Word."""


@dataclass(frozen=True)
class Mark:
    """What stands before an item: its number (None for a bullet) and its text (`2.1`, `나.`, empty for a blank bullet)."""

    number: int | None
    text: str


@dataclass(frozen=True)
class _Level:
    form: str
    text: str
    start: int


@dataclass(frozen=True)
class _List:
    """`counter`: lists made from the same definition count on together; `restarts`: levels at which this one begins anew."""

    counter: str
    levels: Mapping[int, _Level]
    restarts: Mapping[int, int]


@dataclass
class Numbering:
    """All lists by id, and how far each is counted. One pass over one document."""

    lists: Mapping[str, _List]
    _counts: dict[str, dict[int, int]] = field(default_factory=dict)
    _begun: set[str] = field(default_factory=set)

    def next(self, ident: str, depth: int) -> Mark | None:
        """The mark of the next item of a list at a depth from 0; None for a paragraph that is in no list."""
        found = self.lists.get(ident)
        level = found.levels.get(depth) if found else None
        if found is None or level is None or not 0 <= depth < _MOST:
            return None
        if level.form == "bullet":
            return Mark(None, level.text.strip())
        if level.form == "none":
            return Mark(None, "")
        counts = self._counts.setdefault(found.counter, {})
        if ident not in self._begun:
            self._begun.add(ident)
            counts.update({at: start - 1 for at, start in found.restarts.items()})
        counts[depth] = counts.get(depth, level.start - 1) + 1
        for deeper in [at for at in counts if at > depth]:
            del counts[deeper]
        return Mark(counts[depth], self._shown(found, level, counts))

    def _shown(self, found: _List, level: _Level, counts: Mapping[int, int]) -> str:
        def one(match: re.Match[str]) -> str:
            at = int(match[1]) - 1
            of = found.levels.get(at, level)
            return counted(counts.get(at, of.start), of.form)

        return re.sub(r"%([1-9])", one, level.text).strip()


def read_numbering(pieces: Iterable[bytes], budget: Budget) -> Numbering:
    """The lists of `numbering.xml`."""
    abstract: dict[str, Element] = {}
    lists: dict[str, _List] = {}
    linked: dict[str, str] = {}
    for element in fragments(pieces, {"abstractNum", "num"}, budget):
        if element.tag == "abstractNum":
            ident = element.get("abstractNumId", "")
            abstract[ident] = element
            if link := value(element, "styleLink"):
                linked[link] = ident
            continue
        ident = value(element, "abstractNumId")
        ident = linked.get(value(abstract.get(ident), "numStyleLink"), ident)
        levels = {_depth(level): _level(level) for level in children(abstract.get(ident), "lvl")}
        restarts = {}
        for change in children(element, "lvlOverride"):
            at = _depth(change)
            if (inner := first(change, "lvl")) is not None:
                levels[at] = _level(inner)
            if start := value(change, "startOverride"):
                restarts[at] = number(start, 1)
        lists[element.get("numId", "")] = _List(ident, levels, restarts)
    return Numbering(lists)


def counted(count: int, form: str) -> str:
    """A number in a list's form: decimal, letters, Roman, Korean syllables, circled."""
    if form in ("lowerLetter", "upperLetter") and 1 <= count <= 26:
        letter = chr(0x60 + count)
        return letter if form == "lowerLetter" else letter.upper()
    if form in ("lowerRoman", "upperRoman") and 1 <= count < 40:
        text, rest = "", count
        for size, sign in _ROMAN:
            text, rest = text + sign * (rest // size), rest % size
        return text if form == "lowerRoman" else text.upper()
    if form in ("ganada", "koreanCounting") and 1 <= count <= len(_SYLLABLES):
        return _SYLLABLES[count - 1]
    if form.startswith(("decimalEnclosedCircle", "ideographEnclosedCircle")) and 1 <= count <= 20:
        return chr(0x245F + count)
    return str(count)


def _depth(element: Element) -> int:
    return number(element.get("ilvl", ""), _MOST)


def _level(element: Element) -> _Level:
    form = value(element, "numFmt") or "decimal"
    return _Level(form, value(element, "lvlText"), number(value(element, "start"), 1))
