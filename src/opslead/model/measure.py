"""Amounts as people write them, held in one unit: durations as timedelta, money as Money, shares as a fraction.

Every parser takes one written value ("10m", "3만원", "KRW 30,000", "영업일 3일", "20%") and returns None for what it does
not understand; finding values inside running text is the business of `intake`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import timedelta

from opslead.text import Lang

_UNITS = {
    "second": ("초", "s", "sec", "secs", "second", "seconds"),
    "minute": ("분", "m", "min", "mins", "minute", "minutes"),
    "hour": ("시간", "h", "hr", "hrs", "hour", "hours"),
    "day": ("일", "d", "day", "days", "영업일", "business day", "business days", "working day", "working days"),
    "week": ("주", "주일", "w", "wk", "week", "weeks"),
    "month": ("개월", "달", "month", "months"),
    "year": ("년", "year", "years"),
}
_SECONDS = {
    "second": 1,
    "minute": 60,
    "hour": 3600,
    "day": 86400,
    "week": 604800,
    "month": 30 * 86400,
    "year": 365 * 86400,
}
_LONGEST = 100 * _SECONDS["year"]
"""Longer than anything an operation waits for."""
_UNIT_OF = {word: unit for unit, words in _UNITS.items() for word in words}
_WORDS = "|".join(sorted(map(re.escape, _UNIT_OF), key=len, reverse=True))
_PIECE = re.compile(rf"(\d+(?:\.\d+)?)\s*[- ]?\s*({_WORDS})(?![a-z])", re.I)
_NET = re.compile(r"^net\s*(\d+)$", re.I)


def parse_duration(text: str) -> timedelta | None:
    """A length of time: `10m`, `1h 30m`, `12시간`, `3일`, `2 weeks`, `영업일 3일`, `net 5`. A month counts 30 days."""
    text = text.strip().lower().replace(",", "")
    if net := _NET.match(text):
        return parse_duration(f"{net.group(1)}d")
    text = re.sub(r"^(?:영업일\s*(?:기준)?\s*|약\s*|about\s+|within\s+|최대\s*|up to\s+)", "", text)
    pieces = list(_PIECE.finditer(text))
    rest = _PIECE.sub("", text).strip(" +,~내이안에후전")
    if not pieces or rest not in ("", "and"):
        return None
    seconds = sum(float(p.group(1)) * _SECONDS[_UNIT_OF[p.group(2).lower()]] for p in pieces)
    return timedelta(seconds=seconds) if seconds <= _LONGEST else None


def format_duration(length: timedelta, lang: Lang) -> str:
    """The length in the two largest units that say it exactly enough: `12시간`, `1시간 30분`, `90 s`."""
    seconds = round(length.total_seconds())
    names = ("일", "시간", "분", "초") if lang == "ko" else (" day", " h", " min", " s")
    units = list(zip((86400, 3600, 60, 1), names, strict=True))
    if 86400 < seconds < 259200 and seconds % 86400:  # 63 hours reads better than 2 days 15 hours
        del units[0]
    parts = []
    for size, word in units:
        amount, seconds = divmod(seconds, size)
        if amount:
            parts.append(f"{amount}{word}{'s' if word == ' day' and amount != 1 else ''}")
    return " ".join(parts[:2]) if parts else f"0{names[-1]}"


_CURRENCY = {
    "원": "KRW", "krw": "KRW", "₩": "KRW", "won": "KRW",
    "eur": "EUR", "€": "EUR", "euro": "EUR", "euros": "EUR", "유로": "EUR",
    "usd": "USD", "$": "USD", "us$": "USD", "dollar": "USD", "dollars": "USD", "달러": "USD",
    "gbp": "GBP", "£": "GBP", "pounds": "GBP", "pound": "GBP",
    "jpy": "JPY", "¥": "JPY", "엔": "JPY", "yen": "JPY",
    "xaf": "XAF", "fcfa": "XAF", "inr": "INR", "₹": "INR", "rs": "INR", "chf": "CHF",
}  # fmt: skip
_CODE = "|".join(sorted(map(re.escape, _CURRENCY), key=len, reverse=True))
_KOREAN_NUMBER = re.compile(r"(\d[\d,]*(?:\.\d+)?)\s*(억|천만|백만|십만|만|천|백)?")
_SCALE = {"억": 10**8, "천만": 10**7, "백만": 10**6, "십만": 10**5, "만": 10**4, "천": 10**3, "백": 100, "": 1, None: 1}
_MONEY_BEFORE = re.compile(rf"^(?P<code>{_CODE})\s*(?P<n>-?\d[\d,]*(?:\.\d+)?)\s*(?P<k>k|m|bn)?$", re.I)
_MONEY_AFTER = re.compile(
    rf"^(?P<n>-?(?:\d[\d,]*(?:\.\d+)?\s*(?:억|천만|백만|십만|만|천|백)?\s*)+)(?P<k>k|m|bn)?\s*(?P<code>{_CODE})$", re.I
)


@dataclass(frozen=True, order=True)
class Money:
    """An amount in the currency's main unit."""

    amount: float
    currency: str

    def __str__(self) -> str:
        number = f"{self.amount:,.0f}" if self.amount == int(self.amount) else f"{self.amount:,.2f}"
        return f"{self.currency} {number}"

    def format(self, lang: Lang) -> str:
        """As the reader's language writes it: `20만원`, `7만 2천원`, `25 EUR`."""
        if self.currency != "KRW" or lang != "ko":
            number = f"{self.amount:,.0f}" if self.amount == int(self.amount) else f"{self.amount:,.2f}"
            return f"{number} {self.currency}"
        whole = round(self.amount)
        parts: list[str] = []
        for size, word in ((10**8, "억"), (10**4, "만"), (1, "")):
            amount, whole = divmod(whole, size)
            if amount:
                rest = f"{amount // 1000}천" if size == 1 and parts and amount % 1000 == 0 else f"{amount:,}{word}"
                parts.append(rest)
        return (" ".join(parts) or "0") + "원"


