"""The dependence lens: the service on which each finding fires with its numbers, and the healthy one beside it."""

import re

import pytest

from opslead.lenses import dependence
from opslead.lenses.hole import Arithmetic, CalendarGap, Quotation
from opslead.model.defaults import complete
from opslead.model.document import ServiceText
from opslead.model.resolve import resolve

DESK = {"name": "CS 담당", "role": "staff", "count": 2, "duty": "평일 10:00~19:00", "does": ["refund"]}
DAY = {"name": "관리인(낮)", "role": "field", "count": 2, "per_site": True, "duty": "09:00~18:00", "does": ["check_in"]}
NIGHT = {**DAY, "name": "관리인(밤)", "count": 1, "duty": "18:00~익일 09:00"}
PG = {"name": "PG", "kind": "payment", "mode": "callback"}
CASES = {"kind": "cases", "subject": "예약", "amount": 90, "per": "day"}
TICKET = {"kind": "ticket", "amount": "7만 2천원"}
RATES = [
    {"kind": "cancel", "subject": "취소율", "share": "18%"},
    {"kind": "no_show", "subject": "노쇼율", "share": "4%"},
]
PAY = [
    {"kind": "hold", "name": "자리 선점", "within": "10분"},
    {"kind": "charge", "name": "결제", "partner": "PG"},
    {"kind": "confirm", "name": "예약 확정"},
]


def service(**fields):
    text = ServiceText.model_validate({"name": "시험", "language": "ko", "currency": "KRW", **fields})
    return resolve(complete(text))


def examine(**fields):
    return {hole.mechanism: hole for hole in dependence.examine(service(**fields))}


def flow(*steps, **fields):
    return {"name": "예약", "steps": list(steps), **fields}


def formulas(hole):
    return [e.formula for e in hole.evidence if isinstance(e, Arithmetic)]


def results(hole):
    return " / ".join(e.result for e in hole.evidence if isinstance(e, Arithmetic))


def paying(**fields):
    return {"flows": [flow(*PAY)], "partners": [PG], "volumes": [CASES], "money": [TICKET], "actors": [DESK], **fields}


def test_payment_away_for_five_minutes_an_hour_a_day():
    hole = examine(**paying())["dependence.payment_silent"]
    # 90 / 24 = 3.75 an hour; 0.31 in 5 minutes; 3.75 × 72,000 = 270,000
    assert "5분 0.3건, 1시간 3.8건, 하루 90건" in results(hole)
    assert "27만원" in hole.condition
    assert hole.slots["hold"] == "10분"
    gap = next(e for e in hole.evidence if isinstance(e, CalendarGap))
    assert (gap.gap, gap.hours) == ("금 19:00~월 10:00", 63)
    assert hole.detection.amount == 63
    assert hole.severity.amount == 72_000
    assert hole.occurrence.amount == pytest.approx(3.75)  # 1 hour a month, a starting value
    assert "1시간†" in hole.occurrence.reason


def test_what_other_shops_sell_does_not_hang_on_our_payment():
    naver = {"name": "네이버 예약", "kind": "channel"}
    fields = paying(partners=[PG, naver], rates=[{"kind": "channel", "subject": "네이버 비중", "share": "40%"}])
    hole = examine(**fields)["dependence.payment_silent"]
    assert formulas(hole)[0] == "90 × (1 - 40%) / 24 h = 2.2/h"  # 54 / 24 = 2.25


def test_payment_away_at_an_opening():
    crowd = {"kind": "visitors", "subject": "오픈일", "amount": 3000, "per": "10분"}
    opening = {"kind": "opening", "subject": "예약 오픈", "time": "10:00"}
    hole = examine(**paying(volumes=[CASES, crowd], clocks=[opening]))["dependence.payment_silent"]
    assert hole.slots["crowd_five"] == "1,500"  # 3,000 / 10 × 5
    assert "10:00 + 10분 = 10:10" in formulas(hole)  # the first holds lapse


def test_a_second_way_to_pay_is_quiet():
    other = {"name": "다른 결제사", "kind": "payment"}
    assert "dependence.payment_silent" not in examine(**paying(partners=[PG, other]))
    stand_in = {"kind": "fallback", "on": ["charge"], "name": "결제사 장애 시 다른 수단"}
    assert "dependence.payment_silent" not in examine(**paying(controls=[stand_in]))
    assert "dependence.payment_silent" not in examine(**paying(volumes=[]))


