"""A state that another company reports late, and everything that is decided on it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta

from opslead.lenses.finding import find
from opslead.lenses.handoffs.words import named
from opslead.lenses.hole import Arithmetic, Evidence, Hole, Quotation
from opslead.lenses.truth.places import looks_ahead
from opslead.model.guardrails import GuardrailKind
from opslead.model.measure import format_duration, format_number
from opslead.model.service import Basis, Fact, Partner, Resource, Service, Source
from opslead.text import Lang, noun_phrase, pick

FEW = 3
"""Decisions from which the list is worth more than the single pair that the windows lens reports."""
SHORT = timedelta(hours=2)
"""A clock longer than this is not decided on the state of the moment."""
_ELSEWHERE = ("payment", "bank", "messaging", "identity", "map", "accounting", "carrier", "video", "calendar")
_VAGUE = re.compile(r"sometimes (?:minutes|hours|days|longer|more)|때로는? ?\S*(?:분|시간)|가끔 ?\S*(?:분|시간)", re.I)


@dataclass(frozen=True)
class Decision:
    """What is decided when `length` is over."""

    what: str
    length: timedelta
    source: Source
    limit: bool = False
    """Whether an event has to come before `length` is over, so that the lag eats into it."""


def late_status(service: Service) -> Iterator[Hole]:
    """One for a partner whose reports of the state of the units come later than stated clocks can bear."""
    for partner in service.partners:
        worst = partner.worst or partner.latency
        decisions = _late(service, partner)
        unit = _unit(service)
        if worst is not None and unit is not None and decisions:
            yield _hole(service, partner, worst, decisions, unit)
            return


def reported_whole(service: Service, partner: Partner) -> bool:
    """Whether `late_status` speaks of this partner, so that a single pair of clocks needs no finding of its own."""
    return bool(_late(service, partner)) and _unit(service) is not None


def _late(service: Service, partner: Partner) -> list[Decision]:
    """What is decided on the partner's late reports; nothing where they are few or a stated control stops a stale state."""
    worst = partner.worst or partner.latency
    if worst is None or worst.assumed or partner.kind in _ELSEWHERE:
        return []
    decisions = [d for d in _decisions(service) if worst.value < d.length]
    fenced = service.control(GuardrailKind.FENCE, "start", "check_in")
    return [] if len(decisions) < FEW or fenced else decisions


def _unit(service: Service) -> Resource | None:
    return next((r for r in service.resources if r.physical and r.capacity and not r.capacity.assumed), None)


def _decisions(service: Service) -> tuple[Decision, ...]:
    """Holds, limits and time-outs of minutes, the shortest first, each length once."""
    lang = service.language
    found = [
        Decision(named(s, lang), s.within.value, s.source, s.kind != "hold")
        for s in service.steps()
        if s.within and not s.within.assumed and s.within.value <= SHORT and s.source.basis is Basis.GIVEN
    ]
    ahead = looks_ahead(service)
    if ahead is not None:
        found.append(Decision(ahead[2], timedelta(minutes=ahead[0]), ahead[1]))
    for item in service.clocks:
        if item.length is None or item.length.assumed or item.length.value > SHORT:
            continue
        if item.kind in ("ttl", "deadline", "timeout", "window"):
            name = noun_phrase(item.subject, lang) or item.subject
            found.append(Decision(name, item.length.value, item.length.source, item.kind in ("deadline", "timeout")))
    kept: dict[timedelta, Decision] = {}
    for decision in found:
        kept.setdefault(decision.length, decision)
    return tuple(kept[length] for length in sorted(kept))


def _hole(
    service: Service, partner: Partner, worst: Fact[timedelta], decisions: list[Decision], unit: Resource
) -> Hole:
    lang = service.language
    late = format_duration(worst.value, lang)
    space = pick(lang, "", " ")
    listed = pick(lang, "·", ", ").join(
        f"{_lower(d.what, lang)}{space}({format_duration(d.length, lang)})" for d in decisions
    )
    slots = {
        "partner": partner.name,
        "feed": _state(unit, lang),
        "thing": unit.name,
        "spot": _where(service),
        "late": late,
        "number": format_number(len(decisions)),
        "decisions": listed,
    }
    evidence: list[Evidence] = [Quotation((worst.source, *dict.fromkeys(d.source for d in decisions)))]
    evidence += [
        Arithmetic(
            f"{late} / {format_duration(d.length, lang)}",
            pick(
                lang,
                f"{d.what} 한계의 {_share(worst.value / d.length)}가 지연 안에 든다",
                f"{_share(worst.value / d.length)} of the limit for {d.what} lies within the lag",
            ),
            (worst.source, d.source),
        )
        for d in decisions
        if d.limit
    ]
    evidence += _wrong_at_once(service, worst, slots)
    vague = next((r.source for r in service.rules if _VAGUE.search(r.text)), None)
    if vague is not None and (match := _VAGUE.search(vague.text)):
        slots["sometimes"] = match.group()
    return find(service, "truth.late_status", partner.id, slots, tuple(evidence))


def _where(service: Service) -> str:
    """The step at which somebody meets the unit itself."""
    step = next((s for s in service.steps("check_in", "start", "hand_over") if s.source.basis is Basis.GIVEN), None)
    return named(step, service.language) if step else pick(service.language, "도착", "arrival")


def _state(unit: Resource, lang: Lang) -> str:
    return f"{unit.name} 상태" if lang == "ko" else f"state of the {unit.name}"


def _lower(words: str, lang: Lang) -> str:
    """A name within a list: the capital of its first word belonged to the sentence it was taken from."""
    first = words.split(" ", 1)[0]
    return words[:1].lower() + words[1:] if lang == "en" and first[1:].islower() else words


def _share(share: float) -> str:
    return f"{share:.0%}" if share >= 0.01 else f"{share:.1%}"


def _wrong_at_once(service: Service, worst: Fact[timedelta], slots: dict[str, str]) -> Iterator[Evidence]:
    """Units shown in the wrong state at any moment: each case begins and ends once, each change is late (Little's law)."""
    cases, lang = service.cases_per_day, service.language
    if cases is None or cases.assumed:
        return
    seconds = worst.value.total_seconds()
    wrong = cases.value * 2 * seconds / 86400
    peak = service.volume("peak_factor")
    slots["wrong"] = format_number(wrong)
    yield Arithmetic(
        pick(
            lang,
            f"하루 {format_number(cases.value)}건 × 2(시작·끝) × {format_number(seconds)}초 / 86,400초",
            f"{format_number(cases.value)} a day × 2 (start, end) × {format_number(seconds)} s / 86,400 s",
        ),
        pick(
            lang, f"평균 {slots['wrong']}개까지 늘 틀리게 보인다", f"up to {slots['wrong']} shown wrongly at any moment"
        ),
        (cases.source, worst.source),
    )
    if peak is not None and not peak.amount.assumed:
        slots["peak_wrong"] = format_number(wrong * peak.amount.value)
        yield Arithmetic(
            f"{slots['wrong']} × {format_number(peak.amount.value)}",
            pick(lang, f"{peak.subject}에 {slots['peak_wrong']}개", f"{slots['peak_wrong']} at {peak.subject}"),
            (peak.amount.source, worst.source),
        )
