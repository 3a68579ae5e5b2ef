"""Where a user's own packs are: `--packs`, and `packs = [...]` in the nearest `opslead.toml` above the working folder."""

from __future__ import annotations

import tomllib
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

import click

from opslead.errors import InputErrors

SETTINGS = "opslead.toml"
_Command = TypeVar("_Command", bound=Callable[..., Any])


def packs_option(command: _Command) -> _Command:
    """The option `--packs`; what it gives goes through `pack_folders`."""
    return click.option(
        "--packs",
        multiple=True,
        type=click.Path(path_type=Path, exists=True, file_okay=False),
        help="A folder of your own patterns and packs, beside those of opslead.toml; may be given several times.",
    )(command)


def pack_folders(given: tuple[Path, ...]) -> tuple[Path, ...]:
    """The folders of `opslead.toml` and those given, each once. Raises InputErrors for settings that mean nothing."""
    return tuple(dict.fromkeys(path.resolve() for path in (*_from_settings(Path.cwd()), *given)))


def _from_settings(start: Path) -> tuple[Path, ...]:
    path = next((folder / SETTINGS for folder in (start, *start.parents) if (folder / SETTINGS).is_file()), None)
    if path is None:
        return ()
    try:
        settings = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise InputErrors.one(str(path), f"cannot be read: {error}") from None
    listed = settings.pop("packs", [])
    hint = 'write packs = ["our-packs"]; folders are looked for beside this file'
    if settings:
        raise InputErrors.one(str(path), f"unknown setting: {', '.join(sorted(settings))}", hint)
    if not isinstance(listed, list) or not all(isinstance(name, str) for name in listed):
        raise InputErrors.one(str(path), "packs is not a list of folders", hint)
    folders = tuple(path.parent / name for name in listed)
    if missing := [folder.name for folder in folders if not folder.is_dir()]:
        raise InputErrors.one(str(path), f"there is no folder {', '.join(missing)}", hint)
    return folders
