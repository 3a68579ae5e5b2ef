"""The contradictions lens: the description against itself, and what its lifecycle leaves open.

Every module here with a function `look(service)` looks for one kind of it; adding one means adding a module.
"""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Iterator
from functools import cache
from types import ModuleType

from opslead.lenses.hole import Hole
from opslead.model.service import Service


@cache
def _modules() -> tuple[ModuleType, ...]:
    names = sorted(info.name for info in pkgutil.iter_modules(__path__))
    modules = (importlib.import_module(f"{__name__}.{name}") for name in names)
    return tuple(module for module in modules if hasattr(module, "look"))


def examine(service: Service) -> Iterator[Hole]:
    """The holes of every module, in the order of the modules' names."""
    for module in _modules():
        yield from module.look(service)
