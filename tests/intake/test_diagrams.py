"""Lines are followed from box to box, through the words on them."""

from hypothesis import given, settings
from hypothesis import strategies as st

from opslead.intake.state.diagrams import final_nodes, transitions


def edges(drawing, *nodes):
    found = transitions(drawing.splitlines(), lambda name: name in nodes)
    return {(start.name, end.name) for start, end in found}


def test_boxes_side_by_side_and_below():
    drawing = """
┌────────┐      ┌────────┐
│ queued │ ───▶ │ washed │
└────────┘      └────────┘
     │               │
     ▼               ▼
┌────────┐      ┌────────┐
│ voided │      │ closed │
└────────┘      └────────┘
"""
    assert edges(drawing, "queued", "washed", "voided", "closed") == {
        ("queued", "washed"),
        ("queued", "voided"),
        ("washed", "closed"),
    }


def test_boxes_of_a_typewriter():
    drawing = """
+--------+     +--------+
| queued | --> | washed |
+--------+     +--------+
    |
    v
  voided
"""
    assert edges(drawing, "queued", "washed", "voided") == {("queued", "washed"), ("queued", "voided")}


def test_a_line_below_a_chain_that_collects_branches():
    drawing = """
OPEN ──▶ BUSY ──▶ DONE
  │        │
  └────────┴──▶ GONE
"""
    assert edges(drawing, "OPEN", "BUSY", "DONE", "GONE") == {
        ("OPEN", "BUSY"),
        ("BUSY", "DONE"),
        ("OPEN", "GONE"),
        ("BUSY", "GONE"),
    }


def test_words_on_the_lines_are_no_nodes():
    assert edges("new ──accept──▶ busy\n └──refuse──▶ gone", "new", "busy", "gone") == {
        ("new", "busy"),
        ("new", "gone"),
    }


def test_hangul_takes_two_columns():
    drawing = """
┌──────────┐   ┌──────────┐
│ 접수대기 │   │ 반납완료 │
└────┬─────┘   └──────────┘
     │              ▲
     ▼
┌──────────┐
│ 세탁중   │
└──────────┘
"""
    assert edges(drawing, "접수대기", "세탁중", "반납완료") == {("접수대기", "세탁중")}


def test_boxes_without_a_line_between_them_are_not_connected():
    drawing = "┌──────┐\n│ open │\n└──────┘\n\n┌──────┐\n│ done │\n└──────┘\n"
    assert edges(drawing, "open", "done") == set()


def test_terminal_boxes():
    drawing = "┌────────────┐\n│    gone    │\n│ (terminal) │\n└────────────┘\n┌──────┐\n│ open │\n└──────┘"
    assert final_nodes(drawing.splitlines(), lambda name: True) == ("gone",)


@settings(max_examples=100)
@given(st.text(alphabet="│├┤└┘┌┐─┬┴┼▼▶◀ |+-v>AB가\n", max_size=400))
def test_any_drawing_ends(drawing):
    transitions(drawing.splitlines(), lambda name: True)
