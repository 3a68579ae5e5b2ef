"""The answer to "what does this text state": short entries, each with the words that state it. Whether it is so is checked elsewhere.

Kinds are plain words here and not enumerations, so that one wrong kind costs one entry and not the whole answer.
"""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import AfterValidator, Field, StringConstraints

from opslead.panel.port import Reply


def _flat(text: str) -> str:
    """On one line, without control characters: it becomes a name in a document."""
    return " ".join("".join(c if c.isprintable() else " " for c in text).split())


Words = Annotated[str, Field(max_length=120), AfterValidator(_flat)]
Name = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=120), AfterValidator(_flat)]
Amount = Annotated[str, Field(max_length=60), AfterValidator(_flat)]
Quotes = Annotated[tuple[Annotated[str, Field(min_length=2, max_length=300)], ...], Field(min_length=1, max_length=3)]


class Stated(Reply):
    """Anything read: `quotes` are the text's words that state it, to the letter."""

    quotes: Quotes


class MayAlone(Reply):
    """What somebody may decide alone, up to `limit` (money; empty: no limit stated)."""

    action: Words
    limit: Amount = ""
    per: Literal["case", "day", "month"] = "case"


class ActorRead(Stated):
    name: Name
    role: Literal["customer", "staff", "field", "partner", "supplier", "system"]
    count: Amount = ""
    per_site: bool = False
    duty: Amount = ""
    may: tuple[MayAlone, ...] = Field((), max_length=4)
    does: tuple[Words, ...] = Field((), max_length=10)


class PartnerRead(Stated):
    name: Name
    kind: Words = ""
    mode: Words = ""
    latency: Amount = ""
    worst: Amount = ""
    hours: Amount = ""


class ThingRead(Stated):
    """Something scarce, moved or kept."""

    name: Name
    capacity: Amount = ""
    unit: Words = ""
    physical: bool = False
    perishable: bool = False


class ChannelRead(Stated):
    name: Name
    share: Amount = ""
    sync: Literal["live", "delayed", "manual", ""] = ""
    delay: Amount = ""


class StepRead(Stated):
    """One step. `by_hand` null: not stated."""

    kind: Words
    name: Words
    actor: Words = ""
    partner: Words = ""
    within: Amount = ""
    via: Words = ""
    by_hand: bool | None = None


class TierRead(Reply):
    until: Words
    share: Amount = ""
    amount: Amount = ""


class ExitRead(Stated):
    kind: Words
    name: Name
    by: Words = ""
    within: Amount = ""
    tiers: tuple[TierRead, ...] = Field((), max_length=8)


class FlowRead(Reply):
    """`name`: of a flow that is read already, or a new one; steps in their order."""

    name: Name
    steps: tuple[StepRead, ...] = Field((), max_length=16)
    exits: tuple[ExitRead, ...] = Field((), max_length=6)


class NumberRead(Stated):
    """`value` as written; `per` for volumes (day, hour, …), `unit` for limits, `due` for money (매월 10일, net 5)."""

    sort: Literal["clock", "rate", "volume", "money", "limit"]
    kind: Words
    subject: Words
    value: Amount = ""
    per: Words = ""
    unit: Words = ""
    due: Words = ""


class ControlRead(Stated):
    """A guardrail that is in place now."""

    kind: Words
    on: tuple[Words, ...] = Field((), max_length=6)


class NoteRead(Stated):
    """Personal data touched (`text`: what, `medium`: where), a measure people are judged by, or what is planned later."""

    sort: Literal["personal", "kpi", "later"]
    text: Name
    medium: Words = ""


class Understood(Reply):
    """What the text states beyond, or against, what is read already; empty lists where nothing is missing."""

    actors: tuple[ActorRead, ...] = Field((), max_length=12)
    partners: tuple[PartnerRead, ...] = Field((), max_length=8)
    things: tuple[ThingRead, ...] = Field((), max_length=8)
    channels: tuple[ChannelRead, ...] = Field((), max_length=6)
    flows: tuple[FlowRead, ...] = Field((), max_length=8)
    numbers: tuple[NumberRead, ...] = Field((), max_length=24)
    controls: tuple[ControlRead, ...] = Field((), max_length=10)
    notes: tuple[NoteRead, ...] = Field((), max_length=12)
