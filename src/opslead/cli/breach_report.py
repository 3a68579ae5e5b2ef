"""`opslead attack SPECIFICATION --model …`: attackers of a language model on a finished specification; the result is a breach report."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Literal

import click

from opslead.behaviour.bounds import Bounds
from opslead.cli.files import write_all
from opslead.cli.model_options import ModelOptions, port_of
from opslead.errors import InputErrors
from opslead.intake.page.readers import Source, read_source
from opslead.render import breach as render_breach
from opslead.spec.document import Specification
from opslead.spec.parse import parse_specification

if TYPE_CHECKING:
    from opslead.behaviour.attack import Report
    from opslead.model.service import Service
    from opslead.panel.attack.assail import Raised
    from opslead.panel.brief import Brief
    from opslead.panel.claims.judge import Known


@dataclass(frozen=True)
class Wanted:
    """What the attack is made with beside the specification. `services` empty: the document alone."""

    services: tuple[str, ...]
    packs: tuple[Path, ...]
    bounds: Bounds
    out: Path | None
    form: Literal["text", "json"]


def specification_in(source: Source) -> Specification | None:
    """The specification that a file holds; None where it is something else, such as a description."""
    if source.name.lower().endswith((".yaml", ".yml")):
        return None
    if not source.text.lstrip().startswith("{") and "#" not in source.text:
        return None
    read = parse_specification(source.text, source.name)
    return read if read.policies else None


def attack_document(paths: Sequence[str], model: ModelOptions, wanted: Wanted) -> None:
    """Writes the report. Exits with 1 when something above low came up, with 3 when an attacker gave no answer.

    Raises InputErrors when the argument is no specification, or the model cannot be reached at all.
    """
    specification = _one(paths)
    from opslead.panel.attack.assail import assail, quiet
    from opslead.panel.attack.report import report
    from opslead.panel.port.budget import spent_lines

    known, brief = _ground(specification, wanted)
    port = port_of(model, wanted.out.parent / "run" if wanted.out else None, _progress)
    assert port is not None  # the command asks for a document only with a model
    click.echo("\n".join(model.budget.lines(specification.language)), err=True)
    raised = assail(port, brief, specification, known, (), 1, _progress)
    click.echo("\n".join(spent_lines(port.spent, specification.language)), err=True)
    made = report(raised, specification, 1)
    text = made.model_dump_json(indent=2) + "\n" if wanted.form == "json" else render_breach.render(made)
    if wanted.out is None:
        click.echo(text, nl=False)
    else:
        write_all(wanted.out.parent, {wanted.out.name: text.encode()})
    _tell(raised)
    if raised.silent:
        sys.exit(3)
    if not quiet(raised.items):
        sys.exit(1)


def _one(paths: Sequence[str]) -> Specification:
    if len(paths) != 1:
        raise InputErrors.one(
            paths[1], "with --model one specification is attacked", "give the description of its service with --service"
        )
    found = specification_in(read_source(paths[0]))
    if found is None:
        raise InputErrors.one(
            paths[0],
            "no policies in it: with --model a finished specification is attacked",
            "run `opslead design` first and give its specification.json, or leave --model out to search the service",
        )
    return found


def _ground(specification: Specification, wanted: Wanted) -> tuple[Known | None, Brief]:
    """What is known of the service, and the brief: of the document alone where no description was given."""
    if not wanted.services:
        from opslead.panel.revision.alone import document_brief

        return None, document_brief(specification)
    from opslead.knowledge.catalog import load_catalog
    from opslead.lenses import examine_all
    from opslead.panel.brief import brief, places
    from opslead.panel.claims.judge import Known
    from opslead.pipeline import Options, understand

    sources = [read_source(path) for path in wanted.services]
    catalog = load_catalog(wanted.packs)
    options = Options(specification.language, bounds=wanted.bounds, packs=wanted.packs)
    _, service = understand(sources, options, catalog)
    holes = examine_all(service, catalog.select(service).patterns)
    known = Known(service, sources, places(service), holes, _searched(service, specification, wanted.bounds))
    return known, brief(service, sources, None)


def _searched(service: Service, specification: Specification, bounds: Bounds) -> tuple[Report, ...]:
    """The search with what the policies decide; none where the document does not say what they do."""
    from opslead.behaviour.attack import attack
    from opslead.model.guardrails import Decision

    known = frozenset(Decision)
    said = (name for policy in specification.policies for name in policy.evidence.decides)
    decided = frozenset(Decision(name) for name in said if name in known)
    return attack(service, bounds, decided) if decided else ()


def _tell(raised: Raised) -> None:
    for refused in raised.refused:
        click.echo(f"not taken: {refused.what} — {refused.why}", err=True)
    if raised.silent:
        click.echo(f"no answer from: {', '.join(raised.silent)}", err=True)


def _progress(stage: str, detail: str) -> None:
    if sys.stderr.isatty():
        click.echo(f"{stage}: {detail}", err=True)
