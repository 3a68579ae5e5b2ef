"""OL018: every question names the decision and the data it needs"""

from __future__ import annotations

from collections.abc import Iterator

from opslead.contract.rule import Breach, Rule
from opslead.spec.document import Specification
from opslead.text import pick


def check(specification: Specification) -> Iterator[Breach]:
    lang = specification.language
    for number, question in enumerate(specification.questions, 1):
        if not question.decision or not question.data_needed:
            where = pick(lang, f"질문 {number}", f"question {number}")
            message = pick(
                lang,
                "정할 것과 필요한 데이터를 나누어 말하지 않는다",
                "does not say the decision and the data it needs",
            )
            yield Breach(where, message, question.decision[:100], line=question.line)


RULE = Rule(
    id="OL018",
    name="question-data",
    severity="warning",
    summary={
        "ko": "질문마다 정할 것과 필요한 데이터가 있다",
        "en": "every question names the decision and the data it needs",
    },
    why={"ko": "데이터가 없는 질문은 의견으로 답하게 된다.", "en": "A question without data is answered by opinion."},
    repair={"ko": "‘결정: … — 필요한 데이터: …’로 쓴다", "en": "write “Decision: … — Data needed: …”"},
    bad="1. 노쇼는 어떻게 할까요?",
    good="1. 노쇼 시각 — 22시 이후 실제 도착률, 최근 3개월",
    check=check,
)
