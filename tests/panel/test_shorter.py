"""Texts that have to fit are whole, or end where a sentence ends, or say that they go on."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from opslead.panel.shorter import fitting, shorter


@pytest.mark.parametrize(
    ("text", "most", "expected"),
    [
        ("자리가 빈다. 손님이 온다.", 20, "자리가 빈다. 손님이 온다."),
        ("자리가 빈다. 손님이 온다.", 14, "자리가 빈다."),
        ("It lapses. The guest (paid) waits.", 20, "It lapses."),
        ("예약이 만료되고, 손님은 그 사실을 모른 채 기다린다", 20, "예약이 만료되고 …"),
        ("0.5%를 넘으면 알린다", 8, "0.5%를 …"),
        ("가나다라마바사아자차카타파하", 8, "가나다라마바 …"),
    ],
)
def test_a_text_ends_where_a_reader_would_stop(text, most, expected):
    assert shorter(text, most) == expected


@given(st.text(max_size=200), st.integers(min_value=4, max_value=80))
def test_no_text_is_longer_than_its_room(text, most):
    assert len(shorter(text, most)) <= most


def test_the_longest_give_way_first():
    short, long = "짧다.", "긴 문장이 하나 있다. " * 10
    assert fitting((short, long), 60) == (short, shorter(long, 57))
    assert fitting((short, short), 60) == (short, short)
    assert sum(map(len, fitting((long, long, short), 100))) <= 100
