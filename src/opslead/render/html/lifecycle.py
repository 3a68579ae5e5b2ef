"""The life of one case through a flow, from top to bottom: its steps, the ways out, and the holes as marks beside where they sit."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from markupsafe import Markup

from opslead.model.measure import format_duration
from opslead.model.service import Flow
from opslead.render.html import svg
from opslead.render.html.holes import Hole, key_of
from opslead.text import Lang, pick

WIDE, ROW, NODE, MARK, PER_ROW = 302, 24, 142, 24, 5
"""Pixels: of the drawing, which a telephone shows whole, of a row of marks, of a node, of a mark; marks in a row."""


def picture(flow: Flow, holes: Sequence[Hole], lang: Lang) -> Markup:
    """The drawing of one flow; each mark is a link to its hole."""
    parts: list[str] = []
    y = 6.0
    start = pick(lang, "흐름 전체", "whole flow")
    nodes = [(start, "", key_of(flow.id), "start")]
    nodes += [
        (step.title(lang), format_duration(step.within.value, lang) if step.within else "", key_of(step.id), "state")
        for step in flow.steps
    ]
    ends = [
        (way.name, format_duration(way.within.value, lang) if way.within else "", key_of(way.id), "exit")
        for way in flow.exits
    ]
    feet: list[float] = []
    for index, node in enumerate((*nodes, *ends)):
        if feet and index < len(nodes):
            parts.append(svg.path(f"M{NODE / 2 + 20:g},{feet[-1]:g} V{y - 2:g}", "link"))
        if index == len(nodes):
            y += 6
        here = [hole for hole in holes if hole.place == node[2]]
        made, height = _node(node, here, y, lang)
        if node[3] == "exit":
            parts.append(svg.path(f"M8,{feet[0] - 12:g} V{y + height / 2:g} H18", "way-out"))
        parts.append(made)
        feet.append(y + height)
        y += height + 16
    if ends:
        parts.insert(0, svg.path(f"M20,{feet[0] - 12:g} H8", "way-out", arrow=False))
    return Markup(svg.drawing(WIDE, y - 8, parts, flow.name))


def _node(node: tuple[str, str, str, str], holes: Sequence[Hole], y: float, lang: Lang) -> tuple[str, float]:
    name, clock, _, kind = node
    lines = svg.wrap(name, NODE - 16)
    if clock:
        lines = [*lines, f"≤ {clock}"]
    rows = -(-len(holes) // PER_ROW)
    height = max(svg.LINE * len(lines) + 14.0, ROW * rows + 6.0)
    foot = y + (height - svg.LINE * len(lines)) / 2 + 12
    made = svg.box(20, y, NODE, height, f"node node-{kind}", 14) + svg.words(20 + NODE / 2, foot, lines, of="node-name")
    top = y + (height - ROW * rows) / 2
    return made + "".join(_marks(holes, top, lang)), height


def _marks(holes: Sequence[Hole], top: float, lang: Lang) -> Iterator[str]:
    for index, hole in enumerate(holes):
        x = 20 + NODE + 18 + MARK * (index % PER_ROW)
        y = top + ROW * (index // PER_ROW) + ROW / 2
        said = svg.escape(f"{pick(lang, '구멍', 'Hole')} {hole.number}: {hole.found.condition}")
        yield f'<a href="#hole-{hole.number}" aria-label="{said}"><title>{said}</title>'
        yield f'<circle class="mark mark-{hole.priority or "none"}" cx="{x:g}" cy="{y:g}" r="10"/>'
        yield f'<text class="mark-name" x="{x:g}" y="{y + 4:g}" text-anchor="middle">{hole.number}</text></a>'
