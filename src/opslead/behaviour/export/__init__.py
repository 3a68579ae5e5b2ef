"""A system as other tools read it, one file a format: a pure function of the system, what to look for, and what moves mean."""

from __future__ import annotations

import importlib
from collections.abc import Mapping, Sequence
from typing import Protocol, cast

from opslead.behaviour.system import System, Watch

FORMATS = ("prism", "jani", "tla", "promela", "mermaid")


class Writer(Protocol):
    """`notes`: what moves mean, by their names; for comments."""

    def __call__(
        self, system: System, watches: Sequence[Watch] = (), notes: Mapping[str, str] | None = None
    ) -> str: ...


def writer(name: str) -> Writer:
    """The format's function, found by its name."""
    return cast(Writer, getattr(importlib.import_module(f"{__name__}.{name}"), name))
