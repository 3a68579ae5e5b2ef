"""What the catalog covers and what it lacks, counted."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence, Set
from dataclasses import dataclass

from opslead.knowledge.catalog import Catalog
from opslead.knowledge.schema import Pattern

CONTROLS = ("preventive", "detective", "corrective")


@dataclass(frozen=True)
class Row:
    """One surface, or one pack: its patterns, guardrails by type of control, kinds of guardrails, and what they rest on."""

    name: str
    patterns: int
    controls: Mapping[str, int]
    guardrails: int
    mechanisms: int
    references: int
    incidents: int


@dataclass(frozen=True)
class Stats:
    """`surfaces` 1 to 12 over everything, `packs` by id with the general patterns first; `unclosed` are mechanisms of
    computing lenses that no pattern closes; `silent` are patterns that no described service made speak."""

    surfaces: tuple[Row, ...]
    packs: tuple[Row, ...]
    unclosed: tuple[str, ...]
    silent: tuple[str, ...]


def stats(catalog: Catalog, mechanisms: Iterable[str], fired: Set[str] | None) -> Stats:
    """`mechanisms` that lenses can find; `fired`: ids that spoke on the services tried, None where none were."""
    patterns = catalog.everything()
    by_pack: dict[str, list[Pattern]] = {"general": [], **{pack.id: [] for pack in catalog.packs}}
    for pattern in patterns:
        pack = catalog.pack_of(pattern.id)
        by_pack[pack.id if pack else "general"].append(pattern)
    closed = {name for pattern in patterns for name in pattern.finding}
    return Stats(
        tuple(_row(str(n), [p for p in patterns if p.surfaces[0] == n]) for n in range(1, 13)),
        tuple(_row(name, members) for name, members in by_pack.items()),
        tuple(sorted(set(mechanisms) - closed)),
        () if fired is None else tuple(pattern.id for pattern in patterns if pattern.id not in fired),
    )


def _row(name: str, patterns: Sequence[Pattern]) -> Row:
    controls: Counter[str] = Counter(guardrail.control for pattern in patterns for guardrail in pattern.guardrails)
    sources = {(r.title, r.source) for pattern in patterns for r in pattern.references}
    return Row(
        name,
        len(patterns),
        {control: controls[control] for control in CONTROLS},
        len({guardrail.kind for pattern in patterns for guardrail in pattern.guardrails}),
        len({mechanism for pattern in patterns for mechanism in pattern.finding}),
        len(sources),
        len({r.incident for pattern in patterns for r in pattern.references if r.incident}),
    )
