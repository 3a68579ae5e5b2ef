"""The coverage lens: who is on duty, hour by hour over a week and a week with a Monday holiday, for the work people do."""

from __future__ import annotations

from collections.abc import Iterator

from opslead.knowledge.losses import Loss
from opslead.lenses.hole import Arithmetic, CalendarGap, Evidence, Grade, Hole, Question, hole_id
from opslead.lenses.people import DESK_KINDS, SPOT_KINDS, attended, headcount, performers
from opslead.model.calendar import DAY, WEEK, WeekHours, clock, day_name, format_hours, format_span
from opslead.model.measure import format_number
from opslead.model.service import Actor, Basis, Service, Source, Step
from opslead.model.steps import STEP_KINDS, Role
from opslead.text import josa, pick

LONG_GAP = 12 * 60
"""Minutes without anybody that count as a hole for work that customers set off at any hour: one night."""


def examine(service: Service) -> Iterator[Hole]:
    """Unattended work, approvals beyond everybody's limit, people alone, shift changes in the middle of a rush."""
    yield from _unattended(service)
    yield from _approval_gap(service)
    yield from _alone(service)
    yield from _shift_change(service)


def _unattended(service: Service) -> Iterator[Hole]:
    """One hole for each group of people: all the desk work that nobody can do in their longest gap."""
    groups: dict[tuple[Actor, ...], list[tuple[str, Source]]] = {}
    for kind, step, source in _desk_work(service):
        people = performers(service, kind, step)
        label = STEP_KINDS[kind].label(service.language)
        if people and all(known[0] != label for known in groups.setdefault(people, [])):
            groups[people].append((label, source))
    for people, work in groups.items():
        hours = attended(people)
        if hours is None or not work:
            continue
        gap = (~hours).longest()
        if gap is not None and gap[1] - gap[0] >= LONG_GAP:
            yield _gap_hole(service, people, work, hours, gap)


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
    service: Service, people: tuple[Actor, ...], work: list[tuple[str, Source]], hours: WeekHours, gap: tuple[int, int]
) -> Hole:
    lang = service.language
    who = pick(lang, "·", ", ").join(actor.name for actor in people)
    span, length = format_span(gap, lang), (gap[1] - gap[0]) / 60
    holiday = (~hours.without_days([0])).longest()
    longer = (holiday[1] - holiday[0]) / 60 if holiday else length
    tasks = pick(lang, "·", ", ").join(label for label, _ in work[:4])
    inputs = tuple(a.duty.source for a in people if a.duty)
    needed = pick(
        lang,
        "고객이 아무 때나 시작하는 일이라 24시간 들어온다",
        "customers set it off at any hour, so it comes around the clock",
    )
    evidence: list[Evidence] = [CalendarGap(who, span, length, needed, inputs)]
    if longer > length:
        words = pick(
            lang,
            f"월요일이 공휴일이면 {format_number(longer)}시간",
            f"{format_number(longer)} h when Monday is a public holiday",
        )
        evidence.append(
            Arithmetic(
                pick(lang, f"{format_number(length)}시간 + 24시간", f"{format_number(length)} h + 24 h"), words, inputs
            )
        )
    waiting, backlog = _backlog(service, length, people)
    if backlog is not None:
        evidence.append(backlog)
    total = format_number(length)
    return Hole(
        id=hole_id("coverage.unattended", people[0].id),
        lens="coverage",
        mechanism="coverage.unattended",
        surfaces=(11, 2, 7),
        loss=Loss.STUCK_CASE,
        condition=pick(
            lang,
            f"{span} {total}시간 동안 {josa(tasks, '을/를')} 처리할 사람이 없다({who}: {format_hours(hours, lang)})",
            f"nobody can handle {tasks} for {total} h, {span} ({who}: {format_hours(hours, lang)})",
        ),
        user_impact=pick(
            lang,
            f"{day_name(gap[0], lang)}요일 {clock(gap[0])} 직후에 생긴 건은 최대 {total}시간 답 없이 멈춘다",
            f"a case that starts in the gap stays without an answer for up to {total} h",
        ),
        operations_impact=pick(
            lang,
            (
                f"다시 여는 시각에 약 {waiting}건이 한꺼번에 기다리고"
                if waiting
                else "다시 여는 시각에 쌓인 건이 한꺼번에 몰리고"
            )
            + ", 그사이 현장이 기록 없이 약속한다",
            (f"about {waiting} cases wait when it ends" if waiting else "everything waits until it ends")
            + ", and people on the spot make promises that no record knows",
        ),
        evidence=tuple(evidence),
        severity=Grade(
            8 if length >= 48 else 7,
            pick(lang, f"{total}시간 동안 돈·자리 결정이 멈춘다", f"decisions on money stop for {total} h"),
        ),
        occurrence=Grade(9, pick(lang, "매주 반복된다", "comes every week")),
        detection=Grade(
            6, pick(lang, "고객이 먼저 겪고, 담당자는 출근해서 안다", "customers meet it first, staff when they return")
        ),
        slots={
            "gap": span,
            "gap_hours": total,
            "who": who,
            "work": tasks,
            "hours": format_hours(hours, lang),
            **({"gap_cases": waiting} if waiting else {}),
        },
        questions=(
            Question(
                pick(
                    lang,
                    f"{span}의 {josa(tasks, '을/를')} 누가 어느 한도까지 맡을지",
                    f"who handles {tasks} during {span}, and up to which limit",
                ),
                pick(
                    lang,
                    "이 시간대에 들어온 건수·종류·금액, 4주치(시간 단위)",
                    "count, kind and amount of cases in these hours, four weeks, by the hour",
                ),
                6.0,
            ),
        ),
    )