def test_visits_are_not_payments():
    visits = {"kind": "units", "subject": "입장", "amount": 900, "per": "day"}
    assert "dependence.payment_silent" not in examine(**paying(volumes=[visits]))


def test_cash_between_people_hangs_on_nobody():
    spot = flow({"kind": "charge", "name": "현장에서 현금으로 지불"})
    assert not examine(**paying(flows=[spot], partners=[]))


def test_payment_after_the_work_is_done():
    vet = {"name": "수의사", "role": "field", "count": 3, "duty": "10:00~20:00"}
    done = flow(
        {"kind": "start", "name": "진료", "actor": "수의사"}, {"kind": "charge", "name": "수납", "partner": "PG"}
    )
    saturday = {"kind": "peak_factor", "subject": "토요일", "amount": 2, "given": "토요일은 평일의 2배"}
    hole = examine(**paying(flows=[done], actors=[vet], volumes=[CASES, saturday]))["dependence.unpaid_after_use"]
    assert hole.slots["hour"] == "9"  # 90 over the 10 hours of the vets
    # Saturday is twice a weekday: 2 × 7 / (6 + 2) = 1.75 average days, 9 × 1.75 = 15.75
    assert hole.slots["rush_hour"] == "15.8"
    assert "× 2 × 7/8" in formulas(hole)[1]


def gateway(**fields):
    steps = [
        {"kind": "authorize", "name": "pre-authorise card"},
        {"kind": "start", "name": "session started", "given": "session started (operator's event)", "within": "10 min"},
        {"kind": "import_result", "name": "meter values"},
        {"kind": "capture", "name": "capture card"},
    ]
    return {
        "name": "Charging",
        "language": "en",
        "currency": "EUR",
        "flows": [flow(*steps)],
        "partners": [{"name": "network operator", "kind": "network"}],
        "volumes": [
            {"kind": "cases", "subject": "sessions", "amount": 2900, "per": "day"},
            {"kind": "peak_factor", "subject": "peaks on holiday Saturdays", "amount": 4},
        ],
        "money": [{"kind": "ticket", "amount": "21 EUR"}],
        "actors": [{"name": "support desk", "role": "staff", "count": 2, "duty": "24/7", "does": ["answer"]}],
        **fields,
    }


def test_a_silent_platform_leaves_use_without_a_bill():
    hole = examine(**gateway())["dependence.record_silent"]
    assert "10.1 in 5 min, 121 in 1 h, 2,900 in a day" in results(hole)  # 2,900 / 24 = 120.8
    assert hole.slots["rush_hour"] == "483"  # × 4
    assert hole.slots["rush_money"] == "10,200 EUR"  # 483.3 × 21 = 10,150, to three digits
    assert "2 × 60 / 6† min = 20/h < 483/h" in formulas(hole)  # what two people can answer
    assert "10 min" in hole.user_impact
    assert not re.search("[가-힣]", f"{hole.condition}{hole.user_impact}{hole.operations_impact}{results(hole)}")


def test_a_platform_that_bills_nothing_is_quiet():
    told = [{"kind": "start", "name": "session started", "given": "session started (operator's event)"}]
    assert "dependence.record_silent" not in examine(**gateway(flows=[flow(*told)]))
    kept = {"kind": "offline_ledger", "name": "chargers keep records while cut off"}
    assert "dependence.record_silent" not in examine(**gateway(controls=[kept]))


ARRIVAL = {"kind": "check_in", "name": "입실", "actor": "관리인(낮)", "when": "15:00~22:00", "manual": True}


def arriving(**fields):
    site = {"name": "사이트", "capacity": 126, "physical": True, "perishable": True}
    return {
        "flows": [flow(ARRIVAL)],
        "actors": [DAY, NIGHT, DESK],
        "resources": [site],
        "sites": 3,
        "volumes": [CASES],
        "rates": [*RATES, {"kind": "occupancy", "subject": "성수기", "share": "98%"}],
        **fields,
    }


