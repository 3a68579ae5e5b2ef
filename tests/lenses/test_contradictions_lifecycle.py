"""What the lifecycle leaves open: for each mechanism a service on which it fires, and a healthy one beside it."""

import re
from itertools import pairwise
from pathlib import Path

import pytest

from opslead.knowledge.findings import load_findings
from opslead.lenses.contradictions import chains, direct_money, endings, retries, sides, silence, stages
from opslead.lenses.hole import Arithmetic, Quotation
from opslead.model.defaults import complete
from opslead.model.document import ServiceText
from opslead.model.resolve import resolve

MODULES = (silence, retries, stages, chains, endings, sides, direct_money)


def look(module, **fields):
    text = ServiceText.model_validate({"name": "시험", "language": "ko", "currency": "KRW", **fields})
    return {hole.mechanism.split(".")[1]: hole for hole in module.look(resolve(complete(text)))}


def english(module, **fields):
    return look(module, **{"name": "trial", "language": "en", "currency": "USD", **fields})


def flow(*steps, **fields):
    return {"name": "흐름", "steps": list(steps), **fields}


CUSTOMER = {"name": "고객", "role": "customer"}
SELLER = {"name": "판매자", "role": "supplier", "does": ["accept", "reject"]}
ADMIN = {"name": "관리자", "role": "staff", "given": "관리자: 분쟁 처리"}

# --- silence ---------------------------------------------------------------------------------------------------------

RIDER = {"name": "기사", "role": "field", "does": ["accept", "reject", "deliver"]}
MATCH = flow({"kind": "charge", "name": "결제"}, {"kind": "assign", "name": "기사 매칭"})
FAST = {"kind": "sla", "subject": "배송 도착", "length": "1시간"}


def test_everybody_asked_may_refuse():
    hole = look(silence, actors=[RIDER], flows=[MATCH], clocks=[FAST])["nobody_accepts"]
    assert "기사 매칭" in hole.condition
    assert "1시간" in hole.condition
    assert isinstance(hole.evidence[0], Quotation)


@pytest.mark.parametrize(
    "healthy",
    [
        {"rules": [{"text": "3분 안에 수락하지 않으면 다음 기사에게 재배차하고 15분이면 취소한다"}]},
        {"actors": [{**RIDER, "does": ["deliver"]}]},  # whoever is sent has to go
        {"flows": [flow({"kind": "assign", "name": "기사 매칭", "within": "5분"})]},
    ],
)
def test_a_match_with_an_end_is_quiet(healthy):
    assert "nobody_accepts" not in look(silence, **{"actors": [RIDER], "flows": [MATCH], "clocks": [FAST], **healthy})


def test_the_promise_is_left_out_where_there_is_none():
    assert "약속" not in look(silence, actors=[RIDER], flows=[MATCH])["nobody_accepts"].condition


PAID_FIRST = flow(
    {"kind": "charge", "name": "카드 결제"},
    {"kind": "accept", "name": "주문 접수", "actor": "판매자"},
    exits=[{"kind": "reject", "name": "주문 거절", "by": "판매자"}],
)


def test_money_first_and_a_refusal_after_it():
    hole = look(silence, actors=[SELLER], flows=[PAID_FIRST])["paid_then_refused"]
    assert "카드 결제가 끝난 뒤에야 판매자가 거절" in hole.condition
    told = [{"text": "판매자가 거절하면 즉시 전액 환불한다"}]
    assert "paid_then_refused" not in look(silence, actors=[SELLER], flows=[PAID_FIRST], rules=told)
    later = {**PAID_FIRST, "steps": PAID_FIRST["steps"][::-1]}  # accepted before the money is taken
    assert "paid_then_refused" not in look(silence, actors=[SELLER], flows=[later])