def parse_number(text: str) -> float | None:
    """A plain number as written in either language: `3,000`, `1.5`, `3만`, `7만 2천`, `10k`."""
    text = text.strip().lower().replace(" ", "")
    if match := re.fullmatch(r"(-?\d[\d,]*(?:\.\d+)?)(k|m|bn)", text):
        return float(match.group(1).replace(",", "")) * {"k": 1e3, "m": 1e6, "bn": 1e9}[match.group(2)]
    sign, text = (-1, text[1:]) if text.startswith("-") else (1, text)
    total, position = 0.0, 0
    for match in _KOREAN_NUMBER.finditer(text):
        if match.start() != position:
            return None
        total += float(match.group(1).replace(",", "")) * _SCALE[match.group(2)]
        position = match.end()
    return sign * total if position and position == len(text) else None


def parse_money(text: str, currency: str = "") -> Money | None:
    """An amount of money: `3만원`, `KRW 30,000`, `25 EUR`, `$4`; a bare number only when `currency` is given."""
    text = text.strip()
    for pattern in (_MONEY_BEFORE, _MONEY_AFTER):
        if match := pattern.match(text):
            number = parse_number(match.group("n") + (match.group("k") or ""))
            return None if number is None else Money(number, _CURRENCY[match.group("code").lower()])
    number = parse_number(text)
    return Money(number, currency) if number is not None and currency else None


def parse_share(text: str) -> float | None:
    """A share as a fraction of one: `20%`, `4 percent`, `50퍼센트`, `0.2`; None below 0 or above 10 (1,000%)."""
    match = re.fullmatch(r"(?:약\s*|about\s+)?(-?\d[\d,]*(?:\.\d+)?)\s*(%|percent|퍼센트|프로)?", text.strip(), re.I)
    if not match:
        return None
    value = float(match.group(1).replace(",", "")) / (100 if match.group(2) else 1)
    return value if 0 <= value <= 10 else None


def format_share(share: float, lang: Lang) -> str:
    del lang  # both languages write it alike
    return f"{share * 100:.4g}%"


def format_number(value: float) -> str:
    """With thousands separators, and one decimal below 100 only: `3,000`, `121`, `12.9`."""
    return f"{value:,.0f}" if abs(value - round(value)) < 0.05 or value >= 100 else f"{value:,.1f}"


def amount(low: float, high: float, unit: str, lang: Lang) -> str:
    """A number with its unit, or a range of it: `2~6분`, `2 to 6 min`, `4%`; shares are fractions of one."""
    scale = 100 if unit == "%" else 1
    ends = [format_number(low * scale)] + ([format_number(high * scale)] if high != low else [])
    joined = ("~" if lang == "ko" else " to ").join(ends)
    return joined + (" " if lang == "en" and unit and unit != "%" else "") + unit


def moves(given: tuple[float, float], unit: str, result: tuple[float, float], of: str, lang: Lang) -> str:
    """What a result becomes over the range of one input: `2~6분 → 10~30건`; falling, with each end named so that no range
    runs backwards: `2분일 때 30건, 6분일 때 10건`.
    """
    if result[0] <= result[1]:
        return f"{amount(*given, unit, lang)} → {amount(*result, of, lang)}"
    ends = [(amount(g, g, unit, lang), amount(r, r, of, lang)) for g, r in zip(given, result, strict=True)]
    return ", ".join(f"{g}일 때 {r}" if lang == "ko" else f"{r} at {g}" for g, r in ends)


_RELATIVE = re.compile(r"^D\s*([-+])\s*(\d+)(?:\s*일)?(?:\s+(\d{1,2}):(\d{2}))?$", re.I)


def parse_relative_day(text: str) -> timedelta | None:
    """A point before or after the day of use: `D-7`, `D-1 18:00`, `D+2`; negative is before. Midnight if no time."""
    match = _RELATIVE.match(text.strip())
    if not match:
        return None
    days = int(match.group(2)) * (-1 if match.group(1) == "-" else 1)
    return timedelta(days=days, hours=int(match.group(3) or 0), minutes=int(match.group(4) or 0))
