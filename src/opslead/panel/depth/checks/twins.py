"""The policy says something that no neighbour says already."""

from __future__ import annotations

from collections.abc import Iterator

from opslead.contract.rules.OL023_no_twins import RULE
from opslead.panel.depth.checks.bench import Case, Complaint, Gravity
from opslead.spec.document import Specification


def find(case: Case) -> Iterator[Complaint]:
    """A neighbour that says the same, by the contract's own measure."""
    for other in case.neighbours:
        pair = Specification(title="", language="en", policies=(other, case.numbered))
        if any(True for _ in RULE.check(pair)):
            yield Complaint(
                Gravity.TWIN,
                "name, intent, trigger",
                "says the same as the neighbouring policy",
                other.name,
                "what this one alone decides, and where the other takes over",
            )
