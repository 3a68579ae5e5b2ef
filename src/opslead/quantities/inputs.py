"""The inputs of computed numbers: what the service states, what opslead assumes and from where, and rounding to usable values."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import timedelta

from opslead.errors import Place
from opslead.model.measure import Money, format_duration, format_number
from opslead.model.service import Basis, Rate, Resource, Service, Source
from opslead.quantities.computation import Computation, Input, with_sensitivity
from opslead.text import STARTING, Lang, pick

Values = Mapping[str, float]


def given(key: str, name: str, value: float, unit: str, source: Source) -> Input:
    """A number of the description; one that the model itself assumed may be half or double."""
    if source.basis is Basis.ASSUMED:
        return Input(key, name, value, unit, source, value / 2, value * 2)
    return Input(key, name, value, unit, source, value, value)


def assumed(key: str, name: str, value: float, unit: str, between: tuple[float, float], why: str) -> Input:
    """A number that opslead chose; `why` says where it comes from, `between` is its plausible range."""
    return Input(key, name, value, unit, Source(Basis.ASSUMED, why, Place("opslead")), *between)


@dataclass(frozen=True)
class Draft:
    """A computation before its result: `again` computes the result from the inputs, `words` says it."""

    id: str
    title: str
    unit: str
    inputs: tuple[Input, ...]
    again: Callable[[Values], float]
    method: str
    reference: str


def finish(
    draft: Draft,
    words: str,
    formula: str,
    slots: Mapping[str, str] | None = None,
    flat: tuple[float, float] | None = None,
) -> Computation | None:
    """The computation with sensitivities; texts get the dagger where an input is assumed. None when a number is none."""
    result = draft.again(values_of(draft.inputs))
    made = Computation(
        draft.id,
        draft.title,
        words,
        result,
        draft.unit,
        formula,
        draft.method,
        draft.reference,
        draft.inputs,
        flat=flat,
    )
    made = with_sensitivity(made, draft.again)
    if not all(math.isfinite(v) for v in (result, *(x for s in made.sensitivity for x in (s.at_low, s.at_high)))):
        return None
    mark = STARTING if made.assumed else ""
    marked = {key: value + mark for key, value in (slots or {}).items()}
    return replace(made, text=_HEAD.sub(lambda m: m[0] + mark, words, count=1), slots=marked or None)


_HEAD = re.compile(r"^.*?(?=\s*\(|: |$)")
"""The number itself, before a remark on it."""


def values_of(inputs: Iterable[Input]) -> dict[str, float]:
    return {item.key: item.value for item in inputs}


# What the service states, where several quantities need it.


def cases_input(service: Service) -> Input | None:
    """Cases a day, where more than none."""
    cases = service.cases_per_day
    if cases is None or not cases.value > 0:
        return None
    lang = service.language
    return given("cases", pick(lang, "하루 건수", "cases a day"), cases.value, pick(lang, "건", "cases"), cases.source)


def ticket_input(service: Service) -> Input | None:
    """The average sum of a case, where positive."""
    ticket = service.ticket
    if ticket is None or not ticket.value.amount > 0:
        return None
    name = pick(service.language, "객단가", "average ticket")
    return given("ticket", name, ticket.value.amount, money_unit(service), ticket.source)


def peak_input(service: Service) -> Input:
    """How much busier the peak is than the average: stated, else from stated occupancies, else assumed."""
    lang = service.language
    name = pick(lang, "피크 배율", "peak factor")
    stated = service.volume("peak_factor")
    if stated is not None and stated.amount.value > 0:
        return given("peak", name, stated.amount.value, pick(lang, "배", "x"), stated.amount.source)
    shares = [r.share.value for r in service.rates if r.kind == "occupancy" and 0 < r.share.value <= 1]
    if len(shares) > 1:
        factor = max(shares) * len(shares) / sum(shares)
        shown = " · ".join(f"{s * 100:g}%" for s in shares)
        why = pick(
            lang,
            f"적힌 점유율({shown})의 최댓값 ÷ 평균. 날짜별 건수로 바꾼다",
            f"highest of the stated occupancies ({shown}) over their mean; replace by counts by date",
        )
        return assumed("peak", name, factor, pick(lang, "배", "x"), (1.0, max(shares) / min(shares)), why)
    why = pick(lang, "시작값: 붐비는 날은 평소의 두 배", "starting value: a busy day carries twice the usual")
    return assumed("peak", name, 2.0, pick(lang, "배", "x"), (1.0, 4.0), why)


_WAGES: Mapping[str, tuple[float, float, float]] = {
    "KRW": (25_000, 15_000, 40_000), "EUR": (30, 20, 45), "USD": (30, 20, 50), "GBP": (25, 18, 40), "JPY": (2_800, 1_800, 4_500),
}  # fmt: skip
"""What an hour of a person costs: value and range."""


def wage_input(service: Service) -> Input | None:
    """The cost of an hour of work in the service's currency; None for a currency without a starting value."""
    row = _WAGES.get(service.currency)
    if row is None:
        return None
    lang = service.language
    why = pick(
        lang,
        "시작값: 시간당 임금 평균(고용노동부 2023년 22,878원, Eurostat 2024년 EU 33.5유로) 언저리",
        "starting value near average hourly labour cost (Eurostat 2024, EU: 33.5 EUR; Korea, Ministry of Labor 2023: 22,878 KRW)",
    )
    return assumed(
        "wage", pick(lang, "1시간 인건비", "an hour of work"), row[0], money_unit(service), (row[1], row[2]), why
    )


