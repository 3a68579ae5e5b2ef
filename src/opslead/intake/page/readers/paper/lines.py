"""Signs at positions → lines of words: which signs stand beside one another, where a word ends, where a column begins.

Signs inside a ruled table make a line a row, whose cells are read each for itself.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from opslead.intake.page.readers.paper.spacing import spaced

_WORD_GAP, _ASIAN_GAP, _SPACED_GAP, _COLUMN_GAP = 0.17, 0.26, 0.31, 1.0
"""Parts of the type size. Between Hangul and Latin letters programs leave a quarter of it, which is no space: where the page
has its spaces as signs, only a wide gap is one."""
_SPACED = 0.06
"""Share of the signs that are spaces, from which a page has its spaces as signs; in running text it is a sixth."""
_HYPHEN = "\x02"
"""What PDFium gives for a hyphen at the end of a line, whether the word has it or not."""
UNIT = 1.6
"""Parts of the type size: more room than a syllable and a closing sign need; a line that left it ends between two words."""
_LOOK_BACK = 8
"""Lines: a table's second cell begins again beside the first line of its first cell."""


@dataclass(frozen=True)
class Glyph:
    """One sign: its box in points from the lower left corner, its type size, whether it is bold."""

    sign: str
    left: float
    right: float
    bottom: float
    top: float
    size: float
    bold: bool

    @property
    def middle(self) -> float:
        return (self.bottom + self.top) / 2


@dataclass(frozen=True)
class Segment:
    """Words of a line without a column's gap between them."""

    text: str
    left: float
    right: float


@dataclass(frozen=True)
class Cells:
    """A row of a ruled table: its texts by column, the columns' edges in points, and which of the page's tables it is of."""

    texts: tuple[str, ...]
    edges: tuple[float, ...]
    table: int


@dataclass(frozen=True)
class Line:
    """A line on a page: `index` from 1 as it comes, `middle` its height; whether it ends in a space, or in a hyphen that only the
    line's end has put there; `cells` where it is a row of a ruled table."""

    page: int
    index: int
    segments: tuple[Segment, ...]
    middle: float
    size: float
    bold: bool
    ends_in_space: bool = False
    hyphenated: bool = False
    cells: Cells | None = None

    @property
    def text(self) -> str:
        return " ".join(segment.text for segment in self.segments)

    @property
    def left(self) -> float:
        return self.segments[0].left

    @property
    def right(self) -> float:
        return self.segments[-1].right

    @property
    def label(self) -> str:
        return f"p.{self.page} l.{self.index}"


@dataclass
class _Growing:
    """A line while its signs come in."""

    middle: float
    size: float
    glyphs: list[Glyph] = field(default_factory=list)


def has_spaces(glyphs: Sequence[Glyph]) -> bool:
    """Whether a page has its spaces as signs, rather than as gaps alone."""
    return sum(glyph.sign.isspace() for glyph in glyphs) > _SPACED * len(glyphs)


def lines_of(page: int, glyphs: Iterable[Glyph], spaces: bool) -> tuple[Line, ...]:
    """The lines of a page, or of one cell, in the order in which the document has them. `spaces`: see `has_spaces`."""
    growing: list[_Growing] = []
    for glyph in glyphs:
        height = max(glyph.size, 4.0)
        beside = next(
            (line for line in reversed(growing[-_LOOK_BACK:]) if abs(line.middle - glyph.middle) < 0.45 * height), None
        )
        if beside is None:
            if not glyph.sign.strip():
                continue
            beside = _Growing(glyph.middle, glyph.size)
            growing.append(beside)
        beside.glyphs.append(glyph)
    found: list[Line] = []
    for line in growing:
        if made := _finished(page, len(found) + 1, line, spaces):
            found.append(made)
    return tuple(found)


def _finished(page: int, index: int, line: _Growing, spaces: bool) -> Line | None:
    glyphs = sorted(line.glyphs, key=lambda g: (g.left, g.right))
    filled = [g for g in glyphs if g.sign.strip() and g.sign != _HYPHEN]
    if not filled:
        return None
    size = sorted(g.size for g in filled)[len(filled) // 2]
    bold = all(g.bold for g in filled if g.sign.isalpha()) and any(g.sign.isalpha() for g in filled)
    last = glyphs[-1].sign
    return Line(
        page, index, tuple(_segments(glyphs, size, spaces)), line.middle, size, bold, last.isspace(), last == _HYPHEN
    )


def _segments(glyphs: Sequence[Glyph], size: float, spaces: bool) -> Iterable[Segment]:
    text, left, right, space = "", 0.0, 0.0, False
    for glyph in glyphs:
        if glyph.sign == _HYPHEN:
            text += "-" if text else ""
            continue
        if not glyph.sign.strip():
            space = space or glyph.right > right - 0.1 * size
            continue
        gap = glyph.left - right
        word = _SPACED_GAP if spaces else _ASIAN_GAP if text and (asian(text[-1]) or asian(glyph.sign)) else _WORD_GAP
        if text and gap > _COLUMN_GAP * size:
            yield Segment(text, left, right)
            text = ""
        elif text and (space or gap > word * size):
            text += " "
        if not text:
            left = glyph.left
        text, right, space = text + glyph.sign, max(glyph.right, right if text else glyph.right), False
    if text:
        yield Segment(text, left, right)


def asian(sign: str) -> bool:
    """Whether a sign is of a script whose lines may break inside a word."""
    return "\u3040" <= sign <= "\u9fff" or "\uac00" <= sign <= "\ud7a3" or "\uff00" <= sign <= "\uffef"


def joined(above: str, below: str, ends_in_space: bool = False, hyphenated: bool = False) -> str:
    """A line and the one it goes on in: a space between them where there was one."""
    if not above or not below:
        return above + below
    if hyphenated:
        return _without_hyphen(above, below) + below
    return above + between(above, below, ends_in_space) + below


def between(above: str, below: str, ends_in_space: bool) -> str:
    """What stood at the end of a line that goes on below: nothing where a word was broken."""
    if above.endswith("-"):
        return ""
    if ends_in_space or not (asian(above[-1]) or asian(below[0])):
        return " "
    return " " if spaced(above, below) else ""


def _without_hyphen(above: str, below: str) -> str:
    """Without the hyphen of a word that only the line's end divided; `e-` and `pre-` had theirs before, so had `A-` before `1`."""
    last = above.rstrip("-").rpartition(" ")[2]
    return above.removesuffix("-") if len(last) > 3 and below[:1].islower() else above
