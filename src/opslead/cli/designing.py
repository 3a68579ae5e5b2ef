"""What `design` and `panel` share: their options, the run, the files, and what is said of it."""

from __future__ import annotations

import functools
import sys
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, Literal

import click

from opslead.cli.files import write_all
from opslead.cli.model_options import ModelOptions, port_of
from opslead.cli.output import output_options, wanted
from opslead.cli.packs import pack_folders, packs_option
from opslead.contract import lint
from opslead.intake.page.readers import read_source
from opslead.model.dump import dump
from opslead.model.schema import SCHEMA_FILE, service_schema
from opslead.pipeline import Design, Options, Seat, Sources, design
from opslead.render.format import Bundle, Template, render_all
from opslead.spec.labels import SURFACES
from opslead.text import pick


@dataclass(frozen=True)
class DesignOptions:
    """What the user asked to be designed, and how it is written."""

    services: tuple[str, ...]
    charter: str | None
    breach: str | None
    out: Path
    lang: Literal["ko", "en", "auto"]
    policies: int
    packs: tuple[Path, ...]
    search: bool
    formats: tuple[str, ...]
    start: date | None
    template: Template | None
    quiet: bool


_OPTIONS = (
    click.argument("services", nargs=-1, required=True, metavar="SERVICE…"),
    click.option("--charter", help="The domain charter: what the industry lives on."),
    click.option("--breach", help="The breach report: what attackers found in the last policies."),
    click.option(
        "--out", default="out", show_default=True, type=click.Path(path_type=Path), help="Folder to write to."
    ),
    click.option("--lang", default="auto", type=click.Choice(["ko", "en", "auto"]), show_default=True),
    click.option(
        "--policies", default=24, show_default=True, type=click.IntRange(20, 60), help="How many policies to choose."
    ),
    packs_option,
    click.option(
        "--search/--no-search",
        default=True,
        show_default=True,
        help="Search the flows for stories that end in a loss, and verify the policies by it.",
    ),
    output_options,
    click.option("--quiet", is_flag=True, help="Nothing but errors."),
)


def design_options(command: Callable[..., None]) -> Callable[..., None]:
    """Adds the options; the command is called with one argument for them, `options: DesignOptions`."""

    @functools.wraps(command)
    def collected(**given: Any) -> None:  # noqa: ANN401  (whatever other options the command has)
        fields = {name: given.pop(name) for name in DesignOptions.__dataclass_fields__}
        command(**given, options=DesignOptions(**fields))

    for option in reversed(_OPTIONS):
        option(collected)
    return collected


def run(options: DesignOptions, model: ModelOptions, rounds: int = 0) -> None:
    """Designs, writes, tells. Exits with 3 when a format could not be written or the model's budget was spent."""
    progress = _silent if options.quiet or not (model.wanted or sys.stderr.isatty()) else _progress
    sources = Sources(
        [read_source(path) for path in options.services],
        read_source(options.charter) if options.charter else None,
        read_source(options.breach) if options.breach else None,
    )
    port = port_of(model, options.out / "run", progress)
    if port is not None and not options.quiet and model.replay is None:
        click.echo(f"{port.model}: " + "; ".join(model.budget.lines("en")), err=True)
    made = design(
        sources,
        Options(options.lang, options.policies, options.search, packs=pack_folders(options.packs)),
        progress,
        Seat(port, rounds) if port else None,
    )
    for finding in lint(made.specification):
        click.echo(f"opslead broke its own contract, please report: {finding}", err=True)
    bundle = Bundle(made.specification, made.service, options.start, options.template)
    rendered, failed = render_all(wanted(options.formats, bundle), bundle)
    own = {SCHEMA_FILE: service_schema().encode(), "service.yaml": dump(made.document).encode()}
    written = write_all(options.out, {**own, **rendered})
    if not options.quiet:
        click.echo(summary(made, [str(path) for path in written]))
        if port is not None:
            from opslead.panel.port.budget import spent_lines

            click.echo("\n".join(spent_lines(port.spent, made.service.language)), err=True)
    for one in failed:
        click.echo(f"not written: {one.name}: {one.why}", err=True)
    if failed or (port is not None and port.spent.exhausted):
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