def main_units(service: Service, *, perishable: bool | None = None) -> tuple[Resource, float, Source] | None:
    """The first thing with a stated capacity, and its units over all sites (`석/지점` counts one site)."""
    for resource in service.resources:
        if resource.capacity is None or not resource.capacity.value > 0:
            continue
        if perishable is not None and resource.perishable is not perishable:
            continue
        many = service.sites.value if "/" in resource.unit and service.sites and service.sites.value > 0 else 1
        return resource, resource.capacity.value * many, resource.capacity.source
    return None


def money_unit(service: Service) -> str:
    return "원" if service.language == "ko" and service.currency == "KRW" else service.currency


_COUNTED = ("예약", "주문", "대여", "접수", "신청", "거래", "수강", "이용", "배송", "booking", "reservation", "order", "appointment",
            "rental", "session", "request", "ticket", "transaction", "deliver", "visit")  # fmt: skip


def same_cases(rate: Rate, service: Service) -> bool:
    """Whether the rate speaks of what the cases count: `6% of reservations` is no share of all sessions."""
    volume = service.volume("cases")
    counted = {word for word in _COUNTED if volume and word in volume.subject.lower()}
    spoken = {word for word in _COUNTED if word in rate.subject.lower()}
    return not counted or not spoken or bool(counted & spoken)


# Words and usable values.


def money_words(amount: float, service: Service) -> str:
    return Money(amount, service.currency).format(service.language)


def minutes_words(minutes: float, lang: Lang) -> str:
    return format_duration(timedelta(minutes=minutes), lang)


def number(value: float) -> str:
    """A number inside a formula: four digits that count, no exponent (`0.0012`, `37,000`, `12.5`)."""
    if value == 0 or abs(value) >= 100:
        return f"{value:,.0f}"
    if abs(value) >= 1:
        return format_number(value)
    return f"{value:.{min(8, 2 - math.floor(math.log10(abs(value))) - 1)}f}"


_NICE = (1.0, 1.5, 2.0, 2.5, 3.0, 4.0, 5.0, 6.0, 7.0, 8.0, 10.0)


def nice(amount: float) -> float:
    """The nearest round sum by ratio: 37,000 → 40,000; 18.4 → 20. For amounts above 0."""
    scale = 10.0 ** math.floor(math.log10(amount))
    return min((step * scale for step in _NICE), key=lambda x: (abs(math.log(x / amount)), x))


_MINUTES = (1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 12, 15, 20, 25, 30, 40, 45, 60, 90, 120, 180, 240, 300, 360, 480, 720, 1440)  # fmt: skip


def usable_minutes(minutes: float) -> float:
    """The nearest length by ratio that somebody would write into a rule: 18.6 → 20 minutes. For lengths above 0."""
    return min(_MINUTES, key=lambda x: (abs(math.log(x / minutes)), x))
