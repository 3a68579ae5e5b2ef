"""`opslead check`: the contract on anybody's specification."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path

import click

from opslead.cli.files import replace_file
from opslead.cli.reports import REPORTS, Checked
from opslead.contract import lint
from opslead.contract.fixes import Change, fix
from opslead.errors import InputErrors
from opslead.intake.page.readers import read_source
from opslead.spec.parse import parse_specification

_BOM = b"\xef\xbb\xbf"
_MENDED = (".md", ".markdown", ".txt")


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
    sources = [read_source(path) for path in specifications]
    changes = [_mended(path) for path in specifications] if mend else [() for _ in specifications]
    if mend:
        sources = [
            read_source(path) if done else source
            for path, source, done in zip(specifications, sources, changes, strict=True)
        ]
    checked = []
    for source, done in zip(sources, changes, strict=True):
        specification = parse_specification(source.text, source.name)
        checked.append(Checked(source, specification.language, lint(specification), done))
    click.echo(REPORTS[form](checked), nl=False)
    if _failed(checked, fail_on):
        sys.exit(1)


def _failed(checked: Sequence[Checked], fail_on: str) -> bool:
    if fail_on == "never":
        return False
    return any(one.errors or (fail_on == "warning" and one.findings) for one in checked)


def _mended(path: str) -> tuple[Change, ...]:
    """Mends one file in place. Line ends and a byte order mark stay as they are. Raises InputErrors where a file cannot be mended."""
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
    if done.changes:
        mended = done.text.replace("\n", "\r\n") if windows else done.text
        replace_file(Path(path), data[: len(data) - len(body)] + mended.encode())
    return done.changes
