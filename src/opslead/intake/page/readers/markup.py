"""HTML as a row of tags and texts, in time that grows with its length alone, however broken it is."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from dataclasses import dataclass, field

_TAG = re.compile(
    r"<(?P<close>/?)(?P<name>[a-zA-Z][a-zA-Z0-9:-]{0,40})(?P<rest>(?:[^<>\"']|\"[^\"]{0,5000}\"|'[^']{0,5000}'){0,2000})>"
)
_ATTRIBUTE = re.compile(r"([a-zA-Z][a-zA-Z0-9-]{0,40})(?:\s{0,20}=\s{0,20}(?:\"([^\"]*)\"|'([^']*)'|([^\s\"'>]+)))?")
_RAW = frozenset({"script", "style", "template", "textarea", "title"})
"""Elements whose content is no markup."""


@dataclass(frozen=True)
class Token:
    """A tag, or a text: `name` is empty for a text, begins with `/` for a closing tag. `line` is where it stands."""

    name: str
    line: int
    text: str = ""
    attributes: dict[str, str] = field(default_factory=dict)


def tokens(text: str) -> Iterator[Token]:
    """The tags and texts in order. Comments, declarations and the content of scripts and styles are left out."""
    position, line, counted = 0, 1, 0
    ends = _Ends(text)
    while position < len(text):
        line, counted = line + text.count("\n", counted, position), position
        opening = text.find("<", position)
        if opening != position:
            opening = len(text) if opening < 0 else opening
            yield Token("", line, html.unescape(text[position:opening]))
            position = opening
            continue
        if match := _TAG.match(text, position):
            name = match["name"].lower()
            position = match.end()
            if match["close"]:
                yield Token(f"/{name}", line)
            elif name in _RAW:
                position = ends.find(f"</{name}", position)
            else:
                yield Token(name, line, "", _attributes(match["rest"]))
        elif text.startswith("<!--", position):
            position = ends.find("-->", position)
        elif text.startswith(("<!", "<?", "</"), position):
            position = ends.find(">", position)
        else:
            yield Token("", line, "<")
            position += 1


@dataclass
class _Ends:
    """Where what was begun ends. What is not found once is not looked for again."""

    text: str
    _missing: set[str] = field(default_factory=set)

    def find(self, end: str, position: int) -> int:
        """The position behind `end`, or behind the first sign of what is never ended."""
        if end not in self._missing:
            match = re.compile(re.escape(end), re.I).search(self.text, position)
            if match:
                return match.end() if end[-1] in ">" else match.start()
            self._missing.add(end)
        return position + 1


def _attributes(rest: str) -> dict[str, str]:
    if not rest.strip():
        return {}
    found: dict[str, str] = {}
    for match in _ATTRIBUTE.finditer(rest):
        given = next((group for group in match.groups()[1:] if group is not None), "")
        found.setdefault(match[1].lower(), html.unescape(given))
    return found
