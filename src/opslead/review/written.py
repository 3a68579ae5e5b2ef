"""A number as it stands in a text: its value, its unit, and how finely it is written."""

from __future__ import annotations

import re
from dataclasses import dataclass

from opslead.intake.amounts.numerals import value_of
from opslead.model.measure import parse_duration, parse_money

_HOURS_OF_WORK = re.compile(r"인시|(?:man|person|staff)[- ]?hours?", re.I)
_SCALES = {"억": 1e8, "천만": 1e7, "백만": 1e6, "십만": 1e5, "만": 1e4, "천": 1e3, "백": 1e2, "thousand": 1e3, "million": 1e6, "billion": 1e9}  # fmt: skip


@dataclass(frozen=True)
class Written:
    """`value` as written; `step` the worth of its last digit, `coarse` of its last digit that is not zero.

    `factor` turns it into the base unit of `dimension`: seconds for duration, one for share, the currency's unit for money; the
    dimension of a bare or counted number is empty. `about`: said to be rounded.
    """

    value: float
    step: float
    coarse: float
    dimension: str
    factor: float
    about: bool

    def ends(self, *, base: bool, rounded: bool = False) -> tuple[float, float]:
        """What it can stand for: a number with decimals, or one said to be rounded, for all that round to it; money is exact.

        Without `base` in the unit it is written in, shares always as shares of one.
        """
        wide = 0.0
        if self.about:
            wide = self.coarse / 2
        elif rounded or (self.step < 1 and self.dimension in ("", "duration", "share")):
            wide = self.step / 2
        scale = self.factor if base or self.dimension == "share" else 1.0
        return (self.value - wide) * scale, (self.value + wide) * scale


def read(figures: str, unit: str, symbol: str, *, about: bool) -> Written | None:
    """The number in figures with its unit (`분`, `EUR`, `%`, `건` or none) or the currency's symbol before it."""
    value = value_of(figures)
    if value is None:
        return None
    step = _step(figures)
    coarse = step
    while value and abs(value / (coarse * 10) - round(value / (coarse * 10))) < 1e-9:
        coarse *= 10
    dimension, factor = _dimension(unit.strip(" -"), symbol.strip())
    return Written(value, step, coarse, dimension, factor, about)


def _step(figures: str) -> float:
    """The worth of the last digit written: 0.1 of `2.8`, 10,000 of `518만`, 1,000 of `7만 2천`."""
    scale = next((s for word, s in _SCALES.items() if figures.rstrip().endswith(word)), 1.0)
    digits = re.findall(r"\d[\d,]*(?:\.(\d+))?", figures)
    return scale * 10.0 ** -len(digits[-1]) if digits else scale


def _dimension(unit: str, symbol: str) -> tuple[str, float]:
    if _HOURS_OF_WORK.fullmatch(unit):
        return "duration", 3600.0
    if unit in ("%", "퍼센트", "percent", "per cent"):
        return "share", 0.01
    money = parse_money(f"{symbol}1" if symbol else f"1 {unit}") if unit or symbol else None
    if money is not None:
        return money.currency, 1.0
    length = parse_duration(f"1 {unit}") if unit else None
    return ("duration", length.total_seconds()) if length is not None else ("", 1.0)
