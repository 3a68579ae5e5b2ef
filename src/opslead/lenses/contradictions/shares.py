"""One case with two refunds: the whole sum in one place, five per cent in another."""

from __future__ import annotations

import re
from collections.abc import Iterator

from opslead.lenses.contradictions.quoted import quote, saying
from opslead.lenses.finding import find
from opslead.lenses.hole import Hole, Quotation
from opslead.model.measure import format_duration, format_share
from opslead.model.service import Basis, Exit, Service, Tier
from opslead.model.steps import STEP_KINDS, Role
from opslead.text import pick

_NO_CASE = re.compile(r"\s|시작|완료|개시|\bthe\b", re.I)
_QUALIFIED = re.compile(r"[(（][^)）\d%]+[)）]")
_FAULT = re.compile(r"귀책|과실|(?:매장|판매자|사장|호스트|업체)\s?(?:사정|취소)|\bfault\b|\bcancelled by\b", re.I)
_LEAST = 0.005  # a difference that is no rounding


def look(service: Service) -> Iterator[Hole]:
    """At most one hole: the pair of tiers of one kind of exit that differ most for the same case."""
    tiers = [(way, tier) for way in service.exits() for tier in way.tiers if _counts(tier)]
    pairs = [
        (abs(a[1].share.value - b[1].share.value), a, b)
        for index, a in enumerate(tiers)
        for b in tiers[index + 1 :]
        if a[1].share and b[1].share and _same(a, b)
    ]
    pairs = [pair for pair in pairs if pair[0] > _LEAST]
    if not pairs:
        return
    _, (way, one), (other_way, other) = max(pairs, key=lambda pair: pair[0])
    if one.share is None or other.share is None:
        return
    lang = service.language
    case = quote(_shorter(one, other), lang) if one.before is None else format_duration(one.before, lang)
    label = STEP_KINDS[way.kind].label(lang) if way.kind in STEP_KINDS else way.kind
    slots = {
        "moment": case, "work": label, "subject": pick(lang, f"{case} {label} 환불 비율", f"the refund of a {label} ({case})"), "first": format_share(one.share.value, lang),
        "second": format_share(other.share.value, lang), "one": quote(one.source.text, lang), "other": quote(other.source.text, lang),
    }  # fmt: skip
    side = next((w.by for w in (way, other_way) if w.by and w.by.role in (Role.SUPPLIER, Role.STAFF, Role.FIELD)), None)
    if side is not None and not saying(service, _FAULT):
        slots["side"] = side.name
    money = tuple(m.source for m in service.money if m.kind in ("refund", "penalty") and m.share and m.share.value in (one.share.value, other.share.value))  # fmt: skip
    sources = tuple(dict.fromkeys((one.source, other.source, *money[:1])))
    yield find(service, "contradictions.two_shares", way.id, slots, (Quotation(sources),))


def _counts(tier: Tier) -> bool:
    return tier.share is not None and tier.source.basis is Basis.GIVEN


def _same(a: tuple[Exit, Tier], b: tuple[Exit, Tier]) -> bool:
    """Whether both tiers decide one case: the same kind of exit, nobody else's, one moment, another place of the text."""
    (way, tier), (other_way, other) = a, b
    if way.kind != other_way.kind or tier.source.place == other.source.place:
        return False
    if way.by and other_way.by and way.by.id != other_way.by.id:
        return False
    if _QUALIFIED.findall(way.name) != _QUALIFIED.findall(other_way.name) and tier.before is not None:
        return False  # a season, a class, a product of its own
    if tier.before is not None or other.before is not None:
        return tier.before == other.before and way.name == other_way.name
    return bool(_cases(tier.until) & _cases(other.until))


def _cases(until: str) -> frozenset[str]:
    """The cases a condition names: `조리 전/후` is before and after cooking."""
    pieces = [piece for piece in re.split(r"[/·,]|\s(?:및|and|or)\s", until) if piece.strip()]
    head = _head(pieces[0]) if pieces else ""
    return frozenset(
        _NO_CASE.sub("", f"{head} {piece}" if re.fullmatch(r"\s*[전후]\s*", piece) else piece).lower()
        for piece in pieces
    )


def _head(first: str) -> str:
    """What stands before the `before` of the first piece."""
    return re.sub(r"\s*[전후]\s*$", "", first)


def _shorter(one: Tier, other: Tier) -> str:
    """The case in the words of the tier that names it alone."""
    return min((one.until, other.until), key=lambda words: (len(_cases(words)), len(words)))
