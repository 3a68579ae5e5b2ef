"""The kernel against the plain search: the same states on the same levels, the same verdicts, stories that can be walked."""

import plain
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from opslead.behaviour.kernel import explore
from opslead.behaviour.system import OTHER, Field, Is, Move, Put, Step, System, UnsearchableError, Watch
from opslead.behaviour.trace import story

SIZES = st.integers(2, 4)


@st.composite
def systems(draw):
    """One or two shared fields, two or three of a case, up to three cases, some moves on two cases."""
    shared = tuple(Field(f"s{i}", tuple("abcd"[: draw(SIZES)])) for i in range(draw(st.integers(1, 2))))
    case = tuple(Field(f"c{i}", tuple("abcd"[: draw(SIZES)])) for i in range(draw(st.integers(1, 3))))
    cases = draw(st.integers(1, 3))
    names = [f.name for f in (*shared, *case)] + ([OTHER + f.name for f in case] if cases > 1 else [])
    values = {f.name: f.values for f in (*shared, *case)}

    def name():
        return draw(st.sampled_from(names))

    def condition():
        field = name()
        among = draw(st.lists(st.sampled_from(values[field.removeprefix(OTHER)]), min_size=1, max_size=2, unique=True))
        return Is(field, tuple(among))

    def effect(field):
        if draw(st.booleans()):
            return Put(field, draw(st.sampled_from(values[field.removeprefix(OTHER)])))
        return Step(field, draw(st.sampled_from([-1, 1])), draw(st.booleans()))

    moves = []
    for index in range(draw(st.integers(1, 6))):
        guard = tuple(condition() for _ in range(draw(st.integers(0, 2))))
        written = draw(st.lists(st.sampled_from(names), min_size=1, max_size=2, unique=True))
        moves.append(Move(f"m{index}", guard, tuple(effect(f) for f in written), draw(st.booleans())))
    watches = [Watch(f"w{i}", (tuple(condition() for _ in range(2)),), draw(st.booleans())) for i in range(2)]
    return System(shared, case, cases, tuple(moves)), watches


def unpack(system, state):
    """A packed state as the plain search writes it."""
    shared = tuple(system.read(state, f.name) for f in system.shared)
    return shared, tuple(tuple(system.read(state, f.name, i) for f in system.case) for i in range(system.cases))


@given(systems())
@settings(max_examples=300, deadline=None)
def test_the_same_states_on_the_same_levels(drawn):
    system, watches = drawn
    found, expected = explore(system, watches), plain.explore(system)
    assert found.verdict == "exhausted"
    levels = {
        plain.canonical(system, unpack(system, int(state))): level
        for level, states in enumerate(found.levels)
        for state in states
    }
    assert found.states == len(levels) == len(expected)
    assert levels == expected
    for watch in watches:
        met = [level for state, level in expected.items() if plain.meets(system, state, watch)]
        assert [hit[0] for hit in found.hits[watch.name].values()] == ([min(met)] if met else [])


@given(systems())
@settings(max_examples=100, deadline=None)
def test_with_cases_told_apart_there_are_the_same_states_under_every_name(drawn):
    system, watches = drawn
    found, orbits = explore(system, watches, renamed=False), explore(system, watches)
    assert found.depth == orbits.depth
    for every, one in zip(found.levels, orbits.levels, strict=True):
        assert sorted({system.canonical(state) for state in every.tolist()}) == one.tolist()
    assert {name: bool(hits) for name, hits in found.hits.items()} == {
        name: bool(hits) for name, hits in orbits.hits.items()
    }


@given(systems(), st.integers(1, 40))
@settings(max_examples=60, deadline=None)
def test_within_a_limit_no_state_is_wrong(drawn, most):
    system, watches = drawn
    found, whole = explore(system, watches, most=most), explore(system, watches)
    assert (found.verdict == "limit") == (whole.states > most)
    for some, every in zip(found.levels, whole.levels, strict=False):
        assert set(some.tolist()) <= set(every.tolist())


@given(systems())
@settings(max_examples=150, deadline=None)
def test_a_story_can_be_walked_step_by_step(drawn):
    system, watches = drawn
    found = explore(system, watches)
    for hits in found.hits.values():
        for level, state in hits.values():
            acts = story(system, found, level, state)
            assert len(acts) == level
            here = plain.initial(system)
            for act in acts:
                move = next(m for m in system.moves if m.name == act.move)
                view = plain.View(system, here)
                assert view.holds(move.guard, act.cases)
                here = view.after(move.effects, act.cases)
                assert here == unpack(system, act.after)
            assert system.canonical(acts[-1].after if acts else 0) == state


def test_a_search_past_its_limit_is_not_decided():
    counter = Field("n", tuple(str(i) for i in range(64)))
    system = System((), (counter,), 3, (Move("up", (), (Step("n", 1),)),))
    found = explore(system, most=100)
    assert found.verdict == "limit"
    assert found.states > 100
    assert explore(system).states == 64 * 65 * 66 // 6  # three interchangeable counters


def test_an_interrupted_search_keeps_what_it_found():
    system = System((), (Field("n", tuple(str(i) for i in range(64))),), 2, (Move("up", (), (Step("n", 1),)),))
    found = explore(system, [Watch("one", ((Is("n", ("1",)),),))], stop=lambda: True)
    assert found.verdict == "interrupted"
    assert found.depth == 1


@pytest.mark.parametrize(
    ("fields", "moves", "reason"),
    [
        ([Field("a", tuple(map(str, range(1000))))] * 1, (), "bits a state"),
        ([Field("a", ("0", "1")), Field("a", ("0", "1"))], (), "stands twice"),
        ([Field("a", ("0", "1"))], (Move("m", (Is("b", ("0",)),), ()),), "no field 'b'"),
    ],
)
def test_what_cannot_be_searched_is_said(fields, moves, reason):
    with pytest.raises(UnsearchableError, match=reason):
        System((), tuple(fields), 7, tuple(moves))
