"""What the search counts on is still said: the decisions of the policy's guardrails."""

from __future__ import annotations

from collections.abc import Iterator

from opslead.panel.depth.checks.bench import Case, Complaint, Gravity
from opslead.panel.depth.decisions import SAYINGS, unsaid
from opslead.policy.verify import decisions


def find(case: Case) -> Iterator[Complaint]:
    """A decision of the candidate's guardrails that no passage says."""
    for decision in unsaid(sorted(decisions(case.candidate.pattern)), case.policy):
        yield Complaint(
            Gravity.LOST,
            "enforcement_points, runbook",
            f"the decision {decision.value} is lost: {SAYINGS[decision].meaning}",
            right="say in one sentence of an enforcement point, a step or an exception what the system then does",
        )
