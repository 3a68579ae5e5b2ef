"""Several channels selling the same units, one of which tells the others late: how long, how many, how likely on a full day."""

from __future__ import annotations

import re
from collections.abc import Iterator

from opslead.lenses.finding import Measured, find
from opslead.lenses.handoffs.batches import channel_share, lines_a_day
from opslead.lenses.handoffs.entries import LateEntry, late_entries, media
from opslead.lenses.hole import Arithmetic, Evidence, Hole, Quotation
from opslead.model.calendar import DAY, clock
from opslead.model.guardrails import GuardrailKind
from opslead.model.measure import format_number
from opslead.model.service import Basis, Channel, Fact, Resource, Service, Source
from opslead.text import pick


def double_sale(service: Service) -> Iterator[Hole]:
    """A channel whose sales stand on paper until a time of day, while the others sell on."""
    if service.control(GuardrailKind.EXCLUSIVE, "hold", "request", "record", "sync", "confirm"):
        return
    for entry in late_entries(service):
        others = [c for c in service.channels if c is not entry.channel]
        unit = _unit(service)
        if entry.channel is not None and others and (unit is not None or _chosen(service)):
            yield _hole(service, entry, others, unit)
            return


def _unit(service: Service) -> Resource | None:
    """What all channels sell: the resource of the longest flow if it is worth nothing once its time is over."""
    flow = max(service.flows, key=lambda f: len(f.steps), default=None)
    booked = [f.resource for f in service.flows if f.resource and {"hold", "request"} & {s.kind for s in f.steps}]
    wanted = ([flow.resource] if flow and flow.resource else []) + booked
    return next((r for r in wanted if r.perishable), None)


def _chosen(service: Service) -> bool:
    """Whether a customer picks one place or time that is then kept for them: what others cannot have too."""
    return any(s.source.basis is Basis.GIVEN for s in service.steps("hold"))


def full_share(service: Service) -> tuple[str, Fact[float]] | None:
    """The highest stated occupancy with the words of its time (`성수기 주말 점유율`)."""
    rates = [r for r in service.rates if r.kind == "occupancy" and not r.share.assumed and 0 < r.share.value < 1]
    if rates:
        best = max(rates, key=lambda r: r.share.value)
        return best.subject, best.share
    seasons = [(s.name, s.occupancy) for s in service.seasons if s.occupancy and 0 < s.occupancy.value < 1]
    return max(seasons, key=lambda pair: pair[1].value, default=None)


def _hole(service: Service, entry: LateEntry, others: list[Channel], unit: Resource | None) -> Hole:
    assert entry.channel is not None
    lang = service.language
    blind, start = _blind(entry)
    slots = {
        "slow": entry.channel.name,
        "others": pick(lang, "·", ", ").join(c.name for c in others),
        "medium": media(entry, lang),
        "at": entry.at,
        "from": start,
        "hours": format_number(blind),
        "oldest": format_number(entry.oldest_hours),
        "unit": unit.name if unit else pick(lang, "자리", "place"),
    }
    if slots["oldest"] != slots["hours"]:
        slots["later"] = slots["oldest"]
    evidence: list[Evidence] = [Quotation((entry.source,))]
    duty = tuple(a.duty.source for a in entry.writers if a.duty)
    evidence.append(
        Arithmetic(
            f"{entry.at} - {start}",
            pick(lang, f"{slots['hours']}시간", f"{slots['hours']} h"),
            (entry.source, *duty),
        )
    )
    evidence += _on_a_full_day(service, unit, slots)
    evidence += _meanwhile(service, entry, slots)
    loss = None
    if service.ticket is not None and not service.ticket.assumed:
        price = service.ticket.value.format(lang)
        loss = Measured(
            service.ticket.value.amount,
            pick(lang, f"돌려줄 돈만 평균 {price}", f"{price} to pay back on average, without making good"),
        )
    return find(service, "truth.double_sale", entry.place, slots, tuple(evidence), loss=loss)


def _blind(entry: LateEntry) -> tuple[float, str]:
    """Hours from the start of the first shift of the day to the entry, and that start; a whole day where nobody starts before."""
    moment = entry.moments[0] % DAY
    starts = [
        start % DAY
        for actor in entry.writers
        if actor.duty
        for start, end in actor.duty.value.stretches()
        if end - start < DAY and start % DAY < moment
    ]
    return ((moment - min(starts)) / 60, clock(min(starts))) if starts else (24.0, entry.at)


def _on_a_full_day(service: Service, unit: Resource | None, slots: dict[str, str]) -> Iterator[Evidence]:
    """How many units are shown free on the fullest days, with the promised one among them: the next sale takes it with 1 in n."""
    full = full_share(service)
    if full is None or unit is None or unit.capacity is None or unit.capacity.assumed:
        return
    lang, (name, share) = service.language, full
    free = unit.capacity.value * (1 - share.value)
    shown = free + 1
    slots["when"] = re.sub(r"\s*(?:점유율|가동률|occupancy(?: rate)?)", "", name).strip() or name
    slots["full"] = f"{share.value:.0%}"
    slots["shown"] = format_number(shown)
    slots["chance"] = f"{1 / shown:.0%}"
    yield Arithmetic(
        f"{format_number(unit.capacity.value)} × (1 - {share.value:.0%}) + 1 = {format_number(shown)}, 1 / {format_number(shown)}",
        pick(
            lang,
            f"같은 날짜의 다음 한 건이 그 {unit.name}에 걸릴 확률 {slots['chance']}(고르게 고른다고 보면†)",
            f"{slots['chance']} that the next sale of that date takes it (all chosen equally often†)",
        ),
        (unit.capacity.source, share.source),
    )


