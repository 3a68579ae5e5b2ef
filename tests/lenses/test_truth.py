"""The truth lens: the service on which each finding fires with its numbers, and the healthy one beside it."""

import re
from pathlib import Path

import pytest

from opslead.knowledge.catalog import load_catalog
from opslead.knowledge.findings import load_findings
from opslead.lenses import truth, windows
from opslead.lenses.hole import Arithmetic
from opslead.model.defaults import complete
from opslead.model.document import ServiceText
from opslead.model.resolve import resolve

DAY = {
    "name": "관리인(낮)",
    "role": "field",
    "count": 2,
    "duty": "09:00~18:00",
    "does": ["record", "check_in", "transfer"],
}
NIGHT = {
    "name": "관리인(밤)",
    "role": "field",
    "count": 1,
    "duty": "18:00~익일 09:00",
    "does": ["check_in", "transfer"],
}
DESK = {"name": "접수", "role": "field", "count": 2, "duty": "09:00~21:00", "does": ["record"]}
OFFICE = {"name": "CS 담당", "role": "staff", "count": 2, "duty": "평일 10:00~19:00", "authority": [{"action": "refund", "limit": "20만원"}]}  # fmt: skip
CASES = {"kind": "cases", "amount": 200, "per": "day"}
PLACE = {"name": "사이트", "capacity": 100, "physical": True, "perishable": True}
FULL = {"kind": "occupancy", "subject": "성수기 주말 점유율", "share": "98%", "given": "성수기 주말 점유율 98%"}


def examine(**fields):
    text = ServiceText.model_validate({"name": "시험", "language": "ko", "currency": "KRW", **fields})
    return {hole.mechanism: hole for hole in truth.examine(resolve(complete(text)))}


def english(**fields):
    return examine(**{"name": "trial", "language": "en", "currency": "EUR", **fields})


def flow(*steps, **fields):
    return {"name": "예약", "steps": list(steps), **fields}


def sums(hole):
    return [f"{e.formula} → {e.result}" for e in hole.evidence if isinstance(e, Arithmetic)]


EVENING = "전화 예약은 엑셀에 적었다가 저녁에 옮겨 적는다."
LUNCH = "전화 예약은 종이 장부에 적었다가 점심시간에 시스템에 옮긴다."


PHONED = flow({"kind": "record", "name": "전화 예약", "actor": "관리인(낮)", "given": EVENING})


def sold_by_phone(sentence, writer, **fields):
    record = {"kind": "record", "name": "전화 예약", "actor": writer, "given": sentence}
    return {
        "flows": [flow({"kind": "request"}, {"kind": "hold"}, {"kind": "confirm"}, resource="사이트"), flow(record)],
        "channels": [{"name": "앱", "given": "앱"}, {"name": "전화", "sync": "manual", "given": sentence}],
        "resources": [PLACE],
        **fields,
    }


def test_a_promise_by_phone_looks_free_to_the_others():
    hole = examine(**sold_by_phone(EVENING, "관리인(낮)", actors=[DAY, NIGHT], rates=[FULL]))["truth.double_sale"]
    assert hole.slots["hours"] == "10"  # 09:00 to 19:00 (taken for the evening)
    assert hole.slots["shown"] == "3"  # 100 × 2% free, and the promised one
    assert hole.slots["chance"] == "33%"
    assert "성수기 주말(98%)" in hole.condition
    assert "19:00†" in hole.condition


def test_what_the_others_sell_at_least_while_the_own_share_is_unknown():
    fields = sold_by_phone(EVENING, "관리인(낮)", actors=[DAY, NIGHT], volumes=[CASES])
    assert "least" not in examine(**fields)["truth.double_sale"].slots
    fields["channels"][0]["share"] = "60%"
    hole = examine(**fields)["truth.double_sale"]
    assert hole.slots["least"] == "50"  # 200 × 60% × 10 / 24
    assert "앱에서만 약 50건" in hole.condition


