"""A pattern's policy in the words of one service: every slot filled, empty optional parts gone."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from opslead.knowledge.lint import policy_texts
from opslead.knowledge.schema import Pattern
from opslead.spec.document import EnforcementPoint, Monitoring, Policy, Reference, RunbookStep, Uncertain
from opslead.text import Lang, fill, sentence, slots_of


def write_policy(pattern: Pattern, slots: Mapping[str, str], lang: Lang) -> Policy:
    """The policy of the pattern, number 0 until it has its place. Raises MissingSlotError if a needed slot has no value."""
    text = pattern.policy.ko if lang == "ko" else pattern.policy.en

    def part(template: str) -> str:
        return fill(template, slots)

    def put(template: str) -> str:
        return sentence(part(template), lang)

    def put_all(templates: Iterable[str]) -> tuple[str, ...]:
        return tuple(filled for template in templates if (filled := put(template)))

    uncertain = text.uncertain and Uncertain(what=put(text.uncertain.what), questions=put_all(text.uncertain.questions))
    runbook = [
        RunbookStep(actor=put(line.actor), action=put(line.action), deadline=part(line.deadline), data=part(line.data))
        for line in text.runbook
    ]
    return Policy(
        number=0,
        id=pattern.id,
        name=put(text.name),
        surfaces=pattern.surfaces,
        intent=put(text.intent),
        scope=put(text.scope),
        trigger=put(text.trigger),
        signals=tuple(filled for template in text.signals if (filled := part(template))),
        enforcement_points=tuple(EnforcementPoint(kind=p.kind, action=part(p.action)) for p in text.enforcement_points),
        runbook=tuple(step for step in runbook if step.action),
        exceptions=put_all(text.exceptions),
        monitoring=Monitoring(
            leading=put_all(text.leading),
            lagging=put_all(text.lagging),
            start=put(text.start),
            relax=put(text.relax),
            stop=put(text.stop),
        ),
        symptoms=put_all(text.symptoms),
        uncertain=uncertain,
        references=tuple(Reference(title=r.title, source=r.source) for r in pattern.references),
        control_types=tuple(sorted({g.control for g in pattern.guardrails}, key=_CONTROL_ORDER.index)),
    )


_CONTROL_ORDER = ("preventive", "detective", "corrective")


def computed_slots(pattern: Pattern, lang: Lang) -> frozenset[str]:
    """The computed numbers (`hold` for `{q.hold~10분}`) that the pattern's policy text asks for."""
    text = pattern.policy.ko if lang == "ko" else pattern.policy.en
    return frozenset(
        slot.removeprefix("q.")
        for _, template in policy_texts(text)
        if "{q." in template
        for slot, _ in slots_of(template)
        if slot.startswith("q.")
    )
