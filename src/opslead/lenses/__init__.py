"""The lenses: every module here with a function `examine` looks at the service from its side.

A new lens is a new module: `examine(service)` yields holes. The patterns lens alone also takes the catalog.
"""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Iterable, Mapping
from dataclasses import replace
from types import ModuleType

from opslead.knowledge.schema import Pattern
from opslead.lenses.hole import Hole
from opslead.model.service import Service

PATTERNS, BEHAVIOUR = "patterns", "behaviour"


def lenses() -> dict[str, ModuleType]:
    """The lens modules by name, sorted."""
    names = sorted(info.name for info in pkgutil.iter_modules(__path__))
    modules = {name: importlib.import_module(f"{__name__}.{name}") for name in names}
    return {name: module for name, module in modules.items() if hasattr(module, "examine")}


def examine_all(service: Service, patterns: Iterable[Pattern], *, search: bool = True) -> tuple[Hole, ...]:
    """Every hole that any lens sees, gravest first, ties by id. Without `search` the flows are not searched, which is quicker.

    A lens may name mechanisms (`REPLACES`) that say the same with less proof; where it finds something they are left out.
    """
    patterns = tuple(patterns)
    holes: dict[str, Hole] = {}
    replaced: set[str] = set()
    for name, module in lenses().items():
        if name == BEHAVIOUR and not search:
            continue
        found = tuple(module.examine(service, patterns) if name == PATTERNS else module.examine(service))
        holes.update({hole.id: hole for hole in found if hole.id not in holes})
        if found:
            replaced |= getattr(module, "REPLACES", frozenset())
    kept = _said_once({key: hole for key, hole in holes.items() if hole.mechanism not in replaced}, patterns)
    return tuple(sorted(kept.values(), key=lambda hole: (-hole.priority, hole.id)))


def _said_once(holes: Mapping[str, Hole], patterns: Iterable[Pattern]) -> dict[str, Hole]:
    """Without the holes of patterns that a computing lens has found with the service's own numbers.

    The computed hole takes over the words that the pattern's policy needs and it does not have itself.
    """
    kept = dict(holes)
    for pattern in patterns:
        own = [hole for hole in holes.values() if hole.mechanism == pattern.id]
        said = [hole for hole in holes.values() if hole.mechanism in pattern.yields_to]
        if not own or not said:
            continue
        for hole in own:
            del kept[hole.id]
        for hole in said:
            kept[hole.id] = replace(kept[hole.id], slots={**own[0].slots, **kept[hole.id].slots})
    return kept
