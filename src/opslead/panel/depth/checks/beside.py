"""The policy deals with the holes it is there to close."""

from __future__ import annotations

import re
from collections.abc import Iterator

from opslead.intake.lexicon import keys
from opslead.lenses.hole import CalendarGap, Hole
from opslead.panel.depth.checks.bench import Case, Complaint, Gravity
from opslead.panel.depth.stems import stems

_LEAST = 2
"""Word stems that a condition and a text share when they speak of the same thing."""
_AWAY = re.compile(
    r"당직|무응답|자동|시스템이|시스템은|기본값|근무 밖|근무 전|근무 시작|공백|밤|야간|주말|휴일|없는 시간|없으면|대리|대신|혼자|단독|한 명|1명|교대|원격"
    r"|on.?call|nobody|no one|unanswered|no answer|automat|by itself|the system|default|night|after.?hours|off.?duty|out of hours|weekend|holiday"
    r"|stand.?in|deputy|instead|alone|single|one person|remote|shift",
    re.I,
)


def find(case: Case) -> Iterator[Complaint]:
    """Certain holes that name, intent, scope, trigger and runbook have no words of; gaps in the rota that nothing fills."""
    policy = case.policy
    said = "\n".join(
        (policy.name, policy.intent, policy.scope, policy.trigger, *(step.action for step in policy.runbook))
    )
    for hole in case.candidate.holes:
        if not _speaks_of(said, hole):
            yield Complaint(
                Gravity.BESIDE,
                "scope, trigger",
                "nothing here deals with a finding this policy closes:",
                hole.condition,
                "name the place and the situation of the finding in scope or trigger",
            )
    gaps = [e for hole in case.candidate.holes if hole.certain for e in hole.evidence if isinstance(e, CalendarGap)]
    if gaps and not any(_AWAY.search(text) for place, text in case.passages if place != "name"):
        gap = gaps[0]
        yield Complaint(
            Gravity.BESIDE,
            "runbook",
            "nothing says what happens while nobody is there:",
            f"{gap.who}: {gap.gap}",
            "the default that fires by itself then, or who is called instead",
        )


def _speaks_of(said: str, hole: Hole) -> bool:
    """Whether the text has a concept or two word stems of the finding's condition; what follows from it many policies speak of."""
    spoken = hole.condition
    named = {*keys(spoken, "concepts"), *keys(spoken, "steps")}
    if named & {*keys(said, "concepts"), *keys(said, "steps")}:
        return True
    return len(stems(spoken) & stems(said)) >= _LEAST
