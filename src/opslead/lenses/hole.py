"""What a lens finds: an open choice that can end in a loss, with its evidence.

No evidence, no hole. Texts are written in the service's language by the lens; the id says which lens, which mechanism and
which place of the model (`coverage.unattended@refund`), so it stays the same as long as the place does.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Protocol

from opslead.model.service import Service, Source


class Loss(StrEnum):
    """What is lost when the hole opens."""

    DOUBLE_ALLOCATION = "double_allocation"
    MONEY_WITHOUT_ENTITLEMENT = "money_without_entitlement"  # paid, and nothing to show for it
    ENTITLEMENT_WITHOUT_MONEY = "entitlement_without_money"
    WRONG_AMOUNT = "wrong_amount"
    PAID_TWICE = "paid_twice"
    STUCK_CASE = "stuck_case"
    IDLE_CAPACITY = "idle_capacity"
    LOST_GOODS = "lost_goods"
    WRONG_PERSON = "wrong_person"
    PRIVATE_GAIN = "private_gain"
    BROKEN_PROMISE = "broken_promise"
    SAFETY = "safety"
    DISCLOSURE = "disclosure"
    BLINDNESS = "blindness"  # nobody sees it in time


@dataclass(frozen=True)
class Quotation:
    """Words of the input on which the finding rests."""

    sources: tuple[Source, ...]


@dataclass(frozen=True)
class Arithmetic:
    """A sum. `formula` with its numbers in, `result` with its unit, and where the inputs come from."""

    formula: str
    result: str
    inputs: tuple[Source, ...]


@dataclass(frozen=True)
class CalendarGap:
    """A stretch of the week in which nobody can do what is needed."""

    who: str
    gap: str
    hours: float
    needed: str
    inputs: tuple[Source, ...]


@dataclass(frozen=True)
class Story:
    """Steps, in order, that end in the loss; each in the service's words."""

    steps: tuple[str, ...]
    faults: int
    sources: tuple[Source, ...]


Evidence = Quotation | Arithmetic | CalendarGap | Story


@dataclass(frozen=True, order=True)
class Grade:
    """One axis of an FMEA, 1 to 10, 10 the worst, with its reason in the document's language."""

    value: int
    reason: str


@dataclass(frozen=True)
class Question:
    """What has to be found out: the decision it serves and the data it takes. `weight` orders: how much hangs on it."""

    decision: str
    data: str
    weight: float = 1.0


@dataclass(frozen=True)
class Hole:
    """One finding. `slots` are what the policy text may say about it, already in words (`hold.ttl` → `10분`)."""

    id: str
    lens: str
    mechanism: str
    surfaces: tuple[int, ...]
    loss: Loss
    condition: str
    user_impact: str
    operations_impact: str
    evidence: tuple[Evidence, ...]
    severity: Grade
    occurrence: Grade
    detection: Grade
    slots: Mapping[str, str] = field(default_factory=dict)
    questions: tuple[Question, ...] = ()
    certain: bool = True
    """False when a fact the finding needs is unknown; `questions` then says which."""

    @property
    def priority(self) -> int:
        """Severity × occurrence × detection, 1 to 1000 (risk priority number, AIAG-VDA)."""
        return self.severity.value * self.occurrence.value * self.detection.value


def hole_id(mechanism: str, place: str) -> str:
    """`windows.no_end@accept`: one word, so that it can be quoted, typed and parsed; white space becomes a hyphen."""
    return f"{mechanism}@{'-'.join(place.replace(',', ' ').split())}"


class Lens(Protocol):
    """A pure function of the service. A lens is a module of `opslead.lenses` with a function `examine`."""

    def __call__(self, service: Service) -> Iterable[Hole]: ...
