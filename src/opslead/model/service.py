"""The service as resolved: amounts in one unit, references checked, every value with its origin. Frozen throughout."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from functools import cached_property
from typing import Generic, TypeVar

from opslead.errors import Place
from opslead.model.calendar import WeekHours
from opslead.model.guardrails import GuardrailKind
from opslead.model.measure import Money
from opslead.model.steps import STEP_KINDS, Role, StepKind
from opslead.text import Lang, noun_phrase, pick

T = TypeVar("T", covariant=True)


class Basis(StrEnum):
    """On what a value rests."""

    GIVEN = "given"
    DERIVED = "derived"
    ASSUMED = "assumed"


@dataclass(frozen=True)
class Source:
    """`text` is the quotation, the sum, or the default's source; `place` where the quotation stands."""

    basis: Basis
    text: str
    place: Place


@dataclass(frozen=True)
class Fact(Generic[T]):
    """A value and where it comes from."""

    value: T
    source: Source

    @property
    def assumed(self) -> bool:
        return self.source.basis is Basis.ASSUMED


@dataclass(frozen=True)
class Authority:
    """What an actor may do alone. `limit` None: no limit is stated."""

    action: str
    limit: Fact[Money] | None
    per: str
    source: Source


@dataclass(frozen=True)
class Actor:
    id: str
    name: str
    role: Role
    count: Fact[int] | None
    per_site: bool
    duty: Fact[WeekHours] | None
    authority: tuple[Authority, ...]
    does: tuple[str, ...]
    shared_account: bool
    source: Source

    def limit_for(self, action: str) -> Authority | None:
        return next((a for a in self.authority if a.action == action), None)


@dataclass(frozen=True)
class Resource:
    id: str
    name: str
    capacity: Fact[float] | None
    unit: str
    physical: bool
    perishable: bool
    source: Source


@dataclass(frozen=True)
class Step:
    """`place` in the flow is `flow/index`, which is also how holes name it."""

    id: str
    kind: str
    name: str
    actor: Actor | None
    partner: Partner | None
    resource: Resource | None
    within: Fact[timedelta] | None
    when: Fact[WeekHours] | None
    manual: bool
    via: str
    minutes: Fact[float] | None
    source: Source

    @property
    def known(self) -> StepKind:
        return STEP_KINDS[self.kind]

    def title(self, lang: Lang) -> str:
        """The step's own words when they are short and name a thing, else the name of its kind.

        A clause ("관리인이 그 자리에서 바꿔 준다", "the guest sends a request") reads badly inside another sentence; so does the
        name of whoever of us does it, which stands beside it anyway (`접수 직원 접수` is `접수`).
        """
        own = noun_phrase(self.name, lang, timed=self.within is not None)
        doer = self.actor.name.split("(")[0].strip() if self.actor and self.actor.role is not Role.CUSTOMER else ""
        if doer and own.startswith(f"{doer} "):
            own = own.removeprefix(doer).strip()
        if not own and self.kind == "sync" and self.manual:
            return pick(lang, "옮겨 적기", "copying over")  # by hand: no machine synchronises anything
        return own or self.known.label(lang)


@dataclass(frozen=True)
class Tier:
    """One rung: `before` the use (positive) from which on `share` or `amount` is paid back; None where only in words."""

    until: str
    before: timedelta | None
    share: Fact[float] | None
    amount: Fact[Money] | None
    source: Source


@dataclass(frozen=True)
class Exit:
    id: str
    kind: str
    name: str
    by: Actor | None
    within: Fact[timedelta] | None
    tiers: tuple[Tier, ...]
    source: Source


@dataclass(frozen=True)
class Flow:
    id: str
    name: str
    resource: Resource | None
    steps: tuple[Step, ...]
    exits: tuple[Exit, ...]
    source: Source


@dataclass(frozen=True)
class Partner:
    id: str
    name: str
    kind: str
    mode: str
    latency: Fact[timedelta] | None
    worst: Fact[timedelta] | None
    hours: Fact[WeekHours] | None
    source: Source


@dataclass(frozen=True)
class Channel:
    id: str
    name: str
    share: Fact[float] | None
    sync: str
    delay: Fact[timedelta] | None
    source: Source


@dataclass(frozen=True)
class MoneyRule:
    kind: str
    subject: str
    amount: Fact[Money] | None
    share: Fact[float] | None
    due: str
    cycle: timedelta | None
    payer: str
    payee: str
    source: Source


@dataclass(frozen=True)
class Clock:
    """A length (`length`) or a time of day (`minute` of the day) that rules `subject`."""

    kind: str
    subject: str
    length: Fact[timedelta] | None
    minute: Fact[int] | None
    source: Source


@dataclass(frozen=True)
class Limit:
    subject: str
    bound: str
    amount: Fact[float]
    unit: str
    source: Source


@dataclass(frozen=True)
class Rate:
    kind: str
    subject: str
    share: Fact[float]
    source: Source


@dataclass(frozen=True)
class Volume:
    kind: str
    subject: str
    amount: Fact[float]
    per: str
    source: Source


