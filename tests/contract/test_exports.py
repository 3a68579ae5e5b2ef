"""Pages that Notion and Confluence write out: every item a list of its own, toggles, fields in a table with lists in its cells."""

import pytest

from opslead.intake.page.readers.convert import convert
from opslead.intake.page.readers.kinds import Kind
from opslead.spec.parse import parse_specification

FIELDS = {
    "SurfaceTag": "[1] Scarce resources, [10] Integration",
    "What it prevents": "Money without a seat.",
    "Scope": "all card payments",
    "Trigger": "approval arrives after the hold",
    "Data required": "payment number, hold number",
    "Where enforced": "payment server",
    "Runbook": ("System queries the status at 0 and 60 s", "On call voids within 15 min", "Finance compares daily"),
    "Exceptions": "The new owner stays.",
    "Monitoring": ("Leading: approval above 4 min for 15 min", "Lagging: 1 unmatched approval", "Stop: above 10"),
    "Failure symptoms": "two payment numbers on one seat",
}


def notion():
    """A toggle with its fields as bullets; a numbered list is a list a step, each with its start."""
    parts = []
    for label, said in FIELDS.items():
        nested = said if isinstance(said, tuple) else ()
        kind, sort = ("ol", "numbered-list") if label == "Runbook" else ("ul", "bulleted-list")
        under = "".join(f'<{kind} class="{sort}" start="{n}"><li>{text}</li></{kind}>' for n, text in enumerate(nested, 1))  # fmt: skip
        parts.append(
            f'<ul class="bulleted-list"><li><strong>{label}</strong>: {said if not nested else under}</li></ul>'
        )
    summary = "<summary><strong>🔒 [Policy #1] Late approvals</strong></summary>"
    toggle = f'<ul class="toggle"><li><details open="">{summary}{"".join(parts)}</details></li></ul>'
    return f'<article class="page"><h1 class="page-title">Plan</h1><div class="page-body"><h2>2) Policies</h2>{toggle}</div></article>'  # fmt: skip


def confluence():
    """A heading, and the fields as rows with the label in a header cell."""
    rows = []
    for label, said in FIELDS.items():
        kind = "ol" if label == "Runbook" else "ul"
        items = "".join(f"<li><p>{text}</p></li>" for text in said)
        told = f"<{kind}>{items}</{kind}>" if isinstance(said, tuple) else f"<p>{said}</p>"
        rows.append(f'<tr><th class="confluenceTh"><p><strong>{label}</strong></p></th><td class="confluenceTd">{told}</td></tr>')  # fmt: skip
    table = f'<div class="table-wrap"><table class="confluenceTable"><tbody>{"".join(rows)}</tbody></table></div>'
    return f'<h1 id="title-heading">Plan</h1><div id="main-content"><h2>2) Policy catalog</h2><h3><span>Policy #1</span> – Late approvals</h3>{table}</div>'  # fmt: skip


@pytest.mark.parametrize("page", [notion, confluence])
def test_a_page_that_a_wiki_writes_out(page):
    made = convert(Kind.HTML, f"<html><body>{page()}</body></html>".encode(), "plan.html")
    (policy,) = parse_specification(made.text, "plan.html").policies
    assert (policy.number, policy.name, policy.surfaces) == (1, "Late approvals", (1, 10))
    assert [step.action for step in policy.runbook] == list(FIELDS["Runbook"])
    assert policy.monitoring.leading == ("approval above 4 min for 15 min",)
    assert (policy.monitoring.lagging, policy.monitoring.stop) == (("1 unmatched approval",), "above 10")
    assert (policy.scope, policy.intent, policy.trigger) == (
        FIELDS["Scope"],
        FIELDS["What it prevents"],
        FIELDS["Trigger"],
    )
    assert policy.symptoms == (FIELDS["Failure symptoms"],)
