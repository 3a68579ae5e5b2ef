"""What a part of the world brings: fields of a case, open choices, moves, and what to look for."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from opslead.behaviour.system import Field, Is, Move, Put, Step, Watch
from opslead.knowledge.losses import Loss
from opslead.model.guardrails import Decision

OPEN = "open"
"""The value of a choice that nobody has made yet."""
RECORD = Field("rec", ("none", "held", "lapsed", "booked", "cancelled", "in_use", "no_show", "over"))
"""What the record says of a case."""
HOLDING = ("booked", "in_use")
"""Records by which a case has the unit."""


@dataclass(frozen=True)
class Choice:
    """What happens when an event meets a state the flow does not expect it in. `options`: the commonest first."""

    name: str
    options: tuple[str, ...]


@dataclass(frozen=True)
class Rules:
    """What is settled: `faults` the budget, `capacity` the units there are, `decided` what policies or the description decide."""

    faults: int
    capacity: int
    decided: frozenset[Decision] = frozenset()

    def some_free(self) -> Is:
        """That the record has a unit to give."""
        return Is("free", tuple(str(n) for n in range(1, self.capacity + 1)))


@dataclass(frozen=True)
class Piece:
    """What one part adds. `faults` are moves that spend from the budget; the world adds the spending."""

    case: tuple[Field, ...] = ()
    shared: tuple[Field, ...] = ()
    choices: tuple[Choice, ...] = ()
    moves: tuple[Move, ...] = ()
    faults: tuple[Move, ...] = ()
    watches: tuple[Watch, ...] = field(default=())


TAKE, GIVE = Step("free", 1, stays=True), Step("free", -1, stays=True)
"""`free` counts down along its values: taking a unit moves one on. What was booked without taking a unit frees none that is not there."""


def at(name: str, *values: str) -> Is:
    """The condition that a field has one of the values."""
    return Is(name, values)


def handlings(
    choice: Choice,
    name: str,
    guard: tuple[Is, ...],
    ways: Mapping[str, tuple[Put | Step, ...]],
    *,
    automatic: bool = True,
) -> Iterator[Move]:
    """One move for each handling of an open choice: the choice is made now, or was made so before."""
    for option, effects in ways.items():
        yield Move(
            f"{name}:{option}", (*guard, at(choice.name, OPEN, option)), (*effects, Put(choice.name, option)), automatic
        )


def watch(loss: Loss, *conditions: tuple[Is, ...], accident: str = "", at_rest: bool = False) -> Watch:
    """What to look for, under the name of the loss, or of one `accident` that ends in it and is told apart from others."""
    return Watch(f"{loss}:{accident}" if accident else loss, conditions, at_rest)


def accident_of(wanted: Watch) -> tuple[Loss, str]:
    """The loss that a watch looks for, and the accident's own name, which is the loss's where it has none."""
    loss, _, accident = wanted.name.partition(":")
    return Loss(loss), accident or loss
