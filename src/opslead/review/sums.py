"""Sums as people write them into a sentence: `14개 × 30분 = 7인시`, `3 × 24 × 72,000 ≈ 5.2 million`, `0.96^41로 약 19%`.

A small reader of its own: numbers with their units, `+ − × ÷ ^`, brackets, and one sign or word that says "equals". What it cannot read
whole, it gives up; names between numbers and signs are passed over, remarks in brackets too.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from opslead.review.tokens import Token, tokens_of
from opslead.review.written import Written


@dataclass(frozen=True)
class Sum:
    """What is said to equal what. `low` and `high`: the left side, as wide as its rounded numbers make it, in base units (seconds,
    shares of one); `plain` the same with times and money as written. `text[start:end]` is the whole statement.
    """

    low: float
    high: float
    plain: tuple[float, float]
    dimensions: frozenset[str]
    said: Written
    sign: str
    start: int
    end: int


def sums(text: str) -> Iterator[Sum]:
    """Every statement of equality with a computation on its left, in the order of the text."""
    tokens = tokens_of(text)
    bare = _without_remarks(tokens)
    seen: set[tuple[int, int]] = set()
    for some in (tokens, bare) if len(bare) < len(tokens) else (tokens,):
        for index, token in enumerate(some):
            found = _sum(some, index) if token.kind == "equals" else None
            if found is not None and (found.start, found.end) not in seen:
                seen.add((found.start, found.end))
                yield found


def _sum(tokens: Sequence[Token], index: int) -> Sum | None:
    left, right = _left(tokens, index), _right(tokens, index)
    if left is None or right is None:
        return None
    earlier = _results(tokens, index)
    base, plain = _value(left, earlier, base=True), _value(left, earlier, base=False)
    if base is None or plain is None:
        return None
    dimensions = frozenset(t.number.dimension for t in left if t.number is not None and t.number.dimension)
    said = right.number
    if said is None:
        return None
    return Sum(*base, plain, dimensions, said, tokens[index].text, left[0].start, right.end)


def _results(tokens: Sequence[Token], index: int) -> set[float]:
    """The numbers that came out shortly before."""
    begin = max(1, index - 60)
    return {
        t.number.value for n, t in enumerate(tokens[begin:index], begin) if t.number and tokens[n - 1].kind == "equals"
    }


_EDGE = frozenset(",.;:!?|“”\"'‘’([—–-/")
"""Signs before which a computation may begin; after any other it may be the end of a longer one."""


def _left(tokens: Sequence[Token], index: int) -> list[Token] | None:
    """The computation before the sign; None when there is none, or a part of it cannot be read."""
    begin, depth = index, 0
    while begin and tokens[begin - 1].kind not in ("equals", "break"):
        depth += {"close": 1, "open": -1}.get(tokens[begin - 1].kind, 0)
        if depth < 0:
            break  # the statement stands within a bracket
        begin -= 1
    if begin and tokens[begin - 1].kind == "break" and tokens[begin - 1].text not in _EDGE:
        return None
    part = [t for t in _without_remarks(tokens[begin:index]) if t.kind != "word"]
    return part if len(part) > 2 and _alternates(part) else None


def _alternates(part: Sequence[Token]) -> bool:
    """Whether numbers and signs take turns, brackets aside: `3 × P(…)` has something that is no number."""
    bare = [t.kind for t in part if t.kind not in ("open", "close")]
    return all(kind == ("sign" if n % 2 else "number") for n, kind in enumerate(bare)) and len(bare) % 2 == 1


def _without_remarks(part: Sequence[Token]) -> list[Token]:
    """The tokens without what stands in brackets after a number or a word."""
    kept: list[Token] = []
    depth = 0
    for token in part:
        if depth or (token.kind == "open" and kept and kept[-1].kind in ("number", "close", "word")):
            depth += {"open": 1, "close": -1}.get(token.kind, 0)
        else:
            kept.append(token)
    return kept


_RANGE = frozenset("~–-∼〜±")


def _right(tokens: Sequence[Token], index: int) -> Token | None:
    """The number after the sign; None when it goes on as a computation or a range."""
    rest = tokens[index + 1 : index + 3]
    if rest and rest[0].kind == "word":
        if tokens[index].text in ("→", "⇒", "->") or len(rest[0].text) > 16:
            return None
        rest = rest[1:]
    if not rest or rest[0].kind != "number":
        return None
    at = next(n for n in range(index + 1, len(tokens)) if tokens[n] is rest[0])
    after = tokens[at + 1 : at + 3]
    if after and (after[0].kind == "sign" or (after[0].kind == "break" and after[0].text in _RANGE)):
        return None
    if len(after) == 2 and after[0].kind == "word" and after[1].kind == "number" and len(after[0].text) < 8:
        return None  # `= 3시간에 11.2건`: the result comes later
    return None if after and after[0].kind == "number" else rest[0]


_STRENGTH = {"+": 1, "−": 1, "×": 2, "÷": 2, "^": 3}


def _value(part: Sequence[Token], results: set[float], *, base: bool) -> tuple[float, float] | None:
    """The computation's least and greatest value; None when brackets do not match or something is divided by zero.

    `results`: numbers that came out before in the same text, and so are rounded.
    """
    outputs: list[tuple[float, float]] = []
    signs: list[str] = []

    def apply() -> bool:
        if len(outputs) < 2:
            return False
        right, left = outputs.pop(), outputs.pop()
        made = _apply(signs.pop(), left, right)
        if made is None:
            return False
        outputs.append(made)
        return True

    for token in part:
        if token.kind == "number" and token.number is not None:
            outputs.append(token.number.ends(base=base, rounded=token.number.value in results))
        elif token.kind == "open":
            signs.append("(")
        elif token.kind == "close":
            while signs and signs[-1] != "(":
                if not apply():
                    return None
            if not signs:
                return None
            signs.pop()
        else:
            while signs and signs[-1] != "(" and _STRENGTH[signs[-1]] >= _STRENGTH[token.text]:
                if not apply():
                    return None
            signs.append(token.text)
    while signs:
        if signs[-1] == "(" or not apply():
            return None
    return outputs[0] if len(outputs) == 1 else None


def _apply(sign: str, left: tuple[float, float], right: tuple[float, float]) -> tuple[float, float] | None:
    """Interval arithmetic over non-negative numbers; powers only of small exponents."""
    if sign == "+":
        return left[0] + right[0], left[1] + right[1]
    if sign == "−":
        return left[0] - right[1], left[1] - right[0]
    if sign == "÷":
        if right[0] <= 0 <= right[1]:
            return None
        ends = [a / b for a in left for b in right]
    elif sign == "^":
        one, power = (left[0] + left[1]) / 2, (right[0] + right[1]) / 2
        if not 0 <= one <= 1e6 or not 0 <= power <= (400 if one <= 2 else 20):
            return None
        ends = [one**power]  # a rounded base would make anything of a high power
    else:
        ends = [a * b for a in left for b in right]
    return min(ends), max(ends)
