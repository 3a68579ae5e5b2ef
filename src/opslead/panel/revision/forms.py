"""What the Ops Lead may answer to items of a breach report, and what is wrong with an answer."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from pydantic import Field

from opslead.contract.words import texts
from opslead.knowledge.losses import Loss
from opslead.panel.answers import PolicyDraft
from opslead.panel.attack.items import Item
from opslead.panel.attack.verbatim import passage, plain, stands
from opslead.panel.port import Reply
from opslead.spec.document import Disposition, Policy

_LEAST_REASON = 15
"""Letters below which a reason gives none."""


class ItemAnswer(Reply):
    """The answer to one item: `evidence` stands in the policy as it now is; `remains` is what still gets through, or why it is accepted."""

    label: str = Field(max_length=12)
    disposition: Literal["closed", "mitigated", "accepted"]
    evidence: str = Field("", max_length=300)
    remains: str = Field("", max_length=400)


class RevisionDraft(Reply):
    """One policy after its items: `policy` null where it stays as it is."""

    policy: PolicyDraft | None = None
    answers: tuple[ItemAnswer, ...] = Field(min_length=1, max_length=12)


@dataclass(frozen=True)
class Response:
    """The answer to an item as it stands: `policies` are ids of candidates, whose numbers only the document knows."""

    item: Item
    status: Disposition
    policies: tuple[str, ...] = ()
    answer: str = ""
    evidence: str = ""


def missing(items: Sequence[Item], answers: Sequence[ItemAnswer]) -> Iterator[str]:
    """Labels that are not answered, answered twice, or nobody's."""
    said = [answer.label for answer in answers]
    for item in items:
        if said.count(item.label) != 1:
            yield f"answers: {item.label} is answered {said.count(item.label)} times, not once"
    known = {item.label for item in items}
    yield from (f"answers: there is no item {label}" for label in dict.fromkeys(said) if label not in known)


def wrong(item: Item, answer: ItemAnswer, text: str) -> Iterator[str]:
    """What is wrong with an answer; `text` is the whole policy as it now stands."""
    if answer.disposition in ("closed", "mitigated"):
        if not stands(answer.evidence, text):
            yield f"{item.label}: evidence: these words do not stand in the policy to the letter: “{answer.evidence}”"
        elif item.gap and plain(answer.evidence).rstrip(".") in plain(item.gap):
            yield f"{item.label}: evidence: these are the very words that left it open"
    if answer.disposition != "closed" and len(plain(answer.remains)) < _LEAST_REASON:
        word = "what still gets through" if answer.disposition == "mitigated" else "the reason"
        yield f"{item.label}: remains: say {word} in a sentence"
    if answer.disposition == "accepted" and item.loss is Loss.SAFETY and item.level == "high":
        yield f"{item.label}: people may be hurt: it cannot be accepted; close or bound it"


def by_label(answers: Sequence[ItemAnswer]) -> Mapping[str, ItemAnswer]:
    """The first answer to each label."""
    found: dict[str, ItemAnswer] = {}
    for answer in answers:
        found.setdefault(answer.label, answer)
    return found


def own_words(said: str, policy: Policy) -> str:
    """The words as they stand in the policy, with its daggers; as they were said where they run over several of its texts."""
    return next((found for _, text in texts(policy) if (found := passage(said, text))), said.strip())
