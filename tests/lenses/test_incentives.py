"""Incentives: the service on which each finding fires with its numbers, and the healthy one beside it."""

import pytest

from opslead.knowledge.findings import load_findings
from opslead.knowledge.lint_findings import lint_findings
from opslead.lenses import incentives, windows
from opslead.lenses.hole import Arithmetic, Quotation
from opslead.model.defaults import complete
from opslead.model.document import ServiceText
from opslead.model.resolve import resolve

GUEST = {"name": "캠퍼", "role": "customer"}
KEEPER = {"name": "관리인", "role": "field", "count": 1, "does": ["check_in"]}
TICKET = {"kind": "ticket", "amount": "7만 2천원", "given": "평균 객단가 7만 2천원"}
CASES = {"kind": "cases", "amount": 90, "per": "day", "subject": "예약", "given": "하루 평균 예약 90건"}
NO_SHOWS = {"kind": "no_show", "subject": "노쇼율", "share": "4%", "given": "노쇼율 4%"}
RUNGS = "7일 전 100%, 3~6일 전 50%, 1~2일 전 20%, 당일·노쇼 환불 없음"
STORM = {"until": "기상 특보", "share": "100%", "given": "기상 특보 시 전액 환불"}
CHARGE = {"kind": "charge", "name": "결제", "given": "결제"}
CHECK_IN = {
    "kind": "check_in",
    "name": "입실",
    "when": "15:00~22:00",
    "actor": "관리인",
    "given": "관리인이 예약자 확인",
}
BEGIN = {"kind": "opening", "subject": "입실", "time": "15:00", "given": "입실 15:00~22:00"}


def tier(until, share):
    return {"until": until, "share": share, "given": RUNGS}


def cancel(*more, late="0%", gone="0%", **fields):
    rungs = [tier("D-7", "100%"), tier("D-3", "50%"), tier("D-1", "20%"), tier("당일", late), tier("노쇼", gone)]
    return {"kind": "cancel", "name": "취소", "given": RUNGS, "tiers": [*rungs, *more], **fields}


def examine(**fields):
    text = ServiceText.model_validate({"name": "시험", "language": "ko", "currency": "KRW", **fields})
    return {hole.mechanism: hole for hole in incentives.examine(resolve(complete(text)))}


def english(**fields):
    return examine(language="en", currency="EUR", **fields)


def flow(*steps, **fields):
    return {"name": "예약", "steps": list(steps), "given": "예약", **fields}


def booked(*exits, charge=CHARGE, steps=(), **fields):
    """A service that is paid in advance, with these ways out."""
    money = fields.pop("money", [TICKET])
    return examine(
        actors=[GUEST, KEEPER], flows=[flow(charge, CHECK_IN, *steps, exits=list(exits))], money=money, volumes=[CASES], **fields
    )  # fmt: skip


def sums(hole):
    return [e.formula for e in hole.evidence if isinstance(e, Arithmetic)]


def test_a_late_notice_that_pays_as_little_as_none():
    hole = booked(cancel(), rates=[NO_SHOWS])["incentives.silent_no_show"]
    assert hole.occurrence.amount == pytest.approx(108)  # 90 × 4% × 30
    assert hole.slots["worth"] == "777만 6천원"  # 108 × 72,000
    assert hole.detection.amount == 7  # 15:00 to 22:00
    assert "incentives.silent_no_show" not in booked(cancel(late="10%"), rates=[NO_SHOWS])
    fee = {"text": "노쇼는 다음 예약 때 위약금을 부과한다", "given": "노쇼 위약금"}
    assert "incentives.silent_no_show" not in booked(cancel(), rules=[fee])


def test_a_late_notice_and_a_no_show_in_one_sentence():
    costs = {"kind": "price", "amount": "5 EUR", "given": "Cancelling is free; later, or not showing up, costs 5 EUR."}
    assert "a charge of 5 EUR" in english(money=[costs])["incentives.silent_no_show"].condition
    assert not english(money=[{**costs, "given": "A lost key costs 5 EUR."}])


def test_moving_the_date_before_cancelling():
    hole = booked(cancel())["incentives.date_change"]
    assert not hole.certain  # nothing says that dates can be changed
    assert hole.slots["sum"] == "5만 7,600원"  # (100% - 20%) × 72,000
    assert "3일 전: (100% - 50%) × 7만 2천원 = 3만 6천원" in sums(hole)[0]
    move = {"kind": "reschedule", "name": "날짜 변경", "given": "날짜를 바꿀 수 있다"}
    assert booked(cancel(), move)["incentives.date_change"].certain
    rule = {"text": "변경 뒤에도 환불은 최초 예약일 기준이다", "given": "최초 예약일 기준"}
    assert "incentives.date_change" not in booked(cancel(), move, rules=[rule])


