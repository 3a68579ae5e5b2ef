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


def cell(text: str) -> str:
    """The same inside a table."""
    return escape(text).replace("|", "\\|")
