"""From chosen policies to the document: the last stretch of every run, with a panel or without."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from opslead import __version__
from opslead.behaviour.bounds import Bounds
from opslead.knowledge.catalog import Chosen, Selection
from opslead.knowledge.findings import load_findings
from opslead.knowledge.slots import computations
from opslead.lenses.hole import Hole
from opslead.model.service import Service
from opslead.model.told import Told
from opslead.policy.breach import demanded, respond
from opslead.policy.checklist import checklist, unjudged
from opslead.policy.legal import legal
from opslead.policy.overview import CharterState, assumptions, failure_modes, mode, surfaces
from opslead.policy.quantities import quantity
from opslead.policy.questions import questions
from opslead.policy.rank import Choice, choose
from opslead.policy.rollout import plan
from opslead.policy.stories import stories
from opslead.policy.synthesise import Candidate, Synthesis
from opslead.policy.verify import evidence, needed, searches, unseen_flows, verified
from opslead.policy.write import computed_slots
from opslead.quantities.computation import Computation
from opslead.spec.document import Input, PackUse, Policy, PolicyEvidence, Specification
from opslead.text import Lang, pick

if TYPE_CHECKING:
    from opslead.behaviour.verify import Verification


@dataclass(frozen=True)
class Ground:
    """What a run stands on. `charter` and `breach` None: not given; `wanted`: how many policies to choose.

    `drafted`: the charter is a draft that nobody has confirmed.
    """

    service: Service
    selection: Selection
    inputs: tuple[Input, ...]
    charter: tuple[Told, ...] | None
    breach: tuple[Told, ...] | None
    wanted: int
    search: bool
    bounds: Bounds
    stop: Callable[[], bool]
    drafted: bool = False


@dataclass(frozen=True)
class Draft:
    """Everything that is found and chosen, before it is a document. `verification` None: not searched."""

    holes: tuple[Hole, ...]
    synthesis: Synthesis
    choices: tuple[Choice, ...]
    verification: Verification | None


def chosen(ground: Ground, candidates: Sequence[Candidate], kept: frozenset[str] = frozenset()) -> tuple[Choice, ...]:
    """The policies of the document: what the breach report and the search need, `kept`, and the best of the rest."""
    wanted = demanded(candidates, ground.breach or ()) | kept
    if ground.search:
        wanted |= needed(ground.service, candidates, ground.bounds, ground.stop)
    service = ground.service
    return choose(
        candidates,
        ground.charter or (),
        wanted,
        ground.wanted,
        service.concepts | service.kinds,
        ground.selection.domain,
    )


def searched(ground: Ground, choices: Sequence[Choice]) -> Verification | None:
    """The search with and without the chosen policies; None where the run goes without."""
    return verified(ground.service, choices, ground.bounds, ground.stop) if ground.search else None


def compose(ground: Ground, draft: Draft) -> Specification:
    """The document."""
    service, choices, verification = ground.service, draft.choices, draft.verification
    lang: Lang = service.language
    patterns = ground.selection.patterns
    numbers = {choice.candidate.id: number for number, choice in enumerate(choices, 1)}
    computed = computations(service)
    answers = checklist(service, choices, draft.holes, patterns, load_findings(), numbers)
    unanswered = draft.synthesis.unanswered
    made = Specification(
        title=pick(lang, f"{service.name} 운영 정책 명세", f"{service.name}: operating policy"),
        language=lang,
        inputs=ground.inputs,
        assumptions=assumptions(service, _charter(ground), ground.breach is not None),
        failure_modes=failure_modes(choices, unanswered, lang),
        policies=tuple(
            _numbered(choice, number, computed, evidence(choice, verification), lang)
            for number, choice in enumerate(choices, 1)
        ),
        rollout=plan(choices, numbers, lang),
        questions=questions(service, choices, unanswered, numbers, computed, unjudged(service, answers)),
        surfaces=surfaces(choices, draft.holes, patterns, numbers, service),
        checklist=answers,
        findings=tuple(mode(hole, lang) for hole in draft.holes),
        quantities=tuple(quantity(made) for made in computed),
        searches=searches(verification) if verification else (),
        stories=stories(service, verification, numbers) if verification else (),
        unsearched=unseen_flows(service) if verification else (),
        packs=tuple(_use(pack, lang) for pack in ground.selection.packs),
        breach_responses=respond(ground.breach or (), [c.candidate for c in choices], numbers, lang),
        version=__version__,
    )
    return made.model_copy(update={"legal": legal(made, service)})


def _charter(ground: Ground) -> CharterState:
    return "missing" if ground.charter is None else "drafted" if ground.drafted else "given"


def _numbered(
    choice: Choice, number: int, computed: Sequence[Computation], proof: PolicyEvidence, lang: Lang
) -> Policy:
    policy = choice.candidate.policy
    intent = policy.intent
    if choice.cites is not None:
        cited = choice.cites.text.rstrip(".")
        intent = f"{intent} " + pick(lang, f"(헌장: “{cited}”)", f"(Charter: “{cited}”)")
    used = policy.quantities
    if policy.author == "engine":
        asked = computed_slots(choice.candidate.pattern, lang)
        used = tuple(made.id for made in computed if asked & (made.slots or {}).keys())
    return policy.model_copy(update={"number": number, "intent": intent, "quantities": used, "evidence": proof})


def _use(pack: Chosen, lang: Lang) -> PackUse:
    """The pack with the words that show that the service is of its domain."""
    shown = tuple(dict.fromkeys(source.text for source in pack.sources if source.text))
    return PackUse(id=pack.pack.id, name=pick(lang, pack.pack.name.ko, pack.pack.name.en), because=shown)
