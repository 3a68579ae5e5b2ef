"""How far a search looks, and who stops it. Apart from the search itself, so that naming bounds does not import it."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Bounds:
    """`cases` customers, up to `faults` faults, `capacity` units; past `most` states the verdict is not decided."""

    cases: int = 2
    faults: int = 2
    capacity: int = 1
    most: int = 8_000_000


USUAL = Bounds()


def never() -> bool:
    """A search that nobody stops."""
    return False
