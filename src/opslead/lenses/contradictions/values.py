"""One limit, one window, one rate with two numbers: the same subject stated in two places with different amounts."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from opslead.lenses.contradictions.quoted import hours, quote
from opslead.lenses.finding import find
from opslead.lenses.hole import Hole, Quotation
from opslead.model.measure import format_number, format_share
from opslead.model.service import Basis, Service, Source
from opslead.text import pick

_TOKEN = re.compile(r"[A-Za-z]{3,}|[가-힣]{2,}")
_PARTICLE = re.compile(
    r"(?<=[가-힣]{2})(?:은|는|이|가|을|를|의|에|에서|으로|로|까지|부터|마다|이내|이상|이하|최대|최소)$"
)
_SMALL = """the and for per with within after before until each every any must should can will are from have has that this
    than 이내 최대 최소 이상 이하 이후 이전 까지 기본 기본값 시간 가능 경우 정책 규칙 기준"""
_IDLE = frozenset(re.findall(r"\S+", _SMALL))
_NO_CLOCK = ("reminder", "retry", "opening", "sla", "cycle", "horizon", "latency")
_ENDS = ("deadline", "timeout", "ttl")
_OTHER = re.compile(
    r"재|추가|연장|변경|취소|환불|긴급|주말|휴일|야간|회원|vip|첫|신규|기업|again|extend|urgent|weekend|holiday|night|member|first|new|second|premium"
)
"""Words that make a subject another one."""
_MORE = 4  # words by which two subjects of one thing may differ
_MOST = 3


@dataclass(frozen=True)
class _Value:
    kind: str
    subject: str
    about: frozenset[str]
    amount: float
    shown: str
    source: Source


def look(service: Service) -> Iterator[Hole]:
    """One hole for each subject with two values, at most three, in the order of the description."""
    values = list(_values(service))
    told: set[tuple[str, frozenset[str]]] = set()
    for index, first in enumerate(values):
        key = (first.kind, first.about)
        second = next((v for v in values[index + 1 :] if _same_thing(first, v) and v.amount != first.amount), None)
        if second is None or key in told or len(told) == _MOST:
            continue
        told.add(key)
        lang = service.language
        slots = {
            "subject": quote(min(first.subject, second.subject, key=len), lang, 40),
            "first": first.shown,
            "second": second.shown,
            "one": quote(first.source.text, lang, 60),
            "other": quote(second.source.text, lang, 60),
        }
        place = f"{first.kind}-{'-'.join(sorted(first.about))}"
        yield find(service, "contradictions.two_values", place, slots, (Quotation((first.source, second.source)),))


def _values(service: Service) -> Iterator[_Value]:
    """Amounts that stand alone in their sentence: a range or a list of steps (`30s, 2m, 5m`) has several on purpose."""
    found = list(_all(service))
    for value in found:
        others = {v.amount for v in found if v.source == value.source and v.kind == value.kind}
        if value.source.basis is Basis.GIVEN and len(others) == 1 and len(value.about) >= 2:
            yield value


def _all(service: Service) -> Iterator[_Value]:
    lang = service.language
    for clock in service.clocks:
        if clock.length is not None and clock.kind not in _NO_CLOCK:
            shown = hours(clock.length.value, lang)
            seconds = clock.length.value.total_seconds()
            yield _Value(clock.kind, clock.subject, _about(clock.subject), seconds, shown, clock.source)
    for limit in service.limits:
        if limit.bound != "target":
            kind = f"{limit.bound} {limit.unit}".strip()
            shown = f"{format_number(limit.amount.value)}{pick(lang, '', ' ')}{limit.unit}".strip()
            yield _Value(kind, limit.subject, _about(limit.subject), limit.amount.value, shown, limit.source)
    for money in service.money:
        if money.share is not None and money.kind in ("commission", "refund", "penalty", "deposit", "discount"):
            shown = format_share(money.share.value, lang)
            yield _Value(money.kind, money.subject, _about(money.subject), money.share.value, shown, money.source)


def _about(subject: str) -> frozenset[str]:
    words = (_PARTICLE.sub("", word.lower()) for word in _TOKEN.findall(subject))
    return frozenset(re.sub(r"(?<=[a-z]{3})s$", "", word) for word in words if word not in _IDLE)


def _same_thing(first: _Value, second: _Value) -> bool:
    """The same kind of value on the same subject in another sentence; of clocks one may say a little more about it."""
    if first.kind != second.kind or first.source == second.source:
        return False
    if first.kind not in _ENDS:
        return first.about == second.about
    more = first.about ^ second.about
    nested = first.about <= second.about or second.about <= first.about
    return nested and len(more) <= _MORE and not any(_OTHER.search(word) for word in more)
