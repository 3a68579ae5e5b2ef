"""A pattern: one thing that experience knows goes wrong, when it applies, and the policy that stops it. Strict and frozen.

A pattern is one YAML file. `when` is a conjunction of matchers on the model; `finding` names mechanisms of other lenses
(`coverage.unattended`) whose holes this pattern's policy closes as well. Texts exist in Korean and English, each written
for itself, with slots filled from what the matchers bound (`{hold.within}`) and from the service (`{support}`).
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Annotated, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, model_validator

from opslead.knowledge.losses import Loss
from opslead.model.guardrails import Decision, GuardrailKind
from opslead.model.steps import STEP_KINDS, Role


class Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


def _many(value: object) -> object:
    return (value,) if isinstance(value, str) else value


def _kinds(value: object) -> object:
    values = (value,) if isinstance(value, str) else value
    if isinstance(values, list | tuple):
        unknown = [v for v in values if v not in STEP_KINDS]
        if unknown:
            raise ValueError(f"unknown step kind: {', '.join(map(str, unknown))}")
    return values


Words = Annotated[tuple[str, ...], BeforeValidator(_many)]
Kinds = Annotated[tuple[str, ...], BeforeValidator(_kinds)]
Roles = Annotated[tuple[Role, ...], BeforeValidator(_many)]
GuardrailKinds = Annotated[tuple[GuardrailKind, ...], BeforeValidator(_many)]


class StepMatch(Strict):
    """A step of one of the kinds. `after` names an earlier binding of the same flow that it must follow.

    `by`: the role of whoever does it, the usual one where nobody is stated. `ended`: whether an expiry or a timeout of the
    same wait answers by itself. `saying` and `without` are parts of words that the step's own words hold or do not hold.
    `unguarded`: no control of these kinds is stated that acts on it.
    """

    kind: Kinds
    manual: bool | None = None
    physical: bool | None = None
    has_partner: bool | None = None
    timed: bool | None = Field(None, description="has a time limit of its own")
    via: Words = ()
    by: Roles = ()
    ended: bool | None = None
    unguarded: GuardrailKinds = ()
    saying: Words = ()
    without: Words = ()
    after: str = ""
    of: str = Field("", description="an actor bound before who does it, by the step or by what is said of them")
    name: str = Field("", alias="as")


class ExitMatch(Strict):
    """A way out of one of the kinds; `ladder`: with graded refunds; `without`: words that it does not hold.

    `unguarded`: no control of these kinds is stated that acts on it.
    """

    kind: Words
    ladder: bool | None = None
    unguarded: GuardrailKinds = ()
    without: Words = ()
    name: str = Field("", alias="as")


class ActorMatch(Strict):
    """Somebody of the role. `alone`: one person on duty at some hour; `off`: hours of the week without them.

    `relieved`: somebody else of the role begins when the duty ends. `named`: parts of words that the name holds.
    """

    role: Roles = ()
    does: Kinds = ()
    named: Words = ()
    relieved: bool | None = None
    alone: bool | None = None
    off: bool | None = None
    always: bool | None = Field(None, description="stated to be on duty at every hour of the week, or not so stated")
    night: bool | None = Field(None, description="on duty between midnight and 05:00")
    authority: str = Field("", description="has a stated authority for this action")
    shared: bool | None = None
    name: str = Field("", alias="as")


class ResourceMatch(Strict):
    physical: bool | None = None
    perishable: bool | None = None
    limited: bool | None = Field(None, description="has a stated capacity")
    name: str = Field("", alias="as")


class PartnerMatch(Strict):
    """`settled`: a settlement or reconciliation is stated that names this partner; `reconciled`: a reconciliation is."""

    kind: Words = ()
    settled: bool | None = None
    reconciled: bool | None = None
    of: str = Field("", description="a step bound before that waits for this partner")
    name: str = Field("", alias="as")


class ChannelMatch(Strict):
    """At least `count` channels; `sync` of one of them. Binds the one that matches last to the description."""

    count: int = 1
    sync: Words = ()
    name: str = Field("", alias="as")


class ClockMatch(Strict):
    """`subject` and `without`: parts of words that the subject holds, or does not hold."""

    kind: Words
    subject: Words = ()
    without: Words = ()
    name: str = Field("", alias="as")


class MoneyMatch(Strict):
    """A rule about money; amounts of zero do not count.

    `of` names an earlier binding that the rule's words name; `owed`: a payee or a day of payment is stated. `outward`
    False: a partner pays it, or it is the settlement of one that collects or sells for the service.
    """

    kind: Words
    of: str = ""
    owed: bool | None = None
    outward: bool | None = None
    without: Words = ()
    name: str = Field("", alias="as")


class RateMatch(Strict):
    kind: Words
    at_least: float = 0.0
    name: str = Field("", alias="as")


class VolumeMatch(Strict):
    kind: Words
    name: str = Field("", alias="as")


class MentionMatch(Strict):
    """The text mentions one of the concepts of `intake/words`; `saying` and `without`: parts of words of the quotation."""

    any: Words
    saying: Words = ()
    without: Words = ()
    name: str = Field("", alias="as")


class PersonalMatch(Strict):
    medium: Words = ()
    name: str = Field("", alias="as")


class SitesMatch(Strict):
    at_least: int = 2


class ControlMatch(Strict):
    """A guardrail of one of the kinds that the description says is in place; `on`: acting on one of these kinds of steps.

    Used inside `absent` for the controls that the pattern's own text says are missing. `saying` and `without`: parts of words
    that the control's name or quotation holds or does not hold, where the kind alone is too wide.
    """

    kind: GuardrailKinds
    on: Words = ()
    saying: Words = ()
    without: Words = ()


class Matcher(Strict):
    """Exactly one of the kinds. `absent` holds when the inner matcher does not; `any` when one of them does; `all` when
    all do; `doubt` always holds, and makes the match a possibility when the inner matcher holds."""

    step: StepMatch | None = None
    exit: ExitMatch | None = None
    actor: ActorMatch | None = None
    resource: ResourceMatch | None = None
    partner: PartnerMatch | None = None
    channel: ChannelMatch | None = None
    clock: ClockMatch | None = None
    money: MoneyMatch | None = None
    rate: RateMatch | None = None
    volume: VolumeMatch | None = None
    mention: MentionMatch | None = None
    personal: PersonalMatch | None = None
    sites: SitesMatch | None = None
    control: ControlMatch | None = None
    absent: Matcher | None = None
    doubt: Matcher | None = None
    any: tuple[Matcher, ...] = ()
    all: tuple[Matcher, ...] = ()

    @model_validator(mode="after")
    def _one(self) -> Matcher:
        if len(self.model_fields_set) != 1:
            raise ValueError("a matcher has exactly one key")
        return self

    def within(self) -> Iterator[Matcher]:
        """The matcher and all that it holds."""
        yield self
        parts = (*self.any, *self.all, *(inner for inner in (self.absent, self.doubt) if inner is not None))
        for part in parts:
            yield from part.within()


class Both(Strict):
    """A text in both languages."""

    ko: str = Field(min_length=1)
    en: str = Field(min_length=1)


class Graded(Strict):
    """An FMEA grade, 1 to 10, 10 the worst, with its reason."""

    value: int = Field(ge=1, le=10)
    reason: Both


class Guardrail(Strict):
    """What the policy builds into the system. `on` names the binding it acts on, `decides` what that means to the search."""

    kind: GuardrailKind
    control: Literal["preventive", "detective", "corrective"]
    on: str = ""
    decides: Annotated[tuple[Decision, ...], BeforeValidator(_many)] = ()


class Reference(Strict):
    """A public, checkable source; `incident`: its record in the collection of incidents, where it is one."""

    title: str = Field(min_length=1)
    source: str = Field(min_length=1, description="address or citation")
    incident: str = ""


class HoleText(Strict):
    condition: Both
    user_impact: Both
    operations_impact: Both


class QuestionText(Strict):
    """`decision`: what will be decided; `data`: which data, of which period, by which split."""

    decision: Both
    data: Both
    weight: float = Field(1.0, ge=0, le=10)


class EnforcementText(Strict):
    kind: Literal[
        "ui", "server_api", "batch", "admin_console", "device", "message", "ledger", "partner_portal", "paper"
    ]
    action: str


class StepLine(Strict):
    """`actor` does `action` by `deadline` with `data`."""

    actor: str
    action: str
    deadline: str
    data: str = ""


class UncertainText(Strict):
    what: str
    questions: tuple[str, ...] = Field(min_length=1, max_length=3)


class PolicyText(Strict):
    """Every field of a policy in one language."""

    name: str
    intent: str
    scope: str
    trigger: str
    signals: tuple[str, ...] = Field(min_length=2)
    enforcement_points: tuple[EnforcementText, ...] = Field(min_length=1)
    runbook: tuple[StepLine, ...] = Field(min_length=3, max_length=7)
    exceptions: tuple[str, ...] = Field(min_length=1)
    leading: tuple[str, ...] = Field(min_length=1)
    lagging: tuple[str, ...] = ()
    start: str
    relax: str
    stop: str
    symptoms: tuple[str, ...] = Field(min_length=1)
    uncertain: UncertainText | None = None


class PolicyTexts(Strict):
    ko: PolicyText
    en: PolicyText


class Identified(Strict):
    """What stands one in a file: the file's name is its id."""

    id: str

    def stands_in(self, path: Path) -> bool:
        """Whether the file is the one that an entry with this id belongs into."""
        return self.id == path.stem


