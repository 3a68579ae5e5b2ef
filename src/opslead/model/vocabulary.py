"""Words that a domain pack brings along: how its things are called in a description."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Vocabulary:
    """Words of one pack by concept (`garment-care.dryer`), both languages together, and phrases that only look like them."""

    words: tuple[tuple[str, tuple[str, ...]], ...]
    ignored: tuple[str, ...] = ()
