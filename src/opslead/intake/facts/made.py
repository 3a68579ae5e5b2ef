"""Values and limits with their origin, made from an amount."""

from __future__ import annotations

from typing import Literal

from opslead.intake.amounts.frames import Amount
from opslead.model.document import LimitText, Said

Bound = Literal["max", "min", "exact", "target"]


def said(value: str, amount: Amount) -> Said:
    """A value with the quotation of its amount."""
    return Said(value=value, given=amount.given, at=amount.at)


def limit(amount: Amount, bound: str, value: str, unit: str, subject: str = "") -> LimitText:
    """A bound on something countable; `subject` where it differs from the amount's."""
    known: dict[str, Bound] = {"max": "max", "min": "min", "target": "target"}
    return LimitText(
        subject=subject or amount.subject,
        bound=known.get(bound, "exact"),
        amount=said(value, amount),
        unit=unit,
        given=amount.given,
        at=amount.at,
    )
