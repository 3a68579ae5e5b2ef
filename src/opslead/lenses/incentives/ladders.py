"""What a refund ladder rewards: staying silent, moving the date first, waiting for the warning, standing at the edge."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from opslead.lenses.finding import Measured, find
from opslead.lenses.hole import Arithmetic, Evidence, Hole, Quotation
from opslead.lenses.incentives.payoffs import NO_SHOW, Rung, ladder
from opslead.lenses.worth import label, monthly, part_of, prepaid, stated, told, unique
from opslead.model.calendar import DAY, clock
from opslead.model.guardrails import GuardrailKind
from opslead.model.measure import Money, format_number, format_share
from opslead.model.service import Fact, Service, Source
from opslead.text import Lang, pick

_LATE = re.compile(
    r"(?:당일|임박|이후|늦게|\blater?\b|same day)[^.]{0,15}?(?:·|,|/|또는|및|\bor\b)[^.]{0,8}?(?:노쇼|no[- ]?show|not showing up)", re.I
)  # fmt: skip
"""A late cancellation and a no-show treated alike in one sentence."""
_SANCTION = re.compile(
    rf"(?:{NO_SHOW.pattern})[^.]{{0,25}}?(?:위약|페널티|패널티|벌점|경고|제한|정지|차단|부과|penalt|fee|charged?|block|suspend|ban)",
    re.I,
)
_WHOLE = re.compile(r"full (?:price|amount|rate|fare)|in full|전액|100\s?%", re.I)
"""A fee of the whole price is the ladder's zero in other words."""
_COUNTED = re.compile(
    r"자정|00:00|24:00|기준 시각|(?:체크인|입실|이용 시작).{0,6}기준|midnight|counted from|by check-?in time", re.I
)
_MOVE_FENCED = re.compile(
    r"(?:변경|이동|연기).{0,15}(?:불가|안 됩|안 된|최초|원래|처음)|(?:최초|원래) (?:예약|이용)일"
    r"|(?:reschedul|chang\w* (?:the )?date|move).{0,30}(?:not (?:allowed|possible)|original|count as)|original (?:date|booking)",
    re.I,
)


def silent_no_show(service: Service) -> Iterator[Hole]:
    """Telling late pays as little as not telling: the place stays empty until the hours of arrival are over."""
    found = _same_payoff(service)
    if found is None or _sanctioned(service):
        return
    what, evidence, sources = found
    lang = service.language
    slots = {"late": what}
    month, ticket = monthly(service, "no_show"), service.ticket
    if month is not None:
        slots["count"] = format_number(month[0].value)
        evidence.append(
            Arithmetic(
                month[0].shown,
                pick(lang, f"알리지 않고 비는 건 월 {slots['count']}건", f"{slots['count']} a month stay away untold"),
                unique(month[1]),
            )
        )
        if ticket is not None:
            worth = Money(round(month[0].value * ticket.value.amount), ticket.value.currency).format(lang)
            slots["worth"] = worth
            evidence.append(
                Arithmetic(
                    f"{slots['count']} × {ticket.value.format(lang)} = {worth}",
                    pick(
                        lang, "다시 팔 기회가 있던 금액, 월 최대", "that could have been sold again, at most, a month"
                    ),
                    unique((*month[1], ticket.source)),
                )
            )
    window = _arrivals(service)
    if window is not None:
        slots["close"] = window[0]
    yield find(
        service,
        "incentives.silent_no_show",
        sources[0],
        slots,
        tuple(evidence),
        loss=Measured(ticket.value.amount, ticket.value.format(lang)) if ticket else None,
        cases=month[0] if month else None,
        unseen=window[1] if window else None,
    )


def _sanctioned(service: Service) -> bool:
    """Whether staying away costs something that telling late does not: a fee, a mark, a block."""
    return any(_SANCTION.search(text) and not _LATE.search(text) and not _WHOLE.search(text) for text in told(service))


def _same_payoff(service: Service) -> tuple[str, list[Evidence], tuple[str]] | None:
    """What a late notice pays where not coming pays the same, with the evidence and the place."""
    lang = service.language
    steps = ladder(service, least=1)
    if steps is not None:
        last, gone = steps.last, steps.no_show
        if gone is None and last.share.value > 0:
            return None
        if gone is not None and gone[0].value != last.share.value:
            return None
        share = format_share(last.share.value, lang)
        evidence: list[Evidence] = [Quotation(unique((last.tier.source, *((gone[1],) if gone else ()))))]
        return pick(lang, f"환불 {share}", f"{share} back"), evidence, (steps.exit.id,)
    for rule in service.money:
        if rule.amount is not None and _LATE.search(rule.source.text) and NO_SHOW.search(rule.source.text):
            amount = rule.amount.value.format(lang)
            return pick(lang, f"{amount} 부담", f"a charge of {amount}"), [Quotation((rule.source,))], (rule.kind,)
    return None


