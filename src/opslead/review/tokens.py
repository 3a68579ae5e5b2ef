"""The signs of a written sum: numbers with units, operators, brackets, what says "equals", words, and breaks."""

from __future__ import annotations

import re
from dataclasses import dataclass

from opslead.intake.amounts.numerals import SCALED
from opslead.intake.amounts.patterns import MONEY_WORD, SYMBOL
from opslead.intake.amounts.units import TIME_UNITS
from opslead.review.written import Written, read
from opslead.text import STARTING


@dataclass(frozen=True)
class Token:
    """`kind` is number, sign, equals, open, close, word or break; a sign's `text` is one of + − × ÷ ^."""

    kind: str
    text: str
    start: int
    end: int
    number: Written | None = None


_UNIT = rf"인시|(?i:(?:man|person|staff)[- ]?hours?\b)|%(?!p)|퍼센트|(?i:per ?cent\b)|{MONEY_WORD}|{TIME_UNITS}|배"
_OTHER = r"\d{1,2}:\d{2}|\d{4}-\d{2}(?:-\d{2})?|(?<![A-Za-z])[A-Za-z]{1,3}\s?[-‐+]\s?\d+|#\s?\d+|(?<=[A-Za-z])\d+|\d+(?=[A-Za-z]\d)|\d+(?:\.\d+){2,}"
"""What has figures and is no number: times, dates, `D-3`, `B-2`, `#12`, `F9`, versions."""
_SAID = r"(?:으?로|은|는|이면|면)\s+(?:약|대략)?\s?(?=\d)|\b(?:is|are|makes|gives|equals|comes to|come to)\s(?:about\s|around\s|roughly\s)?(?=[\d$€£])"
_TOKEN = re.compile(
    rf"(?P<other>{_OTHER})"
    rf"|(?P<about>(?:약|대략)\s?(?=\d)|\b(?:about|around|roughly|approx\.?|approximately)\s(?=[\d$€£])|~\s?(?=\d)(?<=[\s=(]~))"
    rf"|(?P<number>(?P<symbol>{SYMBOL}\s?)?(?P<figures>{SCALED}){STARTING}?(?P<unit>\s?-?(?:{_UNIT}))?)"
    r"|(?P<sign>[+×÷^−*]|(?<=\s)[-–](?=\s)|(?<=\s)[xX](?=\s)|(?<=[\d%])/(?=\d)|(?<=\s)/(?=\s))"
    r"|(?P<equals>==?|≈|≒|→|⇒|->)"
    rf"|(?P<said>{_SAID})"
    r"|(?P<open>\()|(?P<close>\))"
    rf"|(?P<space>\s+|{STARTING})"
    r"|(?P<word>[A-Za-z가-힣]+)"
    r"|(?P<break>.)",
    re.S,
)
_SIGNS = {"*": "×", "x": "×", "X": "×", "/": "÷", "-": "−", "–": "−"}
_LONGEST_NAME = 24


def tokens_of(text: str) -> tuple[Token, ...]:
    """The text's tokens. Words that belong together are one; a run of more than 24 letters is a break, since it is no name."""
    found: list[Token] = []
    about = False
    for match in _TOKEN.finditer(text):
        kind, words = match.lastgroup or "", match.group()
        if match["number"] is not None:
            number = read(match["figures"], match["unit"] or "", match["symbol"] or "", about=about)
            found.append(_token("number" if number else "break", match, number=number))
        elif kind == "sign":
            found.append(Token("sign", _SIGNS.get(words, words), *match.span()))
        elif kind == "word":
            _add_word(found, match)
        elif kind == "said":
            equals = bool(found) and found[-1].kind in ("number", "close", "word")
            found.append(Token("equals" if equals else "word", words, *match.span()))
        elif kind in ("equals", "open", "close"):
            found.append(_token(kind, match))
        elif kind not in ("space", "about"):
            found.append(_token("break", match))
        about = kind == "about" or (kind == "said" and bool(re.search(r"약|about|around|roughly", words)))
        about = about or (kind in ("equals", "space") and (words in "≈≒" or (kind == "space" and about)))
    return tuple(
        Token("break", "…", t.start, t.end) if t.kind == "word" and len(t.text) > _LONGEST_NAME else t for t in found
    )


def _token(kind: str, match: re.Match[str], number: Written | None = None) -> Token:
    return Token(kind, match.group(), *match.span(), number)


def _add_word(found: list[Token], match: re.Match[str]) -> None:
    """The word, joined to a word right before it."""
    if found and found[-1].kind == "word":
        last = found.pop()
        found.append(Token("word", f"{last.text} {match.group()}", last.start, match.end()))
    else:
        found.append(_token("word", match))