def test_a_deposit_is_not_the_ticket():
    hole = booked(cancel(), charge={**CHARGE, "name": "예약금 결제"})["incentives.date_change"]
    assert "sum" not in hole.slots
    assert hole.severity.amount is None


def test_waiting_for_the_warning_pays():
    fields = {
        "resources": [
            {"name": "사이트", "capacity": 126, "physical": True, "perishable": True, "given": "126개 사이트"}
        ],
        "rates": [{"kind": "occupancy", "share": "98%", "given": "점유율 98%"}],
    }
    hole = booked(cancel(STORM), **fields)["incentives.early_notice_loses"]
    assert hole.slots["lost"] == "5만 7,600원"
    assert hole.slots["exposed"] == "889만 560원"  # 126 × 98% × 72,000 = 8,890,560
    assert "incentives.early_notice_loses" not in booked(cancel(), **fields)


def test_the_event_pays_those_too_who_have_used_it():
    assert booked(cancel(STORM))["incentives.event_after_use"].severity.amount == 72_000
    before = {**STORM, "given": "기상 특보 시 이용 전이면 전액 환불"}
    assert "incentives.event_after_use" not in booked(cancel(before))


def test_the_edge_of_a_rung():
    hole = booked(cancel(), clocks=[BEGIN])["incentives.ladder_edge"]
    assert (hole.slots["sum"], hole.slots["hours"]) == (
        "3만 6천원",
        "15",
    )  # (100% - 50%) × 72,000; 15:00 against midnight
    rule = {"text": "환불 구간은 자정에 바뀐다", "given": "자정에 바뀐다"}
    assert "incentives.ladder_edge" not in booked(cancel(), clocks=[BEGIN], rules=[rule])
    assert "incentives.ladder_edge" not in booked(cancel())


def test_two_exits_for_one_empty_place():
    hole = booked(cancel(STORM), rates=[NO_SHOWS])["incentives.exit_choice"]
    assert hole.slots["sum"] == "7만 2천원"
    assert hole.occurrence.amount is None  # no rate says how many of the no-shows fall on days of a warning
    assert hole.condition.startswith(f"{hole.slots['day']}인 날")
    assert "관리인" in hole.condition
    evidence = [{"kind": "evidence", "on": ["no_show"], "name": "사진"}]
    assert "incentives.exit_choice" not in booked(cancel(STORM), controls=evidence)
    assert "incentives.exit_choice" not in booked(cancel())


def test_a_judge_in_their_own_case():
    gone = {
        "kind": "no_show",
        "name": "way out",
        "by": "applicant",
        "given": "No-show by applicant",
        "tiers": [{"until": "no-show", "share": "0%"}],
    }
    actors = [{"name": "applicant", "role": "customer"}, {"name": "provider", "role": "supplier"}]
    flows = [flow({"kind": "start"}, exits=[gone])]
    marks = {"concept": "no_show", "given": "Provider marks no-show"}
    hole = english(actors=actors, flows=flows, mentions=[marks])["incentives.judge_of_own_case"]
    assert hole.slots["kept"] == "0%"
    merely = {**marks, "given": "No-show by provider"}
    assert "incentives.judge_of_own_case" not in english(actors=actors, flows=flows, mentions=[merely])


FEE = "A fee of 3 EUR is pre-authorised and released when the session starts within 10 minutes; otherwise it is kept."
IDLE = "Idle fee of 0.5 EUR a minute after 15 minutes."
CHARGING = {
    "partners": [{"name": "operator", "kind": "network", "worst": "40 seconds", "given": "5 to 40 seconds behind"}],
    "money": [
        {"kind": "preauthorization", "amount": "3 EUR", "given": FEE},
        {"kind": "ticket", "amount": "21 EUR", "given": "average ticket 21 EUR"},
        {"kind": "penalty", "amount": "0.5 EUR", "given": IDLE},
    ],
    "clocks": [
        {"kind": "deadline", "subject": "session starts", "length": "10 minutes", "given": FEE},
        {"kind": "timeout", "subject": "Idle fee", "length": "15 minutes", "given": IDLE},
    ],
    "limits": [{"subject": "reserve window", "amount": 30, "unit": "minute", "given": "a 30-minute window"}],
}