def test_one_wait_has_a_clock_and_the_other_none():
    fields = {
        "actors": [SELLER],
        "flows": [flow({"kind": "request", "name": "예약 요청"}, {"kind": "complete", "name": "완료"})],
        "states": [{"name": "pending", "next": ["confirmed"]}, {"name": "confirmed"}],
        "clocks": [{"kind": "timeout", "subject": "자동 완료", "length": "24시간"}],
    }
    hole = look(silence, **fields)["unanswered"]
    assert "24시간 시한이 있는데" in hole.condition
    answered = [*fields["clocks"], {"kind": "deadline", "subject": "요청 수락", "length": "12시간"}]
    assert "unanswered" not in look(silence, **{**fields, "clocks": answered})
    assert "unanswered" not in look(silence, **{**fields, "clocks": []})  # a text without clocks lacks everything
    waiting = [flow({"kind": "accept", "name": "수락", "actor": "판매자"})]  # windows.no_end says it
    assert "unanswered" not in look(silence, **{**fields, "flows": waiting})


MENTOR = {"name": "mentor", "role": "supplier", "does": ["accept", "reject"]}
PUPIL = {"name": "pupil", "role": "customer"}
SESSION = {
    "actors": [MENTOR, PUPIL, {"name": "admin", "role": "staff", "does": ["review"]}],
    "flows": [
        {
            "name": "session",
            "steps": [
                {"kind": "authorize", "name": "card hold"},
                {"kind": "review", "name": "admin reviews evidence of the dispute", "actor": "admin"},
            ],
            "exits": [
                {"kind": "dispute", "name": "dispute"},
                {
                    "kind": "no_show",
                    "name": "mentor no-show",
                    "by": "mentor",
                    "tiers": [{"until": "no-show", "share": "100%"}],
                },
                {
                    "kind": "no_show",
                    "name": "pupil no-show",
                    "by": "pupil",
                    "tiers": [{"until": "no-show", "share": "0%"}],
                },
            ],
        }
    ],
    "clocks": [{"kind": "window", "subject": "dispute window", "length": "48 h"}],
}


def test_a_time_to_object_and_none_to_decide():
    hole = english(silence, **SESSION)["dispute_open"]
    assert "filed within 48 hours" in hole.condition
    assert "by the admin" in hole.condition
    assert "of the mentor repays 100%, one of the pupil 0%" in hole.condition
    decided = [*SESSION["clocks"], {"kind": "deadline", "subject": "decision on the case", "length": "3 days"}]
    assert "dispute_open" not in english(silence, **{**SESSION, "clocks": decided})
    proven = [{"text": "a no-show is decided on the log of the video call, kept as evidence"}]
    assert "no-show of the mentor" not in english(silence, **SESSION, rules=proven)["dispute_open"].condition


# --- retries ---------------------------------------------------------------------------------------------------------

REFUND_FAILS = {"text": "환불 API 실패 → 502 Bad Gateway", "subject": "주문 취소", "given": "", "at": "prd.md:202"}
ASKED_AGAIN = {"subject": "결제 재조회", "given": "결제 재조회: 3회, 30s→2m→5m", "at": "prd.md:87"}
PRINTED_AGAIN = {"subject": "출력 재시도", "given": "출력 재시도: 최대 2회, 15초 간격", "at": "prd.md:88"}
ATTEMPTS = {
    "clocks": [
        *({"kind": "retry", "length": length, **ASKED_AGAIN} for length in ("30초", "2분", "5분")),
        {"kind": "retry", "length": "15초", **PRINTED_AGAIN},
    ],
    "limits": [
        {"bound": "max", "amount": 3, "unit": "회", **ASKED_AGAIN},
        {"bound": "max", "amount": 2, "unit": "회", **PRINTED_AGAIN},
    ],
}


def test_a_failure_that_ends_in_a_code():
    hole = look(retries, rules=[REFUND_FAILS], **ATTEMPTS)["failure_unowned"]
    assert "502" in hole.condition
    sums = [(e.formula, e.result) for e in hole.evidence if isinstance(e, Arithmetic)]
    assert sums == [("30초 + 2분 + 5분", "7분 30초"), ("15초 × 2", "30초")]  # each interval once; one interval twice


