"""Limits up to which one person decides alone: what they let through, how they are walked around, where there is none."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from dataclasses import dataclass

from opslead.lenses.finding import Measured, find
from opslead.lenses.hole import Arithmetic, Hole, Quotation
from opslead.lenses.worth import dagger, label, monthly, named, second_person, stated, told, unique
from opslead.model.guardrails import GuardrailKind
from opslead.model.measure import Money, format_number, format_share
from opslead.model.service import Actor, Fact, Service, Source
from opslead.model.steps import STEP_KINDS
from opslead.quantities.lognormal import normal_cdf
from opslead.quantities.two_person import SEEN_BY_TWO, SPREAD, sigma_of
from opslead.text import pick

_LEAST_OF_DAY = 0.05
"""Share of a day's revenue that one shift must be able to give away before it is worth a finding."""
_MONEY_OUT = ("refund", "compensate", "adjust", "issue", "payout")
_OWNER = re.compile(r"owner|founder|대표|사장|점주|본부장|\bhead\b|director|analyst", re.I)
_TOTALS = re.compile(
    r"(?:하루|일일|월간|누적|1일|한 사람당|per day|a day|daily|per shift|monthly|cumulative)\D{0,20}(?:한도|합계|상한|limit|cap|total)"
    r"|(?:한도|합계|상한|limit|cap|total)\D{0,12}(?:하루|일일|누적|per day|a day|daily)",
    re.I,
)
_BOUNDED = re.compile(r"한도|까지|이하|limit|up to|within|승인을 받|approv", re.I)


@dataclass(frozen=True)
class Power:
    """What one actor may give away alone, up to a stated limit a case."""

    actor: Actor
    action: str
    limit: Fact[Money]
    source: Source


def _powers(service: Service) -> Iterator[Power]:
    for actor in service.people:
        for authority in actor.authority:
            if authority.limit is not None and authority.per not in ("day", "month"):
                yield Power(actor, authority.action, authority.limit, authority.source)
    for rule in service.money:  # `보상은 고객센터가 건당 10만원까지 바로 처리`: told as a rule of money
        if rule.kind == "compensation" and rule.amount and _BOUNDED.search(rule.source.text):
            for actor in service.people:
                known = actor.limit_for("compensate") is None and "compensate" in actor.does
                if known and actor.name in rule.source.text:
                    yield Power(actor, "compensate", rule.amount, rule.source)


def _ticket(service: Service, power: Power) -> Fact[Money] | None:
    """The average ticket in the limit's currency."""
    ticket = service.ticket
    same = ticket is not None and ticket.value.amount > 0 and ticket.value.currency == power.limit.value.currency
    return ticket if same else None


def within_limit(ratio: float, spread: float = SPREAD) -> float:
    """The share of lognormal amounts that lie within `ratio` times their mean.

    With sigma² = ln(1 + cv²): P(X <= r · mean) = Phi((ln r + sigma²/2) / sigma).
    """
    sigma = sigma_of(spread)
    return normal_cdf(math.log(ratio) / sigma + sigma / 2)


def limit_blind(service: Service) -> Iterator[Hole]:
    """A limit that lets more through than the computed sum for two people: fewer cases than one in twenty exceed it."""
    lang = service.language
    for power in _powers(service):
        ticket = _ticket(service, power)
        if ticket is None or power.action != "refund" or power.limit.value.amount <= ticket.value.amount:
            continue
        ratio = power.limit.value.amount / ticket.value.amount
        share = within_limit(ratio)
        if 1 - share >= SEEN_BY_TWO or second_person(service, power.action, "approve"):
            continue
        limit, average, times = power.limit.value.format(lang), ticket.value.format(lang), format_number(ratio)
        inside, rest = f"{share:.0%}", f"{1 - share:.0%}"
        sources = unique((power.limit.source, ticket.source))
        spread = f"{SPREAD}†"
        slots = {
            "who": named(power.actor, lang), "work": label(power.action, lang), "limit": limit, "ratio": times,
            "share": inside, "rest": rest, "spread": spread,
        }  # fmt: skip
        yield find(
            service,
            "authority.limit_blind",
            f"{power.actor.id}-{power.action}",
            slots,
            (
                Arithmetic(
                    f"{limit} / {average} = {times}",
                    pick(lang, f"평균의 {times}배", f"{times} times the average"),
                    sources,
                ),
                Arithmetic(
                    _share_sum(ratio),
                    pick(
                        lang,
                        f"{inside}가 한도 안(변동계수 {spread}인 로그정규분포)",
                        f"{inside} lie within the limit (lognormal, coefficient of variation {spread})",
                    ),
                    sources,
                ),
            ),
            loss=Measured(ticket.value.amount, pick(lang, f"한 건 평균 {average}", f"{average} in an average case")),
            cases=_passing(service, share, inside),
        )


