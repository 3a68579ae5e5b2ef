"""`opslead explain`: what a rule, pattern or finding means and why it fired, and how a number was computed."""

from __future__ import annotations

import difflib
import json
from pathlib import Path
from typing import Literal

import click
from pydantic import ValidationError

from opslead.cli.packs import pack_folders, packs_option
from opslead.contract import Rule, rules
from opslead.errors import InputErrors
from opslead.knowledge.catalog import load_catalog
from opslead.knowledge.schema import Pattern
from opslead.model.measure import format_number
from opslead.render.appendix import quantity_lines
from opslead.spec.document import Specification
from opslead.text import Lang, pick


@click.command("explain")
@click.argument("ident", metavar="RULE|PATTERN|FINDING|NUMBER")
@click.option(
    "--in",
    "run",
    default="out",
    show_default=True,
    type=click.Path(path_type=Path),
    help="Folder of the run (or its specification.json) that a finding is looked up in.",
)
@packs_option
@click.option("--lang", default="auto", type=click.Choice(["ko", "en", "auto"]), show_default=True)
def command(ident: str, run: Path, packs: tuple[Path, ...], lang: Literal["ko", "en", "auto"]) -> None:
    """Explain a rule of the contract (OL012), a pattern (OP01-late-approval), a finding (windows.no_end@accept) or a number (Q1)."""
    contract, catalog = rules(), {p.id: p for p in load_catalog(pack_folders(packs)).everything()}
    spec = _specification(run)
    chosen: Lang = lang if lang != "auto" else (spec.language if spec else "en")
    if ident in contract:
        click.echo(explain_rule(contract[ident], chosen))
    elif ident in catalog:
        click.echo(explain_pattern(catalog[ident], chosen))
    elif spec is not None and (text := explain_hole(ident, spec, chosen) or explain_number(ident, spec, chosen)):
        click.echo(text)
    else:
        known = [*contract, *catalog, *_run_ids(spec)]
        close = difflib.get_close_matches(ident, known, 3, 0.5)
        hint = f"near: {', '.join(close)}" if close else "ids stand in specification.md and in `opslead catalog list`"
        where = f"no rule, pattern, finding or number is called {ident!r}" + (
            "" if spec else f", and there is no run in {run}"
        )
        raise InputErrors.one(ident, where, hint)


def _specification(run: Path) -> Specification | None:
    path = run / "specification.json" if run.is_dir() else run
    if not path.is_file():
        return None
    try:
        return Specification.model_validate(json.loads(path.read_bytes()))
    except (ValidationError, ValueError) as error:
        raise InputErrors.one(
            str(path), f"not a specification.json of this version: {str(error).splitlines()[0]}"
        ) from None


def _run_ids(spec: Specification | None) -> list[str]:
    """What a run can be asked about: its findings and its computed numbers."""
    if spec is None:
        return []
    return sorted({found.id for found in spec.findings} | {made.id for made in spec.quantities})


def explain_rule(rule: Rule, lang: Lang) -> str:
    return "\n".join(
        [
            f"{rule.id} {rule.name} ({rule.severity})",
            rule.summary[lang],
            rule.why[lang],
            "",
            pick(lang, "나쁜 예:", "Bad:"),
            f"  {rule.bad}",
            pick(lang, "좋은 예:", "Good:"),
            f"  {rule.good}",
        ]
    )


def explain_pattern(pattern: Pattern, lang: Lang) -> str:
    text = pattern.policy.ko if lang == "ko" else pattern.policy.en
    hole = pattern.hole
    lines = [
        f"{pattern.id} {text.name}",
        *(getattr(part, lang) for part in (hole.condition, hole.user_impact, hole.operations_impact)),
        "",
        pick(lang, "언제 적용되는가:", "Applies when:"),
        *(f"  {matcher.model_dump_json(by_alias=True, exclude_unset=True)}" for matcher in pattern.when),
        *(f"  {name}" for name in pattern.finding),
        pick(lang, "등급:", "Grades:"),
    ]
    for name in ("severity", "occurrence", "detection"):
        graded = getattr(pattern, name)
        lines.append(f"  {name} {graded.value}: {getattr(graded.reason, lang)}")
    lines.append(pick(lang, "가드레일:", "Guardrails:"))
    lines += [f"  {g.kind} ({g.control})" + (f" on {g.on}" if g.on else "") for g in pattern.guardrails]
    lines.append(pick(lang, "출처:", "Sources:"))
    lines += [f"  {reference.title}: {reference.source}" for reference in pattern.references]
    return "\n".join(lines)


def explain_hole(ident: str, spec: Specification, lang: Lang) -> str:
    """Empty when the run has no such finding."""
    found = next((found for found in spec.findings if found.id == ident), None)
    if found is None:
        return ""
    lines = [ident, found.condition, found.user_impact, found.operations_impact]
    if not found.certain:
        lines.append(pick(lang, "설명에 없는 사실에 달려 있다(확인 필요)", "rests on a fact that is not described"))
    lines.append(pick(lang, "근거:", "Evidence:"))
    lines += [f"  {item.kind}: {item.text} ({', '.join(item.sources)})" for item in found.evidence]
    if found.ratings is not None:
        lines.append(pick(lang, "등급:", "Grades:"))
        for name in ("severity", "occurrence", "detection"):
            rating = getattr(found.ratings, name)
            number = "" if rating.amount is None else f" [{format_number(rating.amount)} {rating.unit}]"
            lines.append(f"  {name} {rating.grade}{number}: {rating.reason}")
        lines.append(f"  action priority: {found.ratings.action_priority}")
    closing = [policy for policy in spec.policies if ident in policy.closes]
    lines.append(pick(lang, "닫는 정책:", "Closed by:"))
    lines += [f"  #{policy.number} {policy.name}\n    {policy.trigger}" for policy in closing] or ["  -"]
    pattern = ident.split("@")[0].removeprefix("patterns.")
    if ident.startswith("patterns."):
        lines.append(
            pick(lang, f"왜 발동했는가: `opslead explain {pattern}`", f"Why it fired: `opslead explain {pattern}`")
        )
    return "\n".join(lines)


def explain_number(ident: str, spec: Specification, lang: Lang) -> str:
    """A computed number by its id or as the document calls it (`Q3`); empty when the run has none such."""
    for number, made in enumerate(spec.quantities, 1):
        if ident in (made.id, f"Q{number}"):
            users = ", ".join(f"#{policy.number}" for policy in spec.policies if made.id in policy.quantities) or "-"
            head = f"Q{number} {made.id} {made.title}: {made.text}"
            used = pick(lang, f"쓰는 정책: {users}", f"used by: {users}")
            return "\n".join([head, *(f"  {line}" for line in quantity_lines(made, lang)), f"  {used}"])
    return ""
