"""What all formats start from: plain whole-number variables, and one command for each move of each case.

Names are made from the names of moves, fields and values alone, and only of letters, digits and underscores.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from opslead.behaviour.system import OTHER, Field, Is, Move, Put, Step, System, UnsearchableError, Watch

_RESERVED = frozenset(
    re.findall(
        r"\w+",
        """A E F G P R S U W X active assert atomic bit bool break byte chan clock const d_step do else end enabled endinit endmodule
        endsystem false fi filter for formula func global goto hidden if in init int invariant label len local ltl max mdp min mod module
        nempty never notrace od of pc_value pid player printf priority proctype provided pta rate return rewards run select short show
        skip smg system timeout trace true typedef unless unsigned xr xs""",
    )
)


@dataclass(frozen=True)
class Variable:
    """A field of everybody's or of one case. Its values are 0 to `top`, the first is the initial one."""

    name: str
    field: Field
    case: int | None

    @property
    def top(self) -> int:
        return len(self.field.values) - 1


@dataclass(frozen=True)
class Within:
    """The variable has one of the values."""

    variable: Variable
    values: tuple[int, ...]


@dataclass(frozen=True)
class Change:
    """The variable becomes `number`, or, if `by`, moves by it. The guard sees to it that it stays within its values."""

    variable: Variable
    number: int
    by: bool


@dataclass(frozen=True)
class Command:
    """A move of certain cases."""

    name: str
    move: Move
    cases: tuple[int, ...]
    guard: tuple[Within, ...]
    changes: tuple[Change, ...]


@dataclass(frozen=True)
class Target:
    """What to look for: any of the conditions; each with the commands none of which may be possible there."""

    name: str
    options: tuple[tuple[tuple[Within, ...], tuple[Command, ...]], ...]


def identifier(text: str) -> str:
    """The text as a name in any of the formats."""
    plain = re.sub(r"\W", "_", text, flags=re.ASCII)
    if not re.match(r"[A-Za-z]", plain):
        return f"n{plain}"
    return f"{plain}_" if plain in _RESERVED else plain


def constant(field: Field, value: str) -> str:
    """The name of a value, apart from every variable's by its capitals."""
    return f"{identifier(field.name)}_{identifier(value)}".upper()


def constants(system: System) -> Iterator[tuple[str, int]]:
    """A name for each value, numbers that stand for themselves aside."""
    for field in (*system.shared, *system.case):
        if field.values != tuple(map(str, range(len(field.values)))):
            yield from ((constant(field, value), index) for index, value in enumerate(field.values))


def number(field: Field, index: int) -> str:
    """The value as formats write it: its name, or the number where it stands for itself."""
    value = field.values[index]
    return value if field.values == tuple(map(str, range(len(field.values)))) else constant(field, value)


def comment(text: str) -> str:
    """The text on one line, without anything that could end a comment."""
    return " ".join(re.sub(r"\*/|/\*|[{}\\]", " ", text).split())