def _arrivals(service: Service) -> tuple[str, Measured] | None:
    """When the hours of arrival end, and how many hours they last: so long the place is kept."""
    for step in service.steps("check_in", "start", "hand_over", "pick_up"):
        if step.when is None or step.when.assumed or not step.when.value.spans:
            continue
        start, end = step.when.value.spans[0]
        if 0 < end - start < 12 * 60:
            hours = (end - start) / 60
            lang = service.language
            shown = f"{clock(start)}~{clock(end)}" if lang == "ko" else f"{clock(start)}-{clock(end)}"
            unit = pick(lang, f"{format_number(hours)}시간", f"{format_number(hours)} h")
            return clock(end % DAY or DAY), Measured(hours, f"{shown} = {unit}")
    return None


def date_change(service: Service) -> Iterator[Hole]:
    """Moving the date first climbs the ladder again: a question unless changing the date is described."""
    lang = service.language
    steps, paid = ladder(service), prepaid(service)
    if steps is None or steps.best.share.value <= steps.last.share.value or _fenced(service):
        return
    best = steps.best
    low = [rung for rung in steps.rungs if rung.before < best.before and rung.share.value < best.share.value]
    moves: list[Source] = [step.source for step in service.steps("reschedule")]
    moves += [way.source for way in service.exits("reschedule")]
    move = next((source for source in moves if stated(source)), None)
    quoted = unique((*(rung.tier.source for rung in (best, *low)), *((move,) if move else ())))
    evidence: list[Evidence] = [Quotation(quoted)]
    loss: Measured | None = None
    top = next((rung for rung in reversed(low) if rung.before), low[-1])  # on the day itself few dates can be moved
    slots = {
        "ladder": ", ".join(f"{_when(r, lang)} {format_share(r.share.value, lang)}" for r in steps.rungs),
        "cancel": label(steps.exit.kind, lang),
        "best": format_share(best.share.value, lang),
        "worst": format_share(top.share.value, lang),
        "gain": format_share(best.share.value - top.share.value, lang),
    }
    if paid is not None:
        sums = [_gain(best, rung, paid, lang) for rung in low]
        evidence.append(
            Arithmetic(
                ", ".join(sums),
                pick(lang, "한 건에서 더 받는 돈", "gained in one case"),
                (paid.source, best.tier.source),
            )
        )
        gain = part_of(paid, best.share.value - top.share.value)
        slots["sum"] = gain.format(lang)
        loss = Measured(gain.amount, _gain(best, top, paid, lang))
    yield find(
        service, "incentives.date_change", steps.exit.id, slots, tuple(evidence), loss=loss, certain=move is not None
    )


def _fenced(service: Service) -> bool:
    """Whether the description says what a change of date does to the ladder, or forbids it."""
    kept = service.control(GuardrailKind.SNAPSHOT, "reschedule", "cancel")
    return kept is not None or any(_MOVE_FENCED.search(text) for text in told(service))


def _gain(best: Rung, rung: Rung, paid: Fact[Money], lang: Lang) -> str:
    more = part_of(paid, best.share.value - rung.share.value)
    return (
        f"{_when(rung, lang)}: ({format_share(best.share.value, lang)} - {format_share(rung.share.value, lang)})"
        f" × {paid.value.format(lang)} = {more.format(lang)}"
    )


def _when(rung: Rung, lang: Lang) -> str:
    days, hours = rung.before.days, rung.before.total_seconds() / 3600
    if not rung.before:
        return pick(lang, "당일", "on the day")
    if hours % 24 or rung.tier.until.endswith("h"):
        return pick(lang, f"{hours:g}시간 전", f"{hours:g} h before")
    return pick(lang, f"{days}일 전", f"{days} day{'s' if days != 1 else ''} before")