def test_how_many_stand_on_paper_at_any_moment():
    fields = sold_by_phone(LUNCH, "접수", actors=[DESK], volumes=[CASES])
    assert "waiting" not in examine(**fields)["truth.double_sale"].slots
    fields["channels"][1]["share"] = "25%"
    hole = examine(**fields)["truth.double_sale"]
    assert hole.slots["mean"] == "15시간†"  # 3 of 12 h wait 1.5 h, 9 of 12 h wait 19.5 h
    assert hole.slots["waiting"] == "31"  # 200 × 25% × 15 / 24
    assert hole.slots["sold"] == "94"  # 200 × 75% × 15 / 24


@pytest.mark.parametrize(
    "change",
    [
        {"channels": [{"name": "전화", "sync": "manual", "given": EVENING}]},
        {"resources": [{"name": "사이트", "physical": True}], "flows": [flow({"kind": "request"}), PHONED]},
        {"controls": [{"kind": "exclusive", "on": ["record"], "name": "통화 중 자리를 먼저 잠근다"}]},
    ],
    ids=["one channel", "nothing is kept for one customer", "one owner at a time"],
)
def test_no_double_sale(change):
    assert "truth.double_sale" not in examine(**{**sold_by_phone(EVENING, "관리인(낮)", actors=[DAY, NIGHT]), **change})


STAYS = "Sold items stay visible on the other marketplaces until somebody removes them, on weekends on Monday."
LISTED = {
    "actors": [{"name": "packer", "role": "field", "count": 3, "duty": "Mon-Sat 08:00-16:00"}],
    "channels": [{"name": "our shop", "sync": "manual"}, {"name": "marketplaces", "sync": "manual"}],
    "rules": [{"text": STAYS, "given": STAYS}],
}


def test_a_sold_thing_stays_on_sale_over_the_weekend():
    hole = english(**LISTED)["truth.listed_after_sale"]
    assert hole.slots["hours"] == "56"  # Saturday 00:00 to Monday 08:00
    live = {**LISTED, "rules": [{"text": "Sold items are removed from the marketplaces at once."}]}
    assert "truth.listed_after_sale" not in english(**live)
    assert "truth.listed_after_sale" not in english(**{**LISTED, "channels": LISTED["channels"][:1]})


ASKED = {"kind": "transfer", "name": "자리 변경", "actor": "관리인(낮)", "given": "관리인이 그 자리에서 바꿔 준다."}
ARRIVE = {"kind": "check_in", "name": "입실", "actor": "관리인(낮)", "when": "15:00~22:00"}
MOVED = {
    "actors": [DAY, NIGHT, OFFICE],
    "resources": [PLACE],
    "sites": 4,
    "rates": [FULL],
    "flows": [flow(ARRIVE), flow(ASKED)],
}


def test_a_change_on_the_spot_that_no_record_sees():
    hole = examine(**MOVED)["truth.unrecorded_change"]
    assert hole.slots["free"] == "0.5"  # 100 × 2% / 4 sites
    assert hole.slots["there"] == "1"  # at 22:00 the night shift alone
    assert hole.slots["uncovered"] == "59%"  # 5 × 3 h + 2 × 7 h = 29 of 49 arrival hours without the office
    assert any(getattr(item, "gap", "") == "금 19:00~월 10:00" for item in hole.evidence)
    assert hole.detection.amount == 24
    assert "관리인은 누구를 남기고 무엇을 줄지 적힌 한도 없이" in hole.operations_impact


@pytest.mark.parametrize(
    "change",
    [
        {"flows": [flow(ARRIVE), flow({**ASKED, "given": "관리인이 단말에서 바꿔 준다."})]},
        {"flows": [flow(ARRIVE), flow(ASKED, {"kind": "record", "name": "변경 기록", "actor": "관리인(낮)"})]},
        {"controls": [{"kind": "fence", "on": ["transfer"], "name": "스캔해야 바뀐다"}]},
        {"flows": [flow(ASKED)], "rates": [], "resources": []},
    ],
    ids=["on the device", "written down after", "impossible without a scan", "nothing to compute"],
)
def test_no_unrecorded_change(change):
    assert "truth.unrecorded_change" not in examine(**{**MOVED, **change})


