"""A small service with a draft of its policies, searched with them, to be attacked in tests."""

from dataclasses import dataclass
from functools import cache
from hashlib import sha256

from opslead.behaviour.bounds import Bounds
from opslead.intake.page.readers import Source
from opslead.knowledge.catalog import load_catalog
from opslead.knowledge.slots import computations
from opslead.lenses import examine_all
from opslead.panel.attack.items import BreachDraft
from opslead.panel.brief import Brief, brief, places
from opslead.panel.claims.judge import Known
from opslead.panel.depth.checks import Bench
from opslead.pipeline import understand
from opslead.policy.compose import Draft, Ground, compose
from opslead.policy.rank import choose
from opslead.policy.synthesise import Candidate, synthesise
from opslead.policy.verify import verified
from opslead.spec.document import Specification
from opslead.text import Lang

KO = """# 도자기 공방 좌석 예약
- 손님(고객): 앱에서 좌석을 예약하고 현장에서 체크인한다.
- 현장 직원: 1명, 매일 10:00~19:00. 체크인과 자리 변경을 한다.
- CS 담당: 1명, 평일 10:00~18:00. 환불 승인은 건당 20만원까지 전결.

## 주요 흐름
1. 좌석 선택 → 좌석 10분 선점 → 결제(PG 콜백) → 예약 확정 → 알림톡
2. 입장 10:00~19:00: 현장 직원이 예약자 확인 → 이용 시작
3. 취소: 3일 전 100%, 1~2일 전 50% 환불, 당일 환불 없음.
하루 평균 예약 40건, 평균 객단가 5만원. 좌석 20개.
"""
EN = """# Pottery studio seats
- Customer: books a seat in the app and checks in at the studio.
- Studio staff: 1 person, daily 10:00-19:00. Checks in guests and changes seats.
- Support: 1 person, weekdays 10:00-18:00. May approve refunds up to 150 EUR alone.

## Main flow
1. Choose a seat → hold the seat for 10 minutes → pay (payment provider callback) → booking confirmed → notification
2. Entry 10:00-19:00: studio staff check the booking → use starts
3. Cancel: 3 days before 100% refund, 1 day before 50%, same day none.
40 bookings a day on average, average ticket 45 EUR. 20 seats.
"""


@dataclass(frozen=True)
class Attacked:
    """Everything that attackers and the Ops Lead start from."""

    specification: Specification
    known: Known
    brief: Brief
    bench: Bench
    candidates: tuple[Candidate, ...]


@cache
def attacked(lang: Lang = "ko") -> Attacked:
    """The studio with the dozen policies that the engine chooses for it; searched small, so that a test is quick."""
    text = {"ko": KO, "en": EN}[lang]
    source = Source("studio.md", text, sha256(text.encode()).hexdigest())
    catalog = load_catalog()
    _, service = understand([source], catalog=catalog)
    selection = catalog.select(service)
    holes = examine_all(service, selection.patterns)
    synthesis = synthesise(service, holes, selection.patterns)
    choices = choose(synthesis.candidates, (), (), 12, service.concepts | service.kinds)[:12]
    bounds = Bounds(faults=1)
    verification = (
        verified(service, choices, bounds, lambda: False) if lang == "ko" else None
    )  # what English is for needs none
    ground = Ground(service, selection, (), None, None, 12, True, bounds, lambda: False)
    known = Known(service, [source], places(service), holes, verification.after if verification else ())
    candidates = tuple(choice.candidate for choice in choices)
    computed = computations(service)
    return Attacked(
        compose(ground, Draft(holes, synthesis, choices, verification)),
        known,
        brief(service, [source], None),
        Bench(service, computed, holes, [source], {c.id: c.policy for c in candidates}, verification),
        candidates,
    )


GAP = "접수 시각을 증명할 수 없으면 손님에게 유리한 가장 이른 기록(문자·통화·문의)을 쓴다"
GAP_EN = "If the time of asking cannot be proved, use the earliest record"
GRADE = {"value": 7, "reason": "매주 있다"}


def strike(**changes: object) -> BreachDraft:
    """A way through the first policy, as an attacker answers it in Korean."""
    whole: dict[str, object] = {
        "name": "vague-message-freezes-refund",
        "policies": [1],
        "gap": GAP,
        "place": "exit-cancel",
        "story": [
            "손님이 예약한 날 못 갈 수도 있다는 문의를 남겨 둔다.",
            "이용 1일 전 토요일에 전화로 취소를 말한다.",
            "월요일에 가장 이른 기록인 첫 문의가 취소 시각이 된다.",
            "50%를 받을 사람이 100%를 받고 좌석은 빈다.",
        ],
        "surfaces": [3, 8],
        "loss": "wrong_amount",
        "user_impact": "제때 취소한 손님과 같은 돈을 받는다",
        "operations_impact": "주말마다 환불 다툼이 쌓인다",
        "quotes": ["3일 전 100%, 1~2일 전 50% 환불"],
        "severity": GRADE,
        "occurrence": GRADE,
        "detection": GRADE,
        "data": "문의를 근거로 확정된 취소 건수",
    }
    return BreachDraft.model_validate({**whole, **changes})


def strike_en(**changes: object) -> BreachDraft:
    """The same in English."""
    english = {
        "gap": GAP_EN,
        "story": [
            "A customer writes on the day of booking that he may not make it.",
            "On the Saturday before the use he cancels by phone.",
            "On Monday the first message counts as the time of asking.",
            "He gets 100% instead of 50%, and the seat stays empty.",
        ],
        "user_impact": "an honest customer gets less",
        "operations_impact": "refund quarrels pile up each weekend",
        "quotes": ["1 day before 50%, same day none"],
        "data": "cancels settled on a message",
    }
    return strike(**{**english, **changes})
