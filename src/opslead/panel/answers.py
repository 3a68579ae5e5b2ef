"""What a model may answer about a service: a proposed hole, a drafted policy. Typed and strict; whether it is true is checked elsewhere."""

from __future__ import annotations

import re
from typing import Annotated, Literal

from pydantic import BeforeValidator, Field

from opslead.knowledge.losses import Loss
from opslead.model.guardrails import Decision, GuardrailKind
from opslead.panel.port import Reply

Line = Annotated[str, Field(min_length=1, max_length=400)]
Text = Annotated[str, Field(min_length=1, max_length=1200)]
Surface = Annotated[int, Field(ge=1, le=12)]

MOST_WORDS = 6
"""Words of a name; what is beyond says no more."""
_CLOCK = re.compile(r"([01]?\d|2[0-4]):([0-5]\d)")


def _name(said: object) -> object:
    """The name as ids need it: a name in another dress or a longer one is no reason to send a whole answer back."""
    if not isinstance(said, str):
        return said
    words = re.findall(r"[a-z0-9]+", said.lower())
    if not words:
        raise ValueError("two to six English words joined by hyphens, such as guests-swap-sites")
    return "-".join(words[:MOST_WORDS])


def _time(said: object) -> object:
    if not isinstance(said, str):
        return said
    found = _CLOCK.fullmatch(said.strip())
    if found is None:
        raise ValueError("a time of day in hours and minutes, such as 09:00 or 24:00")
    return f"{int(found[1]):02d}:{found[2]}"


HoleName = Annotated[str, BeforeValidator(_name), Field(description="what goes wrong, two to six English words")]
Clock = Annotated[str, BeforeValidator(_time), Field(description="HH:MM, 00:00 to 24:00")]


class Graded(Reply):
    """An FMEA grade, 1 to 10, 10 the worst, with its reason."""

    value: int = Field(ge=1, le=10)
    reason: Line


class Gap(Reply):
    """Hours in which somebody is claimed to be away, to be compared with the stated duty."""

    who: str = Field(description="id of an actor of the brief")
    days: Literal["weekdays", "weekend", "every day"]
    start: Clock
    end: Clock


class HoleDraft(Reply):
    """A proposed hole. `quotes` are words of the description, to the letter; `sum`, `gap` and `accident` are claims the engine checks."""

    name: HoleName
    place: str = Field(description="id of the step, exit, actor, partner, resource or channel where it happens")
    surfaces: tuple[Surface, ...] = Field(min_length=1, max_length=3)
    loss: Loss
    condition: Line = Field(description="how it comes about, one sentence, in the service's words")
    user_impact: Line
    operations_impact: Line
    quotes: tuple[Line, ...] = Field(min_length=1, max_length=3)
    sum: str = Field(
        "", max_length=200, description="if it rests on a sum: `3 * 14 / 2 = 21 sites`, numbers of the description only"
    )
    gap: Gap | None = None
    accident: str = Field("", description="if the search can decide it: one of the brief's accident names")
    severity: Graded
    occurrence: Graded
    detection: Graded
    decision: Line = Field(description="the question that decides whether it is so")
    data: Line = Field(description="the data that answers it: which, of which period, by which split")


class HoleDrafts(Reply):
    """What one direction of looking brings; empty when it brings nothing new."""

    holes: tuple[HoleDraft, ...] = Field((), max_length=4)


class PointDraft(Reply):
    """Where the system enforces it."""

    kind: Literal[
        "ui", "server_api", "batch", "admin_console", "device", "message", "ledger", "partner_portal", "paper"
    ]
    action: Line


class StepDraft(Reply):
    """One runbook step: `actor` does `action` by `deadline` with `data`."""

    actor: Line
    action: Line
    deadline: Line
    data: str = Field("", max_length=400)


class GuardDraft(Reply):
    """What the policy builds in. `point` is the number of the enforcement point that does it, from 1; `decides` what that settles in the search."""

    kind: GuardrailKind
    control: Literal["preventive", "detective", "corrective"]
    point: int = Field(ge=1)
    decides: tuple[Decision, ...] = ()


class ByPeople(Reply):
    """A decision left to `who`, an actor of the runbook, and `why` no system can."""

    decision: Decision
    who: Line
    why: Line


class StartingDraft(Reply):
    """A number of the model's own: as it stands in the text without †, why this one, and the data that replaces it."""

    text: Line
    why: Line
    data: Line


class PolicyDraft(Reply):
    """A whole policy, written without †. Every number is given, computed, or declared in `starting_values`."""

    name: Line
    surfaces: tuple[Surface, ...] = Field(min_length=1, max_length=3)
    intent: Text
    scope: Text
    trigger: Text
    signals: tuple[Line, ...] = Field(min_length=2, max_length=10)
    enforcement_points: tuple[PointDraft, ...] = Field(min_length=1, max_length=6)
    runbook: tuple[StepDraft, ...] = Field(min_length=3, max_length=7)
    exceptions: tuple[Text, ...] = Field(min_length=1, max_length=6)
    leading: tuple[Line, ...] = Field(min_length=1, max_length=3)
    lagging: tuple[Line, ...] = Field((), max_length=3)
    start: Line
    relax: Line
    stop: Line
    symptoms: tuple[Line, ...] = Field(min_length=1, max_length=4)
    uncertain: str = Field(
        "", max_length=600, description="what is uncertain; questions of law belong here; empty: nothing"
    )
    questions: tuple[Line, ...] = Field((), max_length=3, description="one to three, only with `uncertain`")
    guardrails: tuple[GuardDraft, ...] = Field(min_length=1, max_length=6)
    by_people: tuple[ByPeople, ...] = Field((), max_length=3)
    starting_values: tuple[StartingDraft, ...] = Field((), max_length=20)
    effort: Literal["setting", "procedure", "build"]
