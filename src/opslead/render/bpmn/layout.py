"""Where everything stands: lanes from above to below, steps from left to right, annotations under the pool."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from textwrap import wrap

from opslead.render.bpmn.process import Process

LEFT, TOP, HEAD = 160, 80, 30
"""Pixels: of the pool's corner, and the width of a pool's and a lane's title."""
COLUMN, LANE = 190, 220
"""Pixels from step to step, and the height of a lane: a task and the end of its deadline below it."""
TASK = (140, 80)
EVENT = 36
_LETTERS, _LINE = 26, 18
"""Letters of a line of an annotation, Hangul counting double; and its height in pixels."""


@dataclass(frozen=True)
class Box:
    """A rectangle in pixels."""

    x: int
    y: int
    width: int
    height: int

    @property
    def middle(self) -> int:
        return self.y + self.height // 2

    @property
    def centre(self) -> int:
        return self.x + self.width // 2

    @property
    def right(self) -> int:
        return self.x + self.width

    @property
    def bottom(self) -> int:
        return self.y + self.height


@dataclass(frozen=True)
class Layout:
    """The boxes by the ids of what they show, and the pool's."""

    pool: Box
    boxes: Mapping[str, Box]


def layout(made: Process, annotations: Mapping[str, str]) -> Layout:
    """All boxes. `annotations`: text by the id of its task."""
    columns = 2 + len(made.tasks) + 3 * len(made.ways)
    pool = Box(LEFT, TOP, HEAD * 2 + COLUMN * columns, LANE * len(made.lanes))
    boxes: dict[str, Box] = {
        f"lane_{n}": Box(LEFT + HEAD, TOP + LANE * (n - 1), pool.width - HEAD, LANE)
        for n in range(1, len(made.lanes) + 1)
    }
    column = 0
    first = made.tasks[0].lane if made.tasks else 0
    boxes["start"] = _event(column, first)
    for task in made.tasks:
        column += 1
        boxes[task.id] = _task(column, task.lane)
        if task.deadline:
            box = boxes[task.id]
            timer = Box(box.right - 58, box.bottom - EVENT // 2, EVENT, EVENT)
            boxes[f"{task.id}_timer"] = timer
            boxes[f"{task.id}_over"] = replace(
                timer, y=timer.bottom + 20
            )  # beside the task lines go down to other lanes
    column += 1
    boxes["end"] = _event(column, made.tasks[-1].lane if made.tasks else first)
    for way in made.ways:
        boxes[f"{way.task.id}_start"] = _event(column + 1, way.task.lane)
        boxes[way.task.id] = _task(column + 2, way.task.lane)
        boxes[f"{way.task.id}_end"] = _event(column + 3, way.task.lane)
        column += 3
    for ident, text in annotations.items():
        boxes[f"{ident}_note"] = Box(boxes[ident].x - 10, pool.bottom + 40, COLUMN - 20, 14 + _LINE * _lines(text))
    return Layout(pool, boxes)


def _lines(text: str) -> int:
    """How many lines the text takes; a modeller breaks it by itself."""
    return sum(
        len(wrap("".join(c + "\u00b7" * (ord(c) > 0x2E7F) for c in line), _LETTERS)) or 1 for line in text.split("\n")
    )


def _slot(column: int, lane: int) -> tuple[int, int]:
    return LEFT + HEAD * 2 + 20 + COLUMN * column, TOP + LANE * lane + 40


def _task(column: int, lane: int) -> Box:
    x, y = _slot(column, lane)
    return Box(x, y, *TASK)


def _event(column: int, lane: int) -> Box:
    x, y = _slot(column, lane)
    return Box(x + (TASK[0] - EVENT) // 2, y + (TASK[1] - EVENT) // 2, EVENT, EVENT)
