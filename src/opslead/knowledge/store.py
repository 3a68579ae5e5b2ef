"""Files of knowledge read from folders: parsed once, kept as an index that is checked by content.

Parsing hundreds of YAML files takes seconds, so what was validated is kept as JSON in the user's cache folder, named by the hash of
the bytes of all its files and of the schema; a changed, added or removed file gives another name. Where the cache cannot be
written the files are parsed each time.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import tempfile
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import TypeVar

from pydantic import TypeAdapter, ValidationError

from opslead.errors import InputErrors, Place, Problem
from opslead.knowledge.schema import Identified
from opslead.model.yamlio import parse_yaml

MAX_BYTES = 200_000

Files = Sequence[tuple[Path, bytes]]
"""Paths with what stands in them."""

_Entry = TypeVar("_Entry", bound=Identified)


def read_files(folder: Path) -> Files:
    """Every YAML file below the folder, sorted by path. Raises InputErrors where one cannot be read."""
    try:
        return [(path, path.read_bytes()) for path in sorted(folder.rglob("*.yaml")) if path.is_file()]
    except OSError as error:
        raise InputErrors.one(str(error.filename or folder), f"cannot be read: {error.strerror or error}") from None


def load_entries(
    contents: Files,
    kind: Callable[[object], type[_Entry]],
    several: TypeAdapter[tuple[_Entry, ...]],
    name: str,
    schemas: Sequence[Path],
    *,
    cache: bool = True,
) -> tuple[_Entry, ...]:
    """The entries of the files, by id. `kind` says by the parsed YAML which type an entry is; `name` and `schemas` tell the
    cached indexes apart.

    Raises InputErrors naming every bad file.
    """
    store = _cache_file(name, contents, schemas) if cache else None
    if store is not None and store.exists():
        with contextlib.suppress(ValidationError, OSError):  # a damaged index is rebuilt below
            return several.validate_json(store.read_bytes())
    entries = parse_entries(contents, kind)
    if store is not None:
        _write(store, several.dump_json(entries, by_alias=True, exclude_unset=True), name)
    return entries


def is_indexed(contents: Files, name: str, schemas: Sequence[Path]) -> bool:
    """Whether the files were validated before, as they are."""
    return _cache_file(name, contents, schemas).exists()


def parse_entries(contents: Files, kind: Callable[[object], type[_Entry]]) -> tuple[_Entry, ...]:
    """One entry a file, sorted by id. Raises InputErrors for bad files and ids that stand twice."""
    problems: list[Problem] = []
    found: dict[str, tuple[_Entry, Path]] = {}
    for path, data in contents:
        try:
            entry = _parse(path, data, kind)
        except InputErrors as error:
            problems += error.problems
            continue
        if entry.id in found:
            problems.append(Problem(Place(str(path)), f"the id {entry.id} stands in {found[entry.id][1]} too"))
        found[entry.id] = (entry, path)
    if problems:
        raise InputErrors(problems)
    return tuple(found[key][0] for key in sorted(found))


def _parse(path: Path, data: bytes, kind: Callable[[object], type[_Entry]]) -> _Entry:
    if len(data) > MAX_BYTES:
        raise InputErrors.one(str(path), f"larger than {MAX_BYTES} bytes")
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        raise InputErrors.one(str(path), f"not UTF-8: {error.reason}") from None
    located = parse_yaml(text, str(path))
    try:
        entry = kind(located.value).model_validate(located.value)
    except ValidationError as error:
        raise InputErrors(
            Problem(located.place(tuple(item["loc"])), f"{'.'.join(map(str, item['loc']))}: {item['msg']}")
            for item in error.errors(include_url=False)
        ) from None
    if not entry.stands_in(path):
        raise InputErrors.one(str(path), f"the id is {entry.id}, the file says {path.stem}", "one file, one id")
    return entry


def _cache_file(name: str, contents: Files, schemas: Iterable[Path]) -> Path:
    digest = hashlib.sha256(b"".join(path.read_bytes() for path in schemas))
    for path, data in contents:
        digest.update(str(path.name).encode() + b"\0" + hashlib.sha256(data).digest())
    root = os.environ.get("XDG_CACHE_HOME")
    folder = (Path(root) if root else Path("~/.cache").expanduser()) / "opslead"
    return folder / f"{name}-{digest.hexdigest()[:32]}.json"


def _write(store: Path, data: bytes, name: str) -> None:
    """Whole or not at all; a cache that cannot be written is done without."""
    with contextlib.suppress(OSError):
        store.parent.mkdir(parents=True, exist_ok=True)
        handle, half = tempfile.mkstemp(dir=store.parent)
        with os.fdopen(handle, "wb") as file:
            file.write(data)
        Path(half).replace(store)
        for old in store.parent.glob(f"{name}-*.json"):
            if old != store and old.stem.rpartition("-")[0] == name:  # `a-*` finds the indexes of `a-b` too
                old.unlink()
