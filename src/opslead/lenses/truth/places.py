"""Who is really where: changes made on the spot, people who come without a booking, people whose leaving nobody records."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import timedelta

from opslead.lenses.finding import Measured, find
from opslead.lenses.handoffs.words import named
from opslead.lenses.hole import Arithmetic, CalendarGap, Evidence, Hole, Quotation
from opslead.lenses.people import attended, headcount, performers, stated_performers
from opslead.lenses.truth.channels import full_share
from opslead.model.calendar import WEEK, WeekHours, clock, format_hours, format_span
from opslead.model.guardrails import GuardrailKind
from opslead.model.measure import format_duration, format_number
from opslead.model.service import Actor, Basis, Fact, Limit, Resource, Service, Source, Step
from opslead.model.steps import Role
from opslead.text import pick

_RECORDED = re.compile(
    r"기록|시스템|전산|앱(?:에서|으로|에)|화면|단말|남긴|입력|record|system|in the app|log(?:s|ged)?\b|enter|register|screen|update",
    re.I,
)
_ARRIVALS = ("check_in", "hand_over", "start")


def unrecorded_change(service: Service) -> Iterator[Hole]:
    """A unit changed by hand where the customer stands, without a word that the record changes with it."""
    kinds = (GuardrailKind.FENCE, GuardrailKind.EXCLUSIVE, GuardrailKind.BIND_IDENTITY, GuardrailKind.COUNT)
    if any(service.control(kind, "transfer") for kind in kinds):
        return
    for flow in service.flows:
        for index, step in enumerate(flow.steps):
            if step.kind != "transfer" or not step.manual or step.source.basis is not Basis.GIVEN:
                continue
            after = {s.kind for s in flow.steps[index + 1 :]}
            people = [a for a in stated_performers(service, "transfer", step) if a.role is not Role.CUSTOMER]
            if not people or after & {"record", "sync", "confirm", "assign"} or _RECORDED.search(step.source.text):
                continue
            hole = _changed(service, step, tuple(people))
            if hole is not None:
                yield hole
                return


def _changed(service: Service, step: Step, people: tuple[Actor, ...]) -> Hole | None:
    lang, unit = service.language, _sized(service)
    arrival = next((s for s in service.steps(*_ARRIVALS) if s.when and not s.when.assumed), None)
    slots = {"who": _base(people[0]), "work": named(step, lang), "place": named(step, lang)}
    evidence: list[Evidence] = [Quotation((step.source,))]
    unseen = None
    if unit is not None:
        evidence += _room(service, unit, slots)
    if arrival is not None and arrival.when is not None:
        start, end = arrival.when.value.spans[0]
        slots["arrival"] = format_hours(arrival.when.value, lang)
        evidence += _who_meets_it(service, people, arrival, end, slots)
        unseen = Measured(
            24.0,
            pick(
                lang,
                f"{clock(start)}에 바꾼 것은 다음 날 {clock(start)} 도착까지 24시간",
                f"24 h from {clock(start)} to the next day’s {clock(start)}",
            ),
        )
    if unseen is None and len(evidence) == 1:
        return None
    return find(service, "truth.unrecorded_change", step.id, slots, tuple(evidence), unseen=unseen)


def _sized(service: Service) -> Resource | None:
    return next((r for r in service.resources if r.physical and r.capacity and not r.capacity.assumed), None)


def _room(service: Service, unit: Resource, slots: dict[str, str]) -> Iterator[Evidence]:
    """How many units are free on the fullest days, in all and at each site."""
    full = full_share(service)
    if full is None or unit.capacity is None:
        return
    lang, (name, share) = service.language, full
    sites = service.sites.value if service.sites and not service.sites.assumed and service.sites.value > 1 else 1
    free = unit.capacity.value * (1 - share.value)
    slots["unit"] = unit.name
    slots["when"] = re.sub(r"\s*(?:점유율|가동률|occupancy(?: rate)?)", "", name).strip() or name
    slots["full"], slots["free"] = f"{share.value:.0%}", f"{free / sites:.1f}"
    shown = f"{format_number(unit.capacity.value)} × (1 - {share.value:.0%})" + (f" / {sites}" if sites > 1 else "")
    where = pick(lang, "곳당 " if sites > 1 else "", " at each site" if sites > 1 else "")
    yield Arithmetic(
        shown,
        pick(lang, f"{where}빈 {unit.name} {slots['free']}개", f"{slots['free']} free{where}"),
        (unit.capacity.source, share.source, *((service.sites.source,) if sites > 1 and service.sites else ())),
    )


def _who_meets_it(
    service: Service, people: tuple[Actor, ...], arrival: Step, end: int, slots: dict[str, str]
) -> Iterator[Evidence]:
    """How many stand there at the end of the arrival hours, what they may decide, and since when the office is away."""
    lang = service.language
    spot = performers(service, arrival.kind, arrival)
    slots["last"] = clock(end)
    slots["there"] = format_number(headcount(spot, end - 1))
    if all(not a.authority for a in people):
        slots["decider"] = _base(people[0])
    office = [a for a in service.people if a.role is Role.STAFF and a.authority and a.duty and not a.duty.assumed]
    hours = attended(tuple(office))
    away = (~hours).longest() if hours else None
    if hours is None or not hours.minutes or away is None or not office:
        return
    gap = format_span(away, lang)
    late = arrival.when.value - hours if arrival.when else WeekHours(())
    share = late.minutes / arrival.when.value.minutes if arrival.when else 0
    uncovered = f"{share:.0%}"
    if late.minutes:
        slots |= {"office": office[0].name, "uncovered": uncovered}
    yield CalendarGap(
        office[0].name,
        gap,
        (away[1] - away[0]) / 60,
        pick(lang, f"도착({slots['arrival']}) 뒤의 보상·대체 결정", f"a decision after arrival ({slots['arrival']})"),
        tuple(a.duty.source for a in office if a.duty),
    )
    if arrival.when and late.minutes:
        yield Arithmetic(
            pick(
                lang,
                f"도착 시간 중 {office[0].name} 부재 {format_number(late.hours)}시간 / {format_number(arrival.when.value.hours)}시간(주)",
                f"{format_number(late.hours)} of {format_number(arrival.when.value.hours)} arrival hours a week without the {office[0].name}",
            ),
            uncovered,
            (arrival.when.source, *(a.duty.source for a in office if a.duty)),
        )


def _base(actor: Actor) -> str:
    return actor.name.split("(")[0].strip()


_FREE_FOR = re.compile(
    r"no (?:reservation|booking)s? (?:in|within|for|during) the next (?P<n>\d+)[ -]?(?P<unit>min|hour|h\b)"
    r"|(?:앞으로|다음|향후)?\s?(?P<k>\d+)\s?(?P<ku>분|시간)\s?(?:안|이내|내|동안)에?는?\s?(?:\S+\s)?예약이?\s?(?:없|비)",
    re.I,
)
_SLOT = re.compile(
    r"(?P<n>\d+)[ -]?(?P<unit>minute|min|hour)s? (?:window|slot)|(?P<k>\d+)\s?(?P<ku>분|시간)\s?(?:단위|슬롯|예약\s?창)",
    re.I,
)
_ENDS = re.compile(
    r"at most|no longer than|must (?:leave|end|free)|up to \d|max(?:imum)?|최대|까지만|비켜|자동 ?종료", re.I
)


def walk_in_overruns(service: Service) -> Iterator[Hole]:
    """People without a booking let in by a look ahead that is shorter than the use of one slot."""
    found = looks_ahead(service)
    slot = _minutes(_SLOT, service)
    if found is None or slot is None or slot[0] <= found[0]:
        return
    ahead, said, walking = found
    if _ENDS.search(said.text) or service.control(GuardrailKind.EXPIRE, "start", "check_in"):
        return
    lang = service.language
    overlap = slot[0] - ahead
    grace = next((s.within for s in service.steps("start", "check_in") if s.within and not s.within.assumed), None)
    slots = {
        "ahead": _length(ahead, service),
        "slot": _length(slot[0], service),
        "overlap": _length(overlap, service),
        "slow": walking,
    }
    evidence: list[Evidence] = [
        Quotation((said, slot[1])),
        Arithmetic(f"{slots['slot']} - {slots['ahead']}", slots["overlap"], (said, slot[1])),
    ]
    if grace is not None:
        slots["grace"] = format_duration(grace.value, lang)
        if grace.value.total_seconds() / 60 <= overlap:
            slots["whole"] = slots["grace"]
            evidence.append(Quotation((grace.source,)))
    yield find(service, "truth.walk_in_overruns", "walk_in", slots, tuple(evidence))


def looks_ahead(service: Service) -> tuple[int, Source, str] | None:
    """How many minutes without a booking a unit must show to be used without one, the quotation, and what such use is called."""
    found = _minutes(_FREE_FOR, service)
    return None if found is None else (*found, _walk_in(service))


def _walk_in(service: Service) -> str:
    named_so = re.compile(r"walk-?ins?|walk-?ups?|현장|워크인", re.I)
    name = next((c.name for c in service.channels if named_so.search(c.name)), "")
    return name.lower() or pick(service.language, "현장 이용", "walk-ins")


def _length(minutes: int, service: Service) -> str:
    return format_duration(timedelta(minutes=minutes), service.language)


def _minutes(pattern: re.Pattern[str], service: Service) -> tuple[int, Source] | None:
    """The first quotation that the pattern fits, with its length in minutes."""
    sources = [m.source for m in service.mentions] + [x.source for x in service.limits]
    sources += (
        [r.source for r in service.rules] + [c.source for c in service.clocks] + [s.source for s in service.steps()]
    )
    for source in sources:
        if source.basis is Basis.GIVEN and (match := pattern.search(source.text)):
            unit = (match["unit"] or match["ku"] or "").lower()
            hours = unit.startswith("h") or unit == "시간"
            return int(match["n"] or match["k"]) * (60 if hours else 1), source
    return None


_LEAVES = re.compile(r"퇴실|퇴장|나갈|나가|체크아웃|반납|check(?:s|ed)?[ -]?out|leav(?:e|es|ing)|exit|depart", re.I)
_BY_ITSELF = re.compile(r"QR|게이트|출입|자동문|도어락|비밀번호|키오스크|\bgate\b|turnstile|door code|smart lock", re.I)
_UNSTAFFED = re.compile(r"무인|직원이? 없|unmanned|unstaffed|no staff|without staff", re.I)


def presence_unknown(service: Service) -> Iterator[Hole]:
    """Entry by code, time sold by the hour, nobody there, and no word of how leaving is known."""
    enter = next((s for s in service.steps("check_in", "start") if _BY_ITSELF.search(s.source.text)), None)
    texts = [s.source for s in service.steps()] + [m.source for m in service.mentions]
    unstaffed = next((s for s in texts if _UNSTAFFED.search(s.text)), None)
    timed = [
        x for x in service.limits if x.unit.strip().lower() in ("시간", "hour", "hours", "h", "분", "minutes", "min")
    ]
    if enter is None or unstaffed is None or not timed or enter.source.basis is not Basis.GIVEN:
        return
    if any(_LEAVES.search(s.text) for s in texts) or any(service.steps("complete", "return", "release")):
        return
    unit = _sized(service)
    if unit is None or unit.capacity is None:
        return
    yield _presence(service, enter, unstaffed, timed, unit, unit.capacity)


def _presence(
    service: Service, enter: Step, unstaffed: Source, timed: list[Limit], unit: Resource, capacity: Fact[float]
) -> Hole:
    lang = service.language
    per_site = "/" in unit.unit or "마다" in capacity.source.text or "당" in capacity.source.text
    sites = service.sites.value if service.sites and per_site else 1
    seats = format_number(capacity.value * sites)
    watcher = next((a for a in service.people if a.role is Role.STAFF and a.count and not a.duty), None)
    lengths = sorted({x.amount.value for x in timed})
    sold = pick(lang, "·", ", ").join(format_number(x) for x in lengths) + pick(lang, "시간", " h")
    slots = {
        "enter": named(enter, lang),
        "unit": unit.name,
        "seats": seats,
        "sold": sold if timed[0].unit.strip() in ("시간", "hour", "hours", "h") else "",
    }
    evidence: list[Evidence] = [Quotation((enter.source, unstaffed))]
    shown = f"{format_number(capacity.value)} × {sites}" if sites > 1 else format_number(capacity.value)
    evidence.append(Arithmetic(shown, seats, (capacity.source, *((service.sites.source,) if service.sites else ()))))
    if watcher is not None and watcher.count is not None:
        slots["watcher"] = watcher.name
        slots["count"] = format_number(watcher.count.value)
    spot = tuple(a for a in service.people if a.role is Role.FIELD)
    hours = attended(spot)
    if hours is not None and 0 < hours.minutes < WEEK:
        gap = (~hours).longest()
        if gap is not None:
            slots["spot"], slots["spot_hours"] = spot[0].name, format_hours(hours, lang)
            slots["gap_hours"] = format_number((gap[1] - gap[0]) / 60)
            evidence.append(
                CalendarGap(
                    spot[0].name,
                    format_span(gap, lang),
                    (gap[1] - gap[0]) / 60,
                    unit.name,
                    tuple(a.duty.source for a in spot if a.duty),
                )
            )
    slots = {key: value for key, value in slots.items() if value}
    return find(service, "truth.presence_unknown", enter.id, slots, tuple(evidence), certain=False)
