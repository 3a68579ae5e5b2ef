"""Whether a line of Korean that ran out of room ended between two words or inside one, told by the four signs around the break.

Most programs drop the space at a line's end and break Korean anywhere, so the page itself no longer says it. What decides is how
often Korean text has a space between such signs: log odds in whole steps, counted by `benchmarks/spacing.py` over the Korean
texts of this repository (`spacing.txt`). On texts that it has not counted 96 of 100 places come out right.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

_MOST = 6


@dataclass(frozen=True)
class Weights:
    """Log odds of a space: `prior` anywhere; `end` and `begin` by the sign before and behind it; what the two together add
    (`pair`), and each with its own neighbour (`before`, `after`)."""

    prior: int
    end: Mapping[str, int]
    begin: Mapping[str, int]
    pair: Mapping[str, int]
    before: Mapping[str, int]
    after: Mapping[str, int]

    def odds(self, left: str, right: str) -> int:
        """The log odds of a space between the last two signs `left` and the first two `right`, each as `sign_class` gives it."""
        alone = self.end.get(left[1], self.prior) + self.begin.get(right[0], self.prior) - self.prior
        together = self.pair.get(left[1] + right[0], 0) + self.before.get(left, 0) + self.after.get(right, 0)
        return max(-_MOST, min(_MOST, alone)) + together


def spaced(above: str, below: str) -> bool:
    """Whether a space stood between the end of one line and the beginning of the next; neither is empty."""
    left, right = f" {above}"[-2:], f"{below} "[:2]
    return weights().odds("".join(map(sign_class, left)), "".join(map(sign_class, right))) > 0


def sign_class(sign: str) -> str:
    """Hangul and punctuation are themselves; digits, Latin letters and spaces each count as one sign."""
    if sign.isascii():
        return "0" if sign.isdigit() else "A" if sign.isalpha() else " " if sign.isspace() else sign
    return sign


@cache
def weights() -> Weights:
    """The counted weights. A line of the file: which, the weight, the signs or pairs of signs that have it."""
    found: dict[str, dict[str, int]] = {name: {} for name in ("end", "begin", "pair", "before", "after")}
    prior = 0
    for line in files(__package__).joinpath("spacing.txt").read_text(encoding="utf-8").splitlines():
        name, weight, signs = line.split("\t")
        if name == "prior":
            prior = int(weight)
            continue
        step = 1 if name in ("end", "begin") else 2
        for at in range(0, len(signs), step):
            found[name][signs[at : at + step]] = int(weight)
    return Weights(prior, **found)
