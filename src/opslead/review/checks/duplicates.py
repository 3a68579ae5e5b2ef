"""duplicates: two policies say the same."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from opslead.contract import rules
from opslead.review.fault import Fault, quoted
from opslead.review.matter import Check, Matter, step_text
from opslead.spec.document import Policy
from opslead.text import pick

SAME = 0.2
"""Share of the shorter policy's word triples that the other has too. Between policies of one document it stays below 0.09 in the 24
documents of both languages that this was set on; a policy of which every third word is put differently is above."""


LEAST = 12
"""Word triples below which a text is too short to judge."""


def find(matter: Matter) -> Iterator[Fault]:
    """The contract's twins (OL023: names, or purpose and trigger), and those whose texts share their wording on a common surface."""
    twins = set(_twins(matter))
    for one, other in matter.pairs:
        shared = overlap(one, other)
        surfaces = not one.surfaces or not other.surfaces or set(one.surfaces) & set(other.surfaces)
        if (one.number, other.number) in twins or (shared >= SAME and surfaces):
            message = pick(
                matter.language,
                f"#{one.number}번과 #{other.number}번이 같은 말을 한다(세 낱말씩 이은 말의 {shared:.0%}가 같다)",
                f"#{one.number} and #{other.number} say the same ({shared:.0%} of their word triples are alike)",
            )
            quote = quoted(f"{one.name} / {other.name}")
            yield Fault("duplicates", (one.number, other.number), "name", message, quote, other.line)


def _twins(matter: Matter) -> Iterator[tuple[int, int]]:
    """The pairs that the contract's rule names; where one policy is judged, it is held against each other one alone."""
    check, spec = rules()["OL023"].check, matter.specification
    parts = [spec.policies] if matter.judged is None else list(matter.pairs)
    for policies in parts:
        for breach in check(spec.model_copy(update={"policies": policies})):
            one, other = re.search(r"#(\d+)", breach.message), re.search(r"#(\d+)", breach.where)
            if one and other:
                yield int(one[1]), int(other[1])


def overlap(one: Policy, other: Policy) -> float:
    """The share of the shorter one's word triples that stand in the other, 0 to 1."""
    first, second = _triples(_text(one)), _triples(_text(other))
    shorter = min(len(first), len(second))
    return len(first & second) / shorter if shorter >= LEAST else 0.0


def _text(policy: Policy) -> str:
    steps = " ".join(step_text(step) for step in policy.runbook)
    return f"{policy.name} {policy.intent} {policy.scope} {policy.trigger} {steps}"


@lru_cache(maxsize=2048)
def _triples(text: str) -> frozenset[tuple[str, ...]]:
    words = re.findall(r"[^\W_]+", text.lower())
    return frozenset(zip(words, words[1:], words[2:], strict=False))


CHECK = Check("duplicates", find)
