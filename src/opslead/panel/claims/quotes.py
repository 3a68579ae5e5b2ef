"""Quotations: whether words stand in the user's texts to the letter, and where."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from opslead.intake.page.readers import Source as Text
from opslead.model.service import Basis, Source

_MARKS = str.maketrans({"“": '"', "”": '"', "„": '"', "«": '"', "»": '"', "‘": "'", "’": "'", "`": "'", "…": "."})
_EDGES = " \t\n\"'·…"
LEAST = {True: 4, False: 8}
"""Letters of the shortest quotation that says anything, with Hangul or without."""


@dataclass(frozen=True)
class _Flat:
    """A text without its white space and with plain quotation marks; `at` gives for each sign its place in the text."""

    text: str
    at: tuple[int, ...]


def located(quote: str, texts: Sequence[Text]) -> Source | None:
    """The quotation as a given source with its line, in the words of the text; None where no text has it to the letter.

    White space and the form of quotation marks make no difference. Words too few to say anything are no quotation.
    """
    wanted = _flat(quote.strip(_EDGES)).text
    if len(re.sub(r"\W", "", wanted)) < LEAST[bool(re.search("[가-힣]", wanted))]:
        return None
    for text in texts:
        flat = _flat(text.text)
        found = flat.text.find(wanted)
        if found >= 0:
            start, end = flat.at[found], flat.at[found + len(wanted) - 1] + 1
            line = text.text.count("\n", 0, start) + 1
            return Source(Basis.GIVEN, " ".join(text.text[start:end].split()), text.place(line))
    return None


def _flat(text: str) -> _Flat:
    kept = [(sign, at) for at, sign in enumerate(text.translate(_MARKS)) if not sign.isspace()]
    return _Flat("".join(sign for sign, _ in kept), tuple(at for _, at in kept))
