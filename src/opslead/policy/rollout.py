"""The order of introduction: three horizons by risk, effort and prerequisites; three grades a policy with their reasons."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from opslead.policy.overview import ratings
from opslead.policy.rank import Choice
from opslead.spec.document import Level, Rollout, RolloutItem
from opslead.text import Lang, pick

FIRST_WEEK = 8
"""What a team can start in one week; the rest of the urgent ones follow."""
HORIZONS = ("week_1", "weeks_1_4", "months_1_3")


def plan(choices: Sequence[Choice], numbers: Mapping[str, int], lang: Lang) -> Rollout:
    """Every chosen policy in one horizon, none before what it needs."""
    horizon = _horizons(choices)
    items: dict[str, list[RolloutItem]] = {name: [] for name in HORIZONS}
    for choice in sorted(choices, key=lambda c: (horizon[c.candidate.id], -c.score, c.candidate.id)):
        items[HORIZONS[horizon[choice.candidate.id]]].append(_item(choice, numbers, lang))
    return Rollout(**{name: tuple(found) for name, found in items.items()})


def _horizons(choices: Sequence[Choice]) -> dict[str, int]:
    """0, 1 or 2 for each id: quick and grave first; what another needs is never later than that other."""
    horizon: dict[str, int] = {}
    quick = 0
    for rank, choice in enumerate(choices):
        effort = choice.candidate.pattern.effort
        if effort != "build" and quick < FIRST_WEEK and rank < 2 * FIRST_WEEK:
            horizon[choice.candidate.id] = 0
            quick += 1
        elif effort == "build":
            horizon[choice.candidate.id] = 1 if rank < len(choices) // 2 else 2
        else:
            horizon[choice.candidate.id] = 1 if rank < len(choices) * 3 // 4 else 2
    changed = True
    while changed:  # each round moves something earlier, so it ends
        changed = False
        for choice in choices:
            for need in choice.candidate.pattern.needs:
                if need in horizon and horizon[need] > horizon[choice.candidate.id]:
                    horizon[need] = horizon[choice.candidate.id]
                    changed = True
    return horizon


def _item(choice: Choice, numbers: Mapping[str, int], lang: Lang) -> RolloutItem:
    hole = choice.candidate.holes[0]
    needs = [f"#{numbers[n]}" for n in choice.candidate.pattern.needs if n in numbers]
    reasons = [hole.severity.reason, hole.occurrence.reason, hole.detection.reason]
    if needs:
        reasons.append(pick(lang, f"먼저 필요: {', '.join(needs)}", f"needs {', '.join(needs)} first"))
    return RolloutItem(
        policy=numbers[choice.candidate.id],
        impact=_level(hole.severity.value),
        likelihood=_level(hole.occurrence.value),
        detectability=_opposite(_level(hole.detection.value)),
        reasons=tuple(reasons),
        ratings=ratings(hole),
    )


def _level(grade: int) -> Level:
    return "high" if grade >= 8 else "medium" if grade >= 5 else "low"


def _opposite(level: Level) -> Level:
    """FMEA's detection grows with blindness; the contract's detectability is the other way round."""
    opposites: dict[Level, Level] = {"high": "low", "medium": "medium", "low": "high", "": ""}
    return opposites[level]
