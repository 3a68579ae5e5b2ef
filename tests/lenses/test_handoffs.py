"""The hand-overs lens: the service on which each finding fires with its numbers, and the healthy one beside it."""

import re
from pathlib import Path

import pytest

from opslead.knowledge.catalog import load_catalog
from opslead.knowledge.findings import load_findings
from opslead.lenses import handoffs
from opslead.lenses.handoffs.entries import late_entries
from opslead.lenses.hole import Arithmetic, CalendarGap
from opslead.model.defaults import complete
from opslead.model.document import ServiceText
from opslead.model.resolve import resolve

DAY = {"name": "관리인(낮)", "role": "field", "count": 2, "duty": "09:00~18:00", "does": ["record", "check_in"]}
NIGHT = {"name": "관리인(밤)", "role": "field", "count": 1, "duty": "18:00~익일 09:00", "does": ["record", "check_in"]}
DESK = {"name": "접수", "role": "field", "count": 2, "duty": "09:00~21:00", "does": ["record"]}
CASES = {"kind": "cases", "amount": 200, "per": "day"}
APP = {"name": "앱", "given": "앱으로 예약한다"}


def service(**fields):
    text = ServiceText.model_validate({"name": "시험", "language": "ko", "currency": "KRW", **fields})
    return resolve(complete(text))


def examine(**fields):
    return {hole.mechanism: hole for hole in handoffs.examine(service(**fields))}


def english(**fields):
    return examine(**{"name": "trial", "language": "en", "currency": "EUR", **fields})


def flow(*steps, **fields):
    return {"name": "예약", "steps": list(steps), **fields}


def copied(sentence, writer, **fields):
    """A service whose phone bookings are written down in the words of `sentence`."""
    record = {"kind": "record", "name": "전화 예약", "actor": writer, "given": sentence}
    phone = {"name": "전화", "sync": "manual", "given": sentence}
    return {"flows": [flow(record)], "channels": [APP, phone], **fields}


EVENING = copied("전화 예약은 엑셀에 적었다가 저녁에 옮겨 적는다.", "관리인(낮)", actors=[DAY, NIGHT])


def sums(hole):
    return [f"{e.formula} → {e.result}" for e in hole.evidence if isinstance(e, Arithmetic)]


def test_phone_bookings_wait_in_a_sheet_until_the_evening():
    hole = examine(**EVENING)["handoffs.batch_entry"]
    assert hole.slots["hours"] == "10"  # written at 09:00, copied at 19:00 (taken for the evening)
    assert hole.slots["oldest"] == "24"  # somebody answers all night: written at 19:01, copied the next evening
    assert "19:00†" in hole.condition
    assert "관리인(낮)이 이미 퇴근했고(18:00) 관리인(밤) 1명이" in hole.operations_impact
    assert any("19:00†" in question.data for question in hole.questions)


def test_the_copying_falls_into_the_arrivals():
    arrival = {"kind": "check_in", "name": "입실", "actor": "관리인(낮)", "when": "15:00~22:00"}
    late = {**EVENING, "flows": [*EVENING["flows"], flow(arrival)]}
    assert "입실(매일 15:00~22:00)과 겹쳐" in examine(**late)["handoffs.batch_entry"].operations_impact
    early = {**EVENING, "flows": [*EVENING["flows"], flow({**arrival, "when": "10:00~12:00"})]}
    assert "겹쳐" not in examine(**early)["handoffs.batch_entry"].operations_impact


def test_lines_a_day_only_where_the_share_is_stated():
    lunch = copied("전화 예약은 종이 장부에 적었다가 점심시간에 옮긴다.", "접수", actors=[DESK], volumes=[CASES])
    assert "lines" not in examine(**lunch)["handoffs.batch_entry"].slots
    shared = {**lunch, "channels": [APP, {**lunch["channels"][1], "share": "35%"}]}
    hole = examine(**shared)["handoffs.batch_entry"]
    assert hole.slots["lines"] == "70"  # 200 × 35%
    (entry,) = late_entries(service(**shared))
    assert entry.mean_hours == pytest.approx(15.0)  # 3 of 12 h wait 1.5 h on average, 9 of 12 h wait 19.5 h
    assert entry.oldest_hours == pytest.approx(24.0)