def test_people_keep_arriving_while_the_system_is_down():
    hole = examine(**arriving())["dependence.arrivals_go_on"]
    # 90 × (1 - 18% - 4%) = 70.2 a day over 7 hours = 10.03 an hour
    assert "멈춘 5분에 0.8건, 1시간에 10건" in results(hole)
    assert hole.slots["whole"] == "70"
    assert hole.slots["full_hour"] == "17.6"  # 126 × 98% / 7
    assert hole.slots["place_hour"] == "5.9"  # / 3 sites
    assert (hole.slots["thin"], hole.slots["thin_from"]) == ("1", "18:00")
    assert hole.slots["back"] == "123"  # 123.48 / 3 × 3 min / 1
    gap = next(e for e in hole.evidence if isinstance(e, CalendarGap))
    assert gap.hours == 29  # of 49 hours, 4 on each of 5 weekdays are attended


def test_arrivals_on_paper_or_with_a_list_are_quiet():
    paper = {**ARRIVAL, "via": "paper"}
    assert "dependence.arrivals_go_on" not in examine(**arriving(flows=[flow(paper)]))
    ledger = {"kind": "offline_ledger", "on": ["check_in"], "name": "명부를 2시간마다 단말에 저장"}
    assert "dependence.arrivals_go_on" not in examine(**arriving(controls=[ledger]))
    assert "dependence.arrivals_go_on" not in examine(**arriving(volumes=[]))


RIDER = {"name": "배송 기사", "role": "field", "count": 40, "duty": "23:00~익일 07:00", "does": ["deliver"]}


def rounds(**fields):
    step = {"kind": "deliver", "name": "배송", "actor": "배송 기사"}
    peak = {"kind": "peak_factor", "subject": "명절 전 주에", "amount": 3}
    return {"flows": [flow(step)], "actors": [RIDER, DESK], "volumes": [{**CASES, "amount": 1200}, peak], **fields}


def test_rounds_without_the_next_address():
    hole = examine(**rounds())["dependence.rounds_blind"]
    assert (hole.slots["hour"], hole.slots["rush_hour"]) == ("150", "450")  # 1,200 / 8 h, × 3
    assert hole.slots["each"] == "90"  # 450 × 8 / 40
    assert hole.slots["back"] == "270"  # 3,600 × 3 min / 40
    assert hole.slots["nobody"] == "56"  # the desk is never there at night
    assert "명절 전 주에는" in hole.condition


def test_rounds_with_a_stored_list_or_two_teams_are_quiet():
    stored = {"kind": "offline_ledger", "on": ["deliver"], "name": "출발 전에 목록을 기기에 저장"}
    assert "dependence.rounds_blind" not in examine(**rounds(controls=[stored]))
    other = {**RIDER, "name": "수거 기사", "duty": "평일 08:00~20:00"}
    assert "dependence.rounds_blind" not in examine(**rounds(actors=[RIDER, other]))


DOOR = {"kind": "check_in", "name": "QR 입장", "given": "QR로 입장한다"}
CLEANER = {"name": "파트타이머", "role": "field", "duty": "09:00~12:00", "does": ["clean"]}
WATCH = {"name": "관제", "role": "staff", "count": 1}


def test_a_door_that_opens_itself_where_nobody_is():
    seats = {"name": "좌석", "capacity": 64, "unit": "석/지점", "physical": True}
    fields = {"flows": [flow(DOOR)], "actors": [CLEANER, WATCH], "resources": [seats], "sites": 12}
    hole = examine(**fields)["dependence.door_unattended"]
    assert hole.slots["empty"] == "147"  # 21 h × 7
    assert "64 × 12 / 1 = 768" in formulas(hole)
    assert "12곳" in hole.condition


def test_an_attended_door_is_quiet():
    staffed = {"name": "안내", "role": "field", "count": 1, "duty": "24/7", "does": ["check_in"]}
    assert not examine(flows=[flow(DOOR)], actors=[staffed])
    unknown = {**CLEANER, "duty": None}
    assert not examine(flows=[flow(DOOR)], actors=[{k: v for k, v in unknown.items() if v}])
    assert not examine(flows=[flow({"kind": "check_in", "name": "안내 데스크에서 확인"})], actors=[CLEANER])
    day = {"name": "직원", "role": "staff", "count": 1, "given": "낮에는 지점마다 직원 1명"}  # there, hours unknown
    assert not examine(flows=[flow(DOOR)], actors=[CLEANER, day])


TECHNICIAN = {"name": "technician", "role": "field", "count": 1, "duty": "Wed/Fri 13:00-17:00", "does": ["inspect"]}
COUNTER = {"name": "counter", "role": "staff", "count": 2, "duty": "Tue-Sat 10:00-18:00", "does": ["hand_over"]}


