"""What a model has written as the engine's own types: a policy, and a candidate that the search and the ranking take as any other.

For a hole of the engine the pattern stays, and with it what the policy decides; its words alone are replaced. For a hole of the
model a pattern of this one service is made, both languages filled with the same text.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Set
from dataclasses import replace
from functools import cache

from opslead.intake.lexicon import keys
from opslead.knowledge.catalog import load_catalog
from opslead.knowledge.schema import (
    Both,
    EnforcementText,
    Graded,
    Guardrail,
    HoleText,
    Pattern,
    PolicyText,
    PolicyTexts,
    QuestionText,
    Reference,
    StepLine,
    UncertainText,
)
from opslead.knowledge.slots import computations
from opslead.lenses.hole import Evidence, Grade, Hole, Quotation
from opslead.model.guardrails import GuardrailKind
from opslead.model.service import Service, Source
from opslead.panel.answers import PolicyDraft
from opslead.panel.depth import people
from opslead.panel.depth.daggers import marked, own_numbers, resting_on_assumptions, stands_in, unappointed, unmarked
from opslead.panel.depth.stems import stems
from opslead.policy.synthesise import Candidate
from opslead.policy.write import computed_slots
from opslead.quantities.computation import Computation
from opslead.spec.document import (
    EnforcementPoint,
    Monitoring,
    Policy,
    PolicyEvidence,
    RunbookStep,
    StartingValue,
    Uncertain,
)
from opslead.text import Lang, sentence

LENS = "panel"
"""The lens of holes that a language model proposed; their mechanism is `panel.<name>`."""
_CONTROLS = ("preventive", "detective", "corrective")


def clean(text: str) -> str:
    """The text in one line, without control and direction characters, which a document must not carry on."""
    kept = "".join(
        " " if c.isspace() else c
        for c in text
        if c.isspace() or unicodedata.category(c) not in ("Cc", "Cf", "Cs") or c == "\u200d"
    )
    return " ".join(kept.split())


def policy_of(draft: PolicyDraft, lang: Lang, also: Iterable[str] = ()) -> Policy:
    """The draft as a policy of the document: a dagger after every declared starting value wherever it stands, and nowhere else.

    `also`: further words that carry the dagger (people nobody is named for, numbers computed from assumed inputs). Nothing of the
    text is lost but daggers, line breaks and control characters. `evidence.decides` holds what the draft claims to decide.
    """
    daggered = (*(clean(value.text) for value in draft.starting_values), *also)

    def put(text: str) -> str:
        return marked(clean(text), daggered)

    def say(text: str) -> str:
        return sentence(put(text), lang)

    def each(texts: Iterable[str], how: Callable[[str], str] = say) -> tuple[str, ...]:
        return tuple(done for text in texts if (done := how(text)))

    what, questions = say(draft.uncertain), each(draft.questions)
    return Policy(
        number=0,
        name=say(draft.name),
        surfaces=tuple(dict.fromkeys(draft.surfaces)),
        intent=say(draft.intent),
        scope=say(draft.scope),
        trigger=say(draft.trigger),
        signals=each(draft.signals, put),
        enforcement_points=tuple(EnforcementPoint(kind=p.kind, action=put(p.action)) for p in draft.enforcement_points),
        runbook=tuple(
            RunbookStep(actor=say(s.actor), action=say(s.action), deadline=put(s.deadline), data=put(s.data))
            for s in draft.runbook
        ),
        exceptions=each(draft.exceptions),
        monitoring=Monitoring(
            leading=each(draft.leading),
            lagging=each(draft.lagging),
            start=say(draft.start),
            relax=say(draft.relax),
            stop=say(draft.stop),
        ),
        symptoms=each(draft.symptoms),
        uncertain=Uncertain(what=what, questions=questions) if what or questions else None,
        control_types=tuple(sorted({guard.control for guard in draft.guardrails}, key=_CONTROLS.index)),
        evidence=PolicyEvidence(decides=tuple(sorted({d.value for g in draft.guardrails for d in g.decides}))),
        author="model",
        starting_values=_values(draft),
    )


def _values(draft: PolicyDraft) -> tuple[StartingValue, ...]:
    said = ((clean(unmarked(own.text)), own) for own in draft.starting_values)
    return tuple(StartingValue(text=text, why=clean(own.why), data=clean(own.data)) for text, own in said if text)


def candidate_of(hole: Hole, service: Service, taken: Set[str] = frozenset()) -> Candidate:
    """A model's hole before it has a policy: ranked by its own grades, with a text that only states the hole.

    `taken`: ids that are in use beside those of the built-in catalog.
    """
    name = hole.mechanism.partition(".")[2] or hole.mechanism
    ident = _free(f"OP{hole.surfaces[0]:02d}-{name}", _catalog_ids() | taken)
    plain = _harmless(_stated(hole))
    pattern = Pattern(
        id=ident,
        surfaces=hole.surfaces,
        finding=(hole.mechanism,),
        loss=hole.loss,
        severity=_graded(hole.severity),
        occurrence=_graded(hole.occurrence),
        detection=_graded(hole.detection),
        hole=HoleText(
            condition=_both(hole.condition),
            user_impact=_both(hole.user_impact),
            operations_impact=_both(hole.operations_impact),
        ),
        guardrails=(_WATCH, _WATCH),
        closes=(_concepts(hole, service),),
        checklist=hole.checklist,
        effort="procedure",
        questions=_questions(hole),
        references=(Reference(title=_bare(hole.condition), source=_place(hole)),),
        policy=PolicyTexts(ko=plain, en=plain),
    )
    policy = Policy(
        number=0,
        id=ident,
        name=hole.condition,
        surfaces=hole.surfaces,
        intent=f"{hole.user_impact} {hole.operations_impact}",
        closes=(hole.id,),
        author="model",
    )
    return Candidate(pattern, policy, (hole,))


def _stated(hole: Hole) -> PolicyText:
    """The hole in a policy's form, as long as nobody has written the policy."""
    return PolicyText(
        name=hole.condition,
        intent=f"{hole.user_impact} {hole.operations_impact}",
        scope=hole.condition,
        trigger=hole.condition,
        signals=(hole.condition, hole.operations_impact),
        enforcement_points=(EnforcementText(kind="admin_console", action=hole.condition),),
        runbook=(StepLine(actor="-", action=hole.condition, deadline="-"),) * 3,
        exceptions=("-",),
        leading=(hole.condition,),
        start=hole.condition,
        relax="-",
        stop="-",
        symptoms=(hole.operations_impact,),
    )


