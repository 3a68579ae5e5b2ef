"""A pattern's policy in the words of one service: every slot filled, empty optional parts gone."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from opslead.knowledge.lint import policy_texts
from opslead.knowledge.roles import base_name
from opslead.knowledge.schema import Pattern
from opslead.model.service import Service
from opslead.spec.document import EnforcementPoint, Monitoring, Policy, Reference, RunbookStep, Uncertain
from opslead.text import STARTING, Lang, fill, sentence, slots_of


def write_policy(
    pattern: Pattern, slots: Mapping[str, str], lang: Lang, people: frozenset[str] = frozenset()
) -> Policy:
    """The policy of the pattern, number 0 until it has its place. Raises MissingSlotError if a needed slot has no value.

    A post that the pattern names itself and that is none of the service's `people` is marked as one to be filled.
    """
    text = pattern.policy.ko if lang == "ko" else pattern.policy.en

    def part(template: str) -> str:
        return fill(template, slots)

    def put(template: str) -> str:
        return sentence(part(template), lang)

    def put_all(templates: Iterable[str]) -> tuple[str, ...]:
        return tuple(filled for template in templates if (filled := put(template)))

    uncertain = text.uncertain and Uncertain(what=put(text.uncertain.what), questions=put_all(text.uncertain.questions))
    runbook = [
        RunbookStep(
            actor=put(_appointed(line.actor, people, lang)),
            action=put(line.action),
            deadline=part(line.deadline),
            data=part(line.data),
        )
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


def _appointed(actor: str, people: frozenset[str], lang: Lang) -> str:
    """The performer; a post without a slot that nobody of the service is said to hold carries the dagger of what we chose."""
    if "{" in actor or _BY_SITUATION[lang].search(actor) or _known(actor, people):
        return actor
    return actor + STARTING


def crew(service: Service) -> frozenset[str]:
    """The names of those who take part, without their shifts."""
    return frozenset(base_name(actor.name) for actor in service.actors)


def posts(pattern: Pattern, people: frozenset[str], lang: Lang) -> tuple[str, ...]:
    """The posts that the pattern's runbook names itself and that nobody of the service is said to hold."""
    text = pattern.policy.ko if lang == "ko" else pattern.policy.en
    marked = (_appointed(line.actor, people, lang) for line in text.runbook if "{" not in line.actor)
    return tuple(dict.fromkeys(name.removesuffix(STARTING) for name in marked if name.endswith(STARTING)))


def _known(actor: str, people: frozenset[str]) -> bool:
    plain = actor.lower().removeprefix("the ")
    return any(plain in name.lower() or name.lower().removeprefix("the ") in plain for name in people)


_BY_SITUATION: Mapping[Lang, re.Pattern[str]] = {
    "ko": re.compile(
        r"(?:사람|쪽|주인|근무자|구성원|구매자|판매자|이용자|학습자|입회자|직원|직원 둘)$|또는|,|^(?:앞|뒤|다음|다른)\s"
    ),
    "en": re.compile(
        r"whoever|somebody|\bother\b|\bor\b|,|\b(?:buyer|seller|user|learner|customer|member|outgoing|incoming|next|previous)\b",
        re.I,
    ),
}
"""Whom the moment names, and no post: who hears it, the next shift, one of two."""
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
