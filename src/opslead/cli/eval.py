"""`opslead eval`: specifications of one service beside each other, in figures. No language model takes part."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path, PurePath
from typing import TYPE_CHECKING, Literal

import click

from opslead.cli.packs import pack_folders, packs_option
from opslead.intake.page.readers import Source, read_source
from opslead.review import table
from opslead.review.figures import Figures, figures
from opslead.spec.document import Specification
from opslead.spec.parse import parse_specification
from opslead.text import Lang

if TYPE_CHECKING:
    from opslead.knowledge.schema import Pattern
    from opslead.lenses.hole import Hole
    from opslead.model.service import Service
    from opslead.model.vocabulary import Vocabulary


@click.command("eval")
@click.argument("specifications", nargs=-1, required=True, metavar="SPECIFICATION…")
@click.option(
    "--service",
    "services",
    multiple=True,
    metavar="SERVICE",
    help="What they are for: its description or service.yaml; with it names, duty, numbers and open holes are judged. May be given several times.",
)
@click.option(
    "--input",
    "inputs",
    multiple=True,
    metavar="FILE",
    help="A charter or breach report that the authors had: its numbers are given.",
)
@packs_option
@click.option("--search/--no-search", default=True, show_default=True, help="Search the flows for holes as well.")
@click.option("--format", "form", default="text", type=click.Choice(["text", "json", "md"]), show_default=True)
@click.option(
    "--details", is_flag=True, help="Each fault with its place and words, and each open hole, below the table."
)
@click.option("--lang", default="auto", type=click.Choice(["ko", "en", "auto"]), show_default=True)
def command(
    specifications: tuple[str, ...],
    services: tuple[str, ...],
    inputs: tuple[str, ...],
    packs: tuple[Path, ...],
    search: bool,
    form: Literal["text", "json", "md"],
    details: bool,
    lang: Literal["ko", "en", "auto"],
) -> None:
    """Compare SPECIFICATIONs of one service, in Markdown or JSON, whoever wrote them.

    The figures are a comparison and no verdict: the exit code is 0 whatever they are.
    """
    sources = [read_source(path) for path in specifications]
    described = [read_source(path) for path in services]
    given = tuple(read_source(path).text for path in inputs)
    read = [parse_specification(source.text, source.name) for source in sources]
    ground = _ground(described, given, pack_folders(packs), search=search) if described else None
    names = short_names([source.name for source in sources])
    documents = [_figures(name, spec, ground, given) for name, spec in zip(names, read, strict=True)]
    shown: Lang = _language(documents) if lang == "auto" else lang
    if form == "json":
        click.echo(json.dumps(table.as_json(documents), ensure_ascii=False, indent=2))
        return
    click.echo((table.markdown if form == "md" else table.text)(documents, shown))
    if details:
        for document in documents:
            click.echo("\n" + "\n".join(table.details(document, shown)))


@dataclass(frozen=True)
class _Ground:
    """What the documents are held against: the service, its texts, and what the engine finds in it."""

    service: Service
    texts: tuple[str, ...]
    holes: tuple[Hole, ...]
    patterns: tuple[Pattern, ...]
    packs: tuple[Vocabulary, ...]


def _ground(described: Sequence[Source], given: tuple[str, ...], packs: tuple[Path, ...], *, search: bool) -> _Ground:
    from opslead.knowledge.catalog import load_catalog
    from opslead.lenses import examine_all
    from opslead.pipeline import is_model, understand

    catalog = load_catalog(packs)
    _, service = understand(described, catalog=catalog)
    selection = catalog.select(service)
    holes = examine_all(service, selection.patterns, search=search)
    texts = tuple(source.text for source in described if not is_model(source))
    words = tuple(chosen.pack.vocabulary for chosen in selection.packs)
    return _Ground(service, (*texts, *given), holes, selection.patterns, words)


def _figures(name: str, spec: Specification, ground: _Ground | None, given: tuple[str, ...]) -> Figures:
    from opslead.review.openholes import coverage

    if ground is None:
        return figures(name, spec, None, given)
    covered = coverage(spec, ground.holes, ground.patterns, ground.packs)
    return figures(name, spec, ground.service, ground.texts, covered)


def short_names(paths: Sequence[str]) -> list[str]:
    """Each path by as many of its last parts as tell it from the others; equal paths get a number."""
    parts = [PurePath(path).parts or (path,) for path in paths]
    size = 1
    while size < max(map(len, parts)) and len({p[-size:] for p in parts}) < len(set(parts)):
        size += 1
    names = ["/".join(p[-size:]) for p in parts]
    return [
        name if names.count(name) == 1 else f"{name} ({names[: n + 1].count(name)})" for n, name in enumerate(names)
    ]


def _language(documents: Sequence[Figures]) -> Lang:
    """Korean when every document is."""
    return "ko" if all(document.language == "ko" for document in documents) else "en"