class Flat:
    """Variables, commands and targets of a system. Raises UnsearchableError where two names would become one."""

    def __init__(self, system: System, watches: Sequence[Watch] = ()) -> None:
        self.system = system
        shared = [Variable(identifier(field.name), field, None) for field in system.shared]
        own = [
            Variable(f"{identifier(field.name)}_{case + 1}", field, case)
            for case in range(system.cases)
            for field in system.case
        ]
        self.variables = (*shared, *own)
        self._by_key: Mapping[tuple[str, int | None], Variable] = {(v.field.name, v.case): v for v in self.variables}
        names = [v.name for v in self.variables] + [name for name, _ in constants(system)]
        names += [identifier(name) for name in dict.fromkeys(watch.name for watch in watches)]
        if len({name.lower() for name in names}) != len(names):
            raise UnsearchableError("two fields or values have the same name once written for other tools")
        self.commands = tuple(self._commands())
        self.targets = tuple(self._target(watch) for watch in watches)

    def variable(self, name: str, cases: Sequence[int]) -> Variable:
        bare = name.removeprefix(OTHER)
        found = self._by_key.get((bare, None))
        return found or self._by_key[bare, cases[1] if name.startswith(OTHER) else cases[0]]

    def guard(self, conditions: Sequence[Is], cases: Sequence[int]) -> tuple[Within, ...]:
        return tuple(
            Within((v := self.variable(c.field, cases)), tuple(sorted(v.field.index(value) for value in set(c.among))))
            for c in conditions
        )

    def _commands(self) -> Iterator[Command]:
        shared = {field.name for field in self.system.shared}
        for move in self.system.moves:
            only = all(part.field in shared for part in (*move.guard, *move.effects))
            for cases in self.system.placings(move.pairs, only):
                name = "_".join([identifier(move.name), *(str(case + 1) for case in cases)])
                for guard, effects in self.system.inside(move):
                    yield Command(name, move, cases, self.guard(guard, cases), self._changes(effects, cases))

    def _changes(self, effects: Sequence[Put | Step], cases: Sequence[int]) -> tuple[Change, ...]:
        changes = []
        for effect in effects:
            variable = self.variable(effect.field, cases)
            to = variable.field.index(effect.value) if isinstance(effect, Put) else effect.by
            changes.append(Change(variable, to, isinstance(effect, Step)))
        if len({change.variable for change in changes}) < len(changes):
            raise UnsearchableError("a move changes a field twice")
        return tuple(changes)

    def _target(self, watch: Watch) -> Target:
        options = []
        for condition in watch.conditions:
            for cases in self.system.placings_of(condition):
                moving = tuple(
                    command
                    for command in self.commands
                    if watch.at_rest
                    and command.move.automatic
                    and (not command.cases or set(command.cases) & set(cases))
                )
                options.append((self.guard(condition, cases), moving))
        return Target(identifier(watch.name), tuple(options))


def spans(within: Within) -> Iterator[tuple[int, int]]:
    """The values as unbroken ranges."""
    values = within.values
    start = 0
    for end in range(1, len(values) + 1):
        if end == len(values) or values[end] != values[end - 1] + 1:
            yield values[start], values[end - 1]
            start = end


@dataclass(frozen=True)
class Signs:
    """How a language writes logic."""

    equal: str
    both: str
    either: str
    negate: str
    always: str
    never: str


def condition(guard: Sequence[Within], signs: Signs) -> str:
    """All of it holds."""
    return f" {signs.both} ".join(_within(part, signs) for part in guard) or signs.always


def reached(target: Target, signs: Signs) -> str:
    """One of the conditions holds, and none of its commands is possible."""
    options = []
    for guard, moving in target.options:
        parts = [f"({condition(guard, signs)})"]
        stirs = dict.fromkeys(f"({condition(command.guard, signs)})" for command in moving)
        if stirs:
            parts.append(f"{signs.negate}({f' {signs.either} '.join(stirs)})")
        options.append(f"({f' {signs.both} '.join(parts)})")
    return f" {signs.either} ".join(options) or signs.never


def _within(part: Within, signs: Signs) -> str:
    field, name = part.variable.field, part.variable.name
    options = []
    for low, high in spans(part):
        if low == high:
            options.append(f"{name}{signs.equal}{number(field, low)}")
        else:
            options.append(f"({name}>={number(field, low)} {signs.both} {name}<={number(field, high)})")
    if not options:
        return signs.never
    return options[0] if len(options) == 1 else f"({f' {signs.either} '.join(options)})"


def heading(system: System, notes: Mapping[str, str] | None) -> Iterator[str]:
    """What the system is and what its moves mean, a line each, for comments."""
    yield f"Cases: {system.cases}; a variable with the ending _1 is of the first case, and so on."
    yield "A value is the number of its name; every variable starts with its first."
    for field in (*system.shared, *system.case):
        yield comment(f"{field.name}: {', '.join(field.values)}")
    for move in dict.fromkeys(move.name for move in system.moves):
        meaning = (notes or {}).get(move, "")
        if meaning:
            yield comment(f"{move}: {meaning}")
