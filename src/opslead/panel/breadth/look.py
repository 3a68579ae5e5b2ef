"""Breadth: holes looked for from many directions, each a small question; what stands is kept once, what does not is said."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import partial

from pydantic import Field

from opslead.lenses.hole import Hole
from opslead.panel.answers import HoleDraft, HoleDrafts
from opslead.panel.breadth.directions import MOST_DIRECTIONS, Direction, concerning, directions
from opslead.panel.breadth.meaning import MOST_ASKED, Doubt, merge
from opslead.panel.brief import Brief, fenced
from opslead.panel.claims.judge import Judged, Known, refusal, weigh
from opslead.panel.claims.searched import already, verdicts
from opslead.panel.port import Ask, Port, Progress, Reply
from opslead.panel.prompt import prompt
from opslead.panel.shorter import fitting, shorter
from opslead.quantities.computation import Computation
from opslead.spec.document import Refusal

ROLE = "breadth"
MOST_FOUND = {"ko": 1_100, "en": 1_800}
"""Letters of the findings that a question shows, together."""
MOST_LINE = {"ko": 160, "en": 260}
"""Letters of one that is asked about."""
MOST_FENCED = 4000
_NUMBERED = frozenset({1, 4, 5})
"""Surfaces on which a hole often hangs on a computed number."""


class Same(Reply):
    """The pairs that are the same accident, by number."""

    same: tuple[int, ...] = Field((), max_length=MOST_ASKED)


@dataclass(frozen=True)
class Looked:
    """What the directions brought: `proposed` drafts in all, each of them in `kept` or with its reason in `refused`.

    `silent`: questions that got no answer, with why.
    """

    kept: tuple[Hole, ...]
    refused: tuple[Refusal, ...]
    proposed: int
    silent: tuple[str, ...] = ()


def look(
    port: Port,
    brief: Brief,
    known: Known,
    computed: Sequence[Computation],
    progress: Progress,
    most: int = MOST_DIRECTIONS,
) -> Looked:
    """All directions, at most `most` questions (and one more, about pairs that may be the same). A question without answer brings nothing."""
    system = rules(brief, known)
    asks = [ask(direction, system, known, computed) for direction in directions(known.service, most)]
    drafts: list[HoleDraft] = []
    silent: list[str] = []
    for answered in port.ask(asks):
        answer = answered.value or answered.last
        if answer is None:
            silent.append(f"{answered.ask.subject}: {answered.failure} {answered.detail}".strip())
            continue
        drafts += answer.holes
    looked = sift(drafts, port, brief, known)
    progress(ROLE, f"{len(asks)} directions, {looked.proposed} proposed, {len(looked.kept)} kept")
    return Looked(looked.kept, looked.refused, looked.proposed, tuple(silent))


def ask(direction: Direction, system: str, known: Known, computed: Sequence[Computation]) -> Ask[HoleDrafts]:
    """One direction as a question. `system`: of `rules`, the same for all directions."""
    lang = known.service.language
    conditions = fitting([hole.condition for hole in concerning(direction, known.holes)], MOST_FOUND[lang])
    found = "\n".join(f"- {condition}" for condition in conditions)
    numbers = "; ".join(f"{made.title} {made.text}" for made in computed) if direction.surfaces & _NUMBERED else ""
    text = prompt(ROLE).fill(
        direction=prompt(f"{ROLE}_{direction.kind}").fill(subject=fenced("\n".join(direction.about), MOST_FENCED)),
        found=fenced(found or "-", MOST_FENCED),
        numbers=fenced(numbers, MOST_FENCED) if numbers else "none here",
        most=str(direction.most),
    )
    check = partial(complaints, known=known)
    return Ask(ROLE, direction.subject, system, text, HoleDrafts, check=check, repairs=1, most_tokens=3500)


def rules(brief: Brief, known: Known) -> str:
    """The system part of every direction: what is known of the service, and what a hole must carry."""
    return f"{brief.system}\n\n{prompt('breadth_rules').fill(searched=_searched(known))}"


def complaints(answer: HoleDrafts, known: Known) -> Sequence[str]:
    """What has to be mended, when at least half of what was brought falls by slips; otherwise the slips are not worth a second question."""
    judged = [weigh(draft, known) for draft in answer.holes]
    fallen = [one for one in judged if one.faults]
    if not fallen or 2 * len(fallen) < len(judged):
        return ()
    return [
        f"holes[{at}] ({draft.name}): {fault}"
        for at, (draft, one) in enumerate(zip(answer.holes, judged, strict=True))
        for fault in one.faults
    ]


def sift(drafts: Iterable[HoleDraft], port: Port, brief: Brief, known: Known) -> Looked:
    """Drafts judged one by one, and what stands merged by meaning, also with what stood before."""
    said = list(drafts)
    refused: list[Refusal] = []
    holes: list[Hole] = []
    by_hole: list[HoleDraft] = []
    for draft in said:
        judged: Judged = weigh(draft, known)
        if judged.hole is None:
            refused.append(refusal(draft, known, judged.because or "; ".join(judged.faults)))
        else:
            holes.append(judged.hole)
            by_hole.append(draft)
    merged = merge(holes, known.holes, known.service.language, partial(decide, port=port, brief=brief))
    for hole, ident in merged.told:
        draft = by_hole[next(at for at, one in enumerate(holes) if one is hole)]
        refused.append(refusal(draft, known, already(ident, known.service.language)))
    return Looked(merged.kept, tuple(refused), len(said))


def decide(doubts: Sequence[Doubt], port: Port, brief: Brief) -> frozenset[int]:
    """The pairs of the grey zone put to the model, once. Without an answer they are kept apart."""
    pairs = "\n".join(
        f"{number} a: {shorter(doubt.first.condition, MOST_LINE[brief.language])}\n  b: {shorter(doubt.second.condition, MOST_LINE[brief.language])}"
        for number, doubt in enumerate(doubts, 1)
    )
    text = prompt("same").fill(pairs=fenced(pairs, MOST_ASKED * 2 * (MOST_LINE[brief.language] + 20)))
    (answered,) = port.ask([Ask("same", f"{len(doubts)} pairs", brief.system, text, Same, most_tokens=600)])
    return frozenset(number - 1 for number in answered.value.same) if answered.value else frozenset()


def _searched(known: Known) -> str:
    """What the search has said, so that nobody brings it again."""
    said_of = verdicts(known.service, known.reports)
    if said_of.undecided:
        return f"empty, or one that the search left undecided if it is exactly that: {', '.join(said_of.undecided)}."
    said = [f"it found {', '.join(said_of.found)}"] if said_of.found else []
    said += [f"within its bounds there is no {', '.join(said_of.none)}"] if said_of.none else []
    if not said:
        return "leave it empty: nothing was searched."
    return f"leave it empty. The search of holds and payments is finished: {'; '.join(said)}."
