"""Numbers to grades, and grades to the action priority of the AIAG-VDA table."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from opslead.quantities.ratings import action_priority, detection_grade, occurrence_grade, severity_grade


@pytest.mark.parametrize(
    ("grades", "priority"),
    [
        ((10, 10, 10), "high"), ((9, 6, 1), "high"), ((9, 4, 1), "medium"), ((10, 2, 7), "high"), ((9, 3, 5), "medium"),
        ((9, 2, 4), "low"), ((9, 1, 10), "low"), ((8, 8, 1), "high"), ((7, 6, 1), "medium"), ((8, 5, 6), "medium"),
        ((7, 4, 7), "high"), ((8, 3, 5), "medium"), ((8, 3, 4), "low"), ((6, 8, 5), "high"), ((4, 9, 4), "medium"),
        ((5, 7, 2), "medium"), ((5, 7, 1), "low"), ((6, 5, 7), "medium"), ((6, 5, 6), "low"), ((6, 3, 10), "low"),
        ((3, 10, 5), "medium"), ((3, 10, 4), "low"), ((2, 7, 10), "low"), ((1, 10, 10), "low"),
    ],
)  # fmt: skip
def test_the_rows_of_the_table(grades, priority):
    assert action_priority(*grades) == priority


axis = st.integers(1, 10)
RANK = ("low", "medium", "high")


@given(axis, axis, axis, st.sampled_from([0, 1, 2]))
def test_a_worse_grade_never_lowers_the_priority(s, o, d, which):
    worse = [s, o, d]
    worse[which] = min(10, worse[which] + 1)
    assert RANK.index(action_priority(*worse)) >= RANK.index(action_priority(s, o, d))


def test_grades_are_read_off_the_numbers():
    assert [occurrence_grade(n) for n in (0.01, 0.1, 1, 9.9, 30, 486, 3000)] == [1, 3, 5, 6, 8, 9, 10]
    assert [detection_grade(h) for h in (0, 0.5, 12, 63, 960)] == [1, 3, 6, 7, 9]
    assert [severity_grade(loss, 72_000) for loss in (0, 7_200, 72_000, 200_000, 7_200_000)] == [1, 4, 7, 7, 10]


@given(st.floats(0, 1e9), st.floats(0, 1e9))
def test_grades_grow_with_the_numbers(a, b):
    low, high = sorted((a, b))
    assert occurrence_grade(low) <= occurrence_grade(high)
    assert detection_grade(low) <= detection_grade(high)
    assert severity_grade(low, 100.0) <= severity_grade(high, 100.0)
