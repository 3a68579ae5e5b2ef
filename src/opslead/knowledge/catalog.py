"""The catalog: general patterns, and packs of patterns that speak where the model shows that a service is of their domain.

A folder of knowledge holds YAML files. One called `pack.yaml` makes its folder a pack; every other file is a pattern, of the
nearest pack above it or, without one, for any service. A user's folders are laid out like the built-in one and may
also change a pattern (`refines: <id>` and what is different) or keep one quiet (`silences` in the `pack.yaml`). The patterns of
a pack are read when a service needs them.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from importlib import resources
from pathlib import Path

from pydantic import JsonValue, TypeAdapter, ValidationError

from opslead.errors import InputErrors, Place, Problem
from opslead.knowledge import pack as heads
from opslead.knowledge import schema, store
from opslead.knowledge.matchers import Match, apply
from opslead.knowledge.pack import Entry, Pack, Refinement
from opslead.knowledge.schema import Pattern
from opslead.knowledge.store import Files, is_indexed, load_entries, read_files
from opslead.model.service import Service, Source
from opslead.model.vocabulary import Vocabulary

HEAD = "pack.yaml"
_ENTRIES: TypeAdapter[tuple[Entry, ...]] = TypeAdapter(tuple[Entry, ...])
_PACKS = TypeAdapter(tuple[Pack, ...])
_SCHEMAS = (Path(schema.__file__), Path(heads.__file__), Path(store.__file__))


@dataclass(frozen=True)
class Chosen:
    """A pack that the service belongs to, and the words of the description that show it."""

    pack: Pack
    sources: tuple[Source, ...]


@dataclass(frozen=True)
class Selection:
    """The patterns that a service is examined by, by id, and the packs among them."""

    patterns: tuple[Pattern, ...]
    packs: tuple[Chosen, ...] = ()
    domain: frozenset[str] = frozenset()
    """Ids of those that the packs brought along."""


@dataclass(frozen=True)
class Shelf:
    """The files of one pack, or those outside of packs (`pack` is None), and how they are kept."""

    pack: Pack | None
    files: Files
    name: str
    own: bool = False
    cache: bool = True

    @property
    def refining(self) -> frozenset[Path]:
        """The files that change a pattern that stands elsewhere."""
        return frozenset(path for path, data in self.files if data.startswith(b"refines:") or b"\nrefines:" in data)

    def check(self) -> None:
        """Raises InputErrors naming every bad file; what was found good before is not read again."""
        if not (self.cache and is_indexed(self.files, self.name, _SCHEMAS)):
            _ = self.entries

    @property
    def ids(self) -> tuple[str, ...]:
        """The ids of its patterns; a file carries its id as its name."""
        return tuple(path.stem for path, _ in self.files)

    @cached_property
    def entries(self) -> tuple[Entry, ...]:
        """Its patterns and changes of patterns. Raises InputErrors naming every bad file."""
        return load_entries(self.files, _kind, _ENTRIES, self.name, _SCHEMAS, cache=self.cache)


@dataclass(frozen=True)
class Catalog:
    """All shelves, the built-in ones first."""

    shelves: tuple[Shelf, ...]

    @property
    def packs(self) -> tuple[Pack, ...]:
        """Every pack by id."""
        return tuple(sorted((s.pack for s in self.shelves if s.pack is not None), key=lambda pack: pack.id))

    @property
    def vocabularies(self) -> tuple[Vocabulary, ...]:
        """The words of each pack."""
        return tuple(pack.vocabulary for pack in self.packs)

    @property
    def own(self) -> frozenset[str]:
        """The ids of the patterns that a user's folders bring along or change."""
        return frozenset(ident for shelf in self.shelves if shelf.own for ident in shelf.ids)

    def concepts(self, packs: Iterable[str] | None = None) -> frozenset[str]:
        """The names of the concepts that all packs, or those with the ids, bring along."""
        wanted = None if packs is None else set(packs)
        return frozenset(
            key for pack in self.packs if wanted is None or pack.id in wanted for key, _ in pack.vocabulary.words
        )

    def chosen(self, service: Service) -> tuple[Chosen, ...]:
        """Every pack that the model shows, by id; none of their patterns is read."""
        matches = ((pack, apply(pack.when, service)) for pack in self.packs)
        return tuple(Chosen(pack, m.sources) for pack, m in matches if isinstance(m, Match) and not m.unsure)

    def select(self, service: Service) -> Selection:
        """The general patterns and those of every chosen pack, changed and silenced as the chosen packs say."""
        chosen = self.chosen(service)
        wanted = {one.pack.id for one in chosen}
        shelves = [shelf for shelf in self.shelves if shelf.pack is None or shelf.pack.id in wanted]
        silent = {silence.id for one in chosen for silence in one.pack.silences}
        kept = (pattern for pattern in _together(shelves) if pattern.id not in silent)
        brought = ({*shelf.ids} - {path.stem for path in shelf.refining} for shelf in shelves if shelf.pack is not None)
        return Selection(tuple(kept), chosen, frozenset().union(*brought))

    def everything(self) -> tuple[Pattern, ...]:
        """Every pattern by id, refined ones as refined."""
        return _together(self.shelves)

    def pack_of(self, ident: str) -> Pack | None:
        """The pack that a pattern belongs to, None for a general one."""
        return next((s.pack for s in self.shelves if ident in s.ids), None)


