"""What an attacker sees of the policies: of each as many whole sentences as fit, so that words can be given back to the letter."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import zip_longest

from opslead.contract.words import texts
from opslead.panel.attack.verbatim import stands
from opslead.spec.document import Policy

MOST = 7_000
"""Letters of a whole draft in one prompt."""
MOST_LATER = 8_000
"""The same in a later round, where what changed is to be seen whole."""
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
    yield f"name: {_flat(policy.name)}"
    yield f"surfaces: {', '.join(map(str, policy.surfaces))}"
    for name in ("intent", "scope", "trigger"):
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
        yield f"uncertain: {_flat(policy.uncertain.what)}"
        yield from (f"question: {_flat(text)}" for text in policy.uncertain.questions)


def draft(policies: Sequence[Policy], most: int = MOST) -> str:
    """The policies, one a line.

    Sentences are taken in rounds, the triggers of all first, until `most` letters are used; what is left out is marked.
    """
    heads = _heads(policies)
    room = most - sum(len(head) + 1 for head in heads.values())
    taken: dict[int, list[str]] = {policy.number: [] for policy in policies}
    left_out: set[int] = set()
    for layer in zip_longest(*(_pieces(policy) for policy in policies)):
        for policy, piece in zip(policies, layer, strict=True):
            if piece is None:
                continue
            if len(piece) + 3 <= room:
                taken[policy.number].append(piece)
                room -= len(piece) + 3
            else:
                left_out.add(policy.number)
    return "\n".join(_line(heads[p.number], taken[p.number], p.number in left_out) for p in policies)


Changed = Mapping[str, Policy | None]
"""Policies that a round changed, by key: each as it was before, None for one that is new."""


def later(policies: Sequence[Policy], changed: Changed, first: Sequence[str] = (), most: int = MOST_LATER) -> str:
    """The policies after a round of revision: what is new in each that changed, as many of these whole as there is room for, and the
    names of the rest. `first`: keys of those that are whole before the others, in their order.
    """
    heads = _heads(policies)
    shown = {key(policy): policy for policy in policies if key(policy) in changed}
    taken = {ident: _new(policy, changed[ident]) for ident, policy in shown.items()}
    room = most - sum(len(head) + 1 for head in heads.values()) - sum(map(_letters, taken.values()))
    for ident in sorted(shown, key=lambda ident: first.index(ident) if ident in first else len(first)):
        everything = list(_pieces(shown[ident]))
        more = _letters(everything) - _letters(taken[ident])
        if more <= room:
            taken[ident] = everything
            room -= more
    lines = []
    for policy in policies:
        pieces = taken.get(key(policy), [])
        lines.append(_line(heads[policy.number], pieces, bool(pieces) and pieces != list(_pieces(policy))))
    return "\n".join(lines)


def _new(policy: Policy, before: Policy | None) -> list[str]:
    """The pieces whose words the policy did not have before; of a new policy when it acts and what it does."""
    if before is None:
        return list(_pieces(policy))[:3]
    old = whole(before)
    return [piece for piece in _pieces(policy) if not stands(piece.partition(": ")[2], old)]


def _letters(pieces: Sequence[str]) -> int:
    return sum(len(piece) + 3 for piece in pieces)


def _heads(policies: Sequence[Policy]) -> dict[int, str]:
    return {policy.number: f"#{policy.number} {_flat(policy.name)[:_NAME]}" for policy in policies}


def _line(head: str, pieces: Sequence[str], cut: bool) -> str:
    return " | ".join([head, *pieces, *(["[…]"] if cut else [])])


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
        [("alarms", text) for text in watch.leading],
    ]
    for group in groups:
        yield from (f"{label}: {_flat(text)}" for label, text in group if text.strip())


def _flat(text: str) -> str:
    return " ".join(text.split())
