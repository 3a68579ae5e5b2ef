"""The world of a flow, put together from its parts: what customers, partner, clocks, people and faults can do.

Record, partner's ledger, what is on its way, belief and place are kept apart; an accident is two of them differing. Where the
description does not say what happens when an event meets a state, every plausible handling is a move of its own that sets a choice;
once made, it holds for the rest of the story.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from opslead.behaviour.extras import OPTIONAL, only
from opslead.behaviour.parts import pieces
from opslead.behaviour.piece import HOLDING, OPEN, Choice, Rules, at
from opslead.behaviour.scope import Scope
from opslead.behaviour.system import Field, Move, Put, Step, System, Watch

GOOD = "good"


def world(scope: Scope, cases: int, rules: Rules) -> tuple[System, tuple[Watch, ...]]:
    """The transition system and what to look for in it, the good path last. Raises UnsearchableError when it does not fit a word."""
    shared, case, moves, watches = _put_together(scope, rules)
    return System(shared, case, cases, moves), watches


def world_width(scope: Scope, cases: int, rules: Rules) -> int:
    """Bits of a state, whether or not they fit a word."""
    shared, case, _, _ = _put_together(scope, rules)
    return sum(field.bits for field in shared) + cases * sum(field.bits for field in case)


_Parts = tuple[tuple[Field, ...], tuple[Field, ...], tuple[Move, ...], tuple[Watch, ...]]


def _put_together(scope: Scope, rules: Rules) -> _Parts:
    """Shared fields, fields of a case, moves, and what to look for."""
    parts = tuple(pieces(scope, rules))
    choices = [choice for piece in parts for choice in piece.choices]
    moves = tuple(_without_end(move, scope) for piece in parts for move in piece.moves)
    shared = (
        Field("free", tuple(str(n) for n in range(rules.capacity, -1, -1))),
        Field("faults", tuple(str(n) for n in range(rules.faults + 1))),
        *(field for piece in parts for field in piece.shared),
        *_open(choices, moves),
    )
    faults = _spending(tuple(_without_end(move, scope) for piece in parts for move in piece.faults), rules)
    watches = tuple(watch for piece in parts for watch in piece.watches)
    case = tuple(field for piece in parts for field in piece.case)
    return shared, case, (*moves, *faults), (*watches, _witness(scope))


ROOM: Mapping[int, int] = {1: 62, 2: 46, 3: 62}
"""Bits up to which parts are looked at together: with two customers as many as a second can see, else as many as fit a word."""


def slices(scope: Scope, cases: int, rules: Rules) -> Iterator[Scope]:
    """The flow once, or as often as it takes to see every part that only some flows have together with the spine.

    Such parts hardly touch each other, so that little is lost when they are looked at apart; the slices are the same whatever is decided.
    """
    open_ones = replace(rules, decided=frozenset())
    left = [name for name in OPTIONAL if getattr(scope.extras, name) not in (None, False)]
    while True:
        taken: list[str] = []
        for name in list(left):
            some = replace(scope, extras=only(scope.extras, frozenset((*taken, name))))
            if not taken or world_width(some, cases, open_ones) <= ROOM.get(cases, 62):
                taken.append(name)
                left.remove(name)
        yield replace(scope, extras=only(scope.extras, frozenset(taken)))
        if not left:
            return


def _without_end(move: Move, scope: Scope) -> Move:
    """The move where nothing can run out: no unit is taken and none comes back."""
    if scope.scarce:
        return move
    return replace(move, effects=tuple(e for e in move.effects if e.field != "free"))


def _open(choices: Iterable[Choice], moves: Sequence[Move]) -> Iterator[Field]:
    """The choices as fields, with the options that some move takes: an option without one is what happens anyway."""
    for choice in choices:
        puts = {e.value for move in moves for e in move.effects if isinstance(e, Put) and e.field == choice.name}
        if puts:
            yield Field(choice.name, (OPEN, *(option for option in choice.options if option in puts)))


def _spending(faults: tuple[Move, ...], rules: Rules) -> tuple[Move, ...]:
    """The moves of faults, each one more of the budget."""
    if rules.faults == 0:
        return ()
    left = at("faults", *(str(n) for n in range(rules.faults)))
    return tuple(Move(m.name, (left, *m.guard), (Step("faults", 1), *m.effects), m.automatic) for m in faults)


def _witness(scope: Scope) -> Watch:
    """That the good path can be reached at all: a customer who has what was asked for, and has paid once for it."""
    paid = (at("charged", "1"), at("refunded", "0")) if scope.pay is not None else ()
    return Watch(GOOD, ((at("rec", "over") if scope.arrive is not None else at("rec", *HOLDING), *paid),))
