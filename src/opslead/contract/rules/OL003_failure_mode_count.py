"""OL003: there are 8 or more failure modes"""

from __future__ import annotations

from collections.abc import Iterator

from opslead.contract.rule import Breach, Rule
from opslead.spec.document import Specification
from opslead.text import pick


def check(specification: Specification) -> Iterator[Breach]:
    lang = specification.language
    count = len(specification.failure_modes)
    if 0 < count < 8:
        line = specification.sections.get("failure_modes", 0)
        yield Breach(
            pick(lang, "실패 패턴", "failure modes"),
            pick(lang, f"{count}개다. 8개 이상이어야 한다", f"{count} of them; 8 or more are wanted"),
            line=line,
        )


RULE = Rule(
    id="OL003",
    name="failure-mode-count",
    severity="error",
    summary={"ko": "상위 실패 패턴은 8개 이상", "en": "there are 8 or more failure modes"},
    why={"ko": "8개 미만이면 떠오르는 것만 적은 것이다.", "en": "Fewer are what comes to mind anyway."},
    repair={
        "ko": "다른 흐름·시간대·파트너에서 터지는 것을 찾아 8개 이상 쓴다",
        "en": "look at other flows, hours and partners, and write 8 or more",
    },
    bad="1) 실패 패턴 5개",
    good="1) 실패 패턴 12개",
    check=check,
)
