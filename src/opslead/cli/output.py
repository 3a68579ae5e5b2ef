"""Options that say what is written and in which form, for every command that renders a specification."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Literal

import click

from opslead.errors import InputErrors
from opslead.render.format import Bundle, Template, format_of, names, possible

ALL = "all"
_KINDS: tuple[Literal["docx", "md.j2"], ...] = ("docx", "md.j2")
_FORMATS = {"docx": "docx", "md.j2": "template"}
"""The format that a kind of template is for."""
_MOST = 20_000_000
"""Bytes of a template. A Word file with a few pictures has two million."""


def _formats(context: click.Context, parameter: click.Parameter, value: str) -> tuple[str, ...]:
    del context, parameter
    asked = tuple(dict.fromkeys(part.strip() for part in value.split(",") if part.strip()))
    if unknown := [name for name in asked if name not in (ALL, *names())]:
        raise click.BadParameter(f"no such format: {', '.join(unknown)}; there are {', '.join(names())}")
    return (ALL,) if ALL in asked else asked


def _start(context: click.Context, parameter: click.Parameter, value: str | None) -> date | None:
    del context, parameter
    try:
        return date.fromisoformat(value) if value else None
    except ValueError:
        raise click.BadParameter(f"{value} is no date; write it as 2027-01-04") from None


def _template(context: click.Context, parameter: click.Parameter, value: Path | None) -> Template | None:
    """The file read. Raises InputErrors for one that is not there, too large, or of no kind that is known."""
    del context, parameter
    if value is None:
        return None
    kind = next((kind for kind in _KINDS if value.name.lower().endswith(f".{kind}")), None)
    if kind is None:
        raise InputErrors.one(str(value), "not a template", "give a .docx, or Markdown with places in it as .md.j2")
    try:
        with value.open("rb") as file:
            content = file.read(_MOST + 1)
    except OSError as error:
        raise InputErrors.one(str(value), f"cannot be read: {error.strerror or error}", "name a file") from None
    if len(content) > _MOST:
        raise InputErrors.one(str(value), f"larger than {_MOST // 1_000_000} MB", "leave pictures out of the template")
    return Template(str(value), kind, content)


def output_options(command: Callable[..., None]) -> Callable[..., None]:
    """`--format`, `--start`, `--template`: the command gets `formats`, `start` and `template`."""
    for option in reversed(
        (
            click.option(
                "--format",
                "formats",
                default="md,json",
                show_default=True,
                callback=_formats,
                help=f"What to write, several divided by commas, or all: {', '.join(names())}.",
            ),
            click.option(
                "--start",
                metavar="YYYY-MM-DD",
                callback=_start,
                help="The day on which the rollout begins, from which review dates are counted.",
            ),
            click.option(
                "--template",
                type=click.Path(path_type=Path),
                callback=_template,
                help="Your own form: a .docx whose styles, header and footer are used, or a .md.j2.",
            ),
        )
    ):
        command = option(command)
    return command


def wanted(formats: tuple[str, ...], bundle: Bundle) -> tuple[str, ...]:
    """The formats to render: all that have what they need where all are asked for, and the one that a template is for."""
    chosen = possible(bundle) if formats == (ALL,) else formats
    if bundle.template and _FORMATS[bundle.template.kind] not in chosen:
        chosen = (*chosen, _FORMATS[bundle.template.kind])
    if formats == (ALL,):
        for name in names():
            if name not in chosen:
                click.echo(f"left out of all: {name}, which needs {_how(format_of(name).needs)}", err=True)
    return chosen


def _how(need: str | None) -> str:
    return {"start": "--start", "md.j2": "--template FILE.md.j2"}.get(need or "", "nothing")
