"""What the contract takes for the end of a policy, for a time, for care and for a verdict, in the words of documents people really write."""

import pytest

from opslead.contract import lint
from opslead.spec.parse import parse_specification

POLICY = """# Charging

## 2) Policy Catalog

### [Policy #1] Name: Idle fee
- [SurfaceTag]: [3] Pricing
- Purpose: fees that run on.
- Scope: all sessions.
- Trigger: 15 minutes after the end.
- Required data: device time, status
- Enforcement Point: pricing server
- Runbook: {runbook}
- Exceptions: safety first.
- Monitoring: Leading: share of stale messages above 5% for 10 minutes. {monitoring}
- Symptoms: high bills.
"""
QUIET = "(1) The server stops the clock within 5 minutes. (2) The driver is told at once. (3) The batch closes it."


def found(runbook=QUIET, monitoring="Disputes above 4 per 1,000 → the fee is paused."):
    text = POLICY.format(runbook=runbook, monitoring=monitoring)
    return {finding.rule for finding in lint(parse_specification(text, "s.md"))}


@pytest.mark.parametrize(
    ("monitoring", "ends"),
    [
        ("Disputes above 4 per 1,000 → automatic charging paused at that site.", True),
        ("Red stalls above 5% → page; below 2% for 15 minutes → stand down.", True),
        ("Stranded cases above 2 per day → on-duty manager.", False),
    ],
)
def test_a_threshold_behind_an_arrow_lets_go_or_does_not(monitoring, ends):
    assert ("OL013" in found(monitoring=monitoring)) is not ends


def test_a_step_may_say_what_ends_it():
    steps = QUIET.replace("(3) The batch closes it.", "(3) The mode ends when occupancy is under 70% for 60 minutes.")
    assert "OL013" not in found(runbook=steps, monitoring="Calls above 6 minutes → self-service.")


def test_a_limit_with_a_hyphen_is_a_time():
    steps = "(1) Cases go to a list with a 24-hour limit. (2) The lower amount is taken. (3) The rest is closed."
    assert "OL011" not in found(runbook=steps)
    assert "OL011" in found(runbook=steps.replace("24-hour ", ""))


def test_a_refresher_is_no_measure():
    assert "OL021" in found(runbook=QUIET.replace("The batch closes it.", "Agents attend a 90-minute refresher."))
    assert "OL021" not in found()


def test_what_a_law_allows_is_a_verdict_unless_it_is_asked():
    said = "Under EU metering law a driver may not be billed without a reading."
    assert "OL020" in found(runbook=QUIET.replace("The batch closes it.", said))
    assert "OL020" not in found(runbook=QUIET.replace("The batch closes it.", f"Risk/legal is asked whether: {said}"))