@dataclass(frozen=True)
class Kpi:
    name: str
    target: str
    source: Source


@dataclass(frozen=True)
class Personal:
    item: str
    medium: str
    source: Source


@dataclass(frozen=True)
class State:
    name: str
    next: tuple[str, ...] | None
    terminal: bool
    source: Source


@dataclass(frozen=True)
class Season:
    name: str
    when: str
    occupancy: Fact[float] | None
    source: Source


@dataclass(frozen=True)
class Rule:
    text: str
    subject: str
    source: Source


@dataclass(frozen=True)
class Later:
    """What is said to come later or to be left out; `subject` is the heading it stands under."""

    text: str
    subject: str
    source: Source


@dataclass(frozen=True)
class Control:
    """A guardrail that is in place. `on`: step or exit kinds it acts on, empty for wherever its kind applies."""

    kind: GuardrailKind
    on: tuple[str, ...]
    name: str
    source: Source


@dataclass(frozen=True)
class Mention:
    """`word`: what the text calls the thing, where a pack knows it by its words; empty for general concepts."""

    concept: str
    source: Source
    word: str = ""


@dataclass(frozen=True)
class Service:
    """The operation, ready to be examined."""

    name: str
    language: Lang
    currency: str
    domain: tuple[str, ...]
    sites: Fact[int] | None
    actors: tuple[Actor, ...]
    resources: tuple[Resource, ...]
    flows: tuple[Flow, ...]
    partners: tuple[Partner, ...]
    channels: tuple[Channel, ...]
    money: tuple[MoneyRule, ...]
    clocks: tuple[Clock, ...]
    limits: tuple[Limit, ...]
    rates: tuple[Rate, ...]
    volumes: tuple[Volume, ...]
    kpis: tuple[Kpi, ...]
    personal_data: tuple[Personal, ...]
    states: tuple[State, ...]
    seasons: tuple[Season, ...]
    rules: tuple[Rule, ...]
    controls: tuple[Control, ...]
    mentions: tuple[Mention, ...]
    unread: tuple[tuple[str, str], ...]
    later: tuple[Later, ...] = ()

    def __hash__(self) -> int:
        return hash((self.name, len(self.mentions)))  # cheap: a service is the key of caches

    def steps(self, *kinds: str) -> Iterator[Step]:
        """All steps of the named kinds (all steps without a name), in the order of the description."""
        for flow in self.flows:
            for step in flow.steps:
                if not kinds or step.kind in kinds:
                    yield step

    def exits(self, *kinds: str) -> Iterator[Exit]:
        for flow in self.flows:
            for way in flow.exits:
                if not kinds or way.kind in kinds:
                    yield way

    @cached_property
    def kinds(self) -> frozenset[str]:
        """Every kind of step or exit that occurs, and what actors are said to do."""
        named = {step.kind for step in self.steps()} | {way.kind for way in self.exits()}
        return frozenset(named | {kind for actor in self.actors for kind in actor.does})

    @cached_property
    def concepts(self) -> frozenset[str]:
        return frozenset(mention.concept for mention in self.mentions)

    def mention(self, concept: str) -> Mention | None:
        return next((m for m in self.mentions if m.concept == concept), None)

    def control(self, kind: GuardrailKind, *on: str) -> Control | None:
        """The first control of the kind that acts on one of the step or exit kinds (or on all)."""
        return next((c for c in self.controls if c.kind is kind and (not c.on or set(c.on) & set(on))), None)

    def rate(self, kind: str) -> Rate | None:
        return next((rate for rate in self.rates if rate.kind == kind), None)

    def volume(self, kind: str) -> Volume | None:
        """The first of the kind that is stated by the day or week; only failing that one by the month or year, which is more
        often what seldom happens (complaints, shows) than what the service does."""
        found = [volume for volume in self.volumes if volume.kind == kind]
        return min(found, key=lambda volume: volume.per in ("month", "year"), default=None)

    def clock(self, kind: str, *subjects: str) -> Clock | None:
        """The first clock of the kind whose subject holds one of the words."""
        return next(
            (c for c in self.clocks if c.kind == kind and (not subjects or any(s in c.subject for s in subjects))), None
        )

    @property
    def people(self) -> tuple[Actor, ...]:
        """Actors who work for the service."""
        return tuple(a for a in self.actors if a.role in (Role.STAFF, Role.FIELD, Role.SUPPLIER))

    @property
    def ticket(self) -> Fact[Money] | None:
        """What an average case costs the customer."""
        return next((m.amount for m in self.money if m.kind == "ticket" and m.amount is not None), None)

    @property
    def cases_per_day(self) -> Fact[float] | None:
        """Cases a day over the whole service: the volume of kind `cases`, else of what is counted by the day."""
        found = self.volume("cases") or next((v for v in self.volumes if v.kind == "units" and v.per), None)
        if found is None:
            return None
        days = {"hour": 1 / 24, "day": 1.0, "week": 7.0, "month": 30.0, "year": 365.0}.get(found.per)
        return None if days is None else Fact(found.amount.value / days, found.amount.source)
