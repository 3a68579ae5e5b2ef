"""The Ops Lead answers a breach report: hit policies are revised, holes that no policy covers get one, the rest is accepted or stays open."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from opslead.model.told import Told
from opslead.panel.attack.assail import Raised
from opslead.panel.attack.items import Item, gravest
from opslead.panel.brief import Brief
from opslead.panel.depth.checks import Bench
from opslead.panel.port import Port, Progress
from opslead.panel.revision.agreement import Agreement
from opslead.panel.revision.containment import left_open
from opslead.panel.revision.forms import Response
from opslead.panel.revision.hits import Desk, ask, settle
from opslead.panel.revision.uncovered import add
from opslead.policy.breach import closers, nearest
from opslead.policy.synthesise import Candidate
from opslead.spec.document import BreachResponse, PanelRound, Refusal

MOST_ITEMS = 6
"""Items that one policy answers in one ask, the gravest first; the others stay open for the next round."""


@dataclass(frozen=True)
class Revised:
    """`candidates`: all that were given, in their order, the revised ones replaced; `changed` their ids; `added` new ones.

    `responses`: one an item, in the order of the items; `refused`: what was proposed and not taken.
    """

    candidates: tuple[Candidate, ...]
    added: tuple[Candidate, ...]
    changed: tuple[str, ...]
    responses: tuple[Response, ...]
    refused: tuple[Refusal, ...]


def answer(
    port: Port, brief: Brief, items: Sequence[Item], candidates: Sequence[Candidate], bench: Bench, progress: Progress
) -> Revised:
    """The answers to all items, and the policies that come of them. `candidates` are the chosen ones."""
    desk = Desk(tuple(candidates), brief, bench, Agreement(bench.service, bench.verification))
    hit = _hit(items, candidates)
    asked = [candidate for candidate in candidates if candidate.id in hit]
    answers = port.ask([ask(candidate, hit[candidate.id], desk) for candidate in asked])
    now = {candidate.id: candidate for candidate in candidates}
    said: dict[str, Response] = {}
    refused: list[Refusal] = []
    for candidate, answered in zip(asked, answers, strict=True):
        settled = settle(candidate, hit[candidate.id], answered, desk)
        now[candidate.id] = settled.candidate
        said |= {response.item.label: response for response in settled.responses}
        refused += settled.refused
    changed = tuple(candidate.id for candidate in candidates if now[candidate.id] is not candidate)
    progress("revise", f"{len(asked)} policies asked, {len(changed)} revised")
    said |= {item.label: left_open(item, now[ident], brief.language) for ident, item in _waiting(hit, items)}
    added = add(port, [item for item in items if item.label not in said], tuple(now.values()), desk, progress)
    said |= {response.item.label: response for response in added.responses}
    return Revised(
        tuple(now[candidate.id] for candidate in candidates),
        added.candidates,
        changed,
        tuple(said[item.label] for item in items),
        (*refused, *added.refused),
    )


def _hit(items: Sequence[Item], candidates: Sequence[Candidate]) -> Mapping[str, tuple[Item, ...]]:
    """The items by the policy whose words let them through."""
    known = {candidate.id for candidate in candidates}
    found: dict[str, list[Item]] = {}
    for item in items:
        first = next((ident for ident in item.policies if ident in known), "")
        if first:
            found.setdefault(first, []).append(item)
    return {ident: gravest(group)[:MOST_ITEMS] for ident, group in found.items()}


def _waiting(hit: Mapping[str, tuple[Item, ...]], items: Sequence[Item]) -> Iterator[tuple[str, Item]]:
    """Items of a hit policy that there was no room for, with its id."""
    asked = {item.label for group in hit.values() for item in group}
    for item in items:
        ident = next((ident for ident in item.policies if ident in hit), "")
        if ident and item.label not in asked:
            yield ident, item


def given(told: Iterable[Told], candidates: Sequence[Candidate]) -> tuple[Item, ...]:
    """The items of a breach report that was given, for revision before the first round.

    Each goes to the policy that closes it by its words, or to the nearest one: there the Ops Lead has to show the words that stop
    it. An item that no policy comes near to is left to the engine's own answer (`policy.breach.respond`).
    """
    items = []
    for number, one in enumerate(told, 1):
        closing = closers(candidates, one) or tuple(c for c in (nearest(one, candidates),) if c is not None)
        if closing:
            ids = tuple(candidate.id for candidate in closing)
            items.append(Item(one.label or f"B-{number}", "given", one.text, "", ids))
    return tuple(items)


def responses(answered: Iterable[Response], numbers: Mapping[str, int]) -> tuple[BreachResponse, ...]:
    """The answers as the document shows them; `numbers` are the policies' by candidate id, one that is gone is left out."""
    return tuple(
        BreachResponse(
            item=f"{one.item.label}. {one.item.story}",
            policies=tuple(numbers[ident] for ident in one.policies if ident in numbers),
            status=one.status,
            answer=one.answer,
            evidence=one.evidence,
            raised_by=one.item.raised_by,
            round=one.item.round,
        )
        for one in answered
    )


def history(number: int, raised: Raised, revised: Revised | None, numbers: Mapping[str, int]) -> PanelRound:
    """One round for the document; `revised` None: nothing was asked of the Ops Lead."""
    changed = revised.changed if revised else ()
    added = tuple(candidate.id for candidate in revised.added) if revised else ()
    return PanelRound(
        number=number,
        attackers=raised.by,
        raised=len(raised.items) + len(raised.refused),
        new=sum(item.level != "low" for item in raised.items),
        revised=tuple(sorted(numbers[ident] for ident in changed if ident in numbers)),
        added=tuple(sorted(numbers[ident] for ident in added if ident in numbers)),
    )