def _questions(hole: Hole) -> tuple[QuestionText, ...]:
    asked = [(q.decision, q.data, q.weight) for q in hole.questions] or [(hole.condition, hole.operations_impact, 1.0)]
    return tuple(
        QuestionText(decision=_both(decision), data=_both(data), weight=min(10.0, max(0.0, weight)))
        for decision, data, weight in asked
    )


def is_models(candidate: Candidate) -> bool:
    """Whether its pattern was made for a model's hole, so that there is no text of the engine to fall back to."""
    return (
        bool(candidate.holes)
        and candidate.pattern.finding == (candidate.holes[0].mechanism,)
        and all(hole.lens == LENS for hole in candidate.holes)
    )


def with_draft(candidate: Candidate, draft: PolicyDraft, service: Service) -> Candidate:
    """The candidate in the draft's words.

    The engine's patterns keep their surfaces and what they decide, less what the draft leaves to people, on which the search then does
    not count; a model's own takes guardrails, effort and further surfaces of the draft, its id stays.
    """
    own_values = own_numbers((value.text for value in draft.starting_values), service)
    policy = policy_of(draft, service.language, (*unappointed(service), *resting_on_assumptions(service), *own_values))
    own = is_models(candidate)
    pattern = _pattern(candidate.pattern, draft, policy) if own else people.without(candidate.pattern, draft.by_people)
    policy = policy.model_copy(
        update={
            "id": candidate.id,
            "surfaces": pattern.surfaces,
            "closes": candidate.policy.closes,
            "references": candidate.policy.references,
            "quantities": used_quantities(policy, service, computed_slots(candidate.pattern, service.language)),
            "uncertain": people.told(
                policy.uncertain if candidate.certain else _with_premise(candidate, policy),
                draft.by_people,
                service.language,
            ),
        }
    )
    return replace(candidate, pattern=pattern, policy=policy)


def used_quantities(policy: Policy, service: Service, asked: Set[str] = frozenset()) -> tuple[str, ...]:
    """Ids of the computations that the text uses: a passage has the result, and two words of what it is the result of.

    The words tell `격리 2분` from any other two minutes; `asked`: slots that the pattern fills, whose results need no words.
    """
    passages = tuple(_texts(policy))
    return tuple(
        made.id
        for made in computations(service)
        if any(_uses(passage, made, known=bool(asked & (made.slots or {}).keys())) for passage in passages)
    )


def _uses(passage: str, made: Computation, *, known: bool) -> bool:
    results = (re.split(r"[(:]", made.text)[0], *(made.slots or {}).values())
    if not any(stands_in(result, passage) for result in results if re.search(r"\d", result)):
        return False
    return known or len(stems(made.title) & stems(passage)) >= 2


def _texts(policy: Policy) -> Iterable[str]:
    yield from (policy.intent, policy.scope, policy.trigger, *policy.signals, *policy.exceptions, *policy.symptoms)
    yield from (point.action for point in policy.enforcement_points)
    yield from (f"{step.action} {step.deadline} {step.data}" for step in policy.runbook)
    watch = policy.monitoring
    yield from (*watch.leading, *watch.lagging, watch.start, watch.relax, watch.stop)


