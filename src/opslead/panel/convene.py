"""The panel around one service: holes from many sides, policies one by one, attack and revision until a round brings nothing new."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Literal

from opslead.intake.page.readers import Source
from opslead.knowledge.slots import computations
from opslead.model.guardrails import Decision
from opslead.panel.attack.assail import Raised, assail, quiet
from opslead.panel.attack.items import Item
from opslead.panel.attack.sight import Changed
from opslead.panel.breadth.look import look
from opslead.panel.breadth.seats import seated
from opslead.panel.brief import Brief, brief
from opslead.panel.claims.judge import Known
from opslead.panel.depth.checks import Bench
from opslead.panel.depth.drafts import candidate_of
from opslead.panel.depth.tools import tools
from opslead.panel.depth.write import write
from opslead.panel.legal import legal_with
from opslead.panel.port import Port, Progress
from opslead.panel.revision.answer import Revised, answer, given, history, responses
from opslead.panel.revision.forms import Response
from opslead.policy.compose import Draft, Ground, chosen, compose, searched
from opslead.policy.rank import Choice
from opslead.policy.synthesise import Candidate, Synthesis
from opslead.policy.verify import decisions
from opslead.spec.document import BreachResponse, PanelRun, Refusal, Specification

if TYPE_CHECKING:
    from opslead.behaviour.verify import Verification

DIRECTIONS = 26
"""From which holes are looked for, so that a whole sitting stays within the usual budget."""
SEATS = 6
"""Policies that a model's holes may add."""
Ended = Literal["quiet", "limit", "budget", "off"]


@dataclass(frozen=True)
class Table:
    """What the panel is given besides the ground: the words it reads, and what came of reading them.

    `drafted`: sentences of a charter that nobody gave; `rounds`: of attack, at most.
    """

    sources: tuple[Source, ...]
    charter: Source | None
    rounds: int = 0
    drafted: tuple[str, ...] = ()
    differences: tuple[str, ...] = ()
    refused: tuple[Refusal, ...] = ()


@dataclass(frozen=True)
class Fought:
    """One round: what was raised and what the Ops Lead answered; `revised` None: there was nothing to answer."""

    number: int
    raised: Raised
    revised: Revised | None


@dataclass(frozen=True)
class Sitting:
    """Where the panel stands. `answered`: the last answer to each item, by its label, in the order of the items."""

    draft: Draft
    proposed: int = 0
    kept: int = 0
    refused: tuple[Refusal, ...] = ()
    fought: tuple[Fought, ...] = ()
    answered: Mapping[str, Response] = field(default_factory=dict)
    own: int = 0
    """Policies that the model's holes add to the wanted number."""
    ended: Ended = "off"


