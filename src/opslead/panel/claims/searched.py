"""What the search says of a claimed accident: found, ruled out within its bounds, or not decided."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from opslead.lenses.hole import Hole, Story, hole_id
from opslead.model.service import Service
from opslead.text import Lang, fault_words, pick

if TYPE_CHECKING:
    from opslead.behaviour.attack import Report


class Unfounded(ValueError):
    """Why a claim of the search's is refused. `final`: the search has spoken, there is nothing to mend."""

    def __init__(self, why: str, *, final: bool) -> None:
        super().__init__(why)
        self.final = final


@dataclass(frozen=True)
class Verdicts:
    """Accidents by name, sorted: those that the search found, those it ruled out within its bounds, those it could not decide."""

    found: tuple[str, ...] = ()
    none: tuple[str, ...] = ()
    undecided: tuple[str, ...] = ()


def verdicts(service: Service, reports: Sequence[Report]) -> Verdicts:
    """What the search says of every accident that it looks for in this service."""
    wanted = _wanted(service, reports)
    found = {str(story.accident) for report in reports for story in report.stories}
    rest = {name for names in wanted.values() for name in names} - found
    cut = {report.scope.flow.id for report in reports if report.verdict != "exhausted"}
    undecided = {name for name in rest if any(name in wanted.get(flow, ()) for flow in cut)}
    return Verdicts(tuple(sorted(found)), tuple(sorted(rest - undecided)), tuple(sorted(undecided)))


def looked_up(
    accident: str, place: str, service: Service, reports: Sequence[Report], holes: Sequence[Hole]
) -> tuple[Story | None, str]:
    """The search's story, or none and what it could not decide. Raises Unfounded for what it has found already or ruled out.

    A place in a flow is looked up in that flow, any other place in all of them.
    """
    from opslead.behaviour.tell import tell

    lang, wanted = service.language, _wanted(service, reports)
    if accident not in {name for names in wanted.values() for name in names}:
        if accident in _named():
            return None, _undecided(accident, lang)
        raise Unfounded(
            pick(lang, f"탐색이 모르는 사고 이름이다: {accident}", f"no accident that the search knows: {accident}"),
            final=False,
        )
    seen = [report for report in reports if report.scope.flow.id in _flows(place, service)]
    for report in seen:
        stories = [story for story in report.stories if story.accident == accident]
        if not stories:
            continue
        ident = hole_id(f"behaviour.{accident}", report.scope.flow.id)
        standing = next((h.id for h in holes if h.id == ident or h.mechanism == f"behaviour.{accident}"), "")
        if standing:
            raise Unfounded(already(standing, lang), final=True)
        first = stories[0]
        return Story(tell(first, report.scope, service), first.faults, ()), ""
    looked = [report for report in seen if accident in wanted.get(report.scope.flow.id, ())]
    if looked and all(report.verdict == "exhausted" for report in looked):
        raise Unfounded(_ruled_out(accident, looked, lang), final=True)
    return None, _undecided(accident, lang)


def already(ident: str, lang: Lang) -> str:
    """Why a repetition is refused."""
    return pick(lang, f"이미 찾은 것이다: {ident}", f"already found: {ident}")


def _undecided(accident: str, lang: Lang) -> str:
    return pick(
        lang,
        f"탐색이 판정하지 못한 사고({accident})가 이 자리에서 실제로 일어나는가",
        f"whether what the search could not decide here ({accident}) does happen",
    )


def _ruled_out(accident: str, looked: Sequence[Report], lang: Lang) -> str:
    states = sum(report.states for report in looked)
    bounds = looked[0].bounds
    faults = fault_words(bounds.faults, lang)
    return pick(
        lang,
        f"탐색해 보니 범위 안에서 일어나지 않는다: {accident}(고객 {bounds.cases}명, {faults}, 상태 {states:,}개)",
        f"searched, does not occur within the bounds: {accident} ({bounds.cases} customers, {faults}, {states:,} states)",
    )


def _flows(place: str, service: Service) -> frozenset[str]:
    """The flow that the place is in; all flows for a person, partner, resource or channel."""
    for flow in service.flows:
        if place == flow.id or place in {step.id for step in flow.steps} | {way.id for way in flow.exits}:
            return frozenset({flow.id})
    return frozenset(flow.id for flow in service.flows)


def _wanted(service: Service, reports: Sequence[Report]) -> dict[str, frozenset[str]]:
    """For each searched flow the accidents that were looked for."""
    return _looked_for(service, reports[0].bounds.cases, reports[0].bounds.faults) if reports else {}


@lru_cache(maxsize=8)
def _looked_for(service: Service, cases: int, faults: int) -> dict[str, frozenset[str]]:
    from opslead.behaviour.attack import questions
    from opslead.behaviour.bounds import Bounds
    from opslead.behaviour.piece import accident_of
    from opslead.behaviour.world import GOOD

    found: dict[str, frozenset[str]] = {}
    for question in questions(service, Bounds(cases=cases, faults=faults), frozenset()):
        names = {str(accident_of(watch)[1]) for watch in question.wanted if watch.name != GOOD}
        found[question.scope.flow.id] = found.get(question.scope.flow.id, frozenset()) | names
    return found


def _named() -> frozenset[str]:
    """Every accident that the search can look for in some service."""
    from opslead.behaviour.tell import accident_names

    return accident_names()