@pytest.mark.parametrize(
    "healthy",
    [
        {"rules": [REFUND_FAILS, {"text": "재시도를 모두 소진하면 담당자에게 알림을 보내고 수동 처리한다"}]},
        {"rules": [REFUND_FAILS], "controls": [{"kind": "escalate"}]},
        {"rules": [{"text": "필드 누락 → 400 Bad Request"}]},  # a wrong input is the sender's
        {"rules": []},
    ],
)
def test_failures_with_an_owner_are_quiet(healthy):
    assert not look(retries, **ATTEMPTS, **healthy)


def test_orders_that_arise_by_themselves():
    fields = {
        "flows": [
            {
                "name": "구독 주문",
                "given": "구독 신청 → 정기 결제 → 자동 주문 생성",
                "steps": [{"kind": "charge", "name": "정기 결제"}],
            }
        ],
        "mentions": [{"concept": "holiday", "given": "임시 휴무 설정"}, {"concept": "stockout", "given": "품절 처리"}],
    }
    hole = look(retries, **fields)["auto_order_unchecked"]
    assert "‘임시 휴무 설정’·‘품절 처리’와 겹쳤을 때" in hole.condition
    told = [{"text": "결제가 실패하면 3일 뒤 다시 청구하고 두 번째 실패에 회차를 건너뛴다"}]
    assert not look(retries, **fields, rules=told)
    by_hand = [{**fields["flows"][0], "given": "구독 신청 → 정기 결제 → 주문"}]
    assert not look(retries, **{**fields, "flows": by_hand})


# --- stages ----------------------------------------------------------------------------------------------------------

CARS = {
    "resources": [{"name": "cars", "physical": True, "perishable": True}],
    "flows": [
        {
            "name": "booking",
            "steps": [
                {"kind": "request", "name": "chooses dates and mileage limit"},
                {"kind": "charge", "name": "pays"},
                {"kind": "confirm", "name": "confirmation"},
            ],
        }
    ],
    "rules": [{"text": "Automatic completion for past bookings"}],
}


def test_nothing_sees_the_car_leave_or_come_back():
    hole = english(stages, **CARS)["use_unseen"]
    assert "hand-over, return, inspection" in hole.condition
    assert "Automatic completion for past bookings" in hole.condition


@pytest.mark.parametrize(
    "healthy",
    [
        {"rules": []},  # nothing hangs on it: the text simply stops at the booking
        {"rules": [*CARS["rules"], {"text": "the host scans the code at hand-over and on return"}]},
        {"flows": [{**CARS["flows"][0], "steps": [*CARS["flows"][0]["steps"], {"kind": "return", "name": "return"}]}]},
        {"resources": [{"name": "parcels", "physical": True}]},  # nothing that is used for a time
    ],
)
def test_a_use_that_is_seen_is_quiet(healthy):
    assert "use_unseen" not in english(stages, **{**CARS, **healthy})


def test_no_rule_for_going_beyond():
    assert "mileage limit" in english(stages, **CARS)["no_overstay"].condition
    dear = [*CARS["rules"], {"text": "late return costs 20 USD an hour"}]
    assert "no_overstay" not in english(stages, **{**CARS, "rules": dear})


def test_a_remedy_left_for_later():
    fields = {
        "flows": [flow({"kind": "charge", "name": "온라인 결제"})],
        "states": [{"name": "CANCELLED"}],
        "later": [{"text": "환불 처리", "subject": "향후 개발"}],
    }
    hole = look(stages, **fields)["refund_later"]
    assert "온라인 결제는 첫날부터" in hole.condition
    paid_back = [{"kind": "cancel", "name": "취소", "tiers": [{"until": "D-1", "share": "100%"}]}]
    assert "refund_later" not in look(stages, **{**fields, "flows": [flow({"kind": "charge"}, exits=paid_back)]})
    assert "refund_later" not in look(stages, **{**fields, "later": []})


