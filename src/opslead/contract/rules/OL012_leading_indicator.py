"""OL012: there is at least one leading indicator"""

from __future__ import annotations

from collections.abc import Iterator

from opslead.contract.rule import Breach, Rule
from opslead.contract.words import breach
from opslead.spec.document import Specification
from opslead.text import pick


def check(specification: Specification) -> Iterator[Breach]:
    lang = specification.language
    for policy in specification.policies:
        if not policy.monitoring.leading and (
            policy.monitoring.lagging or policy.monitoring.start or policy.monitoring.stop
        ):
            repair = pick(
                lang,
                "‘선행: …’으로 사고보다 먼저 움직이는 지표를 쓴다",
                "write “leading: …” with a figure that moves before the accident",
            )
            message = pick(lang, "선행 지표가 없다", "no leading indicator")
            yield breach(policy, lang, "monitoring", message, policy.raw.get("monitoring", ""), repair)


RULE = Rule(
    id="OL012",
    name="leading-indicator",
    severity="error",
    summary={"ko": "선행 지표가 하나 이상 있다", "en": "there is at least one leading indicator"},
    why={"ko": "결과 지표는 사고가 난 뒤에 운다.", "en": "A lagging indicator rings after the accident."},
    repair={
        "ko": "‘선행: …’으로 사고보다 먼저 움직이는 지표를 쓴다",
        "en": "write “leading: …” with a figure that moves before the accident",
    },
    bad="모니터링: 사고 건수",
    good="모니터링: 선행 — 결제 진입부터 승인까지 95% 지점, 4분 초과 시 당직 알림",
    check=check,
)
