"""Work that customers set off at any hour, and decisions above one person: who is there for them, and when nobody is."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from opslead.knowledge.slots import same_cases
from opslead.lenses.finding import Measured, find
from opslead.lenses.hole import Arithmetic, CalendarGap, Evidence, Hole
from opslead.lenses.people import DESK_KINDS, attended, names, number, performers
from opslead.model.calendar import DAY, WEEK, WeekHours, clock, day_name, format_hours, format_span
from opslead.model.guardrails import GuardrailKind
from opslead.model.measure import format_number, format_share
from opslead.model.service import Actor, Basis, Service, Source, Step
from opslead.model.steps import STEP_KINDS, Role
from opslead.text import pick

LONG_GAP = 12 * 60
"""Minutes without anybody that count as a hole for work that customers set off at any hour: one night."""
ONE_NIGHT = 16 * 60
"""Minutes from closing to opening that a desk of ordinary hours is shut: 18:00 to 10:00."""
TWO_DAYS = 48.0
SUNDAY = WeekHours(((6 * DAY, WEEK),))
MONEY_BACK = ("refund", "cancel")
"""Desk work that a cancellation brings."""


@dataclass(frozen=True)
class _Work:
    kind: str
    label: str
    source: Source


def unattended(service: Service) -> Iterator[Hole]:
    """One hole for each group of people: all the desk work that nobody can do in their longest gap."""
    groups: dict[tuple[Actor, ...], list[_Work]] = {}
    for kind, step, source in _desk_work(service):
        if _covered(service, kind, step):
            continue
        people = performers(service, kind, step)
        label = STEP_KINDS[kind].label(service.language)
        if people and all(known.label != label for known in groups.setdefault(people, [])):
            groups[people].append(_Work(kind, label, source))
    for people, work in groups.items():
        there = tuple(a for a in people if a.count is None or a.count.value)  # a shift of 0: `nobody`
        hours = attended(there)
        if hours is None or not work:
            continue
        gap = (~hours).longest()
        if gap is None or gap[1] - gap[0] < LONG_GAP or _shut_at_night(service, there, work, hours, gap):
            continue
        yield _gap_hole(service, there, work, hours, gap)


def _shut_at_night(
    service: Service, people: tuple[Actor, ...], work: list[_Work], hours: WeekHours, gap: tuple[int, int]
) -> bool:
    """Whether it is a desk that only answers, closes for the night, and leaves somebody else on duty who can be asked."""
    if len(hours.stretches()) != 7 or gap[1] - gap[0] > ONE_NIGHT or any(item.kind != "answer" for item in work):
        return False
    others = attended(tuple(a for a in service.people if a not in people and a.duty and not a.duty.assumed))
    return others is not None and not (~(hours | others)).minutes


def _covered(service: Service, kind: str, step: Step | None) -> bool:
    """Whether a stated default ends the wait, somebody else who does the work is there, or it is done face to face."""
    doers = tuple(a for a in service.people if kind in a.does and (a.count is None or a.count.value))
    checking = (step.actor,) if step is not None and step.actor is not None else doers
    if kind == "verify" and checking and all(a.role is Role.FIELD for a in checking):
        return True
    hours = attended(doers)
    gap = (~hours).longest() if hours is not None else None
    around = hours is not None and (gap is None or gap[1] - gap[0] < LONG_GAP)
    return around or service.control(GuardrailKind.DEFAULT_ACTION, kind) is not None


def _desk_work(service: Service) -> Iterator[tuple[str, Step | None, Source]]:
    for step in service.steps(*DESK_KINDS):
        if step.manual and step.source.basis is not Basis.ASSUMED:
            yield step.kind, step, step.source
    for way in service.exits("cancel", "return", "dispute", "weather", "refund"):
        if way.source.basis is not Basis.ASSUMED:
            yield "refund", None, way.source
    for actor in service.people:
        for kind in actor.does:
            if kind in DESK_KINDS:
                yield kind, None, actor.source


def _gap_hole(
    service: Service, people: tuple[Actor, ...], work: list[_Work], hours: WeekHours, gap: tuple[int, int]
) -> Hole:
    lang = service.language
    nightly = len(hours.stretches()) == 7 and gap[1] - gap[0] < DAY
    who, length = names(people, lang), (gap[1] - gap[0]) / 60
    span = format_hours(~hours, lang) if nightly else format_span(gap, lang)
    total = format_number(length)
    inputs = tuple(a.duty.source for a in people if a.duty)
    needed = pick(
        lang,
        "고객이 아무 때나 시작하는 일이라 24시간 들어온다",
        "customers set it off at any hour, so it comes around the clock",
    )
    evidence: list[Evidence] = [CalendarGap(who, span, length, needed, inputs)]
    evidence += _holiday(service, hours, length, inputs)
    waiting, cases, backlog = _backlog(service, work, hours, length, people)
    evidence += backlog
    at = clock(gap[0])
    slots = {
        "gap": span,
        "gap_hours": total,
        "who": who,
        "work": pick(lang, "·", ", ").join(item.label for item in work[:4]),
        "hours": format_hours(hours, lang),
        "begin": at if nightly else pick(lang, f"{day_name(gap[0], lang)}요일 {at}", f"{day_name(gap[0], lang)} {at}"),
        "often": pick(lang, "매일", "night") if nightly else pick(lang, "매주", "week"),
        "waiting": pick(lang, f"약 {waiting}건" if waiting else "쌓인 건", f"about {waiting} cases" if waiting else "all cases of these hours"),
    }  # fmt: skip
    unseen = Measured(length, pick(lang, f"최장 {total}시간", f"up to {total} h"))
    hole = find(service, "coverage.unattended", people[0].id, slots, tuple(evidence), cases=cases, unseen=unseen)
    return replace(hole, severity=replace(hole.severity, value=8)) if length >= TWO_DAYS else hole


def _holiday(service: Service, hours: WeekHours, length: float, inputs: tuple[Source, ...]) -> list[Evidence]:
    """The gap when Monday is a public holiday, for those who are off on weekends and so on holidays."""
    lang = service.language
    if (hours & SUNDAY).minutes:
        return []
    holiday = (~hours.without_days([0])).longest()
    longer = (holiday[1] - holiday[0]) / 60 if holiday else length
    if longer <= length:
        return []
    long, short, more = format_number(longer), format_number(length), format_number(longer - length)
    words = pick(lang, f"월요일이 공휴일이면 {long}시간", f"{long} h when Monday is a public holiday")
    return [Arithmetic(pick(lang, f"{short}시간 + {more}시간", f"{short} h + {more} h"), words, inputs)]


def _backlog(
    service: Service, work: list[_Work], hours: WeekHours, gap_hours: float, people: tuple[Actor, ...]
) -> tuple[str, Measured | None, list[Evidence]]:
    """Cancellations that wait at the end of the gap, those that meet a gap in a month, and the work they are.

    Only where these people do what a cancellation brings and its rate speaks of the counted cases.
    """
    cases, cancel = service.cases_per_day, service.rate("cancel")
    if (
        cases is None
        or cancel is None
        or not same_cases(cancel, service)
        or not any(w.kind in MONEY_BACK for w in work)
    ):
        return "", None, []
    lang = service.language
    waiting = cases.value * cancel.share.value * gap_hours / 24
    minutes = STEP_KINDS["refund"].minutes
    team = sum(number(a) for a in people) or 1
    need = format_number(waiting * minutes / 60 / team)
    share = format_share(cancel.share.value, lang)
    shown = f"{format_number(cases.value)} × {share} × {format_number(gap_hours)}/24"
    result = pick(
        lang,
        f"취소 {waiting:.0f}건 대기, 건당 {minutes:g}분†이면 {team}명이 {need}시간",
        f"{waiting:.0f} cancellations waiting; at {minutes:g} min† each {team} people need {need} h",
    )
    off = (WEEK - hours.minutes) / 60
    month = cases.value * cancel.share.value * off / 168 * 30
    sum_ko = f"하루 {format_number(cases.value)}건 × {share} × 근무 밖 {format_number(off)}/168시간 × 30일 = 월 {format_number(month)}건"
    sum_en = f"{format_number(cases.value)} a day × {share} × {format_number(off)}/168 h off duty × 30 = {format_number(month)} a month"
    measured = Measured(month, pick(lang, sum_ko, sum_en))
    return f"{waiting:,.0f}", measured, [Arithmetic(shown, result, (cases.source, cancel.share.source))]


def approval_gap(service: Service) -> Iterator[Hole]:
    """A stated limit, and nobody named who decides above it or when its holder is away."""
    lang = service.language
    for actor in service.people:
        for authority in actor.authority:
            if authority.limit is None:
                continue
            if any(other is not actor and other.limit_for(authority.action) for other in service.people):
                continue  # somebody stands above or below, so there is a ladder
            action = STEP_KINDS[authority.action].label(lang) if authority.action in STEP_KINDS else authority.action
            limit = authority.limit.value.format(lang)
            gap = CalendarGap(
                pick(lang, f"{limit} 초과 승인자", f"approver above {limit}"),
                pick(lang, "지정 없음", "nobody named"),
                168.0,
                pick(lang, "한도를 넘는 건이 생길 때마다", "whenever a case exceeds the limit"),
                (authority.source,),
            )
            slots = {"who": actor.name, "limit": limit, "work": action}
            yield find(service, "coverage.approval_gap", f"{actor.id}-{authority.action}", slots, (gap,))


def two_needed(service: Service) -> Iterator[Hole]:
    """A step that takes two people, where only one is employed who may do it."""
    lang = service.language
    for control in service.controls:
        kinds = control.on or ("approve", "refund", "payout")
        people = tuple(a for a in service.people if set(a.does) & {*kinds, "approve", "review"})
        if control.kind is not GuardrailKind.TWO_PERSON or not people or any(a.count is None for a in people):
            continue
        if sum(number(a) for a in people) != 1:
            continue
        work = pick(lang, "·", ", ").join(STEP_KINDS[k].label(lang) if k in STEP_KINDS else k for k in kinds)
        who = names(people, lang)
        inputs = (control.source, *(a.count.source for a in people if a.count))
        sum_ = Arithmetic(pick(lang, "필요 2명 - 있는 사람 1명 = 1명", "2 needed - 1 there = 1"), pick(lang, "1명 부족", "1 person short"), inputs)  # fmt: skip
        yield find(service, "coverage.two_needed", people[0].id, {"who": who, "work": work}, (sum_,))
        return
