"""Items of a breach report: what an attacker may answer, and what is kept of it once the engine has checked it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Annotated

from pydantic import Field

from opslead.knowledge.losses import Loss
from opslead.lenses.hole import Evidence, Grade, Hole, Question, hole_id
from opslead.panel.answers import Graded, HoleName, Line, Surface
from opslead.panel.port import Reply
from opslead.quantities.ratings import Priority, action_priority
from opslead.text import Lang, pick

SEARCH = "search"
"""Who raised an item: the search itself."""
Act = Annotated[str, Field(min_length=1, max_length=160)]


class BreachDraft(Reply):
    """A way through the policies, as an attacker tells it. Whether it is one is checked elsewhere."""

    name: HoleName
    policies: tuple[Annotated[int, Field(ge=1, le=999)], ...] = Field(
        (), max_length=3, description="numbers of the policies it goes through; empty: none covers it"
    )
    gap: str = Field("", max_length=300, description="words of one of them, to the letter, that leave it open")
    place: str = Field(description="id of the step, exit, actor, partner, resource or channel where it happens")
    story: tuple[Act, ...] = Field(min_length=2, max_length=5, description="one act a sentence, the loss last")
    surfaces: tuple[Surface, ...] = Field(min_length=1, max_length=3)
    loss: Loss
    user_impact: Line
    operations_impact: Line
    quotes: tuple[Line, ...] = Field(min_length=1, max_length=2)
    accident: str = Field("", description="only if the search can decide it: one of the accident names")
    severity: Graded
    occurrence: Graded
    detection: Graded
    data: Line = Field(description="the record that would show it happening")


class BreachDrafts(Reply):
    """What one attacker brings; empty when nothing is left for him."""

    items: tuple[BreachDraft, ...] = Field((), max_length=2)


@dataclass(frozen=True)
class Grades:
    """Severity, occurrence and detection of one item."""

    severity: Grade
    occurrence: Grade
    detection: Grade


@dataclass(frozen=True)
class Item:
    """An item of a breach report.

    `policies`: ids of the candidates it goes through, the one that holds `gap` first; `gap`: its words that leave the hole open.
    `grades` None: told by a report that was given, and so not graded. `accident`: what the search calls it. `raised_by`: the
    attacker's id, `search`, or empty for a report that was given.
    """

    label: str
    name: str
    story: str
    place: str
    policies: tuple[str, ...] = ()
    gap: str = ""
    loss: Loss = Loss.BROKEN_PROMISE
    surfaces: tuple[int, ...] = ()
    user_impact: str = ""
    operations_impact: str = ""
    grades: Grades | None = None
    evidence: tuple[Evidence, ...] = ()
    accident: str = ""
    data: str = ""
    raised_by: str = ""
    round: int = 0

    @property
    def level(self) -> Priority:
        """The action priority (AIAG-VDA). What a person reported without grades counts as high."""
        if self.grades is None:
            return "high"
        g = self.grades
        return action_priority(g.severity.value, g.occurrence.value, g.detection.value)


_WEIGHT = 6.0
"""How much hangs on the question of an item, as on that of any proposed hole."""


def hole_of(item: Item, lang: Lang) -> Hole | None:
    """The item as a hole that a policy can be written for; None for what was told without grades."""
    if item.grades is None:
        return None
    asked = pick(lang, "이 길이 실제로 열려 있는가?", "is this way really open?")
    mechanism = f"panel.{item.name}"
    return Hole(
        id=hole_id(mechanism, item.place or item.label),
        lens="panel",
        mechanism=mechanism,
        surfaces=item.surfaces,
        loss=item.loss,
        condition=item.story,
        user_impact=item.user_impact,
        operations_impact=item.operations_impact,
        evidence=item.evidence,
        severity=item.grades.severity,
        occurrence=item.grades.occurrence,
        detection=item.grades.detection,
        questions=(Question(asked, item.data, _WEIGHT),) if item.data else (),
    )


_RANK = {"high": 0, "medium": 1, "low": 2}


def gravest(items: Iterable[Item]) -> tuple[Item, ...]:
    """The same, high before medium before low, else in their order."""
    return tuple(sorted(items, key=lambda item: _RANK[item.level]))


def quiet(items: Iterable[Item]) -> bool:
    """Whether a round brought nothing above low."""
    return all(item.level == "low" for item in items)