def test_cover_left_for_later():
    fields = {"resources": CARS["resources"], "later": [{"text": "Liability insurance (future)"}]}
    assert "cars" in english(stages, **fields)["cover_later"].condition
    now = [{"text": "a protection plan is part of every booking"}]
    assert "cover_later" not in english(stages, **fields, rules=now)


# --- chains ----------------------------------------------------------------------------------------------------------

CHAIN = ("PAID", "ACCEPTED", "READY", "PICKED_UP", "DELIVERING", "DELIVERED")
STATES = [{"name": a, "next": [b]} for a, b in pairwise(CHAIN)] + [{"name": "DELIVERED", "terminal": True}]
DELIVERY = flow(
    {"kind": "charge", "name": "결제"},
    {"kind": "make", "name": "상품 준비", "actor": "판매자"},
    {"kind": "deliver", "name": "배송"},
)


def test_a_delivery_that_cannot_fail():
    hole = look(chains, actors=[SELLER], flows=[DELIVERY], states=STATES)["straight_delivery"]
    assert "DELIVERING 다음은 DELIVERED뿐" in hole.condition
    failed = [*STATES, {"name": "배송실패(부재)"}]
    assert "straight_delivery" not in look(chains, actors=[SELLER], flows=[DELIVERY], states=failed)
    assert "straight_delivery" not in look(chains, actors=[SELLER], flows=[DELIVERY], states=STATES[-2:])


def test_paid_before_anybody_looks_at_the_shelf():
    empty = [{"concept": "stockout", "given": "품절 처리"}]
    assert "상품 준비 때" in look(chains, actors=[SELLER], flows=[DELIVERY], mentions=empty)["paid_stockout"].condition
    told = [{"text": "없는 품목은 대체하거나 그만큼 부분 환불한다"}]
    assert "paid_stockout" not in look(chains, actors=[SELLER], flows=[DELIVERY], mentions=empty, rules=told)
    assert "paid_stockout" not in look(chains, actors=[SELLER], flows=[DELIVERY])


PAYMENT_STATES = ("INITIATED", "PENDING", "SUCCEEDED", "FAILED", "CANCELLED", "EXPIRED")
BOOKING = "status (RESERVED, CONFIRMED, CANCELLED)"
TWO_SETS = {
    "partners": [{"name": "Pay", "kind": "payment", "mode": "webhook"}],
    "states": [
        *({"name": name, "given": name, "at": f"prd.md:{95 + n}"} for n, name in enumerate(PAYMENT_STATES)),
        *({"name": name, "given": BOOKING, "at": "prd.md:159"} for name in ("RESERVED", "CONFIRMED")),
    ],
}


def test_two_sets_of_states_without_their_pairs():
    hole = english(chains, **TWO_SETS)["states_cross"]
    line = next(e for e in hole.evidence if isinstance(e, Arithmetic))
    assert line.result == "18 pairs"  # 6 of the payment × 3 of the booking, CANCELLED standing in both
    assert "“SUCCEEDED” from Pay" in hole.condition
    settled = [{"text": "a payment that arrives after the cancellation is refunded"}]
    assert not english(chains, **TWO_SETS, rules=settled)
    assert not english(chains, **{**TWO_SETS, "partners": [{"name": "Pay", "kind": "payment", "mode": "api"}]})


def test_a_change_that_no_state_knows():
    fields = {
        "states": [{"name": "pending", "next": ["confirmed"]}, {"name": "confirmed", "next": ["active"]},
                   {"name": "active", "next": ["done"]}, {"name": "done"}],
        "clocks": [{"kind": "deadline", "subject": "provider responds", "length": "24 h", "given": "24h to respond"}],
        "mentions": [{"concept": "offered_change", "given": "[Accept] [Decline] [Propose Alternative]"}],
    }  # fmt: skip
    hole = english(chains, **fields)["change_without_state"]
    assert "“Propose Alternative” can be chosen" in hole.condition
    assert "24 hours" in hole.condition
    known = [*fields["states"], {"name": "counter_proposed"}]
    assert not english(chains, **{**fields, "states": known})
    assert not english(chains, **{**fields, "clocks": []})


