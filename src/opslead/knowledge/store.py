"""The catalog: all patterns, loaded once and kept as an index that is checked by content.

Parsing hundreds of YAML files takes seconds, so the validated patterns are kept as one JSON file in the user's cache
folder, named by the hash of every pattern's bytes and of the schema; a changed, added or removed file gives another name. Where the
cache cannot be written the catalog is parsed anew each time.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import tempfile
from collections.abc import Iterable, Sequence
from importlib import resources
from pathlib import Path

from pydantic import TypeAdapter, ValidationError

from opslead.errors import InputErrors, Place, Problem
from opslead.knowledge import schema
from opslead.knowledge.schema import Pattern
from opslead.model.yamlio import parse_yaml

MAX_BYTES = 200_000
_PATTERNS = TypeAdapter(tuple[Pattern, ...])


def built_in() -> Path:
    """The folder of the patterns that come with opslead."""
    return Path(str(resources.files("opslead") / "data" / "patterns"))


def load_catalog(folders: Sequence[Path] = (), *, cache: bool = True) -> tuple[Pattern, ...]:
    """The built-in patterns and those of a user's own folders, by id. Raises InputErrors naming every bad file."""
    files = [path for folder in (built_in(), *folders) for path in sorted(folder.rglob("*.yaml"))]
    contents = [(path, path.read_bytes()) for path in files]
    store = _cache_file(contents) if cache else None
    if store is not None and store.exists():
        with contextlib.suppress(ValidationError, OSError):  # a damaged index is rebuilt below
            return _PATTERNS.validate_json(store.read_bytes())
    patterns = parse_patterns(contents)
    if store is not None:
        _write(store, _PATTERNS.dump_json(patterns, by_alias=True, exclude_unset=True))
    return patterns


def parse_patterns(contents: Iterable[tuple[Path, bytes]]) -> tuple[Pattern, ...]:
    """The patterns of the files, sorted by id. Raises InputErrors for bad files and ids that stand twice."""
    problems: list[Problem] = []
    found: dict[str, tuple[Pattern, Path]] = {}
    for path, data in contents:
        try:
            pattern = _parse(path, data)
        except InputErrors as error:
            problems += error.problems
            continue
        if pattern.id in found:
            problems.append(Problem(Place(str(path)), f"the id {pattern.id} stands in {found[pattern.id][1]} too"))
        found[pattern.id] = (pattern, path)
    if problems:
        raise InputErrors(problems)
    return tuple(found[key][0] for key in sorted(found))


def _parse(path: Path, data: bytes) -> Pattern:
    if len(data) > MAX_BYTES:
        raise InputErrors.one(str(path), f"larger than {MAX_BYTES} bytes")
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        raise InputErrors.one(str(path), f"not UTF-8: {error.reason}") from None
    located = parse_yaml(text, str(path))
    try:
        pattern = Pattern.model_validate(located.value)
    except ValidationError as error:
        raise InputErrors(
            Problem(located.place(tuple(item["loc"])), f"{'.'.join(map(str, item['loc']))}: {item['msg']}")
            for item in error.errors(include_url=False)
        ) from None
    if pattern.id != path.stem:
        raise InputErrors.one(str(path), f"the id is {pattern.id}, the file name says {path.stem}", "one file, one id")
    return pattern


def _cache_file(contents: Iterable[tuple[Path, bytes]]) -> Path | None:
    digest = hashlib.sha256(Path(schema.__file__).read_bytes())
    for path, data in contents:
        digest.update(str(path.name).encode() + b"\0" + hashlib.sha256(data).digest())
    root = os.environ.get("XDG_CACHE_HOME")
    return (
        (Path(root) if root else Path("~/.cache").expanduser()) / "opslead" / f"catalog-{digest.hexdigest()[:32]}.json"
    )


def _write(store: Path, data: bytes) -> None:
    """Whole or not at all; a cache that cannot be written is done without."""
    with contextlib.suppress(OSError):
        store.parent.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(dir=store.parent)
        with os.fdopen(handle, "wb") as file:
            file.write(data)
        Path(name).replace(store)
        for old in store.parent.glob("catalog-*.json"):
            if old != store:
                old.unlink()
