"""A client's text as a source: held to limits, and known as a description or as a model in YAML."""

from __future__ import annotations

import re

from opslead.errors import InputErrors
from opslead.intake.page.readers import Source, decode

MOST_SERVICE = 500_000
"""Bytes of a description: three times a document of 40 pages. Reading takes a second for 10 to 20 kB and cannot be broken off."""
MOST_DOCUMENT = 1_000_000
"""Bytes of a specification to be checked; opslead's own are 100 to 400 kB."""

_SHORTER = "leave out what does not describe the service, or give the model that was understood of it"

_HEADER = re.compile(r"\s*# yaml-language-server:")
_KEYS = re.compile(r"^(?:actors|flows|resources):\s*$", re.MULTILINE)


def service_source(text: str) -> Source:
    """The description, or the model where the text is one. Raises InputErrors for what is empty, binary or too large."""
    return _source(text, "service.yaml" if is_model(text) else "text", MOST_SERVICE, _SHORTER)


def side_source(text: str, name: str) -> Source | None:
    """A charter or a breach report; None where none is given. Raises InputErrors."""
    return _source(text, name, MOST_SERVICE, "leave out what is said twice") if text.strip() else None


def document_source(text: str) -> Source:
    """A specification to be checked. Raises InputErrors."""
    return _source(text, "document", MOST_DOCUMENT, "check it in parts")


def is_model(text: str) -> bool:
    """Whether the text is a `service.yaml`: by the first line that `understand` writes, or by a name and a section of the model."""
    return bool(_HEADER.match(text)) or (text.lstrip().startswith("name:") and bool(_KEYS.search(text)))


def _source(text: str, name: str, most: int, hint: str) -> Source:
    data = text.encode("utf-8", "replace")  # a lone surrogate has no bytes
    if b"\x00" in data:
        raise InputErrors.one(name, "this is not text: it holds zero characters", "give the words alone")
    if len(data) > most:
        raise InputErrors.one(name, f"larger than {most:,} bytes", hint)
    return decode(data, name)
