"""One sentence of a policy's monitoring, read in the language it is written in."""

from __future__ import annotations

import re

from opslead.render.monitoring import english, korean
from opslead.render.monitoring.condition import Said
from opslead.text import Lang

_MARKS = re.compile(r"†?\(Q\d+\)|†")


def read(sentence: str, lang: Lang) -> Said:
    """The clauses of the sentence that name a measured thing, a comparison and a number; else why there is none.

    Marks of starting values and computed numbers are left out of its words.
    """
    found, why = (korean if lang == "ko" else english).clauses(_MARKS.sub("", sentence))
    return Said(tuple(found), "" if found else why)
