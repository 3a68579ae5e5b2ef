"""Rungs of refund ladders in text: a condition (how long before the use, or what happened) and what is paid back.

`rungs` reads one sentence, item, or table row. A part of a sentence is a rung when it names both; `7일 전 100%`,
`<24 hours: no refund`, `기상 특보 시 전액 환불`. A share that is charged (`위약금 30%`) leaves the rest to pay back.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from opslead.intake.amounts.numerals import plain
from opslead.intake.amounts.quantities import Measure, Sort, find
from opslead.model.measure import parse_duration, parse_share


@dataclass(frozen=True)
class Rung:
    """`until` as the model writes it (`D-7`, `48h`, `before_start`, words); `share` such as `50%`, empty when unstated."""

    until: str
    share: str
    start: int
    end: int
    within: str = ""
    """The length after payment or receipt inside which the rung holds, if it is one of these."""


_PART = re.compile(
    r"[;。]|,(?!\d)|\.(?=\s|$)|\s/\s|\s\|\s(?=\d)|[&+]\s(?=no\b)|\band\s(?=\d+%|no refund)|\bbut\b|하며|하고(?=\s)"
    r"|(?<=[가-힣])(?:되며|되고|으며|이며),?\s|(?<=[가-힣])고,"
)
_FULL = re.compile(
    r"전액|100\s?%\s?(?:환불|refund)|full(?:y)?[- ]?refund|refunded in full|in full|money[- ]back|무료\s?취소|취소\s?무료"
    r"|위약금\s?없|수수료\s?없|free (?:of charge )?cancel|cancel\w* (?:is |are )?(?:for )?free"
    r"|without (?:a )?(?:charge|fee|penalty)|no (?:charge|fee|penalty)|free of charge",
    re.I,
)
_NONE = re.compile(
    r"환불\s?(?:이|은)?\s?(?:불가|없|안\s?[됨되]|되지\s?않|X\b)|환급\s?불가|취소\s?(?:및\s?환불\s?)?불가|no refunds?\b"
    r"|non-?\s?refundable|not refund|forfeit|without refund|no money back|nothing (?:is )?(?:refunded|back)",
    re.I,
)
_FREELY = re.compile(
    r"자유롭게|자유\s?취소|언제든|can (?:still )?be cancell?ed|may cancel|can cancel|cancel freely|취소\s?(?:가능|할 수 있)",
    re.I,
)
_CHARGED = re.compile(
    r"위약금|취소\s?수수료|공제|차감|부과|청구|penalt|cancellation (?:fee|charge)|\bfee of|charged|\bcharge\b|deduct|withheld"
    r"|retain|\bkept\b|keeps?\b|부담",
    re.I,
)
_REFUNDED = re.compile(r"환불|환급|반환|돌려|refund|back\b|return", re.I)
_AFTER_EVENT = re.compile(
    r"(결제|구매|구입|수령|배송|계약|가입|신청|이용|완료|도착|예약|purchase|payment|booking|delivery|receipt|order|completion"
    r"|signing)\s?(?:일|일로부터|후|완료\s?후|로부터|of|date|이후)|(?:after|of|from|following)\s(?:the\s)?(?:purchase"
    r"|payment|booking|delivery|receipt|order|completion|signing)",
    re.I,
)
_EVENTS: tuple[tuple[str, re.Pattern[str]], ...] = tuple(
    (until, re.compile(pattern, re.I))
    for until, pattern in (
        (
            "weather",
            r"(?:기상|호우|태풍|폭우|폭설|강풍|대설|우천|한파|미세먼지)(?:\s?(?:특보|경보|주의보|악화|예보|이변))?|천재지변|(?:severe |bad )?weather|storm|typhoon|snow",
        ),
        ("no_show", r"노쇼|미방문|불참|no-?\s?show"),
        ("same day", r"당일|same[- ]day|on the day|day of (?:arrival|service|check-in)"),
        ("D-1", r"(?:이용|방문|예약|체크인|입실)?\s?(?:전날|전일|하루\s?전)|the day before|one day before"),
        (
            "after_start",
            r"(?:이용|시작|체크인|입실|개시|출발)\s?(?:시작\s?)?(?:이?후|중)(?!기)|after (?:the )?(?:start|check-?in|departure"
            r"|session)|mid-stay",
        ),
        (
            "before_start",
            r"(?:이용|시작|체크인|입실|개시|출발)\s?(?:시작\s?)?이?전|before (?:the )?(?:start|check-?in|departure|session)",
        ),
        (
            "",
            r"(?:조리|제작|작업|배[송달]|발송|출고|접수|확정|승인|매칭|배차|수락|결제|입금|픽업|수거)\s?(?:시작\s?|완료\s?)?(?:이?전/?(?:이?후)?|이?후"
            r"|중)(?![가-힣]*기)"
            r"|(?:before|after) (?:the )?(?:dispatch|shipping|shipment|preparation|cooking|acceptance"
            r"|accepting|confirmation|delivery|pick-?up|payment)",
        ),
        (
            "fault",
            r"(?:업체|사업자|판매자|회사|매장|호스트|공급자|제공자|강사|기사|플랫폼|당사)\s?(?:사정|귀책|과실|취소)|(?:provider|host|seller|merchant"
            r"|driver|operator|mentor|platform|our)(?:'s)?[- ](?:fault|cancel\w*|no-?show|initiated)",
        ),
    )
)
_LATER = re.compile(
    r"^\s*(?:그\s?)?(?:이후|그 뒤|그 외|이하)|^\s*(?:later|after that|thereafter|otherwise|less notice)", re.I
)


def rungs(text: str, *, charged: bool = False, in_ladder: bool = False) -> tuple[Rung, ...]:
    """The rungs of a text in order. `charged`: shares are what is kept (a column of fees); `in_ladder`: the headings say that
    this is a ladder, so that a bare share counts as one paid back."""
    found: list[Rung] = []
    pending = -1  # where a condition began whose outcome stands in the next part
    for start, end in _parts(text):
        own = tuple(_rungs_of(text, start, end, charged, in_ladder or bool(found)))
        if not own and pending >= 0:
            own = tuple(_rungs_of(text, pending, end, charged, in_ladder or bool(found)))
        found += own
        condition = any(m.sort in (Sort.DURATION, Sort.DAY) for m in find(text[start:end]))
        pending = start if condition and not own else -1
    return tuple(found)


def _parts(text: str) -> Iterator[tuple[int, int]]:
    position = 0
    for match in _PART.finditer(text):
        if match.start() > position:
            yield position, match.start()
        position = match.end()
    if position < len(text):
        yield position, len(text)


def _rungs_of(text: str, start: int, end: int, charged: bool, in_ladder: bool) -> Iterator[Rung]:
    part = text[start:end]
    measures = find(part)
    share = _outcome(part, measures, charged, in_ladder)
    if share is None:
        return
    lengths = [m for m in measures if m.sort in (Sort.DURATION, Sort.DAY)]
    untils = [u for m in lengths[:1] if (u := _until(part, m, share))]
    if not untils:
        untils = [(_event(kind, match), "") for kind, pattern in _EVENTS if (match := pattern.search(part))]
        if len(untils) > 1:  # a same-day no-show is a no-show; two named side by side are two
            together = re.search(r"[·/,]|및|또는|와|과|\bor\b|\band\b", part)
            untils = untils if together else untils[:1]
    if not untils and _LATER.search(part):
        untils = [("before_start", "")]
    for until, within in untils:
        yield Rung(until, share, start, end, within)


def _event(kind: str, match: re.Match[str]) -> str:
    if kind in ("weather", "fault"):
        return f"{kind}: {match.group().strip()}"
    return kind or match.group().strip()


def _outcome(part: str, measures: tuple[Measure, ...], charged: bool, in_ladder: bool) -> str | None:
    """The share paid back, empty where cancelling is free but money is not spoken of, None where nothing is said."""
    if _NONE.search(part):
        return "0%"
    shares = [m for m in measures if m.sort is Sort.SHARE]
    if (
        shares
        and _FULL.search(part)
        and re.match(r"\s?(?:추가|보상|할인|적립|credit|discount|extra)", part[shares[-1].end :], re.I)
    ):
        return "100%"
    if shares:
        value = parse_share(shares[-1].value)
        kept = (charged and not _REFUNDED.search(part)) or bool(_CHARGED.search(part))
        if value is None or value > 1 or not (kept or charged or in_ladder or _REFUNDED.search(part)):
            return None
        return f"{plain(round((1 - value) * 100, 4))}%" if kept else shares[-1].value
    if _FULL.search(part):
        return "100%"
    if in_ladder and re.search(r":\s*(?:무료|free|none|없음)\s*$", part, re.I):
        return "100%" if charged or re.search(r"무료|free", part, re.I) else "0%"
    return "" if _FREELY.search(part) and any(m.sort in (Sort.DURATION, Sort.DAY) for m in measures) else None


_OF_THE_START = re.compile(r"(?<=[a-z] )of (?:the )?(?:start|arrival|check|departure|session|appointment)", re.I)


def _until(part: str, measure: Measure, share: str) -> tuple[str, str]:
    """Until when before the use, and the length after another event if it is that."""
    around = part[max(0, measure.start - 24) : measure.end + 16]
    words = _words(part, measure)
    if measure.sort is Sort.DAY:
        return measure.value.split()[0], ""
    before = measure.relation == "before"
    if not before and _AFTER_EVENT.search(around):
        return words, measure.value
    if not before and measure.relation == "after":
        return words, ""
    after_event = measure.relation == "within" and measure.bound != "min" and share not in ("0%", "")
    if after_event and not before and not _CHARGED.search(part) and not _OF_THE_START.search(part):
        return words, measure.value
    near = measure.bound == "max" and not re.search(r"up to|전까지|until", around, re.I)
    near = near or (measure.relation == "within" and measure.bound != "min" and not before)
    if near:
        return "before_start", ""
    return _point(measure.low or measure.value), ""


def _words(part: str, measure: Measure) -> str:
    """The condition in words, from the beginning of the part to the end of its bound."""
    tail = re.match(
        r"\s?(?:이내에?|안에|내에?|까지|이전|전|후|미만|이상|초과|of \w+(?: \w+)?|after \w+(?: \w+)?|before \w+(?: \w+)?)",
        part[measure.end :],
    )
    words = part[max(0, measure.start - 20) : measure.end + (tail.end() if tail else 0)]
    if measure.start > 20:
        words = words.partition(" ")[2]
    return words.strip(" -:()\"'")


def _point(value: str) -> str:
    length = parse_duration(value)
    if length is None:
        return value
    hours = length.total_seconds() / 3600
    if re.search(r"일|주|월|달|day|week|month|d\b", value):
        return f"D-{plain(hours / 24)}"
    return f"{plain(hours)}h" if hours >= 1 else f"{plain(hours * 60)}m"
