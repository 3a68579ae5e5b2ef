"""Part 1: the failure modes as a table, and what each rests on below it."""

from __future__ import annotations

from collections.abc import Iterator

from opslead.render.outline.blocks import Block, Cell, Heading, Table, cell
from opslead.spec.document import FailureMode, Specification
from opslead.spec.labels import EVIDENCE, LEVELS
from opslead.text import Lang, pick


def failures(spec: Specification) -> Iterator[Block]:
    """Nothing for a document without failure modes."""
    if not spec.failure_modes:
        return
    lang = spec.language
    head = pick(
        lang,
        "번호|조건|사용자 영향|운영 영향|표면|조치 순위",
        "No.|Condition|Effect on users|Effect on operations|Surfaces|Priority",
    )
    rows = tuple(_row(number, mode, lang) for number, mode in enumerate(spec.failure_modes, 1))
    yield Table(tuple(head.split("|")), rows, (6, 28, 22, 22, 11, 11))
    yield Heading(2, pick(lang, "근거와 등급", "Evidence and grades"), "failure-modes-evidence")
    proofs = tuple(
        (cell(f"F{number}"), Cell(tuple(_proof(mode, lang)))) for number, mode in enumerate(spec.failure_modes, 1)
    )
    yield Table(tuple(pick(lang, "번호|근거", "No.|Evidence").split("|")), proofs, (7, 93))


def _row(number: int, mode: FailureMode, lang: Lang) -> tuple[Cell, ...]:
    unsure = "" if mode.certain else pick(lang, "확인 필요", "to be confirmed")
    level = mode.ratings.action_priority if mode.ratings else ""
    return (
        cell(f"F{number}"),
        cell(*filter(None, (mode.condition, unsure))),
        cell(mode.user_impact),
        cell(mode.operations_impact),
        cell(", ".join(map(str, mode.surfaces))),
        cell(LEVELS[lang][level], level=level),
    )


def _proof(mode: FailureMode, lang: Lang) -> Iterator[str]:
    """Each piece of evidence, the grades with their reasons, the id."""
    for item in mode.evidence:
        places = f" ({', '.join(item.sources)})" if item.sources else ""
        yield f"{EVIDENCE[lang][item.kind]}: {item.text}{places}"
    if mode.ratings:
        r = mode.ratings
        axes = pick(lang, "심각도|발생도|검출도", "severity|occurrence|detection").split("|")
        graded = zip(axes, (r.severity, r.occurrence, r.detection), strict=True)
        text = "; ".join(f"{axis} {one.grade}" + (f" ({one.reason})" if one.reason else "") for axis, one in graded)
        yield f"{pick(lang, '등급', 'Grades')}: {text}"
    yield mode.id
