"""The service as written: the strict shape of `service.yaml`.

A person may write a bare value (`count: 2`) or the value with where it comes from
(`count: {value: 2, given: "낮 2명", at: "camping.md:9"}`). Values stay text here; `load.resolve` turns them into amounts.
Every entity can carry the same origin: the words it was `given` by and the place, the sum it was `derived` by, or the
source of the default it was `assumed` by. Without any of the three, the file itself is the source.
"""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field

from opslead.model.guardrails import GuardrailKind
from opslead.model.steps import STEP_KINDS, Role

Scalar = str | int | float | bool
Name = Annotated[str, Field(min_length=1, max_length=200)]


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Origin(_Strict):
    """Where something comes from; at most one of the three."""

    given: str = Field("", description="the quoted words")
    derived: str = Field("", description="the sum")
    assumed: str = Field("", description="the source of the default")
    at: str = Field("", description="file:line of the quotation")


class Said(Origin):
    """A value with its origin."""

    value: Scalar


def _said(value: object) -> object:
    return {"value": value} if isinstance(value, str | int | float | bool) else value


Value = Annotated[Said, BeforeValidator(_said, json_schema_input_type=Said | Scalar)]


class Entity(Origin):
    """Anything with a name. `id` is how other entries refer to it; left out, the name serves."""

    id: str = ""
    name: Name


class AuthorityText(Origin):
    """What an actor may do alone, and up to how much."""

    action: str = Field(description="a step kind, such as refund, compensate, approve")
    limit: Value | None = Field(None, description="money or a share; absent means no limit is stated")
    per: Literal["case", "day", "month"] = "case"


class ActorText(Entity):
    """Who takes part: one entry for each shift that differs."""

    role: Role
    count: Value | None = Field(None, description="people on duty at once")
    per_site: bool = Field(False, description="the count is for each site")
    duty: Value | None = Field(None, description="hours, such as 평일 10:00~19:00")
    authority: tuple[AuthorityText, ...] = ()
    does: tuple[str, ...] = Field((), description="step kinds this actor performs")
    shared_account: bool = False


class ResourceText(Entity):
    """What is scarce, moves or is kept."""

    capacity: Value | None = None
    unit: str = ""
    physical: bool = False
    perishable: bool = Field(False, description="unsold capacity is lost with time")


class StepText(Origin):
    """One step of a flow, of a known kind."""

    kind: str = Field(description=f"one of {', '.join(STEP_KINDS)}")
    name: str = ""
    actor: str = ""
    partner: str = ""
    resource: str = ""
    within: Value | None = Field(None, description="time limit of this step, such as the TTL of a hold")
    when: Value | None = Field(None, description="hours of the day in which it happens")
    manual: bool | None = Field(None, description="a person does it by hand; absent: as the kind usually is")
    via: str = Field("", description="callback, webhook, api, batch, file, phone, fax, spreadsheet, paper, chat")
    minutes: Value | None = Field(None, description="minutes of a person's work each time")


class TierText(Origin):
    """One rung of a ladder: until `until` before (D-7) or for the given length before, `share` is paid back."""

    until: str = Field(description="D-7, 48h, same day, before_start, or the condition in words")
    share: Value | None = Field(None, description="share of the price refunded")
    amount: Value | None = Field(None, description="a fixed sum instead of a share")


class ExitText(Entity):
    """A way out of a flow other than its end."""

    kind: str = Field(description="cancel, no_show, expire, return, reject, dispute, weather, …")
    by: str = Field("", description="the actor who takes it")
    within: Value | None = None
    tiers: tuple[TierText, ...] = ()


class FlowText(Entity):
    """A chain of steps with its exits."""

    resource: str = ""
    steps: tuple[StepText, ...]
    exits: tuple[ExitText, ...] = ()


class PartnerText(Entity):
    """A company whose answer the service needs."""

    kind: str = Field("", description="payment, channel, messaging, carrier, bank, identity, map, network, supplier, …")
    mode: str = Field("", description="callback, webhook, api, batch, portal, phone")
    latency: Value | None = Field(None, description="how late its answers usually are")
    worst: Value | None = Field(None, description="how late they sometimes are")
    hours: Value | None = None