WALK_UPS = "Walk-ups may use any free stall that has no reservation in the next 20 minutes."
STALLS = {"name": "stalls", "capacity": 100, "physical": True, "perishable": True}
GATEWAY = {"name": "the gateway", "kind": "network", "latency": "40 seconds"}
CHARGING = {
    "partners": [GATEWAY],
    "resources": [STALLS],
    "channels": [{"name": "Walk-ups", "given": WALK_UPS}],
    "mentions": [{"concept": "walk_in", "given": WALK_UPS}],
    "limits": [{"subject": "window", "amount": 30, "unit": "minute", "given": "Drivers reserve a 30-minute window."}],
    "flows": [
        flow(
            {"kind": "hold", "name": "hold", "within": "5 minutes", "given": "hold 5 minutes"},
            {"kind": "start", "name": "session started", "within": "10 minutes", "given": "starts within 10 minutes"},
            resource="stalls",
        )
    ],
    "clocks": [{"kind": "timeout", "subject": "Idle fee", "length": "15 minutes"}],
    "volumes": [{**CASES, "amount": 2160}, {"kind": "peak_factor", "subject": "Saturdays", "amount": 4}],
}


def test_use_without_a_booking_runs_into_the_booked_time():
    hole = english(**CHARGING)["truth.walk_in_overruns"]
    assert hole.slots["overlap"] == "10 min"  # 30 - 20
    assert "all of the 10 min of grace" in hole.condition
    ended = WALK_UPS.replace(".", ", and must leave when it begins.")
    assert "truth.walk_in_overruns" not in english(**{**CHARGING, "mentions": [{"concept": "walk_in", "given": ended}], "channels": []})  # fmt: skip
    short = [{**CHARGING["limits"][0], "given": "Drivers reserve a 20-minute window."}]
    assert "truth.walk_in_overruns" not in english(**{**CHARGING, "limits": short})


def test_everything_that_is_decided_on_a_late_state():
    hole = english(**CHARGING)["truth.late_status"]
    assert hole.slots["number"] == "4"
    assert "hold (5 min), session started (10 min), idle fee (15 min), walk-ups (20 min)" in hole.condition
    assert hole.slots["wrong"] == "2"  # 2,160 × 2 × 40 / 86,400
    assert hole.slots["peak_wrong"] == "8"
    # 40 / 600 = 6.7%; a hold begins on the state of the moment and has no limit that the lag eats into
    assert "40 s / 10 min → 7% of the limit for session started lies within the lag" in sums(hole)
    assert not any("5 min →" in line and "10 min" not in line and "15 min" not in line for line in sums(hole))
    text = ServiceText.model_validate({"name": "trial", "language": "en", "currency": "EUR", **CHARGING})
    pairs = windows.examine(resolve(complete(text)))
    assert "windows.answer_after_need" not in {h.mechanism for h in pairs}  # said once


@pytest.mark.parametrize(
    "change",
    [
        {"partners": [{**GATEWAY, "kind": "payment"}]},
        {"partners": [{"name": "the gateway", "kind": "network"}]},
        {"clocks": [], "mentions": [], "channels": []},
        {"controls": [{"kind": "fence", "on": ["start"], "name": "nothing starts on a stale state"}]},
    ],
    ids=["a payment", "lateness unknown", "one or two decisions", "a stale state stops the start"],
)
def test_no_late_status(change):
    assert "truth.late_status" not in english(**{**CHARGING, **change})


UNSTAFFED = {
    "sites": 12,
    "actors": [
        {"name": "관제", "role": "staff", "count": 1, "given": "밤에는 직원이 없고 관제 1명이 본다."},
        {"name": "파트타이머", "role": "field", "duty": "09:00~12:00", "does": ["clean"]},
    ],
    "resources": [
        {"name": "좌석", "capacity": {"value": 64, "given": "지점당 64석"}, "unit": "석/지점", "physical": True}
    ],
    "flows": [flow({"kind": "charge"}, {"kind": "check_in", "name": "입장", "given": "QR로 입장해요."})],
    "limits": [{"subject": "시간권", "amount": n, "unit": "시간", "given": "시간권(2/6시간)"} for n in (2, 6)],
    "mentions": [{"concept": "night", "given": "밤에는 직원이 없고 관제 1명이 본다."}],
}


