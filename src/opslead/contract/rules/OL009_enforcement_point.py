"""OL009: the enforcement point names a place in the system"""

from __future__ import annotations

from collections.abc import Iterator

from opslead.contract.rule import Breach, Rule
from opslead.contract.words import breach
from opslead.spec.document import Specification
from opslead.text import pick


def check(specification: Specification) -> Iterator[Breach]:
    lang = specification.language
    for policy in specification.policies:
        points = policy.enforcement_points
        if points and all(point.kind == "other" for point in points):
            quote = policy.raw.get("enforcement_points", "; ".join(point.action for point in points))
            message = pick(lang, "시스템의 어느 곳에서 집행하는지 없다", "names no place in the system")
            yield breach(
                policy,
                lang,
                "enforcement_points",
                message,
                quote,
                pick(
                    lang,
                    "UI, 서버 API, 배치, 관리자 콘솔, 기기 중에서 쓴다",
                    "name UI, server API, batch, admin console or device",
                ),
            )


RULE = Rule(
    id="OL009",
    name="enforcement-point",
    severity="error",
    summary={"ko": "집행 위치가 시스템의 한 곳을 가리킨다", "en": "the enforcement point names a place in the system"},
    why={
        "ko": "시스템이 막지 않는 정책은 바쁜 날 사라진다.",
        "en": "What the system does not enforce is gone on a busy day.",
    },
    repair={"ko": "집행되는 시스템의 자리를 쓴다", "en": "name the place in the system that enforces it"},
    bad="집행 위치: 담당자",
    good="집행 위치: 관리자 콘솔 — 승인 전 환불 버튼 잠금",
    check=check,
)
