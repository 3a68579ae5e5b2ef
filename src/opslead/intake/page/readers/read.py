"""A file or the standard input as a Source: text at once, documents converted in a process of their own."""

from __future__ import annotations

import hashlib
import sys
from pathlib import Path

from opslead.errors import InputErrors
from opslead.intake.page.readers.apart import convert_apart
from opslead.intake.page.readers.kinds import STANDARD_NAME, Kind, kind_of
from opslead.intake.page.readers.limits import MAX_DOCUMENT_BYTES
from opslead.intake.page.readers.page import Converted
from opslead.intake.page.readers.source import Source
from opslead.intake.page.readers.text import text_of

STANDARD_INPUT = "-"
_FORMATS = ".docx, .pdf, .pptx, .xlsx, .hwpx, .hwp, .html, .md and .txt are read"


def read_source(path: str | Path) -> Source:
    """The text of a file, or of the standard input for `-`. Raises InputErrors when there is nothing readable."""
    name = str(path)
    if name == STANDARD_INPUT:
        return decode(sys.stdin.buffer.read(MAX_DOCUMENT_BYTES + 1), STANDARD_NAME)
    try:
        with Path(path).open("rb") as file:
            data = file.read(MAX_DOCUMENT_BYTES + 1)
    except FileNotFoundError as error:
        hint = f"give the path of a file, or - for the standard input; {_FORMATS}"
        raise InputErrors.one(name, "there is no such file", hint) from error
    except IsADirectoryError as error:
        raise InputErrors.one(
            name, "this is a directory", "name the files in it, each as an argument of its own"
        ) from error
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise InputErrors.one(
            name, f"the file cannot be read: {reason}", "check its permissions and its name"
        ) from error
    return decode(data, name)


def decode(data: bytes, name: str) -> Source:
    """Bytes as a Source, by what they are: a document as Markdown with its places, a text in any usual encoding.

    Raises InputErrors for what is empty, too large, damaged, locked, not read, or not what its name says.
    """
    if len(data) > MAX_DOCUMENT_BYTES:
        hint = "save it without its pictures, or split it"
        raise InputErrors.one(name, f"larger than {MAX_DOCUMENT_BYTES:,} bytes", hint)
    kind = kind_of(data, name)
    made = Converted(text_of(data, name), ()) if kind is Kind.TEXT else convert_apart(kind, data, name)
    if not made.text.strip():
        what = "the file is empty" if kind is Kind.TEXT else "the document has no text"
        raise InputErrors.one(name, what, "describe the service in at least three sentences: who, what, how")
    return Source(name, made.text, hashlib.sha256(data).hexdigest(), made.labels)