def _share_sum(ratio: float) -> str:
    sigma = sigma_of(SPREAD)
    z = math.log(ratio) / sigma + sigma / 2
    return f"Φ((ln {ratio:.2f} + {sigma * sigma:.3f}/2) / {sigma:.3f}) = Φ({z:.2f})"


def _passing(service: Service, share: float, inside: str) -> Measured | None:
    """Cancellations a month whose refund one person decides."""
    found = monthly(service, "cancel")
    if found is None:
        return None
    count = found[0].value * share
    sum_ = f"{found[0].shown}, × {inside} = {format_number(count)}"
    return Measured(count, sum_)


def limit_above_prices(service: Service) -> Iterator[Hole]:
    """No average is known, and the limit lies above every sum that the description names: nothing ever exceeds it."""
    lang = service.language
    for power in _powers(service):
        if service.ticket is not None or power.action != "refund":
            continue
        sums = [
            rule
            for rule in service.money
            if rule.amount and rule.kind in ("price", "deposit", "fee", "subscription", "preauthorization", "penalty")
            and rule.amount.value.currency == power.limit.value.currency
        ]  # fmt: skip
        if not sums or max(r.amount.value.amount for r in sums if r.amount) >= power.limit.value.amount:
            continue
        largest = max(sums, key=lambda rule: rule.amount.value.amount if rule.amount else 0)
        if largest.amount is None or sum(r.source.text == power.source.text for r in sums):
            continue
        limit, top = power.limit.value.format(lang), largest.amount.value.format(lang)
        yield find(
            service,
            "authority.limit_above_prices",
            f"{power.actor.id}-{power.action}",
            {"who": named(power.actor, lang), "work": label(power.action, lang), "limit": limit, "top": top},
            (
                Arithmetic(
                    f"{limit} > {top}",
                    pick(lang, f"적힌 금액 가운데 가장 큰 것이 {top}", f"{top} is the largest sum that is named"),
                    unique((power.limit.source, *(rule.source for rule in sums))),
                ),
            ),
        )


def limit_split(service: Service) -> Iterator[Hole]:
    """A limit below the average case, a refund at a time: how many make a whole case."""
    lang = service.language
    for power in _powers(service):
        ticket = _ticket(service, power)
        if ticket is None or power.action not in ("refund", "compensate") or _has_total(service, power.action):
            continue
        if power.limit.value.amount >= ticket.value.amount:
            continue
        parts = math.ceil(ticket.value.amount / power.limit.value.amount)
        limit, average = power.limit.value.format(lang), ticket.value.format(lang)
        above = next(
            (
                named(a, lang)
                for a in service.people
                if a is not power.actor and (found := a.limit_for(power.action)) and found.limit is None
            ),
            pick(lang, "위의 승인자", "anybody above"),
        )
        yield find(
            service,
            "authority.limit_split",
            f"{power.actor.id}-{power.action}",
            {
                "who": named(power.actor, lang), "work": label(power.action, lang), "limit": limit,
                "parts": str(parts), "above": above,
            },
            (
                Arithmetic(
                    f"{average} / {limit} = {ticket.value.amount / power.limit.value.amount:.1f}",
                    pick(lang, f"{parts}번이면 한 건 전액", f"{parts} times make a whole case"),
                    unique((power.limit.source, ticket.source)),
                ),
            ),
            loss=Measured(ticket.value.amount, average),
        )  # fmt: skip


