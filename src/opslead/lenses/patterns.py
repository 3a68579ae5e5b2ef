"""The patterns lens: every pattern of the catalog whose matchers hold, with the words of the input it rests on."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from opslead.knowledge.matchers import Match, apply
from opslead.knowledge.schema import Both, Graded, Pattern
from opslead.knowledge.slots import binding_slots, service_slots
from opslead.lenses.hole import Grade, Hole, Question, Quotation, hole_id
from opslead.model.service import Service, Source
from opslead.text import Lang, fill


def examine(service: Service, patterns: Iterable[Pattern]) -> Iterator[Hole]:
    """One hole a pattern that applies; a pattern that only computing lenses call on (`finding` alone) gives none."""
    general = service_slots(service)
    for pattern in patterns:
        if not pattern.when:
            continue
        match = apply(pattern.when, service)
        if isinstance(match, Match):
            yield _hole(pattern, match, service, general)


def _hole(pattern: Pattern, match: Match, service: Service, general: Mapping[str, str]) -> Hole:
    lang = service.language
    slots = dict(general)
    for name, entity in match.bound.items():
        slots.update(binding_slots(name, entity, service))
    questions = [
        Question(fill(_in(q.decision, lang), slots), fill(_in(q.data, lang), slots), q.weight)
        for q in pattern.questions
    ]
    if match.unsure and pattern.ask is not None:
        asked = fill(_in(pattern.ask, lang), slots)
        questions.insert(0, Question(asked, questions[0].data, 5.0))
    place = next(iter(match.bound.values()), None)
    return Hole(
        id=hole_id(f"patterns.{pattern.id}", getattr(place, "id", "") or "service"),
        lens="patterns",
        mechanism=pattern.id,
        surfaces=pattern.surfaces,
        loss=pattern.loss,
        condition=fill(_in(pattern.hole.condition, lang), slots),
        user_impact=fill(_in(pattern.hole.user_impact, lang), slots),
        operations_impact=fill(_in(pattern.hole.operations_impact, lang), slots),
        evidence=(Quotation(_quotable(match.sources, service)),),
        severity=_grade(pattern.severity, slots, lang),
        occurrence=_grade(pattern.occurrence, slots, lang),
        detection=_grade(pattern.detection, slots, lang),
        slots=slots,
        questions=tuple(questions),
        certain=not match.unsure,
    )


def _quotable(sources: tuple[Source, ...], service: Service) -> tuple[Source, ...]:
    """The sources; a pattern that rests on something absent quotes the flow it is absent from."""
    quoted = tuple(source for source in sources if source.text)
    return quoted or tuple(flow.source for flow in service.flows[:1])


def _in(both: Both, lang: Lang) -> str:
    return both.ko if lang == "ko" else both.en


def _grade(graded: Graded, slots: Mapping[str, str], lang: Lang) -> Grade:
    return Grade(graded.value, fill(_in(graded.reason, lang), slots))
