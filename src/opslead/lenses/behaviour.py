"""The behaviour lens: the flows searched for the shortest believable stories that end in a loss.

One hole a flow and accident, with its stories as evidence, the open choices they take as questions, and how often a case meets them. The
search is imported when it is run, since it brings NumPy.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from opslead.knowledge.losses import Loss
from opslead.lenses.finding import Measured, find
from opslead.lenses.hole import Hole, Question
from opslead.lenses.hole import Story as Told
from opslead.lenses.people import attended, performers
from opslead.model.measure import format_number
from opslead.model.service import Basis, Service, Source
from opslead.text import pick

if TYPE_CHECKING:
    from opslead.behaviour.attack import Report, Story

REPLACES = frozenset({"windows.late_approval"})
"""What the search tells with proof."""
MONEY = frozenset({Loss.MONEY_WITHOUT_ENTITLEMENT, Loss.PAID_TWICE, Loss.ENTITLEMENT_WITHOUT_MONEY, Loss.WRONG_AMOUNT})
"""Losses of which one case costs a ticket."""
CHEAPER = frozenset({"old_price", "entered_twice"})
"""Accidents that end in such a loss and cost less: a difference of prices, a record to be struck out."""


def examine(service: Service) -> Iterator[Hole]:
    """What the search finds within its bounds with nothing but what the description decides; what several flows share, once."""
    from opslead.behaviour.attack import attack

    told: dict[tuple[str, str], list[tuple[Hole, Report]]] = {}
    for report in attack(service):
        for accident in dict.fromkeys(story.accident for story in report.stories):
            hole = _hole(service, report, [story for story in report.stories if story.accident == accident])
            told.setdefault((hole.mechanism, hole.condition), []).append((hole, report))
    yield from (_once(service, same) for same in told.values())


def _once(service: Service, same: Sequence[tuple[Hole, Report]]) -> Hole:
    """What breaks in the same words in several flows: told of the first, the others named."""
    (hole, _), *rest = same
    if not rest:
        return hole
    others = pick(service.language, "·", ", ").join(report.scope.flow.name for _, report in rest)
    also = pick(service.language, f" (다음 흐름도 같다: {others})", f" (the same in: {others})")
    return replace(hole, condition=hole.condition + also)


def _hole(service: Service, report: Report, stories: list[Story]) -> Hole:
    from opslead.behaviour.rates import frequency
    from opslead.behaviour.tell import because, ending, tell, words

    stories = sorted(
        stories, key=lambda story: _supposes(story, report)
    )  # stable: what rests on stated steps comes first
    first, lang = stories[0], service.language
    sources = _sources(report)
    often, ticket = frequency(first, service), service.ticket
    hole = find(
        service,
        f"behaviour.{first.accident}",
        report.scope.flow.id,
        {
            **words(report.scope, service),
            "because": because(first, lang, report.scope),
            "ending": ending(first, report.scope, service, pick(lang, "손님", "the customer")),
        },
        tuple(Told(tell(story, report.scope, service), story.faults, sources) for story in stories),
        loss=Measured(ticket.value.amount, ticket.value.format(lang)) if ticket and _costs_a_ticket(first) else None,
        cases=Measured(often.per_month, often.shown) if often else None,
        unseen=_unseen(service),
        certain=not _supposes(first, report),
    )
    asked = {
        q.decision: q for q in (*_choices(service, report, stories), *_shares(service, (often and often.assumed) or ()))
    }
    return replace(hole, questions=(*asked.values(), *hole.questions))


def _supposes(story: Story, report: Report) -> bool:
    """Whether the story goes through a way out or a step that the description does not state."""
    scope, moves = report.scope, {act.move.partition(":")[0] for act in story.acts}
    parts = (
        (scope.cancel, {"cancel", "cancel_paying"}),
        (scope.no_show, {"mark_no_show", "wrong_no_show"}),
        (scope.notify, {"lose_notice"}),
        (scope.arrive, {"arrive"}),
    )
    return any(part is not None and part.source.basis is Basis.ASSUMED and moves & names for part, names in parts)


def _choices(service: Service, report: Report, stories: list[Story]) -> Iterator[Question]:
    """The open choices that the stories take."""
    from opslead.behaviour.tell import question

    for story in stories:
        for name, _ in story.choices:
            decision, data = question(name, service.language, report.scope)
            yield Question(decision, data, 8.0)


def _shares(service: Service, assumed: tuple[str, ...]) -> Iterator[Question]:
    """The shares that the frequency rests on and nobody has counted."""
    if assumed:
        names = pick(service.language, "·", ", ").join(assumed)
        yield Question(
            pick(service.language, f"이 사고의 빈도({names})", f"how often this happens ({names})"),
            pick(service.language, "최근 3개월 기록에서 센 건수와 비율", "counts and shares over three months"),
            4.0,
        )


def _sources(report: Report) -> tuple[Source, ...]:
    """The words of the steps that the stories go through."""
    scope = report.scope
    steps = (scope.claim, scope.pay, scope.confirm, scope.arrive)
    exits = (scope.cancel, scope.no_show)
    return tuple(dict.fromkeys(x.source for x in (*steps, *exits, *scope.extras.parts) if x is not None))


def _costs_a_ticket(story: Story) -> bool:
    return story.loss in MONEY and story.accident not in CHEAPER


def _unseen(service: Service) -> Measured | None:
    """The longest stretch in which nobody who could pay back or decide is on duty."""
    people = performers(service, "refund")
    hours = attended(people)
    gap = (~hours).longest() if hours is not None else None
    if gap is None:
        return None
    length = (gap[1] - gap[0]) / 60
    who = pick(service.language, "·", ", ").join(dict.fromkeys(actor.name for actor in people))
    shown = format_number(length)
    return Measured(length, pick(service.language, f"{who} 공백 최장 {shown}시간", f"{who} away for up to {shown} h"))