def _with_premise(candidate: Candidate, policy: Policy) -> Uncertain | None:
    """What the engine says of a premise that the description does not state stands before the model's own doubt."""
    known, own = candidate.policy.uncertain, policy.uncertain
    if known is None or own is None:
        return own or known
    if own.what.startswith(known.what):  # a revision that gives it back
        return own
    return Uncertain(
        what=f"{known.what} {own.what}", questions=tuple(dict.fromkeys((*known.questions[:1], *own.questions)))[:3]
    )


_WATCH = Guardrail(kind=GuardrailKind.MONITOR, control="detective")
"""Every policy has a leading indicator with a threshold: that is a guardrail too."""


def _pattern(pattern: Pattern, draft: PolicyDraft, policy: Policy) -> Pattern:
    guardrails = tuple(Guardrail(kind=g.kind, control=g.control, decides=g.decides) for g in draft.guardrails)
    uncertain = policy.uncertain
    text = _harmless(
        PolicyText(
            name=policy.name,
            intent=policy.intent,
            scope=policy.scope,
            trigger=policy.trigger,
            signals=_at_least(policy.signals, 2),
            enforcement_points=tuple(
                EnforcementText(kind=own.kind, action=point.action)
                for own, point in zip(draft.enforcement_points, policy.enforcement_points, strict=True)
            ),
            runbook=tuple(
                StepLine(actor=step.actor, action=step.action, deadline=step.deadline, data=step.data)
                for step in policy.runbook
            ),
            exceptions=_at_least(policy.exceptions, 1),
            leading=_at_least(policy.monitoring.leading, 1),
            lagging=policy.monitoring.lagging,
            start=policy.monitoring.start,
            relax=policy.monitoring.relax,
            stop=policy.monitoring.stop,
            symptoms=_at_least(policy.symptoms, 1),
            uncertain=UncertainText(what=uncertain.what, questions=uncertain.questions or (uncertain.what,))
            if uncertain
            else None,
        )
    )
    further = [surface for surface in draft.surfaces if surface != pattern.surfaces[0]]
    return Pattern.model_validate(
        {
            **{name: getattr(pattern, name) for name in Pattern.model_fields},
            "surfaces": tuple(dict.fromkeys((pattern.surfaces[0], *further)))[:3],
            "guardrails": guardrails if len(guardrails) > 1 else (*guardrails, _WATCH),
            "effort": draft.effort,
            "policy": PolicyTexts(ko=text, en=text),
        }
    )


def _at_least(texts: tuple[str, ...], least: int) -> tuple[str, ...]:
    """A text of white space alone falls out of a policy; a pattern needs something in its place."""
    return texts + ("-",) * (least - len(texts))


_BRACKETS = str.maketrans({"{": "(", "}": ")", "[": "(", "]": ")"})


def _bare(text: str) -> str:
    """The text without what a template would take for a slot: a model's words are never filled."""
    return text.translate(_BRACKETS) or "-"


def _both(text: str) -> Both:
    return Both(ko=_bare(text), en=_bare(text))


def _harmless(text: PolicyText) -> PolicyText:
    """The same with the brackets of slots taken away, in every text."""
    return PolicyText.model_validate(_deep(text.model_dump()))


def _deep(value: object) -> object:
    if isinstance(value, str):
        return value.translate(_BRACKETS)
    if isinstance(value, dict):
        return {key: _deep(part) for key, part in value.items()}
    return tuple(_deep(part) for part in value) if isinstance(value, list | tuple) else value


def _graded(grade: Grade) -> Graded:
    return Graded(value=grade.value, reason=_both(grade.reason))


def _concepts(hole: Hole, service: Service) -> tuple[str, ...]:
    """What an accident has to show for this policy to close it: what the condition's words name and the service speaks of.

    One concept alone would close every accident that has to do with it; then the set is one that no words show.
    """
    named = {*keys(hole.condition, "concepts"), *keys(hole.condition, "steps")}
    known = named & (service.concepts | service.kinds)
    found = known if len(known) > 1 else named
    return tuple(sorted(found)) if len(found) > 1 else (hole.mechanism,)


def _place(hole: Hole) -> str:
    """Where the hole's evidence stands in the description."""
    places = [str(source.place) for evidence in hole.evidence for source in _sources(evidence)]
    return places[0] if places else hole.id


def _sources(evidence: Evidence) -> tuple[Source, ...]:
    return evidence.sources if isinstance(evidence, Quotation) or hasattr(evidence, "sources") else evidence.inputs


def _free(ident: str, taken: Set[str]) -> str:
    found, number = ident, 2
    while found in taken:
        found, number = f"{ident}-{number}", number + 1
    return found


@cache
def _catalog_ids() -> frozenset[str]:
    """Ids of all built-in patterns, read from the names of their files."""
    return frozenset(ident for shelf in load_catalog().shelves for ident in shelf.ids)
