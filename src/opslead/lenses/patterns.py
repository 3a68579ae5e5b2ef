"""The patterns lens: every pattern of the catalog whose matchers hold, with the words of the input it rests on.

A pattern whose accident the description already stops, by controls that the pattern's policy would build, stays as examined but
low: what remains is the day on which such a control fails.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from opslead.knowledge import schema
from opslead.knowledge.matchers import Bound, Match, apply, like
from opslead.knowledge.schema import Both, Graded, Guardrail, Pattern
from opslead.knowledge.slots import binding_slots, service_slots
from opslead.lenses.hole import Grade, Hole, Question, Quotation, hole_id
from opslead.model.guardrails import GuardrailKind
from opslead.model.service import Control, Exit, Service, Source, Step
from opslead.text import Lang, fill, pick

RARE = 2
"""Occurrence of an accident that stated controls stop: it takes a failure of theirs first."""
SELDOM = 3
"""The same where the main control is stated and some that belong with it are not."""
SEEN = 4
"""The worst detection of such an accident: whoever runs the control meets its failure."""
_QUOTED, _LONGEST = 2, 60
"""Controls that a reason quotes, and characters of each; more would bury it."""


def examine(service: Service, patterns: Iterable[Pattern]) -> Iterator[Hole]:
    """One hole a pattern that applies; a pattern that only computing lenses call on (`finding` alone) gives none.

    Where a control is stated that the pattern's text would call missing (`absent: {control: …}`, `unguarded`), or where all that
    its policy would build is stated, the hole stays as what remains beside the controls: low.
    """
    general = service_slots(service)
    for pattern in patterns:
        if not pattern.when:
            continue
        bare = tuple(m for matcher in pattern.when for m in _without_controls(matcher))
        loose = apply(bare, service)
        if not isinstance(loose, Match):
            continue
        match = apply(pattern.when, service)
        asked = bare != pattern.when
        whole = covering(pattern, loose.bound, service)
        if isinstance(match, Match) and (asked or not whole):
            yield _hole(pattern, match, service, general)
            continue
        stated = tuple(dict.fromkeys([*(_denied(pattern, service) if asked else ()), *whole]))
        if stated:
            yield _covered(pattern, _hole(pattern, loose, service, general), stated, bool(whole), service.language)


def _without_controls(matcher: schema.Matcher) -> Iterator[schema.Matcher]:
    """The matcher as it is when no control is stated; none for one that asks of controls alone."""
    if any(inner.control for inner in matcher.within()):
        return
    bare: dict[str, object] = {}
    if matcher.step and matcher.step.unguarded:
        bare["step"] = matcher.step.model_copy(update={"unguarded": ()})
    if matcher.exit and matcher.exit.unguarded:
        bare["exit"] = matcher.exit.model_copy(update={"unguarded": ()})
    for part in ("any", "all"):
        inner = getattr(matcher, part)
        if inner:
            bare[part] = tuple(m for one in inner for m in _without_controls(one))
    yield matcher.model_copy(update=bare) if bare else matcher


def _hole(pattern: Pattern, match: Match, service: Service, general: Mapping[str, str]) -> Hole:
    lang = service.language
    slots = dict(general)
    for name, entity in match.bound.items():
        slots.update(binding_slots(name, entity, service))
    questions = [
        Question(fill(_in(q.decision, lang), slots), fill(_in(q.data, lang), slots), q.weight)
        for q in pattern.questions
    ]
    if match.unsure and pattern.ask is not None:
        asked = fill(_in(pattern.ask, lang), slots)
        questions.insert(0, Question(asked, questions[0].data, 5.0))
    place = next(iter(match.bound.values()), None)
    return Hole(
        id=hole_id(f"patterns.{pattern.id}", getattr(place, "id", "") or "service"),
        lens="patterns",
        mechanism=pattern.id,
        surfaces=pattern.surfaces,
        loss=pattern.loss,
        condition=fill(_in(pattern.hole.condition, lang), slots),
        user_impact=fill(_in(pattern.hole.user_impact, lang), slots),
        operations_impact=fill(_in(pattern.hole.operations_impact, lang), slots),
        evidence=(Quotation(_quotable(match.sources, service)),),
        severity=_grade(pattern.severity, slots, lang),
        occurrence=_grade(pattern.occurrence, slots, lang),
        detection=_grade(pattern.detection, slots, lang),
        slots=slots,
        questions=tuple(questions),
        certain=not match.unsure,
    )


def _quotable(sources: tuple[Source, ...], service: Service) -> tuple[Source, ...]:
    """The sources; a pattern that rests on something absent quotes the flow it is absent from."""
    quoted = tuple(source for source in sources if source.text)
    return quoted or tuple(flow.source for flow in service.flows[:1])


def _in(both: Both, lang: Lang) -> str:
    return both.ko if lang == "ko" else both.en


def _grade(graded: Graded, slots: Mapping[str, str], lang: Lang) -> Grade:
    return Grade(graded.value, fill(_in(graded.reason, lang), slots))


# --- controls that the description states ----------------------------------------------------------------------------


@dataclass(frozen=True)
class _Scope:
    """Where a guardrail acts: a control has to act on `every` kind, or, where no step is bound, on one of `some`."""

    every: frozenset[str] = frozenset()
    some: frozenset[str] = frozenset()


def covering(pattern: Pattern, bound: Mapping[str, Bound], service: Service) -> tuple[Control, ...]:
    """The stated controls that do what every preventive guardrail of the pattern would do; none where one is missing."""
    found: list[Control] = []
    for guardrail in pattern.guardrails:
        if guardrail.control != "preventive":
            continue
        stated = _acting(service, guardrail.kind, _scope(pattern, guardrail, bound, service))
        if not stated:
            return ()
        found += [control for control in stated if control not in found]
    return tuple(found)


def _denied(pattern: Pattern, service: Service) -> Iterator[Control]:
    """The stated controls of the kinds that the pattern's matchers ask to be absent."""
    inner = [m for matcher in pattern.when for m in matcher.within()]
    for control in service.controls:
        asked = any(m.control and isinstance(apply([m], replace(service, controls=(control,))), Match) for m in inner)
        steps = [spec for m in inner for spec in (m.step, m.exit) if spec and control.kind in spec.unguarded]
        if asked or any(not control.on or set(control.on) & set(spec.kind) for spec in steps):
            yield control


