"""OL001: the four sections stand in their order: failure modes, policy catalog, rollout, verification questions"""

from __future__ import annotations

from collections.abc import Iterator

from opslead.contract.rule import Breach, Rule
from opslead.spec.document import Specification
from opslead.spec.labels import SECTIONS
from opslead.text import pick


def check(specification: Specification) -> Iterator[Breach]:
    lang = specification.language
    parts = {
        "failure_modes": specification.failure_modes,
        "policies": specification.policies,
        "rollout": specification.rollout.items,
        "questions": specification.questions,
    }
    for name, part in parts.items():
        if not part:
            title = SECTIONS[lang][name]
            line = specification.sections.get(name, 0)
            yield Breach(title, pick(lang, "절이 없거나 비어 있다", "the section is missing or empty"), line=line)
    found = [(line, name) for name, line in specification.sections.items() if name in parts]
    order = [name for name in parts if name in specification.sections]
    if [name for _, name in sorted(found)] != order:
        yield Breach(
            pick(lang, "절 순서", "order of sections"),
            pick(lang, "절이 계약의 순서가 아니다", "the sections are out of order"),
            line=min(found)[0],
        )


RULE = Rule(
    id="OL001",
    name="sections",
    severity="error",
    summary={
        "ko": "네 절(실패 패턴, 정책 카탈로그, 도입 순서, 검증 질문)이 이 순서로 있다",
        "en": "the four sections stand in their order: failure modes, policy catalog, rollout, verification questions",
    },
    why={
        "ko": "읽는 사람은 무엇이 터지는지, 무엇으로 막는지, 무엇부터 하는지, 무엇을 더 알아야 하는지를 이 순서로 찾는다.",
        "en": "A reader looks for what breaks, what stops it, what comes first and what must be found out, in this order.",
    },
    repair={
        "ko": "빠진 절을 제목과 함께 넣고 0)~4) 순서로 놓는다",
        "en": "add the missing section with its title, and keep the order 0) to 4)",
    },
    bad="# 정책 모음 (절 제목 없이 정책만)",
    good="## 1) 운영 관점 Top Failure Modes … ## 2) Policy Catalog … ## 3) Priority & Rollout … ## 4) Verification Questions",
    check=check,
)
