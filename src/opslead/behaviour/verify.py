"""Before and after: which stories a policy ends, what it would now take to break it, and whether the others would do without it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from opslead.behaviour.attack import Question, Report, Story, questions, search
from opslead.behaviour.bounds import USUAL, Bounds, never
from opslead.model.guardrails import Decision
from opslead.model.service import Service

Key = tuple[str, str]
"""A flow and an accident in it, by the name of its loss where nothing tells it apart."""


@dataclass(frozen=True)
class Effect:
    """What one policy does. `ends`: flow and loss whose stories its decisions alone end within the bounds; `needs_more`: those that take
    more faults than before; `returns`: those that come back when it alone is taken away from all policies (ablation). `decided` False: one
    of the searches it takes did not see all states, so nothing is said of it."""

    decisions: frozenset[Decision]
    ends: tuple[Key, ...]
    needs_more: tuple[Key, ...]
    returns: tuple[Key, ...]
    decided: bool = True


@dataclass(frozen=True)
class Verification:
    """The search without policies and with all of them, and the effect of each by its id."""

    before: tuple[Report, ...]
    after: tuple[Report, ...]
    effects: Mapping[str, Effect]

    @property
    def stopped(self) -> tuple[Story, ...]:
        """Stories of losses that no longer occur within the bounds."""
        left = _fewest(self.after)
        return tuple(s for r in self.before for s in r.stories if (r.scope.flow.name, s.accident) not in left)


def verify(
    service: Service,
    policies: Mapping[str, frozenset[Decision]],
    bounds: Bounds = USUAL,
    stop: Callable[[], bool] = never,
) -> Verification:
    """Search without, with all, with each alone and with each taken away. Decisions that make the same system are searched once."""
    reports = _Searched(service, bounds, stop)
    everything = _union(policies.values())
    before, after = reports.of(frozenset()), reports.of(everything)
    base, best = _fewest(before), _fewest(after)
    effects: dict[str, Effect] = {}
    for name, decisions in sorted(policies.items()):
        if not decisions:
            continue
        with_it, the_rest = (
            reports.of(decisions),
            reports.of(_union(d for other, d in policies.items() if other != name)),
        )
        if not _decided(before, after, with_it, the_rest):
            effects[name] = Effect(decisions, (), (), (), decided=False)
            continue
        alone, without = _fewest(with_it), _fewest(the_rest)
        effects[name] = Effect(
            decisions,
            tuple(key for key in base if key not in alone),
            tuple(key for key in base if key in alone and alone[key] > base[key]),
            tuple(key for key in without if key not in best or without[key] < best[key]),
        )
    return Verification(before, after, effects)


def least(
    service: Service,
    policies: Mapping[str, frozenset[Decision]],
    bounds: Bounds = USUAL,
    stop: Callable[[], bool] = never,
) -> frozenset[str]:
    """The least set of policies that ends what all of them together end: each is left out if nothing comes back without it.

    `policies` in the order in which they are tried for leaving out, the least wanted first. A least set, not the smallest one.
    """
    reports = _Searched(service, bounds, stop)
    kept = {name: decisions for name, decisions in policies.items() if decisions}
    best = _fewest(reports.of(_union(kept.values())))
    for name in list(kept):
        without = {other: d for other, d in kept.items() if other != name}
        searched = reports.of(_union(without.values()))
        left = _fewest(searched)
        if _decided(searched) and all(key in best and faults >= best[key] for key, faults in left.items()):
            kept = without
    return frozenset(kept)


class _Searched:
    """Reports by what is decided; decisions that make the same system are searched once."""

    def __init__(self, service: Service, bounds: Bounds, stop: Callable[[], bool]) -> None:
        self._service, self._bounds, self._stop = service, bounds, stop
        self._known: dict[Question, Report] = {}

    def of(self, decided: frozenset[Decision]) -> tuple[Report, ...]:
        asked = tuple(questions(self._service, self._bounds, decided))
        for question in asked:
            if question not in self._known:
                self._known[question] = search(question, self._stop)
        return tuple(self._known[question] for question in asked)


def _decided(*searches: Iterable[Report]) -> bool:
    """Whether all of them saw all states."""
    return all(report.verdict == "exhausted" for reports in searches for report in reports)


def _union(sets: Iterable[frozenset[Decision]]) -> frozenset[Decision]:
    return frozenset(decision for one in sets for decision in one)


def _fewest(reports: Iterable[Report]) -> dict[Key, int]:
    """For each flow and loss that occurs the fewest faults it takes."""
    found: dict[Key, int] = {}
    for report in reports:
        for story in report.stories:
            key = (report.scope.flow.name, story.accident)
            found[key] = min(story.faults, found.get(key, story.faults))
    return found
