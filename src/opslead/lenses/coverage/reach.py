"""How far people reach: repair that is away after the peak, one person for many places."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from dataclasses import dataclass

from opslead.lenses.capacity import units_of
from opslead.lenses.finding import Measured, find
from opslead.lenses.hole import Arithmetic, CalendarGap, Evidence, Hole, Quotation
from opslead.lenses.people import Absence, absence, names, round_the_clock
from opslead.model.calendar import WEEK, HoursError, WeekHours, clock, day_name, format_span, parse_hours
from opslead.model.measure import Money, format_number, format_share
from opslead.model.service import Actor, Fact, Resource, Service, Source, Volume
from opslead.model.steps import Role
from opslead.quantities.staffing import erlang_c, mean_wait_minutes, offered_load
from opslead.text import Lang, noun_phrase, pick

AFTER = 12 * 60
"""Minutes after a peak in which a gap still begins right after it."""
LONG = 12 * 60
"""Minutes without the people from which a gap is one."""
_DAY_WORDS = re.compile(
    r"[월화수목금토일]요일|주말|평일|주중|\b(?:mon|tues|wednes|thurs|fri|satur|sun)days?\b|\bweekends?\b|\bweekdays?\b",
    re.I,
)
_MENDERS = re.compile(
    r"기사|정비|수리|설비|유지보수|엔지니어|출동|technician|field service|maintenance|repair|engineer|mechanic", re.I
)
_STAND_BY = ("on_call",)


@dataclass(frozen=True)
class _Peak:
    """The days or hours on which most customers come."""

    words: str
    hours: WeekHours
    source: Source
    factor: Fact[float] | None


def peak_uncovered(service: Service) -> Iterator[Hole]:
    """Who repairs is away for long, from the peak on, while use goes on."""
    lang, always = service.language, round_the_clock(service)
    away = absence(_menders(service))
    if away is None or always is None or set(_STAND_BY) & service.concepts or away.span[1] - away.span[0] < LONG:
        return
    peak = next((p for p in _peaks(service) if _meets(away.span, p.hours)), None)
    if peak is None:
        return
    who, span, hours = names(away.who, lang), format_span(away.span, lang), format_number(away.hours)
    resource = next((r for r in service.resources if r.physical and r.capacity is not None), None)
    unit = resource.name if resource else pick(lang, "설비", "equipment")
    slots = {
        "who": who,
        "away": span,
        "away_hours": hours,
        "peak": peak.words,
        "unit": unit,
        "begin": _moment(away.span[0], lang),
        "end": _moment(away.span[1], lang),
    }
    needed = pick(lang, f"{peak.words}와 그 뒤에도 이어지는 이용", f"{peak.words}, and use that goes on after")
    evidence: list[Evidence] = [CalendarGap(who, span, away.hours, needed, (*away.sources, peak.source, always))]
    loss = _lost_while_broken(service, away, resource)
    if loss is not None:
        slots["lost"] = format_number(loss[0])
        evidence.append(loss[2])
    unseen = Measured(away.hours, pick(lang, f"{slots['end']}까지 {hours}시간", f"{hours} h until {slots['end']}"))
    yield find(
        service,
        "coverage.peak_uncovered",
        away.who[0].id,
        slots,
        tuple(evidence),
        loss=loss[1] if loss else None,
        unseen=unseen,
    )


def _moment(minute: int, lang: Lang) -> str:
    return f"{day_name(minute, lang)}{pick(lang, '요일', '')} {clock(minute)}"


def _menders(service: Service) -> tuple[Actor, ...]:
    """Who goes out to repair: said to do it, or named for it."""
    stated = tuple(a for a in service.people if {"repair", "dispatch"} & set(a.does))
    return stated or tuple(
        a for a in service.people if a.role is Role.FIELD and (_MENDERS.search(a.name) or _MENDERS.search(_own(a)))
    )


def _own(actor: Actor) -> str:
    """The words in which the actor's number or hours are stated: `4 technicians`."""
    return actor.duty.source.text if actor.duty else actor.count.source.text if actor.count else ""


def _peaks(service: Service) -> Iterator[_Peak]:
    """Peaks that name weekdays or hours."""
    for volume in service.volumes:
        if volume.kind in ("peak_factor", "peak", "visitors") and (hours := _week_of(volume.subject)) is not None:
            yield _Peak(_peak_words(service, volume), hours, volume.source, volume.amount)
    for season in service.seasons:
        if (hours := _week_of(f"{season.name} {season.when}")) is not None:
            yield _Peak(season.name, hours, season.source, None)


def _peak_words(service: Service, volume: Volume) -> str:
    """`holiday Saturdays (4 times the usual)`."""
    lang = service.language
    season = next((s.name for s in service.seasons if s.name in volume.subject), "")
    name = season or noun_phrase(volume.subject, lang) or pick(lang, "피크", "the peak")
    if volume.kind != "peak_factor":
        return name
    amount = format_number(volume.amount.value)
    return pick(lang, f"{name}(평소의 {amount}배)", f"{name} ({amount} times the usual)")


