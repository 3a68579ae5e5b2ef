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
    """A number that opslead chose; `between` is its plausible range.

    `why` says where it comes from: what names no publication is opslead's starting value from experience, to be replaced by the
    service's own count.
    """
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


@dataclass(frozen=True)
class _Wage:
    """What an hour of a person costs: value and range, and the published figure it lies near, in Korean and English."""

    value: float
    between: tuple[float, float]
    ko: str
    en: str


_WAGES: Mapping[str, _Wage] = {
    "KRW": _Wage(25_000, (15_000, 40_000), "시간당 임금총액 평균 25,156원(고용노동부 고용형태별근로실태조사, 2024년 6월) 언저리",
                 "near the average wage of an hour, 25,156 KRW (Korea, Ministry of Employment and Labor, June 2024)"),
    "EUR": _Wage(30, (20, 45), "EU 시간당 노동비용 33.5유로와 그 가운데 임금 25.2유로(Eurostat 2024년) 사이",
                 "between the labour cost of an hour in the EU, 33.5 EUR, and the wages in it, 25.2 EUR (Eurostat 2024)"),
    "USD": _Wage(35, (20, 50), "미국 민간 시간당 임금 31.47달러와 총보수 44.67달러(BLS 2024년 12월) 사이",
                 "between wages of 31.47 USD and total compensation of 44.67 USD an hour in US private industry (BLS, December 2024)"),
    "GBP": _Wage(25, (18, 40), "영국 시간당 노동비용 20.40파운드(ONS 2019년 4분기)에 그 뒤 오른 몫을 어림해 더함",
                 "labour cost of an hour in the UK, 20.40 GBP (ONS, Q4 2019), with a guess of the rise since"),
    "JPY": _Wage(2_800, (1_800, 4_500), "일본 시간당 급여 약 2,420엔(후생노동성 매월근로통계 2023년: 329,859엔 ÷ 136.3시간)에 회사 부담분을 어림해 더함",
                 "pay of about 2,420 JPY an hour (Japan, Monthly Labour Survey 2023: 329,859 JPY over 136.3 h), with a guess of the employer's contributions"),
}  # fmt: skip


def wage_input(service: Service) -> Input | None:
    """The cost of an hour of work in the service's currency; None for a currency without a starting value."""
    wage = _WAGES.get(service.currency)
    if wage is None:
        return None
    lang = service.language
    why = pick(lang, f"시작값: {wage.ko}", f"starting value: {wage.en}")
    name = pick(lang, "1시간 인건비", "an hour of work")
    return assumed("wage", name, wage.value, money_unit(service), wage.between, why)


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
    """A number inside a formula, without an exponent (`0.0012`, `37,000`, `12.5`); what eight places do not show is 0."""
    if abs(value) < 5e-9 or abs(value) >= 100:
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
