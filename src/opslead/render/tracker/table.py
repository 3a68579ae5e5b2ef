"""Rows to CSV that no spreadsheet takes for a formula."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable

from opslead.render.plain import printable

_FORMULA = re.compile(r"^[\s\ufeff]*[=+\-@\uff1d\uff0b\uff0d\uff20]|^[\t\n]")
"""How a formula may begin, in full width too, and after blanks that a program cuts off."""


def inert(text: str) -> str:
    """The text; one that a spreadsheet could run gets an apostrophe before it, which Linear's importer takes off again."""
    text = printable(text)
    return f"'{text}" if _FORMULA.match(text) else text


def table(head: Iterable[str], rows: Iterable[Iterable[str]]) -> bytes:
    """UTF-8, comma, CRLF, every cell in quotes. No byte order mark: Jira would read it into the first column's name."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, quoting=csv.QUOTE_ALL, lineterminator="\r\n")
    writer.writerow(list(head))
    writer.writerows([inert(text) for text in row] for row in rows)
    return out.getvalue().encode()
