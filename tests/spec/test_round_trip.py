"""What is rendered is read again, and what others write is understood as far as it goes."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from opslead.contract import lint
from opslead.errors import InputErrors
from opslead.render import json as render_json
from opslead.render import markdown as render_markdown
from opslead.spec.document import Rollout
from opslead.spec.parse import parse_specification
from specs import english, good


@pytest.mark.parametrize("spec", [good(), english()], ids=["ko", "en"])
def test_markdown_comes_back(spec):
    back = parse_specification(render_markdown.render(spec), "s.md")
    assert back.title == spec.title
    assert back.language == spec.language
    assert back.assumptions == spec.assumptions
    for mine, theirs in zip(spec.policies, back.policies, strict=True):
        for name in (
            "number",
            "name",
            "surfaces",
            "intent",
            "scope",
            "trigger",
            "signals",
            "enforcement_points",
            "exceptions",
            "monitoring",
            "symptoms",
            "closes",
        ):
            assert getattr(theirs, name) == getattr(mine, name), name
        assert [s.model_dump(exclude={"line"}) for s in theirs.runbook] == [
            s.model_dump(exclude={"line"}) for s in mine.runbook
        ]
        assert (theirs.uncertain is None) == (mine.uncertain is None)
    assert [(m.condition, m.user_impact, m.operations_impact, m.surfaces, m.id) for m in back.failure_modes] == [
        (m.condition, m.user_impact, m.operations_impact, m.surfaces, m.id) for m in spec.failure_modes
    ]
    assert [(q.decision, q.data_needed, q.affects) for q in back.questions] == [
        (q.decision, q.data_needed, q.affects) for q in spec.questions
    ]
    for name in ("week_1", "weeks_1_4", "months_1_3"):
        assert [i.model_dump(exclude={"line"}) for i in getattr(back.rollout, name)] == [
            i.model_dump(exclude={"line"}) for i in getattr(spec.rollout, name)
        ]


def test_json_comes_back():
    spec = good()
    back = parse_specification(render_json.render(spec), "s.json")
    assert back.model_dump() == spec.model_dump()


hostile = st.text(st.characters(codec="utf-8", exclude_categories=("Cs", "Cc")), min_size=1, max_size=60).filter(
    lambda t: t.strip()
)


@given(hostile)
@settings(max_examples=200)
def test_text_cannot_leave_its_line(text):
    """A name with Markdown in it makes no heading, no policy, no row of its own."""
    spec = good().model_copy(update={"policies": good().policies[:3], "rollout": Rollout(), "questions": ()})
    policies = (spec.policies[0].model_copy(update={"name": text, "intent": text, "scope": text}), *spec.policies[1:])
    back = parse_specification(render_markdown.render(spec.model_copy(update={"policies": policies})), "s.md")
    assert [p.number for p in back.policies] == [1, 2, 3]
    assert [p.name for p in back.policies[1:]] == [p.name for p in spec.policies[1:]]


@given(st.text(max_size=400))
@settings(max_examples=200)
def test_any_text_is_parsed_and_judged(text):
    try:
        spec = parse_specification(text, "any")
    except InputErrors:
        return
    lint(spec)


FOREIGN = """# Our policies

## Top failure modes

| # | Condition | User | Operations |
|---|---|---|---|
| F1 | the hold ends while paying | charged, no seat | nobody can void it at night |

## Policy Catalogue

### Policy 1 — Late approvals

**Surface tags:** 1 Scarce resources, 10 Integration
**Purpose:** Money without a seat.
**Applies to:** all card payments
**When it applies:** approval arrives after the hold
**Signals:** payment number, hold number
**Where enforced:** payment server, admin console
**Procedure:** (1) System queries the status at 0 and 60 s. (2) On call voids within 15 min. (3) Finance compares daily.
**Exceptions:** The new owner stays.
**Alerts:** Leading: time to approval above 4 min for 15 min. Lagging: 1 unmatched approval. Suspend above 10.
**Symptoms:** two payment numbers on one seat
"""


def test_a_foreign_dress():
    spec = parse_specification(FOREIGN, "foreign.md")
    (policy,) = spec.policies
    assert (policy.number, policy.surfaces, len(policy.runbook)) == (1, (1, 10), 3)
    assert policy.scope == "all card payments"
    assert policy.monitoring.leading == ("time to approval above 4 min for 15 min.",)
    assert policy.monitoring.stop == "Suspend above 10."
    assert {p.kind for p in policy.enforcement_points} == {"server_api", "admin_console"}
    assert spec.failure_modes[0].operations_impact == "nobody can void it at night"
    assert not [f for f in lint(spec) if f.rule == "OL006"]


def test_a_missing_field_is_a_finding_with_its_line():
    spec = parse_specification(FOREIGN.replace("**Symptoms:** two payment numbers on one seat\n", ""), "foreign.md")
    (finding,) = [f for f in lint(spec) if f.rule == "OL006"]
    assert finding.breach.line == 11
    assert "Symptoms" in finding.breach.where


def test_broken_json_says_where():
    with pytest.raises(InputErrors, match="not JSON"):
        parse_specification("{", "s.json")
    with pytest.raises(InputErrors, match="title"):
        parse_specification('{"language": "ko"}', "s.json")


def test_what_all_policies_take_for_granted_comes_back():
    spec = good().model_copy(update={"rules": ("S 날짜: 금·토와 공휴일 전날 밤.", "충돌하면 안전이 먼저다.")})
    back = parse_specification(render_markdown.render(spec), "s.md")
    assert back.rules == spec.rules
    assert [policy.name for policy in back.policies] == [policy.name for policy in spec.policies]


def test_a_paragraph_behind_the_last_field_is_no_part_of_it():
    text = render_markdown.render(good())
    end = text.index("\n\n", text.index("실패 시 관측되는 징후"))
    told = text[:end] + "\n\n도움이 되었으면 좋겠습니다. 이어서 쓸까요?" + text[end:]
    back = parse_specification(told, "s.md")
    assert back.policies[0].symptoms == parse_specification(text, "s.md").policies[0].symptoms
    assert "이어서 쓸까요" not in back.policies[0].model_dump_json()
