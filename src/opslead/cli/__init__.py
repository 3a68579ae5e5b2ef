"""The commands, one file each, loaded when asked for: 0 fine, 1 findings, 2 wrong use or bad input, 3 incomplete."""

from __future__ import annotations

import gc
import importlib
import sys

import click

from opslead.errors import InputErrors

COMMANDS = (
    "adopt", "attack", "catalog", "charter", "check", "design", "eval", "explain", "export", "init", "mcp", "model",
    "panel", "prompt", "trace",
)  # fmt: skip


class _Lazy(click.Group):
    """Imports a command's module only when that command runs."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        del ctx
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        del ctx
        if cmd_name not in COMMANDS:
            return None
        command: click.Command = importlib.import_module(f"opslead.cli.{cmd_name}").command
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """The list of commands without importing them."""
        del ctx
        with formatter.section("Commands"):
            formatter.write_dl([(name, _SHORT[name]) for name in COMMANDS])


_SHORT = {
    "adopt": "Check what a chat window wrote and take what stands into the document.",
    "attack": "What still breaks with the policies in place: by search, or by a model's attackers.",
    "catalog": "Look at the patterns and check them like code.",
    "charter": "Draft what the trade lives on, for --charter.",
    "check": "Hold anybody's specification to the contract.",
    "design": "From a description to the operating policy.",
    "eval": "Compare specifications of one service: what in them is not true, and what they leave open.",
    "explain": "What a rule, pattern or finding means and why it fired.",
    "export": "What the search looks at, for other model checkers, or as a diagram.",
    "init": "Write an annotated service.yaml to start from.",
    "mcp": "Tools for assistants, editors and agents, over the Model Context Protocol.",
    "model": "Only what was understood: the model, with its sources.",
    "panel": "A language model at every stage, then attack and revision until nothing new breaks.",
    "prompt": "One brief for any chat window; `adopt` reads the answer.",
    "trace": "A story of the search step by step, as text or diagram.",
}


@click.group(cls=_Lazy, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="opslead")
def group() -> None:
    """opslead answers as a hard-nosed operations lead: how a service will break, and the policies that stop it."""


def main() -> None:
    """Runs a command; problems of the input are shown together and end with exit code 2."""
    gc.disable()  # a command is short; walking the catalog's objects again and again takes a third of its time
    try:
        group(standalone_mode=False)
    except InputErrors as error:
        for problem in error.problems:
            click.echo(f"error: {problem}", err=True)
        sys.exit(2)
    except click.exceptions.Exit as error:
        sys.exit(error.exit_code)
    except click.ClickException as error:
        error.show()
        sys.exit(2)
    except (click.Abort, KeyboardInterrupt):
        click.echo("interrupted; nothing was written", err=True)
        sys.exit(3)
    except BrokenPipeError:
        sys.stderr.close()
        sys.exit(0)
