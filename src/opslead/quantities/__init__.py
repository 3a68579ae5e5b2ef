"""Numbers with their sums: pure functions of amounts, each with its formula and source.

A module with a function `compute(service)` yields the computations that the service's numbers allow; it is found by itself.
"""

from __future__ import annotations

import importlib
import pkgutil

from opslead.model.service import Service
from opslead.quantities.computation import Computation


def compute_all(service: Service) -> tuple[Computation, ...]:
    """Every computation that the service's numbers allow, by id."""
    names = sorted(info.name for info in pkgutil.iter_modules(__path__))
    modules = [importlib.import_module(f"{__name__}.{name}") for name in names]
    made = [c for module in modules if hasattr(module, "compute") for c in module.compute(service)]
    return tuple(sorted(made, key=lambda c: c.id))
