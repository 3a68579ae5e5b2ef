"""Mermaid: every line is one of the grammar's, so that no word of a document starts anything; every step, way out and story is there."""

import re

import pytest
from designed import ROOT, designed, hostile

from opslead.render.format import Bundle, render_all
from report_case import rich

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


def test_a_sequence_for_each_finding_of_the_search_also_without_a_service():
    spec = rich()
    made = [text for name, text in sorted(diagrams(Bundle(spec)).items()) if "/story-" in name]
    first = {story.finding: story for story in reversed(spec.stories)}
    assert len(made) == len(first) > 0
    for story in first.values():
        text = next(text for text in made if f"Note over P0,P{len(story.lanes) - 1}: {story.ending}" in text)
        assert text.startswith("sequenceDiagram\n")
        assert text.count("->>") == len(story.arrows)


def test_without_flows_and_stories_there_is_nothing_to_draw():
    bundle = designed()
    assert not bundle.specification.stories
    files, failed = render_all(["mermaid"], Bundle(bundle.specification))
    assert not files
    assert "neither" in failed[0].why or "없다" in failed[0].why
