"""`attack` and `trace` as a user runs them."""

import json
import subprocess
import sys
from pathlib import Path
from xml.etree import ElementTree

import pytest

from commands import opslead

EXAMPLES = Path(__file__).parents[2] / "examples"


@pytest.fixture(scope="module")
def run(tmp_path_factory):
    out = tmp_path_factory.mktemp("run")
    done = opslead("design", EXAMPLES / "animal-clinic" / "service.md", "--out", out)
    assert done.returncode == 0, done.stderr.decode()
    return out


def finding(out):
    spec = json.loads((out / "specification.json").read_bytes())
    return next(found["id"] for found in spec["findings"] if found["id"].startswith("behaviour."))


def test_attack_tells_what_is_left_and_what_was_stopped():
    done = opslead("attack", EXAMPLES / "animal-clinic" / "service.md", "--faults", 1)
    said = done.stdout.decode()
    assert done.returncode in (0, 1), done.stderr.decode()
    assert "아직 뚫리는 것:" in said
    assert "정책이 막은 것:" in said
    assert "  1. 보호자 A가" in said  # as the description calls them
    assert (done.returncode == 1) == ("없음(이 범위 안에서)" not in said)


def test_attack_as_data():
    done = opslead("attack", EXAMPLES / "animal-clinic" / "service.md", "--faults", 0, "--format", "json")
    report = json.loads(done.stdout)
    assert set(report) == {"before", "after"}
    flow = report["before"][0]
    assert flow["verdict"] == "exhausted"
    assert flow["good"]
    assert all(len(story["moves"]) >= 1 and story["told"] for story in flow["stories"])


def test_a_search_past_its_limit_is_said_to_be_undecided():
    done = opslead("attack", EXAMPLES / "animal-clinic" / "service.md", "--states", 1000)
    said = done.stdout.decode()
    assert done.returncode == 3
    assert "판정 없음" in said
    assert not any(claim in said for claim in ("일어나지 않는다", "정책이 막은 것", "없음(이 범위 안에서)"))


@pytest.mark.parametrize("arguments", [("--faults", "-1"), ("--capacity", "0"), ("--cases", "9")])
def test_bounds_that_make_no_sense_are_refused(arguments):
    done = opslead("attack", EXAMPLES / "animal-clinic" / "service.md", *arguments)
    assert done.returncode == 2
    assert b"Invalid value" in done.stderr


def test_a_service_without_money_or_place_at_stake(tmp_path):
    model = tmp_path / "service.yaml"
    model.write_text("name: 문의\nflows:\n  - name: 문의\n    steps:\n      - kind: answer\n", encoding="utf-8")
    done = opslead("attack", model)
    assert done.returncode == 2
    assert b"no flow in which money or a place is at stake" in done.stderr


def test_trace_as_text_diagram_picture_and_data(run):
    ident = finding(run)
    text = opslead("trace", ident, "--in", run, "--next")
    assert text.returncode == 0, text.stderr.decode()
    assert "1. " in text.stdout.decode()
    assert opslead("trace", ident, "--in", run, "--format", "mermaid").stdout.startswith(b"sequenceDiagram")
    picture = ElementTree.fromstring(opslead("trace", ident, "--in", run, "--format", "svg").stdout)
    assert picture.tag.endswith("svg")
    stories = json.loads(opslead("trace", ident, "--in", run, "--format", "json").stdout)
    assert stories[0]["steps"][-1]["state"]


def test_trace_of_what_the_policies_stop(run):
    spec = json.loads((run / "specification.json").read_bytes())
    stopped = [loss for flow in spec["searches"] for loss in flow["before"] if loss not in flow["after"]]
    ident = next(f["id"] for f in spec["findings"] if f["id"].startswith(f"behaviour.{stopped[0]}@"))
    done = opslead("trace", ident, "--in", run, "--guarded")
    assert done.returncode == 2
    assert "with the policies in place" in done.stderr.decode()


def test_trace_of_a_finding_that_is_not_there(run, tmp_path):
    done = opslead("trace", "behaviour.nothing@x", "--in", run)
    assert done.returncode == 2
    assert b"it finds: behaviour." in done.stderr
    assert b"no run in this folder" in opslead("trace", "behaviour.x@y", "--in", tmp_path).stderr


def test_naming_the_commands_does_not_load_the_kernel():
    code = "import sys, opslead.cli, opslead.pipeline; print('numpy' in sys.modules, 'opslead.behaviour.kernel' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True)
    assert done.stdout.decode().split() == ["False", "False"]
