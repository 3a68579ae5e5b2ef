"""What a drafted policy must pass, whoever wrote it: form, truth, and what its own candidate asks of it.

One check a file; each yields complaints with their place. They go back to the model, so they are in English, short, and true: a false
one destroys good text (`design/panel.md`).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from opslead.panel.answers import ByPeople, PolicyDraft
from opslead.panel.depth.checks import beside, decided, form, language, leftovers, starting, truth, twins
from opslead.panel.depth.checks.bench import Bench, Case, Complaint, Finds, Gravity
from opslead.panel.depth.daggers import unmarked
from opslead.panel.depth.decisions import SAYINGS
from opslead.policy.synthesise import Candidate
from opslead.policy.verify import decisions
from opslead.spec.document import Policy

__all__ = ["Bench", "Complaint", "Gravity", "complaints", "guard_complaints", "weighed", "worst"]

MOST = 12
"""Complaints about one policy; more than that nobody repairs in one go."""

CHECKS: tuple[Finds, ...] = (
    decided.find,
    truth.find,
    form.find,
    beside.find,
    language.find,
    twins.find,
    starting.find,
    leftovers.find,
)


def complaints(policy: Policy, candidate: Candidate, bench: Bench, told: Sequence[str] = ()) -> tuple[str, ...]:
    """What is wrong with the policy, the gravest first, at most 12, each with place, words and what would be right.

    `candidate`: what the policy is to close and what its guardrails decide; its own policy is not looked at. `told`: results of
    computations made for this policy beside those of the bench; their numbers count as computed.
    """
    return tuple(map(str, weighed(policy, candidate, bench, told)))


def weighed(policy: Policy, candidate: Candidate, bench: Bench, told: Sequence[str] = ()) -> tuple[Complaint, ...]:
    """The same as complaints with their gravity."""
    case = Case(policy, candidate, bench, tuple(told))
    return worst(complaint for check in CHECKS for complaint in check(case))


def guard_complaints(draft: PolicyDraft, candidate: Candidate) -> tuple[Complaint, ...]:
    """What is wrong with the guardrails a draft declares: a point that is not there, a decision of the candidate that none has."""
    found = [
        Complaint(
            Gravity.LOST,
            f"guardrails {number}",
            f"point {guard.point} is no enforcement point; there are {len(draft.enforcement_points)}",
            right="the number of the enforcement point that does it, from 1",
        )
        for number, guard in enumerate(draft.guardrails, 1)
        if guard.point > len(draft.enforcement_points)
    ]
    kept = {decision for guard in draft.guardrails for decision in guard.decides}
    left = {one.decision for one in draft.by_people}
    found += [
        Complaint(
            Gravity.LOST,
            "guardrails",
            f"{decision.value} has to stay in `decides` of a guardrail: {SAYINGS[decision].meaning}",
            right="the guardrail whose enforcement point does this; or by_people, where a person has to decide it",
        )
        for decision in sorted(decisions(candidate.pattern) - kept - left)
    ]
    found += [
        Complaint(Gravity.LOST, f"by_people {number}", what, one.who, right)
        for number, one in enumerate(draft.by_people, 1)
        for what, right in _left_wrongly(one, draft, candidate)
    ]
    return tuple(found)


_LEAST_WHY = 15
"""Letters below which a reason gives none."""


def _left_wrongly(one: ByPeople, draft: PolicyDraft, candidate: Candidate) -> Iterator[tuple[str, str]]:
    """What is wrong with leaving a decision to a person, each with what would be right."""
    if one.decision not in decisions(candidate.pattern):
        yield f"{one.decision.value} is not decided by this policy", "only what it has to go on deciding"
    if any(one.decision in guard.decides for guard in draft.guardrails):
        yield f"{one.decision.value} is decided by a guardrail as well", "one of the two"
    if not any(unmarked(one.who) in unmarked(step.actor) for step in draft.runbook):
        yield "no step of the runbook is done by", "the actor of the step in which the person decides, as written there"
    if len("".join(one.why.split())) < _LEAST_WHY:
        yield "why gives no reason", "in a sentence, what the person sees that no system can"


def worst(found: Iterable[Complaint]) -> tuple[Complaint, ...]:
    """The gravest, each once, in the order they were found within one gravity."""
    ordered = sorted(found, key=lambda complaint: complaint.gravity)
    return tuple({str(complaint): complaint for complaint in reversed(ordered)}.values())[::-1][:MOST]
