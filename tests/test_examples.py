"""The services of `examples/`, one of each domain: what their users get is this service's, covers what was found, and says nothing twice."""

import os
from functools import cache
from pathlib import Path

import pytest

from opslead.contract import lint
from opslead.intake.page.readers import read_source
from opslead.knowledge.catalog import load_catalog
from opslead.pipeline import Sources, design
from policies import overlaps, speaks_of, uncovered

ROOT = Path(__file__).parents[1]
GOLDEN = Path(__file__).parent / "golden"
SMALL = {"animal-clinic", "consignment", "laundry", "tool-library"}
EXAMPLES = sorted({path.parent.name for path in (ROOT / "examples").glob("*/service.md")} - SMALL)


@cache
def made(name):
    return design(Sources([read_source(ROOT / "examples" / name / "service.md")]))


def test_every_pack_has_an_example():
    """By what `test_the_same_policies_are_chosen_as_before` holds every example to."""
    heads = [(GOLDEN / f"{name}.policies.md").read_text(encoding="utf-8").partition("\n")[0] for name in EXAMPLES]
    shown = {pack for head in heads for pack in head.removeprefix("packs: ").split(", ")}
    assert shown == {pack.id for pack in load_catalog().packs}


each = pytest.mark.parametrize("name", [pytest.param(name, marks=pytest.mark.xdist_group(name)) for name in EXAMPLES])
"""One worker a service, so that it is designed once."""


@each
def test_the_policies_of_an_example(name):
    spec = made(name).specification
    assert [str(finding) for finding in lint(spec)] == []
    assert 24 <= len(spec.policies) <= 32
    assert max(overlaps(spec.policies))[0] <= 0.2
    assert uncovered(made(name)) == ""
    own = [policy for policy in spec.policies if speaks_of(policy, made(name).service)]
    assert len(own) >= len(spec.policies) / 2


@each
def test_the_same_policies_are_chosen_as_before(name):
    """One line a policy with the finding that leads it; a changed choice is read before it is committed."""
    spec = made(name).specification
    modes = {mode.id: mode for mode in spec.findings}
    lines = [f"packs: {', '.join(pack.id for pack in spec.packs)}"]
    for policy in spec.policies:
        lines += [f"- {policy.id} {policy.name}", f"  {modes[policy.closes[0]].condition}"]
    text = "\n".join(lines) + "\n"
    path = GOLDEN / f"{name}.policies.md"
    if os.environ.get("OPSLEAD_GOLDEN") == "write":
        path.write_text(text, encoding="utf-8")
    assert text == path.read_text(encoding="utf-8")
