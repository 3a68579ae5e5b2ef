"""A story told again in a world where something is decided: at which act it can no longer go on, and what happens there instead."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from opslead.behaviour.attack import Question, Story
from opslead.behaviour.piece import accident_of
from opslead.behaviour.system import System
from opslead.behaviour.trace import Act, apply, possible

MOST_INSTEAD = 2
"""Moves that are named in the place of the one that cannot happen."""


@dataclass(frozen=True)
class Stop:
    """`at`: the first act that cannot happen, counted from 0; the number of acts where only the loss stays away.

    `instead`: what can happen there, as moves of cases; empty where nothing takes its place.
    """

    at: int
    instead: tuple[tuple[str, tuple[int, ...]], ...]


def stopped(story: Story, question: Question) -> Stop | None:
    """Where the story ends in the question's system; None when it still comes to its loss."""
    system = question.system
    states = {system.initial}
    for index, act in enumerate(story.acts):
        following = {after for state in states for after in _after(system, state, act)}
        if not following:
            return Stop(index, _instead(system, states, act))
        states = following
    if any(_lost(question, state, story.accident) for state in states):
        return None
    last = story.acts[-1] if story.acts else None
    return Stop(len(story.acts), _by_itself(system, states, last.cases if last else ()))


def _after(system: System, state: int, act: Act) -> Iterator[int]:
    for rule in system.rules:
        if rule.cases == act.cases and system.moves[rule.move].name == act.move:
            after = apply(rule, state)
            if after is not None:
                yield after


def _instead(system: System, states: set[int], act: Act) -> tuple[tuple[str, tuple[int, ...]], ...]:
    """Another handling of the same event; nothing where the event itself cannot be."""
    event = act.move.partition(":")[0]
    others = dict.fromkeys(
        (other.move, other.cases)
        for state in sorted(states)
        for other in possible(system, state)
        if other.cases == act.cases and other.move.partition(":")[0] == event
    )
    return tuple(others)[:MOST_INSTEAD]


def _by_itself(system: System, states: set[int], cases: tuple[int, ...]) -> tuple[tuple[str, tuple[int, ...]], ...]:
    automatic = {move.name for move in system.moves if move.automatic}
    found = dict.fromkeys(
        (act.move, act.cases)
        for state in sorted(states)
        for act in possible(system, state)
        if act.move in automatic and (not act.cases or not cases or act.cases[0] in cases)
    )
    return tuple(found)[:MOST_INSTEAD]


def _lost(question: Question, state: int, accident: str) -> bool:
    """Whether the accident is there in the state; one that has to stay as it is only counts when nothing happens by itself any more."""
    system = question.system
    automatic = {move.name for move in system.moves if move.automatic}
    for watch in question.wanted:
        if accident_of(watch)[1] != accident if ":" in watch.name else watch.name != accident:
            continue
        for guard in watch.conditions:
            for cases in system.placings_of(guard):
                if system.holds(state, guard, cases) and not (
                    watch.at_rest
                    and any(
                        act.move in automatic and (not act.cases or set(act.cases) & set(cases))
                        for act in possible(system, state)
                    )
                ):
                    return True
    return False
