"""Documents as people write them: the good ones are silent, each broken one is heard for its slip, at its line, and for nothing else."""

from pathlib import Path

import pytest
import yaml

from opslead.contract import lint
from opslead.spec.parse import parse_specification

HERE = Path(__file__).parent
EXPECTED = yaml.safe_load((HERE / "broken" / "expected.yaml").read_text(encoding="utf-8"))
GOOD = sorted((HERE / "good").glob("*.md"))


def found(path):
    return lint(parse_specification(path.read_text(encoding="utf-8"), path.name))


def test_there_is_one_expectation_a_document():
    assert sorted(EXPECTED) == sorted(path.name for path in (HERE / "broken").glob("*.md"))
    assert len(EXPECTED) >= 30
    assert len(GOOD) == 4


@pytest.mark.parametrize("path", GOOD, ids=lambda path: path.name)
def test_no_false_alarm(path):
    assert [str(finding) for finding in found(path)] == []


@pytest.mark.parametrize("name", sorted(EXPECTED))
def test_the_planted_slip_is_found_where_it_is(name):
    findings = found(HERE / "broken" / name)
    assert [(f.rule, f.breach.line) for f in findings][:1] == [(EXPECTED[name]["rule"], EXPECTED[name]["line"])]
    assert {f.rule for f in findings} == {EXPECTED[name]["rule"]}
    assert all(f.breach.repair and f.breach.message for f in findings)
