"""What the tools answer: strict, frozen, and said in the language of the description. Field descriptions are read by language models."""

from __future__ import annotations

from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

from opslead.spec.document import EvidenceItem, Quantity, Ratings


class Answer(BaseModel):
    """The root of all answers."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Counts(Answer):
    """How much of the operation was understood."""

    actors: int
    resources: int
    flows: int
    steps: int
    exits: int
    partners: int
    channels: int
    clocks: int
    money_rules: int
    volumes: int
    controls: int
    assumed: int = Field(description="values that the text does not give and that were assumed")


class Unread(Answer):
    """A passage that was read and not understood, and where it stands (`text:12`)."""

    text: str
    at: str


class Model(Answer):
    """What was understood of a description."""

    name: str
    language: Literal["ko", "en"]
    model: str = Field(
        description="the model as service.yaml: every value with its quotation, sum or assumption; edit it and give it to the other tools as `text`"
    )
    counts: Counts
    packs: tuple[str, ...] = Field(description="domain packs whose patterns apply")
    unread: tuple[Unread, ...] = Field(description="passages from which nothing entered the model")


class OpenQuestion(Answer):
    """What has to be found out: the decision and the data it takes."""

    decision: str
    data: str


class Finding(Answer):
    """An open choice that can end in a loss."""

    id: str = Field(description="stable; give it to `trace`")
    condition: str
    user_impact: str
    operations_impact: str
    surfaces: tuple[int, ...] = Field(description="of the twelve policy surfaces")
    loss: str
    evidence: tuple[EvidenceItem, ...]
    ratings: Ratings
    certain: bool = Field(description="false: rests on a fact that the description does not state")
    traceable: bool = Field(description="true: `trace` tells the story move by move")
    questions: tuple[OpenQuestion, ...] = ()


class Findings(Answer):
    """The gravest findings; `total` counts all that were asked for."""

    language: Literal["ko", "en"]
    total: int
    findings: tuple[Finding, ...]


class Move(Answer):
    """One step of a story. `state`: what each customer it is about has afterwards, fields at their first value left out."""

    told: str
    state: dict[str, dict[str, str]]


class Tale(Answer):
    """A shortest way to a loss, told of customers A, B, …"""

    finding: str
    flow: str
    loss: str
    accident: str
    faults: int = Field(description="faults (of machines, partners, people) that it takes")
    supposes: str = Field(description="the handlings of open choices and the faults that it supposes")
    told: tuple[str, ...] = Field(description="the story, a sentence an act, the loss last")


class TracedTale(Tale):
    """A story move by move."""

    moves: tuple[Move, ...]
    ending: str


class Traced(Answer):
    """How a finding comes about: stories of the search, or the evidence of a finding that was computed or matched."""

    id: str
    condition: str
    stories: tuple[TracedTale, ...]
    evidence: tuple[EvidenceItem, ...]


class Numbers(Answer):
    """Everything that can be computed from the numbers of the description."""

    language: Literal["ko", "en"]
    quantities: tuple[Quantity, ...]


class Complaint(Answer):
    """One place where the document breaks the contract. `line` 0: not a place in the text."""

    rule: str
    severity: Literal["error", "warning"]
    line: int
    where: str
    message: str
    quote: str
    repair: str


class Checked(Answer):
    """The contract's verdict. The counts say what was recognised, so that a document in another form is not taken for an empty one."""

    language: Literal["ko", "en"]
    errors: int
    warnings: int
    failure_modes: int
    policies: int
    rollout_items: int
    questions: int
    complaints: tuple[Complaint, ...] = Field(description="in the order of their lines, the first 200")


class SearchedFlow(Answer):
    """The search of one flow. Only verdict `exhausted` means that nothing else is there within the bounds."""

    flow: str
    verdict: Literal["exhausted", "limit", "interrupted"]
    states: int
    depth: int
    good_path: bool = Field(description="whether a case that goes well is reachable with the policies in place")
    breaks: tuple[Tale, ...] = Field(description="what still ends in a loss with the policies in place")
    stopped: tuple[Tale, ...] = Field(description="what ended in a loss without the policies and does no more")


class NamedPolicy(Answer):
    """A policy that was in place."""

    number: int
    name: str


class Attacked(Answer):
    """A breach report by search."""

    language: Literal["ko", "en"]
    cases: int
    faults: int
    capacity: int
    quiet: bool = Field(description="all states were seen and nothing ends in a loss")
    flows: tuple[SearchedFlow, ...]
    unsearched: tuple[str, ...] = Field(description="flows that the search does not see")
    policies: tuple[NamedPolicy, ...]


class Designed(Answer):
    """A specification in the contract's form."""

    title: str
    language: Literal["ko", "en"]
    failure_modes: int
    policies: int
    questions: int
    packs: tuple[str, ...]
    complaints: int = Field(description="places where it breaks the contract")
    format: Literal["markdown", "json"]
    document: str