def early_notice_loses(service: Service) -> Iterator[Hole]:
    """An event that people see coming pays everything back, but only to those who wait for it."""
    lang = service.language
    steps, paid = ladder(service), prepaid(service)
    if steps is None or steps.event is None:
        return
    share, tier = steps.event
    worse = [rung for rung in steps.rungs if rung.share.value < share.value]
    if not worse:
        return
    quoted = Quotation(unique((tier.source, *(rung.tier.source for rung in worse))))
    evidence: list[Evidence] = [quoted]
    loss: Measured | None = None
    early = next((rung for rung in reversed(worse) if rung.before), worse[-1])
    slots = {
        "event": tier.until,
        "event_share": format_share(share.value, lang),
        "early": _when(early, lang),
        "early_share": format_share(early.share.value, lang),
    }
    if paid is not None:
        lost = part_of(paid, share.value - early.share.value)
        sums = ", ".join(
            f"{_when(r, lang)}: ({format_share(share.value, lang)} - {format_share(r.share.value, lang)})"
            f" × {paid.value.format(lang)} = {part_of(paid, share.value - r.share.value).format(lang)}"
            for r in worse
        )
        evidence.append(
            Arithmetic(
                sums,
                pick(lang, "먼저 알린 사람이 덜 받는 돈", "less for those who tell early"),
                unique((paid.source, tier.source)),
            )
        )
        slots["lost"] = lost.format(lang)
        loss = Measured(lost.amount, slots["lost"])
        if whole := _all_sold(service, paid):
            slots["exposed"], arithmetic = whole
            evidence.append(arithmetic)
    yield find(service, "incentives.early_notice_loses", steps.exit.id, slots, tuple(evidence), loss=loss)


def _all_sold(service: Service, paid: Fact[Money]) -> tuple[str, Arithmetic] | None:
    """What one night on which everybody waits pays back: units × the highest stated occupancy × what was paid."""
    lang = service.language
    unit = next((r for r in service.resources if r.capacity and r.physical and r.perishable), None)
    full = max((r for r in service.rates if r.kind == "occupancy"), key=lambda r: r.share.value, default=None)
    if unit is None or unit.capacity is None or full is None:
        return None
    total = Money(round(unit.capacity.value * full.share.value * paid.value.amount), paid.value.currency).format(lang)
    formula = f"{format_number(unit.capacity.value)} × {format_share(full.share.value, lang)} × {paid.value.format(lang)} = {total}"
    result = pick(lang, "가장 찬 날 하루에 나가는 환불", "paid back for the fullest day")
    return total, Arithmetic(formula, result, unique((unit.capacity.source, full.share.source, paid.source)))


def ladder_edge(service: Service) -> Iterator[Hole]:
    """Rungs counted in days: at which minute one becomes the next is not said, and the largest step is at stake."""
    lang = service.language
    steps, paid = ladder(service), prepaid(service)
    if steps is None or paid is None:
        return
    dated = [r for r in steps.rungs if r.tier.until.startswith("D-") and ":" not in r.tier.until]
    pairs = [(a, b) for a, b in pairwise(dated) if a.share.value > b.share.value]
    if not pairs or any(_COUNTED.search(text) for text in told(service)):
        return
    upper, lower = max(pairs, key=lambda p: (p[0].share.value - p[1].share.value, p[0].before))
    begin = next((c for c in service.clocks if c.kind == "opening" and c.minute and _of_use(service, c.subject)), None)
    if begin is None or begin.minute is None or not begin.minute.value:
        return
    gap = upper.share.value - lower.share.value
    stake = part_of(paid, gap)
    hours = format_number(begin.minute.value / 60)
    slots = {
        "edge": _when(upper, lang), "sum": stake.format(lang), "hours": hours, "start": clock(begin.minute.value),
        "upper": format_share(upper.share.value, lang), "lower": format_share(lower.share.value, lang),
    }  # fmt: skip
    sources: tuple[Source, ...] = unique((upper.tier.source, lower.tier.source, begin.minute.source, paid.source))
    yield find(
        service,
        "incentives.ladder_edge",
        steps.exit.id,
        slots,
        (
            Arithmetic(
                f"({slots['upper']} - {slots['lower']}) × {paid.value.format(lang)} = {slots['sum']}",
                pick(lang, "한 칸에 걸린 돈", "at stake on one step"),
                sources,
            ),
            Arithmetic(
                f"{slots['start']} - 00:00 = {hours}",
                pick(lang, f"두 해석이 갈리는 {hours}시간", f"{hours} h on which the readings differ"),
                sources,
            ),
        ),
        loss=Measured(stake.amount, slots["sum"]),
    )


def _of_use(service: Service, subject: str) -> bool:
    """Whether a clock speaks of the beginning of the use."""
    names = [s.name for s in service.steps("check_in", "start")]
    words = ("입실", "체크인", "check-in", "check in", "arrival", "입장", "시작")
    return any(word in subject.lower() for word in words) or any(name and name in subject for name in names)
