"""When to ask again for a partner's answer, and how long an ended hold must wait for late approvals.

Answer times are lognormal. The first enquiry comes when all but one in a hundred normal answers are in, later ones after three
times as long, the last one before the hold ends. A place is kept after its hold until all but one in a thousand approvals that were
under way have arrived. A limit by the percentile of the answer times, and waits that grow by a factor, are the advice of Amazon
Builders' Library, "Timeouts, retries, and backoff with jitter"; the shares and the factor of three are opslead's.
"""

from __future__ import annotations

import math
from collections.abc import Iterator

from opslead.model.service import Basis, Service, Step
from opslead.quantities.computation import Computation, Input
from opslead.quantities.inputs import Draft, Values, assumed, finish, given, minutes_words, number, values_of
from opslead.quantities.lognormal import quantile
from opslead.text import pick

_PAYING = ("charge", "authorize", "capture", "pay_in", "renew", "refund")
_RESULTS = (*_PAYING, "verify", "sync", "transmit", "import_result", "deliver", "ship", "accept", "payout")
"""Steps whose result comes back from somebody else."""
_BACKOFF = 3.0
_NAME = "Timeouts, retries, and backoff with jitter (Amazon Builders' Library); lognormal answer times"


def schedule(median: float, p95: float, end: float | None) -> tuple[float, ...]:
    """Seconds after the request at which to ask, at most three, none after `end`; the first in whole or half minutes."""
    first = math.ceil(quantile(0.99, median, p95) / 30) * 30.0
    times = [first, first * _BACKOFF, first * _BACKOFF**2]
    if end is None:
        return tuple(times)
    kept = [t for t in times if t < end]
    return tuple([*kept, end][:3]) if kept else (end,)


def quarantine(median: float, p95: float) -> float:
    """Seconds to keep a place after its hold, in whole minutes."""
    return max(60.0, math.ceil(quantile(0.999, median, p95) / 60) * 60.0)


def compute(service: Service) -> Iterator[Computation]:
    """For payments that answer by themselves."""
    if not any(True for _ in service.steps("charge", "authorize", "capture")):
        return
    hold = next(iter(service.steps("hold")), None)
    inputs = _answer_time(service)
    for made in (_retries(service, inputs, hold), _quarantine(service, inputs, hold)):
        if made is not None:
            yield made


def _retries(service: Service, inputs: tuple[Input, ...], hold: Step | None) -> Computation | None:
    lang = service.language
    end = hold.within if hold and hold.within and hold.within.value.total_seconds() >= 60 else None
    if end is not None:
        inputs = (
            *inputs,
            given(
                "hold", pick(lang, "선점 시간", "hold"), end.value.total_seconds(), pick(lang, "초", "s"), end.source
            ),
        )

    def again(x: Values) -> float:
        return schedule(x["median"], max(x["p95"], 1.2 * x["median"]), x.get("hold"))[0]

    v = values_of(inputs)
    times = schedule(v["median"], v["p95"], v.get("hold"))
    shown = [minutes_words(t / 60, lang) for t in times]
    draft = Draft(
        "retry@payment",
        pick(lang, "결제 결과를 되묻는 시각", "When to ask for a payment's result"),
        pick(lang, "초", "s"),
        inputs,
        again,
        pick(
            lang,
            "정상 응답의 99%가 온 뒤에 처음 묻고, 세 배씩 늦추며, 선점이 끝나기 전에 마지막으로 묻는다",
            "ask first when 99% of normal answers are in, then after three times as long, and last before the hold ends",
        ),
        _NAME,
    )
    formula = pick(
        lang,
        f"99% 지점 {number(quantile(0.99, v['median'], v['p95']))}초를 30초 단위로 올림, × 3, × 9",
        f"99% point {number(quantile(0.99, v['median'], v['p95']))} s, rounded up to half a minute, × 3, × 9",
    ) + (pick(lang, f", 끝은 {minutes_words(v['hold'] / 60, lang)}", f", ending at {minutes_words(v['hold'] / 60, lang)}") if end else "")  # fmt: skip
    slots = (
        dict(zip(("retry1", "retry2", "retry3"), shown, strict=False))
        if _speaks_of_payments(service) and len(shown) == 3
        else None
    )
    return finish(draft, pick(lang, "·", ", ").join(shown), formula, slots)


def _quarantine(service: Service, inputs: tuple[Input, ...], hold: Step | None) -> Computation | None:
    if hold is None:
        return None
    lang, v = service.language, values_of(inputs)
    seconds = quarantine(v["median"], v["p95"])
    asked = (0.0, seconds / 3, seconds * 5 / 6)
    draft = Draft(
        "quarantine@hold",
        pick(lang, "선점이 끝난 자리의 격리", "Quarantine after a hold"),
        pick(lang, "초", "s"),
        inputs,
        lambda x: quarantine(x["median"], max(x["p95"], 1.2 * x["median"])),
        pick(
            lang,
            "끝나기 직전에 시작된 승인이 천 건에 한 건을 빼고 모두 도착할 때까지 다시 팔지 않는다",
            "do not sell again until all but one in a thousand of the approvals begun just before the end have arrived",
        ),
        _NAME,
    )
    formula = pick(
        lang,
        f"99.9% 지점 {number(quantile(0.999, v['median'], v['p95']))}초를 분 단위로 올림",
        f"99.9% point {number(quantile(0.999, v['median'], v['p95']))} s, rounded up to minutes",
    )
    shown = "/".join(f"{t:.0f}" for t in asked) + pick(lang, "초", " s")
    return finish(
        draft,
        minutes_words(seconds / 60, lang),
        formula,
        {"quarantine": minutes_words(seconds / 60, lang), "quarantine_asks": shown},
    )


def _speaks_of_payments(service: Service) -> bool:
    """Whether the answer that a policy on answers speaks of is a payment's: it takes what comes by callback, then by a partner."""
    stated = [s for s in service.steps(*_RESULTS) if s.source.basis is not Basis.ASSUMED]
    told = [s for s in stated if s.via in ("callback", "webhook")] or [s for s in stated if s.partner] or stated
    return bool(told) and told[0].kind in _PAYING


def _answer_time(service: Service) -> tuple[Input, ...]:
    lang, unit = service.language, pick(service.language, "초", "s")
    names = (
        pick(lang, "승인 응답 시간 중앙값", "time to an approval, median"),
        pick(lang, "승인 응답 95%", "time to an approval, 95%"),
    )
    partner = next((p for p in service.partners if p.kind == "payment" and p.latency and not p.latency.assumed), None)
    if partner is not None and partner.latency is not None and partner.latency.value.total_seconds() > 0:
        usual = partner.latency.value.total_seconds()
        return (
            assumed("median", names[0], usual / 4, unit, (usual / 8, usual / 2), pick(lang, "적힌 지연의 1/4로 봄", "a quarter of the stated delay")),
            given("p95", names[1], usual, unit, partner.latency.source),
        )  # fmt: skip
    why = pick(
        lang,
        "시작값: 승인은 몇 초, 통지가 밀리면 수십 초. 첫 4주의 요청→결과 시간으로 바꾼다",
        "starting value: seconds as a rule, tens of seconds when messages queue; replace by the times of the first four weeks",
    )
    return (
        assumed("median", names[0], 3.0, unit, (1.0, 8.0), why),
        assumed("p95", names[1], 20.0, unit, (10.0, 45.0), why),
    )