def no_total(service: Service) -> Iterator[Hole]:
    """A limit a case and none a day: what one person can give away in one shift."""
    lang = service.language
    cases = service.cases_per_day
    for power in _powers(service):
        ticket = _ticket(service, power)
        if ticket is None or cases is None or power.action not in STEP_KINDS or _has_total(service, power.action):
            continue
        hours, assumed = _shift(power.actor)
        minutes = STEP_KINDS[power.action].minutes or STEP_KINDS["refund"].minutes
        count = math.floor(hours * 60 / minutes)
        each = power.limit.value
        if power.action == "refund" and each.amount > ticket.value.amount:
            each = ticket.value  # nobody is paid back more than was paid
        total, day = Money(count * each.amount, each.currency), cases.value * ticket.value.amount
        if total.amount < _LEAST_OF_DAY * day:
            continue
        length = dagger(format_number(hours), assumed=assumed)
        share = format_share(round(total.amount / day, 2), lang)
        sources = unique((power.limit.source, ticket.source, cases.source))
        slots = {
            "who": named(power.actor, lang), "work": label(power.action, lang), "limit": power.limit.value.format(lang),
            "hours": length, "count": str(count), "minutes": pick(lang, f"{minutes:g}분†", f"{minutes:g} min†"), "each": each.format(lang),
            "total": total.format(lang), "share": share,
        }  # fmt: skip
        yield find(
            service,
            "authority.no_total",
            f"{power.actor.id}-{power.action}",
            slots,
            (
                Arithmetic(
                    pick(
                        lang,
                        f"{length}시간 × 60 / {minutes:g}분† × {each.format(lang)} = {total.format(lang)}",
                        f"{length} h × 60 / {minutes:g} min† × {each.format(lang)} = {total.format(lang)}",
                    ),
                    pick(lang, f"하루 매출의 {share}", f"{share} of a day's revenue"),
                    sources,
                ),
            ),
            loss=Measured(
                total.amount,
                pick(lang, f"한 근무에 최대 {total.format(lang)}", f"up to {total.format(lang)} in one shift"),
            ),
        )


def _shift(actor: Actor) -> tuple[float, bool]:
    """Hours of one person's shift, and whether they are a starting value: unknown, or a desk that never closes."""
    longest = actor.duty.value.longest() if actor.duty and not actor.duty.assumed else None
    hours = (longest[1] - longest[0]) / 60 if longest else 0
    return (hours, False) if 0 < hours <= 14 else (8, True)


def _has_total(service: Service, action: str) -> bool:
    """Whether a sum a day, a person or a case over time is stated."""
    if any(a.limit and a.per in ("day", "month") for actor in service.people for a in actor.authority):
        return True
    return (
        any(_TOTALS.search(text) for text in told(service)) or service.control(GuardrailKind.LIMIT, action) is not None
    )


def no_limit(service: Service) -> Iterator[Hole]:
    """Somebody may give money away or change sums, and neither a sum nor a second person is stated: one hole for all."""
    lang = service.language
    found = [
        (actor, power)
        for actor in service.people
        if not _OWNER.search(actor.name)
        for power in actor.authority
        if power.limit is None
        and power.action in _MONEY_OUT
        and stated(power.source)
        and not _BOUNDED.search(power.source.text)
        and not _above_others(service, actor, power.action)
        and not second_person(service, power.action)
        and not any(service.control(k, power.action) for k in (GuardrailKind.LIMIT, GuardrailKind.COMPENSATE))
    ]
    if not found:
        return
    joint = pick(lang, "·", " and ")
    yield find(
        service,
        "authority.no_limit",
        f"{found[0][0].id}-{found[0][1].action}",
        {
            "who": joint.join(dict.fromkeys(named(actor, lang) for actor, _ in found)),
            "work": joint.join(dict.fromkeys(label(power.action, lang) for _, power in found)),
        },
        (Quotation(unique(power.source for _, power in found)),),
    )


def _above_others(service: Service, actor: Actor, action: str) -> bool:
    """Whether somebody else decides the same up to a limit: then this one is the step above."""
    powers = (p for a in service.people if a is not actor for p in a.authority)
    return any(power.action == action and power.limit is not None for power in powers)