def test_the_writers_are_named_in_the_sentence_alone():
    said = "Phone bookings are written in a notebook by the desk staff, who enter them in the evening."
    fields = {
        "actors": [{"name": "desk staff", "role": "staff", "count": 3, "duty": "daily 08:00-20:00"}],
        "channels": [{"name": "phone", "sync": "manual", "given": said}],
        "flows": [flow({"kind": "request", "name": "choose"})],
        "rates": [{"kind": "channel", "subject": "by phone", "share": "30%"}],
        "volumes": [{**CASES, "amount": 60}],
    }
    fields["channels"][0]["given"] = said.replace("Phone", "By phone:")
    hole = english(**fields)["handoffs.batch_entry"]
    assert hole.slots["hours"] == "11"  # 08:00 to 19:00
    assert hole.slots["lines"] == "18"  # 60 × 30%
    assert "the notebook" in hole.condition


def test_at_closing_the_first_line_of_the_day_is_the_oldest():
    closing = copied("전화 예약은 수첩에 적었다가 마감 때 시스템에 입력한다.", "접수", actors=[DESK])
    hole = examine(**closing)["handoffs.batch_entry"]
    assert "21:00에 옮길 때까지" in hole.condition
    assert "길게는 12시간 뒤에야" in hole.condition  # 09:00 to 21:00


def test_a_stated_hour_carries_no_dagger():
    exact = copied("전화 예약은 장부에 적었다가 18시에 시스템에 입력한다.", "접수", actors=[DESK])
    hole = examine(**exact)["handoffs.batch_entry"]
    assert hole.slots["at"] == "18:00"
    assert hole.slots["hours"] == "9"


@pytest.mark.parametrize(
    "healthy",
    [
        copied("전화 예약은 통화하면서 시스템에 바로 넣는다.", "접수", actors=[DESK]),
        copied("전화 예약은 엑셀에 적었다가 저녁에 옮겨 적는다.", "접수", actors=[{**DESK, "duty": "09:00~18:00"}]),
        {**EVENING, "controls": [{"kind": "count", "on": ["record"], "name": "적은 줄과 옮긴 줄 대조"}]},
        {**EVENING, "actors": [{k: v for k, v in DAY.items() if k != "duty"}, NIGHT]},
    ],
    ids=["entered at once", "nobody there in the evening", "both sides counted", "hours unknown"],
)
def test_no_batch_without_a_gap_that_can_be_computed(healthy):
    assert "handoffs.batch_entry" not in examine(**healthy)


DRIVER = {"name": "기사", "role": "field", "count": 12, "duty": "23:00~익일 06:00", "does": ["pick_up"]}
FACTORY = {"name": "공장", "role": "field", "count": 35, "duty": "평일 08:00~20:00", "does": ["inspect"]}
CHAIN = (
    {"kind": "request", "name": "수거 신청"},
    {"kind": "pick_up", "name": "수거", "actor": "기사"},
    {"kind": "inspect", "name": "검수", "actor": "공장"},
)
NIGHTLY = {"actors": [DRIVER, FACTORY], "flows": [flow(*CHAIN)], "volumes": [{**CASES, "amount": 600}]}


def test_three_nights_wait_for_monday():
    hole = examine(**NIGHTLY)["handoffs.waiting_queue"]
    assert hole.slots["gap"] == "금 20:00~월 08:00"
    assert hole.slots["waiting"] == "1,800"  # three nights × 600
    assert hole.slots["oldest"] == "57"  # Friday 23:00 to Monday 08:00
    assert hole.slots["clear"] == "8.6"  # 1,800 × 10 min† / 60 / 35
    assert "10분†" in hole.operations_impact
    assert any(isinstance(e, CalendarGap) and e.hours == 60 for e in hole.evidence)
    assert hole.occurrence.amount == pytest.approx(1800 * 30 / 7)


def test_a_promise_that_is_over_before_the_work_begins():
    promised = {**NIGHTLY, "flows": [flow(*CHAIN, {"kind": "deliver", "name": "배송", "within": "2일"})]}
    assert "배송 약속 2일" in examine(**promised)["handoffs.waiting_queue"].condition  # 57 h > 48 h
    longer = {**NIGHTLY, "flows": [flow(*CHAIN, {"kind": "deliver", "name": "배송", "within": "3일"})]}
    assert "약속" not in examine(**longer)["handoffs.waiting_queue"].condition


