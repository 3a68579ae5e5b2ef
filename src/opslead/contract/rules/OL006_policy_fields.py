"""OL006: every policy has every field"""

from __future__ import annotations

from collections.abc import Iterator

from opslead.contract.rule import Breach, Rule
from opslead.contract.words import breach
from opslead.spec.document import Specification
from opslead.spec.labels import FIELDS
from opslead.text import pick


def check(specification: Specification) -> Iterator[Breach]:
    lang = specification.language
    for policy in specification.policies:
        for name in (
            "name",
            "surfaces",
            "intent",
            "scope",
            "trigger",
            "signals",
            "enforcement_points",
            "runbook",
            "exceptions",
            "monitoring",
            "symptoms",
        ):
            value = getattr(policy, name)
            empty = value == type(value)() if name == "monitoring" else not value
            if empty:
                label = FIELDS[lang][name]
                message = pick(lang, "필드를 찾을 수 없다", "the field cannot be found")
                repair = pick(lang, f"‘- {label}: …’ 줄을 넣는다", f"add a line “- {label}: …”")
                yield breach(policy, lang, name, message, policy.name, repair)


RULE = Rule(
    id="OL006",
    name="policy-fields",
    severity="error",
    summary={"ko": "정책마다 모든 필드가 있다", "en": "every policy has every field"},
    why={
        "ko": "빠진 필드는 운영자가 그 자리에서 지어낸다.",
        "en": "What is missing the operator makes up on the spot.",
    },
    repair={"ko": "빠진 필드를 이름표와 함께 넣는다", "en": "add the missing field with its label"},
    bad="[Policy #3]에 집행 위치가 없음",
    good="[Policy #3] … - 집행 위치(Enforcement Point): 서버 API — 만료 전 재판매 차단",
    check=check,
)
