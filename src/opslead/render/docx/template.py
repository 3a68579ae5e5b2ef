"""A house's Word file as the ground of the document: read within limits, nothing in it is run or fetched."""

from __future__ import annotations

import io
import zipfile

from opslead.render.format import RenderError

MOST_BYTES = 100_000_000
"""Expanded. A house template with pictures has a few megabytes."""
MOST_ENTRIES = 2_000
_HINT = "save the template as .docx with Word or LibreOffice"


def checked(name: str, content: bytes) -> bytes:
    """The same bytes. Raises RenderError for what is no plain, small .docx: another type, macros, encrypted, a zip bomb."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            entries = archive.infolist()
            names = {entry.filename for entry in entries}
    except zipfile.BadZipFile:
        raise RenderError(f"{name}: not a .docx file; {_HINT}") from None
    if len(entries) > MOST_ENTRIES or sum(entry.file_size for entry in entries) > MOST_BYTES:
        raise RenderError(f"{name}: larger than {MOST_BYTES // 1_000_000} MB or {MOST_ENTRIES} parts when unpacked")
    if "word/document.xml" not in names or "[Content_Types].xml" not in names:
        raise RenderError(f"{name}: no Word document inside; {_HINT}")
    if any(part.lower().endswith("vbaproject.bin") for part in names):
        raise RenderError(f"{name}: holds macros; {_HINT}, which leaves them out")
    return content