def test_a_team_that_never_catches_up():
    volunteer = {"name": "Volunteer", "role": "staff", "count": 2, "duty": "Tue-Sat 10:00-18:00"}
    technician = {
        "name": "Technician",
        "role": "field",
        "count": 1,
        "duty": "Wed, Fri 13:00-17:00",
        "does": ["inspect"],
    }
    steps = (
        {"kind": "request", "name": "reservation"},
        {"kind": "receive", "name": "taking in", "actor": "Volunteer"},
        {"kind": "inspect", "name": "check", "actor": "Technician"},
    )
    fields = {"actors": [volunteer, technician], "flows": [flow(*steps)], "volumes": [{**CASES, "amount": 70}]}
    hole = english(**fields)["handoffs.waiting_queue"]
    assert hole.slots["waiting"] == "175"  # Fri 17:00 to Wed 13:00: 20 of 8 open hours a day × 70
    assert hole.slots["each"] == "1.4"  # 8 h × 60 / (5 days × 70)
    assert "1.4 min" in hole.condition
    crowd = {**technician, "count": 9}  # 12.3 min for each
    assert "each" not in english(**{**fields, "actors": [volunteer, crowd]})["handoffs.waiting_queue"].slots


def test_what_is_handed_out_is_no_queue_for_those_who_check_it_in():
    out = {"kind": "hand_over", "name": "인도", "actor": "기사"}
    lent = {**NIGHTLY, "flows": [flow(CHAIN[0], out, {"kind": "return", "name": "반납"}, CHAIN[2])]}
    assert "handoffs.waiting_queue" not in examine(**lent)


@pytest.mark.parametrize(
    "healthy",
    [
        {**NIGHTLY, "actors": [DRIVER, {**FACTORY, "duty": "매일 08:00~20:00"}]},
        {**NIGHTLY, "volumes": []},
        {**NIGHTLY, "volumes": [{**CASES, "amount": 0}]},
        {**NIGHTLY, "actors": [DRIVER, {**FACTORY, "count": 0}]},
        {**NIGHTLY, "actors": [{**DRIVER, "duty": "평일 09:00~18:00"}, FACTORY]},
        {**NIGHTLY, "flows": [flow(*CHAIN[1:])]},
    ],
    ids=[
        "a night is no queue",
        "no volume",
        "no case",
        "a team of nobody",
        "nothing comes meanwhile",
        "not every case",
    ],
)
def test_no_queue(healthy):
    assert "handoffs.waiting_queue" not in examine(**healthy)


BROKEN = {
    "actors": [{"name": "technicians", "role": "field", "count": 4, "duty": "Mon-Sat 07:00-19:00"}],
    "resources": [{"name": "stalls", "capacity": 100, "physical": True, "perishable": True}],
    "flows": [flow({"kind": "request", "name": "booking"}, {"kind": "start", "name": "start"}, resource="stalls")],
    "mentions": [{"concept": "equipment_fault", "given": "broken stall on arrival"}],
    "volumes": [{**CASES, "amount": 1000, "subject": "sessions"}],
    "money": [{"kind": "ticket", "amount": "20 EUR"}],
}


def test_what_a_broken_unit_costs_until_somebody_may_mend_it():
    hole = english(**BROKEN)["handoffs.waiting_repair"]
    assert hole.slots["gap_hours"] == "36"  # Sat 19:00 to Mon 07:00
    assert hole.slots["lost"] == "15"  # 1,000 / 100 × 36 / 24
    assert hole.slots["money"] == "300 EUR"
    assert hole.severity.amount == pytest.approx(300)
    assert "a stall reported broken" in hole.condition


@pytest.mark.parametrize(
    "change",
    [
        {"mentions": []},
        {"actors": [{"name": "technicians", "role": "field", "duty": "24/7"}]},
        {"actors": [{"name": "cooks", "role": "field", "duty": "Mon-Sat 07:00-19:00"}]},
        {"resources": [{"name": "stalls", "physical": True, "perishable": True}]},
        {"volumes": [*BROKEN["volumes"], {"kind": "peak_factor", "subject": "Saturdays", "amount": 4}]},
    ],
    ids=["no fault named", "always there", "nobody who repairs", "how many units is unknown", "told with its peak"],
)
def test_no_repair_that_waits(change):
    assert "handoffs.waiting_repair" not in english(**{**BROKEN, **change})


