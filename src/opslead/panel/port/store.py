"""The folder of a run: every call under the hash of its request, so that it is paid once and can be replayed.

    run.json                 the model's name
    calls/<hash>.json        request and answer, written whole the moment the answer is there
    failed/<hash>.json       request and why there is no answer; a later run asks again, a replay tells it again

Two identical requests are one call. A file is written beside its place and then moved, so a run that is killed leaves whole files.
"""

from __future__ import annotations

import contextlib
import os
import re
from collections.abc import Iterable
from pathlib import Path
from typing import Literal, TypeVar

from pydantic import BaseModel, ConfigDict, ValidationError

from opslead.errors import InputErrors, Place, Problem
from opslead.panel.port.exchange import CallFailed, Request, Said, UserTurn, readable

_NAME = re.compile(r"[0-9a-f]{64}\.json")
_UNFINISHED = re.compile(r"\.[0-9a-f]{64}\.json\.\d+")
_MOST_BYTES = 20_000_000


class _Kept(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class _Run(_Kept):
    form: Literal[1] = 1
    model: str


class _Call(_Kept):
    request: Request
    said: Said


class _Failed(_Kept):
    request: Request
    failure: Literal["wire", "budget"]
    detail: str
    bound: str = ""


K = TypeVar("K", _Run, _Call, _Failed)


class Store:
    """The calls of one run. Without a folder they live in memory."""

    def __init__(
        self,
        folder: Path | None,
        model: str,
        calls: dict[str, Said],
        failed: dict[str, CallFailed],
        requests: Iterable[Request] = (),
    ) -> None:
        self.folder = folder
        self.model = model
        self._calls = calls
        self._failed = failed
        self._told: set[str] = set()
        self._about: dict[tuple[str, int], list[Request]] = {}
        for request in requests:
            self._about.setdefault(_turn(request), []).append(request)

    def __repr__(self) -> str:
        return f"Store({self.model}, {len(self._calls)} calls)"

    def get(self, key: str) -> Said | None:
        self._told.add(key)
        return self._calls.get(key)

    def recall(self, request: Request) -> str | None:
        """The key of the stored call that asked for the same in other words: the same turn of the ask of this name; of several (a role that
        attacks in every round) one that was not told yet, and the one that has most lines in common. A version that words its prompts
        differently finds its answers so."""
        lines = _lines(request)
        alike = [(len(lines & _lines(other)), other.key()) for other in self._about.get(_turn(request), [])]
        keys = sorted((key in self._told, -common, key) for common, key in alike)
        return keys[0][2] if keys else None

    def failure(self, key: str) -> CallFailed | None:
        """Why a request of the stored run has no answer; None: it has one, or was never asked."""
        return self._failed.get(key)

    def keep(self, key: str, request: Request, said: Said) -> None:
        """Raises InputErrors when the folder cannot be written."""
        self._calls[key] = said
        self._failed.pop(key, None)
        if self.folder:
            _write(self.folder / "calls" / f"{key}.json", readable(_Call(request=request, said=said)))
            (self.folder / "failed" / f"{key}.json").unlink(missing_ok=True)

    def keep_failure(self, key: str, request: Request, failed: CallFailed) -> None:
        self._failed[key] = failed
        if self.folder:
            kept = _Failed(request=request, failure=failed.failure, detail=failed.detail, bound=failed.bound)
            _write(self.folder / "failed" / f"{key}.json", readable(kept))


def _turn(request: Request) -> tuple[str, int]:
    """Which ask the request belongs to, and which of its turns it is."""
    return request.about, len(request.turns)


def _lines(request: Request) -> frozenset[str]:
    """The lines of its first turn, which is what was asked; the later ones are answers and what was said of them."""
    first = request.turns[0]
    return frozenset(first.text.splitlines()) if isinstance(first, UserTurn) else frozenset()


def stored_model(folder: Path) -> str | None:
    """The model whose run the folder holds; None where there is none yet. Raises InputErrors for a damaged file."""
    path = folder / "run.json"
    return _read(path, _Run).model if path.exists() else None


def open_store(folder: Path | None, model: str) -> Store:
    """The folder's calls, made where there is none. Raises InputErrors that name every damaged or foreign file, or the other model."""
    if folder is None:
        return Store(None, model, {}, {})
    held = stored_model(folder)
    if held is not None and held != model:
        raise InputErrors.one(
            str(folder / "run.json"),
            f"the run in this folder is one of {held}, not of {model}",
            "name another folder with --run",
        )
    store = _load(folder, model)
    if held is None:
        _write(folder / "run.json", readable(_Run(model=model)))
    return store


def open_stored(folder: Path) -> Store:
    """A stored run as it is. Raises InputErrors when there is none, or a file is damaged or foreign."""
    held = stored_model(folder)
    if held is None:
        raise InputErrors.one(
            str(folder), "no stored run is there: run.json is missing", "name the folder that --run wrote"
        )
    return _load(folder, held)


def _load(folder: Path, model: str) -> Store:
    problems: list[Problem] = []
    kept_calls = _all(folder / "calls", _Call, problems)
    calls = {key: kept.said for key, kept in kept_calls.items()}
    failed = {
        key: CallFailed(kept.failure, kept.detail, kept.bound)
        for key, kept in _all(folder / "failed", _Failed, problems).items()
    }
    if problems:
        raise InputErrors(problems)
    return Store(folder, model, calls, failed, [kept.request for kept in kept_calls.values()])


def _all(folder: Path, kind: type[K], problems: list[Problem]) -> dict[str, K]:
    found: dict[str, K] = {}
    for path in sorted(folder.iterdir()) if folder.is_dir() else ():
        if _UNFINISHED.fullmatch(path.name):  # of a run that was killed while writing
            continue
        try:
            found[path.stem] = _one(path, kind)
        except InputErrors as error:
            problems.extend(error.problems)
    return found


def _one(path: Path, kind: type[K]) -> K:
    if not _NAME.fullmatch(path.name):
        raise _bad(path, "the file is not of a stored run")
    kept = _read(path, kind)
    if isinstance(kept, (_Call, _Failed)) and kept.request.key() != path.stem:
        raise _bad(path, "the request inside is not the one that the file is named after")
    return kept


def _read(path: Path, kind: type[K]) -> K:
    try:
        if path.stat().st_size > _MOST_BYTES:
            raise _bad(path, f"the file is larger than {_MOST_BYTES:,} bytes")
        return kind.model_validate_json(path.read_bytes())
    except ValidationError as error:
        first = error.errors(include_url=False, include_input=False)[0]
        where = ".".join(map(str, first["loc"]))
        raise _bad(path, f"damaged: {where + ': ' if where else ''}{first['msg']}") from None
    except OSError as error:
        raise InputErrors.one(str(path), f"cannot be read: {error.strerror or error}") from None


def _bad(path: Path, reason: str) -> InputErrors:
    return InputErrors(
        [Problem(Place(str(path)), reason, "delete the file: a run with the model asks again for what is missing")]
    )


def _write(path: Path, text: str) -> None:
    beside = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with beside.open("w", encoding="utf-8", newline="\n") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        beside.replace(path)
    except OSError as error:
        with contextlib.suppress(OSError):
            beside.unlink()
        raise InputErrors.one(
            str(path.parent), f"cannot write there: {error.strerror or error}", "name another folder with --run"
        ) from None
