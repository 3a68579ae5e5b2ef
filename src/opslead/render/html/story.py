"""A story as a sequence diagram of the page: each act a group of its own, so that it can be stepped through; before and after."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from markupsafe import Markup

from opslead.render.html import svg
from opslead.render.said import stop_words
from opslead.spec.document import Story, StoryArrow
from opslead.text import Lang

NARROW, WIDE, WHOLE, GAP, SIDE = 76, 150, 328, 24, 8
"""Pixels: least and most between lanes, of a picture that a telephone shows whole, between acts, at the sides."""


@dataclass(frozen=True)
class Pane:
    """One telling. `steps`: what is said at each step; `kinds`: act, loss, or stop for each; `picture`: with one group a step."""

    steps: tuple[str, ...]
    kinds: tuple[str, ...]
    picture: Markup


@dataclass(frozen=True)
class Panes:
    """`after` None: the policies do not stop it, or nobody has looked."""

    story: Story
    before: Pane
    after: Pane | None


def panes(story: Story, lang: Lang) -> Panes:
    acts = [arrow.text for arrow in story.arrows]
    before = Pane(
        (*acts, story.ending), (*("act" for _ in acts), "loss"), _picture(story, len(acts), story.ending, "loss")
    )
    if not story.stopped_at:
        return Panes(story, before, None)
    kept = story.stopped_at - 1
    said = stop_words(story, lang)
    after = Pane((*acts[:kept], said), (*("act" for _ in acts[:kept]), "stop"), _picture(story, kept, said, "stop"))
    return Panes(story, before, after)


def _picture(story: Story, count: int, end: str, kind: str) -> Markup:
    """The first `count` acts, and what stands at the end."""
    lane = max(NARROW, min(WIDE, (WHOLE - 2 * SIDE) // max(1, len(story.lanes))))
    width = lane * len(story.lanes) + 2 * SIDE
    parts: list[str] = []
    names = [svg.wrap(name, lane - 12) for name in story.lanes]
    head = 16.0 + svg.LINE * max((len(lines) for lines in names), default=1)
    y = head + 14
    for number, arrow in enumerate(story.arrows[:count], 1):
        made, y = _act(arrow, number, y, lane, width)
        parts.append(f'<g data-n="{number}">{made}</g>')
    lines = svg.wrap(end, width - 32)
    height = svg.LINE * len(lines) + 16
    parts.append(
        f'<g data-n="{count + 1}">'
        + svg.box(SIDE, y, width - 2 * SIDE, height, f"end-{kind}")
        + svg.words(width / 2, y + 20, lines, of=f"said-{kind}")
        + "</g>"
    )
    lanes = [part for index, lines in enumerate(names) for part in _lane(index, lines, lane, head, y)]
    return Markup(svg.drawing(width, y + height + SIDE, [*lanes, *parts], "", hidden=True))


def _x(index: int, lane: int) -> float:
    return SIDE + lane * (index + 0.5)


def _lane(index: int, lines: list[str], lane: int, head: float, bottom: float) -> Iterator[str]:
    x = _x(index, lane)
    yield f'<line class="life" x1="{x:g}" y1="{head:g}" x2="{x:g}" y2="{bottom:g}"/>'
    yield svg.box(x - lane / 2 + 3, 2, lane - 6, head - 2, "lane")
    yield svg.words(x, (head - svg.LINE * len(lines)) / 2 + 13, lines, of="lane-name")


def _act(arrow: StoryArrow, number: int, y: float, lane: int, width: float) -> tuple[str, float]:
    """The arrow with its words above it, and where the next one starts."""
    left, right = _x(arrow.source, lane), _x(arrow.target, lane)
    alone = arrow.source == arrow.target
    room = min(width - 2 * SIDE, max(0.8 * width, lane * (1 + abs(arrow.source - arrow.target))))
    lines = svg.wrap(f"{number}. {arrow.text}", room)
    longest = max(svg.em(line) for line in lines) * svg.SIZE
    middle = (left + right) / 2
    low, high = SIDE + longest / 2, width - SIDE - longest / 2
    middle = min(max(middle, low), max(high, low))
    foot = y + svg.LINE * len(lines)
    made = svg.words(middle, y + 10, lines, of="said")
    if alone:
        made += svg.path(f"M{left:g},{foot:g} h22 v11 h-20", "arrow")
    else:
        made += svg.path(f"M{left:g},{foot + 4:g} H{right - 3 if right > left else right + 3:g}", "arrow")
    return made, foot + GAP
