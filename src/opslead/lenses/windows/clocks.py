"""Reading clocks: what one is about, its length in words, the time to pay, the last moment to start."""

from __future__ import annotations

from datetime import timedelta

from opslead.model.calendar import DAY
from opslead.model.measure import format_duration
from opslead.model.service import Clock, Fact, Service, Source
from opslead.text import Lang


def about(item: Clock, words: tuple[str, ...]) -> bool:
    text = f"{item.subject} {item.source.text}".lower()
    return any(word in text for word in words)


def words(fact: Fact[timedelta], service: Service) -> str:
    return format_duration(fact.value, service.language) + ("†" if fact.assumed else "")


def pay_later(service: Service) -> tuple[Fact[timedelta], str, Source] | None:
    """The stated time to pay, from a `pay_in` step or a deadline clock about paying."""
    for step in service.steps("pay_in"):
        if step.within is not None:
            return step.within, step.title(service.language), step.source
    words = ("입금", "가상계좌", "무통장", "결제 기한", "transfer", "pay by", "payment due", "deposit")
    for item in service.clocks:
        if item.length is not None and item.kind in ("deadline", "ttl", "timeout") and about(item, words):
            return item.length, item.subject, item.source
    return None


def last_entry(service: Service) -> tuple[int, Source] | None:
    for step in service.steps("check_in", "start"):
        if step.when is not None and step.when.value.spans:
            return step.when.value.spans[0][1] % DAY or DAY, step.when.source
    for item in service.clocks:
        if (
            item.minute is not None
            and item.kind == "cutoff"
            and about(item, ("입실", "체크인", "check-in", "check in"))
        ):
            return item.minute.value, item.minute.source
    return None


def one(name: str, lang: Lang) -> str:
    """One of the things that the name counts: `stalls` → `stall`."""
    return name[:-1] if lang == "en" and name.endswith("s") and not name.endswith(("ss", "us")) else name
