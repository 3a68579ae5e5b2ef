"""`opslead attack`: a breach report by search: what still breaks with the policies in place, and within which bounds nothing does."""

from __future__ import annotations

import json
import signal
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Literal

import click

from opslead.behaviour.bounds import Bounds
from opslead.behaviour.system import UnsearchableError
from opslead.cli.breach_report import Wanted, attack_document, specification_in
from opslead.cli.model_options import ModelOptions, model_options
from opslead.cli.packs import pack_folders, packs_option
from opslead.errors import InputErrors, Place, Problem
from opslead.intake.page.readers import Source, read_source
from opslead.model.service import Service
from opslead.pipeline import Options, Sources, design
from opslead.render.appendix import search_lines
from opslead.spec.document import Specification
from opslead.text import fault_words, pick

if TYPE_CHECKING:
    from opslead.behaviour.attack import Report, Story
    from opslead.behaviour.verify import Verification


@click.command("attack")
@click.argument("services", nargs=-1, required=True, metavar="SERVICE…|SPECIFICATION")
@click.option(
    "--service",
    "described",
    multiple=True,
    metavar="SERVICE",
    help="With --model: the description that the specification was written for.",
)
@click.option(
    "--out", type=click.Path(path_type=Path, dir_okay=False), help="With --model: the file for the breach report."
)
@click.option("--faults", default=2, show_default=True, type=click.IntRange(0, 3), help="Faults a story may need.")
@click.option("--cases", default=2, show_default=True, type=click.IntRange(1, 3), help="Customers at once.")
@click.option("--capacity", default=1, show_default=True, type=click.IntRange(1, 3), help="Units of the scarce thing.")
@click.option(
    "--states",
    default=8_000_000,
    show_default=True,
    type=click.IntRange(1000),
    help="States after which a search gives up.",
)
@packs_option
@click.option("--format", "form", default="text", type=click.Choice(["text", "json"]), show_default=True)
@click.option("--lang", default="auto", type=click.Choice(["ko", "en", "auto"]), show_default=True)
@model_options
def command(
    services: tuple[str, ...],
    described: tuple[str, ...],
    out: Path | None,
    faults: int,
    cases: int,
    capacity: int,
    states: int,
    packs: tuple[Path, ...],
    form: Literal["text", "json"],
    lang: Literal["ko", "en", "auto"],
    model: ModelOptions,
) -> None:
    """Attack the policies that opslead designs for SERVICE by search: the shortest stories that still end in a loss.

    With --model, attackers of a language model go at a finished SPECIFICATION (Markdown or JSON, whoever wrote it); the breach report
    that they write is read by `opslead design --breach`.

    The exit code is 0 when nothing is left within the bounds, 1 when something still breaks, 3 when the search did not end or an
    attacker gave no answer.
    """
    bounds = Bounds(cases, faults, capacity, states)
    if model.wanted:
        attack_document(services, model, Wanted(described, pack_folders(packs), bounds, out, form))
    else:
        sources = [read_source(path) for path in services]
        _refuse_specifications(sources, described, out)
        _attack_service(sources, bounds, pack_folders(packs), form, lang)


def _attack_service(
    sources: Sequence[Source],
    bounds: Bounds,
    packs: tuple[Path, ...],
    form: Literal["text", "json"],
    lang: Literal["ko", "en", "auto"],
) -> None:
    """The search: designs the policies, tells what is left, and exits with the code of that."""
    name = sources[0].name
    with _interruptible() as stopped:
        try:
            made = design(
                Sources(sources),
                Options(lang, bounds=bounds, stop=lambda: stopped[0], packs=packs),
            )
        except UnsearchableError as error:
            raise InputErrors.one(
                name, f"the search does not fit: {error}", "ask for fewer --cases or --faults"
            ) from None
    verification = made.verification
    if verification is None or not verification.before:
        raise InputErrors.one(
            name,
            "no flow in which money or a place is at stake was understood",
            "see what was read with `opslead model`",
        )
    if form == "json":
        click.echo(json.dumps(as_json(made.service, verification), ensure_ascii=False, indent=2))
    else:
        click.echo("\n".join(report(made.service, made.specification, verification)))
    undecided = any(r.verdict != "exhausted" for r in (*verification.before, *verification.after))
    if undecided:
        sys.exit(3)
    if any(r.stories for r in verification.after):
        sys.exit(1)


