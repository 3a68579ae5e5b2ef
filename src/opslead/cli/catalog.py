"""`opslead catalog`: the patterns, listed and checked like code."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from opslead.intake.lexicon import words
from opslead.knowledge.findings import load_findings
from opslead.knowledge.lint import lint
from opslead.knowledge.lint_findings import lint_findings
from opslead.knowledge.store import load_catalog


@click.group("catalog")
def command() -> None:
    """Look at the patterns and check them like code."""


_FOLDERS = click.argument("folders", nargs=-1, type=click.Path(path_type=Path, exists=True, file_okay=False))


@command.command("lint")
@_FOLDERS
def lint_command(folders: tuple[Path, ...]) -> None:
    """Check the built-in patterns and those in FOLDERS; the exit code is 1 when there is a complaint."""
    patterns = load_catalog(folders, cache=False)
    findings = load_findings()
    complaints = [*lint(patterns, frozenset(words("concepts"))), *lint_findings(findings.values())]
    for complaint in complaints:
        click.echo(complaint)
    click.echo(f"{len(patterns)} patterns, {len(findings)} findings, {len(complaints)} complaints")
    if complaints:
        sys.exit(1)


@command.command("list")
@_FOLDERS
@click.option("--lang", default="en", type=click.Choice(["ko", "en"]), show_default=True)
def list_command(folders: tuple[Path, ...], lang: str) -> None:
    """One line a pattern: id, surfaces, name."""
    for pattern in load_catalog(folders):
        text = pattern.policy.ko if lang == "ko" else pattern.policy.en
        click.echo(f"{pattern.id}\t{','.join(map(str, pattern.surfaces))}\t{text.name}")
