"""The contract's rules that concern one policy by itself."""

from __future__ import annotations

from collections.abc import Iterator

from opslead.contract import rules
from opslead.panel.depth.checks.bench import Case, Complaint, Gravity
from opslead.spec.document import Specification

OF_ONE_POLICY = frozenset(f"OL{n:03d}" for n in (6, 7, 8, 9, 10, 11, 12, 13, 14, 19, 20, 21, 22))
"""The others count policies and sections, or compare policies, which has checks of its own here."""


def find(case: Case) -> Iterator[Complaint]:
    """Every breach, in English whatever the document's language: the rules know both by their words."""
    alone = Specification(title=case.policy.name, language="en", policies=(case.numbered,))
    for rule in rules().values():
        if rule.id in OF_ONE_POLICY:
            gravity = Gravity.FORM if rule.severity == "error" else Gravity.STYLE
            for breach in rule.check(alone):
                place = breach.where.split(", ", 1)[-1]
                yield Complaint(gravity, place, breach.message, breach.quote, breach.repair or rule.summary["en"])
