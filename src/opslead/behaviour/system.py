"""A transition system of cases: small fields, guarded moves, and the machine words they become.

A state is one 64-bit word: the shared fields lowest, then one block a case, all blocks alike. A move belongs to a case (`rec`), may
name a second one (`other.rec`) or only shared fields (`free`). Cases are interchangeable: a state stands for all that differ only by
who is who, and the kernel keeps the one whose blocks are in order.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import permutations, product

WORD = 64
OTHER = "other."


class UnsearchableError(ValueError):
    """A system that cannot be searched: too wide for a word, or a move on a field that does not exist."""


@dataclass(frozen=True)
class Field:
    """A small variable. `values` are the names of its values; a state holds the index. The first is the initial one."""

    name: str
    values: tuple[str, ...]

    @property
    def bits(self) -> int:
        return max(1, (len(self.values) - 1).bit_length())

    def index(self, value: str) -> int:
        return self.values.index(value)


@dataclass(frozen=True)
class Is:
    """A condition: the field has one of the values."""

    field: str
    among: tuple[str, ...]


@dataclass(frozen=True)
class Put:
    """An effect: the field gets the value."""

    field: str
    value: str


@dataclass(frozen=True)
class Step:
    """An effect: the field moves along its values by `by`. At the end of them it stays where it is if `stays`, else the move is refused."""

    field: str
    by: int
    stays: bool = False


@dataclass(frozen=True)
class Move:
    """A guarded command. `automatic`: it happens by itself sooner or later, so nothing is at rest while it can."""

    name: str
    guard: tuple[Is, ...]
    effects: tuple[Put | Step, ...]
    automatic: bool = False

    @property
    def pairs(self) -> bool:
        """Whether it names a second case."""
        return any(part.field.startswith(OTHER) for part in (*self.guard, *self.effects))


@dataclass(frozen=True)
class Watch:
    """Something to look for: one of several conditions on one case or two.

    `at_rest`: only where nothing automatic can happen to those cases or to what all share, so that it stays as it is.
    """

    name: str
    conditions: tuple[tuple[Is, ...], ...]
    at_rest: bool = False


@dataclass(frozen=True)
class Rule:
    """A move of certain cases as bits: where `state & mask == value`, the next is `(state & keep | put) + add` (mod 2^64)."""

    move: int
    cases: tuple[int, ...]
    mask: int
    value: int
    keep: int
    put: int
    add: int


@dataclass(frozen=True)
class System:
    """Fields shared and of a case, how many cases, and what they can do."""

    shared: tuple[Field, ...]
    case: tuple[Field, ...]
    cases: int
    moves: tuple[Move, ...]

    def __post_init__(self) -> None:
        if self.width > WORD:
            raise UnsearchableError(
                f"{self.width} bits a state are more than {WORD}: fewer cases, or fewer things looked at"
            )
        names = [field.name for field in (*self.shared, *self.case)]
        if len(names) != len(set(names)):
            raise UnsearchableError("a field stands twice")
        for move in self.moves:
            for part in (*move.guard, *move.effects):
                self.field(part.field)

    @cached_property
    def block(self) -> int:
        """Bits of one case."""
        return sum(field.bits for field in self.case)

    @cached_property
    def base(self) -> int:
        """Bits of the shared fields, below the first case."""
        return sum(field.bits for field in self.shared)

    @property
    def width(self) -> int:
        return self.base + self.cases * self.block

    @cached_property
    def _fields(self) -> Mapping[str, Field]:
        return {field.name: field for field in (*self.shared, *self.case)}

    @cached_property
    def _shared(self) -> frozenset[str]:
        return frozenset(field.name for field in self.shared)

    @cached_property
    def _offsets(self) -> Mapping[str, int]:
        found, at = {}, 0
        for field in self.shared:
            found[field.name] = at
            at += field.bits
        at = 0
        for field in self.case:
            found[field.name] = at
            at += field.bits
        return found

    def mask(self, name: str) -> int:
        """The bits of a shared field in a word."""
        return (1 << self.field(name).bits) - 1 << self.shift(name, ())

    def field(self, name: str) -> Field:
        """The field of that name, `other.` left aside. Raises UnsearchableError when there is none."""
        found = self._fields.get(name.removeprefix(OTHER))
        if found is None:
            raise UnsearchableError(f"no field {name!r}")
        return found

    def shift(self, name: str, cases: Sequence[int]) -> int:
        """Where the field stands in the word, for a move of the given cases."""
        bare = name.removeprefix(OTHER)
        if bare in self._shared:
            return self._offsets[bare]
        case = cases[1] if name.startswith(OTHER) else cases[0]
        return self.base + case * self.block + self._offsets[bare]

    def read(self, state: int, name: str, *cases: int) -> str:
        """The value of a field in a state, `read(s, "free")` or `read(s, "rec", 0)`."""
        field = self.field(name)
        return field.values[state >> self.shift(name, cases) & (1 << field.bits) - 1]

    def canonical(self, state: int) -> int:
        """The same state with its cases in order: what all of its renamings share."""
        low = state & (1 << self.base) - 1
        blocks = sorted(state >> self.base + i * self.block & (1 << self.block) - 1 for i in range(self.cases))
        return low | sum(block << self.base + i * self.block for i, block in enumerate(blocks))

    @property
    def initial(self) -> int:
        return 0

    def cubes(self, guard: Iterable[Is], cases: Sequence[int]) -> Iterator[tuple[int, int]]:
        """The condition as (mask, value) pairs, one of which a state must meet."""
        options: list[list[tuple[int, int]]] = []
        for condition in guard:
            field, shift = self.field(condition.field), self.shift(condition.field, cases)
            mask = (1 << field.bits) - 1
            options.append([(mask << shift, field.index(value) << shift) for value in condition.among])
        for chosen in product(*options):
            mask = value = 0
            possible = True
            for m, v in chosen:
                possible = possible and (mask & m & (value ^ v)) == 0
                mask, value = mask | m, value | v
            if possible:
                yield mask, value

    def placings(self, pairs: bool, shared_only: bool) -> Iterator[tuple[int, ...]]:
        """Which cases a move may be of."""
        if shared_only:
            yield ()
        elif pairs:
            yield from permutations(range(self.cases), 2)
        else:
            yield from ((case,) for case in range(self.cases))

    def placings_of(self, guard: Sequence[Is]) -> Iterator[tuple[int, ...]]:
        """Which cases a condition may be about."""
        shared = {field.name for field in self.shared}
        pairs = any(part.field.startswith(OTHER) for part in guard)
        return self.placings(pairs, all(part.field in shared for part in guard))

    def holds(self, state: int, guard: Sequence[Is], cases: Sequence[int]) -> bool:
        """Whether the condition is met in the state for these cases."""
        return any(state & mask == value for mask, value in self.cubes(guard, cases))

    @cached_property
    def rules(self) -> tuple[Rule, ...]:
        """Every move of every case as bits."""
        made: list[Rule] = []
        shared = {field.name for field in self.shared}
        for index, move in enumerate(self.moves):
            only = all(part.field in shared for part in (*move.guard, *move.effects))
            for cases in self.placings(move.pairs, only):
                for guard, effects in self.inside(move):
                    keep, put, add = self._effects(effects, cases)
                    made += [
                        Rule(index, cases, mask, value, keep, put, add) for mask, value in self.cubes(guard, cases)
                    ]
        return tuple(made)

    def inside(self, move: Move) -> Iterator[tuple[tuple[Is, ...], tuple[Put | Step, ...]]]:
        """The move with every field that moves along its values kept inside them: where it can go on, and where it stays."""
        ways: list[tuple[tuple[Is, ...], tuple[Put | Step, ...]]] = [(move.guard, ())]
        for effect in move.effects:
            if isinstance(effect, Put):
                ways = [(guard, (*done, effect)) for guard, done in ways]
                continue
            values = self.field(effect.field).values
            free = tuple(v for i, v in enumerate(values) if 0 <= i + effect.by < len(values))
            stuck = tuple(v for v in values if v not in free)
            on = [((*guard, Is(effect.field, free)), (*done, effect)) for guard, done in ways if free]
            still = [((*guard, Is(effect.field, stuck)), done) for guard, done in ways if effect.stays and stuck]
            ways = on + still
        yield from ways

    def _effects(self, effects: Iterable[Put | Step], cases: Sequence[int]) -> tuple[int, int, int]:
        keep, put, add = (1 << WORD) - 1, 0, 0
        for effect in effects:
            field, shift = self.field(effect.field), self.shift(effect.field, cases)
            if isinstance(effect, Put):
                keep &= ~((1 << field.bits) - 1 << shift)
                put |= field.index(effect.value) << shift
            else:
                add += effect.by << shift
        return keep, put, add % (1 << WORD)
