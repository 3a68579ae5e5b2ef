"""The specification: the one document that everything is rendered from, and that any Markdown in its form parses to.

The shape is the JSON contract of `specification.json`. A document parsed from somebody's Markdown may have empty fields;
what is missing is for `contract` to say. `origin` fields hold the line a part was read from, 0 for opslead's own.
"""

from __future__ import annotations

from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

Surfaces = tuple[int, ...]


class _Part(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Placed(_Part):
    """A part with the line it was read from; not written to JSON."""

    line: int = Field(0, exclude=True)


class Input(_Part):
    """One source: `role` is service, charter, breach or model; `sha256` of its bytes."""

    role: str
    source: str
    sha256: str
    characters: int


class EvidenceItem(_Part):
    """`kind` is quotation, arithmetic, calendar or story; `text` is whole, `sources` are `file:line` places."""

    kind: Literal["quotation", "arithmetic", "calendar", "story"]
    text: str
    sources: tuple[str, ...] = ()


Level = Literal["high", "medium", "low", ""]


class Rating(_Part):
    """One axis of an FMEA: `grade` 1 to 10, 10 the worst, and why.

    `amount` in `unit` (money a case, cases a month, hours unseen) is what the grade was read off; null: experience alone.
    """

    grade: int
    reason: str = ""
    amount: float | None = None
    unit: str = ""


class Ratings(_Part):
    """Severity, occurrence, detection, and the AIAG-VDA action priority they give."""

    severity: Rating
    occurrence: Rating
    detection: Rating
    action_priority: Level


Author = Literal["engine", "model"]
"""Whose words: the engine's own, or a language model's that the engine has checked."""


class FailureMode(Placed):
    """A finding. `certain` false: it rests on a fact that the description does not state. `author`: who found it."""

    id: str
    condition: str
    user_impact: str = ""
    operations_impact: str = ""
    surfaces: Surfaces = ()
    evidence: tuple[EvidenceItem, ...] = ()
    ratings: Ratings | None = None
    certain: bool = True
    author: Author = "engine"


class EnforcementPoint(_Part):
    """`kind` is ui, server_api, batch, admin_console, device, message, ledger, partner_portal, paper or other."""

    kind: str
    action: str


class RunbookStep(Placed):
    """`actor` does `action` by `deadline` with `data`; parsed foreign text may fill only `action`."""

    actor: str = ""
    action: str
    deadline: str = ""
    data: str = ""


class Monitoring(_Part):
    leading: tuple[str, ...] = ()
    lagging: tuple[str, ...] = ()
    start: str = ""
    relax: str = ""
    stop: str = ""


class Uncertain(_Part):
    what: str
    questions: tuple[str, ...] = ()


class PolicyEvidence(_Part):
    """On what a policy rests. `kinds`: the evidence of its findings (quotation, arithmetic, calendar, story).

    The search: `decides` what it settles; `ends` the findings whose stories it ends alone, `harder` those that take more faults than
    before, `returns` those that come back when it alone is taken away from all policies. `judged` False: a search it takes was not finished.
    """

    kinds: tuple[str, ...] = ()
    decides: tuple[str, ...] = ()
    ends: tuple[str, ...] = ()
    harder: tuple[str, ...] = ()
    returns: tuple[str, ...] = ()
    judged: bool = True


class Reference(_Part):
    """A public source of what a policy rests on; `source` is an address or a citation."""

    title: str
    source: str


class StartingValue(_Part):
    """A number that stands in a policy with a dagger: `text` without it, why this one, and the data that replaces it."""

    text: str
    why: str
    data: str


class Policy(Placed):
    """`author`: whose words it is in. `fallback`: why a language model's draft of it was not taken; empty where none was asked for."""

    number: int
    id: str = ""
    name: str
    surfaces: Surfaces = ()
    intent: str = ""
    scope: str = ""
    trigger: str = ""
    signals: tuple[str, ...] = ()
    enforcement_points: tuple[EnforcementPoint, ...] = ()
    runbook: tuple[RunbookStep, ...] = ()
    exceptions: tuple[str, ...] = ()
    monitoring: Monitoring = Monitoring()
    symptoms: tuple[str, ...] = ()
    uncertain: Uncertain | None = None
    closes: tuple[str, ...] = ()
    quantities: tuple[str, ...] = ()
    """Ids of the computations whose numbers its text uses."""
    control_types: tuple[str, ...] = ()
    evidence: PolicyEvidence = PolicyEvidence()
    references: tuple[Reference, ...] = ()
    author: Author = "engine"
    fallback: str = ""
    starting_values: tuple[StartingValue, ...] = ()
    field_lines: dict[str, int] = Field(default_factory=dict, exclude=True)
    """Where each field was read, by its name; absent when it was not found."""
    raw: dict[str, str] = Field(default_factory=dict, exclude=True)
    """Each field's words as they stood in a parsed document, by its name."""


class RolloutItem(Placed):
    """One policy's place. `detectability` low means: seen only after it has happened. `ratings`: of its gravest finding."""

    policy: int
    impact: Level = ""
    likelihood: Level = ""
    detectability: Level = ""
    reasons: tuple[str, ...] = ()
    ratings: Ratings | None = None


class Rollout(Placed):
    week_1: tuple[RolloutItem, ...] = ()
    weeks_1_4: tuple[RolloutItem, ...] = ()
    months_1_3: tuple[RolloutItem, ...] = ()

    @property
    def items(self) -> tuple[RolloutItem, ...]:
        return self.week_1 + self.weeks_1_4 + self.months_1_3


class VerificationQuestion(Placed):
    """`value` orders: how far the answer could move numbers and rollout (score points); `moves` says what it moves."""

    decision: str
    data_needed: str = ""
    affects: tuple[int, ...] = ()
    value: float = 0.0
    moves: str = ""


class SurfaceView(_Part):
    """What was seen on one surface: hole ids, policy numbers, and what was examined."""

    holes: tuple[str, ...] = ()
    policies: tuple[int, ...] = ()
    examined: str = ""


class ChecklistAnswer(_Part):
    """One of the twelve questions answered: by findings, by what was looked at in vain, or by what is missing to judge."""

    question: str
    verdict: Literal["found", "nothing", "unknown"]
    answer: str
    findings: tuple[str, ...] = ()
    policies: tuple[int, ...] = ()


class QuantityInput(_Part):
    """A number that goes in. `basis` is given, derived or assumed; `low` and `high`: its plausible range."""

    key: str
    name: str
    value: float
    unit: str
    basis: str
    source: str
    place: str = ""
    low: float
    high: float


class QuantityRange(_Part):
    """The result when one input lies at the ends of its range."""

    key: str
    at_low: float
    at_high: float


class Quantity(_Part):
    """A computed number that policies use: what, how, from what, and how much hangs on each input."""

    id: str
    title: str
    text: str
    result: float
    unit: str
    formula: str
    method: str
    reference: str
    inputs: tuple[QuantityInput, ...] = ()
    sensitivity: tuple[QuantityRange, ...] = ()
    flat: tuple[float, float] | None = None


class FlowSearch(_Part):
    """The search of one flow within its bounds. `verdict` exhausted: all states were seen; else not decided.

    `before` and `after`: for each loss the fewest faults that reach it, without and with the policies; a loss that is not there does
    not occur within the bounds. `good`: the good path is reachable. `outside`: kinds of steps that the search gives no meaning to.
    """

    flow: str
    cases: int
    faults: int
    verdict: Literal["exhausted", "limit", "interrupted"]
    states: int
    depth: int
    good: bool
    before: dict[str, int] = Field(default_factory=dict)
    after: dict[str, int] = Field(default_factory=dict)
    after_states: int = 0
    after_good: bool = True
    outside: tuple[str, ...] = ()


class StoryArrow(_Part):
    """One act of a story: from one lane to another (or itself), by their places in `lanes`, with its words."""

    source: int
    target: int
    text: str


class Story(_Part):
    """A story of the search as a sequence: the lanes, the acts in order, and the loss that stands at the end without the policies.

    `finding`: of which finding it is the evidence; `supposes`: the open choices and faults it takes, in words; `faults`: how many.
    `stopped_at`: with the policies, the first act that cannot happen any more, counted from 1; one more than there are acts where only
    the loss stays away; 0 where the story still happens. `instead`: what happens there; `stopped_by`: policies that each stop it alone
    or, where it takes several, those without which it comes back.
    """

    finding: str
    lanes: tuple[str, ...]
    arrows: tuple[StoryArrow, ...]
    ending: str
    supposes: str = ""
    faults: int = 0
    stopped_at: int = 0
    instead: tuple[str, ...] = ()
    stopped_by: tuple[int, ...] = ()


class PackUse(_Part):
    """A domain pack that the service was taken to belong to, and the words that show it."""

    id: str
    name: str
    because: tuple[str, ...] = ()


Disposition = Literal["closed", "mitigated", "accepted", "open"]


class BreachResponse(_Part):
    """An item of a breach report and its answer.

    Closed by policies, mitigated with what remains said, accepted with a reason, or open with containment and a question. `evidence`:
    the words of a policy that close it. `raised_by`: the attacker of the panel, empty for a report that was given; `round`: when.
    """

    item: str
    policies: tuple[int, ...] = ()
    status: Disposition
    answer: str = ""
    evidence: str = ""
    raised_by: str = ""
    round: int = 0


class Refusal(_Part):
    """Something a language model proposed that the engine did not keep: what, where, and why not."""

    what: str
    place: str = ""
    why: str


class PanelRound(_Part):
    """One round of attack and revision. `raised`: items brought, `new`: of those, above low and not known before."""

    number: int
    attackers: tuple[str, ...]
    raised: int
    new: int
    revised: tuple[int, ...] = ()
    added: tuple[int, ...] = ()


class PanelRun(_Part):
    """What language models did to this document and what it took.

    `differences`: where model and rules read the description differently, and which reading was taken. `proposed` holes, `kept` ones;
    `refused`: what the engine threw away. `ended`: quiet (a round brought nothing new above low), limit (of rounds), budget, or off (no
    attack asked for).
    """

    model: str
    calls: int
    tokens_in: int
    tokens_out: int
    drafted_charter: tuple[str, ...] = ()
    differences: tuple[str, ...] = ()
    proposed: int = 0
    kept: int = 0
    refused: tuple[Refusal, ...] = ()
    rounds: tuple[PanelRound, ...] = ()
    ended: Literal["quiet", "limit", "budget", "off"] = "off"


class LegalQuestion(_Part):
    """A question for Risk/Legal, never an answer: what has to be decided, the operational facts it needs, the policies that wait for it."""

    question: str
    facts: tuple[str, ...] = ()
    policies: tuple[int, ...] = ()


class Specification(_Part):
    """The whole document. `surfaces` and `checklist` are keyed "1" to "12"; `findings` are all, `failure_modes` the ones shown."""

    title: str
    language: Literal["ko", "en"]
    inputs: tuple[Input, ...] = ()
    assumptions: tuple[str, ...] = ()
    failure_modes: tuple[FailureMode, ...] = ()
    rules: tuple[str, ...] = ()
    """Words and orders that policies take for granted, one a line; they stand before the first policy."""
    policies: tuple[Policy, ...] = ()
    rollout: Rollout = Rollout()
    questions: tuple[VerificationQuestion, ...] = ()
    surfaces: dict[str, SurfaceView] = Field(default_factory=dict)
    checklist: dict[str, ChecklistAnswer] = Field(default_factory=dict)
    findings: tuple[FailureMode, ...] = ()
    quantities: tuple[Quantity, ...] = ()
    searches: tuple[FlowSearch, ...] = ()
    stories: tuple[Story, ...] = ()
    """The stories of the searches, in the order of `searches`."""
    unsearched: tuple[str, ...] = ()
    """Flows that take money only after the use, which the search does not see."""
    packs: tuple[PackUse, ...] = ()
    breach_responses: tuple[BreachResponse, ...] = ()
    legal: tuple[LegalQuestion, ...] = ()
    panel: PanelRun | None = None
    """What language models did; None: none was asked."""
    version: str = ""
    sections: dict[str, int] = Field(default_factory=dict, exclude=True)
    """Lines of the section headings found in a parsed document, by section name."""