def _refuse_specifications(sources: Sequence[Source], described: Sequence[str], out: Path | None) -> None:
    """The search needs a service: a document cannot be searched, and what only a model's attackers use is a slip without one."""
    problems = [
        Problem(
            Place(source.name),
            "this is a specification: the search needs the service itself",
            "give --model for attackers on a document, or the description that it was written for",
        )
        for source in sources
        if specification_in(source) is not None
    ]
    used = [name for name, given in (("--service", described), ("--out", out)) if given]
    problems += [Problem(Place(name), "this goes with --model only", "give --model, or leave it out") for name in used]
    if problems:
        raise InputErrors(problems)


@contextmanager
def _interruptible() -> Iterator[list[bool]]:
    """The first Ctrl-C ends the search with what it has; a second one ends the program."""
    stopped = [False]

    def stop(number: int, frame: object) -> None:
        del number, frame
        stopped[0] = True
        signal.signal(signal.SIGINT, before)

    before = signal.signal(signal.SIGINT, stop)
    try:
        yield stopped
    finally:
        signal.signal(signal.SIGINT, before)


def report(service: Service, spec: Specification, verification: Verification) -> Iterator[str]:
    """What is left, then what the policies stopped, flow by flow."""
    lang = service.language
    for flow, before, after in zip(spec.searches, verification.before, verification.after, strict=True):
        yield from search_lines(flow, lang)
        left = {story.accident for story in after.stories}
        whole = flow.verdict == "exhausted"
        none = (
            pick(lang, " 없음(이 범위 안에서)", " nothing within these bounds")
            if whole
            else pick(lang, " 본 데까지는 없음", " nothing as far as was seen")
        )
        yield pick(lang, "아직 뚫리는 것:", "Still breaks:") + ("" if left else none)
        yield from _told(service, after, after.stories)
        stopped = tuple(story for story in before.stories if story.accident not in left)
        heading = (
            pick(lang, "정책이 막은 것:", "Stopped by the policies:")
            if whole
            else pick(
                lang,
                "정책 없이 뚫리는 것(정책을 넣은 탐색이 끝나지 않았다):",
                "Breaks without the policies (not judged with them):",
            )
        )
        yield heading + ("" if stopped else " -")
        yield from _told(service, before, stopped)
        yield ""


def _told(service: Service, report: Report, stories: tuple[Story, ...]) -> Iterator[str]:
    from opslead.behaviour.tell import because, tell
    from opslead.lenses.hole import hole_id

    lang = service.language
    for story in stories:
        ident = hole_id(f"behaviour.{story.accident}", report.scope.flow.id)
        yield f"  {ident} ({fault_words(story.faults, lang)}; {because(story, lang, report.scope)})"
        yield from (f"    {n}. {sentence}" for n, sentence in enumerate(tell(story, report.scope, service), 1))
    for accident, rest in report.others.items():
        if any(story.accident == accident for story in stories):
            yield "  " + pick(lang, f"{accident}: 다른 길 {rest}가지 더", f"{accident}: {rest} more ways")


def as_json(service: Service, verification: Verification) -> dict[str, list[dict[str, object]]]:
    """The report for programs: the flows with their stories, before and after."""
    return {
        name: [_flow_json(service, report) for report in reports]
        for name, reports in (("before", verification.before), ("after", verification.after))
    }


def _flow_json(service: Service, report: Report) -> dict[str, object]:
    from opslead.behaviour.tell import tell

    return {
        "flow": report.scope.flow.name,
        "verdict": report.verdict,
        "states": report.states,
        "depth": report.depth,
        "cases": report.bounds.cases,
        "faults": report.bounds.faults,
        "good": report.good,
        "stories": [
            {
                "loss": story.loss,
                "accident": story.accident,
                "faults": story.faults,
                "choices": dict(story.choices),
                "moves": [{"move": act.move, "cases": list(act.cases)} for act in story.acts],
                "told": list(tell(story, report.scope, service)),
            }
            for story in report.stories
        ],
    }
