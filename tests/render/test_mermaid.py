"""Mermaid: every line is one of the grammar's, so that no word of a document starts anything; every step, way out and story is there."""

import re

import pytest
from designed import ROOT, designed, hostile, searched

from opslead.render.format import render_all

STATE = re.compile(
    r'^stateDiagram-v2$|^  direction LR$|^  %% [^\n]*$|^  state "[^"]*" as [SX]\d+$|^  (\[\*\]|[SX]\d+) --> (\[\*\]|[SX]\d+)( : [^:]+)?$'
    r'|^  note right of [SX]\d+$|^    (?:[^:;{}<>%"#]|#\d+;)+$|^  end note$'
)


@pytest.fixture(autouse=True)
def _here(monkeypatch):
    monkeypatch.chdir(ROOT)


def diagrams(bundle):
    files, failed = render_all(["mermaid"], bundle)
    assert not failed
    return {name: content.decode() for name, content in files.items()}


@pytest.mark.parametrize("bend", [lambda b: b, hostile], ids=["as it is", "hostile"])
def test_a_lifecycle_a_flow(bend):
    bundle = bend(designed())
    made = [text for name, text in sorted(diagrams(bundle).items()) if "/flow-" in name]
    assert len(made) == len(bundle.service.flows)
    for flow, text in zip(bundle.service.flows, made, strict=True):
        for line in text.splitlines():
            assert STATE.match(line), line
        assert len(re.findall(r"^  state .* as S\d+$", text, re.M)) == len(flow.steps)
        assert len(re.findall(r"^  state .* as X\d+$", text, re.M)) == len(flow.exits)
        opened, closed = text.count("\n  note right of"), text.count("\n  end note")
        assert opened == closed


def test_holes_sit_at_their_steps_with_the_policies_that_close_them():
    bundle = designed()
    text = "\n".join(diagrams(bundle).values())
    steps = {step.id for flow in bundle.service.flows for step in flow.steps}
    placed = [f for f in bundle.specification.findings if f.id.rpartition("@")[2] in steps]
    assert text.count("\n    ") >= len(placed) > 0


def test_a_sequence_a_story_of_the_search():
    bundle = searched()
    made = diagrams(bundle)
    told = {
        f.id.removeprefix("behaviour.").partition("@")[0]
        for f in bundle.specification.findings
        if f.id.startswith("behaviour.")
    }
    stories = {re.sub(r"^mermaid/story-\d+-|\.mmd$", "", name) for name in made if "/story-" in name}
    assert stories == told
    assert told
    assert all(text.startswith("sequenceDiagram\n") for name, text in made.items() if "/story-" in name)
