"""The views across the document: assumptions, the twelve surfaces, the twelve questions, the failure modes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from opslead.knowledge.schema import Pattern
from opslead.lenses.hole import Arithmetic, CalendarGap, Evidence, Hole, Quotation, Story
from opslead.model.service import Basis, Service, Source
from opslead.policy.rank import Choice
from opslead.spec.document import EvidenceItem, FailureMode, SurfaceView
from opslead.spec.labels import CHECKLIST, SURFACES
from opslead.text import Lang, pick, sentence

FEWEST_MODES, MOST_MODES = 8, 14


def failure_modes(choices: Sequence[Choice], unanswered: Iterable[Hole], lang: Lang) -> tuple[FailureMode, ...]:
    """One a policy, in the order of the policies, after the certain holes that no policy answers yet."""
    open_holes = sorted((hole for hole in unanswered if hole.certain), key=lambda h: (-h.priority, h.id))
    leading = [_headline(choice) for choice in choices]
    ordered = [h for h in leading if h.certain] + [h for h in leading if not h.certain]
    return tuple(_mode(hole, lang) for hole in [*open_holes[:2], *ordered][:MOST_MODES])


def _headline(choice: Choice) -> Hole:
    """The hole a policy is shown by: a computed one where it has one."""
    computed = [hole for hole in choice.candidate.holes if hole.lens != "patterns" and hole.certain]
    return (computed or list(choice.candidate.holes))[0]


def _mode(hole: Hole, lang: Lang) -> FailureMode:
    return FailureMode(
        id=hole.id,
        condition=sentence(hole.condition, lang),
        user_impact=sentence(hole.user_impact, lang),
        operations_impact=sentence(hole.operations_impact, lang),
        surfaces=hole.surfaces,
        evidence=tuple(item for evidence in hole.evidence for item in evidence_items(evidence, lang)),
    )


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
            faults = pick(lang, f" (장애 {evidence.faults}건)", f" ({evidence.faults} faults)")
            return (EvidenceItem(kind="story", text=told + faults, sources=_places(evidence.sources)),)


_CIRCLED = "①②③④⑤⑥⑦⑧⑨⑩"


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


def checklist(
    choices: Sequence[Choice], patterns: Sequence[Pattern], numbers: Mapping[str, int], lang: Lang
) -> dict[str, str]:
    """Each of the twelve questions: the finding that answers it, or that it was examined and why nothing was found."""
    answers: dict[str, str] = {}
    for number in range(1, 13):
        hits = [c for c in choices if number in c.candidate.pattern.checklist]
        question = CHECKLIST[lang][number]
        if hits:
            hole = hits[0].candidate.holes[0]
            refs = ", ".join(f"#{numbers[c.candidate.id]}" for c in hits[:3])
            word = pick(lang, "그렇다" if hole.certain else "확인 필요", "Yes" if hole.certain else "To be confirmed")
            answers[str(number)] = f"{question} {word}: {hole.condition} → {refs}"
        else:
            looked = sum(number in p.checklist for p in patterns)
            answers[str(number)] = f"{question} " + pick(
                lang,
                f"보았으나 찾지 못했다: 이 질문을 보는 패턴 {looked}개의 조건이 설명에 없다",
                f"Examined, nothing found: the description shows none of the conditions of the {looked} patterns for it",
            )
    return answers


def assumptions(service: Service, has_charter: bool, has_breach: bool) -> tuple[str, ...]:
    """3 to 7 when the charter or the breach report is missing, else none."""
    if has_charter and has_breach:
        return ()
    lang = service.language
    found: list[str] = []
    if not has_charter:
        found.append(
            pick(
                lang,
                "도메인 헌장이 없다. 무엇이 가장 비싼 사고인지는 설명에 적힌 금액·건수와 패턴의 등급으로만 정했다.",
                "No domain charter was given: what costs most is judged by the stated sums, volumes and the patterns' grades alone.",
            )
        )
    if not has_breach:
        found.append(
            pick(
                lang,
                "공격 보고서가 없다. 이전 정책에서 뚫린 곳은 없는 것으로 보고 처음부터 찾았다.",
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
