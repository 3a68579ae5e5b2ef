"""Decisions that a draft leaves to people: the search no longer counts on them, and the reader is told so."""

from __future__ import annotations

from collections.abc import Sequence

from opslead.knowledge.schema import Pattern
from opslead.panel.answers import ByPeople
from opslead.spec.document import Uncertain
from opslead.text import Lang, josa, pick


def without(pattern: Pattern, left: Sequence[ByPeople]) -> Pattern:
    """The pattern with what its guardrails decide, less what is left to people."""
    gone = {one.decision for one in left}
    if not gone:
        return pattern
    guardrails = tuple(
        guard.model_copy(update={"decides": tuple(d for d in guard.decides if d not in gone)})
        for guard in pattern.guardrails
    )
    return pattern.model_copy(update={"guardrails": guardrails})


def told(uncertain: Uncertain | None, left: Sequence[ByPeople], lang: Lang) -> Uncertain | None:
    """The uncertainty with who goes on deciding and why, behind what it says already, and what would let the system decide."""
    if not left:
        return uncertain
    known = uncertain or Uncertain(what="")
    said = [known.what] if known.what else []
    said += [_said(one, lang) for one in left]
    return Uncertain(what=" ".join(said), questions=(*known.questions[: _MOST_ASKED - 1], _asked(left[0], lang)))


_MOST_ASKED = 3
"""Questions of one uncertainty, as the contract wants them."""


def _asked(one: ByPeople, lang: Lang) -> str:
    who = one.who.strip()
    return pick(
        lang,
        f"{josa(who, '이/가')} 정한 결과를 미리 가를 수 있는 기록은 무엇인가(최근 3개월, 건별)?",
        f"Which record would have told what {who} decided, case by case over the last three months?",
    )


def _said(one: ByPeople, lang: Lang) -> str:
    who, why = one.who.strip(), one.why.strip().rstrip(".") + "."
    return pick(
        lang,
        f"{josa(who, '이/가')} 계속 직접 정한다: {why} 탐색은 이 부분을 시스템이 정한다고 세지 않았다.",
        f"{who} goes on deciding: {why} The search did not count on the system here.",
    )
