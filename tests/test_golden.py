"""Whole documents, byte for byte: what a change really changes for the reader shows in these files.

`OPSLEAD_GOLDEN=write python -m pytest tests/test_golden.py` writes them anew; read the difference before committing it.
"""

import os
from pathlib import Path

import pytest

from opslead.contract import lint
from opslead.intake.page.readers import read_source
from opslead.model.dump import dump
from opslead.pipeline import Sources, design
from opslead.render import markdown as render_markdown

GOLDEN = Path(__file__).parent / "golden"
ROOT = Path(__file__).parents[1]
EXAMPLES = ("animal-clinic", "consignment", "laundry", "tool-library")


@pytest.mark.parametrize("name", EXAMPLES)
def test_the_example_comes_out_as_before(name, monkeypatch):
    monkeypatch.chdir(ROOT / "examples" / name)
    optional = {role: read_source(f"{role}.md") for role in ("charter", "breach") if Path(f"{role}.md").exists()}
    made = design(Sources([read_source("service.md")], **optional))
    assert [str(finding) for finding in lint(made.specification)] == []
    for kind, text in (
        ("model.yaml", dump(made.document)),
        ("specification.md", render_markdown.render(made.specification)),
    ):
        path = GOLDEN / f"{name}.{kind}"
        if os.environ.get("OPSLEAD_GOLDEN") == "write":
            path.write_text(text, encoding="utf-8")
        assert text == path.read_text(encoding="utf-8")


@pytest.mark.parametrize("name", EXAMPLES)
def test_every_finding_rests_on_words_of_the_input(name):
    source = read_source(ROOT / "examples" / name / "service.md")
    made = design(Sources([source]))
    folded = "".join(source.text.split())
    quoted = [item for mode in made.specification.failure_modes for item in mode.evidence]
    assert quoted
    for item in quoted:
        if item.kind == "quotation":
            for words in item.text.strip("“”").split("” / “"):
                assert "".join(words.split()) in folded, words
        assert item.text


CONTEXTS = Path(__file__).parent / "contexts"


@pytest.mark.parametrize("name", sorted(path.stem for path in CONTEXTS.glob("*.md")))
def test_every_finding_of_a_context_was_read_and_checked_by_hand(name, monkeypatch):
    """Findings with their evidence and grades as they were checked, sum by sum, against the text; a new or changed one is read first."""
    monkeypatch.chdir(CONTEXTS)
    made = design(Sources([read_source(f"{name}.md")]))
    path = GOLDEN / f"{name}.findings.md"
    text = "\n".join(line for found in made.specification.findings for line in _finding(found)) + "\n"
    if os.environ.get("OPSLEAD_GOLDEN") == "write":
        path.write_text(text, encoding="utf-8")
    assert text == path.read_text(encoding="utf-8")


def _finding(found):
    rated = found.ratings
    yield f"## {found.id}" + ("" if found.certain else " (not certain)")
    yield f"{found.condition} / {found.user_impact} / {found.operations_impact}"
    for item in found.evidence:
        yield f"- {item.kind}: {item.text} ({', '.join(item.sources)})"
    for axis in ("severity", "occurrence", "detection"):
        rating = getattr(rated, axis)
        number = "" if rating.amount is None else f" [{rating.amount:g} {rating.unit}]"
        yield f"- {axis[0].upper()}{rating.grade}{number}: {rating.reason}"
    yield f"- action priority: {rated.action_priority}"
    yield ""
