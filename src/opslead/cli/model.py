"""`opslead model`: only what was understood."""

from __future__ import annotations

from pathlib import Path
from typing import Literal

import click

from opslead.cli.packs import pack_folders, packs_option
from opslead.intake.page.readers import read_source
from opslead.model.dump import dump
from opslead.model.schema import service_schema
from opslead.pipeline import Options, understand


@click.command("model")
@click.argument("services", nargs=-1, metavar="SERVICE…")
@click.option("--lang", default="auto", type=click.Choice(["ko", "en", "auto"]), show_default=True)
@packs_option
@click.option("--schema", is_flag=True, help="Print the JSON Schema of service.yaml instead.")
def command(
    services: tuple[str, ...], lang: Literal["ko", "en", "auto"], packs: tuple[Path, ...], schema: bool
) -> None:
    """Print the model that is understood from SERVICE as YAML, every value with its source."""
    if schema:
        click.echo(service_schema(), nl=False)
        return
    if not services:
        raise click.UsageError("name a description, or - for the standard input")
    document, _ = understand([read_source(path) for path in services], Options(lang, packs=pack_folders(packs)))
    click.echo(dump(document), nl=False)
