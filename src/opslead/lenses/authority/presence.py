"""Powers and hours: who may decide while the customer stands there, and whose name the entries at a shared desk carry."""

from __future__ import annotations

from collections.abc import Iterator

from opslead.lenses.finding import find
from opslead.lenses.hole import Arithmetic, CalendarGap, Evidence, Hole
from opslead.lenses.people import attended
from opslead.lenses.worth import labels, named, same_job, stated, unique
from opslead.model.calendar import WeekHours, format_hours, format_span
from opslead.model.guardrails import GuardrailKind
from opslead.model.measure import format_number
from opslead.model.service import Actor, Service, Step
from opslead.model.steps import STEP_KINDS, Role
from opslead.text import Lang, pick

_MEETING = ("check_in", "hand_over", "start", "return")
"""Steps at which a customer stands in front of somebody."""
_DECIDES = ("refund", "compensate", "approve")
_LEAST_GAP = 10.0
"""Hours a week without the approver from which it is worth a finding: less than that a call-back covers."""
_ENTRIES = ("check_in", "record", "hand_over", "sync", "transfer", "complete", "return", "receive", "pick_up")


def approver_away(service: Service) -> Iterator[Hole]:
    """Customers are met at hours at which the only people with a power over money are not on duty."""
    lang = service.language
    approvers = tuple(a for a in service.people if _decides(a))
    hours = attended(approvers)
    if hours is None:
        return
    for step in service.steps(*_MEETING):
        there = _there(service, step)
        if not there or any(_decides(a) for a in there) or not stated(step.source):
            continue
        met = step.when.value if step.when and not step.when.assumed else attended(there)
        gap = met - hours if met is not None else WeekHours(())
        if met is None or gap.hours < _LEAST_GAP:
            continue
        longest = gap.longest() or (0, 0)
        work = labels({k for a in approvers for k in _powers(a)}, lang)
        total, without = format_number(met.hours), format_number(gap.hours)
        share = f"{gap.hours / met.hours:.0%}"
        who = pick(lang, "·", ", ").join(dict.fromkeys(named(a, lang) for a in approvers))
        sources = unique(
            [*(a.duty.source for a in (*approvers, *there) if a.duty), *([step.when.source] if step.when else [])]
        )
        evidence: list[Evidence] = [
            CalendarGap(who, format_span(longest, lang), (longest[1] - longest[0]) / 60, step.title(lang), sources),
            Arithmetic(
                pick(
                    lang,
                    f"주 {total}시간 - 겹치는 {format_number(met.hours - gap.hours)}시간 = {without}시간",
                    f"{total} h a week - {format_number(met.hours - gap.hours)} h together = {without} h",
                ),
                pick(lang, f"{step.title(lang)} 시간의 {share}", f"{share} of the hours"),
                sources,
            ),
        ]
        slots = {
            "who": named(there[0], lang), "approver": who, "approver_hours": format_hours(hours, lang), "use": step.title(lang),
            "work": work, "total": total, "without": without, "share": share,
        }  # fmt: skip
        yield find(service, "authority.approver_away", step.id, slots, tuple(evidence))
        return


def _there(service: Service, step: Step) -> tuple[Actor, ...]:
    """The people at the step with all their shifts: its own actor, else those said to do it."""
    if step.actor is not None and step.actor.role is not Role.CUSTOMER:
        return tuple(a for a in service.people if same_job(a, step.actor))
    return tuple(a for a in service.people if a.role is Role.FIELD and step.kind in a.does)


def _powers(actor: Actor) -> set[str]:
    return {a.action for a in actor.authority if a.action in _DECIDES} | (set(actor.does) & {"refund", "compensate"})


def _decides(actor: Actor) -> bool:
    return bool(_powers(actor))


def shared_account(service: Service) -> Iterator[Hole]:
    """Several people a day write at one desk: whose name an entry carries depends on who logged in."""
    lang = service.language
    if service.control(GuardrailKind.BIND_IDENTITY) or service.control(GuardrailKind.AUDIT_LOG):
        return
    best: tuple[int, tuple[Actor, ...], set[str]] | None = None
    for actor in service.people:
        crew = tuple(a for a in service.people if same_job(a, actor))
        entries = {k for a in crew for k in a.does if k in _ENTRIES}
        entries |= {s.kind for s in service.steps(*_ENTRIES) if s.actor in crew and stated(s.source)}
        people = sum(a.count.value for a in crew if a.count and not a.count.assumed)
        known = all(a.count and a.duty and not a.duty.assumed for a in crew)
        desk = all(a.per_site for a in crew) or any(a.shared_account for a in crew)
        if known and desk and people >= 2 and len(entries) >= 2 and (best is None or people > best[0]):
            best = (people, crew, entries)
    if best is None:
        return
    people, crew, entries = best
    shifts = pick(lang, " + ", " + ").join(
        pick(lang, f"{format_hours(a.duty.value, lang)} {a.count.value}명", f"{a.count.value} at {format_hours(a.duty.value, lang)}")
        for a in crew
        if a.duty and a.count
    )  # fmt: skip
    sources = unique([*(a.count.source for a in crew if a.count), *(a.duty.source for a in crew if a.duty)])
    yield find(
        service,
        "authority.shared_account",
        crew[0].id,
        {"who": named(crew[0], lang), "people": str(people), "shifts": shifts, "entries": _listed(entries, lang)},
        (
            Arithmetic(
                shifts,
                pick(lang, f"한 곳에 하루 {people}명", f"{people} people a day at one desk"),
                sources,
            ),
        ),
        certain=any(a.shared_account for a in crew),
    )


def _listed(kinds: set[str], lang: Lang) -> str:
    """Kinds of entries with commas: their Korean names have dots inside."""
    return ", ".join(STEP_KINDS[kind].label(lang) for kind in STEP_KINDS if kind in kinds)
