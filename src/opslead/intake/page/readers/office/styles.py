"""Word's paragraph styles, as far as they say what a paragraph is: title, heading, list item, line of the contents."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from opslead.intake.page.readers.xml import Budget, Element, first, fragments, number, value

_HEADING = re.compile(r"^(?:heading|제목|개요)\s*([1-9])$", re.I)
_CONTENTS = re.compile(r"^(?:toc(?: heading|\s*\d)?|목차\s*\d?|table of figures|contents \d)$", re.I)
_INNER = re.compile(r"^list (?:bullet|number) ([2-5])$", re.I)
_DEEPEST = 20


@dataclass(frozen=True)
class Style:
    """`heading` 1 to 9, 0 for none; `number` and `depth` of the list whose items have the style."""

    title: bool = False
    heading: int = 0
    contents: bool = False
    number: str = ""
    depth: int = 0
    inner: int = 0
    """Further levels by the name alone: `List Bullet 2` is a list of its own that stands inside another."""


@dataclass(frozen=True)
class Styles:
    """All styles by id; what a style does not say, the one it is based on says."""

    known: Mapping[str, Style]
    default: Style = Style()

    def of(self, ident: str) -> Style:
        """The style of that id, or of the default."""
        return self.known.get(ident, self.default)


def read_styles(pieces: Iterable[bytes], budget: Budget) -> Styles:
    """The styles of `styles.xml`."""
    found = {style.get("styleId", ""): style for style in fragments(pieces, {"style"}, budget)}
    return Styles({ident: _resolved(ident, found) for ident in found})


def _resolved(ident: str, found: Mapping[str, Element]) -> Style:
    title, contents, heading, listed, depth, inner = False, False, 0, "", "", 0
    for _ in range(_DEEPEST):
        style = found.get(ident)
        if style is None:
            break
        name = value(style, "name").strip()
        properties = first(style, "pPr")
        match = _HEADING.match(name)
        outline = number(value(properties, "outlineLvl"), 9) + 1
        heading = heading or (int(match[1]) if match else outline if outline <= 9 else 0)
        title = title or name.lower() in ("title", "표제")
        inner = inner or (int(match[1]) - 1 if (match := _INNER.match(name)) else 0)
        contents = contents or bool(_CONTENTS.match(name))
        listed = listed or value(properties, "numPr", "numId")
        depth = depth or value(properties, "numPr", "ilvl")
        ident = value(style, "basedOn")
    return Style(title, heading, contents, listed, number(depth, max(heading - 1, 0)), inner)
