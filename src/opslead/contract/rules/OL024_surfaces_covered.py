"""OL024: all twelve surfaces are covered, 1, 2 and 11 above all"""

from __future__ import annotations

from collections.abc import Iterator

from opslead.contract.rule import Breach, Rule
from opslead.spec.document import Specification
from opslead.spec.labels import SURFACES
from opslead.text import pick


def check(specification: Specification) -> Iterator[Breach]:
    lang = specification.language
    covered = {number for policy in specification.policies for number in policy.surfaces}
    if not covered:
        return
    for number, name in SURFACES[lang].items():
        view = specification.surfaces.get(str(number))
        if number not in covered and (view is None or view.holes or number in (1, 2, 11)):
            where = f"[{number}] {name}"
            yield Breach(
                where,
                pick(lang, "이 표면의 정책이 없다", "no policy on this surface"),
                line=specification.sections.get("policies", 0),
            )


RULE = Rule(
    id="OL024",
    name="surfaces-covered",
    severity="warning",
    summary={
        "ko": "열두 표면을 다 보고, 1·2·11은 정책이 있다",
        "en": "all twelve surfaces are covered, 1, 2 and 11 above all",
    },
    why={
        "ko": "운영 책임자는 1·2·11을 맡고 나머지 아홉도 사람과 현장의 눈으로 본다.",
        "en": "An operations lead owns 1, 2 and 11 and looks at the other nine from the side of people and running work.",
    },
    repair={
        "ko": "그 표면의 구멍을 닫는 정책을 더하거나, 보았는데 없었다고 쓴다",
        "en": "add a policy that closes a hole there, or say that nothing was found",
    },
    bad="1·2·11에 정책이 없음",
    good="표면마다 정책 하나 이상, 1·2·11은 셋 이상",
    check=check,
)
