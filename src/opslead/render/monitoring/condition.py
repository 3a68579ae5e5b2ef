"""A threshold as a sentence states it: what is measured, against which number, over and for how long."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Literal

Operator = Literal[">", ">=", "<", "<=", "=="]


class Unit(StrEnum):
    """Base units, as Prometheus names them; a share is 0 to 1."""

    SECONDS = "seconds"
    RATIO = "ratio"
    TIMES = "times"
    COUNT = "count"
    STATE = "state"
    CELSIUS = "celsius"
    KRW = "krw"
    EUR = "eur"
    USD = "usd"
    GBP = "gbp"


@dataclass(frozen=True)
class Amount:
    """A number in its base unit, and as it was written."""

    value: float
    unit: Unit
    text: str


@dataclass(frozen=True)
class Condition:
    """`subject` is measured `operator` `amount`; counted over `window` and lasting for `hold`, both in seconds, None where not said.

    An empty `subject` speaks of what was named before.
    """

    subject: str
    operator: Operator
    amount: Amount
    window: int | None = None
    hold: int | None = None


@dataclass(frozen=True)
class Clause:
    """Conditions that must all hold, with the words they were read from."""

    conditions: tuple[Condition, ...]
    text: str


@dataclass(frozen=True)
class Said:
    """What a sentence says: its clauses, or, where there is none, why a machine cannot watch it."""

    clauses: tuple[Clause, ...]
    why_not: str = ""


SECONDS = {"second": 1, "minute": 60, "hour": 3600, "day": 86400, "week": 604800, "month": 30 * 86400}
"""A month counts 30 days, as everywhere in a specification."""