METER = {
    "kind": "import_result",
    "name": "final price from meter values",
    "given": "final price (up to 48 hours later)",
}
LATE = {
    "kind": "latency",
    "subject": "final price",
    "length": "48 hours",
    "given": "final price (up to 48 hours later)",
}
CHARGED = {
    "flows": [flow({"kind": "request"}, {"kind": "authorize"}, METER, {"kind": "capture", "name": "collection"})],
    "clocks": [LATE],
    "volumes": [{**CASES, "amount": 1000}],
    "money": [{"kind": "ticket", "amount": "20 EUR"}],
}


def test_an_answer_that_may_never_come():
    hole = english(**CHARGED)["handoffs.answer_overdue"]
    assert hole.slots["out"] == "2,000"  # 1,000 a day × 2 days
    assert "2,000 cases and 40,000 EUR" in hole.condition
    assert "“collection” waits" in hole.operations_impact


def test_a_result_by_fax_gets_no_count_of_other_cases():
    """Not every booking is sent to the laboratory, so the bookings a day say nothing about the results under way."""
    fax = {"kind": "import_result", "name": "검사 결과 수신", "via": "fax", "given": "검사 결과를 팩스로 받는다"}
    typed = {"kind": "record", "name": "차트 기록", "actor": "접수", "given": "접수가 차트에 적는다"}
    fields = {
        "actors": [DESK],
        "flows": [flow({"kind": "ship", "name": "검체 발송"}, fax, typed)],
        "clocks": [{"kind": "latency", "subject": "검사 결과", "length": "3일", "given": "검사 결과는 늦으면 3일"}],
        "volumes": [CASES],
    }
    hole = examine(**fields)["handoffs.answer_overdue"]
    assert "팩스로 온 것은 접수가" in hole.operations_impact
    assert "stake" not in hole.slots
    assert "‘검사 결과 수신’은 3일까지" in hole.condition


@pytest.mark.parametrize(
    "change",
    [
        {"clocks": [{**LATE, "length": "40 seconds"}]},
        {"clocks": []},
        {"controls": [{"kind": "default_action", "on": ["import_result"], "name": "settle at the median after 72 h"}]},
        {"rules": [{"text": "If no final price comes within 72 hours, the session is settled at the average price."}]},
    ],
    ids=["at once", "lateness unknown", "a default acts", "a rule ends it"],
)
def test_no_answer_that_waits(change):
    assert "handoffs.answer_overdue" not in english(**{**CHARGED, **change})


OWNER = {"name": "owner", "role": "staff", "authority": [{"action": "refund", "given": "the owner, who decides about everything above that by phone"}]}  # fmt: skip
CLERK = {"name": "customer service", "role": "staff", "authority": [{"action": "refund", "limit": "150 EUR"}]}
SPOKEN = {"actors": [CLERK, OWNER], "money": [{"kind": "ticket", "amount": "480 EUR"}]}


def test_the_ordinary_case_is_decided_by_phone():
    hole = english(**SPOKEN)["handoffs.spoken_decision"]
    assert hole.slots["ratio"] == "3.2"  # 480 / 150
    assert "decided by phone by the owner" in hole.condition


def test_no_finding_where_the_phone_is_the_exception_or_leaves_a_trace():
    assert "handoffs.spoken_decision" not in english(**{**SPOKEN, "money": [{"kind": "ticket", "amount": "90 EUR"}]})
    queue = {**OWNER, "authority": [{"action": "refund", "given": "the owner decides above that in the console"}]}
    assert "handoffs.spoken_decision" not in english(**{**SPOKEN, "actors": [CLERK, queue]})
    logged = [{"kind": "audit_log", "on": ["refund"], "name": "every decision is logged"}]
    assert "handoffs.spoken_decision" not in english(**{**SPOKEN, "controls": logged})


def test_english_has_no_korean():
    for fields in (BROKEN, CHARGED, SPOKEN):
        for hole in english(**fields).values():
            said = (
                f"{hole.condition}{hole.user_impact}{hole.operations_impact}{hole.severity}{hole.questions}{sums(hole)}"
            )
            assert not any("가" <= c <= "힣" for c in said.replace("예약", "")), said


def test_every_mechanism_has_its_texts_and_a_policy_that_stops_it():
    folder = Path(handoffs.__file__).parent
    used = {m for p in folder.glob("*.py") for m in re.findall(r'"(handoffs\.[a-z_]+)"', p.read_text(encoding="utf-8"))}
    assert used == {m for m in load_findings() if m.startswith("handoffs.")}
    closed = {m for pattern in load_catalog().everything() for m in pattern.finding}
    assert used <= closed
