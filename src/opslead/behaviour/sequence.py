"""A story as a sequence diagram: who passes what to whom, independent of any format."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from pydantic import TypeAdapter

from opslead.behaviour.attack import Story
from opslead.behaviour.scope import Scope
from opslead.behaviour.tell import NAMES, act_words, ending, load, move_name, words
from opslead.model.service import Service
from opslead.text import pick


@dataclass(frozen=True)
class Arrow:
    """From one lane to another (or itself), with its words."""

    source: int
    target: int
    text: str


@dataclass(frozen=True)
class Sequence:
    """The lanes' names, the arrows in order, and the loss at the end."""

    lanes: tuple[str, ...]
    arrows: tuple[Arrow, ...]
    ending: str


@cache
def _ends() -> Mapping[str, tuple[str, str]]:
    return TypeAdapter(dict[str, tuple[str, str]]).validate_python(load("arrows.yaml"))


def sequence(story: Story, scope: Scope, service: Service) -> Sequence:
    """One arrow an act; lanes in the order of customers, system, partner, people, as far as the story needs them."""
    known = words(scope, service)
    lang = service.language
    names = {
        "system": pick(lang, "시스템", "system"),
        "partner": known["partner"],
        "staff": known["staff"],
        "front": known["front"],
    }
    parts = [(*_ends()[act.move.partition(":")[0]], act.cases) for act in story.acts]
    customers = sorted({case for _, _, cases in parts for case in cases})
    lanes = [(f"customer{case}", f"{known['who']} {NAMES[case]}") for case in customers]
    used = {end for source, target, _ in parts for end in (source, target)} | {"system"}
    lanes += [(key, name) for key, name in names.items() if key in used]
    order = [key for key, _ in lanes]

    def lane(end: str, cases: tuple[int, ...]) -> int:
        return order.index(f"customer{cases[end == 'other']}" if end in ("customer", "other") else end)

    arrows = tuple(
        Arrow(lane(source, cases), lane(target, cases), act_words(move_name(story, index), cases, scope, service))
        for index, (source, target, cases) in enumerate(parts)
    )
    return Sequence(tuple(name for _, name in lanes), arrows, ending(story, scope, service))
