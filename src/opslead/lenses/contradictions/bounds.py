"""One way out with two last moments: `before the shop accepts` in one place, `before payment` in another."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from opslead.lenses.contradictions.quoted import hours, quote
from opslead.lenses.finding import find
from opslead.lenses.hole import Hole, Quotation
from opslead.model.service import Actor, Basis, Clock, Exit, Service, Source, State
from opslead.model.steps import STEP_KINDS
from opslead.text import pick

_KINDS = ("cancel", "reschedule", "return", "terminate", "refund")
_EDGE = re.compile(
    r"\s|이전$|전$|전까지$|\b(?:until|before|prior to|the|has|have|is|are|been|starts?|started|begins?|of|a|an|your|his|her|their|it)\b|시작|개시",
    re.I,
)
_THING = re.compile(r"([가-힣]{1,7}[^까지전후에시로는은가이을를\s])\s?(?:취소|변경|반품|해지|환불)")


@dataclass(frozen=True)
class _Bound:
    words: str
    way: Exit
    source: Source


def look(service: Service) -> Iterator[Hole]:
    """At most one hole: the first pair of last moments of one way out that are not the same."""
    for kind in _KINDS:
        bounds = list(_bounds(service, kind))
        pair = next(((a, b) for i, a in enumerate(bounds) for b in bounds[i + 1 :] if _differ(a, b)), None)
        pair = pair or (_lengths(service) if kind == "cancel" and any(service.exits(kind)) else None)
        if pair is None:
            continue
        first, second = pair
        between = _between(service, first.words, second.words)
        lang = service.language
        label = STEP_KINDS[kind].label(lang) if kind in STEP_KINDS else kind
        slots = {"work": label, "first": quote(first.words, lang), "second": quote(second.words, lang)}
        slots["subject"] = pick(lang, f"{label} 마감", f"the last moment for a {label}")
        slots |= {"between": "·".join(between) if lang == "ko" else ", ".join(between)} if between else {}
        evidence = (Quotation((first.source, second.source, *_of_states(service, between))),)
        yield find(service, "contradictions.two_bounds", kind, slots, evidence)
        return


def _bounds(service: Service, kind: str) -> Iterator[_Bound]:
    """The last moments in words (no share, no length of time) that the description states for the kind."""
    for way in service.exits(kind):
        for tier in way.tiers:
            stated = tier.source.basis is Basis.GIVEN and tier.share is None and tier.amount is None
            if stated and tier.before is None and not re.search(r"\d", tier.until) and 1 < len(tier.until) <= 30:
                yield _Bound(tier.until, way, tier.source)


def _differ(first: _Bound, second: _Bound) -> bool:
    """Whether both speak of one thing and one person's right, and name different moments."""
    if first.source.place == second.source.place or not _may_be_one(first.way.by, second.way.by):
        return False
    things = [_THING.search(f"{bound.way.name} {bound.source.text}") for bound in (first, second)]
    if things[0] and things[1] and things[0].group(1) != things[1].group(1):
        return False
    a, b = _EDGE.sub("", first.words).lower(), _EDGE.sub("", second.words).lower()
    return bool(a and b) and a not in b and b not in a


def _lengths(service: Service) -> tuple[_Bound, _Bound] | None:
    """The same where the last moments are lengths of time before the use, and neither says what it costs."""
    found = [clock for clock in service.clocks if _last_moment(clock)]
    for index, first in enumerate(found):
        for second in found[index + 1 :]:
            things = [_THING.search(f"{c.subject} {c.source.text}") for c in (first, second)]
            apart = things[0] and things[1] and things[0].group(1) != things[1].group(1)
            lengths = {clock.length.value for clock in (first, second) if clock.length}
            if first.source != second.source and not apart and len(lengths) > 1:
                return _of_length(first, service), _of_length(second, service)
    return None


_CANCEL = re.compile(r"취소|\bcancel", re.I)
_LAST = re.compile(
    r"(?:시간|일|분)\s?(?:이)?전까지|\b(?:until|up to|no later than|at least)\b.{0,24}\b(?:before|ahead|prior)\b", re.I
)
_COSTS = re.compile(r"무료|전액|환불|위약금|수수료|%|free|refund|fee|penalt|full|charge", re.I)


def _last_moment(clock: Clock) -> bool:
    text = clock.source.text
    return bool(clock.length and _CANCEL.search(text) and _LAST.search(text) and not _COSTS.search(text))


def _of_length(clock: Clock, service: Service) -> _Bound:
    words = hours(clock.length.value, service.language) if clock.length else ""
    way = next(service.exits("cancel"))
    return _Bound(f"{words} {'전' if service.language == 'ko' else 'before'}", way, clock.source)


def _may_be_one(first: Actor | None, second: Actor | None) -> bool:
    return first is None or second is None or first.id == second.id


# --- the states in which the two disagree ----------------------------------------------------------------------------


def _between(service: Service, first: str, second: str) -> tuple[str, ...]:
    """The states in which one bound still allows it and the other does not, where the chain of states tells."""
    a, b = _state(service, first), _state(service, second)
    if a is None or b is None:
        return ()
    return _path(service, a, b) or _path(service, b, a)


def _state(service: Service, bound: str) -> State | None:
    bare = _EDGE.sub("", bound).lower()
    for state in service.states:
        glosses = re.findall(rf"{re.escape(state.name)}\s?[(（]([^)）]+)[)）]", state.source.text)
        if bare in (_EDGE.sub("", name).lower() for name in (state.name, *glosses)):
            return state
    return None


def _path(service: Service, start: State, end: State) -> tuple[str, ...]:
    """From `start` up to before `end` along the stated order; empty when it does not lead there."""
    by_name = {state.name: state for state in service.states}
    names, state = [], start
    while state.name not in names:
        names.append(state.name)
        following = [by_name[name] for name in state.next or () if name in by_name]
        if not following:
            return ()
        state = following[0]
        if state.name == end.name:
            return tuple(names)
    return ()


def _of_states(service: Service, names: tuple[str, ...]) -> tuple[Source, ...]:
    return tuple(state.source for state in service.states if state.name in names[:1])
