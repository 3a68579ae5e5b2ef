"""Which holes a reply's policy is about: those it names, else the engine's policy that speaks of the same, else a hole of its own."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from opslead.intake.lexicon import find
from opslead.lenses.hole import Hole
from opslead.panel.handover.nearness import cosine, vectors
from opslead.panel.handover.replies import Said
from opslead.policy.synthesise import Candidate, Synthesis
from opslead.spec.document import Policy

NEAR = 0.10
"""Nearness that is enough when the policy's words also show what closes the engine's holes."""
SAME = 0.20
"""Nearness that is enough alone, when the next best is well behind."""
BEHIND = 1.25
"""How much nearer the best has to be than the next for that."""
TOUCHES = 0.15
"""Nearness from which the engine's own policy on the matter need not stand beside a new one."""


@dataclass(frozen=True)
class Placed:
    """Where a policy belongs.

    `candidate`: the engine's policy whose text it replaces; None: a hole of its own, or `hole`, which no policy of the engine closes.
    `named`: it says so itself. `unknown`: names of holes that do not exist. `near`: ids of the engine's policies that touch its matter.
    """

    candidate: Candidate | None = None
    hole: Hole | None = None
    named: bool = False
    unknown: tuple[str, ...] = ()
    near: tuple[str, ...] = ()


def place(policies: Sequence[Said], synthesis: Synthesis, holes: Sequence[Hole]) -> dict[int, Placed]:
    """Each policy's place by its number in the reply; no candidate is given to two."""
    named = {said.policy.number: _named(said.policy, synthesis, holes) for said in policies}
    taken = {p.candidate.id for p in named.values() if p.candidate}
    silent = [said for said in policies if not named[said.policy.number].named]
    free = [candidate for candidate in synthesis.candidates if candidate.id not in taken]
    meant = _meant(silent, free, synthesis.candidates)
    return {said.policy.number: meant.get(said.policy.number, named[said.policy.number]) for said in policies}


def _named(policy: Policy, synthesis: Synthesis, holes: Sequence[Hole]) -> Placed:
    """By the ids after `Closes:`: the candidate with most of them, the graver one on a tie."""
    known = {hole.id: hole for hole in holes}
    strange = [ident for ident in policy.closes if ident not in known]
    unknown = tuple(ident for ident in strange if not ident.startswith("panel."))  # a reply's own of an earlier round
    owners = {hole.id: candidate for candidate in synthesis.candidates for hole in candidate.holes}
    claimed: dict[str, list[str]] = {}
    for ident in policy.closes:
        if ident in owners:
            claimed.setdefault(owners[ident].id, []).append(ident)
    if claimed:
        by_id = {candidate.id: candidate for candidate in synthesis.candidates}
        best = min(claimed, key=lambda key: (-len(claimed[key]), -by_id[key].priority, key))
        return Placed(by_id[best], named=True, unknown=unknown)
    free = [known[ident] for ident in policy.closes if ident in known]
    if free:
        return Placed(hole=max(free, key=lambda hole: (hole.priority, hole.id)), named=True, unknown=unknown)
    return Placed(named=bool(unknown), unknown=unknown)


def _meant(silent: Sequence[Said], free: Sequence[Candidate], everything: Sequence[Candidate]) -> dict[int, Placed]:
    """By meaning: the two are each other's nearest, and near enough."""
    table = nearness([said.policy for said in silent], everything)
    given: dict[int, Placed] = {}
    used: set[str] = set()
    pairs = [(table[row][candidate.id], said, candidate) for row, said in enumerate(silent) for candidate in free]
    for score, said, candidate in sorted(pairs, key=lambda pair: (-pair[0], pair[1].policy.number, pair[2].id)):
        number, row = said.policy.number, table[silent.index(said)]
        if number in given or candidate.id in used or score < max(row.values()):
            continue
        if _enough(score, row, said.policy, candidate):
            given[number] = Placed(candidate)
            used.add(candidate.id)
    for at, said in enumerate(silent):
        near = tuple(sorted(key for key, score in table[at].items() if score >= TOUCHES and key not in used))
        number = said.policy.number
        given[number] = Placed(given[number].candidate if number in given else None, near=near)
    return given


def _enough(score: float, row: Mapping[str, float], policy: Policy, candidate: Candidate) -> bool:
    if score >= NEAR and shows(policy, candidate):
        return True
    second = max((value for key, value in row.items() if key != candidate.id), default=0.0)
    return score >= SAME and score >= BEHIND * second


def shows(policy: Policy, candidate: Candidate) -> bool:
    """Whether the policy's words show all of one of the concept sets that the candidate's pattern closes."""
    text = " ".join((policy.name, policy.intent, policy.trigger, policy.scope))
    named = {hit.key for section in ("steps", "concepts") for hit in find(text, section)}
    return any(set(group) <= named for group in candidate.pattern.closes)


def nearness(policies: Sequence[Policy], candidates: Sequence[Candidate]) -> list[dict[str, float]]:
    """For each policy the nearness to each candidate by its id: to the engine's policy and, where nearer, to the holes it closes."""
    texts = [about(policy) for policy in policies]
    texts += [about(candidate.policy) + " " + conditions(candidate.holes) for candidate in candidates]
    vector = vectors(texts)
    first = len(policies)
    return [
        {candidate.id: cosine(vector[row], vector[first + n]) for n, candidate in enumerate(candidates)}
        for row in range(first)
    ]


def about(policy: Policy) -> str:
    """What a policy is about: its name, which counts twice, purpose, scope and trigger."""
    return " ".join((policy.name, policy.name, policy.intent, policy.trigger, policy.scope))


def conditions(holes: Iterable[Hole]) -> str:
    """The holes in words, without quotations, which say where and not what."""
    return " ".join(re.sub(r"[‘“'\"][^’”'\"]*[’”'\"]", " ", hole.condition) for hole in holes)
