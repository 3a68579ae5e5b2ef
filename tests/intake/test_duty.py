"""Head-counts, hours, shifts, and what people may decide."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from opslead.intake.people.duty import authority, doings, shifts
from opslead.model.calendar import parse_hours


def told(text):
    return [(s.label, s.count, s.hours, s.per_site) for s in shifts(text)]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("지점마다 낮 3명(08:00~16:00), 밤 1명(16:00~익일 08:00)", [("낮", 3, "08:00~16:00", True), ("밤", 1, "16:00~익일 08:00", True)]),
        ("본사 2명, 평일 10:00~19:00.", [("", 2, "평일 10:00~19:00", False)]),
        ("평일 09:00~18:00, 주말 10:00~15:00, 4명", [("", 4, "평일 09:00~18:00, 주말 10:00~15:00", False)]),
        ("two shifts (day shift 8 people 06:00-14:00, night shift 2 people 22:00-06:00)",
         [("day", 8, "06:00-14:00", False), ("night", 2, "22:00-06:00", False)]),
        ("5 technicians, Monday to Friday 07:00-19:00", [("", 5, "Monday to Friday 07:00-19:00", False)]),
        ("Tuesday to Saturday, 08:00 to 18:00", [("", None, "Tuesday to Saturday, 08:00 to 18:00", False)]),
        ("1 person, 09:00-18:00 on weekdays", [("weekdays", 1, "09:00-18:00 on weekdays", False)]),
        ("2 people, Mon-Fri 9-17", [("", 2, "Mon-Fri 9-17", False)]),
        ("one agent per depot", [("", 1, "", True)]),
        ("밤에는 혼자 일한다", [("밤", 1, "", False)]),
        ("최대 4명까지 예약", []),
        ("10~30인 단체", []),
        ("입실 15:00~22:00", []),
        ("옷을 세탁한다", []),
    ],
)  # fmt: skip
def test_shifts(text, found):
    assert told(text) == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("환불 승인은 건당 30만원까지 전결.", [("refund", "30만원", "case")]),
        ("하루 5만원 이하 보상은 현장 재량으로 한다", [("compensate", "5만원", "day")]),
        ("may give vouchers up to $15 per case", [("compensate", "$15", "case")]),
        ("can approve or reject applications", [("reject", None, "case"), ("approve", None, "case")]),
        ("직원은 20%까지 할인해 줄 수 있다", [("adjust", "20%", "case")]),
        ("환불은 승인 없이는 할 수 없다", []),
        ("may not refund", []),
        ("환불 내역을 조회한다", []),
        ("may call the customer", []),
    ],
)
def test_authority(text, found):
    got = [(a.action, a.limit.value if a.limit else None, a.per) for a in authority(text, "a.md:1")]
    assert got == found


def test_authority_keeps_its_words_and_place():
    (power,) = authority("환불은 10만원까지 전결", "a.md:7")
    assert (power.given, power.at) == ("환불은 10만원까지 전결", "a.md:7")
    assert power.limit is not None
    assert power.limit.at == "a.md:7"


def test_what_is_only_looked_at_is_not_done():
    assert "refund" in doings("환불을 처리한다")
    assert "refund" not in doings("환불 내역 조회")
    assert "payout" not in doings("receive payouts")


@given(st.text(alphabet=st.sampled_from(list("낮밤 명12:0~,.()월요일 people at")), max_size=120))
def test_hours_are_ones_the_calendar_reads(text):
    for shift in shifts(text):
        assert shift.count is None or shift.count >= 0
        assert not shift.hours or parse_hours(shift.hours) is not None