def built_in() -> Path:
    """The folder of the patterns that come with opslead."""
    return Path(str(resources.files("opslead") / "data"))


def load_catalog(folders: Sequence[Path] = (), *, cache: bool = True) -> Catalog:
    """The built-in patterns and packs and those of a user's own folders.

    Raises InputErrors for bad files, for an id that stands twice, and for a refinement or silence of a pattern that does not exist.
    """
    shelves = [
        *_shelves(built_in() / "patterns", "general", own=False, cache=cache),
        *_shelves(built_in() / "packs", "packs", own=False, cache=cache),
    ]
    for folder in folders:
        name = f"own{hashlib.sha256(str(folder.resolve()).encode()).hexdigest()[:8]}"
        shelves += _shelves(folder, name, own=True, cache=cache)
    catalog = Catalog(tuple(shelves))
    _check(catalog)
    return catalog


def _shelves(folder: Path, name: str, *, own: bool, cache: bool) -> list[Shelf]:
    """The packs below the folder and what stands outside of them."""
    files = read_files(folder)
    tops = [(path, data) for path, data in files if path.name == HEAD]
    packs = load_entries(tops, lambda _: Pack, _PACKS, f"{name}.heads", _SCHEMAS, cache=cache)
    homes = {path.parent: next(pack for pack in packs if pack.stands_in(path)) for path, _ in tops}
    by_home: dict[Path | None, list[tuple[Path, bytes]]] = {home: [] for home in homes}
    for path, data in files:
        if path.name != HEAD:
            home = next((parent for parent in path.parents if parent in homes), None)
            by_home.setdefault(home, []).append((path, data))
    return [
        Shelf(homes[home] if home else None, content, f"{name}.{homes[home].id}" if home else name, own, cache)
        for home, content in by_home.items()
    ]


def _kind(value: object) -> type[Entry]:
    return Refinement if isinstance(value, dict) and "refines" in value else Pattern


def _check(catalog: Catalog) -> None:
    """Bad files of a user, ids that stand twice, and entries that speak of a pattern that does not exist."""
    problems: list[Problem] = []
    known: dict[str, Path] = {}
    packs: set[str] = set()
    changes: list[Path] = []
    for shelf in catalog.shelves:
        if shelf.own:
            try:
                shelf.check()
            except InputErrors as error:
                problems += error.problems
        if shelf.pack is not None:
            if shelf.pack.id in packs:
                problems.append(Problem(Place(shelf.pack.id), f"the pack {shelf.pack.id} stands twice"))
            packs.add(shelf.pack.id)
        refining = shelf.refining if shelf.own else frozenset()
        changes += refining
        for path in (path for path, _ in shelf.files if path not in refining):
            if path.stem in known:
                hint = "to change a pattern write `refines: <id>` and what is different, without `id`"
                problems.append(Problem(Place(str(path)), f"the id {path.stem} stands in {known[path.stem]} too", hint))
            known[path.stem] = path
    for path in changes:
        if path.stem not in known:
            problems.append(Problem(Place(str(path)), f"refines {path.stem}, and there is no such pattern"))
    for pack in catalog.packs:
        for silence in pack.silences:
            if silence.id not in known:
                problems.append(Problem(Place(f"{pack.id}/{HEAD}"), f"silences {silence.id}, which does not exist"))
    if problems:
        raise InputErrors(problems)


def _together(shelves: Iterable[Shelf]) -> tuple[Pattern, ...]:
    """The patterns of the shelves by id, each changed by the refinements among them."""
    patterns: dict[str, Pattern] = {}
    changes: list[Refinement] = []
    for shelf in shelves:
        for entry in shelf.entries:
            if isinstance(entry, Refinement):
                changes.append(entry)
            else:
                patterns[entry.id] = entry
    for change in changes:
        if change.id in patterns:
            patterns[change.id] = _refined(patterns[change.id], change)
    return tuple(patterns[key] for key in sorted(patterns))


def _refined(pattern: Pattern, change: Refinement) -> Pattern:
    """The pattern with what the refinement says put over it: mappings are merged, everything else is replaced."""
    base = pattern.model_dump(mode="json", by_alias=True, exclude_unset=True)
    try:
        return Pattern.model_validate(_merged(base, change.different))
    except ValidationError as error:
        raise InputErrors(
            Problem(Place(f"{change.id}.yaml"), f"as refined: {'.'.join(map(str, item['loc']))}: {item['msg']}")
            for item in error.errors(include_url=False)
        ) from None


def _merged(base: Mapping[str, JsonValue], change: Mapping[str, JsonValue]) -> dict[str, JsonValue]:
    merged = dict(base)
    for key, value in change.items():
        old = merged.get(key)
        merged[key] = _merged(old, value) if isinstance(old, dict) and isinstance(value, dict) else value
    return merged
