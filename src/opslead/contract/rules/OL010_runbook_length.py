"""OL010: the runbook has 3 to 7 steps"""

from __future__ import annotations

from collections.abc import Iterator

from opslead.contract.rule import Breach, Rule
from opslead.contract.words import breach
from opslead.spec.document import Specification
from opslead.text import pick


def check(specification: Specification) -> Iterator[Breach]:
    lang = specification.language
    for policy in specification.policies:
        count = len(policy.runbook)
        if count and not 3 <= count <= 7:
            message = pick(
                lang, f"{count}단계다. 3~7단계여야 한다", f"{count} step{'s' * (count > 1)}; 3 to 7 are wanted"
            )
            yield breach(policy, lang, "runbook", message, policy.runbook[0].action)


RULE = Rule(
    id="OL010",
    name="runbook-length",
    severity="error",
    summary={"ko": "Runbook은 3~7단계", "en": "the runbook has 3 to 7 steps"},
    why={
        "ko": "두 단계는 원칙이고 여덟 단계는 밤에 읽지 못한다.",
        "en": "Two steps are a principle; nobody reads eight at night.",
    },
    repair={
        "ko": "운영자가 실제로 하는 3~7단계로 나누거나 합친다",
        "en": "split or join into the 3 to 7 steps that an operator performs",
    },
    bad="운영 절차: 확인하고 처리한다",
    good="운영 절차: 1. 시스템이 … 2. 당직이 … 3. 재무가 …",
    check=check,
)
