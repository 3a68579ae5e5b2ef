"""Promela, for SPIN: one process, every command one step."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from opslead.behaviour.export.flat import Change, Flat, Signs, condition, constants, heading, number, reached
from opslead.behaviour.system import System, Watch

_SIGNS = Signs("==", "&&", "||", "!", "true", "false")


def promela(system: System, watches: Sequence[Watch] = (), notes: Mapping[str, str] | None = None) -> str:
    """Each watch is a macro, to be asked for with `spin -search -ltl` on a formula such as `[] !name`. Being at an end is no error."""
    return "\n".join(_lines(Flat(system, watches), notes)) + "\n"


def _lines(flat: Flat, notes: Mapping[str, str] | None) -> Iterator[str]:
    yield from (f"/* {line} */" for line in heading(flat.system, notes))
    yield from (f"#define {name} {value}" for name, value in constants(flat.system))
    yield from (f"unsigned {v.name} : {v.field.bits} = 0;" for v in flat.variables)
    yield from (f"#define {target.name} ({reached(target, _SIGNS)})" for target in flat.targets)
    yield from (f"/* ltl never_{target.name} {{ [] !{target.name} }} */" for target in flat.targets)
    yield "active proctype flow() {"
    yield "end:"
    yield "  do"
    for command in flat.commands:
        changes = "; ".join(map(_change, command.changes)) or "skip"
        yield f"  :: d_step {{ {condition(command.guard, _SIGNS)} -> {changes} }} /* {command.name} */"
    yield "  od"
    yield "}"


def _change(change: Change) -> str:
    name = change.variable.name
    if change.by:
        return f"{name} = {name} {'-' if change.number < 0 else '+'} {abs(change.number)}"
    return f"{name} = {number(change.variable.field, change.number)}"
