"""`opslead prompt`: one brief for any chat window, with what the engine has understood, found and computed."""

from __future__ import annotations

import shlex
import sys
from pathlib import Path
from typing import Literal

import click

from opslead.cli.files import write_all
from opslead.cli.packs import pack_folders, packs_option
from opslead.intake.page.readers import read_source
from opslead.panel.handover.asking import Given, brief_for_chat
from opslead.pipeline import Options, Sources, prepare
from opslead.policy.compose import chosen


@click.command("prompt")
@click.argument("services", nargs=-1, required=True, metavar="SERVICE…")
@click.option("--charter", help="The domain charter: what the industry lives on.")
@click.option("--breach", help="The breach report: what attackers found in the last policies.")
@click.option(
    "--out", type=click.Path(path_type=Path, dir_okay=False), help="File to write to; without, standard output."
)
@click.option("--lang", default="auto", type=click.Choice(["ko", "en", "auto"]), show_default=True)
@packs_option
def command(
    services: tuple[str, ...],
    charter: str | None,
    breach: str | None,
    out: Path | None,
    lang: Literal["ko", "en", "auto"],
    packs: tuple[Path, ...],
) -> None:
    """Write a brief about SERVICE to paste into a chat window; `opslead adopt` reads what comes back."""
    given = Given(
        [read_source(path) for path in services],
        read_source(charter) if charter else None,
        read_source(breach) if breach else None,
    )
    found = prepare(Sources(given.services, given.charter, given.breach), Options(lang, packs=pack_folders(packs)))
    choices = chosen(found.ground, found.synthesis.candidates)
    back = adopt_command(["reply.md"], services, charter, breach, packs, lang)
    text = brief_for_chat(given, found.ground.service, choices, found.synthesis.unanswered, back)
    if out is None:
        sys.stdout.write(text)
    else:
        write_all(out.parent, {out.name: text.encode()})
        click.echo(str(out), err=True)


def adopt_command(
    replies: list[str],
    services: tuple[str, ...],
    charter: str | None,
    breach: str | None,
    packs: tuple[Path, ...],
    lang: str,
) -> str:
    """The command that hands replies back, as a shell takes it."""
    words = ["opslead", "adopt", *replies]
    words += [word for path in services for word in ("--service", path)]
    words += [word for name, path in (("--charter", charter), ("--breach", breach)) if path for word in (name, path)]
    words += [word for path in packs for word in ("--packs", str(path))]
    words += ["--lang", lang] if lang != "auto" else []
    return shlex.join(words)
