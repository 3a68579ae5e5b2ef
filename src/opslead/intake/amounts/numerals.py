"""Numbers written in words: `two`, `twenty-five`, `five million`, `열`, `두`, `삼백오십만`, `7만 2천`.

`DIGITS` and `SCALED` are the regular expressions of written numbers; `value_of` turns what they match into a plain
number. Both languages are read by the same functions, since Korean documents mix them.
"""

from __future__ import annotations

import re

from opslead.model.measure import parse_number

DIGITS = r"(?<![\d.])(?:\d{1,3}(?:,\d{3}){1,4}(?!\d)|\d{1,12}(?!\d))(?:\.\d{1,4}(?!\d))?"
"""A number in figures. Not inside a longer number (`1.2.3` is a version)."""
_SCALE = r"(?:천만|백만|십만|억|만|천|백)"
SCALED = (
    rf"(?:{DIGITS})(?: (?:thousand|million|billion)\b|\s?{_SCALE}(?:\s?\d[\d,]{{0,6}}\s?(?:천만|백만|십만|만|천|백)?(?=\s?(?:원|명"
    rf"|건|개|대|여)))?)?"
)
"""A number in figures with Korean scales: `3만`, `7만 2천원`, `1억 2,000만`."""

_ENGLISH_ONES = {
    "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10,
    "eleven": 11, "twelve": 12, "thirteen": 13, "fourteen": 14, "fifteen": 15, "sixteen": 16, "seventeen": 17,
    "eighteen": 18, "nineteen": 19, "twenty": 20, "thirty": 30, "forty": 40, "fifty": 50, "sixty": 60, "seventy": 70,
    "eighty": 80, "ninety": 90, "dozen": 12,
}  # fmt: skip
_ENGLISH_SCALE = {"hundred": 100, "thousand": 1_000, "million": 1_000_000, "billion": 1_000_000_000}
ENGLISH_NUMBERS = tuple(_ENGLISH_ONES)
_ONES = "|".join(sorted(_ENGLISH_ONES, key=len, reverse=True))
ENGLISH_WORD = rf"\b(?:{_ONES})(?:[- ](?:{_ONES}))?(?: (?:hundred|thousand|million))?\b"
"""A number in English words."""

_NATIVE = {
    "한": 1, "두": 2, "세": 3, "네": 4, "다섯": 5, "여섯": 6, "일곱": 7, "여덟": 8, "아홉": 9, "열": 10, "스무": 20,
    "서른": 30, "마흔": 40, "쉰": 50,
}  # fmt: skip
KOREAN_NATIVE = (
    rf"(?<![가-힣])(?:{'|'.join(sorted(_NATIVE, key=len, reverse=True))})(?=\s?(?:시간|달|주(?![가-힣])|개월|명|번|건|곳|개|대"
    rf"|장))"
)
"""A native Korean numeral before a counter: `두 시간`, `세 번`."""
_SINO_DIGIT = {"일": 1, "이": 2, "삼": 3, "사": 4, "오": 5, "육": 6, "칠": 7, "팔": 8, "구": 9}
_SINO_SCALE = {"십": 10, "백": 100, "천": 1_000}
KOREAN_SINO = (
    r"(?<![가-힣])[일이삼사오육칠팔구십백천]{1,8}[만억]?(?:[일이삼사오육칠팔구십백천]{1,7})?"
    r"(?=\s?(?:여\s?)?(?:명|건|곳|개월|원(?![칙인])|시간|분(?![가-힣])|년(?![가-힣])|퍼센트))"
)
"""A Sino-Korean numeral before a counter: `삼백오십만 명`, `십오 분`."""

DAY_WORDS = {
    "이틀": 2, "사흘": 3, "나흘": 4, "닷새": 5, "엿새": 6, "이레": 7, "여드레": 8, "아흐레": 9, "열흘": 10, "보름": 15,
    "하루": 1,
}  # fmt: skip
"""Korean words that are a number of days by themselves."""


def value_of(written: str) -> float | None:
    """The number that figures or words say, None for anything else."""
    written = written.strip()
    figures, _, scale = written.partition(" ")
    number = parse_number(figures if scale in _ENGLISH_SCALE else written)
    if number is not None:
        return number * _ENGLISH_SCALE.get(scale, 1)
    if written in _NATIVE:
        return float(_NATIVE[written])
    return _sino(written) if re.fullmatch(r"[일이삼사오육칠팔구십백천만억]+", written) else _english(written.lower())


def plain(number: float) -> str:
    """The number in figures without needless decimals: `2`, `1.5`."""
    return str(int(number)) if number == int(number) else f"{number:.6f}".rstrip("0").rstrip(".")


def _english(words: str) -> float | None:
    total, part = 0, 0
    for word in re.split(r"[- ]+", words):
        if word in _ENGLISH_ONES:
            part += _ENGLISH_ONES[word]
        elif word in _ENGLISH_SCALE:
            total, part = total + max(part, 1) * _ENGLISH_SCALE[word], 0
        else:
            return None
    return float(total + part) if total + part else None


def _sino(word: str) -> float:
    total, section, digit = 0, 0, 0
    for sign in word:
        if sign in _SINO_DIGIT:
            digit = _SINO_DIGIT[sign]
        elif sign in _SINO_SCALE:
            section, digit = section + max(digit, 1) * _SINO_SCALE[sign], 0
        else:
            total += max(section + digit, 1) * (10_000 if sign == "만" else 100_000_000)
            section, digit = 0, 0
    return float(total + section + digit)
