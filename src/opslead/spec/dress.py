"""The dress of somebody's Markdown taken off: bold, bullets, tables, escapes, underlined headings."""

from __future__ import annotations

import re
from dataclasses import dataclass

_INLINE = re.compile(
    r"(?<!\\)(?:\*\*|__|`|~~)|(?<![\\\w*])\*(?=\S)|(?<=[^\s\\*])\*(?![\w*])|(?<![\\\w])_(?=\w)|(?<=[^\s\\_])_(?!\w)"
)
_ESCAPE = re.compile(r"\\([\\`*_<>|~#+\-.()\[\]!=])")
_HEADING = re.compile(r"^(#{1,6})\s+(.*?)\s*#*$")
_MARK = r"[-*+•·○●◦▪■□▶►‣–◆◇ㅇ]"
_BULLET = re.compile(rf"^(\s*)(?:{_MARK}|\d{{1,2}}[.)]|[①-⑳]|\(\d{{1,2}}\))\s+(.*)$")
_NUMBERED = re.compile(r"^\s*(?:\d{1,2}[.)]|[①-⑳]|\(\d{1,2}\))\s+")
_BOLD_LINE = re.compile(r"^\s*\*\*((?:(?!\*\*).)+)\*\*\s*[:：]?\s*$")
_LEAD = re.compile(r"^[^\w*_\[(]*(?:\*\*|__)(?P<lead>.+?)(?:\*\*|__)(?P<rest>.*)$")
_BREAK = re.compile(r"\s*<br\s*/?>\s*", re.I)
_LONGEST_HEADING = 100
"""Characters: what is longer and has a rule under it is a paragraph before a break."""


@dataclass(frozen=True)
class Line:
    """One line: `text` bare, `level` of a heading (7 for a line that is bold throughout, 0 for none), `indent` in columns,
    `bullet` and `numbered` as it stood, `lead` its bold beginning and `rest` what follows that, `cells` of a table row, in which a
    line break is kept as such."""

    number: int
    text: str
    level: int = 0
    indent: int = 0
    bullet: bool = False
    numbered: bool = False
    lead: str = ""
    rest: str = ""
    cells: tuple[str, ...] = ()


def plain(text: str) -> str:
    """The words without inline markup and escapes."""
    return _ESCAPE.sub(r"\1", _INLINE.sub("", text)).strip()


def lines_of(text: str) -> list[Line]:
    """All lines that carry words, with what their markup said of them. Rules, table rulings and fences are left out."""
    found: list[Line] = []
    raw = text.splitlines()
    for number, line in enumerate(raw, 1):
        stripped = line.strip()
        if not stripped or re.fullmatch(r"[-=*_─━]{3,}", stripped) or stripped.startswith("```"):
            continue
        if re.fullmatch(r"\|?[\s:|\-]+\|?", stripped) and "-" in stripped:
            continue
        if level := _underlined(raw, number - 1):
            found.append(Line(number, plain(stripped), level=level))
        else:
            found.append(_line(number, line.expandtabs(4), stripped))
    return found


def pieces(number: int, cell: str) -> list[Line]:
    """The lines of a table's cell, each a line for itself at the row's place."""
    return [line_of(number, part) for part in cell.split("\n") if part.strip()]


def line_of(number: int, raw: str) -> Line:
    """One line of Markdown that stands alone."""
    return _line(number, raw.expandtabs(4), raw.strip())


def _underlined(raw: list[str], at: int) -> int:
    """The level of a heading that is one by the rule under it, 0 for none: a short paragraph of one line right above the rule."""
    above, line, below = raw[at - 1] if at else "", raw[at].strip(), raw[at + 1].strip() if at + 1 < len(raw) else ""
    if above.strip() or len(line) > _LONGEST_HEADING or line[0] in "#|>" or _BULLET.match(line):
        return 0
    return 1 if re.fullmatch(r"={3,}", below) else 2 if re.fullmatch(r"-{3,}", below) else 0


def _line(number: int, raw: str, stripped: str) -> Line:
    indent = len(raw) - len(raw.lstrip())
    if heading := _HEADING.match(stripped):
        return Line(number, plain(heading[2]), level=len(heading[1]), indent=indent)
    if stripped.startswith("|") and stripped.count("|") >= 2:
        cells = tuple(_cell(cell) for cell in re.split(r"(?<!\\)\|", stripped.strip("|")))
        return Line(number, " | ".join(" ".join(cell.split("\n")) for cell in cells), indent=indent, cells=cells)
    if bold := _BOLD_LINE.match(raw):
        return Line(number, plain(bold[1]), level=7, indent=indent)
    bullet = _BULLET.match(raw)
    words = bullet[2] if bullet else stripped.lstrip("> ")
    lead = _LEAD.match(words)
    return Line(
        number,
        plain(words),
        indent=indent,
        bullet=bullet is not None,
        numbered=bool(_NUMBERED.match(raw)),
        lead=plain(lead["lead"]) if lead else "",
        rest=plain(lead["rest"]) if lead else "",
    )


def _cell(text: str) -> str:
    return "\n".join(plain(part) for part in _BREAK.split(text.replace("\\|", "|")))
