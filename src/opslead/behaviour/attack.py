"""The search of one service: every flow's shortest believable stories that end in a loss, and within which bounds there are no more."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache

from opslead.behaviour.bounds import USUAL, Bounds, never
from opslead.behaviour.kernel import Found, Verdict, explore
from opslead.behaviour.piece import OPEN, Rules, accident_of
from opslead.behaviour.scope import Scope, scopes
from opslead.behaviour.system import System, Watch
from opslead.behaviour.trace import Act, story
from opslead.behaviour.world import GOOD, slices, world
from opslead.knowledge.losses import Loss
from opslead.model.guardrails import Decision, decided_by
from opslead.model.service import Service

MOST_CHOICES = 2
"""Open choices that one story may need: more, and a reader says "who would build that"."""
MOST_STORIES = 2
"""Stories of one loss in one flow; the rest are counted."""


@dataclass(frozen=True)
class Story:
    """A shortest way to a loss: `faults` it needs, the choices it takes as (choice, option), its acts, and whose loss it is.

    `accident`: what of the loss it is, a name of `data/behaviour/losses.yaml`; the loss itself where nothing tells it apart.
    """

    loss: Loss
    faults: int
    choices: tuple[tuple[str, str], ...]
    acts: tuple[Act, ...]
    case: int
    accident: str


@dataclass(frozen=True)
class Report:
    """What the search of one flow saw. `others`: for each accident how many more ways, differing in choices or faults, were met."""

    scope: Scope
    bounds: Bounds
    system: System
    verdict: Verdict
    states: int
    depth: int
    good: bool
    stories: tuple[Story, ...]
    others: Mapping[str, int]


def attack(
    service: Service,
    bounds: Bounds = USUAL,
    decided: frozenset[Decision] = frozenset(),
    stop: Callable[[], bool] = never,
) -> tuple[Report, ...]:
    """Every flow in which money or a place is at stake. Raises UnsearchableError when a flow does not fit.

    `decided` comes on top of what the description's own controls decide.
    """
    return tuple(search(asked, stop) for asked in questions(service, bounds, decided))


def stated(service: Service) -> frozenset[Decision]:
    """What the description itself decides: no open choice."""
    return frozenset(decision for control in service.controls for decision in decided_by(control.kind, control.on))


@dataclass(frozen=True)
class Question:
    """One search to be made: a flow's system, and what to look for in it. Alike questions have alike answers."""

    scope: Scope
    bounds: Bounds
    system: System
    wanted: tuple[Watch, ...]


def questions(service: Service, bounds: Bounds, decided: frozenset[Decision]) -> Iterator[Question]:
    """The searches of a service: one a flow, or some where it has more parts than one search can see together. Raises UnsearchableError when a flow does not fit."""
    rules = Rules(bounds.faults, bounds.capacity, decided | stated(service))
    for whole in scopes(service):
        seen: set[str] = set()
        for scope in slices(whole, bounds.cases, rules):
            system, wanted = world(scope, bounds.cases, rules)
            yield Question(scope, bounds, system, tuple(w for w in wanted if w.name == GOOD or w.name not in seen))
            seen |= {watch.name for watch in wanted}


def search(asked: Question, stop: Callable[[], bool] = never) -> Report:
    """One flow within the bounds. What nobody can stop is searched once: lenses, the choice of policies and their proof ask alike."""
    return _whole(asked) if stop is never else _searched(asked, stop)


@lru_cache(maxsize=128)  # a service of several long flows asks some 80
def _whole(asked: Question) -> Report:
    return _searched(asked, never)


def _searched(asked: Question, stop: Callable[[], bool]) -> Report:
    scope, bounds, system, wanted = asked.scope, asked.bounds, asked.system, asked.wanted
    choices = [field.name for field in system.shared if field.values[0] == OPEN]
    masks = [system.mask(name) for name in choices]
    found = explore(
        system,
        wanted,
        signature=(1 << system.base) - 1,
        choices=masks,
        most_choices=MOST_CHOICES,
        most=bounds.most,
        stop=stop,
    )
    stories: list[Story] = []
    others: dict[str, int] = {}
    for watch in wanted:
        if watch.name == GOOD:
            continue
        picked, rest = _believable(system, found, watch, choices)
        stories += picked
        if rest:
            others[accident_of(watch)[1]] = rest
    good = bool(found.hits[GOOD])
    return Report(scope, bounds, system, found.verdict, found.states, found.depth, good, tuple(stories), others)


def _believable(system: System, found: Found, watch: Watch, choices: list[str]) -> tuple[list[Story], int]:
    """The most believable ways to the loss: fewest faults, then fewest and commonest choices, then fewest steps."""
    ways: dict[tuple[tuple[str, str], ...], tuple[int, int, int, int, int]] = {}
    for level, state in found.hits[watch.name].values():
        made = tuple((name, system.read(state, name)) for name in choices if system.read(state, name) != OPEN)
        rank = sum(system.field(name).index(option) for name, option in made)
        key = (int(system.read(state, "faults")), len(made), rank, level, state)
        if made not in ways or key < ways[made]:
            ways[made] = key
    ordered = sorted(ways.items(), key=lambda way: (way[1], way[0]))
    needed = [
        way for way in ordered if not any(set(other) < set(way[0]) and ways[other][0] <= way[1][0] for other in ways)
    ]
    picked = []
    loss, accident = accident_of(watch)
    for made, (faults, _, _, level, state) in needed[:MOST_STORIES]:
        acts = story(system, found, level, state)
        picked.append(Story(loss, faults, made, acts, _whose(system, watch, acts), accident))
    return picked, len(needed) - len(picked)


def _whose(system: System, watch: Watch, acts: tuple[Act, ...]) -> int:
    """The case that has the loss at the end of the story."""
    state = acts[-1].after if acts else system.initial
    met = (
        cases for guard in watch.conditions for cases in system.placings_of(guard) if system.holds(state, guard, cases)
    )
    return next((cases[0] for cases in met if cases), 0)
