"""JANI, the exchange format of quantitative model checkers: one automaton with one location."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from functools import reduce

from opslead.behaviour.export.flat import Change, Command, Flat, Target, Within, heading, spans
from opslead.behaviour.system import System, Watch

Expression = str | int | bool | dict[str, object]


def jani(system: System, watches: Sequence[Watch] = (), notes: Mapping[str, str] | None = None) -> str:
    """Each watch is a transient boolean, true where it is met, which model checkers take as a label."""
    flat = Flat(system, watches)
    names = list(dict.fromkeys(command.name for command in flat.commands))
    numbers = [
        {
            "name": v.name,
            "type": {"kind": "bounded", "base": "int", "lower-bound": 0, "upper-bound": v.top},
            "initial-value": 0,
        }
        for v in flat.variables
    ]
    marks = [{"name": t.name, "type": "bool", "transient": True, "initial-value": False} for t in flat.targets]
    model = {
        "jani-version": 1,
        "name": "flow",
        "type": "mdp",
        "metadata": {"description": "\n".join(heading(system, notes))},
        "actions": [{"name": name} for name in names],
        "variables": numbers + marks,
        "properties": [],
        "automata": [
            {
                "name": "flow",
                "locations": [
                    {
                        "name": "here",
                        "transient-values": [{"ref": t.name, "value": _reached(t)} for t in flat.targets],
                    }
                ],
                "initial-locations": ["here"],
                "edges": [_edge(command) for command in flat.commands],
            }
        ],
        "system": {"elements": [{"automaton": "flow"}], "syncs": [{"synchronise": [n], "result": n} for n in names]},
    }
    return json.dumps(model, ensure_ascii=False, indent=1) + "\n"


def _edge(command: Command) -> dict[str, object]:
    return {
        "location": "here",
        "action": command.name,
        "guard": {"exp": _guard(command.guard)},
        "destinations": [{"location": "here", "assignments": [_change(change) for change in command.changes]}],
    }


def _change(change: Change) -> dict[str, object]:
    name = change.variable.name
    value: Expression = {"op": "+", "left": name, "right": change.number} if change.by else change.number
    return {"ref": name, "value": value}


def _reached(target: Target) -> Expression:
    options: list[Expression] = []
    for guard, moving in target.options:
        stirs = [_guard(command.guard) for command in moving]
        still: list[Expression] = [{"op": "¬", "exp": _any(stirs)}] if stirs else []
        options.append(_all([_guard(guard), *still]))
    return _any(options)


def _guard(guard: Sequence[Within]) -> Expression:
    return _all([_within(part) for part in guard])


def _within(part: Within) -> Expression:
    name = part.variable.name
    options: list[Expression] = []
    for low, high in spans(part):
        if low == high:
            options.append({"op": "=", "left": name, "right": low})
        else:
            above: Expression = {"op": "≤", "left": low, "right": name}
            options.append(_all([above, {"op": "≤", "left": name, "right": high}]))
    return _any(options)


def _all(parts: Sequence[Expression]) -> Expression:
    return reduce(lambda left, right: {"op": "∧", "left": left, "right": right}, parts) if parts else True


def _any(parts: Sequence[Expression]) -> Expression:
    return reduce(lambda left, right: {"op": "∨", "left": left, "right": right}, parts) if parts else False