class Pattern(Identified):
    """One file of the catalog. `id` begins with its first surface (`OP03-refund-twice`)."""

    id: str = Field(pattern=r"^OP(0[1-9]|1[0-2])-[a-z0-9-]+$")
    surfaces: tuple[int, ...] = Field(min_length=1, max_length=3)
    when: tuple[Matcher, ...] = ()
    finding: Words = ()
    yields_to: Words = Field(
        (),
        description="mechanisms of `finding` that say the same with this service's numbers: one found, none of its own",
    )
    ask: Both | None = Field(None, description="the question when a fact that decides the match is unknown")
    loss: Loss
    severity: Graded
    occurrence: Graded
    detection: Graded
    hole: HoleText
    guardrails: tuple[Guardrail, ...] = Field(min_length=2)
    closes: tuple[tuple[str, ...], ...] = Field(
        min_length=1, description="sets of concepts: an accident that shows all of one set is closed by this policy"
    )
    checklist: tuple[int, ...] = Field((), description="which of the twelve questions it answers")
    effort: Literal["setting", "procedure", "build"]
    needs: tuple[str, ...] = Field((), description="ids of patterns whose policy has to stand first")
    overlaps: tuple[str, ...] = Field((), description="patterns that close nearly the same: one of them is enough")
    questions: tuple[QuestionText, ...] = Field(min_length=1)
    references: tuple[Reference, ...] = Field(min_length=1)
    policy: PolicyTexts

    @model_validator(mode="after")
    def _applies(self) -> Pattern:
        if not self.when and not self.finding:
            raise ValueError("a pattern needs `when` or `finding`")
        if set(self.yields_to) - set(self.finding):
            raise ValueError("`yields_to` names mechanisms of `finding` only")
        if any(not 1 <= s <= 12 for s in self.surfaces) or int(self.id[2:4]) != self.surfaces[0]:
            raise ValueError("surfaces are 1 to 12, and the id carries the first")
        return self
