"""`opslead design`: from a description to the operating policy."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Literal

import click

from opslead.cli.files import write_all
from opslead.cli.packs import pack_folders, packs_option
from opslead.contract import lint
from opslead.intake.page.readers import read_source
from opslead.model.dump import dump
from opslead.model.schema import SCHEMA_FILE, service_schema
from opslead.pipeline import Design, Options, Sources, design
from opslead.render.format import Bundle, names, render_all
from opslead.spec.labels import SURFACES
from opslead.text import pick


def _formats(context: click.Context, parameter: click.Parameter, value: str) -> tuple[str, ...]:
    del context, parameter
    asked = tuple(dict.fromkeys(part.strip() for part in value.split(",") if part.strip()))
    if "all" in asked:
        return names()
    if unknown := [name for name in asked if name not in names()]:
        raise click.BadParameter(f"no such format: {', '.join(unknown)}; there are {', '.join(names())}")
    return asked


@click.command("design")
@click.argument("services", nargs=-1, required=True, metavar="SERVICE…")
@click.option("--charter", help="The domain charter: what the industry lives on.")
@click.option("--breach", help="The breach report: what attackers found in the last policies.")
@click.option("--out", default="out", show_default=True, type=click.Path(path_type=Path), help="Folder to write to.")
@click.option("--lang", default="auto", type=click.Choice(["ko", "en", "auto"]), show_default=True)
@click.option(
    "--policies", default=24, show_default=True, type=click.IntRange(20, 60), help="How many policies to choose."
)
@packs_option
@click.option(
    "--search/--no-search",
    default=True,
    show_default=True,
    help="Search the flows for stories that end in a loss, and verify the policies by it.",
)
@click.option(
    "--format",
    "formats",
    default="md,json",
    show_default=True,
    callback=_formats,
    help=f"What to write, several divided by commas, or all: {', '.join(names())}.",
)
@click.option("--quiet", is_flag=True, help="Nothing but errors.")
def command(
    services: tuple[str, ...],
    charter: str | None,
    breach: str | None,
    out: Path,
    lang: Literal["ko", "en", "auto"],
    policies: int,
    packs: tuple[Path, ...],
    search: bool,
    formats: tuple[str, ...],
    quiet: bool,
) -> None:
    """Write service.yaml and the specification (specification.md, specification.json) for the described SERVICE.

    SERVICE is one or several Markdown or text files, `-` for standard input, or an edited service.yaml.
    """
    progress = _progress if sys.stderr.isatty() and not quiet else _silent
    sources = Sources(
        [read_source(path) for path in services],
        read_source(charter) if charter else None,
        read_source(breach) if breach else None,
    )
    made = design(sources, Options(lang, policies, search, packs=pack_folders(packs)), progress)
    for finding in lint(made.specification):
        click.echo(f"opslead broke its own contract, please report: {finding}", err=True)
    rendered, failed = render_all(formats, Bundle(made.specification, made.service))
    model = {SCHEMA_FILE: service_schema().encode(), "service.yaml": dump(made.document).encode()}
    written = write_all(out, {**model, **rendered})
    if not quiet:
        click.echo(summary(made, [str(path) for path in written]))
    for one in failed:
        click.echo(f"not written: {one.name}: {one.why}", err=True)
    if failed:
        sys.exit(3)


def _progress(stage: str, detail: str) -> None:
    click.echo(f"{stage}: {detail}", err=True)


def _silent(stage: str, detail: str) -> None:
    del stage, detail


def summary(made: Design, files: list[str]) -> str:
    """What was understood, holes by surface, the five gravest stories, where the files are."""
    service, spec = made.service, made.specification
    lang = service.language
    steps = sum(1 for _ in service.steps())
    lines = [
        pick(lang, f"이해한 것: {service.name}", f"Understood: {service.name}"),
        pick(
            lang,
            f"  사람 {len(service.actors)} · 자원 {len(service.resources)} · 흐름 {len(service.flows)}(단계 {steps}) · 파트너 {len(service.partners)} · 읽었지만 이해하지 못한 문장 {len(service.unread)}",
            f"  {len(service.actors)} actors, {len(service.resources)} resources, {len(service.flows)} flows ({steps} steps), {len(service.partners)} partners; {len(service.unread)} passages read but not understood",
        ),
        pick(lang, "표면별 구멍:", "Holes by surface:"),
    ]
    lines += [
        f"  [{n}] {SURFACES[lang][int(n)]}: {len(view.holes)} → {pick(lang, '정책', 'policies')} {len(view.policies)}"
        for n, view in spec.surfaces.items()
    ]
    lines.append(pick(lang, "가장 무거운 다섯 가지:", "The five gravest:"))
    lines += [f"  {i}. {mode.condition} → {mode.user_impact}" for i, mode in enumerate(spec.failure_modes[:5], 1)]
    lines.append(
        pick(
            lang,
            f"정책 {len(spec.policies)}개, 검증 질문 {len(spec.questions)}개:",
            f"{len(spec.policies)} policies, {len(spec.questions)} questions:",
        )
    )
    lines += [f"  {name}" for name in files]
    return "\n".join(lines)
