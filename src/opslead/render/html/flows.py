"""A flow as a picture: lanes of who acts, from left to right, in bands that fit a page."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup

from opslead.model.measure import format_duration
from opslead.model.service import Flow, Service, Step
from opslead.model.steps import Role
from opslead.render.html import svg
from opslead.text import Lang, pick

LABEL, COLUMN, BOX, LEAST, BAND = 104, 124, 104, 48, 7
"""Pixels: of the lanes' names, of a step with its gap, of a step, of a step's least height; steps in a band."""


@dataclass(frozen=True)
class Lane:
    """Who acts: `kind` is customer, staff, field, supplier, system or partner."""

    name: str
    kind: str


def lane_of(step: Step, service: Service, lang: Lang) -> Lane:
    """Whose lane the step is in: the named partner or actor, else who usually performs it."""
    if step.actor is not None:
        return Lane(step.actor.name, step.actor.role.value)
    if step.partner is not None:
        return Lane(step.partner.name, "partner")
    usual = step.known.performer
    if usual is Role.CUSTOMER:
        named = next((actor.name for actor in service.actors if actor.role is Role.CUSTOMER), "")
        return Lane(named or pick(lang, "고객", "customer"), "customer")
    if usual in (Role.STAFF, Role.FIELD, Role.SUPPLIER) and step.manual:
        return Lane(pick(lang, "담당자 미정", "nobody named"), "open")
    return Lane(pick(lang, "시스템", "system"), "system")


_RANK = ("customer", "supplier", "system", "partner", "staff", "field", "open")


def lanes_of(flow: Flow, service: Service, lang: Lang) -> tuple[Lane, ...]:
    """The lanes of a flow: customers above, then the system and its partners, then people."""
    met = dict.fromkeys(lane_of(step, service, lang) for step in flow.steps)
    return tuple(sorted(met, key=lambda lane: _RANK.index(lane.kind) if lane.kind in _RANK else len(_RANK)))


def picture(flow: Flow, service: Service, lang: Lang) -> Markup:
    """All bands of the flow, one below the other, about equally long."""
    lanes = lanes_of(flow, service, lang)
    parts: list[str] = []
    y = 4.0
    rows = max(1, -(-len(flow.steps) // BAND))
    size = max(1, -(-len(flow.steps) // rows))
    bands = [flow.steps[i : i + size] for i in range(0, len(flow.steps), size)]
    columns = max((len(band) for band in bands), default=0)
    for index, band in enumerate(bands):
        drawn, height = _band(band, lanes, service, lang, y, index * size, index + 1 < len(bands))
        parts += drawn
        y += height + 18
    width = LABEL + COLUMN * columns + 28
    return Markup(svg.drawing(width, y, parts, flow.name, hidden=True))


def _band(
    band: Sequence[Step], every: Sequence[Lane], service: Service, lang: Lang, top: float, before: int, more: bool
) -> tuple[list[str], float]:
    """One row of steps in the lanes that it uses, and how high it is."""
    placed = [lane_of(step, service, lang) for step in band]
    lanes = [lane for lane in every if lane in placed]
    said = [_words(step, before + column, lang) for column, step in enumerate(band, 1)]
    box = max(LEAST, *(svg.LINE * len(lines) + 12 for lines in said))
    names = [svg.wrap(lane.name, LABEL - 14) for lane in lanes]
    tall = max(box + 20, *(svg.LINE * len(lines) + 12 for lines in names))
    width = LABEL + COLUMN * len(band) + (24 if more else 8)
    parts: list[str] = []
    for index, (lane, lines) in enumerate(zip(lanes, names, strict=True)):
        y = top + (tall + 6) * index
        parts.append(svg.box(0, y, width, tall, f"swim swim-{lane.kind}", 8))
        parts.append(svg.words(LABEL / 2, y + (tall - svg.LINE * len(lines)) / 2 + 12, lines, of="swim-name"))
    middles = [top + (tall + 6) * lanes.index(lane) + tall / 2 for lane in placed]
    for column, (step, lines, middle) in enumerate(zip(band, said, middles, strict=True)):
        x = LABEL + COLUMN * column + 8
        if column + 1 < len(band):
            parts.append(_link(x + BOX, middle, x + COLUMN, middles[column + 1]))
        elif more:
            parts.append(svg.path(f"M{x + BOX:g},{middle:g} h22", "link"))
        parts.append(svg.box(x, middle - box / 2, BOX, box, "step-physical" if step.known.physical else "step"))
        parts.append(svg.words(x + BOX / 2, middle - svg.LINE * len(lines) / 2 + 12, lines, of="step-name"))
    return parts, (tall + 6) * len(lanes)


def _link(x: float, y: float, to: float, at: float) -> str:
    middle = (x + to) / 2
    bend = f"V{at:g} " if at != y else ""
    return svg.path(f"M{x:g},{y:g} H{middle:g} {bend}H{to - 2:g}", "link")


def _words(step: Step, number: int, lang: Lang) -> list[str]:
    """The step's number and name, and how long it may take."""
    lines = svg.wrap(f"{number}. {step.title(lang)}", BOX - 8)
    return [*lines, f"≤ {format_duration(step.within.value, lang)}"] if step.within else lines
