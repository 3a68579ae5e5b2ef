"""Limits that the description itself sets for failures: how long its retries last, what its recovery may lose, how long it may take."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import timedelta

from opslead.lenses.finding import find
from opslead.lenses.hole import Arithmetic, Evidence, Hole, Quotation
from opslead.model.guardrails import GuardrailKind
from opslead.model.measure import format_duration, format_number
from opslead.model.service import Clock, Partner, Service, Step
from opslead.text import noun_phrase, pick

SHORT = timedelta(hours=1)
"""An outage that happens several times a year; what is tried again for less does not outlast it."""
_LOSABLE = re.compile(r"\bRPO\b|데이터\s?(?:손실|유실)|data loss|recovery point", re.I)
_RECOVERY = re.compile(r"\bRTO\b|복구\s?(?:시간|목표)|recovery time", re.I)
_PROMISE = re.compile(r"배송|배달|도착|픽업|수령|deliver|arriv|pick-?up|ready", re.I)
_ERROR_CODE = re.compile(r"(?:실패|오류|fail|error|unavailable).*\b[45]\d\d\b", re.I)
_RETRY = re.compile(r"\s*재시도|\bretr(?:y|ies)(?:\s+of)?\b", re.I)
_PAID = ("charge", "authorize", "pay_in", "capture")


def stated_limits(service: Service) -> Iterator[Hole]:
    yield from _retries(service)
    yield from _lost_minutes(service)
    yield from _one_account(service)


def _retries(service: Service) -> Iterator[Hole]:
    """Retries that end within an hour: the sum of their intervals is all that an outage may last."""
    if any(_ERROR_CODE.search(rule.text) for rule in service.rules):
        return  # the contradictions lens shows these together with their retries
    groups: dict[str, list[Clock]] = {}
    for clock in service.clocks:
        if clock.kind == "retry" and clock.length is not None and not clock.length.assumed:
            groups.setdefault(clock.subject, []).append(clock)
    ended = []
    for subject, clocks in groups.items():
        limit = next((x for x in service.limits if x.subject == subject and x.bound in ("max", "exact")), None)
        times = int(limit.amount.value) if limit is not None else 0
        if not 0 < times <= 100:
            continue
        lengths = [c.length.value for c in clocks if c.length is not None]
        waits = lengths[:times] + [lengths[-1]] * max(0, times - len(lengths))
        taken_over = service.control(GuardrailKind.ESCALATE) or service.control(GuardrailKind.FALLBACK)
        total = sum(waits, timedelta())
        if total < SHORT and limit is not None and taken_over is None:
            ended.append((total, subject, clocks, waits, limit.source))
    if not ended:
        return
    lang = service.language
    evidence: list[Evidence] = []
    for total, subject, clocks, waits, source in sorted(ended, key=lambda e: (e[0], e[1])):
        shown = " + ".join(format_duration(w, lang) for w in waits)
        result = pick(
            lang,
            f"{subject}: {format_duration(total, lang)}보다 긴 장애는 넘기지 못한다",
            f"{subject}: an outage longer than {format_duration(total, lang)} is not bridged",
        )
        evidence.append(Arithmetic(f"{shown} = {format_duration(total, lang)}", result, (clocks[0].source, source)))
    total, subject, *_ = min(ended, key=lambda e: (e[0], e[1]))
    step = next(service.steps(*_PAID), None) or next(service.steps(), None)
    slots = {
        "what": noun_phrase(_RETRY.sub("", subject).strip(), lang) or pick(lang, "이 작업", "this"),
        "total": format_duration(total, lang),
        **({"call": step.title(lang), "next": step.title(lang)} if step else {}),
    }
    place = "-".join(subject.split()[:3]) or "service"
    yield find(service, "dependence.retries_end", place, slots, tuple(evidence))


def _lost_minutes(service: Service) -> Iterator[Hole]:
    """A stated tolerance for lost data: what was paid in those minutes is known to the payment partner alone."""
    clock = next(
        (c for c in service.clocks if c.length is not None and _LOSABLE.search(f"{c.subject} {c.source.text}")), None
    )
    paid = next((s for s in service.steps(*_PAID) if s.partner is not None and s.source.basis != "assumed"), None)
    if service.control(GuardrailKind.RECONCILE, *_PAID) is not None:
        return
    if clock is None or clock.length is None or paid is None or paid.partner is None or not clock.length.value:
        return
    lang, length = service.language, clock.length.value
    evidence: list[Evidence] = [Quotation((clock.source, paid.source))]
    slots = {
        "lost": format_duration(length, lang),
        "partner": paid.partner.name,
        "paid": paid.title(lang),
        "books": paid.partner.name,
    }
    cases = service.cases_per_day
    if cases is not None:
        hours = length.total_seconds() / 3600
        count = cases.value / 24 * hours
        slots["count"] = format_number(count)
        said = pick(lang, f"그사이 결제된 {format_number(count)}건", f"{format_number(count)} paid in that time")
        evidence.append(
            Arithmetic(
                f"{format_number(cases.value)} / 24 h × {format_number(hours)} h = {format_number(count)}",
                said,
                (cases.source, clock.source),
            )
        )
    recovery = _late_after_recovery(service)
    if recovery is not None:
        line, words = recovery
        evidence.append(line)
        slots |= words
    yield find(service, "dependence.lost_minutes", paid.id, slots, tuple(evidence))


def _late_after_recovery(service: Service) -> tuple[Arithmetic, dict[str, str]] | None:
    """What a stated recovery target leaves of a stated promise of delivery."""
    target = next((c for c in service.clocks if c.length is not None and _RECOVERY.search(c.subject)), None)
    promise = next(
        (
            c
            for c in service.clocks
            if c.kind in ("sla", "deadline") and c.length is not None and _PROMISE.search(c.subject)
        ),
        None,
    )
    if target is None or promise is None or target.length is None or promise.length is None:
        return None
    whole, gone = promise.length.value, target.length.value
    if not timedelta() < gone < whole or gone < whole / 4:
        return None
    lang = service.language
    left = format_duration(whole - gone, lang)
    shown = f"{format_duration(whole, lang)} - {format_duration(gone, lang)} = {left}"
    said = pick(
        lang,
        f"복구 목표를 지켜도 약속에서 {left}만 남는다",
        f"even if recovery meets its target, {left} of the promise is left",
    )
    return Arithmetic(shown, said, (promise.source, target.source)), {
        "recovery": format_duration(gone, lang),
        "left": left,
    }


def _one_account(service: Service) -> Iterator[Hole]:
    """One payment partner through whom money comes in and goes out to those who deliver: one block stops both."""
    for partner in service.partners:
        if partner.kind != "payment":
            continue
        taken = _given(service, partner, *_PAID)
        paid = _given(service, partner, "payout")
        if not taken or not paid:
            continue
        lang = service.language
        back = _given(service, partner, "refund")
        slots = {
            "partner": partner.name,
            "taken": taken[0].title(lang),
            "paid": paid[0].title(lang),
            "back": back[0].title(lang) if back else "",
            "call": taken[0].title(lang),
            "call.partner": partner.name,
            "next": paid[0].title(lang),
        }
        sources = tuple(s.source for s in (taken[0], paid[0], *back[:1]))
        yield find(
            service, "dependence.one_account", partner.id, {k: v for k, v in slots.items() if v}, (Quotation(sources),)
        )
        return


def _given(service: Service, partner: Partner, *kinds: str) -> list[Step]:
    return [
        s
        for s in service.steps(*kinds)
        if s.partner is not None and s.partner.id == partner.id and s.source.basis != "assumed"
    ]
