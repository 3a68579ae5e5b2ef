"""Sums are read by a parser of their own: what is no sum is refused, rounding is allowed for, nothing is evaluated."""

import contextlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from opslead.panel.claims.sums import SumError, parse_sum


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("3 * 14 / 2 = 21 sites", 21),
        ("7만 2천원 × 18% = 12,960원", 12960),
        ("2,900 x 4 = 11,600 sessions", 11600),
        ("164 / 38 = 4.3 stalls a site", 164 / 38),
        ("90건/일 × 40% = 36건/일", 36),
        ("15:00 - 11:00 = 4시간", 4),
        ("1k * 3 = 3,000", 3000),
        ("((2 + 3) * 4) - 5 = 15", 15),
        ("10 - 4 - 3 = 3", 3),
        ("24 / 4 / 2 = 3", 3),
        ("25 / 21 = 119%", 25 / 21),
        ("90 × 30 ≈ 2,700건", 2700),
        ("90건 × 4% × 7만 2천원 = 25.9만원", 259_200),
        ("90 × 4% = 3.6건 × 7만 2천원 = 25.9만원", 259_200),
        ("164 / 38 = 4.3 × 2 = 8.6 stalls", 8.6),
        ("$45 x 40 x 5% = $90", 90),
        ("90 × 4% × 7만 2천원 ≈ 26만원", 259_200),
        ("25 / 21 = 1.19 = 119%", 1.19),
    ],
)
def test_sums_of_both_languages(text, value):
    found = parse_sum(text)
    assert found.value == pytest.approx(value)
    assert found.right


@pytest.mark.parametrize(
    ("text", "right"),
    [("164 / 38 = 4.4", False), ("164 / 38 = 4", True), ("164 / 38 = 5", False), ("2,945 * 4 = 11,800", True),
     ("2,900 * 4 = 12,000", False), ("7 * 7 = 50", False), ("3 - 5 = -2", False), ("3 * 14 / 2 = 21.5 sites", False),
     ("90 × 4% × 7만 2천원 = 26.9만원", False), ("90 × 4% = 3.8건 × 7만 2천원 = 27.4만원", False), ("3 * 4 = 12 + 1 = 14", False),
     ("90 × 4% × 7만 2천원 = 26만원", False)],
)  # fmt: skip
def test_a_result_may_be_rounded_as_it_is_shown(text, right):
    assert parse_sum(text).right is right


@pytest.mark.parametrize(
    "text",
    ["", "=", "42", "a = b", "3 = 3", "3 * = 4", "(3 + 4 = 7", "3 + 4) = 7", "1 / 0 = 1", "1 = 1 = 1", "3 + 4 = + 7 = 7", "3 + 4 = words = 7", "3 + 4 = 7 8 = 7", "2 ** 3 = 8", "3 4 = 7",
     "__import__('os').system('x') = 3", "9" * 40 + " * 2 = 3", "(" * 30 + "1+1" + ")" * 30 + " = 2", "3 + 4 = 7 8"],
)  # fmt: skip
def test_what_is_no_sum_is_refused(text):
    with pytest.raises(SumError):
        parse_sum(text)


@given(st.text(max_size=200))
def test_any_text_is_a_sum_or_refused(text):
    with contextlib.suppress(SumError):
        parse_sum(text)
