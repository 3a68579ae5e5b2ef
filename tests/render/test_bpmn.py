"""BPMN against the XSDs of the standard, and against the model: every step in its lane, every deadline a timer, everything drawn."""

from importlib.util import find_spec
from itertools import pairwise
from pathlib import Path

import pytest
from designed import HOSTILE, ROOT, designed, hostile
from lxml import etree

from opslead.render.format import Bundle, render_all
from specs import good

NS = {
    "b": "http://www.omg.org/spec/BPMN/20100524/MODEL",
    "di": "http://www.omg.org/spec/BPMN/20100524/DI",
    "dc": "http://www.omg.org/spec/DD/20100524/DC",
    "line": "http://www.omg.org/spec/DD/20100524/DI",
}
XSD = Path(find_spec("SpiffWorkflow").origin).parent / "bpmn" / "parser" / "schema" / "BPMN20.xsd"


@pytest.fixture(scope="module")
def schema():
    return etree.XMLSchema(etree.parse(str(XSD)))


@pytest.fixture(autouse=True)
def _here(monkeypatch):
    monkeypatch.chdir(ROOT)


def flows(bundle):
    files, failed = render_all(["bpmn"], bundle)
    assert not failed
    return [etree.fromstring(content) for content in files.values()]


@pytest.mark.parametrize("name", ["laundry", "tool-library"])
def test_it_keeps_the_schema(schema, name):
    for made in (designed(name), hostile(designed(name))):
        for tree in flows(made):
            schema.assertValid(tree)


@pytest.mark.parametrize("name", ["laundry", "tool-library"])
def test_every_step_is_there_in_the_lane_of_who_does_it(name):
    bundle = designed(name)
    trees = flows(bundle)
    assert len(trees) == len(bundle.service.flows)
    for flow, tree in zip(bundle.service.flows, trees, strict=True):
        lanes = {
            ref.text: lane.get("name")
            for lane in tree.iterfind(".//b:lane", NS)
            for ref in lane.iterfind("b:flowNodeRef", NS)
        }
        for number, step in enumerate(flow.steps, 1):
            (task,) = tree.xpath(f"//*[@id='task_{number}']")
            assert task.get("name") == (step.name or step.title(bundle.service.language))
            doer = step.actor or step.partner
            assert lanes[f"task_{number}"] == (
                doer.name if doer else {"ko": "시스템", "en": "System"}[bundle.service.language]
            )
            timers = tree.xpath(f"//b:boundaryEvent[@attachedToRef='task_{number}']", namespaces=NS)
            assert len(timers) == (step.within is not None)
        assert len(tree.xpath("//b:startEvent", namespaces=NS)) == 1 + len(flow.exits)


def test_everything_is_drawn_once_and_inside_its_lane():
    for tree in flows(designed()):
        shown = [shape.get("bpmnElement") for shape in tree.iterfind(".//di:BPMNShape", NS)]
        drawn = [edge.get("bpmnElement") for edge in tree.iterfind(".//di:BPMNEdge", NS)]
        nodes = tree.xpath("//b:process//*[@id and not(self::b:laneSet) and not(self::b:sequenceFlow) and not(self::b:association) and not(self::b:timerEventDefinition)]/@id", namespaces=NS)  # fmt: skip
        assert sorted(shown) == sorted([*nodes, "pool"])
        assert sorted(drawn) == sorted(tree.xpath("//b:sequenceFlow/@id | //b:association/@id", namespaces=NS))
        boxes = {s.get("bpmnElement"): [int(s.find("dc:Bounds", NS).get(k)) for k in ("x", "y", "width", "height")] for s in tree.iterfind(".//di:BPMNShape", NS)}  # fmt: skip
        for lane in tree.iterfind(".//b:lane", NS):
            _, top, _, height = boxes[lane.get("id")]
            for ref in lane.iterfind("b:flowNodeRef", NS):
                _, y, _, tall = boxes[ref.text]
                assert top <= y
                assert y + tall <= top + height


def box(shape):
    x, y, width, height = (int(shape.find("dc:Bounds", NS).get(key)) for key in ("x", "y", "width", "height"))
    return x, y, x + width, y + height


def test_no_line_runs_through_what_it_does_not_join():
    for tree in flows(designed()):
        events = tree.xpath("//b:process//*[self::b:startEvent or self::b:endEvent or self::b:boundaryEvent or contains(local-name(), 'Task')]/@id", namespaces=NS)  # fmt: skip
        boxes = {s.get("bpmnElement"): box(s) for s in tree.iterfind(".//di:BPMNShape", NS)}
        for edge in tree.iterfind(".//di:BPMNEdge", NS):
            (joined,) = tree.xpath(f"//*[@id='{edge.get('bpmnElement')}']")
            ends = {joined.get("sourceRef"), joined.get("targetRef")}
            points = [(int(p.get("x")), int(p.get("y"))) for p in edge.iterfind("line:waypoint", NS)]
            for (x1, y1), (x2, y2) in pairwise(points):
                assert x1 == x2 or y1 == y2
                for name in set(events) - ends:
                    left, top, right, bottom = boxes[name]
                    beside = max(x1, x2) < left or min(x1, x2) > right or max(y1, y2) < top or min(y1, y2) > bottom
                    assert beside or name == f"{joined.get('sourceRef')}_timer", (edge.get("bpmnElement"), name)


def test_a_policy_is_named_at_the_step_it_guards():
    bundle = designed()
    steps = {step.id for flow in bundle.service.flows for step in flow.steps}
    wanted = {p.name for p in bundle.specification.policies if steps & {key.rpartition("@")[2] for key in p.closes}}
    notes = " ".join(
        text for tree in flows(bundle) for text in tree.xpath("//b:textAnnotation/b:text/text()", namespaces=NS)
    )
    assert wanted
    assert all(name in notes for name in wanted)


def test_hostile_words_are_whole_and_only_words():
    notes = [
        t for tree in flows(hostile(designed())) for t in tree.xpath("//b:textAnnotation/b:text/text()", namespaces=NS)
    ]
    assert any(HOSTILE.replace("\x0b", "\ufffd") in note for note in notes)


def test_without_a_service_it_says_so():
    files, failed = render_all(["bpmn", "mermaid"], Bundle(good()))
    assert files == {}
    assert [one.name for one in failed] == ["bpmn", "mermaid"]
    assert all("흐름" in one.why for one in failed)
