"""The parts of the world, one a file: each reads the flow and brings its fields, choices, moves, faults and watches, or nothing.

A new part is a new module with `part(scope, rules) -> Piece | None`; it is found by itself.
"""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Iterator

from opslead.behaviour.piece import Piece, Rules
from opslead.behaviour.scope import Scope


def pieces(scope: Scope, rules: Rules) -> Iterator[Piece]:
    """What every part that the flow has brings, in the order of the parts' names."""
    for name in sorted(info.name for info in pkgutil.iter_modules(__path__)):
        piece = importlib.import_module(f"{__name__}.{name}").part(scope, rules)
        if piece is not None:
            yield piece
