"""The answer to a breach report: every item by name, closed by policies or plainly open, with containment and a question."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from opslead.knowledge.schema import Pattern
from opslead.model.told import Told
from opslead.policy.synthesise import Candidate
from opslead.spec.document import BreachResponse
from opslead.text import Lang, pick

MOST = 3
"""Policies named for one item."""


def closers(candidates: Iterable[Candidate], item: Told) -> tuple[Candidate, ...]:
    """The candidates that close the item: its words show every concept of one of the pattern's `closes` sets.

    The more specific the set, the earlier; of those only the ones about as specific as the best are named.
    """
    scored = [(_strength(c.pattern, item), c) for c in candidates]
    best = max((strength for strength, _ in scored), default=0)
    kept = [(strength, c) for strength, c in scored if strength and strength >= best - 1]
    return tuple(c for _, c in sorted(kept, key=lambda pair: (-pair[0], -pair[1].priority, pair[1].id))[:MOST])


def _strength(pattern: Pattern, item: Told) -> int:
    """Concepts of all matched sets together; 0 when no set is shown whole."""
    matched = [set(group) for group in pattern.closes if set(group) <= item.concepts]
    return len(set().union(*matched)) if matched else 0


def demanded(candidates: Sequence[Candidate], items: Iterable[Told]) -> frozenset[str]:
    """Ids of the candidates that some item needs: the one that closes it best; others are named if chosen anyway."""
    return frozenset(c.id for item in items for c in closers(candidates, item)[:1])


def respond(
    items: Iterable[Told], candidates: Sequence[Candidate], numbers: Mapping[str, int], lang: Lang
) -> tuple[BreachResponse, ...]:
    """One answer an item; `numbers` are the policy numbers by pattern id."""
    return tuple(_respond(item, [c for c in candidates if c.id in numbers], numbers, lang) for item in items)


def _respond(item: Told, candidates: list[Candidate], numbers: Mapping[str, int], lang: Lang) -> BreachResponse:
    closing = closers(candidates, item)
    name = f"{item.label}. {item.text}" if item.label else item.text
    if closing:
        parts = [f"#{numbers[c.id]} {stopping(c, item.text)}" for c in closing]
        return BreachResponse(
            item=name, policies=tuple(numbers[c.id] for c in closing), status="closed", answer="; ".join(parts)
        )
    near = nearest(item, candidates)
    if near is None:
        answer = pick(
            lang,
            "닫는 정책이 없다. 해당 유형을 만나면 건을 자동 확정·자동 환불에서 빼고 담당자 검토로 돌린다. 질문: 이 공격이 지나는 단계와 남는 기록은 무엇인가?",
            "no policy closes it. Take such cases out of automatic confirmation and refund into review. Question: which steps does the attack pass, and what record does it leave?",
        )
        return BreachResponse(item=name, status="open", answer=answer)
    watch = near.policy.monitoring.leading[0]
    answer = pick(
        lang,
        f"닫는 정책이 없다. 가장 가까운 #{numbers[near.id]}의 알람으로 먼저 잡는다: {watch} 질문: {near.holes[0].questions[0].data if near.holes[0].questions else watch}",
        f"no policy closes it. Nearest, #{numbers[near.id]} raises the alarm: {watch} Question: {near.holes[0].questions[0].data if near.holes[0].questions else watch}",
    )
    return BreachResponse(item=name, policies=(numbers[near.id],), status="open", answer=answer)


def stopping(candidate: Candidate, told: str) -> str:
    """Of the policy's controls the one whose words are nearest to what is told, by shared pairs of letters."""

    def pairs(text: str) -> set[str]:
        letters = "".join(text.lower().split())
        return {letters[i : i + 2] for i in range(len(letters) - 1)}

    wanted = pairs(told)
    points = candidate.policy.enforcement_points
    return max(points, key=lambda p: (len(wanted & pairs(p.action)) / (len(p.action) + 20), -points.index(p))).action


def nearest(item: Told, candidates: Iterable[Candidate]) -> Candidate | None:
    """The candidate that shares most concepts with the item, at least two."""
    shared = [(len({k for g in c.pattern.closes for k in g} & item.concepts), c.priority, c.id, c) for c in candidates]
    best = max(shared, key=lambda entry: entry[:2], default=None)
    return best[3] if best is not None and best[0] >= 2 else None
