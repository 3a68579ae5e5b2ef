"""Whether a pattern applies to a service: Match with what was bound, NoMatch, or Unknown where the description is silent.

The matchers are the closed set of `schema.Matcher`. What the description does not say is neither true nor false.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field

from opslead.knowledge import schema
from opslead.knowledge.books import BOOKS, names, outward, reconciled
from opslead.knowledge.duty import accompanied, duty_test, relieved, round_the_clock
from opslead.model.guardrails import GuardrailKind
from opslead.model.service import (
    Actor,
    Basis,
    Channel,
    Clock,
    Exit,
    Mention,
    MoneyRule,
    Partner,
    Personal,
    Rate,
    Resource,
    Service,
    Source,
    Step,
    Volume,
)
from opslead.model.steps import Role

Bound = Step | Exit | Actor | Resource | Partner | Channel | Clock | MoneyRule | Rate | Volume | Mention | Personal


@dataclass(frozen=True)
class Match:
    """It applies. `bound` by the names the pattern gave; `sources` are the words of the input it rests on."""

    bound: Mapping[str, Bound] = field(default_factory=dict)
    sources: tuple[Source, ...] = ()
    unsure: bool = False
    """True when a condition could not be decided, so that the finding is a possibility."""


@dataclass(frozen=True)
class NoMatch:
    """It does not apply."""


Result = Match | NoMatch


def apply(matchers: Iterable[schema.Matcher], service: Service, given: Mapping[str, Bound] | None = None) -> Result:
    """All matchers together, bindings carried from one to the next, `given` before the first."""
    bound: dict[str, Bound] = dict(given or {})
    sources: list[Source] = []
    unsure = False
    for matcher in matchers:
        result = _one(matcher, service, bound)
        if isinstance(result, NoMatch):
            return result
        bound.update(result.bound)
        sources += [source for source in result.sources if source not in sources]
        unsure = unsure or result.unsure
    return Match(bound, tuple(sources), unsure)


def _one(matcher: schema.Matcher, service: Service, bound: Mapping[str, Bound]) -> Result:
    if matcher.any:
        results = [_one(inner, service, bound) for inner in matcher.any]
        matches = [result for result in results if isinstance(result, Match)]
        return next((m for m in matches if not m.unsure), matches[0] if matches else NoMatch())
    if matcher.absent is not None:
        inner = _one(matcher.absent, service, bound)
        if isinstance(inner, NoMatch):
            return Match()
        return Match(unsure=True) if inner.unsure else NoMatch()
    if matcher.all:
        return apply(matcher.all, service, bound)
    if matcher.doubt is not None:
        return Match(unsure=isinstance(_one(matcher.doubt, service, bound), Match))
    key = next(iter(matcher.model_fields_set))
    return _KINDS[key](getattr(matcher, key), service, bound)


def _holds(text: str, saying: Iterable[str], without: Iterable[str]) -> bool:
    """Whether the text holds a part of a word of `saying` (if any are given) and none of `without`; case is ignored."""
    folded = text.casefold()
    wanted = tuple(saying)
    return (not wanted or any(w.casefold() in folded for w in wanted)) and not any(
        w.casefold() in folded for w in without
    )


def _choose(candidates: Iterable[Bound], tests: Iterable[Callable[[Bound], bool | None]], name: str) -> Result:
    """The first stated candidate that passes all tests; failing that, one that is assumed or undecided (None) on some test."""
    checks = tuple(tests)
    undecided: Bound | None = None
    for candidate in candidates:
        answers = [check(candidate) for check in checks]
        stated = candidate.source.basis is not Basis.ASSUMED
        if all(answers) and stated:
            return Match({name: candidate} if name else {}, (candidate.source,))
        if undecided is None and not any(answer is False for answer in answers):
            undecided = candidate
    if undecided is not None:
        sources = (undecided.source,) if undecided.source.basis is not Basis.ASSUMED else ()
        return Match({name: undecided} if name else {}, sources, unsure=True)
    return NoMatch()


def _step(spec: schema.StepMatch, service: Service, bound: Mapping[str, Bound]) -> Result:
    def test(candidate: Bound) -> bool | None:
        assert isinstance(candidate, Step)
        return _step_test(spec, service, candidate)

    found = _choose(_step_candidates(spec, service, bound), [test], spec.name)
    plain = not (
        spec.after
        or spec.of
        or spec.name
        or spec.saying
        or spec.without
        or spec.by
        or spec.unguarded
        or spec.ended is not None
    )
    if isinstance(found, NoMatch) and plain and spec.manual is not False:
        # An unnamed step may also be known only as something an actor does or a way out.
        doers = [a for a in service.actors if set(a.does) & set(spec.kind)]
        ways = list(service.exits(*spec.kind))
        if doers or ways:
            return Match({}, ((doers or ways)[0].source,))
    return found


def _step_candidates(spec: schema.StepMatch, service: Service, bound: Mapping[str, Bound]) -> list[Step]:
    candidates = list(service.steps(*spec.kind))
    if spec.of:
        doer = bound.get(spec.of)
        candidates = [c for c in candidates if isinstance(doer, Actor) and _does(doer, c)]
    if not spec.after:
        return candidates
    earlier = bound.get(spec.after)
    return [c for c in candidates if isinstance(earlier, Step) and _follows(service, earlier, c)]


def _step_test(spec: schema.StepMatch, service: Service, candidate: Step) -> bool | None:
    """True, False, or None where the way an answer comes is not stated."""
    checks = [
        (spec.manual, candidate.manual),
        (spec.physical, candidate.known.physical),
        (spec.has_partner, candidate.partner is not None),
        (spec.timed, candidate.within is not None and not candidate.within.assumed),
    ]
    if any(want is not None and want != have for want, have in checks):
        return False
    if spec.by and _performer(candidate) not in spec.by:
        return False
    if not _holds(candidate.name, spec.saying, spec.without):
        return False
    if spec.ended is not None and spec.ended != _ended(service, candidate):
        return False
    if _guarded(service, spec.unguarded, candidate.kind):
        return False
    if spec.via:
        return None if not candidate.via else candidate.via in spec.via
    return True


def _does(actor: Actor, step: Step) -> bool:
    return step.actor is actor or (step.actor is None and step.kind in actor.does)


def _performer(step: Step) -> Role:
    """Whoever does it, the usual one where nobody is stated; what is not done by hand although it usually is, the system does."""
    if step.actor is not None:
        return step.actor.role
    return Role.SYSTEM if step.known.minutes > 0 and not step.manual else step.known.performer


def like(bound: Step, spec: schema.StepMatch, service: Service, others: Mapping[str, Bound]) -> tuple[Step, ...]:
    """The bound step and every other that the same matcher would have taken, so that none hides behind the first."""
    taken = [s for s in _step_candidates(spec, service, others) if _step_test(spec, service, s)]
    return tuple(taken) if bound in taken else (bound,)


_ANSWER = ("respond", "response", "reply", "answer", "응답", "답변", "회신")


def _ended(service: Service, step: Step) -> bool:
    """Whether an expiry of the same flow, or a timeout anywhere, is about the wait for this step.

    It is when its words hold the name of who is waited for or what they do; an expiry of the flow also with `no response`.
    """
    names = [step.known.ko, step.known.en[:5], *([step.actor.name] if step.actor else ())]
    ways = [way for flow in service.flows if step in flow.steps for way in flow.exits if way.kind == "expire"]
    clocks = [clock for clock in service.clocks if clock.kind == "timeout"]
    return any(_holds(f"{way.name} {way.source.text}", [*names, *_ANSWER], ()) for way in ways) or any(
        _holds(f"{clock.subject} {clock.source.text}", names, ()) for clock in clocks
    )


def _follows(service: Service, earlier: Step, later: Step) -> bool:
    for flow in service.flows:
        if earlier in flow.steps and later in flow.steps:
            return flow.steps.index(later) > flow.steps.index(earlier)
    return False


def _exit(spec: schema.ExitMatch, service: Service, bound: Mapping[str, Bound]) -> Result:
    del bound

    def test(candidate: Bound) -> bool | None:
        assert isinstance(candidate, Exit)
        if not _holds(f"{candidate.name} {candidate.source.text}", (), spec.without):
            return False
        if _guarded(service, spec.unguarded, candidate.kind):
            return False
        return spec.ladder is None or spec.ladder == (len(candidate.tiers) > 1)

    return _choose(service.exits(*spec.kind), [test], spec.name)


def _actor(spec: schema.ActorMatch, service: Service, bound: Mapping[str, Bound]) -> Result:
    del bound

    def test(candidate: Bound) -> bool | None:
        assert isinstance(candidate, Actor)
        if spec.role and candidate.role not in spec.role:
            return False
        if spec.does and not set(spec.does) & set(candidate.does):
            return False
        if spec.authority and candidate.limit_for(spec.authority) is None:
            return False
        if spec.shared is not None and spec.shared != candidate.shared_account:
            return False
        if not _holds(candidate.name, spec.named, ()):
            return False
        if spec.relieved is not None and spec.relieved != relieved(service, candidate):
            return False
        if spec.always is not None and spec.always != round_the_clock(candidate):
            return False
        if spec.alone and accompanied(service, candidate):
            return False
        return duty_test(spec, candidate)

    roles = spec.role or (Role.STAFF, Role.FIELD, Role.SUPPLIER)
    return _choose([a for a in service.actors if a.role in roles], [test], spec.name)


def _resource(spec: schema.ResourceMatch, service: Service, bound: Mapping[str, Bound]) -> Result:
    del bound

    def test(candidate: Bound) -> bool | None:
        assert isinstance(candidate, Resource)
        checks = [
            (spec.physical, candidate.physical),
            (spec.perishable, candidate.perishable),
            (spec.limited, candidate.capacity is not None and not candidate.capacity.assumed),
        ]
        return all(want is None or want == have for want, have in checks)

    return _choose(service.resources, [test], spec.name)


def _partner(spec: schema.PartnerMatch, service: Service, bound: Mapping[str, Bound]) -> Result:
    call = bound.get(spec.of) if spec.of else None
    candidates = [
        p
        for p in service.partners
        if (not spec.kind or p.kind in spec.kind)
        and (not spec.of or (isinstance(call, Step) and call.partner is p))
        and (spec.settled is None or spec.settled == any(names(m, p) for m in service.money if m.kind in BOOKS))
        and (spec.reconciled is None or spec.reconciled == reconciled(p, service))
    ]
    return _choose(candidates, [lambda _: True], spec.name)


def _channel(spec: schema.ChannelMatch, service: Service, bound: Mapping[str, Bound]) -> Result:
    del bound
    if len(service.channels) < spec.count:
        return NoMatch()
    candidates = [c for c in service.channels if not spec.sync or c.sync in spec.sync]
    return _choose(reversed(candidates), [lambda _: True], spec.name)


def _clock(spec: schema.ClockMatch, service: Service, bound: Mapping[str, Bound]) -> Result:
    del bound
    candidates = [c for c in service.clocks if c.kind in spec.kind and _holds(c.subject, spec.subject, spec.without)]
    return _choose(candidates, [lambda _: True], spec.name)


def _money(spec: schema.MoneyMatch, service: Service, bound: Mapping[str, Bound]) -> Result:
    whose = bound.get(spec.of) if spec.of else None
    if spec.of and whose is None:
        return NoMatch()
    candidates = [
        m
        for m in service.money
        if m.kind in spec.kind
        and not (m.amount is not None and not m.amount.value.amount)
        and (whose is None or names(m, whose))
        and (spec.owed is None or spec.owed == bool(m.payee or m.due))
        and (spec.outward is None or spec.outward == outward(m, service))
        and _holds(f"{m.subject} {m.source.text}" if spec.without else "", (), spec.without)
    ]
    return _choose(candidates, [lambda _: True], spec.name)


def _rate(spec: schema.RateMatch, service: Service, bound: Mapping[str, Bound]) -> Result:
    del bound
    candidates = [r for r in service.rates if r.kind in spec.kind and r.share.value >= spec.at_least]
    return _choose(candidates, [lambda _: True], spec.name)


def _volume(spec: schema.VolumeMatch, service: Service, bound: Mapping[str, Bound]) -> Result:
    del bound
    return _choose([v for v in service.volumes if v.kind in spec.kind], [lambda _: True], spec.name)


def _mention(spec: schema.MentionMatch, service: Service, bound: Mapping[str, Bound]) -> Result:
    del bound
    ordered = [
        m
        for concept in spec.any
        for m in service.mentions
        if m.concept == concept and _holds(m.source.text, spec.saying, spec.without)
    ]
    return _choose(ordered, [lambda _: True], spec.name)


def _personal(spec: schema.PersonalMatch, service: Service, bound: Mapping[str, Bound]) -> Result:
    del bound
    candidates = [p for p in service.personal_data if not spec.medium or p.medium in spec.medium]
    return _choose(candidates, [lambda _: True], spec.name)


def _sites(spec: schema.SitesMatch, service: Service, bound: Mapping[str, Bound]) -> Result:
    del bound
    if service.sites is None or service.sites.assumed:
        return Match(unsure=True)
    return Match({}, (service.sites.source,)) if service.sites.value >= spec.at_least else NoMatch()


def _control(spec: schema.ControlMatch, service: Service, bound: Mapping[str, Bound]) -> Result:
    del bound
    for control in service.controls:
        meets = not control.on or not spec.on or bool(set(control.on) & set(spec.on))
        said = f"{control.name} {control.source.text}"
        if control.kind in spec.kind and meets and _holds(said, spec.saying, spec.without):
            return Match({}, (control.source,))
    return NoMatch()


def _guarded(service: Service, kinds: Iterable[GuardrailKind], what: str) -> bool:
    """Whether a control of one of the kinds is stated that acts on steps or exits of the kind `what`."""
    return any(service.control(kind, what) for kind in kinds)


_KINDS: Mapping[str, Callable[..., Result]] = {
    "step": _step,
    "exit": _exit,
    "actor": _actor,
    "resource": _resource,
    "partner": _partner,
    "channel": _channel,
    "clock": _clock,
    "money": _money,
    "rate": _rate,
    "volume": _volume,
    "mention": _mention,
    "personal": _personal,
    "sites": _sites,
    "control": _control,
}
