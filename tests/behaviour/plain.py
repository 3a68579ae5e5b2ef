"""The same semantics searched plainly: dictionaries of values, a Python set, no bits. Slow, and for the tests alone."""

from collections.abc import Iterator
from itertools import permutations

from opslead.behaviour.system import OTHER, Put, System

State = tuple[tuple[str, ...], tuple[tuple[str, ...], ...]]


def initial(system: System) -> State:
    return tuple(f.values[0] for f in system.shared), tuple(
        tuple(f.values[0] for f in system.case) for _ in range(system.cases)
    )


def canonical(system: System, state: State) -> State:
    """The cases in the order of their values' positions."""
    shared, cases = state
    key = [tuple(f.values.index(v) for f, v in zip(system.case, case, strict=True)) for case in cases]
    return shared, tuple(case for _, case in sorted(zip(key, cases, strict=True)))


class View:
    """A state as fields of named cases."""

    def __init__(self, system: System, state: State) -> None:
        self.system = system
        self.values = {("", f.name): v for f, v in zip(system.shared, state[0], strict=True)}
        for index, case in enumerate(state[1]):
            self.values |= {(index, f.name): v for f, v in zip(system.case, case, strict=True)}

    def key(self, name: str, cases: tuple[int, ...]):
        bare = name.removeprefix(OTHER)
        if ("", bare) in self.values:
            return "", bare
        return cases[1 if name.startswith(OTHER) else 0], bare

    def holds(self, guard, cases) -> bool:
        return all(self.values[self.key(c.field, cases)] in c.among for c in guard)

    def after(self, effects, cases) -> State | None:
        values = dict(self.values)
        for effect in effects:
            key = self.key(effect.field, cases)
            if isinstance(effect, Put):
                values[key] = effect.value
                continue
            names = self.system.field(effect.field).values
            at = names.index(values[key]) + effect.by
            if 0 <= at < len(names):
                values[key] = names[at]
            elif not effect.stays:
                return None
        shared = tuple(values["", f.name] for f in self.system.shared)
        cases_after = tuple(tuple(values[i, f.name] for f in self.system.case) for i in range(self.system.cases))
        return shared, cases_after


def placings(system: System, parts) -> Iterator[tuple[int, ...]]:
    shared = {f.name for f in system.shared}
    if all(part.field in shared for part in parts):
        return iter([()])
    if any(part.field.startswith(OTHER) for part in parts):
        return permutations(range(system.cases), 2)
    return iter([(i,) for i in range(system.cases)])


def successors(system: System, state: State) -> Iterator[State]:
    view = View(system, state)
    for move in system.moves:
        for cases in placings(system, (*move.guard, *move.effects)):
            if view.holds(move.guard, cases):
                after = view.after(move.effects, cases)
                if after is not None:
                    yield canonical(system, after)


def at_rest(system: System, state: State, about: tuple[int, ...]) -> bool:
    """Whether nothing automatic can happen to these cases or to what all share."""
    view = View(system, state)
    return not any(
        view.holds(move.guard, cases) and view.after(move.effects, cases) is not None
        for move in system.moves
        if move.automatic
        for cases in placings(system, (*move.guard, *move.effects))
        if not cases or set(cases) & set(about)
    )


def explore(system: System) -> dict[State, int]:
    """Every reachable state with its level."""
    level, frontier = {canonical(system, initial(system)): 0}, [canonical(system, initial(system))]
    while frontier:
        fresh = []
        for state in frontier:
            for after in successors(system, state):
                if after not in level:
                    level[after] = level[state] + 1
                    fresh.append(after)
        frontier = fresh
    return level


def meets(system: System, state: State, watch) -> bool:
    view = View(system, state)
    return any(
        view.holds(guard, cases) and (not watch.at_rest or at_rest(system, state, cases))
        for guard in watch.conditions
        for cases in placings(system, guard)
    )
