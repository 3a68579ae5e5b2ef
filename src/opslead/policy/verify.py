"""Verification by search: what each policy ends, makes harder, and would bring back if it were taken away."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from opslead.behaviour.bounds import Bounds
from opslead.knowledge.schema import Pattern
from opslead.lenses.hole import Arithmetic, CalendarGap, Quotation, Story, hole_id
from opslead.model.guardrails import Decision
from opslead.model.service import Service
from opslead.policy.rank import Choice
from opslead.policy.synthesise import Candidate
from opslead.spec.document import FlowSearch, PolicyEvidence

if TYPE_CHECKING:
    from opslead.behaviour.attack import Report
    from opslead.behaviour.verify import Key, Verification

_KINDS = {Quotation: "quotation", Arithmetic: "arithmetic", CalendarGap: "calendar", Story: "story"}


def decisions(pattern: Pattern) -> frozenset[Decision]:
    """What the pattern's policy decides in the world of the search."""
    return frozenset(decision for guardrail in pattern.guardrails for decision in guardrail.decides)


def verified(service: Service, choices: Sequence[Choice], bounds: Bounds, stop: Callable[[], bool]) -> Verification:
    """The search with and without the chosen policies, one by one and together."""
    from opslead.behaviour.verify import verify

    policies = {choice.candidate.id: decisions(choice.candidate.pattern) for choice in choices}
    return verify(service, policies, bounds, stop)


def needed(
    service: Service, candidates: Sequence[Candidate], bounds: Bounds, stop: Callable[[], bool]
) -> frozenset[str]:
    """Ids of the least set of candidates that ends every story that all of them together end."""
    from opslead.behaviour.verify import least

    order = sorted(candidates, key=lambda c: (c.priority, c.id))
    return least(service, {c.id: decisions(c.pattern) for c in order}, bounds, stop)


def evidence(choice: Choice, verification: Verification | None) -> PolicyEvidence:
    """What the policy rests on: the kinds of its findings' evidence, and what the search says of it."""
    kinds = sorted({_KINDS[type(item)] for hole in choice.candidate.holes for item in hole.evidence})
    effect = verification.effects.get(choice.candidate.id) if verification else None
    if effect is None:
        return PolicyEvidence(kinds=tuple(kinds))
    return PolicyEvidence(
        kinds=tuple(kinds),
        decides=tuple(sorted(effect.decisions)),
        ends=_ids(effect.ends),
        harder=_ids(effect.needs_more),
        returns=_ids(effect.returns),
        judged=effect.decided,
    )


def _ids(keys: Sequence[Key]) -> tuple[str, ...]:
    return tuple(hole_id(f"behaviour.{accident}", flow) for flow, accident in keys)


def searches(verification: Verification) -> tuple[FlowSearch, ...]:
    """What was searched, within which bounds, and what is left."""
    return tuple(_flow(b, a) for b, a in zip(verification.before, verification.after, strict=True))


def unseen_flows(service: Service) -> tuple[str, ...]:
    """Names of the flows that take money and that the search does not see."""
    from opslead.behaviour.scope import unsearched

    return tuple(flow.name for flow in unsearched(service))


def _flow(before: Report, after: Report) -> FlowSearch:
    return FlowSearch(
        flow=before.scope.flow.name,
        cases=before.bounds.cases,
        faults=before.bounds.faults,
        verdict=before.verdict if after.verdict == "exhausted" else after.verdict,
        states=before.states,
        depth=before.depth,
        good=before.good,
        before=_fewest(before),
        after=_fewest(after),
        after_states=after.states,
        after_good=after.good,
        outside=tuple(dict.fromkeys(step.kind for step in before.scope.outside)),
    )


def _fewest(report: Report) -> dict[str, int]:
    found: dict[str, int] = {}
    for story in report.stories:
        found[story.accident] = min(story.faults, found.get(story.accident, story.faults))
    return found
