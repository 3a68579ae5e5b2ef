"""The texts of findings and the lenses and patterns that use them hold together."""

from pathlib import Path

import pytest

import opslead.lenses
from opslead.behaviour.tell import load
from opslead.errors import InputErrors
from opslead.knowledge.catalog import load_catalog
from opslead.knowledge.findings import Finding, load_findings
from opslead.knowledge.lint_findings import lint_findings
from opslead.knowledge.store import parse_entries

SOURCES = {path: path.read_text(encoding="utf-8") for path in Path(opslead.lenses.__path__[0]).rglob("*.py")}


def test_the_texts_have_no_fault():
    assert [str(complaint) for complaint in lint_findings(load_findings().values())] == []


def test_every_text_belongs_to_a_lens_that_uses_it():
    known = {path.stem if path.parent.name == "lenses" else path.parent.name for path in SOURCES}
    accidents = {name.partition("@")[0] for name in load("losses.yaml")["losses"]}  # what the search tells apart
    for ident in load_findings():
        assert ident.split(".")[0] in known
        if ident.removeprefix("behaviour.") not in accidents:
            assert any(f'"{ident}"' in source for source in SOURCES.values()), f"no lens finds {ident}"


def test_every_mechanism_that_a_pattern_answers_exists():
    for pattern in load_catalog().everything():
        assert set(pattern.finding) <= set(load_findings()), pattern.id


def _finding(**changes):
    both = {"ko": "{who:이/가} 없다", "en": "no {who}"}
    grade = {"value": 5, "reason": both}
    text = {
        "id": "coverage.test",
        "surfaces": [1],
        "loss": "stuck_case",
        "severity": grade,
        "occurrence": grade,
        "detection": grade,
        "hole": {"condition": both, "user_impact": both, "operations_impact": both},
        "questions": [{"decision": both, "data": both}],
    }
    return Finding.model_validate({**text, **changes})


@pytest.mark.parametrize(
    ("ko", "en", "reason"),
    [
        ("{who:이/가} 없다", "nobody", "Korean needs ['who'], English []"),
        ("{who", "{who}", "not a template"),
        ("{who} 교육을 실시", "train the staff {who}", "relies on people's care"),
        ("{who} 30분", "{who} 30 min", "a number that no lens computed"),
    ],
)
def test_a_faulty_text_is_named(ko, en, reason):
    hole = {"condition": {"ko": ko, "en": en}, "user_impact": {"ko": "가", "en": "a"}, "operations_impact": {"ko": "가", "en": "a"}}  # fmt: skip
    assert any(reason in str(complaint) for complaint in lint_findings([_finding(hole=hole)]))
    assert not lint_findings([_finding()])


def test_a_bad_file_is_refused_with_its_place(tmp_path):
    with pytest.raises(InputErrors, match="surfaces"):
        parse_entries([(tmp_path / "coverage.test.yaml", b"id: coverage.test\nsurfaces: []\n")], lambda _: Finding)
