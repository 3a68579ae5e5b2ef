"""What a format is. One file a format in `formats/`, pure functions of what was designed; one that fails never stops the others."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Literal

from opslead.errors import OpsleadError
from opslead.model.service import Service
from opslead.render import formats
from opslead.spec.document import Specification


@dataclass(frozen=True)
class Template:
    """A user's own file to render with: `name` as it was given, `kind` by its ending, `content` its bytes."""

    name: str
    kind: Literal["docx", "md.j2"]
    content: bytes


Need = Literal["start", "md.j2"]
"""What a format cannot do without: the day on which the rollout begins, or a Markdown template."""


@dataclass(frozen=True)
class Bundle:
    """What is rendered: the specification, and the service it is of; None for a document that was read and not designed.

    `start`: the day on which the rollout begins, for formats that have dates; nothing here reads a clock. `template`: a user's own.
    """

    specification: Specification
    service: Service | None = None
    start: date | None = None
    template: Template | None = None

    def has(self, need: Need | None) -> bool:
        """Whether what a format needs is there."""
        return {
            None: True,
            "start": self.start is not None,
            "md.j2": self.template is not None and self.template.kind == "md.j2",
        }[need]


@dataclass(frozen=True)
class Format:
    """`render` gives the files by name, whole. A package that only this format needs is in the extra of the same name.

    `needs`: without it `render` raises RenderError, and `all` does without the format.
    """

    name: str
    summary: str
    render: Callable[[Bundle], Mapping[str, bytes]]
    needs: Need | None = None


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


def possible(bundle: Bundle) -> tuple[str, ...]:
    """The formats that have what they need, which is what `all` means."""
    return tuple(name for name in names() if bundle.has(format_of(name).needs))


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
