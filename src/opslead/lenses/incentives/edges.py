"""Edges with money on one side, and the clocks, grace periods and buttons that decide on which side a case falls."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import timedelta

from opslead.lenses.finding import Measured, find
from opslead.lenses.hole import Arithmetic, Evidence, Hole, Quotation
from opslead.lenses.worth import dagger, named, prepaid, stated, told, unique
from opslead.model.measure import Money, format_duration, format_share
from opslead.model.service import Clock, Exit, Fact, MoneyRule, Partner, Service, Step
from opslead.model.steps import Role
from opslead.text import pick

_KEPT = re.compile(r"otherwise|forfeit|\bkept\b|keep the|돌려주지|몰수|환불하지|반환하지|귀속", re.I)
_BEGINS = re.compile(r"start|begin|arriv|check[- ]?in|show up|plug|picked up|시작|도착|입실|체크인|수령|방문", re.I)
"""A sum is a forfeit of this lens only where it is kept because a use did not begin."""
_EVENT_SOURCES = ("network", "interface", "access", "device", "iot")
"""Kinds of partners whose messages tell when a use began."""
_ON_ARRIVAL = re.compile(r"도착|현장|arriv|on site|blocked|in the way|occupied|점유", re.I)
_EXCUSED = re.compile(
    r"(?:고장|점검|우리 사정|귀책).{0,15}(?:반환|환불|면제)|(?:fault|broken|our side).{0,30}(?:released|refund|waive)",
    re.I,
)
_PER_TIME = re.compile(r"per (?:minute|hour|day)|a (?:minute|hour|day)|분당|시간당|일당|하루당", re.I)
_MINUTES = {"minute": 1.0, "minutes": 1.0, "min": 1.0, "분": 1.0, "hour": 60.0, "hours": 60.0, "시간": 60.0}
_BORDERS: tuple[tuple[re.Pattern[str], tuple[str, ...]], ...] = (
    (re.compile(r"조리|제작|cook|prepar|production", re.I), ("make",)),
    (re.compile(r"접수|수락|accept", re.I), ("accept",)),
    (re.compile(r"출고|발송|배송|ship|dispatch", re.I), ("ship", "dispatch", "deliver")),
)
"""Words of a rung that ends with an event, and the steps that are this event."""


_BEFORE = re.compile(r"\s*(?:전까지|이전|전|까지)$|^(?:before|until|up to)\s+", re.I)


def _forfeit(service: Service) -> tuple[MoneyRule, Clock, Fact[Money], Fact[timedelta]] | None:
    """A sum that is lost unless something happens in time, with the clock of the same sentence."""
    for rule in service.money:
        if rule.amount is None or rule.kind not in ("preauthorization", "deposit", "fee", "penalty"):
            continue
        text = rule.source.text
        if not (_KEPT.search(text) and _BEGINS.search(text)) or not stated(rule.source):
            continue
        for item in service.clocks:
            if item.length and item.kind in ("deadline", "timeout", "window") and item.source.text == rule.source.text:
                return rule, item, rule.amount, item.length
    return None


def _late(service: Service, within: timedelta) -> tuple[Partner, Fact[timedelta]] | None:
    """A partner whose messages tell the time of the event, and how late they come at worst."""
    for partner in service.partners:
        delay = partner.worst or partner.latency
        if delay is not None and not delay.assumed and delay.value < within and partner.kind in _EVENT_SOURCES:
            return partner, delay
    return None


def edge_clock(service: Service) -> Iterator[Hole]:
    """Money hangs on a time that somebody else's clock tells late."""
    lang = service.language
    found = _forfeit(service)
    if found is None:
        return
    rule, item, amount, length = found
    late = _late(service, length.value)
    if late is None:
        return
    partner, delay = late
    window, behind = format_duration(length.value, lang), format_duration(delay.value, lang)
    share = format_share(round(delay.value / length.value, 3), lang)
    event = next((s for s in service.steps("start", "check_in") if s.within and s.within.value == length.value), None)
    sources = unique((rule.source, item.source, delay.source))
    evidence: list[Evidence] = [
        Arithmetic(
            f"{behind} / {window} = {share}",
            pick(
                lang, f"{window} 가운데 판정이 뒤집힐 수 있는 몫", f"of the {window} on which the late message decides"
            ),
            sources,
        ),
        Quotation(unique((rule.source, *((event.source,) if event else ())))),
    ]
    slots = {
        "sum": amount.value.format(lang), "window": window, "late": behind, "share": share, "partner": partner.name,
        "event": event.title(lang) if event else pick(lang, "시작 기록", "the start event"),
    }  # fmt: skip
    yield find(
        service,
        "incentives.edge_clock",
        item.kind,
        slots,
        tuple(evidence),
        loss=Measured(amount.value.amount, slots["sum"]),
    )


