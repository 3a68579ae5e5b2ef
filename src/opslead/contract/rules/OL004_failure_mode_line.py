"""OL004: every failure mode says condition / user impact / operations impact"""

from __future__ import annotations

from collections.abc import Iterator

from opslead.contract.rule import Breach, Rule
from opslead.spec.document import Specification
from opslead.text import pick


def check(specification: Specification) -> Iterator[Breach]:
    lang = specification.language
    for number, mode in enumerate(specification.failure_modes, 1):
        missing = [
            word
            for value, word in (
                (mode.condition, pick(lang, "조건", "condition")),
                (mode.user_impact, pick(lang, "사용자 영향", "user impact")),
                (mode.operations_impact, pick(lang, "운영 영향", "operations impact")),
            )
            if not value
        ]
        if missing:
            where = pick(lang, f"실패 패턴 {number}", f"failure mode {number}")
            yield Breach(
                where,
                pick(lang, f"없음: {', '.join(missing)}", f"missing: {', '.join(missing)}"),
                mode.condition[:100],
                line=mode.line,
            )


RULE = Rule(
    id="OL004",
    name="failure-mode-line",
    severity="error",
    summary={
        "ko": "실패 패턴마다 조건 / 사용자 영향 / 운영 영향",
        "en": "every failure mode says condition / user impact / operations impact",
    },
    why={
        "ko": "셋 중 하나라도 없으면 무엇을 막아야 하는지 정할 수 없다.",
        "en": "Without one of the three nobody can tell what to stop.",
    },
    repair={
        "ko": "한 줄에 ‘조건 / 사용자 영향 / 운영 영향’을 쓴다",
        "en": "write “condition / user impact / operations impact” in one line",
    },
    bad="- 결제가 실패할 수 있다",
    good="- 선점 만료 뒤 승인 도착 / 돈은 나갔고 자리는 없다 / 밤이면 월요일 10시까지 취소 못 한다",
    check=check,
)
