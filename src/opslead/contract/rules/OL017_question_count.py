"""OL017: there are 15 or more verification questions"""

from __future__ import annotations

from collections.abc import Iterator

from opslead.contract.rule import Breach, Rule
from opslead.spec.document import Specification
from opslead.text import pick


def check(specification: Specification) -> Iterator[Breach]:
    lang = specification.language
    count = len(specification.questions)
    if 0 < count < 15:
        line = specification.sections.get("questions", 0)
        yield Breach(
            pick(lang, "검증 질문", "verification questions"),
            pick(lang, f"{count}개다. 15개 이상이어야 한다", f"{count} of them; 15 or more are wanted"),
            line=line,
        )


RULE = Rule(
    id="OL017",
    name="question-count",
    severity="error",
    summary={"ko": "검증 질문은 15개 이상", "en": "there are 15 or more verification questions"},
    why={
        "ko": "모르는 것이 15개도 안 되는 계획은 덜 본 것이다.",
        "en": "A plan with fewer unknowns has not been looked at.",
    },
    repair={
        "ko": "정책이 기대는 가정마다 질문을 써서 15개 이상으로 한다",
        "en": "ask about each assumption that a policy rests on, 15 or more in all",
    },
    bad="4) 질문 6개",
    good="4) 질문 18개",
    check=check,
)
