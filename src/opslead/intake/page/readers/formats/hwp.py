"""Hangul of the older form (.hwp, version 5): made into .hwpx by the library hwpforge, then read as that."""

from __future__ import annotations

from opslead.errors import InputErrors
from opslead.intake.page.readers.formats import hwpx
from opslead.intake.page.readers.limits import LIMITS, Limits
from opslead.intake.page.readers.page import Converted

_SAVE = "save it as .hwpx in Hangul (파일 > 다른 이름으로 저장 > 한글 표준 문서 .hwpx)"


def read(data: bytes, name: str, limits: Limits = LIMITS) -> Converted:
    """The document as Markdown. Raises InputErrors, with how to save it as .hwpx, where it is not read."""
    try:
        import hwpforge
    except ImportError as error:
        reason = "reading a .hwp file needs the library hwpforge"
        raise InputErrors.one(name, reason, f"pip install 'opslead[hwp]', or {_SAVE}") from error
    try:
        made = bytes(hwpforge.convert_hwp5(data).document)
    except hwpforge.HwpForgeError as error:
        why = " ".join(str(error).split()).partition(" hint:")[0][:200]
        reason = (
            "this document is protected by a password"
            if "password" in why.lower()
            else f"the .hwp file cannot be read: {why}"
        )
        raise InputErrors.one(name, reason, _SAVE) from error
    return hwpx.read(made, name, limits)
