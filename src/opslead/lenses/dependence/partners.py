"""The partner that matters most, silent: the steps that hang on its answer, those that go on, and how many cases meet it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import timedelta
from itertools import takewhile

from opslead.lenses.dependence.amounts import (
    Peak,
    Sum,
    coming_share,
    crowd_of,
    desk,
    desk_hours,
    elsewhere,
    open_days,
    outage_hours,
    paid_cases,
    peak_of,
    per_hour,
    span_counts,
)
from opslead.lenses.finding import Measured, find
from opslead.lenses.hole import Arithmetic, CalendarGap, Evidence, Hole, Quotation
from opslead.lenses.people import attended, stated_performers
from opslead.model.calendar import clock, format_span
from opslead.model.guardrails import GuardrailKind
from opslead.model.measure import Money, format_duration, format_number
from opslead.model.service import Clock, Fact, Flow, Partner, Service, Source, Step
from opslead.model.steps import STEP_KINDS
from opslead.text import josa, pick

PAY = ("charge", "authorize", "renew", "pay_in")
LONG_HOLD = timedelta(hours=1)
"""A longer hold outlives most failures of a payment provider."""
PROMISES = ("confirm", "notify", "issue", "assign", "transmit", "release")
"""What the system does by itself once it has the answer."""
SETTLE = ("capture", "charge", "payout")
USE = ("start", "check_in", "hand_over", "complete", "make", "deliver", "return")
METERED = ("import_result", "complete", "transmit", "sync")
_CARD = re.compile(r"카드|간편\s?결제|\bPG\b|\bcards?\b|\bonline\b", re.I)
_SALE = ("오픈", "예매", "판매", "접수", "booking", "sale", "ticket", "reserv")
_PART = re.compile(r"예약금|보증금|계약금|선금|가승인|deposit|pre-?auth|\bfees?\b", re.I)
_STAND_IN = (GuardrailKind.FALLBACK, GuardrailKind.SWITCH, GuardrailKind.OFFLINE_LEDGER)
_REMOTE = frozenset({"network", "security", "data"})
"""Partners whose platform tells what happens on the spot; the thing itself works on without them."""


def silent_partner(service: Service) -> Iterator[Hole]:
    """One hole: the platform that reports use, else payment after use, else payment before it. Nothing without a stated volume."""
    whole, own = per_hour(service), per_hour(service, elsewhere(service))
    if whole is None or own is None:
        return
    hole = _records(service, whole) or _payment(service, own)
    if hole is not None:
        yield hole


def _solved(service: Service, *kinds: str) -> bool:
    return any(service.control(kind, *kinds) for kind in _STAND_IN)


def _records(service: Service, hourly: Sum) -> Hole | None:
    """Use goes on while the partner that reports it is silent, and what it reports is what gets billed."""
    for partner in service.partners:
        for flow in service.flows if partner.kind in _REMOTE else ():
            told = [s for s in flow.steps if _told_by(s, partner)]
            billed = [s for s in flow.steps if s.kind in SETTLE and any(_before(flow, t, s) for t in told)]
            used = [s for s in flow.steps if s.kind in USE and s.source.basis != "assumed"]
            if told and billed and used and not _solved(service, *(s.kind for s in told)):
                return _records_hole(service, hourly, partner, told, billed[0])
    return None


def _told_by(step: Step, partner: Partner) -> bool:
    """Whether the step is an event that the partner reports: it is bound to it, named beside it, or a reading that comes from afar."""
    if step.partner is not None:
        return step.partner.id == partner.id
    head = partner.name.split()[-1].lower()
    named = len(head) > 3 and re.search(rf"\b{re.escape(head)}", step.source.text.lower()) is not None
    return (named and step.kind in (*USE, *METERED)) or step.kind in ("import_result", "transmit")


def _before(flow: Flow, first: Step, second: Step) -> bool:
    return flow.steps.index(first) < flow.steps.index(second)


def _records_hole(service: Service, hourly: Sum, partner: Partner, told: list[Step], bill: Step) -> Hole:
    lang = service.language
    peak = peak_of(service)
    timed = next((s for s in told if s.within is not None and not s.within.assumed), None)
    slots = {
        "partner": partner.name,
        "told": _names(told, service),
        "bill": bill.title(lang),
        "hour": format_number(hourly.value),
        "call": told[0].title(lang),
        "call.partner": partner.name,
        "next": bill.title(lang),
        **_peak_slots(hourly, peak),
        **({"timed": timed.title(lang), "limit": format_duration(timed.within.value, lang)} if timed and timed.within else {}),
    }  # fmt: skip
    evidence: list[Evidence] = [
        Quotation(
            (partner.source, *(s.source for s in told), *((timed.within.source,) if timed and timed.within else ()))
        )
    ]
    evidence += _counts(service, hourly, peak, bill)
    evidence += _answering(service, hourly, peak)
    return find(
        service,
        "dependence.record_silent",
        partner.id,
        slots | _money_slots(service, hourly, peak, bill),
        tuple(evidence),
        loss=_ticket(service, bill),
        cases=_monthly(service, hourly),
    )


def _payment(service: Service, hourly: Sum) -> Hole | None:
    """The one payment partner silent: where the full price hangs on it. Quiet where a second way to pay is stated."""
    if len([p for p in service.partners if p.kind == "payment"]) > 1:
        return None
    before: list[tuple[Flow, Step]] = []
    after: list[tuple[Step, Step]] = []
    for flow in service.flows:
        for index, step in enumerate(flow.steps):
            if not _paid_there(step) or _solved(service, step.kind):
                continue
            used = [s for s in flow.steps[:index] if s.kind in USE]
            if used and not any(s.kind == "hold" for s in flow.steps[:index]):
                after.append((step, used[-1]))
            elif not used:
                before.append((flow, step))
    full = [(flow, step) for flow, step in before if not _PART.search(f"{step.name} {step.source.text}")]
    owed = _after_use(service, *after[0]) if after and not full else None
    return owed or (_before_use(service, hourly, *(full or before)[0]) if before else None)


def _paid_there(step: Step) -> bool:
    """Whether the step waits for a payment company: bound to one, or by card; not money handed over between people."""
    if step.kind not in PAY or step.source.basis == "assumed":
        return False
    if step.partner is not None:
        return step.partner.kind == "payment"
    return step.kind != "pay_in" and _CARD.search(step.source.text) is not None


def _before_use(service: Service, hourly: Sum, flow: Flow, step: Step) -> Hole:
    lang = service.language
    index = flow.steps.index(step)
    after = [s for s in _until_use(flow.steps[index + 1 :]) if s.kind in PROMISES and s.source.basis != "assumed"]
    hold = next((s for s in flow.steps[:index] if s.kind == "hold" and s.within and s.within.value <= LONG_HOLD), None)
    goes = [s for s in service.steps(*USE) if s.known.physical and s.source.basis != "assumed" and s not in after]
    peak, crowd = peak_of(service), crowd_of(service)
    slots = {
        "partner": step.partner.name if step.partner else pick(lang, "결제사", "the payment provider"),
        "call": step.title(lang),
        "call.partner": step.partner.name if step.partner else "",
        "next": after[0].title(lang) if after else STEP_KINDS["confirm"].label(lang),
        "stops": _names(after, service) if after else STEP_KINDS["confirm"].label(lang),
        "goes": _names(goes[:1], service),
        "hour": format_number(hourly.value),
        "hold": format_duration(hold.within.value, lang) + ("†" if hold.within.assumed else "") if hold and hold.within else "",
        **_peak_slots(hourly, peak),
        **_money_slots(service, hourly, peak, step),
    }  # fmt: skip
    evidence: list[Evidence] = [Quotation((step.source,)), *_counts(service, hourly, peak, step)]
    if crowd is not None:
        volume, minutes = crowd
        five = volume.amount.value / minutes * 5
        total, opens = format_number(volume.amount.value), _opening(service)
        slots |= {"crowd": total, "crowd_minutes": format_number(minutes), "crowd_five": format_number(five), "five": pick(lang, "5분", "5 minutes"), "opens": clock(opens.minute.value) if opens and opens.minute else ""}  # fmt: skip
        evidence.append(
            Arithmetic(
                f"{total} / {format_number(minutes)} min × 5 min = {format_number(five)}",
                pick(lang, f"오픈 때는 5분에 {format_number(five)}명", f"{format_number(five)} people in 5 min at the opening"),
                (volume.source,),
            )
        )  # fmt: skip
    if hold is not None and hold.within is not None and not hold.within.assumed:
        evidence += _lapse(hold, hourly, service)
    evidence += _unwatched(service)
    return find(
        service,
        "dependence.payment_silent",
        step.id,
        {key: value for key, value in slots.items() if value},
        tuple(evidence),
        loss=_ticket(service, step),
        cases=_monthly(service, hourly),
        unseen=_unseen(service),
    )


def _until_use(steps: tuple[Step, ...]) -> list[Step]:
    """The steps before somebody has to come: those that the system does by itself once it has the answer."""
    return list(takewhile(lambda s: not s.known.physical, steps))


def _lapse(hold: Step, hourly: Sum, service: Service) -> list[Evidence]:
    """When the first holds lapse undecided, and how many are taken until then."""
    assert hold.within is not None
    lang, opens = service.language, _opening(service)
    length, minutes = format_duration(hold.within.value, lang), hold.within.value.total_seconds() / 60
    if opens is not None and opens.minute is not None and crowd_of(service) is not None:
        end = clock(opens.minute.value + round(minutes))
        said = pick(
            lang,
            f"오픈 때 멈추면 {end}부터 결제하지 못한 선점이 차례로 풀린다",
            f"stopped at the opening, unpaid holds lapse one after the other from {end} on",
        )
        return [Arithmetic(f"{clock(opens.minute.value)} + {length} = {end}", said, (opens.source, hold.within.source))]
    taken = hourly.value * minutes / 60
    if taken < 1:
        return []
    said = pick(
        lang,
        f"{josa(length, '을/를')} 넘는 정지면 그사이 잡은 {format_number(taken)}건의 선점이 차례로 풀린다",
        f"when it lasts longer than {length}, the {format_number(taken)} holds taken meanwhile lapse one after the other",
    )
    shown = f"{format_number(hourly.value)}/h × {length} = {format_number(taken)}"
    return [Arithmetic(shown, said, (*hourly.sources, hold.within.source))]


def _after_use(service: Service, step: Step, used: Step) -> Hole | None:
    """Payment at the end: cases an hour in the hours of those who do the work, all of them done already."""
    cases, hours = paid_cases(service), attended(stated_performers(service, used.kind, used))
    if cases is None or hours is None or not hours.minutes:
        return None
    lang, peak, share = service.language, peak_of(service), coming_share(service)
    length = hours.hours / open_days(hours)
    value = cases.value * share.value / length
    part = f" × ({share.shown})" if share.sources else ""
    shown = f"{format_number(cases.value)}{part} / {format_number(length)} h = {format_number(value)}/h"
    hourly = Sum(value, shown, (cases.source, *share.sources))
    slots = {
        "partner": step.partner.name if step.partner else pick(lang, "결제사", "the payment provider"),
        "call": step.title(lang),
        "call.partner": step.partner.name if step.partner else "",
        "next": used.title(lang),
        "used": used.title(lang),
        "hour": format_number(value),
        **_peak_slots(hourly, peak),
        **_money_slots(service, hourly, peak, step),
    }
    return find(
        service,
        "dependence.unpaid_after_use",
        step.id,
        {key: value for key, value in slots.items() if value},
        (Quotation((used.source, step.source)), *_counts(service, hourly, peak, step, length)),
        loss=_ticket(service, step),
        cases=_monthly(service, hourly),
    )


def _names(steps: list[Step], service: Service) -> str:
    names = list(dict.fromkeys(s.title(service.language) for s in steps))
    if service.language == "ko":
        return "·".join(names)
    first = "”, “".join(names[:-1])  # the texts put the whole between quotation marks
    return f"{first}” and “{names[-1]}" if first else "".join(names)


def _opening(service: Service) -> Clock | None:
    """The time of day at which sales open, where it is stated."""
    clocks = (c for c in service.clocks if c.kind == "opening" and c.minute is not None)
    return next((c for c in clocks if any(word in c.subject.lower() for word in _SALE)), None)


def _peak_slots(hourly: Sum, peak: Peak | None) -> dict[str, str]:
    if peak is None:
        return {}
    return {"rush": peak.name, "rush_hour": format_number(hourly.value * peak.factor)}


def _money_slots(service: Service, hourly: Sum, peak: Peak | None, step: Step) -> dict[str, str]:
    """Money of an hour, usual and at the peak, from the average ticket; none where only a deposit or a fee is taken."""
    ticket = _price(service, step)
    if ticket is None:
        return {}
    amount, currency = ticket.value.amount * hourly.value, ticket.value.currency
    slots = {"money": _round(amount, currency).format(service.language)}
    if peak is not None:
        slots["rush_money"] = _round(amount * peak.factor, currency).format(service.language)
    return slots


def _price(service: Service, step: Step) -> Fact[Money] | None:
    """What an average case pays at the step: the ticket, unless the step takes a deposit or a fee."""
    ticket = service.ticket
    if ticket is None or ticket.assumed or _PART.search(f"{step.name} {step.source.text}"):
        return None
    return ticket


def _round(amount: float, currency: str) -> Money:
    """To four digits at most: an average is not known to the last coin."""
    size = 10 ** max(0, len(str(int(amount))) - 3)
    return Money(round(amount / size) * size, currency)


def _counts(service: Service, hourly: Sum, peak: Peak | None, step: Step, length: float = 24.0) -> list[Evidence]:
    """How many fall into 5 minutes, an hour and a day of `length` hours, usually and at the peak, and the money of an hour."""
    lang = service.language
    found: list[Evidence] = [Arithmetic(hourly.shown, span_counts(hourly.value, lang, length), hourly.sources)]
    if peak is not None:
        value = hourly.value * peak.factor
        found.append(
            Arithmetic(
                f"{format_number(hourly.value)}/h × {peak.shown} = {format_number(value)}/h",
                f"{peak.name}: {span_counts(value, lang, length)}",
                (*hourly.sources, peak.source),
            )
        )
    ticket = _price(service, step)
    if ticket is not None:
        top = peak.factor if peak else 1.0
        times = f" × {peak.shown}" if peak else ""
        total = _round(hourly.value * top * ticket.value.amount, ticket.value.currency).format(lang)
        found.append(
            Arithmetic(
                f"{format_number(hourly.value)}/h{times} × {ticket.value.format(lang)} = {total}/h",
                pick(lang, f"한 시간에 걸린 돈 {total}", f"{total} at stake in an hour"),
                (*hourly.sources, *((peak.source,) if peak else ()), ticket.source),
            )
        )
    return found


def _answering(service: Service, hourly: Sum, peak: Peak | None) -> list[Evidence]:
    """How many of those who stand there the desk can answer in an hour."""
    lang, people = service.language, [a for a in desk(service) if a.count is not None]
    count = sum(a.count.value for a in people if a.count)
    step = next((s for s in service.steps("answer") if s.minutes is not None), None)
    minutes = step.minutes.value if step and step.minutes else STEP_KINDS["answer"].minutes
    mark = "" if step and step.minutes and not step.minutes.assumed else "†"
    able = count * 60 / minutes
    coming = hourly.value * (peak.factor if peak else 1.0)
    if not count or able >= coming:
        return []
    name, shown = people[0].name, format_number(able)
    return [
        Arithmetic(
            f"{count} × 60 / {format_number(minutes)}{mark} min = {shown}/h < {format_number(coming)}/h",
            pick(
                lang,
                f"{josa(name, '이/가')} 한 시간에 받을 수 있는 것은 {shown}건",
                f"the {name} can take {shown} an hour",
            ),
            (*(a.count.source for a in people if a.count), *hourly.sources),
        )
    ]


def _unwatched(service: Service) -> list[Evidence]:
    """The longest time without anybody who could stop sales and answer."""
    hours, people = desk_hours(service), desk(service)
    gap = (~hours).longest() if hours is not None else None
    if gap is None:
        return []
    lang = service.language
    who = pick(lang, "·", ", ").join(a.name for a in people)
    needed = pick(lang, "장애를 알아채고 판매를 멈출 사람", "somebody who notices and stops sales")
    sources: tuple[Source, ...] = tuple(a.duty.source for a in people if a.duty)
    return [CalendarGap(who, format_span(gap, lang), (gap[1] - gap[0]) / 60, needed, sources)]


def _unseen(service: Service) -> Measured | None:
    hours = desk_hours(service)
    gap = (~hours).longest() if hours is not None else None
    if gap is None:
        return None
    length = (gap[1] - gap[0]) / 60
    unit = pick(service.language, "시간", " h")
    return Measured(length, f"{format_span(gap, service.language)}, {format_number(length)}{unit}")


def _ticket(service: Service, step: Step) -> Measured | None:
    ticket = _price(service, step)
    if ticket is None:
        return None
    words = ticket.value.format(service.language)
    return Measured(ticket.value.amount, pick(service.language, f"한 건 {words}", f"{words} a case"))


def _monthly(service: Service, hourly: Sum) -> Measured:
    away = outage_hours(service)
    cases = away.value * hourly.value
    lang = service.language
    return Measured(
        cases,
        pick(
            lang,
            f"한 달 {away.shown} 정지 × 시간당 {format_number(hourly.value)}건 = 월 {format_number(cases)}건",
            f"{away.shown} away a month × {format_number(hourly.value)}/h = {format_number(cases)} a month",
        ),
    )