def test_nobody_knows_who_has_left():
    hole = examine(**UNSTAFFED)["truth.presence_unknown"]
    assert not hole.certain
    assert hole.slots["seats"] == "768"  # 64 × 12
    assert hole.slots["sold"] == "2·6시간"
    assert hole.slots["gap_hours"] == "21"
    leaves = flow({"kind": "check_in", "given": "QR로 입장하고 퇴실할 때도 찍어요."})
    assert "truth.presence_unknown" not in examine(**{**UNSTAFFED, "flows": [leaves]})
    assert "truth.presence_unknown" not in examine(**{**UNSTAFFED, "mentions": []})


OWNER = {"name": "가맹점주", "role": "supplier", "does": ["refund"]}
FRANCHISE = {
    "actors": [OWNER],
    "flows": [flow({"kind": "charge"}, {"kind": "refund", "actor": "가맹점주", "given": "환불은 가맹점주가 처리하고"})],
    "money": [
        {"kind": "settlement", "due": "매달 25일", "payee": "가맹점"},
        {"kind": "commission", "share": "7%"},
        {"kind": "subscription", "subject": "고정석 (월)", "amount": "18만원"},
    ],
}


def test_refunds_that_the_other_side_learns_of_at_settlement():
    hole = examine(**FRANCHISE)["truth.unseen_refund"]
    assert hole.slots["days"] == "31"
    assert hole.detection.amount == 744  # 31 × 24
    assert "고정석 18만원에도 7% 1만 2,600원" in hole.condition
    weekly = [{**FRANCHISE["money"][0], "due": "매일"}, *FRANCHISE["money"][1:]]
    assert "truth.unseen_refund" not in examine(**{**FRANCHISE, "money": weekly})
    ours = {**OWNER, "role": "staff"}
    assert "truth.unseen_refund" not in examine(**{**FRANCHISE, "actors": [ours]})
    compared = [{"kind": "reconcile", "on": ["refund"], "name": "매일 환불 대조"}]
    assert "truth.unseen_refund" not in examine(**{**FRANCHISE, "controls": compared})


TICKED = (
    "Volunteer hands the tool over, ticks it off on a paper list, and types the list into the system at closing time"
)
LENT = {
    "actors": [{"name": "Volunteer", "role": "field", "count": 2, "duty": "Tue-Sat 10:00-18:00"}],
    "flows": [
        flow({"kind": "request"}, {"kind": "hand_over", "name": "collection", "actor": "Volunteer", "given": TICKED})
    ],
    "volumes": [{**CASES, "amount": 70}],
}


def test_things_that_are_out_before_the_record_says_so():
    hole = english(**LENT)["truth.late_record"]
    assert hole.slots["at"] == "18:00"  # the end of the duty, so no dagger
    assert hole.slots["oldest"] == "8"  # from 10:00
    assert "70 cases a day" in hole.condition
    scanned = [{"kind": "bind_identity", "on": ["hand_over"], "name": "each tool is scanned"}]
    assert "truth.late_record" not in english(**{**LENT, "controls": scanned})


def test_english_has_no_korean():
    for fields in (LISTED, CHARGING, LENT):
        for hole in english(**fields).values():
            said = (
                f"{hole.condition}{hole.user_impact}{hole.operations_impact}{hole.severity}{hole.questions}{sums(hole)}"
            )
            assert not any("가" <= c <= "힣" for c in said.replace("예약", "")), said


def test_every_mechanism_has_its_texts_and_a_policy_that_stops_it():
    folder = Path(truth.__file__).parent
    used = {m for p in folder.glob("*.py") for m in re.findall(r'"(truth\.[a-z_]+)"', p.read_text(encoding="utf-8"))}
    assert used == {m for m in load_findings() if m.startswith("truth.")}
    closed = {m for pattern in load_catalog().everything() for m in pattern.finding}
    assert used <= closed
