"""From how many a day or an hour an alarm rings: limits by their false alarms, and running sums for what is rare.

The laws stand in `thresholds`.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from opslead.model.service import Fact, Rate, Service
from opslead.quantities.computation import Computation, Input
from opslead.quantities.hold_time import time_to_pay
from opslead.quantities.inputs import (
    Draft,
    Values,
    assumed,
    cases_input,
    finish,
    given,
    number,
    same_cases,
    values_of,
)
from opslead.quantities.lognormal import share_above
from opslead.quantities.thresholds import (
    LOW,
    count_at_least,
    count_floor,
    count_limit,
    decision_interval,
    reference_value,
    run_length,
    upper_control_limit,
)
from opslead.text import josa, pick


def compute(service: Service) -> Iterator[Computation]:
    """For cases and for the exits whose rate is stated, by the day; for approvals after the hold, by the hour."""
    cases = cases_input(service)
    if cases is None:
        return
    lang = service.language
    counted: list[tuple[str, str, Rate | None]] = [("cases", pick(lang, "하루 건수", "cases in a day"), None)]
    for kind, ko, en in (("cancel", "취소", "cancellations in a day"), ("no_show", "노쇼", "no-shows in a day")):
        rate = service.rate(kind)
        if rate is not None and 0 < rate.share.value < 1 and same_cases(rate, service):
            counted.append((kind.replace("_", ""), pick(lang, ko, en), rate))
    for name, title, rate in counted:
        mean = cases.value * (rate.share.value if rate else 1.0)
        made = (_limit if mean >= LOW else _running)(service, name, title, cases, rate)
        if made is not None:
            yield made
    for single in (_late(service, cases), _quiet(service, cases)):
        if single is not None:
            yield single


_FALSE_A_MONTH = 0.1
"""False alarms a month that a daily limit may make: about one a year."""


def _counted(service: Service, cases: Input, title: str, rate: Rate | None) -> tuple[Input, ...]:
    if rate is None:
        return (cases,)
    name = pick(service.language, f"{title} 비율", f"share of {title}")
    return (cases, given("share", name, rate.share.value, "%", rate.share.source))


def _mean(v: Values) -> float:
    return v["cases"] * v.get("share", 1.0)


def _limit(service: Service, name: str, title: str, cases: Input, rate: Rate | None) -> Computation | None:
    lang = service.language
    why = pick(
        lang,
        "시작값: 같은 요일끼리도 하루가 평균에서 10%쯤 벗어난다",
        "starting value: days of the same weekday differ by a tenth as a rule",
    )
    varies = assumed("varies", pick(lang, "날마다 다른 정도", "day-to-day variation"), 0.10, "%", (0.03, 0.25), why)
    inputs = (*_counted(service, cases, title, rate), varies)

    def again(x: Values) -> float:
        return float(count_limit(_mean(x), x["varies"], _FALSE_A_MONTH / 30))

    v = values_of(inputs)
    limit, mean = int(again(v)), _mean(v)
    false = 30 * count_at_least(limit, mean, v["varies"])
    plain = 30 * count_at_least(upper_control_limit(mean), mean, v["varies"])
    draft = Draft(
        f"alarm@{name}",
        pick(lang, f"{title} 관리 한계", f"Control limit of {title}"),
        pick(lang, "건", "a day"),
        inputs,
        again,
        pick(
            lang,
            "헛알람이 1년에 한 번쯤인 가장 작은 수. 같은 요일·같은 철의 평균으로 따로 계산해 쓴다",
            "the smallest count with about one false alarm a year; to be computed for each weekday and season",
        ),
        "c-chart (Shewhart 1931; NIST/SEMATECH e-Handbook 6.3.3.1) with limits by probability, over-dispersed counts (Laney, Quality Engineering 14, 2002)",
    )
    formula = pick(
        lang,
        f"평균 {number(mean)}, 하루하루 ±{number(v['varies'] * 100)}%: {limit:,}건 이상이 나올 헛알람 월 {number(false)}회 (평균+3√평균 = {upper_control_limit(mean):,}건이면 월 {number(plain)}회)",
        f"mean {number(mean)}, ±{number(v['varies'] * 100)}% from day to day: {limit:,} or more gives {number(false)} false alarms a month (mean + 3√mean = {upper_control_limit(mean):,} would give {number(plain)})",
    )
    day = _day(service)
    words = pick(lang, f"{day} {limit:,}건 이상", f"{limit:,} or more {day}")
    floor = count_floor(mean, v["varies"], _FALSE_A_MONTH / 30)
    if rate is None and floor >= 0:  # too few cases are as telling as too many
        words = pick(
            lang, f"{day} {floor:,}건 이하나 {limit:,}건 이상", f"{floor:,} or fewer or {limit:,} or more {day}"
        )
    return finish(draft, words, formula, {f"{name}_alarm": words})


def _day(service: Service) -> str:
    """What the limit speaks of: any day, or an ordinary one where busy days are stated."""
    busy = service.volume("peak_factor") or service.volume("visitors") or service.seasons
    if busy or len([r for r in service.rates if r.kind == "occupancy"]) > 1:
        return pick(service.language, "보통날", "on an ordinary day")
    return pick(service.language, "하루", "in a day")


_YEAR = 365.0


def _running(service: Service, name: str, title: str, cases: Input, rate: Rate | None) -> Computation | None:
    lang = service.language
    inputs = _counted(service, cases, title, rate)

    def parts(x: Values) -> tuple[int, int]:
        k = reference_value(_mean(x))
        return k, decision_interval(_mean(x), k, _YEAR)

    v = values_of(inputs)
    (k, h), mean = parts(v), _mean(v)
    between, found = run_length(mean, k, h), run_length(2 * mean, k, h)
    draft = Draft(
        f"alarm@{name}",
        pick(lang, f"{title} 누적 검사", f"Running sum of {title}"),
        pick(lang, "건", "cases"),
        inputs,
        lambda x: float(parts(x)[1]),
        pick(
            lang,
            "하루 평균이 5건 아래라 비율이나 하루 한계로는 볼 수 없어, 기준을 넘는 몫을 이어 더해 두 배로 는 것을 찾는다",
            "a mean below 5 a day shows in no percentage and no daily limit: what exceeds the reference is added up to find a doubling",
        ),
        "CUSUM for counts (Lucas, Technometrics 27, 1985); run lengths by Brook and Evans (Biometrika 59, 1972)",
    )
    formula = pick(
        lang,
        f"평균 {number(mean)}, k = {number(mean)}/ln 2 ≈ {k}, h = {h}: 헛알람 월 {number(30 / between)}회, 두 배가 되면 평균 {number(found)}일 만에 안다",
        f"mean {number(mean)}, k = {number(mean)}/ln 2 ≈ {k}, h = {h}: {number(30 / between)} false alarms a month; a doubling shows after {number(found)} days on average",
    )
    words = pick(
        lang,
        f"하루 건수에서 {josa(str(k), '을/를')} 뺀 값을 이어 더한 수(0 아래는 0)가 {h} 이상",
        f"running sum of the daily count less {k}, never below 0, at {h} or more",
    )
    return finish(draft, words, formula, {f"{name}_alarm": words})


_FALSE_HOURLY = 0.5
_HOURS = 720


def _late(service: Service, cases: Input) -> Computation | None:
    """Approvals that arrive after the hold, an hour: how many are a sign that something is slow."""
    lang = service.language
    hold: Fact[timedelta] | None = next((s.within for s in service.steps("hold") if s.within), None)
    if hold is None or not any(True for _ in service.steps("charge", "authorize", "capture")):
        return None
    minutes = hold.value.total_seconds() / 60
    if not minutes > 0:
        return None
    median, p95 = time_to_pay(service)
    inputs = (
        cases,
        given("hold", pick(lang, "선점 시간", "hold"), minutes, pick(lang, "분", "min"), hold.source),
        median,
        p95,
    )

    def mean_of(x: Values) -> float:
        late = share_above(x["hold"], x["median"], max(x["p95"], 1.2 * x["median"]))
        return x["cases"] / 24 * late

    def again(x: Values) -> float:
        return float(count_limit(mean_of(x), 0.0, _FALSE_HOURLY / _HOURS))

    v = values_of(inputs)
    limit, mean = int(again(v)), mean_of(v)
    draft = Draft(
        "alarm@late_approval",
        pick(lang, "선점이 끝난 뒤 온 승인(시간당)", "Approvals after the hold (an hour)"),
        pick(lang, "건", "an hour"),
        inputs,
        again,
        pick(
            lang,
            "평소에도 늦게 끝내는 사람이 있다. 그보다 많아 결제가 느려졌다고 볼 수 있는 가장 작은 수",
            "some always finish late; the smallest count that means payments have become slow",
        ),
        "c-chart (NIST/SEMATECH e-Handbook 6.3.3.1) with limits by probability; lognormal time to pay",
    )
    formula = pick(
        lang,
        f"{number(v['cases'])}/24 × {number(100 * share_above(v['hold'], v['median'], v['p95']))}% = 시간당 {number(mean)}건; {limit}건 이상의 헛알람 월 {number(_HOURS * count_at_least(limit, mean))}회",
        f"{number(v['cases'])}/24 × {number(100 * share_above(v['hold'], v['median'], v['p95']))}% = {number(mean)} an hour; {limit} or more: {number(_HOURS * count_at_least(limit, mean))} false alarms a month",
    )
    words = pick(lang, f"{limit}건", f"{limit}")
    return finish(draft, words, formula, {"late_hour": words})


_WINDOWS = (1, 2, 3, 4, 6, 8, 12)
_ENOUGH = 10.0
"""Mean count from which too few can be told from chance, as long as none at all is unlikely wherever in their ranges the inputs lie."""


def _quiet(service: Service, cases: Input) -> Computation | None:
    """How few cases in how many hours are too few; the window is as long as a count needs."""
    lang = service.language
    why = pick(
        lang,
        "시작값: 같은 시간대끼리도 20%쯤 다르다",
        "starting value: the same hour differs by a fifth from day to day",
    )
    varies = assumed("varies", pick(lang, "시간대별로 다른 정도", "variation of an hour"), 0.20, "%", (0.10, 0.30), why)
    inputs = (cases, varies)

    def least(x: Values, hours: int) -> int:
        return count_floor(x["cases"] / 24 * hours, x["varies"], _FALSE_HOURLY / (_HOURS / hours))

    unluckiest = {"cases": cases.low, "varies": varies.high}
    long_enough = (w for w in _WINDOWS if cases.value / 24 * w >= _ENOUGH and least(unluckiest, w) >= 0)
    window = next(long_enough, None)
    if window is None:
        return None  # then only silence says anything
    chance = _FALSE_HOURLY / (_HOURS / window)

    def again(x: Values) -> float:
        return float(least(x, window))

    v = values_of(inputs)
    floor, mean = int(again(v)), v["cases"] / 24 * window
    draft = Draft(
        "alarm@quiet",
        pick(lang, "너무 적게 들어온 건수", "Too few cases"),
        pick(lang, "건", "cases"),
        inputs,
        again,
        pick(
            lang,
            "헛알람이 두 달에 한 번쯤인 가장 큰 수. 하루 평균이 고르게 온다고 보므로 낮에 쓰고, 시간대별 평균이 모이면 바꾼다",
            "the largest count with about one false alarm in two months; taken from the daily average, so for the day; replace by averages of each hour",
        ),
        "c-chart (NIST/SEMATECH e-Handbook 6.3.3.1) with limits by probability, over-dispersed counts (Laney, Quality Engineering 14, 2002)",
    )
    formula = pick(
        lang,
        f"{number(v['cases'])}/24 × {window} = {window}시간에 {number(mean)}건, {floor}건 이하면 우연이 아니다 (p < {number(chance)})",
        f"{number(v['cases'])}/24 × {window} = {number(mean)} in {window} h; {floor} or fewer is no chance (p < {number(chance)})",
    )
    hours = pick(lang, f"낮 {window}시간에", f"{window} daytime hours" if window > 1 else "a daytime hour")
    words = pick(lang, f"{hours} {floor:,}건 이하", f"{floor:,} or fewer in {hours}")
    return finish(draft, words, formula, {"quiet": words})
