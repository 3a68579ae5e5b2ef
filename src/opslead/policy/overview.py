"""The views across the document: assumptions, the twelve surfaces, the findings and the failure modes among them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Literal

from opslead.knowledge.schema import Pattern
from opslead.lenses.hole import Arithmetic, CalendarGap, Evidence, Grade, Hole, Quotation, Story
from opslead.model.service import Basis, Service, Source
from opslead.policy.rank import Choice
from opslead.spec.document import EvidenceItem, FailureMode, Rating, Ratings, SurfaceView
from opslead.spec.labels import SURFACES
from opslead.text import Lang, fault_words, pick, sentence

PANEL = "panel"
"""The lens of what a language model found."""
MOST_MODES = 20
"""Failure modes that the document shows; all findings stand in `findings`."""
UNPROVEN_SEATS = 4
"""Of those, how many a panel's unproven findings have, where certain ones would else fill the list: they are marked as such."""
MOST_PER_POLICY = 2
"""Of those, how many one policy may bring."""


def failure_modes(choices: Sequence[Choice], unanswered: Iterable[Hole], lang: Lang) -> tuple[FailureMode, ...]:
    """The gravest certain findings, at most two a policy, computed ones first; then one for each policy that has none yet."""
    shown: list[Hole] = []
    open_holes = [hole for hole in unanswered if hole.certain and hole.action_priority != "low"]
    groups = [sorted(choice.candidate.holes, key=_computed_first) for choice in choices]
    leading = [hole for group in groups for hole in group[:1]]
    second = [h for group in groups for h in group[1:MOST_PER_POLICY] if h.certain and h.lens != "patterns"]
    ordered = sorted([*leading, *second, *open_holes], key=lambda h: (not h.certain, -h.priority, h.id))
    seats = [hole for hole in ordered if hole.lens == PANEL and not hole.certain][:UNPROVEN_SEATS]
    for hole in ordered:
        if hole in seats or len(shown) - sum(h in seats for h in shown) < MOST_MODES - len(seats):
            shown.append(hole)
    return tuple(mode(hole, lang) for hole in shown[:MOST_MODES])


def _computed_first(hole: Hole) -> tuple[bool, bool, int, str]:
    return (not hole.certain, hole.lens == "patterns", -hole.priority, hole.id)


def mode(hole: Hole, lang: Lang) -> FailureMode:
    """A finding as the document states it."""
    return FailureMode(
        id=hole.id,
        condition=sentence(hole.condition, lang),
        user_impact=sentence(hole.user_impact, lang),
        operations_impact=sentence(hole.operations_impact, lang),
        surfaces=hole.surfaces,
        evidence=tuple(item for evidence in hole.evidence for item in evidence_items(evidence, lang)),
        ratings=ratings(hole),
        certain=hole.certain,
        author="model" if hole.lens == PANEL else "engine",
    )


def ratings(hole: Hole) -> Ratings:
    """The three axes, numbers before grades, and the action priority."""
    return Ratings(
        severity=_rating(hole.severity),
        occurrence=_rating(hole.occurrence),
        detection=_rating(hole.detection),
        action_priority=hole.action_priority,
    )


def _rating(grade: Grade) -> Rating:
    return Rating(grade=grade.value, reason=grade.reason, amount=grade.amount, unit=grade.unit)


def evidence_items(evidence: Evidence, lang: Lang) -> tuple[EvidenceItem, ...]:
    """The evidence in words with the places it rests on; nothing where a quotation is empty."""
    match evidence:
        case Quotation():
            text = " / ".join(f"“{source.text}”" for source in evidence.sources if source.text)
            return (EvidenceItem(kind="quotation", text=text, sources=_places(evidence.sources)),) if text else ()
        case Arithmetic():
            return (
                EvidenceItem(
                    kind="arithmetic", text=f"{evidence.formula} → {evidence.result}", sources=_places(evidence.inputs)
                ),
            )
        case CalendarGap():
            hours = f" ({evidence.hours:g} h)" if evidence.hours else ""
            text = f"{evidence.who}: {evidence.gap}{hours}. {evidence.needed}"
            return (EvidenceItem(kind="calendar", text=text, sources=_places(evidence.inputs)),)
        case Story():
            told = " ".join(f"{_CIRCLED[i]} {step}" for i, step in enumerate(evidence.steps))
            faults = f" ({fault_words(evidence.faults, lang)})"
            return (EvidenceItem(kind="story", text=told + faults, sources=_places(evidence.sources)),)


_CIRCLED = "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳㉑㉒㉓㉔㉕㉖㉗㉘㉙㉚㉛㉜㉝㉞㉟㊱㊲㊳㊴㊵㊶㊷㊸㊹㊺㊻㊼㊽㊾㊿"


def _places(sources: Iterable[Source]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(str(s.place) for s in sources if s.basis is not Basis.ASSUMED and s.place.source))


