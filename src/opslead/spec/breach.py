"""A breach report as a document: what attackers found in a specification, in the form that `design --breach` reads."""

from __future__ import annotations

from typing import Literal

from pydantic import BaseModel, ConfigDict

from opslead.spec.document import EvidenceItem, Level


class _Part(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class BreachItem(_Part):
    """One way through. `policies`: numbers of those it goes through, `through` the name of the first; `gap`: its words that leave it open.

    `raised_by`: who found it, in words.
    """

    story: str
    policies: tuple[int, ...] = ()
    through: str = ""
    gap: str = ""
    loss: str = ""
    level: Level = ""
    evidence: tuple[EvidenceItem, ...] = ()
    raised_by: str = ""


class BreachReport(_Part):
    """The report of one round of attack on the specification of that `title`. `silent`: attackers from whom no answer came."""

    title: str
    language: Literal["ko", "en"]
    number: int
    items: tuple[BreachItem, ...] = ()
    attackers: tuple[str, ...] = ()
    silent: tuple[str, ...] = ()
