"""What a format is. One file a format in `formats/`, pure functions of what was designed; one that fails never stops the others."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from opslead.errors import OpsleadError
from opslead.model.service import Service
from opslead.render import formats
from opslead.spec.document import Specification


@dataclass(frozen=True)
class Bundle:
    """What is rendered: the specification, and the service it is of; None for a document that was read and not designed."""

    specification: Specification
    service: Service | None = None


@dataclass(frozen=True)
class Format:
    """`render` gives the files by name, whole. A package that only this format needs is in the extra of the same name."""

    name: str
    summary: str
    render: Callable[[Bundle], Mapping[str, bytes]]


class RenderError(OpsleadError):
    """A format cannot be written, with what to do about it."""


@dataclass(frozen=True)
class Failed:
    """A format that could not be written, and why."""

    name: str
    why: str


def names() -> tuple[str, ...]:
    """All formats, sorted, without importing any."""
    return tuple(sorted(info.name for info in pkgutil.iter_modules(formats.__path__)))


def format_of(name: str) -> Format:
    """The format of `formats/<name>.py`. Its own imports may fail where an extra is missing."""
    found: Format = importlib.import_module(f"{formats.__name__}.{name}").FORMAT
    return found


def render_all(wanted: Iterable[str], bundle: Bundle) -> tuple[dict[str, bytes], tuple[Failed, ...]]:
    """All files of the wanted formats, and the formats that failed."""
    files: dict[str, bytes] = {}
    failed: list[Failed] = []
    for name in wanted:
        try:
            files |= format_of(name).render(bundle)
        except ModuleNotFoundError as error:
            failed.append(Failed(name, f"needs the package {error.name}: pip install 'opslead[{name}]'"))
        except RenderError as error:
            failed.append(Failed(name, str(error)))
        except Exception as error:  # noqa: BLE001 - one format's fault must not cost the others; it is reported, and the exit code is 3
            failed.append(Failed(name, f"{type(error).__name__}: {error}"))
    return files, tuple(failed)
