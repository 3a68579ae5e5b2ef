"""A computing lens's finding as a hole: the texts of its mechanism filled, its numbers turned into grades."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from opslead.knowledge.findings import load_findings
from opslead.knowledge.schema import Both, Graded
from opslead.knowledge.slots import service_slots
from opslead.lenses.hole import Evidence, Grade, Hole, Question, hole_id
from opslead.model.service import Service
from opslead.quantities.ratings import detection_grade, occurrence_grade, severity_grade
from opslead.text import Lang, fill, pick


@dataclass(frozen=True)
class Measured:
    """A number that stands before a grade, and its sum in the document's language (`하루 90건 × 18% × 30일 = 월 486건`)."""

    value: float
    shown: str


def find(
    service: Service,
    mechanism: str,
    place: str,
    slots: Mapping[str, str],
    evidence: tuple[Evidence, ...],
    *,
    loss: Measured | None = None,
    cases: Measured | None = None,
    unseen: Measured | None = None,
    certain: bool = True,
) -> Hole:
    """The hole of `mechanism` at `place` of the model, its texts filled with `slots` and the service's own.

    `loss`: money lost in one case, in the service's currency. `cases`: how many cases a month meet it. `unseen`: hours until
    somebody who can act sees it. Each replaces the grade that experience gives. `certain` False: a fact that the finding
    needs is unknown. Raises MissingSlotError when a text names a slot that nothing fills.
    """
    text = load_findings()[mechanism]
    lang = service.language
    filled = {**service_slots(service), **slots}

    def say(both: Both) -> str:
        return fill(both.ko if lang == "ko" else both.en, filled)

    ticket = service.ticket
    severity = _grade(text.severity, say)
    if loss is not None and ticket is not None and ticket.value.amount > 0:
        graded = severity_grade(loss.value, ticket.value.amount)
        severity = Grade(graded, f"{severity.reason} ({loss.shown})", loss.value, service.currency)
    return Hole(
        id=hole_id(mechanism, place),
        lens=mechanism.split(".")[0],
        mechanism=mechanism,
        surfaces=text.surfaces,
        loss=text.loss,
        condition=say(text.hole.condition),
        user_impact=say(text.hole.user_impact),
        operations_impact=say(text.hole.operations_impact),
        evidence=evidence,
        severity=severity,
        occurrence=_measured(_grade(text.occurrence, say), cases, occurrence_grade, _per_month(lang)),
        detection=_measured(_grade(text.detection, say), unseen, detection_grade, "h"),
        slots=dict(slots),
        questions=tuple(Question(say(q.decision), say(q.data), q.weight) for q in text.questions),
        checklist=text.checklist,
        certain=certain,
    )


def _grade(text: Graded, say: Callable[[Both], str]) -> Grade:
    return Grade(text.value, say(text.reason))


def _measured(usual: Grade, number: Measured | None, scale: Callable[[float], int], unit: str) -> Grade:
    """The usual grade, or the one that the number gives, with the number in its reason."""
    if number is None:
        return usual
    return Grade(scale(number.value), f"{usual.reason} ({number.shown})", number.value, unit)


def _per_month(lang: Lang) -> str:
    return pick(lang, "건/월", "cases/month")
