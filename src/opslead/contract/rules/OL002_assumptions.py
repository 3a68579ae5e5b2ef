"""OL002: assumptions stand only when an input is missing, 3 to 7 of them"""

from __future__ import annotations

from collections.abc import Iterator

from opslead.contract.rule import Breach, Rule
from opslead.spec.document import Specification
from opslead.text import pick


def check(specification: Specification) -> Iterator[Breach]:
    lang = specification.language
    count = len(specification.assumptions)
    if count and not 3 <= count <= 7:
        line = specification.sections.get("assumptions", 0)
        yield Breach(
            pick(lang, "가정", "assumptions"),
            pick(lang, f"{count}개다. 3~7개여야 한다", f"{count} of them; 3 to 7 are wanted"),
            line=line,
        )
    roles = {item.role for item in specification.inputs}
    if count and {"charter", "breach"} <= roles:
        yield Breach(
            pick(lang, "가정", "assumptions"),
            pick(lang, "빠진 입력이 없는데 가정이 있다", "no input is missing, yet there are assumptions"),
        )
    if specification.inputs and not count and not {"charter", "breach"} <= roles:
        yield Breach(
            pick(lang, "가정", "assumptions"),
            pick(lang, "입력이 빠졌는데 가정이 없다", "an input is missing, yet there are no assumptions"),
        )


RULE = Rule(
    id="OL002",
    name="assumptions",
    severity="error",
    summary={
        "ko": "가정은 입력이 빠졌을 때만, 3~7개",
        "en": "assumptions stand only when an input is missing, 3 to 7 of them",
    },
    why={
        "ko": "가정이 적으면 빠진 것을 숨기고, 많으면 아무도 확인하지 않는다.",
        "en": "Fewer hide what is missing; nobody checks more.",
    },
    repair={
        "ko": "확인할 가정 3~7개만 남기거나, 입력이 다 있으면 절을 뺀다",
        "en": "keep 3 to 7 assumptions that somebody will check, or leave the section out where no input is missing",
    },
    bad="0) 가정: 1개",
    good="0) 가정: 헌장 없음, 근무 시간 없음, 하루 건수 없음 (3개)",
    check=check,
)