def surfaces(
    choices: Sequence[Choice],
    holes: Iterable[Hole],
    patterns: Sequence[Pattern],
    numbers: Mapping[str, int],
    service: Service,
) -> dict[str, SurfaceView]:
    """All twelve: the holes seen, the policies that answer, and what was examined."""
    found = list(holes)
    lang = service.language
    views: dict[str, SurfaceView] = {}
    for number in range(1, 13):
        seen = tuple(hole.id for hole in found if number in hole.surfaces)
        policies = tuple(sorted(numbers[c.candidate.id] for c in choices if number in c.candidate.pattern.surfaces))
        looked = [p for p in patterns if number in p.surfaces]
        examined = pick(
            lang,
            f"{SURFACES[lang][number]}: 패턴 {len(looked)}개와 계산 렌즈로 보았고 구멍 {len(seen)}개를 찾았다",
            f"{SURFACES[lang][number]}: looked with {len(looked)} patterns and the computing lenses, found {len(seen)} holes",
        )
        if not seen:
            examined += pick(
                lang,
                f" — 설명에 해당 단계가 없다(있는 단계: {', '.join(sorted(service.kinds)[:8])})",
                f" — the description has no step that it bears on (it has {', '.join(sorted(service.kinds)[:8])})",
            )
        views[str(number)] = SurfaceView(holes=seen, policies=policies, examined=examined)
    return views


CharterState = Literal["given", "drafted", "missing"]


def assumptions(service: Service, charter: CharterState, has_breach: bool) -> tuple[str, ...]:
    """3 to 7 when the charter or the breach report is missing, else none."""
    if charter == "given" and has_breach:
        return ()
    lang = service.language
    found: list[str] = []
    if charter == "drafted":
        found.append(
            pick(
                lang,
                "업종 헌장을 받지 못해 초안을 지어 우선순위에 썼다. 아직 아무도 확인하지 않았다(부록 F).",
                "No domain charter was given; a draft that nobody has confirmed weighs on the priorities (appendix F).",
            )
        )
    if charter == "missing":
        found.append(
            pick(
                lang,
                "업종 헌장을 받지 못했다. 무엇이 가장 비싼 사고인지는 설명에 적힌 금액·건수와 사고 유형별 등급으로만 정했다.",
                "No domain charter was given: what costs most is judged by the stated sums, volumes and the patterns' grades alone.",
            )
        )
    if not has_breach:
        found.append(
            pick(
                lang,
                "공격 보고서를 받지 못했다. 이전 정책에서 뚫린 곳은 없는 것으로 보고 처음부터 찾았다.",
                "No breach report was given: no earlier policy is known to have been broken.",
            )
        )
    presumed = [x.title(lang) for x in service.steps() if x.source.basis is Basis.ASSUMED]
    presumed += [way.name for way in service.exits() if way.source.basis is Basis.ASSUMED]
    if presumed:
        named = pick(lang, "·", ", ").join(presumed)
        found.append(
            pick(lang, f"설명에 없지만 있다고 본 단계: {named}.", f"Not described, but taken to exist: {named}.")
        )
    hold = next((s for s in service.steps("hold") if s.within is not None and s.within.assumed), None)
    if hold is not None:
        found.append(
            pick(
                lang,
                f"‘{hold.title(lang)}’의 시간이 없어 10분†으로 두었다.",
                f"“{hold.title(lang)}” states no time; 10 min† is assumed.",
            )
        )
    unknown = list(dict.fromkeys(a.name for a in service.people if a.duty is None))[:4]
    if unknown:
        found.append(
            pick(
                lang,
                f"{'·'.join(unknown)}의 근무 시간이 없어 야간·주말에 답이 없을 수 있다고 본다.",
                f"The hours of {', '.join(unknown)} are not stated; nights and weekends are taken as possibly unattended.",
            )
        )
    if service.cases_per_day is None:
        found.append(
            pick(
                lang,
                "하루 건수가 없어 인원·대기·알람 기준을 계산하지 않았다. 숫자는 시작값(†)이다.",
                "Cases a day are not stated: staffing, waits and alarm limits are not computed; numbers are starting values (†).",
            )
        )
    if any(s.minutes is not None and s.minutes.assumed for s in service.steps()):
        found.append(
            pick(
                lang,
                "사람이 하는 단계의 건당 처리 시간이 없어 단계별 시작값(†)으로 계산했다.",
                "Handling times of manual steps are not stated; starting values (†) by kind of step are used.",
            )
        )
    found.append(
        pick(
            lang,
            "공휴일에는 평일 근무자가 쉬고, 고객의 취소·환불·문의는 24시간 고르게 들어온다고 본다.",
            "On public holidays weekday staff are off; cancellations, refunds and enquiries are taken as spread evenly over 24 hours.",
        )
    )
    found.append(
        pick(
            lang,
            "결제사·채널·알림 사업자의 응답은 늦고, 반복되고, 순서가 바뀔 수 있다고 본다.",
            "Answers of payment, channel and messaging partners may be late, repeated and out of order.",
        )
    )
    return tuple(found[:7])
