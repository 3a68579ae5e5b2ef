"""OL014: [UNCERTAIN] says what is uncertain and asks 1 to 3 questions"""

from __future__ import annotations

from collections.abc import Iterator

from opslead.contract.rule import Breach, Rule
from opslead.contract.words import breach
from opslead.spec.document import Specification
from opslead.text import pick


def check(specification: Specification) -> Iterator[Breach]:
    lang = specification.language
    for policy in specification.policies:
        if policy.uncertain is None:
            continue
        count = len([q for q in policy.uncertain.questions if q.strip()])
        asks = any("?" in q or "？" in q or len(q) > 8 for q in policy.uncertain.questions)
        if not 1 <= count <= 3 or not asks:
            message = (
                pick(lang, f"질문이 {count}개다. 1~3개여야 한다", f"{count} questions; 1 to 3 are wanted")
                if not 1 <= count <= 3
                else pick(lang, "묻는 것이 없다", "asks nothing")
            )
            yield breach(policy, lang, "uncertain", message, policy.uncertain.what)


RULE = Rule(
    id="OL014",
    name="uncertain-questions",
    severity="error",
    summary={
        "ko": "[UNCERTAIN]에는 무엇이 불확실한지와 질문 1~3개",
        "en": "[UNCERTAIN] says what is uncertain and asks 1 to 3 questions",
    },
    why={
        "ko": "불확실하다고만 적으면 아무도 알아보지 않는다.",
        "en": "Nobody looks into what is only called uncertain.",
    },
    repair={
        "ko": "무엇이 불확실한지와 답을 줄 질문 1~3개를 쓴다",
        "en": "say what is uncertain and ask the 1 to 3 questions that settle it",
    },
    bad="[UNCERTAIN]: 확인 필요",
    good="[UNCERTAIN]: PG가 건별 기한을 지원하는지 모른다 — 질문: ① 지원하는가? ② 반영 시간은?",
    check=check,
)