def cheap_claim(service: Service) -> Iterator[Hole]:
    """Booking just in case costs much less than the place would have earned."""
    lang = service.language
    found, ticket = _forfeit(service), service.ticket
    if found is None or ticket is None or prepaid(service) is not None:
        return
    rule, _, amount, _ = found
    if amount.value.currency != ticket.value.currency or amount.value.amount > 0.5 * ticket.value.amount:
        return
    share = format_share(round(amount.value.amount / ticket.value.amount, 2), lang)
    missed = Money(ticket.value.amount - amount.value.amount, ticket.value.currency)
    unused = service.rate("no_show")
    rate = format_share(unused.share.value, lang) if unused else ""
    subject = unused.subject if unused else ""
    yield find(
        service,
        "incentives.cheap_claim",
        rule.kind,
        {
            "sum": amount.value.format(lang), "share": share, "missed": missed.format(lang),
            **({"rate": rate, "subject": subject} if unused else {}),
        },
        (
            Arithmetic(
                f"{amount.value.format(lang)} / {ticket.value.format(lang)} = {share}",
                pick(lang, f"빈 자리 하나에 {missed.format(lang)} 부족", f"{missed.format(lang)} short for each empty place"),
                unique((rule.source, ticket.source, *((unused.source,) if unused else ()))),
            ),
        ),
        loss=Measured(missed.amount, missed.format(lang)),
    )  # fmt: skip


def forfeit_without_cause(service: Service) -> Iterator[Hole]:
    """The sum is kept whenever the use does not begin in time, also where the fault is ours or somebody else's."""
    lang = service.language
    found = _forfeit(service)
    if found is None:
        return
    rule, _, amount, length = found
    causes = [
        m for m in service.mentions if m.concept in ("equipment_fault", "blocking", "stockout") and _ON_ARRIVAL.search(m.source.text)
    ]  # fmt: skip
    if not causes or any(_EXCUSED.search(text) for text in told(service)):
        return
    listed = pick(lang, "·", ", ").join(dict.fromkeys(_cause(m.source.text) for m in causes))
    yield find(
        service,
        "incentives.forfeit_without_cause",
        rule.kind,
        {"sum": amount.value.format(lang), "window": format_duration(length.value, lang), "causes": listed},
        (Quotation(unique((rule.source, *(m.source for m in causes)))),),
        loss=Measured(amount.value.amount, amount.value.format(lang)),
    )


def _cause(text: str) -> str:
    return text.split(":")[-1].strip().rstrip(".")


