"""Where a finding is said to stand: a line of Markdown and HTML, a paragraph, page or cell of what has no lines, nowhere for what is missing."""

import json

import pytest
from schemas import errors

from opslead.cli.reports import REPORTS, Checked
from opslead.contract import Breach, Finding
from opslead.contract.fixes import Change
from opslead.intake.page.readers import Source

TRIGGER = Breach("Policy #3, Trigger", "cannot be measured", "as appropriate", "say a number", line=2)
LEADING = Breach("Policy #3, Monitoring", "no leading indicator", "cases per day", "write “leading: …”", line=3)
MISSING = Breach("4) Verification Questions", "the section is missing or empty", repair="add it")


def document(name, labels=(), breaches=(TRIGGER, LEADING, MISSING)):
    findings = tuple(Finding("OL008" if b is TRIGGER else "OL012" if b is LEADING else "OL001", "error", b) for b in breaches)  # fmt: skip
    return Checked(Source(name, "# plan\n\na\nb\n", "0" * 64, labels), "en", findings)


KINDS = {
    "plan.md": ((), [(2, ""), (3, ""), (0, "")]),
    "plan.html": (("40", "41", "47", "48"), [(41, ""), (47, ""), (0, "")]),
    "plan.docx": (("¶1", "", "¶12", "table 3 row 2"), [(0, "¶12"), (0, "¶12"), (0, "")]),
    "plan.pdf": (("p.1 l.1", "p.3 l.14", "p.4 l.2", ""), [(0, "p.3 l.14"), (0, "p.4 l.2"), (0, "")]),
    "plan.xlsx": (("Policies!A1", "Policies!B7", "Policies!B8", ""), [(0, "Policies!B7"), (0, "Policies!B8"), (0, "")]),
}
"""By name: the labels that its reader gives, and the line or the place that each of the three findings has."""


@pytest.mark.parametrize("name", sorted(KINDS))
def test_json(name):
    labels, places = KINDS[name]
    (made,) = json.loads(REPORTS["json"]([document(name, labels)]))
    assert [(found["line"], found["place"]) for found in made["findings"]] == places
    assert (made["errors"], made["warnings"]) == (3, 0)


@pytest.mark.parametrize("name", sorted(KINDS))
def test_text_and_markdown(name):
    labels, places = KINDS[name]
    one = document(name, labels)
    told = [line for line in REPORTS["text"]([one]).splitlines() if " error: " in line]
    rows = REPORTS["md"]([one]).splitlines()[4:]
    for (number, label), line, row in zip(places, told, rows, strict=True):
        assert line.startswith(f"{name}:{label}: OL" if label else f"{name}: OL")
        assert (f" line {number}: " in line) is bool(number)
        assert row.split(" | ")[2] == (label or str(number or ""))


@pytest.mark.parametrize("name", sorted(KINDS))
def test_sarif(name):
    """A scanner shows lines alone: what has none is shown at the top, its place in the message."""
    labels, places = KINDS[name]
    log = json.loads(REPORTS["sarif"]([document(name, labels)]))
    assert errors(log, "(SARIF) Version 2.1.0 JSON Schema") == []
    for (number, label), result in zip(places, log["runs"][0]["results"], strict=True):
        physical = result["locations"][0]["physicalLocation"]
        assert physical["artifactLocation"]["uri"] == name
        assert physical["region"]["startLine"] == (number or 1)
        assert result["message"]["text"].startswith(f"{label}: " if label else result["message"]["text"][:9])


def test_results_are_told_apart():
    """Two findings of a rule in one field, and the same one in two files."""
    log = json.loads(REPORTS["sarif"]([document("a.md", breaches=(TRIGGER, TRIGGER)), document("b.md", breaches=(TRIGGER,))]))  # fmt: skip
    keys = [result["partialFingerprints"]["opslead/v1"] for result in log["runs"][0]["results"]]
    assert len(set(keys)) == 3


def test_one_is_no_plural_and_what_was_mended_comes_first():
    one = Checked(
        Source("a.md", "", "0" * 64), "en", document("a.md", breaches=(TRIGGER,)).findings, (Change(4, "x → y"),)
    )
    lines = REPORTS["text"]([one]).splitlines()
    assert lines[0] == "a.md: fixed: line 4: x → y"
    assert lines[-1] == "a.md: 1 error, 0 warnings"
    assert REPORTS["md"]([one]).startswith("## a.md: 1 error, 0 warnings\n\n- fixed, line 4: x → y\n")


def test_nothing_found_is_a_report_too():
    one = Checked(Source("a.md", "", "0" * 64), "ko", ())
    assert REPORTS["text"]([one]) == "a.md: 0 errors, 0 warnings\n"
    assert REPORTS["md"]([one]) == "## a.md: 0 errors, 0 warnings\n"
    assert json.loads(REPORTS["sarif"]([one]))["runs"][0]["results"] == []
