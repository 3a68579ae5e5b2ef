"""What the exports say: names that no text can break, and files that the tools they are for accept."""

import json
import re
import shutil
import subprocess
from pathlib import Path

import pytest

from commands import opslead
from opslead.behaviour.export import FORMATS, writer
from opslead.behaviour.export.flat import comment, identifier
from opslead.behaviour.kernel import explore
from opslead.behaviour.system import OTHER, Field, Is, Move, Put, Step, System, UnsearchableError, Watch

HOSTILE = 'x */ (* } { \\ \n endmodule "quote" *) -->'
SYSTEM = System(
    (Field("free", ("1", "0")), Field("faults", ("0", "1"))),
    (Field("rec", ("none", "held", "in use")), Field("task", ("0", "1", "2"))),
    2,
    (
        Move("claim", (Is("rec", ("none",)), Is("free", ("1",))), (Put("rec", "held"), Step("free", 1, stays=True))),
        Move("use:at once", (Is("rec", ("held",)),), (Put("rec", "in use"), Step("task", 1)), automatic=True),
        Move("swap", (Is("faults", ("0",)), Is("rec", ("held",))), (Step("faults", 1), Put(OTHER + "rec", "held"))),
    ),
)
WATCHES = (
    Watch("both:held", ((Is("rec", ("held",)), Is(OTHER + "rec", ("held",))),)),
    Watch("resting", ((Is("rec", ("none", "in use")),),), at_rest=True),
)


@pytest.mark.parametrize("form", FORMATS)
def test_no_text_ends_a_comment_or_becomes_a_name(form):
    text = writer(form)(SYSTEM, WATCHES, {"claim": HOSTILE})
    assert text == writer(form)(SYSTEM, WATCHES, {"claim": HOSTILE})
    if form == "jani":
        assert json.loads(text)["name"] == "flow"
        return
    told = [line for line in text.splitlines() if "quote" in line]
    assert len(told) == 1
    assert "endmodule" in told[0]  # all of it on the line of the comment
    assert re.match(r"\s*(//|/\*|\\\*|%%) ", told[0])
    assert "*/" not in told[0].removesuffix("*/")


def test_names_are_of_letters_digits_and_underscores():
    assert identifier("late:if free") == "late_if_free"
    assert identifier("init") == "init_"
    assert identifier("0") == "n0"
    assert comment("a */ b\nc") == "a b c"


def test_two_names_that_become_one_are_refused():
    system = System((Field("a b", ("0", "1")), Field("a_b", ("0", "1"))), (Field("rec", ("x", "y")),), 1, ())
    with pytest.raises(UnsearchableError, match="the same name"):
        writer("prism")(system)


def test_the_record_is_drawn_with_faults_and_the_moves_of_others():
    lines = writer("mermaid")(SYSTEM).splitlines()
    assert lines[0] == "stateDiagram-v2"
    assert "  [*] --> none" in lines
    assert "  none --> held : claim, swap [another's, fault]" in lines
    assert "  held --> in_use : use (at once)" in lines


@pytest.mark.skipif(shutil.which("spin") is None or shutil.which("gcc") is None, reason="SPIN is not installed")
def test_spin_stores_the_same_states(tmp_path):
    (tmp_path / "flow.pml").write_text(writer("promela")(SYSTEM, WATCHES), encoding="utf-8")
    for step in (
        ["spin", "-a", "flow.pml"],
        ["gcc", "-O0", "-DBFS", "-DNOREDUCE", "-DSAFETY", "-w", "-o", "pan", "pan.c"],
    ):
        subprocess.run(step, cwd=tmp_path, check=True, capture_output=True)
    said = subprocess.run(["./pan", "-E"], cwd=tmp_path, check=True, capture_output=True, text=True).stdout
    assert re.search(r"(\d+) states, stored", said)[1] == str(explore(SYSTEM, renamed=False).states)


EXAMPLES = Path(__file__).parents[2] / "examples"
TWO_FLOWS = Path(__file__).parent / "incidents" / "medusa-gift-card-parallel-debit.yaml"


def test_the_command_writes_a_file_or_says_which_flows_there_are(tmp_path):
    out = tmp_path / "deep" / "flow.prism"
    done = opslead(
        "export", EXAMPLES / "tool-library" / "service.md", "--to", "prism", "--cases", 1, "--faults", 0, "--out", out
    )
    assert done.returncode == 0, done.stderr.decode()
    text = out.read_text(encoding="utf-8")
    assert text.startswith("mdp\n// Cases: 1;")
    assert "// pay: " in text  # told in the service's own words
    several = opslead("export", TWO_FLOWS, "--to", "mermaid")
    assert several.returncode == 2
    assert "there are several flows" in several.stderr.decode()
    named = opslead("export", TWO_FLOWS, "--to", "mermaid", "--flow", "sale of a gift card")
    assert named.stdout.decode().startswith("stateDiagram-v2")
    unknown = opslead("export", TWO_FLOWS, "--to", "mermaid", "--flow", "x")
    assert unknown.returncode == 2