def _backlog(service: Service, gap_hours: float, people: tuple[Actor, ...]) -> tuple[str, Arithmetic | None]:
    """Cancellations that wait at the end of the gap, and how long the team needs for them."""
    cases, cancel = service.cases_per_day, service.rate("cancel")
    if cases is None or cancel is None:
        return "", None
    lang = service.language
    waiting = cases.value * cancel.share.value * gap_hours / 24
    minutes = STEP_KINDS["refund"].minutes
    team = sum(a.count.value if a.count else 1 for a in people)
    hours = waiting * minutes / 60 / team
    shown = f"{cases.value:g} × {cancel.share.value:.0%} × {format_number(gap_hours)}/24"
    result = pick(
        lang,
        f"취소 {waiting:.0f}건 대기, 건당 {minutes:g}분†이면 {team}명이 {format_number(hours)}시간",
        f"{waiting:.0f} cancellations waiting; at {minutes:g} min† each {team} people need {format_number(hours)} h",
    )
    return f"{waiting:,.0f}", Arithmetic(shown, result, (cases.source, cancel.share.source))


def _approval_gap(service: Service) -> Iterator[Hole]:
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
            yield Hole(
                id=hole_id("coverage.approval_gap", f"{actor.id}-{authority.action}"),
                lens="coverage",
                mechanism="coverage.approval_gap",
                surfaces=(5, 7, 2),
                loss=Loss.STUCK_CASE,
                condition=pick(
                    lang,
                    f"{josa(actor.name, '은/는')} {action} {limit}까지 혼자 정하는데, 그 위를 누가 언제 정하는지 적혀 있지 않다",
                    f"the {actor.name} decides each {action} up to {limit} alone; nobody is named for more than that",
                ),
                user_impact=pick(
                    lang,
                    f"{limit}을 넘는 건은 답이 없거나 쪼개서 처리된다",
                    f"a case above {limit} gets no answer, or is split",
                ),
                operations_impact=pick(
                    lang,
                    "한도를 피하려고 나누어 처리하거나 구두 승인을 받아 기록이 남지 않는다",
                    "it is split below the limit or agreed by word of mouth, without a record",
                ),
                evidence=(
                    CalendarGap(
                        pick(lang, f"{limit} 초과 승인자", f"approver above {limit}"),
                        pick(lang, "지정 없음", "nobody named"),
                        168.0,
                        pick(lang, "한도를 넘는 건이 생길 때마다", "whenever a case exceeds the limit"),
                        (authority.source,),
                    ),
                ),
                severity=Grade(6, pick(lang, "금액이 큰 건일수록 늦어진다", "the larger the sum, the longer it waits")),
                occurrence=Grade(5, pick(lang, "한도를 넘는 건마다", "with every case above the limit")),
                detection=Grade(7, pick(lang, "쪼갠 건은 한도 안이라 정상으로 보인다", "split cases look normal")),
                slots={"who": actor.name, "limit": limit, "work": action},
                questions=(
                    Question(
                        pick(
                            lang,
                            f"{limit}을 넘는 {action}의 승인자와 부재 시 대신할 사람",
                            f"who approves each {action} above {limit}, and who when they are away",
                        ),
                        pick(
                            lang,
                            f"최근 12개월 {action} 금액 분포와 {limit} 바로 아래 건수",
                            f"amounts of every {action} of twelve months, and how many lie just below {limit}",
                        ),
                        5.0,
                    ),
                ),
            )


