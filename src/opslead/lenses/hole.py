"""What a lens finds: an open choice that can end in a loss, with its evidence.

No evidence, no hole. Texts are written in the service's language by the lens; the id says which lens, which mechanism and
which place of the model (`coverage.unattended@refund`), so it stays the same as long as the place does.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from opslead.knowledge.losses import Loss
from opslead.model.service import Source
from opslead.quantities.ratings import Priority, action_priority


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


@dataclass(frozen=True)
class Grade:
    """One axis of an FMEA, 1 to 10, 10 the worst, with its reason in the document's language.

    `amount` in `unit` is the number the grade was read off (money a case, cases a month, hours unseen); None where it is
    experience alone.
    """

    value: int
    reason: str
    amount: float | None = None
    unit: str = ""


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
    checklist: tuple[int, ...] = ()
    """Which of the twelve questions it answers, the best first."""
    certain: bool = True
    """False when a fact the finding needs is unknown; `questions` then says which."""

    @property
    def action_priority(self) -> Priority:
        """High, medium or low by the AIAG-VDA table."""
        return action_priority(self.severity.value, self.occurrence.value, self.detection.value)

    @property
    def priority(self) -> int:
        """Severity × occurrence × detection, 1 to 1000 (the risk priority number, which AIAG-VDA gave up for the action priority)."""
        return self.severity.value * self.occurrence.value * self.detection.value


def hole_id(mechanism: str, place: str) -> str:
    """`windows.no_end@accept`: one word, so that it can be quoted, typed and parsed; white space becomes a hyphen."""
    return f"{mechanism}@{'-'.join(place.replace(',', ' ').split())}"
