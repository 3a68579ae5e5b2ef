"""roster: whoever has to act at once, or at a time of day, is not on duty when the trigger can occur, and nobody stands in."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple

from opslead.intake.amounts.quantities import Sort
from opslead.model.calendar import DAY, HoursError, WeekHours, clock, day_name, format_hours, format_span, parse_hours
from opslead.model.service import Service
from opslead.model.steps import Role
from opslead.review.amounts import amounts, measures
from opslead.review.fault import Fault, quoted
from opslead.review.matter import Check, Matter, step_text
from opslead.review.people import Named, parts, resolve, subjects
from opslead.spec.document import Policy, RunbookStep
from opslead.text import Lang, josa, pick

SOON = 120
"""Minutes within which acting counts as at once; what may wait longer is not judged here but where it has a time or a day."""


class Task(NamedTuple):
    """What somebody has to do: the sentence it stands in, and by when it says."""

    who: Named
    text: str
    when: str


def find(matter: Matter) -> Iterator[Fault]:
    """One fault a step: the longest stretch in which the step's person is away though it has to be done. Nothing without the service."""
    if matter.service is None:
        return
    open_hours = _open_hours(matter.service)
    ruled = any(_RULES_GAPS.search(f"{policy.name} {policy.trigger}") for policy in matter.specification.policies)
    for policy in matter.policies:
        stated = _stated_hours(policy)
        when = open_hours if stated is None else stated
        stand_in = _stands_in(policy)
        for step in policy.runbook:
            for task in _tasks(step, matter.service):
                on_the_spot = any(actor.role is not Role.STAFF for actor in task.who.actors)
                any_time = stated is None and not (on_the_spot or ruled)
                away = None if stand_in else _away(task, when if stated is not None or any_time else None, policy, step)
                if away is not None:
                    yield _fault(policy, step, task, away, matter.language)


@dataclass(frozen=True)
class Away:
    """The hours in which nobody is there; `at` is the time of day where the task has one, else None."""

    hours: WeekHours
    at: int | None = None


def _away(task: Task, when: WeekHours | None, policy: Policy, step: RunbookStep) -> Away | None:
    """Hours in which the task falls and its person is not there; None where there are none, or the task says who else acts.

    `when`: the hours in which the trigger can come; None where that is not known, and then only tasks with a time or day are judged.
    """
    duty = task.who.hours
    if duty is None or _ELSE.search(f"{task.text} {task.when}"):
        return None
    at, days = _daily(task, policy)
    if at is not None:
        missing = WeekHours.of((d * DAY + at, d * DAY + at + 1) for d in days if not _there(duty, d * DAY + at))
        return Away(missing, at) if missing.minutes else None
    within = _deadline(task)
    if within is None:
        if (
            _SAME_DAY.search(task.when)
            and not _ON_DAYS.search(task.when)
            and _BY_CALENDAR.search(f"{policy.trigger} {step.action}")
        ):
            empty = [d for d in range(7) if not (duty & WeekHours.of([(d * DAY, (d + 1) * DAY)])).minutes]
            missing = WeekHours.of((d * DAY, (d + 1) * DAY) for d in empty)
            return Away(missing) if missing.minutes else None
        return None
    if when is None:
        return None
    missing = when - WeekHours.of(_before(duty, within))
    return Away(missing) if missing.minutes else None


def _before(duty: WeekHours, within: int) -> Iterator[tuple[int, int]]:
    """The duty with the time before it in which what comes can wait for its beginning; spans may begin on the day before Monday."""
    for start, end in duty.spans:
        yield max(0, start - within), end
        if start < within:
            yield 7 * DAY + start - within, 7 * DAY


def _there(duty: WeekHours, minute: int) -> bool:
    """Whether somebody is there at the minute, or comes or leaves within the hour."""
    return any(minute + shift in duty for shift in (0, 60, -60))


