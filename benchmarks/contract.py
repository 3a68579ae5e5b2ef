"""How well `check` reads other people's documents: planted slips found where they are, and false alarms.

    python benchmarks/contract.py [REPLIES]

Three tables. Broken: copies of good documents, one known slip each (`tests/contract/broken`). Hands: a specification as others would
write it, five slips each, which nothing but these may be found in (`tests/contract/foreign.py`). Replies: real answers of language models
in the folder REPLIES, held against findings that were judged by hand (`contract.yaml`).
The first two were made to try the rules on, so their figures say what is reached on known ground, no more.
Ends with 1 when a slip is missed, told at another place, or something is found that is not there; with 2 when files cannot be used.
"""

from __future__ import annotations

import argparse
import re
import sys
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path

import yaml
from pydantic import BaseModel, ConfigDict, TypeAdapter, ValidationError

from opslead.contract import Finding, lint
from opslead.errors import OpsleadError
from opslead.intake.page.readers import read_source
from opslead.spec.document import Specification
from opslead.spec.parse import parse_specification

ROOT = Path(__file__).resolve().parents[1]
BROKEN = ROOT / "tests" / "contract" / "broken"
GOOD = ROOT / "tests" / "contract" / "good"
REPLIES = ROOT.parent / "shared" / "replies"
sys.path[:0] = [str(ROOT / "tests"), str(ROOT / "tests" / "contract")]

DOCUMENTS: Mapping[str, tuple[str, Callable[[Specification], str]]] = import_module("foreign").DOCUMENTS
BENT: Callable[[str], Specification] = import_module("test_foreign").bent
SLIPS: frozenset[tuple[str, int]] = frozenset(import_module("test_foreign").SLIPS)
"""The hands that the tests write in, the specification with slips, and those slips by rule and policy."""


class Slip(BaseModel):
    """What a broken document breaks, and at which line; 0 for what is missing."""

    model_config = ConfigDict(extra="forbid", frozen=True)
    rule: str
    line: int


_SLIPS = TypeAdapter(dict[str, Slip])
_JUDGED = TypeAdapter(dict[str, dict[str, tuple[int, ...]]])


@dataclass(frozen=True)
class Row:
    """One document: what had to be found, what of it was, what stood at its place, and what else was told."""

    name: str
    wanted: int
    found: int
    placed: int
    false: tuple[str, ...]

    @property
    def right(self) -> bool:
        return self.wanted == self.found == self.placed and not self.false


def named(finding: Finding) -> str:
    """`OL013 #3`, or the rule alone where it is of the whole document."""
    number = re.search(r"#(\d+),", finding.breach.where)
    return _name(finding.rule, int(number[1]) if number else 0)


def _name(rule: str, number: int) -> str:
    return f"{rule} #{number}" if number else rule


def row(name: str, findings: Iterable[Finding], wanted: Counter[str]) -> Row:
    """The findings against those wanted, where a policy's number is place enough."""
    told = Counter(map(named, findings))
    found = (told & wanted).total()
    return Row(name, wanted.total(), found, found, tuple(sorted((told - wanted).elements())))


def planted() -> Iterator[Row]:
    """The broken documents, and the good ones they were made of."""
    for name, slip in _SLIPS.validate_python(yaml.safe_load((BROKEN / "expected.yaml").read_text(encoding="utf-8"))).items():  # fmt: skip
        findings = _findings(BROKEN / name)
        same = [finding for finding in findings if finding.rule == slip.rule]
        others = tuple(named(finding) for finding in findings if finding.rule != slip.rule)
        at = bool(same) and same[0].breach.line == slip.line
        yield Row(name, 1, int(bool(same)), int(at), others)
    for path in sorted(GOOD.glob("*.md")):
        yield row(path.name, _findings(path), Counter())


def hands() -> Iterator[Row]:
    wanted = Counter(_name(rule, number) for rule, number in SLIPS)
    for name, (lang, write) in sorted(DOCUMENTS.items()):
        yield row(name, lint(parse_specification(write(BENT(lang)), name)), wanted)


def replies(folder: Path) -> Iterator[Row]:
    judged = _JUDGED.validate_python(yaml.safe_load(Path(__file__).with_suffix(".yaml").read_text(encoding="utf-8")))
    for path in sorted(path for path in folder.iterdir() if path.suffix == ".md"):
        if path.name in judged:
            wanted = Counter(_name(rule, n) for rule, numbers in judged[path.name].items() for n in numbers)
            yield row(path.name, _findings(path), wanted)
        else:
            print(f"{path.name}: not judged yet, {len(_findings(path))} findings")


def _findings(path: Path) -> tuple[Finding, ...]:
    source = read_source(path)
    return lint(parse_specification(source.text, source.name))


def report(title: str, rows: Iterable[Row]) -> bool:
    """Prints the table; whether all of it is right."""
    made = list(rows)
    print(f"{title:44} wanted  found  at place  false")
    for one in made:
        print(
            f"  {one.name:42} {one.wanted:6} {one.found:6} {one.placed:9} {len(one.false):6}  {', '.join(one.false)}".rstrip()
        )
    sums = (sum(one.wanted for one in made), sum(one.found for one in made), sum(one.placed for one in made))
    print(f"  {'together':42} {sums[0]:6} {sums[1]:6} {sums[2]:9} {sum(len(one.false) for one in made):6}\n")
    return all(one.right for one in made)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("replies", type=Path, nargs="?", default=REPLIES)
    arguments = parser.parse_args()
    try:
        right = [
            report("Broken in one known way", planted()),
            report("In other hands, five slips each", hands()),
            report("Real replies", replies(arguments.replies)),
        ]
    except (OSError, yaml.YAMLError, ValidationError, OpsleadError) as error:
        print(f"contract: {error}", file=sys.stderr)
        return 2
    return 0 if all(right) else 1


if __name__ == "__main__":
    sys.exit(main())
