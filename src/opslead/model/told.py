"""What was told besides the service: sentences of the charter and items of the breach report, with their concepts."""

from __future__ import annotations

from dataclasses import dataclass

from opslead.errors import Place


@dataclass(frozen=True)
class Told:
    """One sentence or item. `concepts` are the concepts of `intake/words` and the step kinds that its words name."""

    text: str
    concepts: frozenset[str]
    place: Place
    label: str = ""
    """Its own name, such as `B-2`."""
