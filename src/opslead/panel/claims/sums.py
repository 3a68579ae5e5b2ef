"""A sum that a model wrote, read by a parser of its own and worked out: `3 * 14 / 2 = 21 sites`, `7만 2천원 × 18% = 12,960원`.

Nothing is evaluated as code: figures, scales (만, 천, 억, k), + - * / ( ) and % are read, words are units and passed over.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from opslead.intake.amounts.numerals import value_of

_TOKEN = re.compile(
    r"\s*(?:(?P<n>\d{1,12}(?:,\d{3})*(?:\.\d+)?(?:\s?(?:천만|백만|십만|억|만|천|백)(?:\s?\d[\d,]*\s?(?:만|천|백)?)?|k\b)?)\s*(?P<p>%?)"
    r"|(?P<o>[-+*/()])|(?P<w>[^\W\d_]+|[²°‘’“”'\".,:·_†]))",
    re.I,
)
_SIGNS = str.maketrans({"×": "*", "÷": "/", "−": "-", "–": "-", "x": "*", "X": "*", "∙": "*", "[": "(", "]": ")"})
_EQUALS = re.compile(r"=|≈|→")
_CLOCK = re.compile(r"(?<!\d)(\d{1,2}):(\d{2})(?!\d)")
_DEEPEST = 12


class SumError(ValueError):
    """What is wrong with a sum, as a short word: `shape`, `zero`, `deep`."""


@dataclass(frozen=True)
class Sum:
    """A sum as written: `formula` = `result`, its `value`, the `shown` one, and the numbers that go in."""

    formula: str
    result: str
    value: float
    shown: float
    numbers: tuple[float, ...]

    @property
    def right(self) -> bool:
        """Whether the result is the value, rounded as it is shown: a rounded figure may be off by half of its last place."""
        return abs(self.value - self.shown) <= max(_half(self.result, self.shown), 1e-9 * abs(self.value))


@dataclass(frozen=True)
class _Part:
    sign: str
    number: float = 0.0


def parse_sum(text: str) -> Sum:
    """The sum of a line `formula = result`. Raises SumError for what is none."""
    formula, result = _sides(text)
    parts = _parts(formula)
    if not any(part.sign in "+-*/" for part in parts if part.sign):
        raise SumError("shape")
    value, left = _terms(parts, 0)
    shown = [part.number for part in _parts(result) if not part.sign]
    if left or len(shown) != 1:
        raise SumError("shape")
    return Sum(formula, result, value, shown[0], tuple(part.number for part in parts if not part.sign))


def _sides(text: str) -> tuple[str, str]:
    sides = [side.strip() for side in _EQUALS.split(text)]
    if len(sides) != 2 or not all(sides):
        raise SumError("shape")
    return sides[0], sides[1]


def _parts(text: str) -> list[_Part]:
    """Numbers and signs in order; a slash between words (`건/월`) is a unit and no division."""
    text = _units(re.sub(r"(?<=[\d\s%)가-힣])[xX](?=[\s\d(])", "*", text)).translate(_KEPT)
    found, at = [], 0
    while at < len(text.rstrip()):
        match = _TOKEN.match(text, at)
        if match is None:
            raise SumError("shape")
        at = match.end()
        if match["n"]:
            number = value_of(match["n"].replace("K", "k"))
            if number is None:
                raise SumError("shape")
            found.append(_Part("", number / 100 if match["p"] else number))
        elif match["o"]:
            found.append(_Part(match["o"]))
    return found


_KEPT = {sign: to for sign, to in _SIGNS.items() if chr(sign).lower() != "x"}


def _units(text: str) -> str:
    """Times of day as hours (`15:30` is 15.5); without slashes and hyphens inside units and brackets that hold words alone."""
    text = _CLOCK.sub(lambda at: f"{int(at[1]) + int(at[2]) / 60:.6g}", text)
    text = re.sub(r"\([^()\d]*\)", " ", text)
    return re.sub(r"(?<=[^\W\d_])[/-](?=\s?[^\W\d_])", " ", text)


def _terms(parts: list[_Part], depth: int) -> tuple[float, list[_Part]]:
    """A sum of products up to a closing bracket or the end, and what is left."""
    value, left = _products(parts, depth)
    while left and left[0].sign in ("+", "-"):
        sign = left[0].sign
        more, left = _products(left[1:], depth)
        value = value + more if sign == "+" else value - more
    return value, left


def _products(parts: list[_Part], depth: int) -> tuple[float, list[_Part]]:
    value, left = _factor(parts, depth)
    while left and left[0].sign in ("*", "/"):
        sign = left[0].sign
        more, left = _factor(left[1:], depth)
        if sign == "/" and more == 0:
            raise SumError("zero")
        value = value * more if sign == "*" else value / more
    return value, left


def _factor(parts: list[_Part], depth: int) -> tuple[float, list[_Part]]:
    if not parts:
        raise SumError("shape")
    first, *left = parts
    if not first.sign:
        return first.number, left
    if first.sign == "(":
        if depth >= _DEEPEST:
            raise SumError("deep")
        value, left = _terms(left, depth + 1)
        if not left or left[0].sign != ")":
            raise SumError("shape")
        return value, left[1:]
    raise SumError("shape")


def _half(written: str, value: float) -> float:
    """Half of the last place that is shown; of a long round number half of its last place that is not 0, three places at the least."""
    share = 0.01 if "%" in written else 1.0
    decimals = re.search(r"\d\.(\d+)", written)
    if decimals:
        return float(0.5 * 10 ** -len(decimals[1])) * share
    digits = str(round(abs(value / share)))
    zeros = min(len(digits) - len(digits.rstrip("0")), max(len(digits) - 3, 0))
    return 0.5 * 10.0**zeros * share