class Panel:
    """One sitting's fixed surroundings; its stages go from one `Sitting` to the next.

    Whatever fails on the way (the wire, the budget, an answer that never passes) leaves what the engine had.
    """

    def __init__(self, ground: Ground, table: Table, port: Port, progress: Progress) -> None:
        self.ground, self.table, self.port, self.progress = ground, table, port, progress
        self.brief: Brief = brief(ground.service, table.sources, table.charter)
        self.computed = computations(ground.service)
        self._searched: dict[frozenset[tuple[str, frozenset[Decision]]], Verification | None] = {}

    def sit(self, draft: Draft) -> tuple[Draft, Specification]:
        """From the engine's draft to the document that carries the panel's record."""
        sitting = self.depth(self.breadth(Sitting(draft, refused=self.table.refused)))
        sitting = self.attack(self.report(sitting))
        return sitting.draft, self.document(sitting)

    def breadth(self, sitting: Sitting) -> Sitting:
        """Holes from many directions. The best of what is kept get a policy each, on top of the engine's; the rest stay findings."""
        draft, service = sitting.draft, self.ground.service
        known = self.known(draft, after=False)
        looked = look(self.port, self.brief, known, self.computed, self.progress, DIRECTIONS)
        seated_holes = seated(looked.kept, service, SEATS)
        candidates = list(draft.synthesis.candidates)
        for hole in seated_holes:
            candidates.append(candidate_of(hole, service, {candidate.id for candidate in candidates}))
        own = frozenset(candidate.id for candidate in candidates[len(draft.synthesis.candidates) :])
        unanswered = (*draft.synthesis.unanswered, *(hole for hole in looked.kept if hole not in seated_holes))
        made = Draft(
            holes=(*draft.holes, *looked.kept),
            synthesis=Synthesis(tuple(candidates), unanswered),
            choices=self.chosen(candidates, own, len(own)),
            verification=draft.verification,
        )
        return replace(
            sitting,
            draft=made,
            proposed=looked.proposed,
            kept=len(looked.kept),
            own=len(own),
            refused=(*sitting.refused, *looked.refused),
        )

    def depth(self, sitting: Sitting) -> Sitting:
        """Each chosen policy in a call of its own. A model's hole without a policy that passes leaves the choice to the next best."""
        draft = sitting.draft
        asked = [choice.candidate for choice in draft.choices]
        offered = tools(self.ground.service, self.ground)
        written = write(self.port, self.brief, asked, self.bench(draft), self.progress, offered)
        now = {old.id: made.candidate for old, made in zip(asked, written, strict=True)}
        refused = tuple(one.refused for one in written if one.refused is not None)
        sitting = replace(sitting, refused=(*sitting.refused, *refused))
        return self.rechosen(sitting, now, frozenset(ident for ident, one in now.items() if one is not None))

    def report(self, sitting: Sitting) -> Sitting:
        """A breach report that was given: the Ops Lead shows the words that stop each item, or revises."""
        candidates = [choice.candidate for choice in sitting.draft.choices]
        items = given(self.ground.breach or (), candidates)
        return self.revised(sitting, items)[0] if items else sitting

    def attack(self, sitting: Sitting) -> Sitting:
        """Rounds until one brings nothing new above low, or the limit."""
        changed: Changed | None = None
        for number in range(1, self.table.rounds + 1):
            specification = self.composed(sitting)
            earlier = [response.item for response in sitting.answered.values()]
            known = self.known(sitting.draft, after=True)
            raised = assail(self.port, self.brief, specification, known, earlier, number, self.progress, changed)
            pending = [r.item for r in sitting.answered.values() if r.status == "open"]
            sitting = replace(sitting, refused=(*sitting.refused, *raised.refused))
            if self.port.spent.exhausted:
                return replace(sitting, fought=(*sitting.fought, Fought(number, raised, None)), ended="budget")
            if quiet(raised.items) and not raised.silent:
                return replace(sitting, fought=(*sitting.fought, Fought(number, raised, None)), ended="quiet")
            sitting, revised = self.revised(sitting, (*raised.items, *pending))
            sitting = replace(sitting, fought=(*sitting.fought, Fought(number, raised, revised)))
            before = {policy.id: policy for policy in specification.policies}
            changed = {ident: before.get(ident) for ident in (*revised.changed, *(one.id for one in revised.added))}
        return replace(sitting, ended="limit") if self.table.rounds else sitting

    def revised(self, sitting: Sitting, items: Sequence[Item]) -> tuple[Sitting, Revised]:
        """The Ops Lead's answers, and the policies that come of them in their places."""
        candidates = [choice.candidate for choice in sitting.draft.choices]
        revised = answer(self.port, self.brief, items, candidates, self.bench(sitting.draft), self.progress)
        now: dict[str, Candidate | None] = {
            candidate.id: candidate for candidate in (*revised.candidates, *revised.added)
        }
        answered = {**sitting.answered, **{response.item.label: response for response in revised.responses}}
        sitting = replace(sitting, answered=answered, refused=(*sitting.refused, *revised.refused))
        return self.rechosen(sitting, now, frozenset(now)), revised

    def rechosen(self, sitting: Sitting, now: Mapping[str, Candidate | None], kept: frozenset[str]) -> Sitting:
        """The draft with candidates replaced (None: dropped) or added, chosen and searched again; `kept` stay in any case."""
        draft = sitting.draft
        known = [candidate.id for candidate in draft.synthesis.candidates]
        candidates = [now.get(candidate.id, candidate) for candidate in draft.synthesis.candidates]
        candidates += [candidate for ident, candidate in now.items() if ident not in known]
        standing = tuple(candidate for candidate in candidates if candidate is not None)
        holes = {hole.id: hole for hole in (*draft.holes, *(hole for one in standing for hole in one.holes))}
        synthesis = replace(draft.synthesis, candidates=standing)
        choices = self.chosen(standing, kept, sitting.own)
        made = Draft(tuple(holes.values()), synthesis, choices, self.searched(choices))
        return replace(sitting, draft=made)

    def searched(self, choices: Sequence[Choice]) -> Verification | None:
        """The search with the chosen policies; once for all rounds in which these decide the same, whatever their words."""
        decided = ((choice.candidate.id, decisions(choice.candidate.pattern)) for choice in choices)
        asked = frozenset((ident, what) for ident, what in decided if what)
        if asked not in self._searched:
            self._searched[asked] = searched(self.ground, choices)
        return self._searched[asked]

    def chosen(self, candidates: Sequence[Candidate], kept: frozenset[str], more: int) -> tuple[Choice, ...]:
        """The policies of the document, `more` than were asked for and all of `kept` among them."""
        return chosen(replace(self.ground, wanted=self.ground.wanted + more), candidates, kept)

    def known(self, draft: Draft, *, after: bool) -> Known:
        """What a proposal is held against: the search without the policies, or with all of them."""
        searches = draft.verification
        reports = () if searches is None else searches.after if after else searches.before
        return Known(self.ground.service, self.table.sources, self.brief.places, draft.holes, reports)

    def bench(self, draft: Draft) -> Bench:
        """What a drafted policy is held against."""
        beside = tuple(choice.candidate for choice in draft.choices)
        policies = {candidate.id: candidate.policy for candidate in beside}
        sources = self.table.sources
        return Bench(self.ground.service, self.computed, draft.holes, sources, policies, draft.verification, beside)

    def composed(self, sitting: Sitting) -> Specification:
        return compose(self.ground, sitting.draft)

    def document(self, sitting: Sitting) -> Specification:
        """The document with the panel's record in it."""
        specification = self.composed(sitting)
        numbers = {policy.id: policy.number for policy in specification.policies}
        gathered = legal_with(self.port, self.brief, specification, self.table.sources, self.progress)
        spent = self.port.spent
        record = PanelRun(
            model=self.port.model,
            calls=spent.calls,
            tokens_in=spent.tokens_in,
            tokens_out=spent.tokens_out,
            drafted_charter=self.table.drafted,
            differences=self.table.differences,
            proposed=sitting.proposed,
            kept=sitting.kept,
            refused=(*sitting.refused, *gathered.refused),
            rounds=tuple(history(one.number, one.raised, one.revised, numbers) for one in sitting.fought),
            ended="budget" if spent.exhausted else sitting.ended,
        )
        told = responses(sitting.answered.values(), numbers)
        return specification.model_copy(
            update={
                "panel": record,
                "breach_responses": _merged(specification.breach_responses, told),
                "legal": gathered.questions,
            }
        )


def _merged(engine: Sequence[BreachResponse], panel: Sequence[BreachResponse]) -> tuple[BreachResponse, ...]:
    """One answer an item: the panel's where it has one, and what it raised itself after those that were given."""
    said = {response.item: response for response in panel}
    first = [said.pop(response.item, response) for response in engine]
    return (*first, *said.values())
