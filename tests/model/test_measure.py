"""Amounts as people write them."""

from datetime import timedelta as td

import pytest
from hypothesis import given
from hypothesis import strategies as st

from opslead.model.measure import (
    Money,
    format_duration,
    moves,
    parse_duration,
    parse_money,
    parse_number,
    parse_relative_day,
    parse_share,
)


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("10m", td(minutes=10)), ("10분", td(minutes=10)), ("12시간", td(hours=12)), ("1h 30m", td(minutes=90)),
        ("1시간 30분", td(minutes=90)), ("3일", td(days=3)), ("영업일 3일", td(days=3)), ("net 5", td(days=5)),
        ("2 weeks", td(days=14)), ("30-minute", td(minutes=30)), ("48 hours", td(hours=48)), ("10분 이내", td(minutes=10)),
        ("40 seconds", td(seconds=40)), ("3개월", td(days=90)), ("0.5h", td(minutes=30)),
        ("", None), ("soon", None), ("10", None), ("10 boxes", None), ("열 분", None), ("5000000년", None), ("net 99999999999", None),
    ],
)  # fmt: skip
def test_durations(text, wanted):
    assert parse_duration(text) == wanted


@given(st.integers(1, 5000), st.sampled_from(["초", "분", "시간", "일", "주"]))
def test_written_durations_come_back(amount, unit):
    seconds = {"초": 1, "분": 60, "시간": 3600, "일": 86400, "주": 604800}[unit]
    assert parse_duration(f"{amount}{unit}") == td(seconds=amount * seconds)


@given(st.integers(1, 86400 * 3 // 60).map(lambda m: td(minutes=m)), st.sampled_from(["ko", "en"]))
def test_what_is_printed_up_to_three_days_is_read_again(length, lang):
    if length.total_seconds() % 3600 and length > td(days=1):
        return  # days, hours and minutes: the two largest are shown
    assert parse_duration(format_duration(length, lang)) == length


def test_sixty_three_hours_stay_hours():
    assert format_duration(td(hours=63), "ko") == "63시간"
    assert format_duration(td(days=7), "en") == "7 days"


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("3만원", Money(30000, "KRW")), ("KRW 30,000", Money(30000, "KRW")), ("7만 2천원", Money(72000, "KRW")),
        ("25 EUR", Money(25, "EUR")), ("$4", Money(4, "USD")), ("£3.50", Money(3.5, "GBP")), ("1억 2천만원", Money(120_000_000, "KRW")),
        ("-3만원", Money(-30000, "KRW")), ("US$ 19.99", Money(19.99, "USD")), ("원", None), ("30", None), ("three euros", None),
    ],
)  # fmt: skip
def test_money(text, wanted):
    assert parse_money(text) == wanted


def test_a_bare_number_is_money_only_with_a_currency():
    assert parse_money("30", "EUR") == Money(30, "EUR")


@given(st.integers(0, 10**9))
def test_korean_money_comes_back(amount):
    assert parse_money(Money(amount, "KRW").format("ko")) == Money(amount, "KRW")


def test_money_reads_as_written_in_korea():
    assert Money(72000, "KRW").format("ko") == "7만 2천원"
    assert Money(2500, "KRW").format("ko") == "2,500원"
    assert Money(200000, "KRW").format("ko") == "20만원"


@pytest.mark.parametrize(
    ("text", "wanted"), [("20%", 0.2), ("4 percent", 0.04), ("0.5", 0.5), ("-5%", None), ("many", None)]
)
def test_shares(text, wanted):
    assert parse_share(text) == wanted


@pytest.mark.parametrize(
    ("text", "wanted"), [("3,000", 3000), ("3만", 30000), ("10k", 10000), ("1.5", 1.5), ("x3", None), ("", None)]
)
def test_numbers(text, wanted):
    assert parse_number(text) == wanted


def test_days_around_the_use():
    assert parse_relative_day("D-7") == td(days=-7)
    assert parse_relative_day("D-1 18:00") == td(days=-1, hours=18)
    assert parse_relative_day("D+2") == td(days=2)
    assert parse_relative_day("7 days") is None


def test_what_falls_names_its_ends_and_no_range_runs_backwards():
    assert moves((0.1, 0.6), "%", (3.2, 9.7), "분", "ko") == "10~60% → 3.2~9.7분"
    assert moves((0.1, 0.6), "%", (9.7, 3.2), "분", "ko") == "10%일 때 9.7분, 60%일 때 3.2분"
    assert moves((0.1, 0.6), "%", (9.7, 3.2), "min", "en") == "9.7 min at 10%, 3.2 min at 60%"
    assert moves((1, 2), "h", (5, 5), "pcs", "en") == "1 to 2 h → 5 pcs"