def _meanwhile(service: Service, entry: LateEntry, slots: dict[str, str]) -> Iterator[Evidence]:
    """What stands on paper at any moment and what the others sell in the mean wait, where the channel's share is stated."""
    lines, cases = lines_a_day(entry, service), service.cases_per_day
    stated = channel_share(entry.channel, service)
    if lines is None or cases is None or stated is None:
        yield from _at_least(service, entry, slots)
        return
    lang, mean = service.language, entry.mean_hours
    dagger = "†" if entry.assumed or entry.round_the_clock else ""
    waiting, sold = lines[0] * mean / 24, (cases.value - lines[0]) * mean / 24
    slots["mean"] = format_number(mean) + pick(lang, "시간", " h") + dagger
    slots["waiting"], slots["sold"] = format_number(round(waiting)), format_number(round(sold))
    share = stated.value
    yield Arithmetic(
        pick(
            lang,
            f"하루 {format_number(cases.value)}건 × {share:.0%} × 평균 {slots['mean']} / 24",
            f"{format_number(cases.value)} a day × {share:.0%} × {slots['mean']} on average / 24",
        ),
        pick(lang, f"늘 {slots['waiting']}건이 장부에만 있다", f"{slots['waiting']} at any moment stand there only"),
        lines[1],
    )
    yield Arithmetic(
        pick(
            lang,
            f"하루 {format_number(cases.value)}건 × {1 - share:.0%} × {slots['mean']} / 24",
            f"{format_number(cases.value)} a day × {1 - share:.0%} × {slots['mean']} / 24",
        ),
        pick(lang, f"그사이 다른 채널이 {slots['sold']}건을 판다", f"the others sell {slots['sold']} meanwhile"),
        lines[1],
    )


def _at_least(service: Service, entry: LateEntry, slots: dict[str, str]) -> Iterator[Evidence]:
    """What the channels whose share is stated sell alone in the blind hours, where the slow channel's own share is unknown."""
    cases, lang = service.cases_per_day, service.language
    known = [c for c in service.channels if c is not entry.channel and c.share is not None and not c.share.assumed]
    if cases is None or cases.assumed or not known:
        return
    share = sum(c.share.value for c in known if c.share)
    sold = cases.value * share * _blind(entry)[0] / 24
    if share >= 1 or sold < 1:
        return
    slots["known"], slots["least"] = pick(lang, "·", ", ").join(c.name for c in known), format_number(round(sold))
    yield Arithmetic(
        pick(
            lang,
            f"하루 {format_number(cases.value)}건 × {share:.0%} × {slots['hours']}시간 / 24",
            f"{format_number(cases.value)} a day × {share:.0%} × {slots['hours']} h / 24",
        ),
        pick(lang, f"{slots['known']}만 해도 {slots['least']}건", f"{slots['least']} by {slots['known']} alone"),
        (cases.source, *(c.share.source for c in known if c.share)),
    )


_STAYS = re.compile(
    r"\buntil (?:somebody|someone|staff|we|an employee)\b.*\b(?:remov|tak|delet|clos)\w*|직접 (?:내리|내려|삭제)|일일이 (?:내리|내려|삭제)|손으로 내[리려]",
    re.I,
)
_WEEKEND = re.compile(r"weekends?\b.*\bmonday|주말.*월요일", re.I)


def listed_after_sale(service: Service) -> Iterator[Hole]:
    """A single thing sold in one place and still offered in others until somebody takes it down, on Monday after a weekend."""
    said = next((r.source for r in service.rules if _STAYS.search(r.text) and _WEEKEND.search(r.text)), None)
    if said is None or len(service.channels) < 2 or service.control(GuardrailKind.EXCLUSIVE, "list", "sync", "charge"):
        return
    lang = service.language
    mondays = [
        (start, actor)
        for actor in service.people
        if actor.duty and not actor.duty.assumed
        for start, _ in actor.duty.value.stretches()
        if start < DAY
    ]
    if not mondays:
        return
    start, first = min(mondays, key=lambda pair: (pair[0], pair[1].id))
    hours = format_number(48 + start / 60)
    names = pick(lang, "·", ", ").join(c.name for c in service.channels)
    slots = {"channels_named": names, "slow": service.channels[-1].name, "hours": hours, "at": clock(start)}
    sums = Arithmetic(
        pick(
            lang,
            f"토 00:00 ~ 월 {clock(start)}(가장 이른 출근: {first.name})",
            f"Sat 00:00 to Mon {clock(start)} (first on duty: {first.name})",
        ),
        pick(lang, f"{hours}시간", f"{hours} h"),
        (said, *_source(first.duty)),
    )
    loss = None
    if service.ticket is not None and not service.ticket.assumed:
        price = service.ticket.value.format(lang)
        loss = Measured(service.ticket.value.amount, pick(lang, f"한 건 평균 {price}", f"{price} each on average"))
    yield find(service, "truth.listed_after_sale", "channels", slots, (Quotation((said,)), sums), loss=loss)


def _source(fact: Fact[object] | None) -> tuple[Source, ...]:
    return () if fact is None else (fact.source,)
