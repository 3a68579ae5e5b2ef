"""Text from documents made safe to write down: what no file format can hold becomes a visible mark instead of an error or a gap."""

from __future__ import annotations

import re

_UNWRITABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")
"""Control characters, halves of characters, and the two that XML forbids."""


def printable(text: str) -> str:
    """The text with line ends as `\\n` and `\\ufffd` for each character that XML cannot hold."""
    return _UNWRITABLE.sub("\ufffd", text.replace("\r\n", "\n").replace("\r", "\n"))


def shortened(text: str, most: int) -> str:
    """For a place that repeats what stands in full elsewhere: one line, with `…` where it was cut."""
    flat = " ".join(text.split())
    return flat if len(flat) <= most else flat[: most - 1].rstrip() + "…"
