"""`opslead check`: the contract on anybody's specification."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TypeVar

import click

from opslead.cli.files import replace_file
from opslead.cli.reports import REPORTS, Checked
from opslead.contract import lint
from opslead.contract.fixes import Fixed, fix
from opslead.errors import InputErrors, Problem
from opslead.intake.page.readers import read_source
from opslead.spec.parse import parse_specification

_REPORT = b'<meta name="generator" content="opslead report">'
_BOM = b"\xef\xbb\xbf"
_MENDED = (".md", ".markdown", ".txt")
_In = TypeVar("_In")
_Out = TypeVar("_Out")


@click.command("check")
@click.argument("specifications", nargs=-1, required=True, metavar="SPECIFICATION…")
@click.option(
    "--format",
    "form",
    default="text",
    type=click.Choice(list(REPORTS)),
    show_default=True,
    help="How to report: for people, programs, code scanning, or a comment in a review.",
)
@click.option(
    "--fail-on",
    default="error",
    type=click.Choice(["error", "warning", "never"]),
    show_default=True,
    help="From which severity on the exit code is 1.",
)
@click.option(
    "--fix",
    "mend",
    is_flag=True,
    help="Mend what is mechanical in Markdown files first: titles, labels, order, numbering, rows that stand twice.",
)
def command(specifications: tuple[str, ...], form: str, fail_on: str, mend: bool) -> None:
    """Hold a SPECIFICATION in Markdown, Word, HTML or JSON, whoever wrote it, to the contract.

    Nothing is written without --fix. The exit code is 0 when nothing is found from --fail-on on, 1 when something is, 2 for files that
    cannot be read.
    """
    done = _each(partial(_held, mend=mend), _once(specifications))
    for one in done:
        if one.checked.changes:
            replace_file(Path(one.checked.name), one.data)
    checked = [one.checked for one in done]
    click.echo(REPORTS[form](checked), nl=False)
    if _failed(checked, fail_on):
        sys.exit(1)


def _once(paths: Sequence[str]) -> Sequence[str]:
    """The paths, where the standard input is named once at most. Raises InputErrors."""
    if paths.count("-") > 1:
        raise InputErrors.one("-", "the standard input can be read once", "name it once, or give files")
    return paths


def _each(do: Callable[[_In], _Out], items: Iterable[_In]) -> list[_Out]:
    """What `do` makes of each. Raises InputErrors with the problems of all."""
    problems: list[Problem] = []
    made: list[_Out] = []
    for item in items:
        try:
            made.append(do(item))
        except InputErrors as error:
            problems += error.problems
    if problems:
        raise InputErrors(problems)
    return made


@dataclass(frozen=True)
class _Held:
    """One document held to the contract, and the file's bytes as they would be after `--fix`: nothing is written before all are read."""

    checked: Checked
    data: bytes


def _held(path: str, mend: bool) -> _Held:
    """Raises InputErrors."""
    source = read_source(path)
    _refuse_report(path)
    fixed, data = _mended(path) if mend else (Fixed(source.text, ()), b"")
    specification = parse_specification(fixed.text, source.name)
    return _Held(Checked(source, specification.language, lint(specification), fixed.changes), data)


def _refuse_report(path: str) -> None:
    """Our interactive report is made for reading: its parts are pictures, cards and forms. Raises InputErrors."""
    if path != "-":
        with Path(path).open("rb") as file:
            if _REPORT in file.read(4096):
                hint = "check specification.md or specification.json, which the same run can write beside it"
                raise InputErrors.one(path, "this is opslead's interactive report, a view of a specification", hint)


def _failed(checked: Sequence[Checked], fail_on: str) -> bool:
    if fail_on == "never":
        return False
    return any(one.errors or (fail_on == "warning" and one.findings) for one in checked)


def _mended(path: str) -> tuple[Fixed, bytes]:
    """The mended text and the file's bytes with it; line ends and a byte order mark stay as they are. Raises InputErrors."""
    if path == "-" or Path(path).suffix.lower() not in (*_MENDED, ".json"):
        raise InputErrors.one(path, "only Markdown files can be mended", "leave --fix out, or save it as a .md file")
    data = Path(path).read_bytes()
    body = data.removeprefix(_BOM)
    try:
        text = body.decode("utf-8")
    except UnicodeDecodeError:
        raise InputErrors.one(path, "only UTF-8 can be mended", "save it as UTF-8, or leave --fix out") from None
    windows = "\r\n" in text and "\n" not in text.replace("\r\n", "")
    done = fix(text.replace("\r\n", "\n") if windows else text)
    mended = done.text.replace("\n", "\r\n") if windows else done.text
    return done, data[: len(data) - len(body)] + mended.encode()
