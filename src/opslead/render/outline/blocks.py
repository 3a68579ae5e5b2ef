"""The parts of a printed document. All text is plain; each format escapes in its own way."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from opslead.spec.document import Level
from opslead.text import Lang


@dataclass(frozen=True)
class Heading:
    """`level` 1 to 3. `anchor`: its name inside the document, ASCII letters, digits and hyphens; unique."""

    level: Literal[1, 2, 3]
    text: str
    anchor: str


@dataclass(frozen=True)
class Paragraph:
    """`note`: it explains how to read what follows, and may stand smaller."""

    text: str
    note: bool = False


@dataclass(frozen=True)
class Item:
    """An entry of a list: `lead` stands before it in bold (who acts), `text`, `detail` after it in a quieter face (by when)."""

    text: str
    lead: str = ""
    detail: str = ""


@dataclass(frozen=True)
class Items:
    """A list; a numbered one begins at 1."""

    items: tuple[Item, ...]
    numbered: bool = False


@dataclass(frozen=True)
class Cell:
    """`lines` each a paragraph. `level` colours it as a grade where it is one. `faint`: it stands back, for it does not come to that."""

    lines: tuple[str, ...]
    level: Level = ""
    faint: bool = False


@dataclass(frozen=True)
class Table:
    """`widths`: shares of the width, one a column. No row: an empty table, which says so."""

    head: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    widths: tuple[int, ...]


@dataclass(frozen=True)
class Field:
    """A label and what stands beside it: lines, in a list where `bullets`, each with a small label of its own where `labels` says one."""

    label: str
    lines: tuple[str, ...]
    bullets: bool = False
    labels: tuple[str, ...] = ()


@dataclass(frozen=True)
class Fields:
    """Labels on the left, values on the right."""

    fields: tuple[Field, ...]


@dataclass(frozen=True)
class Act:
    """One act between two lanes (or in one), by their places. `kind` stop: the policies are in its way; undone: what came after it without them."""

    source: int
    target: int
    text: str
    kind: Literal["act", "stop", "undone"] = "act"


@dataclass(frozen=True)
class Tale:
    """A story as a sequence of acts between lanes; `ending` is the loss without the policies, `stopped` whether they keep it away."""

    title: str
    lanes: tuple[str, ...]
    acts: tuple[Act, ...]
    ending: str
    stopped: bool


Block = Heading | Paragraph | Items | Table | Fields | Tale


@dataclass(frozen=True)
class Outline:
    """`facts`: label and value of the title page. `kind`: what kind of document it is, for the header."""

    title: str
    kind: str
    language: Lang
    facts: tuple[tuple[str, str], ...]
    blocks: tuple[Block, ...]


def cell(*lines: str, level: Level = "") -> Cell:
    """A cell of these lines."""
    return Cell(lines, level)
