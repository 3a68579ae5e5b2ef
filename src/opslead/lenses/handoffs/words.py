"""Steps as other sentences can name them."""

from __future__ import annotations

import re

from opslead.model.service import Basis, Flow, Step
from opslead.text import Lang

_KOREAN_CLAUSE = re.compile(r"\S(?:를|을|에|에서|에게|으로)\s|(?:원|자|님|사|객|인|장|주)(?:이|가)\s")
"""A particle inside the name: the words are a clause, however short."""


def named(step: Step, lang: Lang) -> str:
    """The step's words where they are a plain name, else the name of its kind; never the person who does it."""
    title = step.title(lang)
    if lang == "ko":
        return step.known.ko if _KOREAN_CLAUSE.search(title) else title
    doer = step.actor.name.split()[-1].lower() if step.actor else ""
    return step.known.en if doer and doer in title.lower() else title


def quoted(words: str, lang: Lang) -> str:
    return f"‘{words}’" if lang == "ko" else f"“{words}”"


def whole_service(flow: Flow) -> bool:
    """Whether every case of the service goes through the flow: it begins with the request, and money or goods move in it."""
    kinds = [s.kind for s in flow.steps if s.source.basis is Basis.GIVEN]
    return "request" in kinds and bool(
        {"charge", "authorize", "pay_in", "hand_over", "pick_up", "receive"} & set(kinds)
    )