def _alone(service: Service) -> Iterator[Hole]:
    """One person on the spot while customers are there."""
    lang = service.language
    for actor in service.people:
        if (
            actor.count is None
            or actor.count.value != 1
            or actor.count.assumed
            or actor.duty is None
            or actor.duty.assumed
        ):
            continue
        nights = actor.duty.value & WeekHours.of((d * DAY + 22 * 60, d * DAY + 30 * 60) for d in range(7))
        if not nights.minutes or not (actor.role is Role.FIELD or set(actor.does) & set(SPOT_KINDS)):
            continue
        hours = format_hours(actor.duty.value, lang)
        weekly = format_number(actor.duty.value.hours)
        yield Hole(
            id=hole_id("coverage.alone", actor.id),
            lens="coverage",
            mechanism="coverage.alone",
            surfaces=(11, 5),
            loss=Loss.SAFETY,
            condition=pick(
                lang,
                f"{hours}에 {josa(actor.name, '이/가')} 혼자다(주 {weekly}시간)",
                f"the {actor.name} is alone {hours} ({weekly} h a week)",
            ),
            user_impact=pick(
                lang,
                "한 사람이 한 건을 보는 동안 다른 고객은 아무도 만나지 못한다",
                "while one customer is served nobody else is",
            ),
            operations_impact=pick(
                lang,
                "확인할 사람이 없어 입력·결정·현금을 같은 사람이 끝내고, 다치거나 자리를 비우면 아무도 모른다",
                "the same person enters, decides and takes cash with nobody to check, and if that person is hurt nobody knows",
            ),
            evidence=(
                CalendarGap(
                    actor.name,
                    hours,
                    actor.duty.value.hours,
                    pick(lang, "두 번째 사람이 필요한 확인·안전", "a second person for checks and safety"),
                    (actor.count.source, actor.duty.source),
                ),
            ),
            severity=Grade(8, pick(lang, "사람의 안전과 현금이 함께 걸린다", "safety of people and cash at once")),
            occurrence=Grade(8, pick(lang, "매일 밤", "every night")),
            detection=Grade(
                7,
                pick(
                    lang,
                    "기록하는 사람이 한 명뿐이라 다음 날에야 보인다",
                    "seen the next day, since one person keeps the record",
                ),
            ),
            slots={"who": actor.name, "hours": hours},
        )


def _shift_change(service: Service) -> Iterator[Hole]:
    """A change of shift inside the hours in which customers come."""
    lang = service.language
    for step in service.steps(*SPOT_KINDS):
        if step.when is None or step.when.assumed:
            continue
        people = performers(service, step.kind, step)
        for start, end in step.when.value.spans[:1]:
            for actor in people:
                edge = (
                    next((s for s, _ in actor.duty.value.spans if start < s % WEEK < end), None) if actor.duty else None
                )
                if edge is None:
                    continue
                before, after = headcount(people, edge - 1), headcount(people, edge)
                at, name = clock(edge), step.title(lang)
                when = format_hours(step.when.value, lang)
                yield Hole(
                    id=hole_id("coverage.shift_change", step.id),
                    lens="coverage",
                    mechanism="coverage.shift_change",
                    surfaces=(11, 2),
                    loss=Loss.BROKEN_PROMISE,
                    condition=pick(
                        lang,
                        f"{at} 교대가 {name}({when}) 한가운데에 있고, 인원이 {before}명에서 {after}명으로 바뀐다",
                        f"the shift changes at {at}, in the middle of {name} ({when}), from {before} to {after} people",
                    ),
                    user_impact=pick(
                        lang,
                        "앞 근무자가 한 약속을 뒤 근무자가 모른다",
                        "the second shift does not know what the first has promised",
                    ),
                    operations_impact=pick(
                        lang,
                        "늦은 도착·변경·열쇠 인계가 말로만 넘어가 책임자가 없다",
                        "late arrivals, changes and keys pass by word of mouth and nobody owns them",
                    ),
                    evidence=(
                        CalendarGap(
                            pick(lang, "인계 시간", "overlap for hand-over"),
                            f"{at}",
                            0.0,
                            f"{name} {when}",
                            tuple(a.duty.source for a in people if a.duty),
                        ),
                    ),
                    severity=Grade(
                        6, pick(lang, "약속한 고객이 문 앞에서 거절당한다", "a promised customer is turned away")
                    ),
                    occurrence=Grade(8, pick(lang, "영업일마다 교대가 있다", "every day has a change of shift")),
                    detection=Grade(7, pick(lang, "말로 한 약속은 기록에 없다", "what was said is in no record")),
                    slots={"at": at, "before": str(before), "after": str(after), "work": name, "hours": when},
                )
                return