def _fault(policy: Policy, step: RunbookStep, task: Task, away: Away, lang: Lang) -> Fault:
    name, duty = task.who.name, format_hours(task.who.hours or away.hours, lang)
    if away.at is not None:
        joint = "·" if lang == "ko" else ", "
        days = joint.join(day_name(start, lang) for start, _ in away.hours.spans)
        if len(away.hours.spans) == 7:
            days = pick(lang, "어느 날도", "any day")
        gap = pick(lang, f"{days} {clock(away.at)}", f"{clock(away.at)} on {days}")
    else:
        longest = away.hours.longest()
        gap = format_span(longest, lang) if longest and away.hours.minutes < 7 * DAY else pick(lang, "늘", "always")
    message = pick(
        lang,
        f"{josa(name, '은/는')} {duty} 근무라 {gap}에는 없는데, 그때 누가 대신하는지 쓰여 있지 않다",
        f"{name} is on duty {duty}, so nobody is there at {gap}, and it is not said who acts then",
    )
    return Fault("roster", (policy.number,), "runbook", message, quoted(task.text), step.line)


# --- who has to do what


def _tasks(step: RunbookStep, service: Service) -> Iterator[Task]:
    """The step's actor with its deadline, or the subjects of its sentences with theirs."""
    if step.actor:
        named = [resolve(name, service) for name in parts(step.actor)]
        known = [one for one in named if one is not None]
        if known and len(known) == len(named):
            together = known[0] if len(known) == 1 else Named(step.actor, tuple(a for one in known for a in one.actors))
            yield Task(together, step_text(step), step.deadline)
        return
    for who, sentence in subjects(step.action, service):
        yield Task(who, sentence, sentence)


_AT_ONCE = re.compile(r"즉시|곧바로|그 자리에서|받는 즉시|\b(?:immediately|at once|right away|on the spot)\b", re.I)
_WITHIN = re.compile(r"\s?†?(?:\(Q\d+\))?\s?(?:안에?(?![가-힣])|이내|내에|내로)|(?<=\()")
_LATER = re.compile(
    r"근무|영업|출근|다음\s?날|익일|이튿날|매일|매주|매월|교대|마감|퇴근|전까지|전에|주간|회의|시작|복구|working|business|opening|next|daily|weekly|monthly|shift|before|ahead|start|recovery|lesson|lessons",
    re.I,
)
_SAME_DAY = re.compile(
    r"(?<![가-힣])당일(?![가-힣]*\s?(?:이용|건|분|은|이면|에|취소))(?=\s(?:전화|처리|연락|확인|답|끝)|$|,)|\bsame day\b(?!\s[a-z]+s\b)",
    re.I,
)


