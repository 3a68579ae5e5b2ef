"""What a file is by its first bytes, whatever its name says, and whether the two agree."""

from __future__ import annotations

import re
from enum import StrEnum
from pathlib import PurePath

from opslead.errors import InputErrors
from opslead.intake.page.readers.archive import Archive
from opslead.intake.page.readers.limits import LIMITS, Limits

STANDARD_NAME = "<stdin>"


class Kind(StrEnum):
    """A format that is read; the value is the name of its module in `formats/`."""

    TEXT = "text"
    HTML = "html"
    WORD = "docx"
    SLIDES = "pptx"
    WORKBOOK = "xlsx"
    PDF = "pdf"
    HANGUL = "hwpx"
    OLD_HANGUL = "hwp"


_CALLED = {
    Kind.TEXT: "plain text",
    Kind.HTML: "an HTML page",
    Kind.WORD: "a Word document (.docx)",
    Kind.SLIDES: "a presentation (.pptx)",
    Kind.WORKBOOK: "a workbook (.xlsx)",
    Kind.PDF: "a PDF",
    Kind.HANGUL: "a Hangul document (.hwpx)",
    Kind.OLD_HANGUL: "a Hangul document of the older form (.hwp)",
}
_ENDINGS = {
    **dict.fromkeys((".md", ".markdown", ".txt", ".yaml", ".yml", ".json"), (Kind.TEXT, Kind.HTML)),
    **dict.fromkeys((".html", ".htm", ".xhtml"), (Kind.HTML, Kind.TEXT)),
    **dict.fromkeys((".docx", ".docm", ".dotx", ".dotm"), (Kind.WORD,)),
    **dict.fromkeys((".pptx", ".pptm", ".ppsx", ".ppsm", ".potx"), (Kind.SLIDES,)),
    **dict.fromkeys((".xlsx", ".xlsm", ".xltx", ".xltm"), (Kind.WORKBOOK,)),
    ".pdf": (Kind.PDF,),
    ".hwpx": (Kind.HANGUL,),
    ".hwp": (Kind.OLD_HANGUL,),
}
_COMPOUND = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_OTHERS = (
    (b"\x89PNG", "an image", "describe in words what it shows"),
    (b"\xff\xd8\xff", "an image", "describe in words what it shows"),
    (b"GIF8", "an image", "describe in words what it shows"),
    (b"\x1f\x8b", "a compressed file", "expand it, and name the documents in it"),
    (b"7z\xbc\xaf", "a compressed file", "expand it, and name the documents in it"),
    (b"Rar!", "a compressed file", "expand it, and name the documents in it"),
    (b"{\\rtf", "a document in RTF", "save it as .docx in the program that made it"),
    (
        b"HWP Document File V",
        "a Hangul document of before 2002",
        "save it as .hwpx in Hangul (파일 > 다른 이름으로 저장)",
    ),
)
_IN_COMPOUND = (
    ("EncryptedPackage", "this document is protected by a password", "save it without a password"),
    ("WordDocument", "this is a Word document of the older form (.doc)", "save it as .docx in Word or LibreOffice"),
    ("PowerPoint Document", "this is a presentation of the older form (.ppt)", "save it as .pptx"),
    ("Workbook", "this is a workbook of the older form (.xls)", "save it as .xlsx in Excel or LibreOffice"),
)
_TYPES = (
    (b"wordprocessingml", Kind.WORD),
    (b"ms-word", Kind.WORD),
    (b"presentationml", Kind.SLIDES),
    (b"ms-powerpoint", Kind.SLIDES),
    (b"spreadsheetml", Kind.WORKBOOK),
    (b"ms-excel.sheet.macro", Kind.WORKBOOK),
)
_HTML = re.compile(
    rb"^(?:\xef\xbb\xbf)?\s*(?:<\?xml[^>]{0,200}\?>\s*)?(?:<!--.{0,2000}?-->\s*)?<(?:!doctype\s+html|html)\b",
    re.I | re.S,
)


def kind_of(data: bytes, name: str, limits: Limits = LIMITS) -> Kind:
    """The kind of a file. Raises InputErrors for one that is not read, and for one whose name says another kind."""
    ending = PurePath(name).suffix.lower()
    kind = _sniffed(data, name, limits)
    if (
        kind is Kind.TEXT
        and ending in (".html", ".htm", ".xhtml")
        and re.search(rb"<[a-z!][^<>]*>", data[:20_000], re.I)
    ):
        return Kind.HTML
    expected = _ENDINGS.get(ending)
    if expected and kind not in expected and name != STANDARD_NAME:
        right = ".txt" if kind is Kind.TEXT else f".{kind.value}"
        reason = f"this is {_CALLED[kind]}, though its name ends in {ending}"
        raise InputErrors.one(name, reason, f"give it the ending {right} if that is what it should be")
    return kind


def _sniffed(data: bytes, name: str, limits: Limits) -> Kind:
    for signature, what, hint in _OTHERS:
        if data.startswith(signature):
            raise InputErrors.one(name, f"this is {what}, not text", hint)
    if b"%PDF-" in data[:1024]:
        return Kind.PDF
    if data.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return _zipped(data, name, limits)
    if data.startswith(_COMPOUND):
        return _compound(data, name)
    return Kind.HTML if _HTML.match(data[:4096]) else Kind.TEXT


def _compound(data: bytes, name: str) -> Kind:
    for stream, reason, hint in _IN_COMPOUND:
        if stream.encode("utf-16-le") in data:
            raise InputErrors.one(name, reason, hint)
    if b"HWP Document File" in data or "FileHeader".encode("utf-16-le") in data:
        return Kind.OLD_HANGUL
    raise InputErrors.one(name, "this is an old Office file", "save it as .docx, .pptx or .xlsx")


def _zipped(data: bytes, name: str, limits: Limits) -> Kind:
    archive = Archive(data, name, limits)
    if "Contents/content.hpf" in archive or "Contents/header.xml" in archive:
        return Kind.HANGUL
    if "mimetype" in archive and b"opendocument" in next(archive.read("mimetype"), b""):
        raise InputErrors.one(name, "this is an OpenDocument file", "save it as .docx, .pptx or .xlsx in LibreOffice")
    if "xl/workbook.bin" in archive:
        raise InputErrors.one(name, "this is a binary workbook (.xlsb)", "save it as .xlsx in Excel")
    types = archive.whole("[Content_Types].xml")
    main = b"".join(re.findall(rb'ContentType="([^"]{1,200}main\+xml)"', types))
    for word, kind in _TYPES:
        if word in main:
            return kind
    hint = "expand it, and name the documents in it, each as an argument of its own"
    raise InputErrors.one(name, "this is a zip container with no document that is known in it", hint)