def free_overstay(service: Service) -> Iterator[Hole]:
    """Whoever overstays pays nothing for longer than the next customer has before losing money."""
    lang = service.language
    found = _forfeit(service)
    fee = next(
        (m for m in service.money if m.kind in ("penalty", "fee") and m.amount and _PER_TIME.search(m.source.text)),
        None,
    )
    if found is None or fee is None or fee.amount is None:
        return
    rule, _, amount, length = found
    grace = next((c for c in service.clocks if c.length and c.source.text == fee.source.text), None)
    if grace is None or grace.length is None or grace.length.value <= length.value:
        return
    free, limit = format_duration(grace.length.value, lang), format_duration(length.value, lang)
    slots = {
        "free": free, "limit": limit, "sum": amount.value.format(lang), "fee": _per_time(fee.amount.value, fee.source.text, service),
        "gap": format_duration(grace.length.value - length.value, lang),
    }  # fmt: skip
    evidence: list[Evidence] = [
        Arithmetic(
            f"{free} - {limit} = {slots['gap']}",
            pick(lang, "앞사람은 무료인데 뒷사람은 잃는 시간", "free for the one in front while the next one loses"),
            unique((grace.source, rule.source)),
        )
    ]
    if window := _slot(service):
        minutes, source = window
        share = format_share(round(grace.length.value.total_seconds() / 60 / minutes, 2), lang)
        slots["of_window"] = share
        evidence.append(
            Arithmetic(
                pick(lang, f"{free} / {minutes:g}분 = {share}", f"{free} / {minutes:g} min = {share}"),
                pick(lang, "예약한 시간 가운데 공짜로 막히는 몫", "of the booked time that may be blocked for nothing"),
                unique((grace.source, source.source)),
            )
        )
    yield find(
        service,
        "incentives.free_overstay",
        grace.kind,
        slots,
        tuple(evidence),
        loss=Measured(amount.value.amount, slots["sum"]),
    )


def _per_time(amount: Money, text: str, service: Service) -> str:
    """The fee with its unit of time as the text writes it: `0.50 EUR a minute`, `분당 500원`."""
    found = _PER_TIME.search(text)
    unit, shown = found[0] if found else "", amount.format(service.language)
    return pick(service.language, f"{unit} {shown}", f"{shown} {unit}").strip()


def _slot(service: Service) -> tuple[float, Fact[float]] | None:
    """The length of what is booked, in minutes."""
    for item in service.limits:
        words = f"{item.subject} {item.source.text}".lower()
        if (
            item.unit in _MINUTES
            and item.bound == "exact"
            and re.search(r"window|slot|reserve|슬롯|예약", item.subject.lower() or words)
        ):
            return item.amount.value * _MINUTES[item.unit], item.amount
    return None


def payee_button(service: Service) -> Iterator[Hole]:
    """The customer's right to cancel ends with a button of the one who keeps the money."""
    lang = service.language
    for way in service.exits("cancel"):
        if not stated(way.source) or (way.by is not None and way.by.role is not Role.CUSTOMER):
            continue
        found = _button(service, way)
        if found is None:
            continue
        until, step, words = found
        after = _after(service, words)
        who = named(step.actor, lang) if step.actor else ""
        button = _BEFORE.sub("", until).strip() or step.known.label(lang)
        slots = {
            "who": who, "button": button, "until": until, "entry": button, "entry.actor": who,
            **({"after": after[0]} if after else {}),
        }  # fmt: skip
        quoted = unique((way.source, step.source, *((after[1].source,) if after else ())))
        evidence: list[Evidence] = [Quotation(quoted)]
        if after is not None:
            evidence.append(
                Arithmetic(
                    f"100% - {after[0]} = {after[2]}",
                    pick(lang, "버튼 하나로 옮겨 가는 금액의 몫", "of the price that the button moves"),
                    unique((after[1].source,)),
                )
            )
        yield find(service, "incentives.payee_button", way.id, slots, tuple(evidence))
        return


def _button(service: Service, way: Exit) -> tuple[str, Step, re.Pattern[str]] | None:
    """The event that ends the right to cancel, and the supplier's or worker's step that is this event."""
    for tier in way.tiers:
        for words, kinds in _BORDERS:
            if tier.before is not None or not words.search(tier.until):
                continue
            for step in service.steps(*kinds):
                if step.actor is not None and step.actor.role is Role.SUPPLIER and stated(step.source):
                    return tier.until, step, words
    return None


def _after(service: Service, words: re.Pattern[str]) -> tuple[str, MoneyRule, str] | None:
    """What is still paid back afterwards, if stated, and the share that is then kept."""
    shares = (m for m in service.money if m.kind == "refund" and m.share and m.share.value < 1)
    rule = next((m for m in shares if words.search(m.source.text)), None)
    if rule is None or rule.share is None:
        return None
    lang = service.language
    back, kept = format_share(rule.share.value, lang), format_share(1 - rule.share.value, lang)
    return dagger(back, assumed=rule.share.assumed), rule, kept
