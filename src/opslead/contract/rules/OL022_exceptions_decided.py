"""OL022: exceptions and conflicts are decided by a rule"""

from __future__ import annotations

import re
from collections.abc import Iterator

from opslead.contract.rule import Breach, Rule
from opslead.contract.words import breach, texts
from opslead.spec.document import Specification
from opslead.text import pick


def check(specification: Specification) -> Iterator[Breach]:
    lang = specification.language
    vague = re.compile(
        r"케이스\s*(?:별|바이\s*케이스)|상황에 (?:따라|맞게)\s*(?:유연|적절|판단|대응|처리)|유연하게 (?:대응|처리|적용)|적절(?:히|하게) (?:대응|처리|조치|판단)|case[- ]by[- ]case|use (?:good )?judg|handle appropriately|as (?:the )?situation requires|be flexible",
        re.I,
    )
    counted = re.compile(r"compar|match|pair|reconcil|대조|맞춘|맞춰|짝", re.I)  # two lists gone through case by case
    for policy in specification.policies:
        for name, text in texts(policy):
            if name in ("exceptions", "runbook") and (match := vague.search(text)) and not counted.search(text):
                repair = pick(lang, "어느 경우에 누가 이기는지 순서로 쓴다", "say which case wins, in order")
                yield breach(
                    policy, lang, name, pick(lang, "정해진 규칙이 아니다", "is no rule"), match.group(), repair
                )


RULE = Rule(
    id="OL022",
    name="exceptions-decided",
    severity="error",
    summary={"ko": "예외와 충돌은 정해진 규칙으로 풀린다", "en": "exceptions and conflicts are decided by a rule"},
    why={
        "ko": "‘케이스별로 판단’은 현장에서 가장 센 사람이 정한다는 뜻이다.",
        "en": "“Case by case” means that whoever shouts loudest decides.",
    },
    repair={"ko": "어느 경우에 누가 이기는지 순서로 쓴다", "en": "say which case wins, in order"},
    bad="예외: 상황에 따라 유연하게 처리",
    good="예외: 이미 입실한 사람은 옮기지 않는다. 안전 > 입실자 > 확정자",
    check=check,
)
