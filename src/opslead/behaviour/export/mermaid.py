"""Mermaid: the record of one case as a state diagram."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from opslead.behaviour.export.flat import comment, identifier
from opslead.behaviour.piece import RECORD
from opslead.behaviour.system import OTHER, Field, Move, Put, System, Watch


def mermaid(system: System, watches: Sequence[Watch] = (), notes: Mapping[str, str] | None = None) -> str:
    """Which moves take the record from where to where. A move of another case that changes this one is marked so, as is a fault."""
    del watches
    return "\n".join(_lines(system, notes or {})) + "\n"


def _lines(system: System, notes: Mapping[str, str]) -> Iterator[str]:
    record = next((field for field in system.case if field.name == RECORD.name), system.case[0])
    arrows: dict[tuple[str, str], list[str]] = {}
    for move in system.moves:
        for start, end, other in _arrows(record, move):
            name = move.name.partition(":")
            words = name[0] + (f" ({name[2]})" if name[2] else "")
            marks = ["another's"] * other + ["fault"] * any(effect.field == "faults" for effect in move.effects)
            arrows.setdefault((start, end), []).append(words + (f" [{', '.join(marks)}]" if marks else ""))
    yield "stateDiagram-v2"
    used = {move.name for move in system.moves if any(True for _ in _arrows(record, move))}
    yield from (f"  %% {comment(f'{name}: {notes[name]}')}" for name in sorted(used) if name in notes)
    yield f"  [*] --> {identifier(record.values[0])}"
    for (start, end), names in arrows.items():
        yield f"  {identifier(start)} --> {identifier(end)} : {', '.join(dict.fromkeys(names))}"


def _arrows(record: Field, move: Move) -> Iterator[tuple[str, str, bool]]:
    """From which values to which the move takes the record, and whether it is another case's."""
    for other in (False, True):
        name = OTHER * other + record.name
        for effect in move.effects:
            if isinstance(effect, Put) and effect.field == name:
                asked = [set(part.among) for part in move.guard if part.field == name]
                for value in record.values:
                    if all(value in among for among in asked) and value != effect.value:
                        yield value, effect.value, other
