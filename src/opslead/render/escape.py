"""Plain text inside Markdown: it shows exactly as it is and starts nothing of its own."""

from __future__ import annotations

import re

_SPECIAL = re.compile(r"([\\`*_<])")
_LEADING = re.compile(r"^(\s*)(#{1,6}\s|[-+>]\s|>|\d+[.)]\s|=+$|-+$)")


def escape(text: str) -> str:
    """One line of plain text as Markdown that shows exactly that text. Two tildes would strike out what is between."""
    flat = " ".join(text.split())
    escaped = _SPECIAL.sub(r"\\\1", flat).replace("![", "!\\[").replace("](", "]\\(")
    if escaped.count("~") > 1:
        escaped = escaped.replace("~", "\\~")
    return _LEADING.sub(lambda m: m.group(1) + "\\" + m.group(2), escaped)


_ADDRESS = re.compile(r"https?://[^\s<>\\|]+")


def address(source: str) -> str:
    """A link where the source is a plain address, else escaped text."""
    return f"<{source}>" if _ADDRESS.fullmatch(source) else escape(source)


def cell(text: str) -> str:
    """The same inside a table."""
    return escape(text).replace("|", "\\|")
