"""Files written whole or not at all."""

from __future__ import annotations

import contextlib
import os
import shutil
import tempfile
from collections.abc import Mapping
from pathlib import Path

from opslead.errors import InputErrors


def write_all(folder: Path, files: Mapping[str, bytes]) -> list[Path]:
    """All files into the folder, `runbooks/3.html` into a folder of it: first every one beside its place, then moved. Raises InputErrors with nothing changed
    when one of them cannot be written."""
    staged: list[tuple[str, Path]] = []
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for name, content in files.items():
            target = folder / name
            target.parent.mkdir(parents=True, exist_ok=True)
            handle, temporary = tempfile.mkstemp(dir=target.parent, prefix=f".{target.name}.")
            staged.append((temporary, target))
            with os.fdopen(handle, "wb") as file:
                file.write(content)
                file.flush()
                os.fsync(file.fileno())
            Path(temporary).chmod(0o644)
        for _, target in staged:
            if target.is_dir():
                raise IsADirectoryError(21, "a directory has the file's name", str(target))
        for temporary, target in staged:
            Path(temporary).replace(target)
    except OSError as error:
        reason = error.strerror or str(error)
        raise InputErrors.one(str(folder), f"cannot write there: {reason}", "name another folder with --out") from None
    finally:
        for temporary, _ in staged:
            with contextlib.suppress(FileNotFoundError):
                Path(temporary).unlink()
    return [target for _, target in staged]


def replace_file(path: Path, content: bytes) -> None:
    """A file that is there with other content, at once: a reader sees the old one or the new one. Raises InputErrors."""
    target = path.resolve()
    temporary = ""
    try:
        handle, temporary = tempfile.mkstemp(dir=target.parent, prefix=f".{target.name}.")
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        shutil.copymode(target, temporary)
        Path(temporary).replace(target)
    except OSError as error:
        reason = error.strerror or str(error)
        raise InputErrors.one(
            str(path), f"cannot be written: {reason}", "check the permissions of its folder"
        ) from None
    finally:
        if temporary:
            with contextlib.suppress(FileNotFoundError):
                Path(temporary).unlink()
