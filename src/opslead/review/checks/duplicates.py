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

SAME = 0.3
"""Share of the shorter policy's word triples that the other has too. Between policies of one document it stays below 0.12 in the
documents of both languages that this was set on, people's and models' as well as opslead's; a policy put differently by half is above."""


def find(matter: Matter) -> Iterator[Fault]:
    """The contract's twins (OL023: names, or purpose and trigger), and those whose texts share their wording on a common surface."""
    rule = rules()["OL023"]
    for one, other in matter.pairs:
        twins = any(rule.check(matter.specification.model_copy(update={"policies": (one, other)})))
        shared = overlap(one, other)
        surfaces = not one.surfaces or not other.surfaces or set(one.surfaces) & set(other.surfaces)
        if twins or (shared >= SAME and surfaces):
            message = pick(
                matter.language,
                f"#{one.number}과 #{other.number}이 같은 말을 한다: 낱말 세 개씩의 {shared:.0%}가 같다",
                f"#{one.number} and #{other.number} say the same: {shared:.0%} of their word triples are alike",
            )
            yield Fault("duplicates", (one.number, other.number), "name", message, quoted(f"{one.name} / {other.name}"), other.line)


def overlap(one: Policy, other: Policy) -> float:
    """The share of the shorter one's word triples that stand in the other, 0 to 1."""
    first, second = _triples(_text(one)), _triples(_text(other))
    return len(first & second) / max(1, min(len(first), len(second)))


def _text(policy: Policy) -> str:
    steps = " ".join(step_text(step) for step in policy.runbook)
    return f"{policy.name} {policy.intent} {policy.scope} {policy.trigger} {steps}"


@lru_cache(maxsize=2048)
def _triples(text: str) -> frozenset[tuple[str, ...]]:
    words = re.findall(r"[^\W_]+", text.lower())
    return frozenset(zip(words, words[1:], words[2:], strict=False))


CHECK = Check("duplicates", find)
