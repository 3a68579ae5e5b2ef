"""One flow as a process: who does what in which order, what ends a step that waits too long, and which policies guard it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Literal

from opslead.model.service import Exit, Flow, Step
from opslead.spec.document import Specification
from opslead.text import Lang, pick

TaskKind = Literal["userTask", "manualTask", "serviceTask", "sendTask", "receiveTask"]
_SENT = frozenset({"notify", "transmit"})


@dataclass(frozen=True)
class Task:
    """One box. `deadline`: it ends by itself after that time. `guards`: policies that act on it, `holes`: findings that sit there."""

    id: str
    name: str
    kind: TaskKind
    lane: int
    deadline: timedelta | None
    guards: tuple[str, ...]
    holes: tuple[str, ...]


@dataclass(frozen=True)
class Way:
    """Another way out of the flow: it begins on its own, or when its time is up, and ends the case."""

    task: Task
    after: timedelta | None


@dataclass(frozen=True)
class Process:
    """`lanes` are the names of those who act; tasks name them by index."""

    name: str
    lanes: tuple[str, ...]
    tasks: tuple[Task, ...]
    ways: tuple[Way, ...]


def process(flow: Flow, specification: Specification, lang: Lang) -> Process:
    """The flow with what the specification says of each step."""
    lanes: list[str] = []
    known = _Known(specification)
    tasks = tuple(
        _task(f"task_{number}", step, _lane(_who(step, lang), lanes), known, lang)
        for number, step in enumerate(flow.steps, 1)
    )
    ways = tuple(
        Way(_exit(f"exit_{number}", way, _lane(_by(way, lang), lanes), known), way.within.value if way.within else None)
        for number, way in enumerate(flow.exits, 1)
    )
    return Process(flow.name or flow.id, tuple(lanes) or (pick(lang, "시스템", "System"),), tasks, ways)


class _Known:
    """What was found at each place of the model, and which policies close it."""

    def __init__(self, specification: Specification) -> None:
        self.holes: dict[str, list[str]] = {}
        for mode in specification.findings:
            self.holes.setdefault(mode.id.rpartition("@")[2], []).append(mode.condition)
        self.guards: dict[str, list[str]] = {}
        for policy in specification.policies:
            for place in dict.fromkeys(key.rpartition("@")[2] for key in policy.closes):
                self.guards.setdefault(place, []).append(f"#{policy.number} {policy.name}")

    def at(self, place: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
        return tuple(self.guards.get(place, ())), tuple(self.holes.get(place, ()))


def _lane(name: str, lanes: list[str]) -> int:
    if name not in lanes:
        lanes.append(name)
    return lanes.index(name)


def _who(step: Step, lang: Lang) -> str:
    """Who performs a step: the named actor, else the partner that answers for it, else the system."""
    if step.actor:
        return step.actor.name
    return step.partner.name if step.partner else pick(lang, "시스템", "System")


def _by(way: Exit, lang: Lang) -> str:
    return way.by.name if way.by else pick(lang, "시스템", "System")


def _task(ident: str, step: Step, lane: int, known: _Known, lang: Lang) -> Task:
    name = step.name or step.title(lang)
    kind: TaskKind = "serviceTask"
    if step.manual:
        kind = "manualTask" if step.known.physical else "userTask"
    elif step.kind in _SENT:
        kind = "sendTask"
    elif step.actor:
        kind = "userTask"
    guards, holes = known.at(step.id)
    return Task(ident, name, kind, lane, step.within.value if step.within else None, guards, holes)


def _exit(ident: str, way: Exit, lane: int, known: _Known) -> Task:
    guards, holes = known.at(way.id)
    return Task(ident, way.name or way.kind, "userTask" if way.by else "serviceTask", lane, None, guards, holes)


def duration(length: timedelta) -> str:
    """As ISO 8601 writes it: `PT10M`, `P3DT12H`."""
    seconds = round(length.total_seconds())
    days, rest = divmod(seconds, 86400)
    parts = ((rest // 3600, "H"), (rest % 3600 // 60, "M"), (rest % 60, "S"))
    clock = "".join(f"{number}{unit}" for number, unit in parts if number)
    return (
        "P"
        + (f"{days}D" if days else "")
        + (f"T{clock}" if clock or not days else "")
        + ("" if clock or days else "0S")
    )


def notes(made: Process, lang: Lang) -> Iterator[tuple[Task, str]]:
    """The annotation of each task that is guarded or has a hole."""
    words: Mapping[str, str] = {"guards": pick(lang, "통제", "Guarded by"), "holes": pick(lang, "구멍", "Holes")}
    for task in (*made.tasks, *(way.task for way in made.ways)):
        lines = [f"{words['guards']}: {'; '.join(task.guards)}"] if task.guards else []
        lines += [f"{words['holes']}: {'; '.join(task.holes)}"] if task.holes and not task.guards else []
        if lines:
            yield task, "\n".join(lines)
