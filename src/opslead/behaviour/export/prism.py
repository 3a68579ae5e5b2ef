"""The PRISM language: a Markov decision process without chance, for PRISM and Storm."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from opslead.behaviour.export.flat import Change, Flat, Signs, condition, constants, heading, number, reached
from opslead.behaviour.system import System, Watch

_SIGNS = Signs("=", "&", "|", "!", "true", "false")


def prism(system: System, watches: Sequence[Watch] = (), notes: Mapping[str, str] | None = None) -> str:
    """One module; each watch is a label, to be asked for as `Pmax=? [ F "name" ]`."""
    return "\n".join(_lines(Flat(system, watches), notes)) + "\n"


def _lines(flat: Flat, notes: Mapping[str, str] | None) -> Iterator[str]:
    yield "mdp"
    yield from (f"// {line}" for line in heading(flat.system, notes))
    yield from (f"const int {name} = {value};" for name, value in constants(flat.system))
    yield "module flow"
    yield from (f"  {v.name} : [0..{v.top}] init 0;" for v in flat.variables)
    for command in flat.commands:
        changes = " & ".join(map(_change, command.changes)) or "true"
        yield f"  [{command.name}] {condition(command.guard, _SIGNS)} -> {changes};"
    yield "endmodule"
    yield from (f'label "{target.name}" = {reached(target, _SIGNS)};' for target in flat.targets)


def _change(change: Change) -> str:
    name = change.variable.name
    if change.by:
        return f"({name}'={name}{change.number:+d})"
    return f"({name}'={number(change.variable.field, change.number)})"
