"""`opslead trace`: one story of the search, step by step, as text, a diagram, or data; and what could happen next."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Literal

import click

from opslead.behaviour.bounds import USUAL
from opslead.errors import InputErrors
from opslead.intake.page.readers import read_source
from opslead.lenses.hole import hole_id
from opslead.model.guardrails import Decision
from opslead.model.service import Service
from opslead.pipeline import understand
from opslead.spec.document import Specification
from opslead.text import fault_words, pick

if TYPE_CHECKING:
    from opslead.behaviour.attack import Report, Story
    from opslead.behaviour.trace import Act


@click.command("trace")
@click.argument("ident", metavar="FINDING")
@click.option(
    "--in", "run", default="out", show_default=True, type=click.Path(path_type=Path), help="Folder of the run."
)
@click.option("--guarded", is_flag=True, help="With the policies of the run in place.")
@click.option(
    "--format", "form", default="text", show_default=True, type=click.Choice(["text", "mermaid", "svg", "json"])
)
@click.option("--next", "extend", is_flag=True, help="Also what could happen next after the last step.")
def command(
    ident: str, run: Path, guarded: bool, form: Literal["text", "mermaid", "svg", "json"], extend: bool
) -> None:
    """Tell the stories of a FINDING of the search, such as behaviour.double_allocation@booking."""
    service, decided = _run(run, guarded)
    found = list(_stories(service, decided, ident))
    if not found:
        known = ", ".join(dict.fromkeys(key for key, _, _ in _all(service, decided))) or "-"
        where = (
            "with the policies in place the search finds no such story" if guarded else f"the search finds no {ident}"
        )
        raise InputErrors.one(ident, where, f"it finds: {known}")
    if form == "text":
        click.echo("\n".join(line for report, story in found for line in _text(service, report, story, extend)))
    elif form == "json":
        click.echo(json.dumps([_json(service, report, story) for report, story in found], ensure_ascii=False, indent=2))
    else:
        from opslead.behaviour.sequence import sequence
        from opslead.render.sequence import mermaid, svg

        draw = mermaid if form == "mermaid" else svg
        report, story = found[0]  # one diagram a document
        click.echo(draw(sequence(story, report.scope, service)), nl=False)


def _run(run: Path, guarded: bool) -> tuple[Service, frozenset[Decision]]:
    """The run's service, and what its policies decide. Raises InputErrors where there is no run."""
    model = run / "service.yaml"
    if not model.is_file():
        raise InputErrors.one(
            str(model), "there is no run in this folder", "run `opslead design` first, or name its folder with --in"
        )
    _, service = understand([read_source(str(model))])
    if not guarded:
        return service, frozenset()
    spec = Specification.model_validate(json.loads((run / "specification.json").read_bytes()))
    return service, frozenset(Decision(name) for policy in spec.policies for name in policy.evidence.decides)


def _all(service: Service, decided: frozenset[Decision]) -> Iterator[tuple[str, Report, Story]]:
    from opslead.behaviour.attack import attack

    for report in attack(service, USUAL, decided):
        for story in report.stories:
            yield hole_id(f"behaviour.{story.accident}", report.scope.flow.id), report, story


def _stories(service: Service, decided: frozenset[Decision], ident: str) -> Iterator[tuple[Report, Story]]:
    return ((report, story) for key, report, story in _all(service, decided) if key == ident)


def _text(service: Service, report: Report, story: Story, extend: bool) -> Iterator[str]:
    """Each act with where it leaves record, money, place and belief of the customer it is about."""
    from opslead.behaviour.tell import NAMES, act_words, because, ending, move_name

    lang, system = service.language, report.system
    yield because(story, lang, report.scope) + f" ({fault_words(story.faults, lang)})"
    fields = list(system.case)
    for number, act in enumerate(story.acts, 1):
        yield f"{number}. {act_words(move_name(story, number - 1), act.cases, report.scope, service)}"
        for case in act.cases:
            values = ", ".join(
                f"{f.name}={system.read(act.after, f.name, case)}"
                for f in fields
                if system.read(act.after, f.name, case) != f.values[0]
            )
            yield f"     {NAMES[case]}: {values or '-'}"
    yield "→ " + ending(story, report.scope, service)
    if extend:
        yield pick(lang, "그다음 일어날 수 있는 일:", "What could happen next:")
        yield from (f"   - {act_words(act.move, act.cases, report.scope, service)}" for act in _next(report, story))
    yield ""


def _next(report: Report, story: Story) -> Iterator[Act]:
    """The moves that are possible where the story ends."""
    from opslead.behaviour.trace import possible

    return possible(report.system, story.acts[-1].after if story.acts else report.system.initial)


def _json(service: Service, report: Report, story: Story) -> dict[str, object]:
    from opslead.behaviour.tell import act_words, ending, move_name

    system = report.system
    return {
        "flow": report.scope.flow.name,
        "loss": story.loss,
        "accident": story.accident,
        "faults": story.faults,
        "choices": dict(story.choices),
        "steps": [
            {
                "move": act.move,
                "cases": list(act.cases),
                "told": act_words(move_name(story, index), act.cases, report.scope, service),
                "shared": {f.name: system.read(act.after, f.name) for f in system.shared},
                "state": [
                    {f.name: system.read(act.after, f.name, case) for f in system.case} for case in range(system.cases)
                ],
            }
            for index, act in enumerate(story.acts)
        ],
        "ending": ending(story, report.scope, service),
    }
