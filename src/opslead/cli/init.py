"""`opslead init`: an annotated service.yaml to start from."""

from __future__ import annotations

from importlib import resources
from pathlib import Path

import click

from opslead.cli.files import write_all
from opslead.errors import InputErrors
from opslead.model.schema import SCHEMA_FILE, service_schema


@click.command("init")
@click.option("--out", default=".", show_default=True, type=click.Path(path_type=Path), help="Folder to write to.")
@click.option("--lang", default="ko", type=click.Choice(["ko", "en"]), show_default=True)
def command(out: Path, lang: str) -> None:
    """Write service.yaml, filled with a small example and explained line by line, and its schema."""
    target = out / "service.yaml"
    if target.exists():
        raise InputErrors.one(str(target), "is there already", "name another folder with --out")
    text = resources.files("opslead").joinpath("data", "init", f"service.{lang}.yaml").read_text(encoding="utf-8")
    for path in write_all(out, {SCHEMA_FILE: service_schema().encode(), "service.yaml": text.encode()}):
        click.echo(str(path))
