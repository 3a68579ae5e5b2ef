"""`opslead panel`: a language model at every stage, then attack and revision until a round brings nothing new."""

from __future__ import annotations

import click

from opslead.cli.designing import DesignOptions, design_options, run
from opslead.cli.model_options import ModelOptions, model_options


@click.command("panel")
@design_options
@click.option("--rounds", default=3, show_default=True, type=click.IntRange(1, 9), help="Rounds of attack, at most.")
@model_options
def command(options: DesignOptions, rounds: int, model: ModelOptions) -> None:
    """Charter, holes, policies, attack, breach report, revision for the described SERVICE, as `design --model` and on.

    Stops when a round brings nothing new above low, at the limit of rounds, or when the budget is spent (exit code 3: the same command
    goes on from there).
    """
    if not model.wanted:
        raise click.UsageError("the panel needs a language model: name one with --model, or a stored run with --replay")
    run(options, model, rounds)
