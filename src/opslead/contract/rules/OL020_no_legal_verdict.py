"""OL020: no statement that something is legal or illegal"""

from __future__ import annotations

from collections.abc import Iterator

from opslead.contract.rule import Breach, Rule
from opslead.contract.words import breach, texts
from opslead.knowledge.vocabulary import LEGAL_QUESTION, LEGAL_VERDICT
from opslead.spec.document import Specification
from opslead.text import pick


def check(specification: Specification) -> Iterator[Breach]:
    lang = specification.language
    for policy in specification.policies:
        for name, text in texts(policy):
            if (match := LEGAL_VERDICT.search(text)) and not LEGAL_QUESTION.search(text):
                repair = pick(
                    lang,
                    "[UNCERTAIN]의 Risk/Legal 질문으로 옮긴다",
                    "move it to [UNCERTAIN] as a question to risk/legal",
                )
                yield breach(
                    policy,
                    lang,
                    name,
                    pick(lang, "법적 판단을 단정한다", "states a legal verdict"),
                    match.group(),
                    repair,
                )


RULE = Rule(
    id="OL020",
    name="no-legal-verdict",
    severity="error",
    summary={"ko": "합법·위법을 단정하지 않는다", "en": "no statement that something is legal or illegal"},
    why={
        "ko": "법 판단은 Risk/Legal의 일이고, 틀린 단정은 그대로 실행된다.",
        "en": "Law is for risk/legal, and a wrong verdict is carried out as written.",
    },
    repair={
        "ko": "[UNCERTAIN]에 Risk/Legal에게 물을 질문으로 옮긴다",
        "en": "move it to [UNCERTAIN] as a question for risk/legal",
    },
    bad="이 환불 제한은 전자상거래법상 합법이다",
    good="[UNCERTAIN] 이 환불 제한이 가능한지 Risk/Legal에 묻는다",
    check=check,
)