def _deadline(task: Task) -> int | None:
    """Minutes that the task leaves, where that is two hours at most; None for anything later or tied to working hours."""
    if _LATER.search(task.when):
        return None
    own = task.when is not task.text
    lengths = [amount for amount in amounts(task.when) if amount.dimension == "duration"]
    if len(lengths) > 1 or _OWN_ACT.search(task.when):
        return None
    for amount in lengths:
        if amount.low == amount.value:
            before = task.when[max(0, amount.start - 10) : amount.start]
            ahead = task.when[amount.end : amount.end + 10]
            if own or _WITHIN.match(task.when, amount.end) or re.search(r"\bwithin\s$", before, re.I):
                minutes = int(amount.value // 60)
                return (
                    minutes
                    if minutes <= SOON and not re.match(r"†?\s?(?:뒤|후|전|마다|after|before|every)", ahead)
                    else None
                )
    return 0 if _AT_ONCE.search(task.when) else None


_DAILY = re.compile(r"매일|daily|every day|each day", re.I)
_ON_DAYS = re.compile(
    r"[월화수목금토일]요일|매주|매월|평일|영업일|오픈일|\b(?:mon|tue|wed|thu|fri|sat|sun)[a-z]*|weekly|monthly|weekday|working day|business day",
    re.I,
)


def _daily(task: Task, policy: Policy) -> tuple[int | None, range]:
    """The time of day of a task that comes every day; the trigger may be what says so."""
    times = [amount for amount in amounts(task.when) if amount.dimension == "time"]
    every = _DAILY.search(task.when) or (_DAILY.search(policy.trigger) and not _ON_DAYS.search(policy.trigger))
    if len(times) != 1 or not every or _ON_DAYS.search(task.when):
        return None, range(7)
    if re.match(r"†?\s?(?:까지|이후|전)", task.when[times[0].end :]) or re.search(
        r"(?:by|until|before|after)\s$", task.when[: times[0].start]
    ):
        return None, range(7)
    return int(times[0].value), range(7)


# --- when it has to be done, and who stands in

_ELSE = re.compile(
    r"무응답|답이 없|답하지 않|응답이 없|응답하지 않|없으면|없는 시간|부재|연락이 안|받지 않으면|넘으면|시간 밖|근무 밖|호출되면|아니면|당직|자동|시스템이|대신|못 하면|못하면"
    r"|no answer|without (?:an )?answer|unanswered|unreach|otherwise|if nobody|nobody answers|escalat|on[- ]call|out of hours|by itself|automatic|nights and weekends|then the|the system|instead",
    re.I,
)
_ABSENT = re.compile(
    r"(?:근무|영업|업무)\s?(?:시간\s?)?(?:밖|외|이 아닌)|CS\s?(?:시간\s?)?(?:밖|없는)|야간에는|야간은|밤에는|주말에(?:는|도)|휴일에(?:는|도)|휴무|부재|공백|아무도 (?:잡지|받지|답하지|수락하지) 않"
    r"|out(?:side)? (?:of )?(?:service |working |office |desk |opening )?hours|at night|overnight|on weekends|outside|off duty|unstaffed|nobody (?:is )?on duty|night call|nobody (?:takes|answers|accepts)",
    re.I,
)


def _stands_in(policy: Policy) -> bool:
    """Whether the runbook or the exceptions speak of what happens while people are away."""
    texts = [*(step_text(step) for step in policy.runbook), *policy.exceptions]
    return any(_ABSENT.search(text) for text in texts)


_RULES_GAPS = re.compile(
    r"(?:근무|영업|업무)\s?(?:시간\s?)?(?:공백|밖|외)|out(?:side|[- ]of)[- ](?:working |office |desk |service )?hours|unattended hours|while nobody is on duty",
    re.I,
)
"""A policy of the document that rules, for all, what happens outside working hours."""
_BY_CALENDAR = re.compile(r"\bD\s?[-–]\s?\d|매일|\bdaily\b|every day", re.I)
_OWN_ACT = re.compile(
    r"(?:발견|확인|받은|대조|누른|본|하차|도착|판단|전환|들은|누르면|인수|접수|수령|점검|잠금|나온|바뀐|때마다|켜기|선|하는 자리|방문|통화)\S*\s?(?:뒤|후|즉시|때|마다|전)|그 자리|자리에서|절차 안"
    r"|\b(?:found|seen|noticed|checked|pressed|comparison|arrival|receipt|unload|hand-?over|taken|received|opening|lock|on site|each|visit)",
    re.I,
)
"""What only happens when somebody is there: then that somebody is on duty."""


def _open_hours(service: Service) -> WeekHours:
    """The hours in which anybody of the service is known to be on duty: in them things happen; outside perhaps."""
    duties = [actor.duty.value for actor in service.people if actor.duty is not None and not actor.duty.assumed]
    return WeekHours.of(span for duty in duties for span in duty.spans)


_ALWAYS = re.compile(r"24시간 내내|연중무휴|24/7|언제든|around the clock|at any (?:hour|time)|\ball hours", re.I)
_NIGHT = re.compile(r"야간|심야|\bat night\b|\bnights\b", re.I)
_AT_NIGHT = WeekHours.of((day * DAY + 22 * 60, day * DAY + 29 * 60) for day in range(7))
"""22:00 to 05:00, which nobody calls day."""


_BESIDE = re.compile(r"\)?\s?(?:이?\s?아닌|밖|외|이외)")
"""After hours: the time outside of them is meant."""


def _stated_hours(policy: Policy) -> WeekHours | None:
    """The hours in which the trigger can come, as the trigger or the scope states them; None where they state none."""
    for text in (policy.trigger, policy.scope):
        found = WeekHours(())
        for measure in measures(text):
            if measure.sort is Sort.HOURS:
                try:
                    hours = parse_hours(measure.value) or WeekHours(())
                except HoursError:
                    continue
                found |= ~hours if _BESIDE.match(text, measure.end) else hours
        if found.minutes:
            return found
        if _ALWAYS.search(text):
            return WeekHours.always()
        if _NIGHT.search(text):
            return _AT_NIGHT
    return None


CHECK = Check("roster", find)
