"""OL005: there are 20 or more policies, numbered once each"""

from __future__ import annotations

from collections.abc import Iterator

from opslead.contract.rule import Breach, Rule
from opslead.spec.document import Specification
from opslead.text import pick


def check(specification: Specification) -> Iterator[Breach]:
    lang = specification.language
    numbers = [policy.number for policy in specification.policies]
    if 0 < len(numbers) < 20:
        line = specification.sections.get("policies", 0)
        yield Breach(
            pick(lang, "정책 카탈로그", "policy catalog"),
            pick(lang, f"{len(numbers)}개다. 20개 이상이어야 한다", f"{len(numbers)} of them; 20 or more are wanted"),
            line=line,
        )
    for index, policy in enumerate(specification.policies):
        if policy.number in numbers[:index]:
            yield Breach(
                pick(lang, f"정책 #{policy.number}", f"Policy #{policy.number}"),
                pick(lang, "같은 번호가 두 번 있다", "the number stands twice"),
                policy.name,
                line=policy.line,
            )


RULE = Rule(
    id="OL005",
    name="policy-count",
    severity="error",
    summary={"ko": "정책은 20개 이상, 번호는 1부터 한 번씩", "en": "there are 20 or more policies, numbered once each"},
    why={
        "ko": "열두 표면을 사람과 현장의 눈으로 다 보면 20개보다 적을 수 없다.",
        "en": "Twelve surfaces seen from the side of people and running work do not fit into fewer.",
    },
    repair={
        "ko": "표면마다 남은 구멍을 정책으로 닫고, 번호는 한 번씩만 쓴다",
        "en": "close what is left on each surface by policies, and use each number once",
    },
    bad="정책 7개",
    good="정책 24개, #1부터 #24까지",
    check=check,
)
