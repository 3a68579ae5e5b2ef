"""How a workbook shows a number: percentages, dates, times, separators and the words around it (`#,##0"원"`)."""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation

_BUILT_IN = {
    9: "0%",
    10: "0.00%",
    3: "#,##0",
    4: "#,##0.00",
    **dict.fromkeys((14, 15, 16, 17, 27, 28, 29, 30, 31, 36, 50, 51, 52, 53, 54, 57, 58), "yyyy-mm-dd"),
    **dict.fromkeys((18, 19, 20, 21, 32, 33, 45, 46, 47, 55, 56), "h:mm"),
    22: "yyyy-mm-dd h:mm",
    **dict.fromkeys((5, 6, 7, 8, 37, 38, 39, 40, 41, 42, 43, 44), "#,##0"),
}
_LITERAL = re.compile(r'"([^"]*)"|\\(.)|\[\$([^\]-]*)[^\]]*\]|[_*].|\[[^\]]*\]')
_LAST_DAY = 2_958_465  # 31 December 9999, the last that a workbook knows
_FIRST_DAYS = {False: datetime(1899, 12, 30), True: datetime(1904, 1, 1)}


def code_of(ident: int, own: dict[int, str]) -> str:
    """The code of a number format by its id; empty for `General`."""
    return own.get(ident, _BUILT_IN.get(ident, ""))


def shown(text: str, code: str, since_1904: bool = False) -> str:
    """A cell's number as the workbook shows it; the text itself where it is no number."""
    try:
        value = Decimal(text)
    except InvalidOperation:
        return text
    if not value.is_finite() or abs(value) > Decimal(10) ** 15:
        return text
    positive = code.split(";")[0]
    bare = _LITERAL.sub("", positive)
    if re.search(r"[ymdhs]", bare, re.I) and not re.search(r"[#0?]", re.sub(r"\.0+|00?", "", bare)):
        return _date(value, bare.lower(), since_1904)
    if "%" in bare:
        return f"{_plain(value * 100, _decimals(bare))}%"
    if not bare or bare.lower() == "general":
        return _plain(value, None)
    before, after = _around(positive)
    return f"{before}{_plain(value, _decimals(bare), ',' in bare)}{after}"


def _plain(value: Decimal, decimals: int | None, thousands: bool = False) -> str:
    """Rounded as shown, without the noise of binary fractions where no decimals are asked for."""
    rounded = value.quantize(Decimal(1).scaleb(-(10 if decimals is None else decimals)), ROUND_HALF_UP)
    text = f"{rounded:,f}" if thousands else f"{rounded:f}"
    return text.rstrip("0").rstrip(".") if decimals is None and "." in text else text


def _decimals(bare: str) -> int:
    match = re.search(r"\.([0#?]+)", bare)
    return min(len(match[1]), 15) if match else 0


def _around(code: str) -> tuple[str, str]:
    """The words before and behind the digits of a code."""
    spread = _LITERAL.sub(lambda m: (m[1] or m[2] or m[3] or "").replace("#", "").replace("0", ""), code)
    match = re.search(r"[#0?][#0?,.]*", spread)
    return (spread[: match.start()].strip(), spread[match.end() :].rstrip()) if match else ("", "")


def _date(value: Decimal, bare: str, since_1904: bool) -> str:
    if not 0 <= value <= _LAST_DAY:
        return str(value)
    seconds = round(value * 86_400)
    moment = _FIRST_DAYS[since_1904] + timedelta(seconds=int(seconds))
    has_date = "y" in bare or "d" in bare
    has_time = "h" in bare or "s" in bare
    if has_date and has_time and seconds % 86_400:
        return f"{moment:%Y-%m-%d %H:%M}"
    return f"{moment:%H:%M}" if has_time and not has_date else f"{moment:%Y-%m-%d}"