def lending(**fields):
    steps = [{"kind": "inspect", "name": "check", "actor": "technician"}, {"kind": "release", "name": "deposit back"}]
    return {
        "name": "Tools",
        "language": "en",
        "currency": "EUR",
        "flows": [flow(*steps)],
        "actors": [TECHNICIAN, COUNTER],
        "volumes": [{"kind": "cases", "subject": "loans", "amount": 70, "per": "day"}],
        "money": [{"kind": "deposit", "amount": "40 EUR"}],
        **fields,
    }


def test_one_missed_shift_of_the_only_one():
    hole = examine(**lending())["dependence.one_person"]
    # Wed 17:00, Friday missed, Wed 13:00: 164 h; 70 × 164/168 × 5 days = 341.7; × 40 EUR
    assert hole.slots["away"] == "164"
    assert hole.slots["held"] == "342"
    assert "13,680 EUR" in results(hole)


def test_a_second_one_who_can_is_quiet():
    assert "dependence.one_person" not in examine(**lending(actors=[{**TECHNICIAN, "count": 2}, COUNTER]))
    helper = {**COUNTER, "does": ["inspect"]}
    assert "dependence.one_person" not in examine(**lending(actors=[TECHNICIAN, helper]))


RETRY = {"kind": "retry", "subject": "POS 출력 재시도", "length": "15초"}
TWICE = {"subject": "POS 출력 재시도", "bound": "max", "amount": 2, "unit": "회"}


def test_retries_that_end_before_an_outage_does():
    hole = examine(flows=[flow(*PAY)], partners=[PG], clocks=[RETRY], limits=[TWICE])["dependence.retries_end"]
    assert formulas(hole) == ["15초 + 15초 = 30초"]
    assert "POS 출력 재시도는 모두 합쳐 30초면" in hole.condition


def test_long_or_handed_over_retries_are_quiet():
    assert "dependence.retries_end" not in examine(clocks=[{**RETRY, "length": "1시간"}], limits=[TWICE])
    assert "dependence.retries_end" not in examine(clocks=[RETRY], limits=[])
    taken = {"kind": "escalate", "name": "재시도가 끝나면 당직에게 넘긴다"}
    assert "dependence.retries_end" not in examine(clocks=[RETRY], limits=[TWICE], controls=[taken])


LOSABLE = {"kind": "sla", "subject": "데이터 손실 허용 범위(RPO)", "length": "5분"}


def test_minutes_that_may_be_lost():
    clocks = [
        LOSABLE,
        {"kind": "sla", "subject": "복구 시간(RTO)", "length": "30분"},
        {"kind": "sla", "subject": "배송 약속", "length": "1시간"},
    ]
    fields = {"flows": [flow(*PAY)], "partners": [PG], "clocks": clocks, "volumes": [{**CASES, "amount": 2880}]}
    hole = examine(**fields)["dependence.lost_minutes"]
    assert hole.slots["count"] == "10"  # 2,880 / 24 × 5/60
    assert hole.slots["left"] == "30분"  # 1 h - 30 min
    kept = {"kind": "reconcile", "on": ["charge"], "name": "결제사 내역과 5분마다 대조"}
    assert "dependence.lost_minutes" not in examine(**fields, controls=[kept])
    assert "dependence.lost_minutes" not in examine(**{**fields, "clocks": clocks[1:]})


def test_one_account_for_money_in_and_out():
    steps = [
        {"kind": "charge", "name": "checkout", "partner": "Stripe"},
        {"kind": "payout", "name": "payout", "partner": "Stripe"},
    ]
    fields = {
        "name": "Rental",
        "language": "en",
        "currency": "USD",
        "partners": [{"name": "Stripe", "kind": "payment"}],
    }
    hole = examine(**fields, flows=[flow(*steps)])["dependence.one_account"]
    assert isinstance(hole.evidence[0], Quotation)
    assert "“checkout” and “payout” both hang on Stripe" in hole.condition
    apart = [steps[0], {"kind": "payout", "name": "payout by bank"}]
    assert "dependence.one_account" not in examine(**fields, flows=[flow(*apart)])


def test_nothing_stated_nothing_found():
    assert not examine(flows=[flow({"kind": "request", "name": "신청"})])
