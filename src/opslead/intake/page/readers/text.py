"""Bytes of a plain text: encodings recognised."""

from __future__ import annotations

import unicodedata

from opslead.errors import InputErrors
from opslead.intake.page.readers.limits import LIMITS

_BOMS = ((b"\xef\xbb\xbf", "utf-8"), (b"\xff\xfe\x00\x00", "utf-32"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))


def text_of(data: bytes, name: str, most: int = LIMITS.text) -> str:
    """Bytes as text in Unicode's composed form: UTF-8, UTF-16 and UTF-32 with a mark, UTF-16 without, CP949.

    Raises InputErrors for empty, too large (`most` bytes) and binary data.
    """
    if len(data) > most:
        raise InputErrors.one(
            name, f"larger than {most:,} bytes", "split it, or leave out what does not describe the service"
        )
    return unicodedata.normalize("NFC", _decode(data, name).removeprefix("\ufeff"))


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
