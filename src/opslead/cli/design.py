"""`opslead design`: from a description to the operating policy."""

from __future__ import annotations

import click

from opslead.cli.designing import DesignOptions, design_options, run
from opslead.cli.model_options import ModelOptions, model_options


@click.command("design")
@design_options
@model_options
def command(options: DesignOptions, model: ModelOptions) -> None:
    """Write service.yaml and the specification (specification.md, specification.json) for the described SERVICE.

    SERVICE is one or several documents (.docx, .pdf, .pptx, .xlsx, .hwpx, .hwp, .html, .md, .txt), `-` for standard
    input, or an edited service.yaml. With --model a language model reads it too, looks for further holes and writes the
    policies; the engine checks all of it.
    """
    run(options, model)
