"""Hours of the week."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from opslead.model.calendar import DAY, WEEK, HoursError, WeekHours, format_hours, format_span, parse_hours

spans = st.lists(
    st.tuples(st.integers(0, WEEK - 1), st.integers(1, DAY)).map(lambda pair: (pair[0], pair[0] + pair[1])), max_size=8
)
hours = spans.map(WeekHours.of)


def minutes(week):
    """The slow way: every covered minute."""
    return {m % WEEK for start, end in week.spans for m in range(start, end)}


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("평일 10:00~19:00", "평일 10:00~19:00"),
        ("18:00~익일 09:00", "매일 18:00~익일 09:00"),
        ("24/7", "24시간"),
        ("Monday to Saturday 07:00-19:00", "월~토 07:00~19:00"),
        ("주말 09-21시", "주말 09:00~21:00"),
        ("평일 09-21시, 주말 10-18시", "평일 09:00~21:00, 주말 10:00~18:00"),
        ("오전 9시~12시", "매일 09:00~12:00"),
        ("Mon-Fri 9am-6pm", "평일 09:00~18:00"),
        ("09:00-18:00 on weekdays", "평일 09:00~18:00"),
        ("08:00 to 12:00 and 13:00 to 17:00, Monday to Friday", "평일 08:00~12:00, 13:00~17:00"),
        ("Mon-Fri 09:00-17:00, Sat 10:00-14:00", "평일 09:00~17:00, 토 10:00~14:00"),
        ("밤 10시~새벽 6시", "매일 22:00~익일 06:00"),
        ("오후 1~5시", "매일 13:00~17:00"),
        ("3-5pm", "매일 15:00~17:00"),
        ("9-5pm", "매일 09:00~17:00"),
        ("밤 11시~6시", "매일 23:00~익일 06:00"),
        ("밤 18:00~익일 09:00", "매일 18:00~익일 09:00"),
        ("월·수·금 14:00~18:00", "월·수·금 14:00~18:00"),
    ],
)
def test_hours_as_people_write_them(text, shown):
    assert format_hours(parse_hours(text), "ko") == shown


@pytest.mark.parametrize("text", ["25:00~26:00", "09:70~10:00", "평일 30~31시"])
def test_times_that_no_clock_shows(text):
    with pytest.raises(HoursError):
        parse_hours(text)


def test_no_hours_in_the_text():
    assert parse_hours("주문이 많으면") is None


def test_the_gap_of_an_office_is_the_weekend():
    gap = (~parse_hours("평일 10:00~19:00")).longest()
    assert format_span(gap, "ko") == "금 19:00~월 10:00"
    assert (gap[1] - gap[0]) / 60 == 63


def test_a_monday_holiday_makes_it_longer():
    gap = (~parse_hours("평일 10:00~19:00").without_days([0])).longest()
    assert (gap[1] - gap[0]) / 60 == 87


@given(hours, hours)
def test_sets_of_minutes(a, b):
    assert minutes(a | b) == minutes(a) | minutes(b)
    assert minutes(a & b) == minutes(a) & minutes(b)
    assert minutes(a - b) == minutes(a) - minutes(b)
    assert minutes(~a) == set(range(WEEK)) - minutes(a)


@given(hours)
def test_spans_are_sorted_and_apart(week):
    edges = [edge for span in week.spans for edge in span]
    assert edges == sorted(set(edges))
    assert week.minutes == len(minutes(week))


@given(hours)
def test_printed_hours_are_read_again(week):
    if week.spans:
        assert parse_hours(format_hours(week, "ko")) == week
        assert parse_hours(format_hours(week, "en")) == week