# --- endings, sides --------------------------------------------------------------------------------------------------


def test_made_and_not_collected():
    fields = {
        "actors": [{"name": "사장", "role": "supplier", "does": ["make"]}],
        "flows": [flow({"kind": "make", "name": "조리"}, {"kind": "pick_up", "name": "픽업"})],
        "clocks": [{"kind": "timeout", "subject": "픽업 미확정 시 자동 완료", "length": "30분"}],
        "rules": [{"text": "주문 상태 COMPLETED → 400 Bad Request", "subject": "주문 취소"}],
    }
    hole = look(endings, **fields)["closed_uncollected"]
    assert "30분이면" in hole.condition
    assert "COMPLETED → 400" in hole.condition
    kept = [{"text": "찾아가지 않은 음식은 1시간 보관한 뒤 폐기한다"}]
    assert not look(endings, **{**fields, "rules": kept})
    assert not look(endings, **{**fields, "flows": [flow({"kind": "start", "name": "상담"})]})  # nothing to collect


LADDER = {
    "kind": "cancel", "name": "cancellation",
    "tiers": [{"until": "48h", "share": "100%"}, {"until": "24h", "share": "50%"}, {"until": "before_start", "share": "0%"}],
}  # fmt: skip
DEALER = {"name": "Dealer", "role": "supplier", "does": ["cancel"], "authority": [{"action": "cancel"}]}


def test_steps_of_repayment_for_one_side_only():
    fields = {
        "actors": [DEALER, {"name": "Renter", "role": "customer"}],
        "flows": [{"name": "rental", "steps": [{"kind": "charge"}], "exits": [LADDER]}],
    }
    hole = english(sides, **fields)["one_sided_exit"]
    assert "the table gives the Renter 0%" in hole.condition
    paid = {**fields, "money": [{"kind": "ticket", "amount": "200 USD"}]}
    assert english(sides, **paid)["one_sided_exit"].severity.amount == 200  # 200 × (100% - 0%)
    own = {**LADDER, "name": "dealer cancels", "by": "Dealer", "tiers": [{"until": "before_start", "share": "100%"}]}
    both = [{**fields["flows"][0], "exits": [LADDER, own]}]
    assert not english(sides, **{**fields, "flows": both})
    told = [{"text": "Dealer cancels: full refund and a 30 USD credit"}]
    assert not english(sides, **fields, rules=told)


def test_one_kind_of_supplier_is_not_checked():
    checked = [{"concept": "role_verified", "given": "Dealer Verification"}]
    host = {"name": "Private Host", "role": "supplier"}
    hole = english(sides, actors=[DEALER, host], mentions=checked)["role_unverified"]
    assert "for the Private Host" in hole.condition
    both = [*checked, {"concept": "role_verified", "given": "Review & approve private hosts"}]
    assert "role_unverified" not in english(sides, actors=[DEALER, host], mentions=both)
    assert "role_unverified" not in english(sides, actors=[DEALER, host])  # nobody is checked: the text is silent
    future = {**host, "given": "Private Host (future)"}
    assert "role_unverified" not in english(sides, actors=[DEALER, future], mentions=checked)


def test_a_meeting_in_private():
    place = [{"concept": "private_place", "given": "장소: 카페/공원/고객위치"}]
    hole = look(sides, actors=[CUSTOMER, SELLER], mentions=place)["alone_together"]
    assert "판매자와 고객이" in hole.condition
    safe = [{"text": "방문 중 긴급 버튼을 누르면 보안 업체가 출동한다"}]
    assert not look(sides, actors=[CUSTOMER, SELLER], mentions=place, rules=safe)


def test_customers_whom_nobody_can_reach():
    fields = {
        "actors": [CUSTOMER],
        "flows": [flow({"kind": "notify", "name": "픽업 안내(SMS)"}, {"kind": "pick_up", "name": "픽업"})],
        "mentions": [{"concept": "anonymous", "given": "일반 고객 (비로그인)"}],
    }
    hole = look(sides, **fields)["customer_unreachable"]
    assert "비로그인이라" in hole.condition
    asked = [{"text": "결제할 때 휴대폰 번호를 입력한다"}]
    assert not look(sides, **fields, rules=asked)
    assert not look(sides, **{**fields, "mentions": []})


