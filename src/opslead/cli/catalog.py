"""`opslead catalog`: the patterns and packs, listed, counted and checked like code."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from opslead.cli.packs import pack_folders, packs_option
from opslead.intake.lexicon import words
from opslead.intake.page.readers import read_source
from opslead.knowledge.catalog import load_catalog
from opslead.knowledge.findings import load_findings
from opslead.knowledge.lint import lint
from opslead.knowledge.lint_findings import lint_findings
from opslead.knowledge.lint_packs import lint_packs
from opslead.knowledge.stats import CONTROLS, Row, stats
from opslead.lenses import examine_all
from opslead.pipeline import Options, understand
from opslead.policy.synthesise import synthesise


@click.group("catalog")
def command() -> None:
    """Look at the patterns and check them like code."""


@command.command("lint")
@packs_option
@click.argument("folders", nargs=-1, type=click.Path(path_type=Path, exists=True, file_okay=False))
def lint_command(packs: tuple[Path, ...], folders: tuple[Path, ...]) -> None:
    """Check the built-in patterns and packs and those in FOLDERS; the exit code is 1 when there is a complaint."""
    catalog = load_catalog(pack_folders((*packs, *folders)), cache=False)
    patterns, findings = catalog.everything(), load_findings()
    concepts = frozenset(words("concepts")) | catalog.concepts()
    members = {pack.id: [p for p in patterns if catalog.pack_of(p.id) is pack] for pack in catalog.packs}
    built_in = frozenset(shelf.pack.id for shelf in catalog.shelves if shelf.pack is not None and not shelf.own)
    complaints = [
        *lint(patterns, concepts),
        *lint_packs({pack.id: pack for pack in catalog.packs}, members, concepts, built_in),
        *lint_findings(findings.values()),
    ]
    for complaint in complaints:
        click.echo(complaint)
    click.echo(
        f"{len(patterns)} patterns, {len(members)} packs, {len(findings)} findings, {len(complaints)} complaints"
    )
    if complaints:
        sys.exit(1)


@command.command("list")
@packs_option
@click.option("--lang", default="en", type=click.Choice(["ko", "en"]), show_default=True)
def list_command(packs: tuple[Path, ...], lang: str) -> None:
    """One line a pattern: id, pack, surfaces, name."""
    catalog = load_catalog(pack_folders(packs))
    for pattern in catalog.everything():
        text = pattern.policy.ko if lang == "ko" else pattern.policy.en
        pack = catalog.pack_of(pattern.id)
        click.echo(f"{pattern.id}\t{pack.id if pack else '-'}\t{','.join(map(str, pattern.surfaces))}\t{text.name}")


@command.command("stats")
@packs_option
@click.argument("services", nargs=-1, metavar="[SERVICE…]")
def stats_command(packs: tuple[Path, ...], services: tuple[str, ...]) -> None:
    """What the catalog covers: by surface, by pack, what no pattern closes; with SERVICES, the patterns that none of them made speak."""

    catalog = load_catalog(pack_folders(packs))
    fired: set[str] = set()
    for path in services:
        _, service = understand([read_source(path)], Options(), catalog)
        selection = catalog.select(service)
        holes = examine_all(service, selection.patterns)
        fired |= {candidate.id for candidate in synthesise(service, holes, selection.patterns).candidates}
        chosen = ", ".join(one.pack.id for one in selection.packs) or "none"
        click.echo(f"{path}: packs {chosen}; {len(selection.patterns)} patterns looked at")
    made = stats(catalog, load_findings(), fired if services else None)
    for title, rows in (("surface", made.surfaces), ("pack", made.packs)):
        click.echo(
            "\t".join([title, "patterns", *CONTROLS, "kinds of guardrail", "mechanisms", "sources", "incidents"])
        )
        for row in rows:
            click.echo(_line(row))
    click.echo(f"mechanisms that no pattern closes ({len(made.unclosed)}): {', '.join(made.unclosed)}")
    if services:
        click.echo(f"patterns that never spoke ({len(made.silent)}): {', '.join(made.silent)}")


def _line(row: Row) -> str:
    counts = (row.patterns, *row.controls.values(), row.guardrails, row.mechanisms, row.references, row.incidents)
    return "\t".join([row.name, *map(str, counts)])
