"""Sums, shares, multiples and lengths of time: wrong ones are heard, right ones never."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from opslead.review import review
from review.made import document, policy


def wrong(text, lang="ko"):
    return [fault for fault in review(document(lang, policy(1, intent=text))) if fault.check == "arithmetic"]


PAIRS = [
    ("84+28+14=126개 사이트", "84+28+14=127개 사이트", "126"),
    ("20만원 ÷ 7만 2천원 = 2.8배", "20만원 ÷ 7만 2천원 = 3.8배", "2.78"),
    ("전결 20만원은 객단가 7만 2천원의 2.8배다.", "전결 20만원은 객단가 7만 2천원의 3.5배다.", "2.78"),
    ("14개 × 30분 = 7인시", "14개 × 30분 = 8인시", "7"),
    ("모두 오는 밤은 0.96^41로 약 19%다", "모두 오는 밤은 0.96^41로 약 29%다", "18.8"),
    ("3개 × 24박(12주 금·토) × 7만 2천원 ≒ 518만원이다.", "3개 × 24박(12주 금·토) × 7만 2천원 ≒ 618만원이다.", "5,184,000"),
    ("금 19:00~월 10:00은 63시간 연속 공백", "금 19:00~월 10:00은 65시간 연속 공백", "63 h"),
    ("63시간 연속 공백 (금 19:00~월 10:00)", "60시간 연속 공백 (금 19:00~월 10:00)", "63 h"),
    ("낮 근무 09:00~18:00(9시간)", "낮 근무 09:00~18:00(8시간)", "9 h"),
    ("126개 중 84개(67%)", "126개 중 84개(57%)", "66.7"),
    ("42개(오토캠핑 28, 글램핑·카라반 14)", "42개(오토캠핑 28, 글램핑·카라반 15)", "43"),
]  # fmt: skip
ENGLISH = [
    ("36-hour hole Sat 19:05–Mon 07:00", "48-hour hole Sat 19:05–Mon 07:00", "35 h 55 min"),
    ("36-hour hole: fault on Saturday 19:05, next visit Monday 07:00", "30-hour hole: fault on Saturday 19:05, next visit Monday 07:00", "35 h 55 min"),
    ("180 bookings × 30 min ÷ 7 vets on duty = 12.9 h a day each", "180 bookings × 30 min ÷ 7 vets on duty = 14.9 h a day each", "12.9"),
    ("At the peak 2,900 × 4 is about 11,600 sessions", "At the peak 2,900 × 4 is about 12,600 sessions", "11,600"),
    ("6% of 2,900 = 174", "6% of 2,900 = 194", "174"),
    ("$4 x 30 = $120", "$4 x 30 = $150", "120"),
    ("(3 + 4) × 2 = 14", "(3 + 4) × 2 = 11", "14"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("right", "slip", "value", "lang"), [(*pair, "ko") for pair in PAIRS] + [(*pair, "en") for pair in ENGLISH]
)
def test_a_slip_is_heard_and_its_good_twin_is_not(right, slip, value, lang):
    assert wrong(right, lang) == []
    (fault,) = wrong(slip, lang)
    assert value in fault.message
    assert fault.policies == (1,)
    assert fault.field == "intent"
    assert fault.quote


@pytest.mark.parametrize(
    "text",
    [
        "10:00 + 30분 = 10:30",  # times of day
        "√90 × 3 = 28.5",  # what is not read whole
        "3 × P(1개 이상) = 1.7",
        "2,900 sessions at 6% × 21 EUR = 3,654",
        "90/24 × 3 = 3시간에 11.2건",
        "D-3 × 2 = 5, #4 + 1 = 6",
        "2~3 × 4 = 8~12",
        "평일 10:00~19:00 2시간마다 확인한다",
        "3건 × 5일이면 15분 동안 멈춘다",
        "2 failed starts → 3 walk-ups",
        "CS 3명(최소 2, 최대 4)",
        "310/5.7 h × 2 = 108/h; 108 × 3† min / (60 × 4) = 135.6%",  # 108 came out rounded
        "= × ÷ ( 3 + ) = 4",
    ],
)
def test_what_cannot_be_read_whole_is_no_fault(text):
    assert wrong(text) == []


whole = st.integers(1, 9999)


@given(st.lists(whole, min_size=2, max_size=6))
def test_no_right_addition_is_reported(parts):
    text = f"합계 {' + '.join(f'{n:,}' for n in parts)} = {sum(parts):,}건"
    assert wrong(text) == []
    assert len(wrong(text.replace(f"{sum(parts):,}건", f"{sum(parts) + 2:,}건"))) == 1


@given(whole, st.integers(1, 400), st.integers(1, 3))
def test_no_right_division_is_reported_however_it_is_rounded(one, other, digits):
    assert wrong(f"{one} ÷ {other} = {one / other:.{digits}f}", "en") == []


@given(st.integers(0, 6), st.integers(0, 23), st.integers(1, 6), st.integers(0, 23))
def test_no_right_stretch_of_the_week_is_reported(day, hour, days, until):
    names = "월화수목금토일"
    hours = days * 24 + until - hour
    last = (day + days) % 7
    text = f"{names[day]} {hour:02d}:00~{names[last]} {until:02d}:00은 {hours}시간 연속 공백"
    assert wrong(text) == []
    assert len(wrong(text.replace(f"{hours}시간", f"{hours + 2}시간"))) == 1


@given(st.text(alphabet="0123456789+×÷=()^.,:%원분h →~†-#", max_size=80))
def test_no_text_breaks_the_reader(text):
    wrong(text)
