"""`opslead check`: the contract on anybody's specification."""

from __future__ import annotations

import sys
from dataclasses import replace

import click

from opslead.contract import lint
from opslead.contract.rule import Finding
from opslead.intake.page.readers import Source, read_source
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
    """Hold a SPECIFICATION in Markdown, Word, HTML or JSON, whoever wrote it, to the contract."""
    sources = [read_source(path) for path in specifications]
    failed = False
    for source in sources:
        findings = lint(parse_specification(source.text, source.name))
        for finding in findings:
            click.echo(_placed(source, finding))
        errors = sum(f.severity == "error" for f in findings)
        click.echo(f"{source.name}: {errors} errors, {len(findings) - errors} warnings")
        failed |= (fail_on == "warning" and bool(findings)) or (fail_on == "error" and errors > 0)
    if failed:
        sys.exit(1)


def _placed(source: Source, finding: Finding) -> str:
    """The finding with its place: in a document that has no lines, its own (`plan.docx:¶12`)."""
    place = source.place(finding.breach.line)
    if not place.label:
        return f"{source.name}: {finding}"
    return f"{place}: {replace(finding, breach=replace(finding.breach, line=0))}"