class ChannelText(Entity):
    """A way by which customers come."""

    share: Value | None = None
    sync: Literal["live", "delayed", "manual", ""] = ""
    delay: Value | None = Field(None, description="how long until other channels see what it sold")


class MoneyText(Origin):
    """A sum or share that somebody pays: price, fee, commission, deposit, penalty, reward, compensation, settlement."""

    kind: str
    subject: str = ""
    amount: Value | None = None
    share: Value | None = None
    due: Value | None = Field(None, description="when it is paid: 매월 10일, weekly Monday, net 5")
    payer: str = ""
    payee: str = ""


class ClockText(Origin):
    """A length of time or a time of day that rules something: TTL, deadline, cut-off, cycle, retention, retry."""

    kind: str = Field(
        description="ttl, deadline, window, cutoff, cycle, retention, retry, timeout, opening, latency, sla"
    )
    subject: str
    length: Value | None = None
    time: Value | None = None


class LimitText(Origin):
    """A bound that the description states on something countable."""

    subject: str
    bound: Literal["max", "min", "exact", "target"] = "exact"
    amount: Value
    unit: str = ""


class RateText(Origin):
    """A share that describes behaviour: no_show, cancel, occupancy, channel, refund, …"""

    kind: str
    subject: str = ""
    share: Value


class VolumeText(Origin):
    """How much there is of something in a period, or a peak."""

    kind: str = Field(description="cases, visitors, tickets, peak, peak_factor, or the thing counted")
    subject: str = ""
    amount: Value
    per: str = Field("", description="minute, hour, day, week, month, year; empty for a level")


class KpiText(Origin):
    """A measure somebody is judged by."""

    name: Name
    target: Value | None = None


class PersonalText(Origin):
    """Personal data that the operation touches."""

    item: str
    medium: str = Field("", description="screen, paper, spreadsheet, message, photo, camera, export")


class StateText(Origin):
    """A state that the description names. `next` lists the states it can turn into, when known."""

    name: Name
    next: tuple[str, ...] | None = None
    terminal: bool = False


class SeasonText(Origin):
    """A time in which the service differs."""

    name: Name
    when: str = ""
    occupancy: Value | None = None


class RuleText(Origin):
    """Anything else the description fixes in words, kept whole: what is automatic, forbidden, required, ordered."""

    text: str
    subject: str = ""


class LaterText(Origin):
    """Something the description says is not built yet or left out: a later phase, a future feature, out of scope."""

    text: str
    subject: str = Field("", description="the heading it stands under")


class ControlText(Origin):
    """A guardrail that the description says is in place, so that what it stops is no open choice."""

    kind: GuardrailKind
    on: tuple[str, ...] = Field((), description="step or exit kinds it acts on; empty: wherever its kind applies")
    name: str = ""


class MentionText(Origin):
    """A concept (night, spreadsheet, weather, …) that the text mentions, with the words it uses; `word`: what it calls the thing."""

    concept: str
    word: str = ""


class UnreadText(_Strict):
    """What was read but not understood."""

    text: str
    at: str = ""


class ServiceText(_Strict):
    """The whole of `service.yaml`."""

    name: Name
    language: Literal["ko", "en"] = "ko"
    currency: str = ""
    domain: tuple[str, ...] = Field((), description="words that say what kind of service it is")
    sites: Value | None = Field(None, description="number of places it runs at")
    actors: tuple[ActorText, ...] = ()
    resources: tuple[ResourceText, ...] = ()
    flows: tuple[FlowText, ...] = ()
    partners: tuple[PartnerText, ...] = ()
    channels: tuple[ChannelText, ...] = ()
    money: tuple[MoneyText, ...] = ()
    clocks: tuple[ClockText, ...] = ()
    limits: tuple[LimitText, ...] = ()
    rates: tuple[RateText, ...] = ()
    volumes: tuple[VolumeText, ...] = ()
    kpis: tuple[KpiText, ...] = ()
    personal_data: tuple[PersonalText, ...] = ()
    states: tuple[StateText, ...] = ()
    seasons: tuple[SeasonText, ...] = ()
    rules: tuple[RuleText, ...] = ()
    later: tuple[LaterText, ...] = ()
    controls: tuple[ControlText, ...] = ()
    mentions: tuple[MentionText, ...] = ()
    unread: tuple[UnreadText, ...] = ()
