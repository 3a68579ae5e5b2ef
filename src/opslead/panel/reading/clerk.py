"""Whoever holds an answer against the texts: what is quoted must stand there, what is claimed must stand in the quotation."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from opslead.errors import Place
from opslead.model import document as doc
from opslead.panel.reading.proof import What, parsed, supports
from opslead.panel.reading.quotes import Found, Pages
from opslead.spec.document import Refusal
from opslead.text import Lang, pick

_WORD = re.compile(r"[0-9A-Za-z가-힣]{2,}")
_ANYBODY = frozenset(
    [
        "담당",
        "담당자",
        "직원",
        "관리자",
        "매니저",
        "팀장",
        "사원",
        "회사",
        "업체",
        "서비스",
        "시스템",
        "the",
        "of",
        "at",
        "and",
        "in",
        "for",
        "staff",
        "team",
        "manager",
        "agent",
        "desk",
        "company",
        "service",
        "system",
    ]
)
"""Words of names that fit anybody and so show nobody."""


@dataclass
class Clerk:
    """One reading of an answer. `refused` grows: all that was thrown away; `mendable` of it: what asking again could mend."""

    pages: Pages
    lang: Lang
    currency: str
    refused: list[Refusal] = field(default_factory=list)
    mendable: list[Refusal] = field(default_factory=list)

    def refuse(self, what: str, why: str, place: str = "", *, mendable: bool = True) -> None:
        refusal = Refusal(what=what[:200], place=place, why=why)
        self.refused.append(refusal)
        if mendable:
            self.mendable.append(refusal)

    def found(self, quotes: Iterable[str], what: str, after: Place | None = None) -> tuple[Found, ...]:
        """The quotations that stand in the texts, from `after` on where they stand there; none at all if one was told to a model."""
        found = []
        for quote in quotes:
            if self.pages.told(quote):
                why = pick(
                    self.lang,
                    f"“{quote}”는 서비스 설명이 아니라 언어 모델에게 내리는 지시에서 가져온 말이다",
                    f"“{quote}” is taken from words that instruct a language model and do not describe the service",
                )
                self.refuse(what, why, mendable=False)
                return ()
            here = self.pages.find(quote, after)
            if here is None:
                self.refuse(what, self.not_there(quote))
            else:
                found.append(here)
        return tuple(found)

    def not_there(self, quote: str) -> str:
        return pick(
            self.lang, f"설명에 없는 말을 인용했다: “{quote}”", f"quotes words that are not in the text: “{quote}”"
        )

    def said(self, value: str, what: What, found: Sequence[Found], label: str) -> doc.Said | None:
        """The value with the quotation that states it; None where it is empty or nothing states it."""
        value = value.strip()
        if not value:
            return None
        if parsed(value, what, self.currency) is None:
            self.refuse(f"{label} “{value}”", _UNREADABLE[self.lang][what], str(found[0].place))
            return None
        for here in found:
            if supports(here.quote, value, what, self.currency):
                return doc.Said(value=value, given=here.quote, at=str(here.place))
        why = pick(
            self.lang,
            f"인용한 말(“{found[0].quote}”)에 이 값이 없다",
            f"the quoted words (“{found[0].quote}”) do not state it",
        )
        self.refuse(f"{label} “{value}”", why, str(found[0].place))
        return None

    def kind(self, kind: str, known: frozenset[str], label: str, found: Sequence[Found]) -> str:
        """The kind where it is one of the known, else nothing."""
        if kind in known or not kind:
            return kind
        self.refuse(
            f"{label} ({kind})",
            pick(self.lang, "정해진 종류에 없는 이름이다", "not one of the known kinds"),
            str(found[0].place),
        )
        return ""

    def named(self, name: str, found: Sequence[Found]) -> bool:
        """Whether what is named stands in the quotations or in the items around them."""
        words = _WORD.findall(name.split("(")[0]) or [name]
        words = [word for word in words if word.lower() not in _ANYBODY] or words
        near = " ".join(f"{here.quote} {here.item}" for here in found).lower()
        if any(word.lower() in near for word in words):
            return True
        why = pick(
            self.lang, "인용한 곳에 그런 이름이 없다", "nothing of that name stands where the quotation is taken from"
        )
        self.refuse(name, why, str(found[0].place))
        return False


_UNREADABLE: dict[Lang, dict[What, str]] = {
    "ko": {
        "count": "사람 수로 읽히지 않는다",
        "duration": "시간 길이로 읽히지 않는다",
        "hours": "근무 시간으로 읽히지 않는다",
        "money": "금액으로 읽히지 않는다",
        "share": "비율로 읽히지 않는다",
        "number": "수로 읽히지 않는다",
        "time": "시각으로 읽히지 않는다",
        "words": "빈 값이다",
    },
    "en": {
        "count": "is no number of people",
        "duration": "is no length of time",
        "hours": "are no hours of the week",
        "money": "is no sum of money",
        "share": "is no share",
        "number": "is no number",
        "time": "is no time of day",
        "words": "is empty",
    },
}
