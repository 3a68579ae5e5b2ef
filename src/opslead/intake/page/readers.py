"""A file or the standard input as text: encodings recognised, what cannot be read said with a hint."""

from __future__ import annotations

import hashlib
import sys
import unicodedata
from dataclasses import dataclass
from pathlib import Path

from opslead.errors import InputErrors

MAX_BYTES = 2_000_000
STANDARD_INPUT = "-"
_BOMS = ((b"\xef\xbb\xbf", "utf-8"), (b"\xff\xfe\x00\x00", "utf-32"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))
_SIGNATURES = (
    (b"%PDF", "a PDF file"),
    (b"PK\x03\x04", "a zip container (docx, xlsx, hwpx and the like)"),
    (b"\xd0\xcf\x11\xe0", "an old Office or HWP file"),
    (b"\x89PNG", "an image"),
    (b"\xff\xd8\xff", "an image"),
    (b"GIF8", "an image"),
    (b"\x1f\x8b", "a compressed file"),
)


@dataclass(frozen=True)
class Source:
    """A text with the name the user gave it; `sha256` is of the bytes as read."""

    name: str
    text: str
    sha256: str


def read_source(path: str | Path) -> Source:
    """The text of a file, or of the standard input for `-`. Raises InputErrors when there is nothing readable."""
    name = str(path)
    if name == STANDARD_INPUT:
        return decode(sys.stdin.buffer.read(MAX_BYTES + 1), "<stdin>")
    try:
        with Path(path).open("rb") as file:
            data = file.read(MAX_BYTES + 1)
    except FileNotFoundError as error:
        raise InputErrors.one(
            name, "there is no such file", "give the path of a .md or .txt file, or - for the standard input"
        ) from error
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
    """Bytes as text in Unicode's composed form: UTF-8, UTF-16 and UTF-32 with a mark, UTF-16 without, CP949.

    Raises InputErrors for empty, too large and binary data.
    """
    if len(data) > MAX_BYTES:
        raise InputErrors.one(
            name, f"larger than {MAX_BYTES:,} bytes", "split it, or leave out what does not describe the service"
        )
    for signature, what in _SIGNATURES:
        if data.startswith(signature):
            raise InputErrors.one(name, f"this is {what}, not text", "save or export it as plain text or Markdown")
    text = _decode(data, name).removeprefix("\ufeff")
    if not text.strip():
        raise InputErrors.one(
            name, "the file is empty", "describe the service in at least three sentences: who, what, how"
        )
    return Source(name, unicodedata.normalize("NFC", text), hashlib.sha256(data).hexdigest())


def _decode(data: bytes, name: str) -> str:
    encodings = next(([encoding] for bom, encoding in _BOMS if data.startswith(bom)), None) or _guesses(data)
    for encoding in encodings:
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if not _is_binary(text):
            return text
    raise InputErrors.one(name, "this is not text in UTF-8, UTF-16 or CP949", "save it as UTF-8")


def _guesses(data: bytes) -> list[str]:
    """The encodings to try: text in UTF-16 has zero bytes, other text has none."""
    if b"\x00" not in data:
        return ["utf-8", "cp949"]
    return ["utf-16-le", "utf-16-be"] if data[1::2].count(0) >= data[0::2].count(0) else ["utf-16-be", "utf-16-le"]


def _is_binary(text: str) -> bool:
    """Control characters that no text has, or a lot of characters that Unicode has not given out."""
    sample = text[:20_000]
    odd = sum(unicodedata.category(c) in ("Cc", "Cn", "Co") and c not in "\t\n\r\x0b\x0c\x1b" for c in sample)
    return odd > len(sample) * 0.02