def _week_of(text: str) -> WeekHours | None:
    """The hours of the week that the words name; None when they name no weekday."""
    days = " ".join(match[0] for match in _DAY_WORDS.finditer(text))
    if not days:
        return None
    try:
        stated = parse_hours(text) if ":" in text or "시" in text else None
    except HoursError:
        stated = None
    return stated or parse_hours(f"{days} 00:00~24:00")


def _meets(gap: tuple[int, int], peak: WeekHours) -> bool:
    """Whether the gap overlaps the peak or begins right after it."""
    if (WeekHours.of([gap]) & peak).minutes:
        return True
    return any(0 <= (gap[0] - end) % WEEK <= AFTER for _, end in peak.stretches())


def _lost_while_broken(
    service: Service, away: Absence, resource: Resource | None
) -> tuple[float, Measured, Arithmetic] | None:
    """Cases that one unit would have served in the gap, and their money: what one failure costs at most."""
    cases, ticket, lang = service.cases_per_day, service.ticket, service.language
    if cases is None or ticket is None or resource is None or resource.capacity is None:
        return None
    units = units_of(service, resource)
    if units <= 0:
        return None
    lost = cases.value / units / 24 * away.hours
    money = Money(round(lost * ticket.value.amount), ticket.value.currency).format(lang)
    formula = (
        f"{format_number(cases.value)} / {format_number(units)} / 24 × {format_number(away.hours)} h = {format_number(lost)}; "
        f"{format_number(lost)} × {ticket.value.format(lang)} = {money}"
    )
    result = pick(lang, f"고장 하나에 평소 속도로 {money}", f"about {money} for each failure at the usual rate")
    inputs = (cases.source, resource.capacity.source, ticket.source, *away.sources)
    return lost, Measured(lost * ticket.value.amount, formula), Arithmetic(formula, result, inputs)


# --- one person, many places

_WATCHES = re.compile(
    r"cctv|관제|모니터|감시|지켜|원격|watch|monitor|supervis|oversee|control room|remote(?:ly)?\b", re.I
)
_EVERYWHERE = re.compile(
    r"전체|모든|전\s*(?:지점|매장|점포|현장|호점)|각\s*지점|\d+\s*(?:개|곳)|\ball\b|\bevery\b|\beach\b|\b\d+\s+(?:sites|stores|shops|locations|branches)",
    re.I,
)
SPAN = 5
"""Places for each person who watches from which it is a hole: one cannot look at more at once."""
INCIDENTS, NIGHT_HOURS, MINUTES = 0.5, 10.0, 20.0
"""Starting values: incidents a place in a night of ten hours, and minutes that each takes."""


def span_of_control(service: Service) -> Iterator[Hole]:
    """One person, or few, who watch many places at once, from afar."""
    if service.sites is None:
        return
    for actor in service.people:
        text = actor.source.text
        if actor.count is None or actor.count.assumed or actor.count.value < 1 or actor.per_site:
            continue
        if service.sites.value < SPAN * actor.count.value:
            continue
        if _WATCHES.search(f"{actor.name} {text}") and _EVERYWHERE.search(text):
            yield _span_hole(service, actor, service.sites, actor.count)
            return


def _span_hole(service: Service, actor: Actor, sites: Fact[int], count: Fact[int]) -> Hole:
    lang, team = service.language, count.value
    per_hour = sites.value * INCIDENTS / NIGHT_HOURS
    load = offered_load(per_hour, MINUTES)
    chance, wait = erlang_c(load, team), mean_wait_minutes(per_hour, MINUTES, team)
    share = format_share(chance, lang)
    resource = next((r for r in service.resources if r.physical and r.capacity is not None), None)
    slots = {"who": actor.name, "count": str(team), "sites": format_number(sites.value), "chance": f"{share}†"}
    slots |= {"watch": actor.name, "watch_count": slots["count"], "places": slots["sites"]}
    if "dispatch" not in service.kinds and not set(_STAND_BY) & service.concepts:
        slots["spot"] = pick(lang, "현장", "there")
    evidence: list[Evidence] = [Quotation((actor.source, sites.source))]
    if resource is not None and resource.capacity is not None:
        units = format_number(units_of(service, resource))
        unit = resource.unit.split("/")[0] or "개"
        slots["units"] = pick(lang, f"{resource.name} {units}{unit}", f"{units} {resource.name}")
    once = "∞" if math.isinf(wait) else format_number(wait)
    rate, minutes, hours = format_number(INCIDENTS), format_number(MINUTES), format_number(NIGHT_HOURS)
    formula = pick(
        lang,
        f"{sites.value}곳 × 하룻밤({hours}시간) {rate}건† = 시간당 {format_number(per_hour)}건; × {minutes}분† / 60 / {team}명 = {share}",
        f"{sites.value} sites × {rate}† a night of {hours} h = {format_number(per_hour)} an hour; × {minutes} min† / 60 / {team} = {share}",
    )
    result = pick(
        lang,
        f"새 일이 생겼을 때 이미 다른 일을 보고 있을 확률 {share}†, 평균 {once}분† 뒤에 본다(Erlang C)",
        f"with {share}† a new incident finds the person busy; {once} min† on average until it is looked at (Erlang C)",
    )
    evidence.append(Arithmetic(formula, result, (sites.source, count.source)))
    return find(service, "coverage.span_of_control", actor.id, slots, tuple(evidence))
