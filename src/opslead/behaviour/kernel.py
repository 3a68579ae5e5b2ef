"""The search: breadth-first over packed states with NumPy, so that the first story found is a shortest one.

What one case can do is looked up (`local`), put back into its state, sorted, and probed against sorted runs of what was seen, which are
merged as they grow. Every level stays, so that a story is rebuilt by walking back through inverted rules without searching again.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import partial
from itertools import permutations
from typing import Any, Literal

import numpy as np
import numpy.typing as npt

from opslead.behaviour.local import APART, FLAGS, ROW, WATCHED, Cube, Local, Places, chosen, cubes_of, meets
from opslead.behaviour.system import Rule, System, Watch

States = npt.NDArray[np.uint64]
Narrow = npt.NDArray[np.unsignedinteger[Any]]
"""Blocks in as few bytes as hold them: comparing those is several times quicker."""
Verdict = Literal["exhausted", "limit", "interrupted"]
CHUNK = 1 << 16
"""States expanded at once: their successors stay in the cache."""
PIECE = 1 << 16
"""States of a new level that are sorted together."""
SAMPLED = 1 << 8
"""One state in so many is looked at to cut a level into pieces of like size."""
PROBED = 1 << 12
"""States looked for at once in a run: the piece of the run that they fall into stays in the cache."""


@dataclass
class Found:
    """What the search saw. `hits`: for each watch the levels and states at which each signature was met first."""

    verdict: Verdict
    states: int
    transitions: int
    levels: list[States] = field(default_factory=list)
    hits: dict[str, dict[int, tuple[int, int]]] = field(default_factory=dict)

    @property
    def depth(self) -> int:
        return len(self.levels) - 1


def explore(
    system: System,
    watches: Sequence[Watch] = (),
    *,
    signature: int = 0,
    choices: Sequence[int] = (),
    most_choices: int = 64,
    most: int = 20_000_000,
    renamed: bool = True,
    stop: Callable[[], bool] = lambda: False,
) -> Found:
    """All reachable states up to renaming of cases, or as many as fit within `most`.

    `signature` is a mask of shared bits (faults and choices): of each watch the first state of every signature is kept.
    `choices` are the masks of choice fields; a story makes at most `most_choices` of them.
    `renamed=False` tells cases apart, for comparison with searches that do; a story cannot be rebuilt from it.
    """
    engine = _Engine(system, watches, signature, tuple(np.uint64(mask) for mask in choices), most_choices, renamed)
    frontier = np.array([system.initial], np.uint64)
    found = Found("exhausted", 1, 0, [frontier], {watch.name: {} for watch in watches})
    seen = [frontier]
    while frontier.size:
        frontier = _level(engine, frontier, seen, found, most, stop)
        if not frontier.size:
            break
        found.levels.append(frontier)
        found.states += int(frontier.size)
        if found.verdict != "exhausted":
            break
        _remember(seen, frontier)
    return found


def _level(
    engine: _Engine, frontier: States, seen: list[States], found: Found, most: int, stop: Callable[[], bool]
) -> States:
    """The states first reached from the frontier, sorted; as many as there are when the search is stopped or meets its limit."""
    parts: list[States] = []
    waiting = 0
    for start in range(0, frontier.size, CHUNK):
        parts.append(engine.next(frontier[start : start + CHUNK], found))
        waiting += parts[-1].size
        if stop():
            found.verdict = "interrupted"
            break
        if waiting > most:  # perhaps mostly repeats and known states: only now is it worth looking
            parts = [_fresh(parts, seen)]
            waiting = parts[0].size
            if found.states + waiting > most:
                break
    fresh = _fresh(parts, seen)
    if found.states + fresh.size > most and found.verdict == "exhausted":
        found.verdict = "limit"
    return fresh


def _fresh(parts: Sequence[States], seen: Sequence[States]) -> States:
    """What was not seen before of several sorted parts, sorted, each once; piece by piece of their range, as each fits the cache."""
    pieces = sum(part.size for part in parts) // PIECE + 1
    sample = np.sort(np.concatenate([part[::SAMPLED] for part in parts]))
    cuts = sample[np.arange(1, pieces) * sample.size // pieces] if sample.size else sample
    bounds = [[0, *part.searchsorted(cuts).tolist(), part.size] for part in parts]
    fresh = []
    for piece in range(len(cuts) + 1):
        some = [part[at[piece] : at[piece + 1]] for part, at in zip(parts, bounds, strict=True)]
        fresh.append(_unseen(_distinct(np.concatenate(some)) if len(some) > 1 else some[0], seen))
    return np.concatenate(fresh)


def _remember(seen: list[States], fresh: States) -> None:
    """The new run added; runs of like size are merged, so that there are few and each state is moved few times."""
    seen.append(fresh)
    while len(seen) > 1 and seen[-2].size < 2 * seen[-1].size:
        last, before = seen.pop(), seen.pop()
        merged = np.concatenate([before, last])
        merged.sort(kind="stable")
        seen.append(merged)


def _distinct(states: States) -> States:
    """Sorted, each once. Sort and compare neighbours: `np.unique` hashes and is twenty times slower."""
    if states.size < 2:
        return states.copy()
    states.sort()
    keep = np.empty(states.size, bool)
    keep[0] = True
    np.not_equal(states[1:], states[:-1], out=keep[1:])
    return states.take(np.flatnonzero(keep))


def _unseen(states: States, seen: Sequence[States]) -> States:
    """The states that are in none of the runs; the newest run, in which most of the rest are, first."""
    return np.concatenate(
        [_unseen_piece(states[start : start + PROBED], seen) for start in range(0, states.size, PROBED)] or [states]
    )


def _unseen_piece(some: States, seen: Sequence[States]) -> States:
    for run in reversed(seen):
        if not some.size:
            break
        low, high = run.searchsorted(some[[0, -1]])
        piece = run[low : high + 1]
        if piece.size:
            at = piece.searchsorted(some)
            some = some.take(np.flatnonzero(piece.take(at, mode="clip") != some))
    return some


_COUNT = np.int64((1 << ROW - FLAGS) - 1)
_FLAGS = np.uint8((1 << FLAGS) - 1)
_MAY_MEET = np.array([flags & 1 != 0 or flags & 6 == 6 for flags in range(1 << FLAGS)])
"""Something on one case, or one half of something and the other."""
_Applied = tuple[np.uint64, np.uint64, np.uint64, np.uint64, np.uint64]


def _allowed(choices: Sequence[np.uint64], most: int, states: States) -> Places | None:
    """Where no more choices are made than a believable story makes; None for everywhere."""
    if most >= len(choices):
        return None
    made = np.zeros(states.size, np.uint8)
    for mask in choices:
        made += (states & mask) != 0
    return np.flatnonzero(made <= most)


class _Engine:
    """A system's moves and watches as they are tried on chunks of states."""

    def __init__(
        self,
        system: System,
        watches: Sequence[Watch],
        signature: int,
        choices: tuple[np.uint64, ...],
        most_choices: int,
        renamed: bool,
    ) -> None:
        self.system = system
        self.watches = watches
        self.signature = np.uint64(signature)
        self.renamed = renamed
        # no method of its own: a ring of references would keep the tables alive
        self.allowed = partial(_allowed, choices, most_choices)
        self.local = Local(system, watches, signature, self.allowed)
        self.low = np.uint64((1 << system.base) - 1)
        self.base = np.uint64(system.base)
        self.mask = np.uint64((1 << system.block) - 1)
        self.shifts = [np.uint64(system.base + case * system.block) for case in range(system.cases)]
        self.narrow = _narrow(system.block)
        self.apart = [_applied(rule) for rule in system.rules if len(rule.cases) != 1]
        self._room = np.empty(0, np.uint64)  # one for all chunks: fresh memory has to be cleared
        self._moving: dict[tuple[int, ...], tuple[Cube, ...]] = {}

    def next(self, states: States, found: Found) -> States:
        """The successors of a chunk, sorted, each once; what the chunk meets is noted."""
        blocks = [states >> shift & self.mask for shift in self.shifts]
        words = np.empty((len(blocks), states.size), np.uint64)
        for word, block in zip(words, blocks, strict=True):
            np.left_shift(block, self.base, out=word)
        words |= states & self.low
        places = self.local.places(words.ravel()).reshape(words.shape)
        rows = self.local.rows.take(places)
        apart = self._look(states, rows, places, found)
        out = self._of_one(blocks, rows)
        if apart.size:
            out = np.concatenate([out, *self._apart(states.take(apart))])
        found.transitions += int(out.size)
        return _distinct(out)

    def _of_one(self, blocks: list[States], rows: npt.NDArray[np.int64]) -> States:
        """The moves of each case alone: its block is replaced, and put in its order among the others, which are in order."""
        narrow = [block.astype(self.narrow) for block in blocks]
        counts = ((rows >> FLAGS) & _COUNT).astype(np.uint16)
        size, done = int(counts.sum()), 0
        if self._room.size < size:
            self._room = np.empty(size, np.uint64)
        for case, (count, start) in enumerate(zip(counts, rows >> ROW, strict=True)):
            others = narrow[:case] + narrow[case + 1 :]
            while (more := np.flatnonzero(count)).size:
                if more.size < count.size:
                    count, start = count.take(more), start.take(more)
                    others = [block.take(more) for block in others]
                count -= 1
                words = self._room[done : done + more.size]
                self.local.next.take(start + count, out=words, mode="clip")  # "raise" would copy
                self._place(words, others, case)
                done += more.size
        return self._room[:done]

    def _place(self, words: States, others: list[Narrow], case: int) -> None:
        """Local words of one case made states with the blocks of the others."""
        block = (words >> self.base).astype(self.narrow)
        words &= self.low
        after: list[Narrow] = []
        if self.renamed:
            for other in others:
                after.append(np.minimum(block, other))
                block = np.maximum(block, other)
            after.append(block)
        else:
            after = [*others[:case], block, *others[case:]]
        for shift, one in zip(self.shifts, after, strict=True):
            wide = one.astype(np.uint64)
            wide <<= shift
            words |= wide

    def _apart(self, states: States) -> Iterator[States]:
        """The moves of two cases, or of none."""
        if not states.size:
            return
        for mask, value, keep, put, add in self.apart:
            at = chosen(states, mask, value)
            if at.size:
                moved = (states.take(at) & keep | put) + add
                fine = self.allowed(moved)
                yield self._ordered(moved if fine is None else moved.take(fine))

    def _ordered(self, states: States) -> States:
        """Each state with its cases in order."""
        if not self.renamed:
            return states
        blocks = [states >> shift & self.mask for shift in self.shifts]
        words = states & self.low
        for done in range(1, len(blocks)):  # insertion, as there are few
            for i in range(done, 0, -1):
                lower = np.minimum(blocks[i - 1], blocks[i])
                blocks[i] = np.maximum(blocks[i - 1], blocks[i])
                blocks[i - 1] = lower
        for shift, block in zip(self.shifts, blocks, strict=True):
            words |= block << shift
        return words

    def _look(self, states: States, rows: npt.NDArray[np.int64], places: npt.NDArray[np.intp], found: Found) -> Places:
        """Notes the watches met, the first state of each new signature; answers where moves of two cases or none may be possible."""
        flags = np.bitwise_or.reduce(rows.astype(np.uint8) & _FLAGS)
        some = np.flatnonzero(_MAY_MEET.take(flags))
        if not some.size:
            return some
        one, first, second = (table.take(places[:, some]) for table in self.local.bits)
        met = np.bitwise_or.reduce(one)
        for i, j in permutations(range(len(rows)), 2):
            met |= first[i] & second[j]
        new: dict[int, States] = {}
        for index in range(len(self.watches)):
            at = np.flatnonzero(met & np.uint64(1 << index % WATCHED))
            if at.size and (marks := self._note(index, states.take(some.take(at)), found)).size:
                new[index] = marks
        if new and len(self.watches) <= WATCHED:
            self.local.clear(new)
        return some.take(np.flatnonzero(met & np.uint64(APART)))

    def _note(self, index: int, states: States, found: Found) -> States:
        """Keeps the first state of each new signature, and answers those; states come in order, so that the first is the smallest."""
        watch = self.watches[index]
        known = found.hits[watch.name]
        if not self.local.sure[index]:
            states = states.take(np.flatnonzero(self._meets(watch, states)))
        marks = states & self.signature
        order = marks.argsort(kind="stable")
        marks = marks.take(order)
        first = np.flatnonzero(np.concatenate([[True], marks[1:] != marks[:-1]])) if marks.size else order
        marks, states = marks.take(first), states.take(order.take(first))
        for mark, state in zip(marks.tolist(), states.tolist(), strict=True):
            known.setdefault(mark, (len(found.levels) - 1, state))
        return marks

    def _meets(self, watch: Watch, states: States) -> npt.NDArray[np.bool_]:
        met = np.zeros(states.size, bool)
        for condition in watch.conditions:
            for cases in self.system.placings_of(condition):
                here = meets(states, cubes_of(self.system.cubes(condition, cases)))
                if watch.at_rest:
                    here &= ~meets(states, self._moving_of(cases))
                met |= here
        return met

    def _moving_of(self, cases: tuple[int, ...]) -> tuple[Cube, ...]:
        """What lets something automatic happen to one of the cases, or to what all share."""
        if cases not in self._moving:
            self._moving[cases] = cubes_of(
                (rule.mask, rule.value)
                for rule in self.system.rules
                if self.system.moves[rule.move].automatic and (not rule.cases or set(rule.cases) & set(cases))
            )
        return self._moving[cases]


def _narrow(bits: int) -> type[np.unsignedinteger[Any]]:
    return np.uint16 if bits <= 16 else np.uint32 if bits <= 32 else np.uint64


def _applied(rule: Rule) -> _Applied:
    word = np.uint64
    return word(rule.mask), word(rule.value), word(rule.keep), word(rule.put), word(rule.add)