def test_a_guarantee_that_rests_on_somebody_else():
    fields = {
        "actors": [{"name": "Host", "role": "supplier"}],
        "resources": [{"name": "driveways", "physical": True, "perishable": True}],
        "flows": [{"name": "host", "steps": [{"kind": "make", "name": "keeps the driveway clear", "actor": "Host"}]}],
        "mentions": [{"concept": "guarantee", "given": "Guaranteed spot"}],
    }
    hole = english(sides, **fields)["promise_without_fallback"]
    assert "“Guaranteed spot” is promised" in hole.condition
    told = [{"text": "a blocked driveway is relocated to another spot within 0.5 miles or refunded twice"}]
    assert not english(sides, **fields, rules=told)


def test_a_strict_rule_and_a_hand_that_steps_over_it():
    rules = [
        {"text": "Booking must not be confirmed until payment succeeds"},
        {"text": "Manually verify payment (if needed)"},
    ]
    assert "step over it" in english(sides, rules=rules)["by_hand_unproven"].condition
    proven = [*rules, {"text": "a manual check needs a second person and the bank entry as evidence"}]
    assert not english(sides, rules=proven)


# --- money past the service ------------------------------------------------------------------------------------------

DIRECT = {
    "actors": [CUSTOMER, SELLER, ADMIN],
    "flows": [flow({"kind": "charge", "name": "현장에서 현금 결제"})],
    "money": [
        {"kind": "commission", "subject": "수수료", "share": "20%"},
        {"kind": "commission", "subject": "수수료", "amount": "10,000원"},
        {"kind": "price", "subject": "상품", "amount": "50,000원"},
        {"kind": "price", "subject": "총액", "amount": "60,000원"},
    ],
}


def test_a_fee_that_never_passes_through_the_service():
    hole = look(direct_money, **DIRECT)["fee_uncollected"]
    line = next(e for e in hole.evidence if isinstance(e, Arithmetic))
    assert (line.formula, line.result) == ("5만원 × 20%", "1만원")  # of the goods, not of the 60,000 with the fee in
    billed = [{"text": "수수료는 매월 말 판매자에게 청구한다"}]
    assert "fee_uncollected" not in look(direct_money, **DIRECT, rules=billed)
    online = [{"name": "PG", "kind": "payment", "mode": "callback"}]
    assert not look(direct_money, **DIRECT, partners=online)


def test_a_quarrel_about_money_that_the_service_never_saw():
    hole = look(direct_money, **DIRECT)["money_unseen"]
    assert "분쟁은 관리자가" in hole.condition
    nobody = {**DIRECT, "actors": [CUSTOMER, SELLER, {"name": "관리자", "role": "staff"}]}
    assert "money_unseen" not in look(direct_money, **nobody)
    later = {"partners": [{"name": "Toss", "kind": "payment"}], "later": [{"text": "온라인 결제 연동 (Toss)"}]}
    assert (
        "나중 일" in look(direct_money, **DIRECT, **later)["money_unseen"].condition
    )  # a partner of later is none today


# --- all -------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("lang", ["ko", "en"])
def test_a_thin_description_lacks_everything_and_finds_nothing(lang):
    thin = {
        "name": "t",
        "language": lang,
        "actors": [CUSTOMER, ADMIN],
        "flows": [flow({"kind": "request"}, {"kind": "charge"})],
    }
    assert not [hole for module in MODULES for hole in look(module, **thin).values()]


def test_every_mechanism_has_its_texts():
    named = {
        found
        for module in MODULES
        for found in re.findall(r'"(contradictions\.[a-z_]+)"', Path(module.__file__).read_text(encoding="utf-8"))
    } | {"contradictions.refund_later", "contradictions.cover_later"}
    assert named <= set(load_findings())
