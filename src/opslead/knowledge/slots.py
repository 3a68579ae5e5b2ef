"""What a policy text can say of this service: slot names and their words.

Slots of a binding carry its name: `hold` (the words of the step), `hold.within`, `hold.partner`. Slots of the service
stand alone: `support`, `case`, `cases_day`; computed numbers are `q.…`. The roles and `case` always have a value; the others may be missing and then belong
inside `[[ ]]`. Assumed values print with the dagger of starting values.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import timedelta
from functools import lru_cache
from types import MappingProxyType

from opslead.knowledge.duty import NIGHT
from opslead.knowledge.matchers import Bound
from opslead.knowledge.roles import base_name, role_slots, spoken
from opslead.model.calendar import WEEK, WeekHours, clock, format_hours, format_span
from opslead.model.measure import Money, format_duration, format_number, format_share
from opslead.model.service import (
    Actor,
    Channel,
    Clock,
    Exit,
    Fact,
    Mention,
    MoneyRule,
    Partner,
    Personal,
    Rate,
    Resource,
    Service,
    Step,
    Volume,
)
from opslead.model.steps import STEP_KINDS, Moves, Role
from opslead.quantities import compute_all
from opslead.quantities.computation import Computation
from opslead.quantities.thresholds import suspicious_silence, upper_control_limit
from opslead.text import STARTING, Lang, noun_phrase, pick

ALWAYS = frozenset(
    {"service", "customer", "frontline", "called_out", "support", "finance", "owner", "oncall", "system", "case"}
)
"""Slots of the service that every service has."""

SERVICE_SLOTS = ALWAYS | {
    "resource", "cases_day", "cases_hour", "ticket", "revenue_day", "sites", "gap", "gap_hours", "gap_cases", "night",
    "noshow_rate", "noshow_day", "cancel_rate", "cancel_day", "cancel_alarm", "silence", "peak", "channels", "partners",
    "support_hours", "frontline_hours", "refund_limit", "payment", "settle_due", "cases_alarm",
}  # fmt: skip
"""Every slot of the service."""


def words_of(fact: Fact[object] | None, lang: Lang) -> str:
    """The value as a reader sees it, with a dagger when it is assumed; empty when there is none."""
    if fact is None:
        return ""
    return _plain(fact.value, lang) + (STARTING if fact.assumed else "")


def _plain(value: object, lang: Lang) -> str:
    match value:
        case timedelta():
            return format_duration(value, lang)
        case Money():
            return value.format(lang)
        case WeekHours():
            return format_hours(value, lang)
        case bool() | str():
            return str(value)
        case int() | float():
            return format_number(float(value))
    raise TypeError(f"no words for {type(value).__name__}")


def share_words(fact: Fact[float] | None, lang: Lang) -> str:
    return "" if fact is None else format_share(fact.value, lang) + (STARTING if fact.assumed else "")


def binding_slots(name: str, entity: Bound, service: Service) -> dict[str, str]:
    """The slots of one binding: `name` itself and `name.…`; values that the model lacks are left out.

    `name.actor` of a step always has a value, the usual performer where nobody is stated; `name.by` only whom the text names.
    """
    lang = service.language
    slots = {name: _title(entity, lang)}
    slots.update({f"{name}.{key}": value for key, value in _details(entity, lang) if value})
    if isinstance(entity, Step) and f"{name}.actor" not in slots:
        slots[f"{name}.actor"] = _performer(entity, service)
    return {key: value for key, value in slots.items() if value}


def _title(entity: Bound, lang: Lang) -> str:
    match entity:
        case Step():
            return entity.title(lang)
        case MoneyRule():
            return entity.subject or _MONEY[lang].get(entity.kind, "") or entity.kind
        case Clock():
            return noun_phrase(entity.subject, lang) or _CLOCKS[lang].get(entity.kind, "") or entity.kind
        case Volume() | Rate():
            return entity.subject or entity.kind
        case Mention():
            said = entity.source.text.rstrip(".")
            return entity.word if entity.word and len(said) > _SHORT[lang] else said
        case Personal():
            return entity.item
        case Exit():
            kind = STEP_KINDS[entity.kind].label(lang) if entity.kind in STEP_KINDS else entity.kind
            return noun_phrase(entity.name.rstrip("."), lang) or kind
        case Actor():
            return spoken(entity.name, lang)
        case Partner():
            return spoken(entity.name, lang) if entity.name[:1].islower() else entity.name
        case _:
            return entity.name


_SHORT: Mapping[Lang, int] = {"ko": 22, "en": 40}
"""Characters of a clause that still reads as the name of a thing inside a sentence."""
_CLOCKS: Mapping[Lang, Mapping[str, str]] = {
    "ko": {
        "ttl": "보류 시간", "deadline": "기한", "window": "신청 기간", "cutoff": "마감 시각", "cycle": "주기", "retention": "보관 기간",
        "retry": "재시도", "timeout": "자동 처리 시간", "opening": "시작 시각", "latency": "지연", "sla": "목표 시간", "lead": "사전 기간",
    },
    "en": {"ttl": "the hold", "lead": "the lead time", "timeout": "the automatic step"},
}  # fmt: skip
_MONEY: Mapping[Lang, Mapping[str, str]] = {
    "ko": {
        "price": "요금", "fee": "수수료", "commission": "수수료", "deposit": "보증금", "penalty": "위약금", "reward": "보상금", "credit": "적립금",
        "ticket": "평균 금액", "settlement": "정산", "payout": "지급", "subscription": "구독료", "discount": "할인", "preauthorization": "가승인",
        "compensation": "보상", "reconciliation": "대사", "authority": "전결 한도", "coupon": "쿠폰", "points": "포인트",
    },
    "en": {"ticket": "average sum", "preauthorization": "pre-authorisation", "authority": "approval limit"},
}  # fmt: skip


def _details(entity: Bound, lang: Lang) -> Iterable[tuple[str, str]]:
    match entity:
        case Step():
            yield "kind", entity.known.label(lang)
            yield "actor", _title(entity.actor, lang) if entity.actor else ""
            yield "by", _title(entity.actor, lang) if entity.actor else ""
            yield "partner", _title(entity.partner, lang) if entity.partner else ""
            yield "resource", entity.resource.name if entity.resource else ""
            yield "within", words_of(entity.within, lang)
            yield "when", words_of(entity.when, lang)
            yield "minutes", words_of(entity.minutes, lang)
            yield "via", entity.via
            yield "quote", entity.source.text
        case Exit():
            yield "by", _title(entity.by, lang) if entity.by else ""
            yield "within", words_of(entity.within, lang)
            yield "ladder", ladder_words(entity, lang)
        case Actor():
            yield from _actor_details(entity, lang)
        case Resource():
            space = " " if lang == "en" and entity.unit else ""
            yield "capacity", words_of(entity.capacity, lang) + (space + entity.unit.strip() if entity.capacity else "")
            yield "unit", entity.unit
        case Partner():
            yield "latency", words_of(entity.latency, lang)
            yield "worst", words_of(entity.worst, lang)
            yield "mode", entity.mode
        case Channel():
            yield "share", share_words(entity.share, lang)
            yield "delay", words_of(entity.delay, lang)
        case Clock():
            machine = entity.kind == "sla" and entity.length is not None and entity.length.value < timedelta(minutes=1)
            yield (
                "length",
                "" if machine else words_of(entity.length, lang),
            )  # seconds are a screen's target, no person's
            yield "time", clock(entity.minute.value) if entity.minute else ""
        case MoneyRule():
            yield "amount", words_of(entity.amount, lang)
            yield "share", share_words(entity.share, lang)
            yield "due", entity.due.removeprefix("on ")
            yield "payer", entity.payer
            yield "payee", entity.payee
        case Rate():
            yield "share", share_words(entity.share, lang)
        case Volume():
            yield "amount", words_of(entity.amount, lang)
            yield "per", entity.per
        case Personal():
            yield "medium", entity.medium
        case Mention():
            yield "quote", entity.source.text


def _actor_details(actor: Actor, lang: Lang) -> Iterable[tuple[str, str]]:
    yield "count", words_of(actor.count, lang)
    yield "duty", words_of(actor.duty, lang)
    limits = [a for a in actor.authority if a.limit is not None]
    yield "limit", words_of(limits[0].limit, lang) if limits else ""
    if actor.duty and (gap := (~actor.duty.value).longest()):
        yield "gap", format_span(gap, lang)
        yield "gap_hours", format_number((gap[1] - gap[0]) / 60)


def ladder_words(way: Exit, lang: Lang) -> str:
    """The refund ladder in one line: `7일 전 100%, 3일 전 50%, 당일 0%`, `100% back 7 days before, 0% back same day`."""
    rungs = []
    for tier in way.tiers:
        paid = share_words(tier.share, lang) or words_of(tier.amount, lang)
        if paid:  # a rung told in words alone says nothing in a row of shares
            until = _until_words(tier.until, lang)
            rungs.append(pick(lang, f"{until} {paid}", f"{paid} back {until}").strip())
    return ", ".join(rungs)


_UNTIL: Mapping[Lang, Mapping[str, str]] = {
    "ko": {"no_show": "노쇼", "same day": "당일", "before_start": "시작 전"},
    "en": {"no_show": "no-show", "before_start": "before the start", "당일": "same day"},
}


def _until_words(until: str, lang: Lang) -> str:
    if match := re.fullmatch(r"D-(\d+)(.*)", until):
        return pick(
            lang, f"{match[1]}일 전{match[2]}", f"{match[1]} day{'s' if match[1] != '1' else ''} before{match[2]}"
        )
    if match := re.fullmatch(r"(\d+)\s?h", until):
        return pick(lang, f"{match[1]}시간 전", f"{match[1]} h before")
    return _UNTIL[lang].get(until, until.removeprefix("weather:").strip())


_DESK = ("answer", "claim", "reject", "review", "approve", "close", "reconcile", "list")


def _performer(step: Step, service: Service) -> str:
    slots = role_slots(service)
    match step.known.performer:
        case Role.CUSTOMER:
            return slots["customer"]
        case Role.FIELD:
            return slots["frontline"]
        case Role.SYSTEM | Role.PARTNER:
            return slots["system"]
        case _:
            return slots["support" if step.known.moves is Moves.MONEY or step.kind in _DESK else "frontline"]


_CASE_WORDS: Mapping[Lang, tuple[str, ...]] = {
    "ko": ("예약", "주문", "대여", "접수", "신청", "거래", "수강", "이용권", "배송"),
    "en": ("booking", "reservation", "order", "appointment", "rental", "session", "request", "ticket", "transaction",
           "delivery"),
}  # fmt: skip


def case_word(service: Service) -> str:
    """What the service calls one case: the most frequent of the usual words in its steps, volumes and quotations."""
    texts = [step.source.text + " " + step.name for step in service.steps()]
    texts += [volume.source.text for volume in service.volumes] + [way.source.text for way in service.exits()]
    texts += [mention.source.text for mention in service.mentions]
    whole = " ".join([*texts, service.name]).lower()
    words = _CASE_WORDS[service.language]
    counts = [(-whole.count(word), order) for order, word in enumerate(words)]
    best = min(counts)
    return words[best[1]] if best[0] else pick(service.language, "건", "case")


@lru_cache(maxsize=4)
def service_slots(service: Service) -> Mapping[str, str]:
    """Every slot of the service that has a value, computed numbers (`q.…`) among them."""
    lang = service.language
    slots = {"service": service.name, "case": case_word(service), **role_slots(service)}
    if resource := _main_resource(service):
        slots["resource"] = resource.name
    if service.sites and service.sites.value > 1:
        slots["sites"] = words_of(service.sites, lang)
    ticket = next((m for m in service.money if m.kind == "ticket"), None)
    if ticket and ticket.amount:
        slots["ticket"] = words_of(ticket.amount, lang)
    if service.channels:
        slots["channels"] = pick(lang, "·", ", ").join(c.name for c in service.channels)
    if service.partners:
        slots["partners"] = pick(lang, "·", ", ").join(p.name for p in service.partners)
    payment = next((p for p in service.partners if p.kind == "payment"), None)
    if payment:
        slots["payment"] = payment.name
    settle = next((m for m in service.money if m.kind in ("settlement", "payout") and m.due), None)
    if settle:
        slots["settle_due"] = settle.due.removeprefix("on ")
    slots.update(_duty_slots(service, slots))
    slots.update(_volume_slots(service, ticket))
    for number, made in enumerate(computations(service), 1):
        slots.update({f"q.{key}": f"{value}(Q{number})" for key, value in (made.slots or {}).items()})
    return MappingProxyType(slots)


@lru_cache(maxsize=4)
def computations(service: Service) -> tuple[Computation, ...]:
    """Every computed number, by id; texts call the first Q1."""
    return compute_all(service)


def _main_resource(service: Service) -> Resource | None:
    """What has a stated capacity, else what the longest flow is about, else the first."""
    flow = max(service.flows, key=lambda f: len(f.steps), default=None)
    sized = [r for r in service.resources if r.capacity is not None]
    return next(iter(sized), None) or (flow.resource if flow else None) or next(iter(service.resources), None)


def _duty_slots(service: Service, roles: Mapping[str, str]) -> dict[str, str]:
    lang, slots = service.language, {}
    office = [a for a in service.actors if a.role is Role.STAFF and a.duty and not a.duty.assumed]
    support = next(
        (a for a in service.actors if roles["support"] in (a.name, f"the {a.name}")), office[0] if office else None
    )
    field = [a for a in service.actors if roles["frontline"] in (base_name(a.name), f"the {base_name(a.name)}")]
    if support and support.duty and not support.duty.assumed:
        slots["support_hours"] = words_of(support.duty, lang)
        if gap := (~support.duty.value).longest():
            hours = (gap[1] - gap[0]) / 60
            slots["gap"] = format_span(gap, lang)
            slots["gap_hours"] = format_number(hours)
            if cases := service.cases_per_day:
                slots["gap_cases"] = f"{cases.value * hours / 24:,.0f}"
    shifts = [a.duty.value for a in field if a.duty and not a.duty.assumed]
    if shifts:
        slots["frontline_hours"] = format_hours(WeekHours.of(span for shift in shifts for span in shift.spans), lang)
    night = next((a for a in service.people if a.duty and (a.duty.value & NIGHT).minutes not in (0, WEEK)), None)
    if night and night.count and night.duty and not night.duty.assumed:
        slots["night"] = pick(
            lang,
            f"{night.name} {words_of(night.count, lang)}명({words_of(night.duty, lang)})",
            f"{night.name} ({words_of(night.count, lang)} on duty, {words_of(night.duty, lang)})",
        )
    limit = next((a.limit_for("refund") for a in service.people if a.limit_for("refund")), None)
    if limit and limit.limit:
        slots["refund_limit"] = words_of(limit.limit, lang)
    return slots


def same_cases(rate: Rate, service: Service) -> bool:
    """Whether the rate speaks of what the volume counts: `6% of reservations` is no share of all sessions."""
    volume = service.volume("cases")
    words = _CASE_WORDS[service.language]
    counted = {w for w in words if volume and w in f"{volume.subject}".lower()}
    spoken = {w for w in words if w in f"{rate.subject}".lower()}
    return not counted or not spoken or bool(counted & spoken)


def _peak_words(peak: Volume, lang: Lang) -> str:
    """The peak as a thing: `성수기 주말(평소의 4배)`, `holiday Saturdays (4 times the usual)`."""
    name = noun_phrase(peak.subject, lang) or pick(lang, "피크", "the peak")
    amount = words_of(peak.amount, lang)
    if peak.kind == "peak_factor":
        return f"{name}({pick(lang, f'평소의 {amount}배', f'{amount} times the usual')})".replace(
            "(", pick(lang, "(", " ("), 1
        )
    return f"{name}({amount})".replace("(", pick(lang, "(", " ("), 1)


def _volume_slots(service: Service, ticket: MoneyRule | None) -> dict[str, str]:
    lang, slots = service.language, {}
    cases = service.cases_per_day
    for kind in ("no_show", "cancel"):
        if rate := service.rate(kind):
            name = kind.replace("_", "")
            slots[f"{name}_rate"] = share_words(rate.share, lang)
            if cases and same_cases(rate, service):
                slots[f"{name}_day"] = format_number(cases.value * rate.share.value)
    peak = service.volume("peak_factor") or service.volume("visitors") or service.volume("peak")
    if peak:
        slots["peak"] = _peak_words(peak, lang)
    if cases is None:
        return slots
    slots["cases_day"] = format_number(cases.value)
    slots["cases_hour"] = format_number(cases.value / 24)
    slots["cases_alarm"] = _limit_words(cases.value)
    slots["silence"] = format_duration(suspicious_silence(cases.value / 24), lang)
    if cancel := service.rate("cancel"):
        slots["cancel_alarm"] = _limit_words(cases.value * cancel.share.value)
    if ticket and ticket.amount:
        slots["revenue_day"] = Money(ticket.amount.value.amount * cases.value, ticket.amount.value.currency).format(
            lang
        )
    return slots


def _limit_words(mean: float) -> str:
    """A control limit with its sum: `29(=16.2+3√16.2)`."""
    shown = format_number(mean)
    return f"{upper_control_limit(mean)}(={shown}+3√{shown})"
