"""`opslead check`: the contract on anybody's specification."""

from __future__ import annotations

import sys

import click

from opslead.contract import lint
from opslead.intake.page.readers import read_source
from opslead.spec.parse import parse_specification


@click.command("check")
@click.argument("specifications", nargs=-1, required=True, metavar="SPECIFICATION…")
@click.option(
    "--fail-on",
    default="error",
    type=click.Choice(["error", "warning", "never"]),
    show_default=True,
    help="From which severity on the exit code is 1.",
)
def command(specifications: tuple[str, ...], fail_on: str) -> None:
    """Hold a SPECIFICATION in Markdown or JSON, whoever wrote it, to the contract."""
    sources = [read_source(path) for path in specifications]
    failed = False
    for source in sources:
        findings = lint(parse_specification(source.text, source.name))
        for finding in findings:
            click.echo(f"{source.name}: {finding}")
        errors = sum(f.severity == "error" for f in findings)
        click.echo(f"{source.name}: {errors} errors, {len(findings) - errors} warnings")
        failed |= (fail_on == "warning" and bool(findings)) or (fail_on == "error" and errors > 0)
    if failed:
        sys.exit(1)
