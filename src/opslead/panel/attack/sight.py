"""What an attacker sees of the policies: of each as many whole sentences as fit, so that words can be given back to the letter."""

from __future__ import annotations

from collections.abc import Iterator, Sequence, Set
from itertools import zip_longest

from opslead.contract.words import texts
from opslead.spec.document import Policy

MOST = 7_000
"""Letters of a whole draft in one prompt."""
_NAME = 80


def key(policy: Policy) -> str:
    """What a policy is called through all rounds: its candidate's id, or its number where somebody else wrote it."""
    return policy.id or f"#{policy.number}"


def whole(policy: Policy) -> str:
    """Every word of the policy in one text."""
    return "\n".join(text for _, text in texts(policy))


def full(policy: Policy) -> Iterator[str]:
    """Every field of the policy in lines, named as an answer names them."""
    watch = policy.monitoring
    for name in ("name", "intent", "scope", "trigger"):
        yield f"{name}: {_flat(getattr(policy, name))}"
    yield "signals: " + "; ".join(map(_flat, policy.signals))
    yield from (f"enforcement {n} ({p.kind}): {_flat(p.action)}" for n, p in enumerate(policy.enforcement_points, 1))
    for number, step in enumerate(policy.runbook, 1):
        yield f"runbook {number}: " + " | ".join(map(_flat, (step.actor, step.action, step.deadline, step.data)))
    for name, group in (("exception", policy.exceptions), ("leading", watch.leading), ("lagging", watch.lagging)):
        yield from (f"{name}: {_flat(text)}" for text in group)
    for name in ("start", "relax", "stop"):
        yield f"{name}: {_flat(getattr(watch, name))}"
    yield from (f"symptom: {_flat(text)}" for text in policy.symptoms)
    if policy.uncertain:
        yield f"uncertain: {_flat(policy.uncertain.what)} {' '.join(map(_flat, policy.uncertain.questions))}"


def draft(policies: Sequence[Policy], changed: Set[str] | None = None, most: int = MOST) -> str:
    """The policies, one a line; of those that are not in `changed` (ids; None: all are) the name alone.

    Sentences are taken in rounds, the triggers of all first, until `most` letters are used; what is left out is marked.
    """
    shown = [policy for policy in policies if changed is None or key(policy) in changed]
    heads = {policy.number: f"#{policy.number} {_flat(policy.name)[:_NAME]}" for policy in policies}
    room = most - sum(len(head) + 1 for head in heads.values())
    taken: dict[int, list[tuple[int, str]]] = {policy.number: [] for policy in shown}
    left_out: set[int] = set()
    for order, layer in enumerate(zip_longest(*(_pieces(policy) for policy in shown))):
        for policy, piece in zip(shown, layer, strict=True):
            if piece is None:
                continue
            if len(piece) + 3 <= room:
                taken[policy.number].append((order, piece))
                room -= len(piece) + 3
            else:
                left_out.add(policy.number)
    return "\n".join(_line(heads[p.number], taken.get(p.number, []), p.number in left_out) for p in policies)


def _line(head: str, pieces: Sequence[tuple[int, str]], cut: bool) -> str:
    return " | ".join([head, *(piece for _, piece in pieces), *(["[…]"] if cut else [])])


def _pieces(policy: Policy) -> Iterator[str]:
    """What an attacker looks at first: when it acts, what the system does, who is let off, when it ends."""
    watch = policy.monitoring
    does = [point.action for point in policy.enforcement_points]
    groups = [
        [("when", policy.trigger)],
        [("does", action) for action in does[:2]],
        [("except", text) for text in policy.exceptions[:2]],
        [("starts", watch.start), ("stops", watch.stop)],
        [("does", action) for action in does[2:]],
        [("except", text) for text in policy.exceptions[2:]],
        [("relaxes", watch.relax)],
        [("steps", f"{step.actor} {step.action} {step.deadline}") for step in policy.runbook],
    ]
    for group in groups:
        yield from (f"{label}: {_flat(text)}" for label, text in group if text.strip())


def _flat(text: str) -> str:
    return " ".join(text.split())
