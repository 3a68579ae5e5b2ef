"""How many of the holes that a careful reader sees in real documents come out as findings.

    python benchmarks/holes.py [FOLDER] [--keys keys.yaml] [--expect holes.yaml] [--misses]

FOLDER holds `<id>.md` for the entries of the keys file (a list with id and holes_visible). The expectations, judged by hand,
name for each hole the mechanism of the finding that says it, words that its quotations hold and words that its sentences say
(white space aside). Patterns do not count: they say what experience knows, not what this document leaves open. The documents
are the ones the lenses were tried on, so the figure says what is reached on known ground, no more.
Ends with 1 when fewer than half of the holes come out, with 2 when the files cannot be used, else 0.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import yaml
from pydantic import BaseModel, ConfigDict, TypeAdapter, ValidationError

from opslead.errors import OpsleadError
from opslead.intake.page.readers import read_source
from opslead.lenses import examine_all
from opslead.lenses.hole import Hole, Quotation, Story
from opslead.pipeline import understand

FOLDER = Path(__file__).resolve().parents[2] / "shared" / "inputs"
EXPECTED = Path(__file__).with_suffix(".yaml")


class Finding(BaseModel):
    """A finding that must be there: one of the mechanisms, with words of its quotations and of its sentences."""

    model_config = ConfigDict(extra="forbid", frozen=True)
    mechanism: tuple[str, ...]
    quotes: tuple[str, ...] = ()
    says: tuple[str, ...] = ()


class Expected(BaseModel):
    """What covers one hole, or why nothing is expected to."""

    model_config = ConfigDict(extra="forbid", frozen=True)
    all: tuple[Finding, ...] = ()
    missing: str = ""


class Key(BaseModel):
    """The part of a key that is used here."""

    id: str
    holes_visible: tuple[str, ...]


@dataclass(frozen=True)
class Verdict:
    """Whether a hole came out: by which findings, or what is lacking."""

    hole: str
    found: bool
    why: str


_EXPECTED = TypeAdapter(dict[str, dict[int, Expected]])
_KEYS = TypeAdapter(tuple[Key, ...])


def judge(hole: str, expected: Expected | None, findings: Sequence[Hole]) -> Verdict:
    """The verdict on one hole of a document."""
    if expected is None or not expected.all:
        return Verdict(hole, False, f"not found, because {expected.missing}" if expected else "not judged yet")
    met: list[str] = []
    for wanted in expected.all:
        hit = next((finding for finding in findings if covers(finding, wanted)), None)
        if hit is None:
            return Verdict(hole, False, f"not found: no {' or '.join(wanted.mechanism)} with the expected words")
        met.append(hit.id)
    return Verdict(hole, True, ", ".join(dict.fromkeys(met)))


def covers(finding: Hole, wanted: Finding) -> bool:
    """Whether the finding is of the mechanism, quotes these words and says those."""
    if finding.mechanism not in wanted.mechanism:
        return False
    asked = (f"{question.decision} {question.data}" for question in finding.questions)
    said = _bare(" ".join((finding.condition, finding.user_impact, finding.operations_impact, *asked)))
    quoted = [_bare(words) for words in _quotations(finding)]
    return all(_bare(words) in said for words in wanted.says) and all(
        any(_bare(words) in text for text in quoted) for words in wanted.quotes
    )


def _quotations(finding: Hole) -> list[str]:
    found: list[str] = []
    for item in finding.evidence:
        sources = item.sources if isinstance(item, Quotation | Story) else item.inputs
        found += [source.text for source in sources]
    return found


def _bare(text: str) -> str:
    return "".join(text.split()).lower()


def documents(
    folder: Path, keys: Sequence[Key], expected: Mapping[str, Mapping[int, Expected]]
) -> dict[str, list[Verdict]]:
    """The verdicts by document. Raises OpsleadError for a document that cannot be read."""
    judged: dict[str, list[Verdict]] = {}
    for key in keys:
        _, service = understand([read_source(folder / f"{key.id}.md")])
        findings = examine_all(service, ())
        wanted = expected.get(key.id, {})
        judged[key.id] = [judge(hole, wanted.get(n), findings) for n, hole in enumerate(key.holes_visible, 1)]
    return judged


def report(judged: Mapping[str, Sequence[Verdict]], misses: bool) -> int:
    """Prints the result; the number of holes that came out."""
    for name, verdicts in judged.items():
        print(f"{name:28} {sum(v.found for v in verdicts)}/{len(verdicts)}")
        for number, verdict in enumerate(verdicts, 1):
            if not misses or not verdict.found:
                print(
                    f"  {'found  ' if verdict.found else 'missing'} {number} {verdict.hole[:90]}\n            {verdict.why}"
                )
    found = sum(v.found for verdicts in judged.values() for v in verdicts)
    total = sum(len(verdicts) for verdicts in judged.values())
    print(f"\n{found}/{total} holes of a careful reader are found")
    return found


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path, nargs="?", default=FOLDER)
    parser.add_argument("--keys", type=Path, help="default: keys.yaml in FOLDER")
    parser.add_argument("--expect", type=Path, default=EXPECTED)
    parser.add_argument("--misses", action="store_true", help="show only what was not found")
    arguments = parser.parse_args()
    keys_file = arguments.keys or arguments.folder / "keys.yaml"
    try:
        keys = _KEYS.validate_python(yaml.safe_load(keys_file.read_text(encoding="utf-8")))
        expected = _EXPECTED.validate_python(yaml.safe_load(arguments.expect.read_text(encoding="utf-8")))
        judged = documents(arguments.folder, keys, expected)
    except (OSError, yaml.YAMLError, ValidationError, OpsleadError) as error:
        print(f"holes: {error}", file=sys.stderr)
        return 2
    found = report(judged, arguments.misses)
    return 0 if found * 2 >= sum(len(verdicts) for verdicts in judged.values()) else 1


if __name__ == "__main__":
    sys.exit(main())