def test_money_on_a_clock_that_is_late():
    hole = english(**CHARGING)["incentives.edge_clock"]
    assert hole.slots["share"] == "6.7%"  # 40 s / 600 s
    prompt = {**CHARGING, "partners": []}
    assert "incentives.edge_clock" not in english(**prompt)


def test_a_deposit_that_comes_back_is_no_forfeit():
    text = "보증금 4만원은 반납 후 3일 이내 반환한다"
    money = [{"kind": "deposit", "amount": "4만원", "given": text}, {**TICKET, "amount": "20만원"}]
    assert not examine(money=money, clocks=[{"kind": "deadline", "subject": "반환", "length": "3일", "given": text}])


def test_a_claim_that_costs_little():
    hole = english(**CHARGING)["incentives.cheap_claim"]
    assert (hole.slots["share"], hole.slots["missed"]) == ("14%", "18 EUR")
    dear = [{**CHARGING["money"][0], "amount": "15 EUR"}, *CHARGING["money"][1:]]
    assert "incentives.cheap_claim" not in english(**{**CHARGING, "money": dear})


def test_a_forfeit_that_asks_for_no_cause():
    broken = [{"concept": "equipment_fault", "given": "Exceptions: broken stall on arrival"}]
    hole = english(**CHARGING, mentions=broken)["incentives.forfeit_without_cause"]
    assert hole.slots["causes"] == "broken stall on arrival"
    excused = [{"text": "if the stall is broken the fee is released", "given": "the fee is released"}]
    assert "incentives.forfeit_without_cause" not in english(**CHARGING, mentions=broken, rules=excused)


def test_whoever_overstays_pays_later_than_the_next_one_loses():
    hole = english(**CHARGING)["incentives.free_overstay"]
    assert (hole.slots["gap"], hole.slots["of_window"]) == ("5 min", "50%")  # 15 - 10; 15 / 30
    assert hole.slots["fee"] == "0.50 EUR a minute"
    short = [CHARGING["clocks"][0], {**CHARGING["clocks"][1], "length": "5 minutes"}]
    assert "incentives.free_overstay" not in english(**{**CHARGING, "clocks": short})


def test_a_right_that_ends_with_the_payees_button():
    shop = {"name": "사장", "role": "supplier"}
    way = {
        "kind": "cancel",
        "name": "way out",
        "given": "조리 시작 전까지 취소",
        "tiers": [{"until": "조리 시작 전", "given": "조리 시작 전"}],
    }
    cook = {"kind": "make", "actor": "사장", "given": "사장이 조리 시작을 누른다"}
    cap = {"kind": "refund", "share": "5%", "given": "조리 후 취소 시 최대 환불 비율 5"}
    hole = examine(actors=[shop], flows=[flow(cook, exits=[way])], money=[cap])["incentives.payee_button"]
    assert "100% - 5% = 95%" in sums(hole)
    assert hole.slots["button"] == "조리 시작"
    by_system = examine(actors=[shop], flows=[flow({**cook, "actor": ""}, exits=[way])])
    assert "incentives.payee_button" not in by_system


BUYER = {"name": "구매자", "role": "customer"}
SELLER = {"name": "판매자", "role": "supplier"}
DIRECT = {
    "actors": [BUYER, SELLER],
    "flows": [
        flow(
            {"kind": "charge", "actor": "구매자", "given": "현장 결제 (총 금액 = 상품 금액 + 수수료 20%)"},
            {"kind": "complete", "name": "거래 완료", "actor": "구매자", "given": "거래 완료 (구매자 확인)"},
        )
    ],
    "money": [
        {"kind": "commission", "share": "20%", "given": "플랫폼 수수료 20%"},
        {"kind": "price", "amount": "50,000원", "given": "상품 금액: 50,000원"},
    ],
    "mentions": [{"concept": "cash", "given": "현금 또는 계좌이체로 결제"}],
}


def test_a_button_that_costs_whoever_presses_it():
    rule = {"text": "거래 취소 시 수수료가 발생하지 않습니다", "given": "거래 취소 시 수수료가 발생하지 않습니다"}
    hole = examine(**DIRECT, rules=[rule])["incentives.unpressed"]
    assert hole.slots["fee"] == "1만원"  # 50,000 × 20%
    assert "만난 뒤 취소" in hole.condition
    ends = [{"kind": "timeout", "subject": "자동 완료", "length": "3일", "given": "3일 뒤 자동 완료"}]
    assert "incentives.unpressed" not in examine(**DIRECT, clocks=ends)
    card = {**DIRECT, "mentions": [{"concept": "payment", "given": "카드로 결제"}]}
    assert "incentives.unpressed" not in examine(**card)


