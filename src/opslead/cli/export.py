"""`opslead export`: the searched system for other model checkers, or the record as a state diagram."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

import click

from opslead.behaviour.system import System, UnsearchableError, Watch
from opslead.errors import InputErrors
from opslead.intake.page.readers import read_source
from opslead.model.service import Service
from opslead.pipeline import understand

if TYPE_CHECKING:
    from opslead.behaviour.scope import Scope


@click.command("export")
@click.argument("service", metavar="SERVICE")
@click.option("--to", "form", required=True, type=click.Choice(["prism", "jani", "tla", "promela", "mermaid"]))
@click.option("--cases", default=2, show_default=True, type=click.IntRange(1, 3), help="Customers at once.")
@click.option("--faults", default=2, show_default=True, type=click.IntRange(0, 3), help="Faults a story may need.")
@click.option("--capacity", default=1, show_default=True, type=click.IntRange(1, 3), help="Units of the scarce thing.")
@click.option("--flow", help="Name of the flow, where there are several.")
@click.option("--out", type=click.Path(dir_okay=False, path_type=Path), help="File to write instead of the output.")
def command(
    service: str, form: str, cases: int, faults: int, capacity: int, flow: str | None, out: Path | None
) -> None:
    """Write what the search of SERVICE looks at for PRISM, Storm (jani), TLC (tla) or SPIN (promela), or draw the record (mermaid)."""
    from opslead.behaviour.export import writer

    _, understood = understand([read_source(service)])
    scope = _scope(service, understood, flow)
    try:
        system, watches = _world(understood, scope, cases, faults, capacity)
        text = writer(form)(system, watches, _notes(system, scope, understood))
    except UnsearchableError as error:
        raise InputErrors.one(
            service, f"the system does not fit: {error}", "ask for fewer --cases or --faults"
        ) from None
    if out is None:
        click.echo(text, nl=False)
        return
    try:
        out.parent.mkdir(parents=True, exist_ok=True)
        out.write_text(text, encoding="utf-8")
    except OSError as error:
        raise InputErrors.one(
            str(out), f"cannot be written: {error.strerror}", "name another file with --out"
        ) from None


def _scope(path: str, service: Service, flow: str | None) -> Scope:
    """The flow that was asked for. Raises InputErrors when it is not clear which."""
    from opslead.behaviour.scope import scopes

    found = list(scopes(service))
    known = ", ".join(scope.flow.name for scope in found)
    if not found:
        problem = "no flow in which money or a place is at stake was understood"
        raise InputErrors.one(path, problem, "see what was read with `opslead model`")
    if flow is None:
        if len(found) > 1:
            raise InputErrors.one(path, "there are several flows", f"name one with --flow: {known}")
        return found[0]
    named = [scope for scope in found if flow in (scope.flow.name, scope.flow.id)]
    if not named:
        raise InputErrors.one(path, f"there is no searched flow {flow!r}", f"there are: {known}")
    return named[0]


def _world(service: Service, scope: Scope, cases: int, faults: int, capacity: int) -> tuple[System, tuple[Watch, ...]]:
    """The flow with all its parts, as nothing is decided but by the description."""
    from opslead.behaviour.attack import stated
    from opslead.behaviour.piece import Rules
    from opslead.behaviour.world import world

    return world(scope, cases, Rules(faults, capacity, stated(service)))


def _notes(system: System, scope: Scope, service: Service) -> Mapping[str, str]:
    """What the moves mean, told of customers A and B."""
    from opslead.behaviour.tell import act_words

    return {move.name: act_words(move.name, (0, 1) if move.pairs else (0,), scope, service) for move in system.moves}
