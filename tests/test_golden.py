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
EXAMPLES = sorted(path.parent.name for path in (ROOT / "examples").glob("*/service.md"))


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
