"""The kernel against an independent checker: Storm builds the exported system state by state, and must see the same.

Sizes are kept small, since Storm builds some 50,000 states a second: two customers and no fault with every choice open, or one fault with
every choice made in the commonest way, where that is at most 100,000 states; `make search` compares larger ones.
"""

from dataclasses import replace
from functools import cache
from math import factorial
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from test_kernel import systems

from opslead.behaviour.attack import questions, stated
from opslead.behaviour.bounds import Bounds
from opslead.behaviour.export import writer
from opslead.behaviour.export.flat import identifier
from opslead.behaviour.kernel import explore
from opslead.behaviour.piece import OPEN, Rules
from opslead.behaviour.scope import scopes
from opslead.behaviour.system import Put
from opslead.behaviour.world import world
from opslead.intake.page.readers import read_source
from opslead.pipeline import understand

stormpy = pytest.importorskip("stormpy")
MOST = 100_000
EXAMPLES = sorted((Path(__file__).parents[2] / "examples").glob("*/service.md"))


def commonest(system):
    """The system in which every open choice is made in the commonest way."""
    choices = {field.name: field for field in system.shared if field.values[0] == OPEN}

    def usual(move):
        puts = [e for e in move.effects if isinstance(e, Put) and e.field in choices]
        return all(choices[e.field].index(e.value) <= 1 for e in puts)

    return replace(system, moves=tuple(move for move in system.moves if usual(move)))


@cache
def asked(path):
    """Every searched flow of an example, alike ones once."""
    service = read(path)
    open_, small = (list(questions(service, Bounds(2, faults, 1), frozenset())) for faults in (0, 1))
    found = [(question.system, question.wanted) for question in open_]
    found += [(commonest(question.system), question.wanted) for question in small]
    return [one for one in dict.fromkeys(found) if explore(*one, renamed=False, most=MOST).verdict == "exhausted"]


@cache
def read(path):
    return understand([read_source(str(path))])[1]


def built(form, system, watches, folder):
    """States, and states with each label, as Storm counts them."""
    path = folder / f"system.{form}"
    path.write_text(writer(form)(system, watches), encoding="utf-8")
    model = stormpy.parse_prism_program(str(path)) if form == "prism" else stormpy.parse_jani_model(str(path))[0]
    options = stormpy.BuilderOptions()
    options.set_build_all_labels()
    mdp = stormpy.build_model(model, options=options)
    label = mdp.labeling
    return mdp.nr_states, {w.name: label.get_states(identifier(w.name)).get_number_of_set_bits() for w in watches}


def counted(system, watches, found):
    """How many of the states that the kernel found meet each watch."""
    states = np.concatenate(found.levels)
    return {watch.name: int(meets(system, watch, states).sum()) for watch in watches}


def meets(system, watch, states):
    met = np.zeros(states.size, bool)
    for condition in watch.conditions:
        for cases in system.placings_of(condition):
            here = within(states, system.cubes(condition, cases))
            if watch.at_rest:
                stirs = (
                    rule
                    for rule in system.rules
                    if system.moves[rule.move].automatic and (not rule.cases or set(rule.cases) & set(cases))
                )
                here &= ~within(states, ((rule.mask, rule.value) for rule in stirs))
            met |= here
    return met


def within(states, cubes):
    met = np.zeros(states.size, bool)
    for mask, value in cubes:
        met |= (states & np.uint64(mask)) == np.uint64(value)
    return met


def same_as_storm(system, watches, folder):
    """States, losses and labels of one system; with JANI too where it is small."""
    found, orbits = explore(system, watches, renamed=False), explore(system, watches)
    expected = counted(system, watches, found)
    assert built("prism", system, watches, folder) == (found.states, expected)
    for search in (found, orbits):
        assert {name for name, hits in search.hits.items() if hits} == {name for name, n in expected.items() if n}
    if found.states < 20_000:
        assert built("jani", system, watches, folder) == (found.states, expected)
    assert found.depth == orbits.depth
    for every, one in zip(found.levels, orbits.levels, strict=True):
        assert sorted({system.canonical(state) for state in every.tolist()}) == one.tolist()
    assert orbits.states <= found.states <= orbits.states * factorial(system.cases)


compared = set()


@pytest.mark.xdist_group("storm")
@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.parent.name)
def test_storm_sees_the_same_states_and_losses(path, tmp_path):
    for one in asked(path):
        if one not in compared:  # many services have a flow of the same shape
            same_as_storm(*one, tmp_path)
            compared.add(one)


def test_storm_sees_the_same_where_there_are_two_units(tmp_path):
    service = read(EXAMPLES[0])
    system, watches = world(next(scopes(service)), 2, Rules(0, 2, stated(service)))
    same_as_storm(commonest(system), watches, tmp_path)


@given(systems())
@settings(max_examples=25, deadline=None)
def test_storm_sees_the_same_of_any_small_system(tmp_path_factory, drawn):
    system, watches = drawn
    folder = tmp_path_factory.mktemp("storm")
    found = explore(system, watches, renamed=False)
    for form in ("prism", "jani"):
        assert built(form, system, watches, folder) == (found.states, counted(system, watches, found))
