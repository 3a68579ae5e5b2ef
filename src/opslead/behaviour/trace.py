"""Stories rebuilt from the levels of a search, without searching again, and replayed with the same customers throughout."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import permutations

import numpy as np

from opslead.behaviour.kernel import Found
from opslead.behaviour.system import WORD, Rule, System

_ALL = (1 << WORD) - 1


@dataclass(frozen=True)
class Act:
    """One step of a story: the move, whose cases it is of, and the state it leads to (cases as the story names them)."""

    move: str
    cases: tuple[int, ...]
    after: int


class NoStoryError(LookupError):
    """A state that no rule leads to from the level before: the levels are not of this system."""


def story(system: System, found: Found, level: int, state: int) -> tuple[Act, ...]:
    """A shortest way to `state`, which the search met on `level`."""
    chain = [state]
    for earlier in range(level - 1, -1, -1):
        chain.append(_before(system, found, earlier, chain[-1]))
    return tuple(_replay(system, chain[::-1]))


def _before(system: System, found: Found, level: int, state: int) -> int:
    """A state of the level from which a rule leads to `state` (up to renaming of cases)."""
    known = found.levels[level]
    for arranged in _arrangements(system, state):
        for rule in system.rules:
            for earlier in _inverted(rule, arranged):
                canonical = system.canonical(earlier)
                at = int(np.searchsorted(known, np.uint64(canonical)))
                if at < known.size and int(known[at]) == canonical:
                    return canonical
    raise NoStoryError(f"nothing on level {level} leads to {state:#x}")


def _arrangements(system: System, state: int) -> Iterator[int]:
    """The state with its cases in every order."""
    low = state & (1 << system.base) - 1
    mask = (1 << system.block) - 1
    blocks = [state >> system.base + i * system.block & mask for i in range(system.cases)]
    for order in sorted(set(permutations(blocks))):
        yield low | sum(block << system.base + i * system.block for i, block in enumerate(order))


def _inverted(rule: Rule, state: int) -> Iterator[int]:
    """Every state that the rule turns into `state`."""
    moved = (state - rule.add) & _ALL
    cleared = ~rule.keep & _ALL
    if moved & cleared != rule.put:
        return
    unknown = cleared & ~rule.mask & _ALL
    base = moved & rule.keep | rule.value & cleared
    part = unknown
    while True:  # every subset of the unknown bits
        earlier = base | part
        if earlier & rule.mask == rule.value:
            yield earlier
        if not part:
            return
        part = part - 1 & unknown


def apply(rule: Rule, state: int) -> int | None:
    """The next state; None where the rule does not hold."""
    if state & rule.mask != rule.value:
        return None
    return ((state & rule.keep | rule.put) + rule.add) & _ALL


def possible(system: System, state: int) -> Iterator[Act]:
    """Everything that could happen next, each move of each case once."""
    seen: set[tuple[str, tuple[int, ...]]] = set()
    for rule in system.rules:
        after = apply(rule, state)
        key = (system.moves[rule.move].name, rule.cases)
        if after is not None and key not in seen:
            seen.add(key)
            yield Act(*key, after)


def _replay(system: System, chain: list[int]) -> Iterator[Act]:
    """The chain of canonical states walked with fixed names: the first move of the vocabulary that leads on each time."""
    here = chain[0]
    for target in chain[1:]:
        for rule in system.rules:
            after = apply(rule, here)
            if after is not None and system.canonical(after) == target:
                yield Act(system.moves[rule.move].name, rule.cases, after)
                here = after
                break
        else:
            raise NoStoryError(f"no move leads from {here:#x} to {target:#x}")
