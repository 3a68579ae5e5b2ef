"""Declared starting values stand in the text, so that the dagger has a place and the reader a number to replace."""

from __future__ import annotations

from collections.abc import Iterator

from opslead.panel.depth.checks.bench import Case, Complaint, Gravity
from opslead.panel.depth.daggers import stands_in


def find(case: Case) -> Iterator[Complaint]:
    """A declared value that no text has as it was declared."""
    whole = "\n".join(text for _, text in case.passages)
    for value in case.policy.starting_values:
        if not stands_in(value.text, whole):
            yield Complaint(
                Gravity.UNDECLARED,
                "starting_values",
                "a declared starting value stands nowhere in the text as declared:",
                value.text,
                "number and unit to the letter as in the text, or leave it out",
            )
