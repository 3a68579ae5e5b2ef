"""OL021: no measure relies on care, attention, training or reminders"""

from __future__ import annotations

import re
from collections.abc import Iterator

from opslead.contract.rule import Breach, Rule
from opslead.contract.words import breach, texts
from opslead.knowledge.vocabulary import CARE_WORDS
from opslead.spec.document import Specification
from opslead.text import pick


def check(specification: Specification) -> Iterator[Breach]:
    lang = specification.language
    care = (*CARE_WORDS["ko"], *CARE_WORDS["en"])
    measures = ("enforcement_points", "runbook", "exceptions", "trigger", "scope", "name")
    for policy in specification.policies:
        for name, text in texts(policy):
            if name not in measures:
                continue
            said = [match for words in care if (match := re.search(words, text, re.I))]
            if said:
                first = min(said, key=lambda match: (match.start(), -match.end()))
                repair = pick(
                    lang,
                    "승인 흐름, 자동 제어, 한도, 기록, 기본 처리로 바꾼다",
                    "use an approval flow, an automatic control, a limit, a log or a default",
                )
                message = pick(lang, "사람의 주의에 기댄다", "relies on people's care")
                yield breach(policy, lang, name, message, _clause(text, first), repair)


def _clause(text: str, match: re.Match[str]) -> str:
    """The clause that holds the words: `refresher` alone does not say what has to be replaced."""
    start = max((end.end() for end in _END.finditer(text, 0, match.start())), default=0)
    end = _END.search(text, match.end())
    return text[start : end.start() if end else len(text)].strip()


_END = re.compile(r"[.;!?](?=\s|$)|\n")


RULE = Rule(
    id="OL021",
    name="no-care",
    severity="error",
    summary={
        "ko": "주의·교육·당부에 기대는 대책이 없다",
        "en": "no measure relies on care, attention, training or reminders",
    },
    why={"ko": "조심은 바쁜 날 가장 먼저 사라진다.", "en": "Care is the first thing to go on a busy day."},
    repair={
        "ko": "시스템이 막거나 기본으로 하는 것으로 바꾼다",
        "en": "replace it by what the system prevents or does by default",
    },
    bad="직원에게 철저히 교육한다",
    good="승인자가 다른 사람일 때만 버튼이 켜진다",
    check=check,
)
