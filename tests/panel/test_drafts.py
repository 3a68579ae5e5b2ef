"""A model's draft becomes a policy and a candidate of the engine's own types, without loss and with every dagger in its place."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from opslead.knowledge.schema import Pattern
from opslead.lenses.hole import Grade
from opslead.panel.answers import GuardDraft, PointDraft, PolicyDraft, StartingDraft, StepDraft
from opslead.panel.depth.daggers import marked, stands_in
from opslead.panel.depth.drafts import candidate_of, clean, is_models, policy_of, with_draft
from opslead.policy.verify import decisions
from opslead.policy.write import computed_slots

from .desks import as_draft, english, korean, korean_draft, models_hole

pytestmark = pytest.mark.xdist_group("desks")  # one worker: a desk is laid once


@pytest.mark.parametrize(
    ("text", "values", "expected"),
    [
        ("30분 안에 3건", ("3건",), "30분 안에 3건†"),
        ("13건과 3건이", ("3건",), "13건과 3건†이"),
        ("1시간 51분 뒤 51분", ("51분",), "1시간 51분 뒤 51분†"),
        ("24시간 2건", ("24시간", "2건"), "24시간† 2건†"),
        ("걸린 시간 3분 초과", ("3분",), "걸린 시간 3분† 초과"),
        ("7만 2천원과 2천원", ("2천원",), "7만 2천원과 2천원†"),
        ("선점 10분, 격리 10분을", ("격리 10분",), "선점 10분, 격리 10분†을"),
        ("15m/s가 10분", ("15m/s",), "15m/s†가 10분"),
        ("3시간과 3시", ("3시",), "3시간과 3시†"),
        ("하루 5건/일", ("5건/일",), "하루 5건/일†"),
        ("Within 10 min or 10 minutes", ("10 min",), "Within 10 min† or 10 minutes"),
        ("10 min of quarantine", ("10 min of quarantine",), "10 min† of quarantine"),
        ("결제 승인율 85% 아래 3분", ("85% 아래 3분",), "결제 승인율 85%† 아래 3분†"),
        ("결제 승인율 85% 아래 3분", ("85% 아래",), "결제 승인율 85%† 아래 3분"),
        ("합쳐 1시간 51분 안", ("1시간 51분",), "합쳐 1시간 51분† 안"),
        ("이미 5분†이다", (), "이미 5분이다"),
        ("at 18:00, not 8:00", ("8:00",), "at 18:00, not 8:00†"),
        ("대기표 5줄을 넘으면", ("5줄을 넘으면",), "대기표 5줄†을 넘으면"),
        ("점수 8을 넘고 3등급까지", ("8을 넘고", "3등급까지"), "점수 8†을 넘고 3등급†까지"),
        ("물 온도 4도에서", ("4도에서",), "물 온도 4도†에서"),
    ],
)
def test_the_dagger_stands_after_the_number_and_nowhere_else(text, values, expected):
    assert marked(text, values) == expected


def test_a_value_is_found_only_by_itself():
    assert stands_in("10분", "선점 10분.")
    assert not stands_in("10분", "선점 110분.")
    assert not stands_in(" ", "선점")


def test_a_dagger_of_the_models_own_is_put_right():
    draft = korean_draft(trigger="예보 15m/s† 이상, 신고 1건†, 특보 발표.")
    assert policy_of(draft, "ko").trigger == "예보 15m/s† 이상, 신고 1건, 특보 발표."


def test_text_is_one_line_without_control_characters():
    assert clean("a\n- b\x00\u202e c\t") == "a - b c"


def test_roles_nobody_is_named_for_carry_the_dagger():
    d = korean()
    written = with_draft(candidate_of(models_hole(d.service), d.service), korean_draft(), d.service)
    assert "당직자†에게" in written.policy.monitoring.leading[0]


def test_a_number_of_the_models_is_marked_everywhere_unless_the_description_has_it():
    d = korean()
    starting = ({"text": "단계 뒤 7분", "why": "-", "data": "-"}, {"text": "격리 10분", "why": "-", "data": "-"})
    draft = korean_draft(scope="단계 뒤 7분, 7분 안, 선점 10분과 격리 10분, 입실한 예약.", starting_values=starting)
    written = with_draft(candidate_of(models_hole(d.service), d.service), draft, d.service)
    assert written.policy.scope == "단계 뒤 7분†, 7분† 안, 선점 10분과 격리 10분†, 입실한 예약."


def test_the_engines_pattern_stays_and_its_words_go():
    d = korean()
    before = d["OP01-late-approval"]
    after = with_draft(before, as_draft(before), d.service)
    assert after.pattern is before.pattern
    assert after.holes == before.holes
    assert after.policy.author == "model"
    assert after.policy.closes == before.policy.closes
    assert after.policy.references == before.policy.references
    assert {"quarantine@hold", "hold_time@hold"} <= set(after.policy.quantities)


def test_a_premise_that_is_not_confirmed_stays_said():
    d = korean()
    doubtful = next(c for c in d.candidates.values() if not c.certain)
    after = with_draft(doubtful, as_draft(doubtful).model_copy(update={"uncertain": "", "questions": ()}), d.service)
    assert after.policy.uncertain == doubtful.policy.uncertain


def test_a_models_hole_makes_a_strict_pattern_of_this_service():
    d = korean()
    bare = candidate_of(models_hole(d.service), d.service)
    draft = korean_draft(
        intent="{refund.within} [[x]] {~3건} {",
        surfaces=(3, 11, 7),
        guardrails=(
            {"kind": "settle_late", "control": "corrective", "point": 1, "decides": ("late_approval_settled",)},
        ),
    )
    after = with_draft(bare, draft, d.service)
    assert is_models(bare)
    assert is_models(after)
    assert after.id == bare.id == "OP11-gust-at-night"
    assert after.pattern.surfaces == (11, 3, 7)
    assert Pattern.model_validate(after.pattern.model_dump(by_alias=True, exclude_unset=True)) == after.pattern
    assert {d.value for d in decisions(after.pattern)} == {"late_approval_settled"}
    assert "{" not in after.pattern.policy.ko.model_dump_json().replace('{"', "").replace(":{", "")[1:]
    assert computed_slots(after.pattern, "ko") == frozenset()
    assert after.policy.intent.startswith("{refund.within}")


def test_ids_stand_apart_from_the_catalog_and_from_each_other():
    d = korean()
    taken = candidate_of(models_hole(d.service, "late-approval", (1,)), d.service)
    assert taken.id == "OP01-late-approval-2"
    again = candidate_of(models_hole(d.service, "late-approval", (1,)), d.service, frozenset({taken.id}))
    assert again.id == "OP01-late-approval-3"


def test_one_concept_alone_closes_nothing():
    from dataclasses import replace

    d = korean()
    hole = replace(models_hole(d.service), condition="환불", severity=Grade(5, ""))
    assert candidate_of(hole, d.service).pattern.closes == (("panel.gust-at-night",),)


texts = st.text(min_size=1, max_size=60)
lines = st.lists(texts, min_size=1, max_size=3).map(tuple)
drafts = st.builds(
    PolicyDraft,
    name=texts,
    surfaces=st.lists(st.integers(1, 12), min_size=1, max_size=3).map(tuple),
    intent=texts,
    scope=texts,
    trigger=texts,
    signals=st.lists(texts, min_size=2, max_size=3).map(tuple),
    enforcement_points=st.lists(
        st.builds(PointDraft, kind=st.sampled_from(["ui", "batch"]), action=texts), min_size=1, max_size=3
    ).map(tuple),
    runbook=st.lists(
        st.builds(StepDraft, actor=texts, action=texts, deadline=texts, data=st.text(max_size=20)),
        min_size=3,
        max_size=4,
    ).map(tuple),
    exceptions=lines,
    leading=lines,
    lagging=lines,
    start=texts,
    relax=texts,
    stop=texts,
    symptoms=lines,
    uncertain=st.text(max_size=30),
    questions=st.lists(texts, max_size=3).map(tuple),
    guardrails=st.lists(
        st.builds(GuardDraft, kind=st.just("limit"), control=st.just("preventive"), point=st.integers(1, 9)),
        min_size=1,
        max_size=2,
    ).map(tuple),
    starting_values=st.lists(st.builds(StartingDraft, text=texts, why=texts, data=texts), max_size=3).map(tuple),
    effort=st.just("build"),
)


@settings(max_examples=40)
@given(drafts)
def test_every_valid_draft_becomes_a_candidate_and_loses_no_text(draft):
    d = english()
    after = with_draft(candidate_of(models_hole(d.service), d.service), draft, d.service)

    def kept(text: str) -> str:
        return clean(text).replace("†", "").casefold()

    policy = after.policy
    assert kept(policy.intent) == kept(draft.intent)
    assert kept(policy.monitoring.stop) == kept(draft.stop)
    assert [kept(s.action) for s in policy.runbook] == [kept(s.action) for s in draft.runbook]
    wanted = [kept(text).strip() for text in draft.exceptions if kept(text).strip()]
    assert [kept(text) for text in policy.exceptions] == wanted
    assert len(after.pattern.guardrails) >= 2
