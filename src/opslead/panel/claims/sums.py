"""A sum that a model wrote, read by a parser of its own and worked out: `3 * 14 / 2 = 21 sites`, `7만 2천원 × 18% = 12,960원`.

Nothing is evaluated as code: figures, scales (만, 천, 억, k), + - * / ( ) and % are read, words and signs of currencies are units and
passed over. A chain is reckoned on from each result: `90 × 4% = 3.6건 × 7만 2천원 = 25.9만원`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from opslead.intake.amounts.numerals import value_of

_TOKEN = re.compile(
    r"\s*(?:(?P<n>\d{1,12}(?:,\d{3})*(?:\.\d+)?(?:\s?(?:천만|백만|십만|억|만|천|백)(?:\s?\d[\d,]*\s?(?:만|천|백)?)?|k\b)?)\s*(?P<p>%?)"
    r"|(?P<o>[-+*/()])|(?P<w>[^\W\d_]+|[²°‘’“”'\".,:·_†$€£¥₩]))",
    re.I,
)
_SIGNS = str.maketrans({"×": "*", "÷": "/", "−": "-", "–": "-", "x": "*", "X": "*", "∙": "*", "[": "(", "]": ")"})
_EQUALS = re.compile(r"=|≈|→")
_ABOUT = re.compile(r"≈|약|대략|\babout\b|\broughly\b", re.I)
_CLOCK = re.compile(r"(?<!\d)(\d{1,2}):(\d{2})(?!\d)")
_DEEPEST = 12


class SumError(ValueError):
    """What is wrong with a sum, as a short word: `shape`, `zero`, `deep`."""


@dataclass(frozen=True)
class Sum:
    """A sum as written: `formula` = `result`, its `value`, the `shown` one, and the numbers that go in.

    `on_the_way`: whether what a chain says between its parts comes out; `about`: whether it is said to be about so.
    """

    formula: str
    result: str
    value: float
    shown: float
    numbers: tuple[float, ...]
    on_the_way: bool = True
    about: bool = False

    @property
    def right(self) -> bool:
        """Whether the result is the value, rounded as it is shown: a rounded figure may be off by half of its last place."""
        return self.on_the_way and _comes_out(self.value, self.result, self.shown, about=self.about)


@dataclass(frozen=True)
class _Part:
    sign: str
    number: float = 0.0


def parse_sum(text: str) -> Sum:
    """The sum of a line `formula = result`, or of a chain of them. Raises SumError for what is none."""
    sides = [side.strip() for side in _EQUALS.split(text)]
    if len(sides) < 2 or not all(sides):
        raise SumError("shape")
    value, numbers = _worked_out(_parts(sides[0]))
    fine, about = True, _ABOUT.search(text) is not None
    for side in sides[1:-1]:
        parts = _parts(side)
        if not parts or parts[0].sign:
            raise SumError("shape")
        fine = fine and _comes_out(value, _first_number(side), parts[0].number, about=about)
        value, more = _worked_out(parts) if len(parts) > 1 else (parts[0].number, (parts[0].number,))
        numbers += more[1:]
    shown = [part.number for part in _parts(sides[-1]) if not part.sign]
    if len(shown) != 1:
        raise SumError("shape")
    return Sum(" = ".join(sides[:-1]), sides[-1], value, shown[0], numbers, fine, about)


def _worked_out(parts: list[_Part]) -> tuple[float, tuple[float, ...]]:
    """The value of a computation, and the numbers that go in. Raises SumError for what has no sign or is not used up."""
    if not any(part.sign in "+-*/" for part in parts if part.sign):
        raise SumError("shape")
    value, left = _terms(parts, 0)
    if left:
        raise SumError("shape")
    return value, tuple(part.number for part in parts if not part.sign)


def _first_number(side: str) -> str:
    """The first number as it is written, by which its rounding is known."""
    found = _TOKEN.search(re.sub(r"^\D+", "", side))
    return found[0] if found else side


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


def _comes_out(value: float, written: str, shown: float, *, about: bool) -> bool:
    return abs(value - shown) <= max(_half(written, shown, 2 if about else 3), 1e-9 * abs(value))


_SCALES = {"천": 1e3, "만": 1e4, "십만": 1e5, "백만": 1e6, "천만": 1e7, "억": 1e8, "k": 1e3}
_DECIMALS = re.compile(r"\d\.(\d+)\s?(천만|백만|십만|억|만|천|k\b)?", re.I)


def _half(written: str, value: float, places: int) -> float:
    """Half of the last place that is shown, `25.9만` to a thousand; of a long round number half of its last place that is not 0, so many
    places at the least."""
    share = 0.01 if "%" in written else 1.0
    decimals = _DECIMALS.search(written)
    if decimals:
        return float(0.5 * 10 ** -len(decimals[1])) * share * _SCALES.get((decimals[2] or "").lower(), 1.0)
    digits = str(round(abs(value / share)))
    zeros = min(len(digits) - len(digits.rstrip("0")), max(len(digits) - places, 0))
    return 0.5 * 10.0**zeros * share
