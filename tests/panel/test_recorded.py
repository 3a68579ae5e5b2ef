"""A whole sitting on the camping service, recorded call by call: told again without a network, every answer checked anew.

Answers of a real mind are what the checks are for. If one of them falls now, a check has become stricter or wrong; read which.
"""

from dataclasses import replace
from functools import cache
from pathlib import Path

import pytest

from opslead.contract import lint
from opslead.intake.page.readers import read_source
from opslead.panel.port.connect import replay
from opslead.pipeline import Options, Seat, Sources, design
from opslead.render.markdown import render

pytestmark = pytest.mark.xdist_group("recorded")  # one worker: a sitting is long, and its tests look at the same one

EXAMPLE = Path(__file__).parents[2] / "examples" / "camping"
CALLS, TOKENS = 120, 600_000


@cache
def told():
    words = []
    service, charter, breach = (
        replace(read_source(str(EXAMPLE / name)), name=f"examples/camping/{name}")
        for name in ("service.md", "charter.md", "breach.md")
    )
    sources = Sources([service], charter, breach)
    port = replay(EXAMPLE / "run", lambda stage, detail: words.append(f"{stage}: {detail}"))
    return design(sources, Options(), seat=Seat(port, rounds=2)), port.spent, tuple(words)


def test_the_recorded_answers_still_pass():
    spec = told()[0].specification
    assert spec.panel is not None
    assert sum(policy.author == "model" for policy in spec.policies) >= 0.9 * len(spec.policies)
    assert spec.panel.kept >= 0.75 * spec.panel.proposed
    assert not lint(spec)


def test_every_item_of_a_breach_report_has_its_answer():
    spec = told()[0].specification
    given = [item for item in spec.breach_responses if not item.raised_by]
    raised = [item for item in spec.breach_responses if item.raised_by]
    assert len(given) == 5
    assert len(raised) >= 10
    assert all(item.evidence for item in spec.breach_responses if item.status == "closed" and item.round)
    assert all(item.answer for item in spec.breach_responses if item.status in ("mitigated", "accepted", "open"))


def test_it_took_no_more_than_a_run_may_take():
    spent = told()[1]
    assert spent.fresh == 0
    assert spent.calls <= CALLS
    assert spent.tokens_in + spent.tokens_out <= TOKENS
    assert not spent.exhausted


def test_the_document_beside_it_is_what_it_gives():
    kept = (EXAMPLE / "specification.md").read_text(encoding="utf-8")
    spec = told()[0].specification
    asked_anew = [line for line in told()[2] if "other words" in line or "not in the stored run" in line]
    assert asked_anew or render(spec) == kept  # what this version words as it was recorded comes out byte for byte
