"""TLA+, for TLC: one action a command."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from opslead.behaviour.export.flat import Change, Command, Flat, Signs, condition, constants, heading, number, reached
from opslead.behaviour.system import System, Watch

_SIGNS = Signs("=", "/\\", "\\/", "~", "TRUE", "FALSE")


def tla(system: System, watches: Sequence[Watch] = (), notes: Mapping[str, str] | None = None) -> str:
    """A module named flow; each watch is a predicate `Reached_name`, and its absence an invariant `Never_name`."""
    return "\n".join(_lines(Flat(system, watches), notes)) + "\n"


def _lines(flat: Flat, notes: Mapping[str, str] | None) -> Iterator[str]:
    names = [v.name for v in flat.variables]
    yield "---- MODULE flow ----"
    yield "EXTENDS Integers"
    yield from (f"\\* {line}" for line in heading(flat.system, notes))
    yield f"VARIABLES {', '.join(names)}"
    yield f"vars == <<{', '.join(names)}>>"
    yield from (f"{name} == {value}" for name, value in constants(flat.system))
    yield "Types == " + " /\\ ".join(f"{v.name} \\in 0..{v.top}" for v in flat.variables)
    yield "Init == " + " /\\ ".join(f"{v.name} = 0" for v in flat.variables)
    for index, command in enumerate(flat.commands, 1):
        yield f"Do_{command.name}_{index} == {_action(flat, command)}"
    yield "Next ==" + ("" if flat.commands else " FALSE /\\ UNCHANGED vars")
    yield from (f"  \\/ Do_{command.name}_{index}" for index, command in enumerate(flat.commands, 1))
    yield "Spec == Init /\\ [][Next]_vars"
    for target in flat.targets:
        yield f"Reached_{target.name} == {reached(target, _SIGNS)}"
        yield f"Never_{target.name} == ~Reached_{target.name}"
    yield "===="


def _action(flat: Flat, command: Command) -> str:
    changed = {change.variable for change in command.changes}
    same = [v.name for v in flat.variables if v not in changed]
    parts = [f"({condition(command.guard, _SIGNS)})", *map(_change, command.changes)]
    return " /\\ ".join(parts + ([f"UNCHANGED <<{', '.join(same)}>>"] if same else []))


def _change(change: Change) -> str:
    name = change.variable.name
    if change.by:
        return f"{name}' = {name} {'-' if change.number < 0 else '+'} {abs(change.number)}"
    return f"{name}' = {number(change.variable.field, change.number)}"
