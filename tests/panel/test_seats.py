"""What a panel's unproven hole is worth: half where it competes, and a few seats where it does not."""

from dataclasses import replace

from opslead.lenses.hole import Grade, Hole
from opslead.panel.breadth.seats import MOST_PER_SURFACE, SEATS, seated
from opslead.panel.claims.judge import judge
from opslead.policy.overview import MOST_MODES, UNPROVEN_SEATS, failure_modes

from .drafts import CAMPING, known, korean

SERVICE = known(CAMPING).service


def hole(name: str, severity: int = 7, **changes) -> Hole:
    made = judge(korean(name=name), known(CAMPING))
    assert isinstance(made, Hole)
    return replace(made, severity=Grade(severity, ""), **changes)


def test_the_proven_come_first_and_the_graver_of_equals():
    ranked = seated([hole("plain-one", 6), hole("grave-one", 8), hole("proven-one", 6, certain=True)], SERVICE)
    assert [h.mechanism for h in ranked] == ["panel.proven-one", "panel.grave-one", "panel.plain-one"]


def test_words_that_stand_at_the_place_weigh_more():
    there = hole("stands-there")
    elsewhere = judge(korean(name="stands-elsewhere", quotes=("가상계좌는 12시간 안에 입금해야 한다",)), known(CAMPING))
    assert [h.mechanism for h in seated([elsewhere, there], SERVICE)] == [
        "panel.stands-there",
        "panel.stands-elsewhere",
    ]


def test_one_direction_does_not_fill_the_seats_and_low_risk_has_none():
    many = [hole(f"hole-{number}", surfaces=(number % 6 + 1,)) for number in range(30)]
    taken = seated(many, SERVICE)
    assert len(taken) == SEATS
    firsts = [h.surfaces[0] for h in taken]
    assert max(firsts.count(first) for first in firsts) <= MOST_PER_SURFACE
    assert not seated([hole("mild-one", 1)], SERVICE)


def test_unproven_holes_have_seats_among_the_failure_modes_and_no_more():
    engine = [hole(f"sure-{n}", certain=True, id=f"windows.sure-{n}@hold", lens="windows") for n in range(30)]
    panel = [hole(f"idea-{n}", id=f"panel.idea-{n}@transfer") for n in range(9)]
    shown = failure_modes((), [*engine], "ko")
    assert len(shown) == MOST_MODES
    together = failure_modes(_choices([*engine, *panel]), (), "ko")
    assert len(together) == MOST_MODES
    ideas = [mode for mode in together if mode.author == "model"]
    assert len(ideas) == UNPROVEN_SEATS
    assert all(not mode.certain for mode in ideas)


def test_where_there_is_room_all_are_shown():
    few = [
        hole("sure-one", certain=True, id="windows.sure@hold", lens="windows"),
        *(hole(f"idea-{n}") for n in range(6)),
    ]
    assert len(failure_modes(_choices(few), (), "ko")) == 7


def _choices(holes):
    """A choice for each hole; the failure modes read nothing of it but its holes."""
    from opslead.knowledge.catalog import load_catalog
    from opslead.policy.rank import Choice
    from opslead.policy.synthesise import Candidate
    from opslead.spec.document import Policy

    pattern = load_catalog().everything()[0]
    return tuple(Choice(Candidate(pattern, Policy(number=1, name=h.id), (h,)), 1.0, None) for h in holes)