def _acting(service: Service, kind: GuardrailKind, scope: _Scope) -> tuple[Control, ...]:
    """Controls of the kind that together act on all that the scope asks for."""
    if not scope.every:
        control = next((c for c in service.controls if c.kind is kind and _meets(c, scope.some)), None)
        return (control,) if control else ()
    found = [service.control(kind, step) for step in sorted(scope.every)]
    return tuple(dict.fromkeys(c for c in found if c)) if all(found) else ()


def _meets(control: Control, kinds: frozenset[str]) -> bool:
    return not control.on or not kinds or bool(kinds & set(control.on))


def _scope(pattern: Pattern, guardrail: Guardrail, bound: Mapping[str, Bound], service: Service) -> _Scope:
    """The kinds of the steps that the guardrail's binding stands for, those the first one hides among them."""
    entity = bound.get(guardrail.on) if guardrail.on else None
    inner = [m for matcher in pattern.when for m in matcher.within()]
    if isinstance(entity, Step):
        specs = [m.step for m in inner if m.step and m.step.name == guardrail.on and entity.kind in m.step.kind]
        taken = {s.kind for spec in specs for s in like(entity, spec, service, bound)}
        return _Scope(every=frozenset(taken or {entity.kind}))
    if isinstance(entity, Exit):
        return _Scope(every=frozenset({entity.kind}))
    named = [m for m in inner if guardrail.on and guardrail.on in (_name(m.step), _name(m.exit))]
    return _Scope(some=_kinds(named) or _kinds(inner))


def _name(spec: schema.StepMatch | schema.ExitMatch | None) -> str:
    return spec.name if spec else ""


def _kinds(matchers: Iterable[schema.Matcher]) -> frozenset[str]:
    """Every kind of step, exit and deed that the matchers speak of."""
    found: set[str] = set()
    for matcher in matchers:
        found |= set(matcher.step.kind if matcher.step else ())
        found |= set(matcher.exit.kind if matcher.exit else ())
        if matcher.actor:
            found |= {*matcher.actor.does, *((matcher.actor.authority,) if matcher.actor.authority else ())}
    return frozenset(found)


def _covered(pattern: Pattern, hole: Hole, controls: tuple[Control, ...], whole: bool, lang: Lang) -> Hole:
    """The hole as what remains beside the controls: rare, seen early, and saying so instead of what is not said."""
    quotes = [f"“{_short(control.name or control.source.text)}”" for control in controls[:_QUOTED]]
    stated = " · ".join(quotes) if lang == "ko" else ", ".join(quotes)
    if more := len(controls) - len(quotes):
        stated += pick(lang, f" 외 {more}건", f" and {more} more")
    name = fill((pattern.policy.ko if lang == "ko" else pattern.policy.en).name, hole.slots)
    check = Question(
        pick(lang, f"적힌 장치가 실제로 막고 있는지: {stated}", f"whether the stated controls work: {stated}"),
        pick(
            lang,
            "최근 3개월 그 장치가 막은 건수와 멈추거나 예외로 넘어간 건수",
            "three months: cases that these controls stopped, and cases that passed while one was off or by exception",
        ),
    )
    seen = pick(lang, "빠진 건은 이 장치의 기록에 남는다", "what slips through shows in their records")
    return replace(
        hole,
        condition=pick(
            lang,
            f"{name}: 적힌 장치({stated})가 막고, 남는 것은 그 장치가 멈추거나 예외로 비켜 가는 경우다",
            f"{name}: stated controls ({stated}) stop this; what remains is the day one of them fails or is bypassed",
        ),
        evidence=(*hole.evidence, Quotation(tuple(control.source for control in controls))),
        occurrence=Grade(
            RARE if whole else SELDOM,
            pick(lang, f"{stated}: 이 장치가 빠져야 생긴다", f"{stated}: it takes a failure of these"),
        ),
        detection=Grade(min(SEEN, hole.detection.value), f"{stated}: {seen}"),
        questions=(check, *hole.questions),
    )


def _short(words: str) -> str:
    """A quotation cut at a space, so that several fit into one line."""
    words = words.rstrip(".")
    if len(words) <= _LONGEST:
        return words
    return words[: words.rfind(" ", 0, _LONGEST)].rstrip(" ,;·") + "…"
