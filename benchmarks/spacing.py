"""Where Korean has its spaces, counted for the PDF reader: `spacing.py [--write] [FILE…]`.

Counts the Korean texts of this repository and says how many places of the FILEs (which it never counts) come out right;
`--write` puts the weights beside the reader.
"""

from __future__ import annotations

import math
import re
import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from opslead.intake.page.readers.paper.spacing import Weights, sign_class

ROOT = Path(__file__).parents[1]
COUNTED = ("src/opslead/data/**/*.yaml", "src/opslead/intake/words/*.yaml", "examples/*/*.md", "README.ko.md")
WRITTEN = ROOT / "src/opslead/intake/page/readers/paper/spacing.txt"
LEAST, TELLING, SMOOTHING = 8, 1.0, 2.0
"""A pair counts from so many sightings, and where it moves the odds by so much; `SMOOTHING` sightings stand for what is expected."""


@dataclass(frozen=True)
class Spot:
    """A place where a line may break: the two signs on either side, and whether a space stands between them."""

    left: str
    right: str
    space: bool


@dataclass
class Counts:
    """How often each sign or pair was seen, with a space and without."""

    seen: Mapping[bool, Counter[tuple[str, str]]] = field(default_factory=lambda: {True: Counter(), False: Counter()})

    def add(self, spot: Spot) -> None:
        for name, signs in _features(spot):
            self.seen[spot.space][name, signs] += 1

    def share(self, name: str, signs: str, expected: float) -> float:
        spaced, tight = (self.seen[space][name, signs] for space in (True, False))
        return (spaced + SMOOTHING * expected) / (spaced + tight + SMOOTHING)

    def signs(self, name: str, least: int) -> list[str]:
        both = self.seen[True] + self.seen[False]
        return sorted(signs for (kind, signs), count in both.items() if kind == name and count >= least)


def _features(spot: Spot) -> Iterator[tuple[str, str]]:
    yield "all", ""
    yield "end", spot.left[1]
    yield "begin", spot.right[0]
    yield "pair", spot.left[1] + spot.right[0]
    yield "before", spot.left
    yield "after", spot.right


def spots(lines: Iterable[str]) -> Iterator[Spot]:
    """Every place beside a Hangul syllable. Marks of lists, tables and bold are no text, slots of patterns no signs."""
    for line in lines:
        for text in re.split(r"[|`]|\*\*|\{[^}]*\}", re.sub(r"^\s*(?:[-*#>]+|\d+[.)])\s+", "", line)):
            words = f"  {' '.join(text.split())}  "
            for at in range(2, len(words) - 2):
                after = at + 1 + (words[at + 1] == " ")
                if words[at] == " " or words[after] == " " or not (_hangul(words[at]) or _hangul(words[after])):
                    continue
                left, right = (
                    "".join(map(sign_class, pair)) for pair in (words[at - 1 : at + 1], words[after : after + 2])
                )
                yield Spot(left, right, after > at + 1)


def _hangul(sign: str) -> bool:
    return "가" <= sign <= "힣"


def weighed(counts: Counts) -> Weights:
    """The counts as log odds."""
    whole = counts.share("all", "", 0.5)
    prior = round(_odds(whole))
    end, begin = (
        {signs: round(_odds(counts.share(name, signs, whole))) for signs in counts.signs(name, 2)}
        for name in ("end", "begin")
    )

    def added(name: str, expected: Mapping[str, float]) -> dict[str, int]:
        moves = {signs: _odds(counts.share(name, signs, _share(odds))) - odds for signs, odds in expected.items()}
        return {signs: round(move) for signs, move in moves.items() if abs(move) >= TELLING}

    pairs = counts.signs("pair", LEAST)
    alone = {pair: max(-6.0, min(6.0, end.get(pair[0], prior) + begin.get(pair[1], prior) - prior)) for pair in pairs}
    before = {pair: float(end.get(pair[1], prior)) for pair in counts.signs("before", LEAST)}
    after = {pair: float(begin.get(pair[0], prior)) for pair in counts.signs("after", LEAST)}
    return Weights(prior, end, begin, added("pair", alone), added("before", before), added("after", after))


def _odds(share: float) -> float:
    return math.log(share / (1 - share))


def _share(odds: float) -> float:
    return 1 / (1 + math.exp(-odds))


def written(weights: Weights) -> str:
    """The weights as the reader's file, sorted."""
    rows = [f"prior\t{weights.prior}\t"]
    for name in ("end", "begin", "pair", "before", "after"):
        table: Mapping[str, int] = getattr(weights, name)
        for weight in sorted(set(table.values())):
            rows.append(f"{name}\t{weight}\t" + "".join(sorted(signs for signs in table if table[signs] == weight)))
    return "\n".join(rows) + "\n"


def counted(skipped: Iterable[Path]) -> Weights:
    """The weights of this repository's Korean; a line that stands in several files counts once."""
    left_out = {line for path in skipped for line in _lines(path)}
    paths = sorted(path for pattern in COUNTED for path in ROOT.glob(pattern))
    counts = Counts()
    for line in sorted({line for path in paths for line in _lines(path)} - left_out):
        for spot in spots([line]):
            counts.add(spot)
    return weighed(counts)


def _lines(path: Path) -> set[str]:
    return {line.strip() for line in path.read_text(encoding="utf-8").splitlines() if re.search("[가-힣]", line)}


def main() -> None:
    paths = [Path(name) for name in sys.argv[1:] if name != "--write"]
    weights = counted(paths)
    for path in paths:
        found = [(weights.odds(spot.left, spot.right) > 0, spot.space) for spot in spots(sorted(_lines(path)))]
        right = sum(told == was for told, was in found)
        false = sum(told and not was for told, was in found)
        print(f"{path}: {right} of {len(found)} ({right / len(found):.1%}), {false} false spaces")
    if "--write" in sys.argv:
        WRITTEN.write_text(written(counted([])), encoding="utf-8")


if __name__ == "__main__":
    main()
