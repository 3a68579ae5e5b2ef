"""Small specifications and services for the checks."""

from opslead.errors import Place
from opslead.intake.page.readers import Source
from opslead.pipeline import understand
from opslead.spec.document import EnforcementPoint, Monitoring, Policy, RunbookStep, Specification

CAMPING = """# 숲속 캠핑장
## 사용자
- 현장 관리인: 캠핑장마다 낮 2명(09:00~18:00), 밤 1명(18:00~익일 09:00). 체크인과 민원 처리를 한다.
- CS 담당: 본사 2명, 평일 10:00~19:00. 환불 승인은 건당 20만원까지 전결.
## 주요 흐름
1. 고객이 앱에서 날짜 선택 → 사이트 10분 선점 → 결제(PG 콜백) → 예약 확정
2. 취소하면 환불한다.
## 숫자
하루 평균 예약 90건, 노쇼율 4%. 평균 객단가 7만 2천원.
"""
CHARGING = """# EV charging
Drivers reserve a window in our app and pay by card.

## Users
- Support desk: 2 people, weekdays 09:00-18:00. Answers drivers and makes refunds.
- Field service company: 4 technicians, Monday to Saturday 07:00-19:00. Repairs stalls.
- Finance: 1 person, weekdays 09:00-17:00. Pays the hosts.

## Flow
search -> hold 5 minutes -> charge card -> reserved -> session started -> receipt

About 2,900 sessions a day; 6% of reservations not used; average ticket 21 EUR.
"""


def source(name, text):
    return Source(name, text, "0" * 64)


def camping():
    return understand([source("camping.md", CAMPING)])[1]


def charging():
    return understand([source("charging.md", CHARGING)])[1]


def step(action, actor="", deadline="", data=""):
    return RunbookStep(actor=actor, action=action, deadline=deadline, data=data)


def policy(number, **fields):
    """A policy with nothing in it but what is given."""
    return Policy(number=number, **{"name": f"policy {number}", "surfaces": (1,), **fields})


def document(lang, *policies, **fields):
    return Specification(title="t", language=lang, policies=policies, **fields)


__all__ = [
    "CAMPING",
    "CHARGING",
    "EnforcementPoint",
    "Monitoring",
    "Place",
    "camping",
    "charging",
    "document",
    "policy",
    "step",
]
