"""Attackers with roles, and the search, against a draft: each attacker asks a model once a round, and the engine checks what comes back."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from opslead.lenses.hole import Hole, Story, hole_id
from opslead.model.service import Service
from opslead.panel.attack.attackers import Attacker, attackers, here
from opslead.panel.attack.items import SEARCH, BreachDrafts, Grades, Item, quiet
from opslead.panel.attack.scene import Scene
from opslead.panel.attack.sight import MOST, MOST_LATER, Changed, draft, later
from opslead.panel.attack.strike import faults, judge
from opslead.panel.attack.verbatim import plain
from opslead.panel.breadth.meaning import SURE, SURE_HERE, same
from opslead.panel.brief import Brief, fenced
from opslead.panel.claims.judge import Known
from opslead.panel.port import Answered, Ask, Port, Progress
from opslead.panel.prompt import prompt
from opslead.panel.shorter import shorter
from opslead.spec.document import Refusal, Specification
from opslead.text import Lang, pick

if TYPE_CHECKING:
    from opslead.behaviour.attack import Report

__all__ = ["Item", "Raised", "assail", "quiet"]

MOST_KNOWN = 30
_KNOWN_LETTERS = 140
MOST_TOKENS = 4_000


@dataclass(frozen=True)
class Raised:
    """What a round of attack brought, in the order of the table of attackers, the search first. `by`: ids of those who attacked."""

    items: tuple[Item, ...]
    refused: tuple[Refusal, ...]
    by: tuple[str, ...]
    silent: tuple[str, ...] = ()
    """Ids of attackers from whom no answer came, so that their silence shows nothing."""


def assail(
    port: Port,
    brief: Brief,
    specification: Specification,
    known: Known | None,
    earlier: Sequence[Item],
    number: int,
    progress: Progress,
    changed: Changed | None = None,
) -> Raised:
    """One round, `number` from 1.

    `known`: the model of the service with `reports` the search with all policies (`verification.after`); None: a finished document
    alone. `earlier`: items of earlier rounds and of a report that was given. `changed`: the policies that are new since the round
    before, the others are shown by name; None: all are shown.
    """
    scene = Scene(specification, known, tuple(earlier))
    roles = attackers(scene.service)
    told = _draft(scene, brief)
    shown = [_shown(role, turn / len(roles), scene, changed) for turn, role in enumerate(roles)]
    answers = port.ask([_ask(role, scene, told, policies) for role, policies in zip(roles, shown, strict=True)])
    kept, refused = list(_left(scene, number)), list[Refusal]()
    for role, answered in zip(roles, answers, strict=True):
        for judged in _judged(role, answered, scene, number):
            twin = None if isinstance(judged, Refusal) else _twin(judged, (*scene.earlier, *kept), scene.lang)
            if isinstance(judged, Refusal):
                refused.append(judged)
            elif twin is not None:
                refused.append(Refusal(what=judged.story, place=judged.place, why=_known_as(twin, scene.lang)))
            else:
                kept.append(replace(judged, label=f"R{number}-{len(kept) + 1}"))
    silent = tuple(
        role.id for role, answered in zip(roles, answers, strict=True) if answered.failure and not answered.last
    )
    progress("attack", f"round {number}: {len(kept)} items, {len(refused)} refused")
    return Raised(tuple(kept), tuple(refused), tuple(role.id for role in roles), silent)


@dataclass(frozen=True)
class _Draft:
    """The parts of a prompt that all attackers of a round share."""

    system: str
    known: str
    accidents: str
    searched: str


def _draft(scene: Scene, brief: Brief) -> _Draft:
    known = [
        f"- {item.label} {shorter(' '.join(item.story.split()), _KNOWN_LETTERS)}"
        for item in scene.earlier[-MOST_KNOWN:]
    ]
    return _Draft(
        brief.system,
        fenced("\n".join(known) or "nothing yet", 2 * MOST),
        _names((*scene.verdicts.found, *scene.verdicts.undecided)),
        _ruled_out(scene),
    )


def _shown(role: Attacker, turn: float, scene: Scene, changed: Changed | None) -> str:
    """The draft between the marks. In a later round each attacker sees whole what his own items changed, and, `turn` by turn (from 0 to
    1), other policies that changed, so that every one of them is seen whole by somebody."""
    policies = scene.specification.policies
    if changed is None:
        return fenced(draft(policies), 2 * MOST)
    own = dict.fromkeys(ident for item in scene.earlier if item.raised_by == role.id for ident in item.policies[:1])
    rest = [ident for ident in changed if ident not in own]
    start = int(turn * len(rest))
    first = [ident for ident in own if ident in changed] + rest[start:] + rest[:start]
    head = "With its text: what changed since the last round, new words first of all.\n"
    return head + fenced(later(policies, changed, first), 2 * MOST_LATER)


def _names(accidents: Iterable[str]) -> str:
    return ", ".join(sorted(accidents)) or '(none now: "")'


def _ruled_out(scene: Scene) -> str:
    """What is not worth telling again, since the search has seen every order of it."""
    if scene.known is None or not scene.verdicts.none:
        return "No search was made of these policies."
    bounds = scene.known.reports[0].bounds
    return (
        f"A search saw every order of claims, payments, approvals, messages, cancels and refunds with these policies"
        f" ({bounds.cases} customers, up to {bounds.faults} faults) and found none of: {', '.join(scene.verdicts.none)}. Look outside"
        f" of that: people, paper, places, hours, sums, third parties."
    )


def _ask(role: Attacker, scene: Scene, told: _Draft, policies: str) -> Ask[BreachDrafts]:
    def check(answer: BreachDrafts) -> Sequence[str]:
        return [fault for item in answer.items for fault in faults(item, scene, "en")]

    return Ask(
        role="attack",
        subject=role.id,
        system=told.system,
        prompt=prompt("attack").fill(
            who=role.who,
            wants=role.wants,
            knows=role.knows,
            reaches=role.reaches,
            tries=role.tries,
            here=here(role, scene.service),
            draft=policies,
            known=told.known,
            accidents=told.accidents,
            searched=told.searched,
        ),
        answer=BreachDrafts,
        check=check,
        most_tokens=MOST_TOKENS,
    )


def _judged(role: Attacker, answered: Answered[BreachDrafts], scene: Scene, number: int) -> Iterator[Item | Refusal]:
    """Every item of the answer by itself: one that is wrong does not take the others with it."""
    answer = answered.value or answered.last
    for item in answer.items if answer else ():
        yield judge(item, scene, role.id, number)


def _left(scene: Scene, number: int) -> Iterator[Item]:
    """What the search still finds with all policies in place, as items of its own."""
    if scene.known is None:
        return
    told = {(item.accident, item.place) for item in scene.earlier if item.raised_by == SEARCH}
    count = 0
    for report in scene.known.reports:
        flow = report.scope.flow.id
        for accident in dict.fromkeys(story.accident for story in report.stories):
            hole = _hole(accident, flow, scene.known.holes)
            if hole is not None and (accident, flow) not in told:
                count += 1
                told.add((accident, flow))
                yield _searched(report, accident, hole, scene.known.service, f"R{number}-{count}", number)


def _searched(report: Report, accident: str, hole: Hole, service: Service, label: str, number: int) -> Item:
    from opslead.behaviour.tell import tell

    stories = [story for story in report.stories if story.accident == accident]
    first = tell(stories[0], report.scope, service)
    return Item(
        label=label,
        name=accident.replace("_", "-"),
        story=" ".join(_sentence(act) for act in first),
        place=report.scope.flow.id,
        loss=hole.loss,
        surfaces=hole.surfaces,
        user_impact=hole.user_impact,
        operations_impact=hole.operations_impact,
        grades=Grades(hole.severity, hole.occurrence, hole.detection),
        evidence=tuple(Story(tell(s, report.scope, service), s.faults, ()) for s in stories),
        accident=accident,
        data=hole.questions[0].data if hole.questions else "",
        raised_by=SEARCH,
        round=number,
    )


def _hole(accident: str, flow: str, holes: Iterable[Hole]) -> Hole | None:
    """The engine's finding of the accident, which carries its grades; one that several flows share stands at the first of them."""
    named = [hole for hole in holes if hole.mechanism == f"behaviour.{accident}"]
    exact = hole_id(f"behaviour.{accident}", flow)
    return next((hole for hole in named if hole.id == exact), named[0] if named else None)


def _sentence(act: str) -> str:
    return act if act.endswith((".", "!", "?")) else act + "."


def _twin(item: Item, others: Iterable[Item], lang: Lang) -> Item | None:
    """One that tells the same."""
    return next((other for other in others if _alike(item, other, lang)), None)


def _alike(item: Item, other: Item, lang: Lang) -> bool:
    """The same accident of the search, the same words of a policy with the same loss at the same place, or the same story.

    A story of an earlier round that goes through other words of what the policies say now is new: what closed it does not hold.
    """
    if item.accident and other.raised_by == SEARCH and item.accident == other.accident:
        return True
    here = item.place == other.place and item.loss == other.loss
    if here and item.gap and other.gap:
        one, two = plain(item.gap), plain(other.gap)
        if one in two or two in one:
            return True
    if item.gap and other.round != item.round:
        return False
    return same(item.story, other.story, lang) >= (SURE_HERE if here else SURE)


def _known_as(twin: Item, lang: Lang) -> str:
    return pick(lang, f"{twin.label}에서 이미 나온 이야기다", f"already told as {twin.label}")
