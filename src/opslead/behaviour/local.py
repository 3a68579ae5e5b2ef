"""What a case can do and meets, worked out once for each pair of shared fields and one case's block (a local word), not once a state.

A search meets millions of states but only thousands of local words: most moves of a case look at nothing else. The words stand in an
open-addressing table; its arrays hold, by place, where a word's successors stand and which watches it meets.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from opslead.behaviour.system import System, UnsearchableError, Watch

Words = npt.NDArray[np.uint64]
Places = npt.NDArray[np.intp]
Cube = tuple[np.uint64, np.uint64]
_EMPTY = np.uint64((1 << 64) - 1)
_SPREAD = np.uint64(0x9E3779B97F4A7C15)
WATCHED = 63
"""Bits for watches, in turn; with more of them some share one."""
APART = 1 << WATCHED
"""The bit of moves that are not of one case alone."""
FLAGS, ROW = 3, 16
"""A row: which of the three kinds of bits a word has, from FLAGS on how many successors, from ROW on where they start."""


@dataclass(frozen=True)
class Part:
    """A bit that is set where the cube of the local word holds; `rest`: only where nothing automatic can happen, of what all share (1)
    or of the case (2)."""

    bit: int
    mask: int
    value: int
    rest: int = 0


def cubes_of(pairs: Iterable[tuple[int, int]]) -> tuple[Cube, ...]:
    """Masks and values as NumPy scalars, each once."""
    return tuple((np.uint64(mask), np.uint64(value)) for mask, value in dict.fromkeys(pairs))


def chosen(states: Words, mask: np.uint64, value: np.uint64) -> Places:
    """Where the states meet the cube. Places and `take`: several times quicker than a mask of booleans as an index."""
    return np.flatnonzero((states & mask) == value)


def meets(states: Words, cubes: Sequence[Cube]) -> npt.NDArray[np.bool_]:
    """Whether each state meets one of the cubes."""
    met = np.zeros(states.size, bool)
    for mask, value in cubes:
        met |= (states & mask) == value
    return met


class Local:
    """The table of local words met so far. `allowed` says which words a story may reach; `signature` which bits tell stories apart."""

    def __init__(
        self, system: System, watches: Sequence[Watch], signature: int, allowed: Callable[[Words], Places | None]
    ) -> None:
        if system.base + system.block >= 64:
            raise UnsearchableError("one case takes up the whole word")
        self._allowed = allowed
        self._signature = np.uint64(signature)
        rules = [r for r in system.rules if r.cases == (0,)]
        self._rules = np.array([(r.mask, r.value, r.keep, r.put, r.add) for r in rules], np.uint64).reshape(-1, 5).T
        automatic = [r for r in system.rules if system.moves[r.move].automatic and r.cases in ((), (0,))]
        rests = [[r for r in automatic if not r.cases], automatic]
        self._rests = [cubes_of((r.mask, r.value) for r in rules) for rules in rests]
        parts = _parts(system, watches)
        self._parts = [_Bits(some) for some in parts]
        halved = {part.bit for part in parts[1]}
        together = any(system.moves[r.move].automatic and len(r.cases) == 2 for r in system.rules)
        self.sure = [
            1 << index not in halved and not (watch.at_rest and together) and len(watches) <= WATCHED
            for index, watch in enumerate(watches)
        ]
        """Of which watches the bit says all; the others have to be held against whole states."""
        self._known: dict[int, Words] = {}
        self._size = self._used = 0
        self.next: Words = np.empty(1 << 12, np.uint64)
        self._room(10)

    def _room(self, bits: int) -> None:
        self._shift = np.uint64(64 - bits)
        self._last = (1 << bits) - 1
        size = 1 << bits
        self.words = np.full(size, _EMPTY)
        self.rows = np.zeros(size, np.int64)
        self.bits = [np.zeros(size, np.uint64) for _ in range(3)]

    def places(self, words: Words) -> Places:
        """Where each word stands in the arrays; new words are worked out."""
        at, left = self._probe(words)
        if left.size:
            new = words.take(left)
            new.sort()
            self._add(new.take(np.flatnonzero(np.concatenate([[True], new[1:] != new[:-1]]))))
            at, left = self._probe(words)
        return at

    def _probe(self, words: Words) -> tuple[Places, Places]:
        """The places, and which of the words are not there."""
        at = (words * _SPREAD >> self._shift).view(np.intp)
        open_ = np.flatnonzero(self.words.take(at) != words)
        missing: list[Places] = []
        while open_.size:
            here = at.take(open_)
            gone = self.words.take(here) == _EMPTY
            missing.append(open_.compress(gone))
            open_, here = open_.compress(~gone), (here.compress(~gone) + 1) & self._last
            at[open_] = here
            open_ = open_.compress(self.words.take(here) != words.take(open_))
        return at, np.concatenate(missing) if missing else open_

    def _add(self, new: Words) -> None:
        if (self._size + new.size) * 4 > self._last:
            held = np.flatnonzero(self.words != _EMPTY)
            words, rows, bits = self.words.take(held), self.rows.take(held), [b.take(held) for b in self.bits]
            self._room(int((self._size + new.size) * 8).bit_length())
            at = self._insert(words)
            self.rows[at] = rows
            for table, some in zip(self.bits, bits, strict=True):
                table[at] = some
        at = self._insert(new)
        self._size += new.size
        for start in range(0, new.size, 1 << 12):
            self._fill(new[start : start + (1 << 12)], at[start : start + (1 << 12)])

    def _fill(self, new: Words, at: Places) -> None:
        """What belongs to new words at their places."""
        source, after = self._successors(new)
        count = np.bincount(source, minlength=new.size)
        if count.max() >= 1 << ROW - FLAGS:
            raise UnsearchableError("too many moves of one case at once")
        self.rows[at] = (self._used + np.cumsum(count) - count << ROW) | count << FLAGS
        while self._used + after.size > self.next.size:
            self.next = np.concatenate([self.next, np.empty_like(self.next)])
        self.next[self._used : self._used + after.size] = after
        self._used += after.size
        moving = [meets(new, rest) for rest in self._rests]
        for table, parts in zip(self.bits, self._parts, strict=True):
            table[at] = parts.of(new, moving)
        signed = new & self._signature
        for bit, marks in self._known.items():
            self._clear(at, signed, bit, marks)
        self._flag(at)

    def _flag(self, at: Places) -> None:
        """In the row, which of the three kinds of bits the word has at all: one look for most words."""
        rows = self.rows.take(at) & ~np.int64((1 << FLAGS) - 1)
        for kind, table in enumerate(self.bits):
            rows |= (table.take(at) != 0).astype(np.int64) << kind
        self.rows[at] = rows

    def _insert(self, words: Words) -> Places:
        """Places for words that are not there yet."""
        at = (words * _SPREAD >> self._shift).view(np.intp)
        left = np.arange(words.size)
        while left.size:
            free = left.compress(self.words.take(at.take(left)) == _EMPTY)
            self.words[at.take(free)] = words.take(free)
            left = left.compress(self.words.take(at.take(left)) != words.take(left))
            at[left] = (at.take(left) + 1) & self._last
        return at

    def _successors(self, words: Words) -> tuple[Places, Words]:
        """Every word that a move of one case makes of each, in the order of the words, and of which it makes it."""
        mask, value, keep, put, add = self._rules
        source, rule = np.nonzero((words[:, None] & mask) == value)
        after = (words.take(source) & keep.take(rule) | put.take(rule)) + add.take(rule)
        fine = self._allowed(after)
        return (source, after) if fine is None else (source.take(fine), after.take(fine))

    def clear(self, found: Mapping[int, Words]) -> None:
        """Nobody looks for these watches any more in words of these signatures."""
        at = np.flatnonzero(self.words != _EMPTY)
        signed = self.words.take(at) & self._signature
        for bit, marks in found.items():
            self._known[bit] = np.sort(np.concatenate([self._known.get(bit, marks[:0]), marks]))
            self._clear(at, signed, bit, marks)
        self._flag(at)

    def _clear(self, at: Places, signed: Words, bit: int, marks: Words) -> None:
        known = at.compress(marks.take(marks.searchsorted(signed), mode="clip") == signed)
        for table in self.bits:
            table[known] &= ~np.uint64(1 << bit)


class _Bits:
    """The parts of one kind, tried on many words at once."""

    def __init__(self, parts: Sequence[Part]) -> None:
        self._by_rest = [
            np.array([(p.mask, p.value, p.bit) for p in parts if p.rest == rest], np.uint64).reshape(-1, 3).T
            for rest in range(3)
        ]

    def of(self, words: Words, moving: Sequence[npt.NDArray[np.bool_]]) -> Words:
        """The bits of each word; `moving`: whether something automatic can happen, of what all share or of the case."""
        found = np.zeros(words.size, np.uint64)
        for rest, (mask, value, bit) in enumerate(self._by_rest):
            if mask.size:
                met = np.bitwise_or.reduce(((words[:, None] & mask) == value) * bit, axis=1)
                if rest:
                    met[moving[rest - 1]] = 0
                found |= met
        return found


def _parts(system: System, watches: Sequence[Watch]) -> tuple[list[Part], list[Part], list[Part]]:
    """What is met on one case, and the halves of what takes two: a state can only meet it where some case meets the first half and
    another the second."""
    one: list[Part] = []
    first: list[Part] = []
    second: list[Part] = []
    low = (1 << system.base) - 1
    own = low | (1 << system.block) - 1 << system.base

    def met(bit: int, cases: tuple[int, ...], mask: int, value: int, rest: int = 0) -> None:
        if len(cases) < 2:
            one.append(Part(bit, mask, value, rest))
            return
        theirs, theirs_value = (part & low | part >> system.block & own & ~low for part in (mask, value))
        first.append(Part(bit, mask & own, value & own, rest))
        second.append(Part(bit, theirs, theirs_value, rest))

    for index, watch in enumerate(watches):
        for condition in watch.conditions:
            for cases in system.placings_of(condition):
                if cases == tuple(range(len(cases))):
                    for mask, value in system.cubes(condition, cases):
                        met(1 << index % WATCHED, cases, mask, value, (2 if cases else 1) if watch.at_rest else 0)
    for rule in system.rules:
        if rule.cases in ((), (0, 1)):
            met(APART, rule.cases, rule.mask, rule.value)
    return one, first, second