SILENCE = {
    "actors": [{"name": "고객", "role": "customer"}, {"name": "멘토", "role": "supplier"}],
    "flows": [flow({"kind": "start"}, {"kind": "complete", "given": "서비스 완료"})],
    "clocks": [
        {
            "kind": "deadline",
            "subject": "고객 서비스 확인",
            "length": "24시간",
            "given": "고객: 서비스 확인 버튼(24시간 내)",
        },
        {"kind": "timeout", "subject": "자동 완료", "length": "24시간", "given": "24시간 후 자동 완료"},
    ],
}


def test_silence_completes():
    hole = examine(**SILENCE)["incentives.self_declared"]
    assert hole.detection.amount == 24
    assert "24시간" in hole.condition
    way = {"kind": "dispute", "name": "이의", "given": "이의 제기는 7일 안에"}
    heard = {**SILENCE, "flows": [{**SILENCE["flows"][0], "exits": [way]}]}
    assert "incentives.self_declared" not in examine(**heard)


def test_who_gains_by_the_silence_is_said_once():
    text = {"name": "멘토링", "language": "ko", **SILENCE}
    alone = {**text, "actors": SILENCE["actors"][:1]}  # nobody is paid: the clock itself remains
    said = [
        {hole.mechanism for hole in windows.examine(resolve(complete(ServiceText.model_validate(x))))}
        for x in (text, alone)
    ]
    assert ["windows.auto_close" in found for found in said] == [False, True]


def test_a_completion_rate_that_fills_itself():
    kpi = {"name": "서비스 완료율", "target": "85%", "given": "서비스 완료율 85%"}
    assert "85%" in examine(**SILENCE, kpis=[kpi])["incentives.filled_by_silence"].condition
    assert "incentives.filled_by_silence" not in examine(**{**SILENCE, "clocks": []}, kpis=[kpi])


def test_a_watch_that_the_measured_stop():
    rider = {"name": "배달원", "role": "field"}
    flows = [flow({"kind": "deliver", "name": "배송", "actor": "배달원", "given": "배달원이 배송한다"})]
    kpi = {"name": "평균 배송 시간", "target": "45분 이내", "given": "평균 배송 시간 45분 이내"}
    hole = examine(actors=[rider], flows=flows, kpis=[kpi])["incentives.self_timed"]
    assert hole.slots["event"] == "배송 완료"
    machine = {"name": "API 처리 시간", "target": "2초", "given": "API 처리 시간 2초"}
    assert not examine(actors=[rider], flows=flows, kpis=[machine])


def test_the_paid_hold_the_stopwatch():
    tutor = {"name": "선생님", "role": "supplier", "does": ["start", "complete"]}
    press = {"kind": "start", "actor": "선생님", "given": "선생님이 수업 시작과 종료를 앱에서 누른다"}
    money = [{"kind": "price", "amount": "3만원", "given": "수업(시간당 3만원)"}]
    clocks = [{"kind": "cycle", "subject": "요금", "length": "30분", "given": "30분 단위로 요금을 계산한다"}]
    hole = examine(actors=[tutor], flows=[flow(press)], money=money, clocks=clocks)["incentives.own_stopwatch"]
    assert sums(hole) == ["3만원 × 30/60 = 1만 5천원"]
    both = {**press, "given": "고객 코드를 스캔하면 시작하고 선생님이 누른다"}
    assert "incentives.own_stopwatch" not in examine(actors=[tutor], flows=[flow(both)], money=money)
    fixed = [{"kind": "price", "amount": "3만원", "given": "수업 한 번 3만원"}]
    assert "incentives.own_stopwatch" not in examine(actors=[tutor], flows=[flow(press)], money=fixed)


def test_rungs_taken_for_a_rate_are_not_multiplied():
    text = "취소는 3일 전 100%, 1일 전 30%"
    rungs = [{"kind": "no_show", "share": share, "given": text} for share in ("100%", "30%")]
    assert "count" not in booked(cancel(), rates=rungs)["incentives.silent_no_show"].slots


def test_paid_by_the_case_and_pressing_it():
    courier = {"name": "courier", "role": "field", "does": ["deliver"]}
    money = [{"kind": "price", "amount": "0.80 EUR", "given": "Couriers are paid 0.80 EUR for each delivered parcel"}]
    hole = english(actors=[courier], money=money)["incentives.paid_per_press"]
    assert (hole.slots["pay"], hole.slots["event"]) == ("0.80 EUR", "delivery")
    scan = [{"kind": "evidence", "on": ["deliver"], "name": "photograph at the door"}]
    assert not english(actors=[courier], money=money, controls=scan)
    monthly = [{**money[0], "given": "Couriers are paid 1,800 EUR monthly"}]
    assert not english(actors=[courier], money=monthly)


