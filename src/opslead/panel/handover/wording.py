"""A reply's policy in the form of the document: one clean line a text, a dagger after every number that has no source, and what the
search relies on said in the engine's words where the reply does not say it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass

from opslead.contract.words import texts
from opslead.panel.claims import figures
from opslead.panel.claims.figures import Figures
from opslead.panel.claims.judge import Known
from opslead.panel.depth.daggers import marked, resting_on_assumptions, stands_in
from opslead.panel.depth.decisions import unsaid
from opslead.panel.depth.drafts import clean, used_quantities
from opslead.panel.handover.references import renumber
from opslead.policy.overview import evidence_items
from opslead.policy.synthesise import Candidate
from opslead.policy.verify import decisions
from opslead.spec.document import EnforcementPoint, Monitoring, Policy, RunbookStep, StartingValue, Uncertain
from opslead.text import STARTING, Lang, pick

Rewrite = Callable[[str], str]
MOST_STEPS = 7
"""Steps of a runbook that the contract allows."""


@dataclass(frozen=True)
class Worded:
    """The policy as the document will have it. `daggered`: numbers that got a dagger here; `added`: passages of the engine's that it got."""

    policy: Policy
    daggered: tuple[str, ...]
    added: tuple[str, ...]


def sourced(known: Known) -> Figures:
    """The numbers that need no dagger: given, computed, or worked out in the evidence of a finding."""
    lang = known.service.language
    shown = (item.text for hole in known.holes for evidence in hole.evidence for item in evidence_items(evidence, lang))
    return known.given | known.computed | figures.counted(shown)


def worded(said: Policy, candidate: Candidate, known: Known) -> Worded:
    """The reply's policy as the text of the candidate, whose id, surfaces, findings and decisions stay."""
    service = known.service
    fine = sourced(known)
    whole = [text for _, text in texts(said)]
    own = tuple(dict.fromkeys(n for text in whole for n in figures.strange(_DECLARED.sub(" ", text), fine)))
    declared = tuple(dict.fromkeys(match["number"].strip() for text in whole for match in _DECLARED.finditer(text)))
    values = (*own, *resting_on_assumptions(service))
    policy = rewritten(said, lambda text: daggered(clean(text), values))
    policy = policy.model_copy(update={"exceptions": tuple(filter(None, (" ".join(policy.exceptions),)))})
    policy, added = _completed(policy, candidate)
    starting = tuple(dict.fromkeys((*own, *declared)))
    policy = policy.model_copy(
        update={
            "number": 0,
            "id": candidate.id,
            "surfaces": candidate.pattern.surfaces,
            "closes": candidate.policy.closes,
            "references": candidate.policy.references,
            "control_types": candidate.policy.control_types,
            "quantities": used_quantities(policy, service),
            "author": "model",
            "starting_values": _starting(starting, policy, service.language),
            "line": 0,
            "field_lines": {},
            "raw": {},
        }
    )
    return Worded(policy, own, added)


_DECLARED = re.compile(rf"(?P<number>\d[\d.,:]*\s?[^\s\d,.;()]*(?:\s[^\s\d,.;()]+)?){STARTING}")
"""A number that the reply marks itself."""
_STANDS = "\ue000"
"""Holds the place of a dagger that stands already."""


def daggered(text: str, values: Iterable[str]) -> str:
    """The text with a dagger after each of the values that has none; those that stand stay where they are."""
    marks = marked(text.replace(STARTING, _STANDS), values)
    return marks.replace(STARTING + _STANDS, STARTING).replace(_STANDS, STARTING)


def _completed(policy: Policy, candidate: Candidate) -> tuple[Policy, tuple[str, ...]]:
    """The policy with those passages of the engine's that say what the search counts on and the reply does not say, and their words."""
    added: list[str] = []
    for decision in unsaid(sorted(decisions(candidate.pattern)), policy):
        if decision not in unsaid((decision,), policy):
            continue  # said by a passage that came in for another
        for words, with_it in _passages(policy, candidate.policy):
            if not unsaid((decision,), with_it):
                policy = with_it
                added.append(words)
                break
    return policy, tuple(added)


def _passages(policy: Policy, engine: Policy) -> Iterator[tuple[str, Policy]]:
    """Each enforcement point, step and exception of the engine's, and the policy with it; a step too many becomes an exception."""
    for point in engine.enforcement_points:
        yield point.action, policy.model_copy(update={"enforcement_points": (*policy.enforcement_points, point)})
    for step in engine.runbook:
        if len(policy.runbook) < MOST_STEPS and all(own.actor for own in policy.runbook):
            yield step.action, policy.model_copy(update={"runbook": (*policy.runbook, step)})
    for text in (*engine.exceptions, *(step.action for step in engine.runbook)):
        yield text, policy.model_copy(update={"exceptions": (*policy.exceptions, text)})


def _starting(values: Iterable[str], policy: Policy, lang: Lang) -> tuple[StartingValue, ...]:
    """Why it stands there and what replaces it, for each number that is neither given nor computed."""
    why = pick(lang, "답에서 정한 수다. 설명에도 계산에도 없다", "set in the reply; neither stated nor computed")
    data = ", ".join(policy.signals[:3]) or policy.trigger
    whole = "\n".join(text for _, text in texts(policy))
    return tuple(StartingValue(text=value, why=why, data=data) for value in values if stands_in(value, whole))


def rewritten(policy: Policy, put: Rewrite) -> Policy:
    """The policy with every text of it put through the function."""

    def each(parts: Iterable[str]) -> tuple[str, ...]:
        return tuple(done for part in parts if (done := put(part)))

    watch = policy.monitoring
    return policy.model_copy(
        update={
            "name": put(policy.name),
            "intent": put(policy.intent),
            "scope": put(policy.scope),
            "trigger": put(policy.trigger),
            "signals": each(policy.signals),
            "enforcement_points": tuple(
                EnforcementPoint(kind=point.kind, action=put(point.action)) for point in policy.enforcement_points
            ),
            "runbook": tuple(
                RunbookStep(
                    actor=put(step.actor),
                    action=put(step.action),
                    deadline=put(step.deadline),
                    data=put(step.data),
                    line=step.line,
                )
                for step in policy.runbook
            ),
            "exceptions": each(policy.exceptions),
            "monitoring": Monitoring(
                leading=each(watch.leading),
                lagging=each(watch.lagging),
                start=put(watch.start),
                relax=put(watch.relax),
                stop=put(watch.stop),
            ),
            "symptoms": each(policy.symptoms),
            "uncertain": policy.uncertain
            and Uncertain(what=put(policy.uncertain.what), questions=each(policy.uncertain.questions)),
        }
    )


def renumbered(policy: Policy, numbers: Mapping[int, str]) -> Policy:
    """The policy with every `#number` of the reply replaced by the words that stand for it in the document."""
    return rewritten(policy, lambda text: renumber(text, numbers))
