"""One mention of somebody who takes part, and what this person does in the sentence."""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum

from opslead.model.steps import Role

INDOORS = frozenset({"plant", "kitchen"})
"""Groups whose work stays in one place: what leaves the house is somebody else's."""


class Part(IntEnum):
    """What a person does in the sentence."""

    NAMED = 0
    TOUCHED = 1  # something is sent to, asked of or done for this person
    ACTS = 2


@dataclass(frozen=True)
class Person:
    """One mention. `name` with its modifier, English in the singular; `head` the bare word; `group` the kind of job."""

    start: int
    end: int
    name: str
    head: str
    role: Role
    group: str
    part: Part