def test_a_share_of_what_was_given_back():
    desk = {
        "name": "desk",
        "role": "staff",
        "authority": [{"action": "refund", "limit": "25 EUR", "given": "may refund 25 EUR"}],
    }
    host = {"name": "site host", "role": "supplier"}
    money = [
        {
            "kind": "commission",
            "share": "8%",
            "given": "site hosts (petrol stations that get 8% of the energy revenue)",
        },
        {"kind": "settlement", "due": "on the 5th of each month", "given": "paid on the 5th of each month"},
        {"kind": "ticket", "amount": "21 EUR", "given": "average ticket 21 EUR"},
    ]
    assert english(actors=[desk, host], money=money)["incentives.share_of_gross"].slots["kept"] == "1.68 EUR"  # 21 × 8%
    taken = [{**money[0], "given": "we deduct a fee of 8% from each site host"}, *money[1:]]
    assert "incentives.share_of_gross" not in english(actors=[desk, host], money=taken)


def test_a_reward_that_a_return_leaves():
    back = flow({"kind": "return", "given": "Returns are made at the till"})
    earn = [{"concept": "points", "given": "the customer earns points by amount"}]
    hole = english(flows=[back], mentions=earn)["incentives.reward_kept"]
    assert not hole.certain
    both = [*earn, {"concept": "points", "given": "points are taken back with a return"}]
    assert "incentives.reward_kept" not in english(flows=[back], mentions=both)


def test_every_finding_quotes_the_description():
    for hole in booked(cancel(STORM), clocks=[BEGIN], rates=[NO_SHOWS]).values():
        for item in hole.evidence:
            sources = item.sources if isinstance(item, Quotation) else item.inputs
            assert sources
            assert all(source.basis == "given" for source in sources)


def test_a_healthy_service_is_quiet():
    ladder = {"kind": "cancel", "name": "way out", "given": "하루 전까지 전액, 당일 알리면 30%", "tiers": [
        {"until": "D-1", "share": "100%", "given": "하루 전까지 전액"}, {"until": "당일", "share": "30%", "given": "당일 30%"},
        {"until": "노쇼", "share": "0%", "given": "노쇼 0%"}]}  # fmt: skip
    rule = {"text": "날짜를 바꿔도 환불은 최초 예약일 기준이며 구간은 자정에 바뀐다", "given": "최초 예약일 기준, 자정"}
    assert not booked(ladder, clocks=[BEGIN], rules=[rule])


def test_the_texts_hold():
    own = [finding for key, finding in load_findings().items() if key.startswith("incentives.")]
    assert len(own) == 21
    assert [str(complaint) for complaint in lint_findings(own)] == []


IDLE = {
    "kind": "penalty",
    "subject": "Idle fee",
    "amount": "0.5 EUR",
    "given": "Idle fee of 0.5 EUR a minute after 15 minutes.",
}
PAID = {"kind": "ticket", "amount": "21 EUR", "given": "average ticket 21 EUR"}


def test_a_fee_by_the_minute_that_ends_nowhere():
    stuck = {"text": "Exceptions: broken stall on arrival, session that never stops, double sessions."}
    hole = english(money=[IDLE, PAID], rules=[stuck])["incentives.endless_fee"]
    # 21 / 0.5 = 42 min; 0.5 × 60 × 8 = 240
    assert "42 min of it exceed the average of 21 EUR, 8 h come to 240 EUR" in hole.condition
    assert "“session that never stops”" in hole.condition
    assert hole.severity.amount == 240.0
    korean = {"kind": "penalty", "subject": "점유", "amount": "500원", "given": "충전 뒤 분당 500원"}
    ticket = {"kind": "ticket", "amount": "2만원", "given": "평균 2만원"}
    assert "40분이면 평균 2만원을 넘고" in examine(money=[korean, ticket])["incentives.endless_fee"].condition


@pytest.mark.parametrize(
    "money",
    [
        [{**IDLE, "given": "Idle fee of 0.5 EUR a minute, at most 15 EUR."}, PAID],
        [{**IDLE, "given": "A fee of 0.5 EUR."}, PAID],
        [{**IDLE, "amount": "0.05 EUR"}, PAID],  # 420 min
        [IDLE],
    ],
    ids=["capped", "not by the minute", "slow", "no average"],
)
def test_no_endless_fee(money):
    assert "incentives.endless_fee" not in english(money=money)
