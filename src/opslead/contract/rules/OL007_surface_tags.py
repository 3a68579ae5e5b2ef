"""OL007: 1 to 3 of the twelve surface tags"""

from __future__ import annotations

from collections.abc import Iterator

from opslead.contract.rule import Breach, Rule
from opslead.contract.words import breach
from opslead.spec.document import Specification
from opslead.text import pick


def check(specification: Specification) -> Iterator[Breach]:
    lang = specification.language
    for policy in specification.policies:
        count = len(policy.surfaces)
        outside = [n for n in policy.surfaces if not 1 <= n <= 12]
        if count > 3 or outside:
            message = pick(
                lang, f"태그가 {count}개다. 열둘 중 1~3개여야 한다", f"{count} tags; 1 to 3 of the twelve are wanted"
            )
            yield breach(
                policy, lang, "surfaces", message, policy.raw.get("surfaces", ", ".join(map(str, policy.surfaces)))
            )


RULE = Rule(
    id="OL007",
    name="surface-tags",
    severity="error",
    summary={"ko": "SurfaceTag는 열둘 중 1~3개", "en": "1 to 3 of the twelve surface tags"},
    why={
        "ko": "태그가 넷 이상이면 무엇을 막는 정책인지 흐려진다.",
        "en": "With four or more it is no longer clear what the policy stops.",
    },
    repair={
        "ko": "이 정책이 실제로 막는 표면 1~3개만 남긴다",
        "en": "keep the 1 to 3 surfaces that this policy really guards",
    },
    bad="[SurfaceTag]: [1] [2] [3] [5] [9]",
    good="[SurfaceTag]: [1] 희소자원 관리, [10] 통합/외부의존",
    check=check,
)
