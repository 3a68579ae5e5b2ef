"""The stories of the search as sequences, each with the act at which the policies stop it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from opslead.lenses.hole import hole_id
from opslead.model.guardrails import Decision
from opslead.model.service import Service
from opslead.spec.document import Story as Told
from opslead.spec.document import StoryArrow
from opslead.text import Lang

if TYPE_CHECKING:
    from opslead.behaviour.attack import Question, Report, Story
    from opslead.behaviour.replay import Stop
    from opslead.behaviour.verify import Verification

_BY_ITSELF: Mapping[Lang, str] = {
    "ko": "규정대로인 환불이 사람을 기다리지 않고 나간다",
    "en": "a refund within the rules goes out without waiting for a person",
}
"""A refund that happens by itself: its own words name the person who gives it otherwise."""


def stories(service: Service, verification: Verification, numbers: Mapping[str, int]) -> tuple[Told, ...]:
    """All stories without the policies, flow by flow. `numbers`: of the policies by their ids."""
    from opslead.behaviour.attack import questions

    effects = verification.effects
    bounds = next((report.bounds for report in verification.before), None)
    if bounds is None:
        return ()
    everything = frozenset(decision for effect in effects.values() for decision in effect.decisions)
    together = tuple(questions(service, bounds, everything))
    alone = {
        decided: tuple(questions(service, bounds, decided))
        for decided in dict.fromkeys(effects[name].decisions for name in sorted(effects))
    }
    return tuple(
        told
        for index, report in enumerate(verification.before)
        for told in _of_flow(
            service, report, together[index], {d: q[index] for d, q in alone.items()}, verification, numbers
        )
    )


def _of_flow(
    service: Service,
    report: Report,
    together: Question,
    alone: Mapping[frozenset[Decision], Question],
    verification: Verification,
    numbers: Mapping[str, int],
) -> Iterator[Told]:
    from opslead.behaviour.replay import stopped
    from opslead.behaviour.sequence import sequence
    from opslead.behaviour.tell import act_words, because

    lang, scope = service.language, report.scope
    for story in report.stories:
        stop = stopped(story, together)
        drawn = sequence(story, scope, service)
        yield Told(
            finding=hole_id(f"behaviour.{story.accident}", scope.flow.id),
            lanes=drawn.lanes,
            arrows=tuple(StoryArrow(source=a.source, target=a.target, text=a.text) for a in drawn.arrows),
            ending=drawn.ending,
            supposes=because(story, lang, scope),
            faults=story.faults,
            stopped_at=stop.at + 1 if stop else 0,
            instead=tuple(
                _BY_ITSELF[lang] if move == "refund" else act_words(move, cases, scope, service)
                for move, cases in (stop.instead if stop else ())
            ),
            stopped_by=tuple(sorted(_by(story, stop, alone, verification, numbers, scope.flow.name))) if stop else (),
        )


def _by(
    story: Story,
    stop: Stop,
    alone: Mapping[frozenset[Decision], Question],
    verification: Verification,
    numbers: Mapping[str, int],
    flow: str,
) -> Sequence[int]:
    """The policies that stop the story where all together do; else that stop it later; else that it takes together with others."""
    from opslead.behaviour.replay import stopped

    stops = {decided: stopped(story, question) for decided, question in alone.items()}
    effects = verification.effects
    found = {name: stops[effect.decisions] for name, effect in effects.items() if stops[effect.decisions] is not None}
    first = [name for name, one in found.items() if one is not None and one.at == stop.at]
    names = first or list(found) or [n for n, effect in effects.items() if (flow, story.accident) in effect.returns]
    return [numbers[name] for name in names if name in numbers]
