"""`opslead charter`: a draft of what the trade lives on, for whoever knows it to correct."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Literal

import click

from opslead.cli.files import write_all
from opslead.cli.model_options import ModelOptions, model_options, port_of
from opslead.cli.packs import pack_folders, packs_option
from opslead.intake.page.readers import read_source
from opslead.panel.charter.draft import draft, render
from opslead.panel.charter.strategist import draft_with
from opslead.pipeline import Options, understand


@click.command("charter")
@click.argument("services", nargs=-1, required=True, metavar="SERVICE…")
@click.option(
    "--out", type=click.Path(path_type=Path, dir_okay=False), help="File to write. [default: standard output]"
)
@click.option("--lang", default="auto", type=click.Choice(["ko", "en", "auto"]), show_default=True)
@packs_option
@model_options
def command(
    services: tuple[str, ...],
    out: Path | None,
    lang: Literal["ko", "en", "auto"],
    packs: tuple[Path, ...],
    model: ModelOptions,
) -> None:
    """Draft a domain charter of SERVICE: 5 to 8 sentences, each with its quotation, its sum, or the question that confirms it.

    Without a model the sentences are those that the description itself bears, and fewer where it says less. Correct the draft and give it
    to `opslead design --charter`.
    """
    sources = [read_source(path) for path in services]
    _, service = understand(sources, Options(lang, packs=pack_folders(packs)))
    port = port_of(model, None, _progress)
    if port is None:
        text = render(draft(service))
    else:
        drafted = draft_with(port, service, sources, _progress)
        for refusal in drafted.refused:
            click.echo(f"not kept: {refusal.what} ({refusal.why})", err=True)
        text = render(drafted.charter)
    if out is None:
        click.echo(text, nl=False)
    else:
        (written,) = write_all(out.parent, {out.name: text.encode()})
        click.echo(str(written))


def _progress(stage: str, detail: str) -> None:
    if sys.stderr.isatty():
        click.echo(f"{stage}: {detail}", err=True)
