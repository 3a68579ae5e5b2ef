"""Each check of a drafted policy speaks when it should, and says nothing of good text."""

from __future__ import annotations

import re

import pytest

from opslead.knowledge.catalog import load_catalog
from opslead.knowledge.schema import Pattern, PolicyTexts
from opslead.model.guardrails import Decision
from opslead.panel.answers import ByPeople, PolicyDraft
from opslead.panel.depth.checks import Bench, Gravity, complaints, guard_complaints, weighed
from opslead.panel.depth.checks.bench import LONGEST, Complaint
from opslead.panel.depth.decisions import SAYINGS, unsaid
from opslead.panel.depth.drafts import candidate_of, with_draft
from opslead.policy.verify import decisions
from opslead.policy.write import write_policy
from opslead.text import MissingSlotError

from .desks import as_draft, english, korean, korean_draft, models_hole

pytestmark = pytest.mark.xdist_group("desks")  # one worker: a desk is laid once


def said(told=(), **changed) -> tuple[str, ...]:
    """The complaints about the Korean draft with these changes."""
    d = korean()
    written = with_draft(candidate_of(models_hole(d.service), d.service), korean_draft(**changed), d.service)
    return complaints(written.policy, written, d.bench, told)


def test_the_good_twin_passes():
    assert said() == ()


@pytest.mark.parametrize("d", [korean(), english()], ids=["ko", "en"])
def test_the_engines_own_texts_pass_as_drafts(d):
    for key in d.bench.policies:
        draft = as_draft(d[key])
        written = with_draft(d[key], draft, d.service)
        assert (key, guard_complaints(draft, d[key]), complaints(written.policy, written, d.bench)) == (key, (), ())


BAD = [
    ({"trigger": "필요하다고 판단될 때"}, "cannot be measured"),
    ({"exceptions": ("상황에 따라 유연하게 대응한다.",)}, "is no rule"),
    ({"exceptions": ("직원에게 돌풍 대처를 교육한다.",)}, "relies on people's care"),
    ({"scope": "When a gust comes at night the attendant of the site decides which awning goes first."}, "not in Korean"),
    ({"scope": "오토캠핑 84개 사이트, 18:00~익일 09:00, 入室した予約."}, "letters that are not Korean"),
    ({"scope": "오토캠핑 84개 사이트에서 the guest who is asleep 상태의 예약, 18:00~익일 09:00."}, "English left in"),
    ({"scope": "{hold.within} 안의 오토캠핑 84개 사이트, 입실한 예약."}, "a slot nobody fills"),
    ({"exceptions": ("자리가 없으면 #11을 따른다.",)}, "no numbers yet"),
    ({"exceptions": ("panel.gust-at-night@x가 닫히면 끝난다.",)}, "an id of the engine"),
    ({"relax": "추후 정의"}, "left open"),
    ({"symptoms": ("밤 기록이 모두 04:40에 몰린다",)}, "04:40"),
    ({"symptoms": ("84개 + 28개 = 120개가 되어 목록과 다르다",)}, "arithmetic"),
    ({"runbook": ({"actor": "드론 조종사", "action": "타프를 찍는다", "deadline": "예보 뒤 7분"},) * 3}, "드론 조종사"),
]  # fmt: skip


@pytest.mark.parametrize(("changed", "expected"), BAD, ids=[expected for _, expected in BAD])
def test_a_bad_draft_is_told_so_with_its_words(changed, expected):
    found = said(**changed)
    assert any(expected in complaint for complaint in found), found
    assert all(len(complaint) <= LONGEST for complaint in found)


def test_a_declared_value_has_to_stand_in_the_text():
    starting = (
        *(value.model_dump() for value in korean_draft().starting_values),
        {"text": "99분", "why": "-", "data": "-"},
    )
    assert [c for c in said(starting_values=starting) if "99분" in c]


def test_an_open_question_may_say_that_something_is_to_be_decided():
    assert said(uncertain="실내 자리의 환불은 추후 결정한다", questions=("누가 정하는가?",)) == ()


def test_a_tools_result_counts_as_computed():
    changed = {"leading": ("풍속계 값이 8m/s를 넘거나 신고가 37건 이상이면 당직자에게 알림",)}
    assert any("37건" in complaint for complaint in said(**changed))
    assert said(told=("37건 이상이면 신호",), **changed) == ()


@pytest.mark.parametrize(
    ("told", "used"),
    [
        ("9 or more is a signal", "신고가 9통 이상이면 당직자에게 알림"),  # the tool counts without a unit
        ("3건 이상이면 신호, 10시간 22분 동안 없으면 신호", "풍속계가 10시간 동안 말이 없으면 당직자에게 알림"),
    ],
)
def test_a_tools_number_may_be_said_in_another_dress(told, used):
    changed = {"leading": (f"풍속계 값이 8m/s를 넘거나 {used}",)}
    assert any("numbers" in complaint for complaint in said(**changed))
    assert said(told=(told,), **changed) == ()
    assert any("numbers" in complaint for complaint in said(told=("11건 이상이면 신호, 12시간 8분",), **changed))


def test_a_policy_that_speaks_of_something_else_is_beside():
    d = korean()
    other = with_draft(d["OP03-refund-twice"], as_draft(d["OP03-refund-twice"]), d.service).policy
    own = candidate_of(models_hole(d.service), d.service)
    found = weighed(other.model_copy(update={"runbook": other.runbook[:1] * 3}), own, d.bench)
    assert Gravity.BESIDE in {complaint.gravity for complaint in found}


def test_a_gap_in_the_rota_has_to_be_filled():
    d = korean()
    gap = d["OP11-monday-backlog"]
    plain = korean_draft(
        scope="CS 담당이 보는 취소·환불 접수 전부.",
        runbook=({"actor": "CS 담당", "action": "접수를 열어 환불을 끝낸다", "deadline": "다음 영업일"},) * 3,
        intent="취소·환불 접수가 쌓인다.",
        exceptions=("먼저 온 접수가 앞선다.",),
        symptoms=("항의가 는다",),
        trigger="접수 1건.",
        enforcement_points=({"kind": "ui", "action": "접수를 시각 순으로 세운다"},),
        leading=("쌓인 접수가 8m/s를 넘으면 CS 담당에게 알림",),
    )
    written = with_draft(gap, plain, d.service)
    assert any("while nobody is there" in complaint for complaint in complaints(written.policy, written, d.bench))


def test_saying_the_same_as_a_neighbour():
    d = korean()
    twin = d["OP03-refund-twice"]
    own = candidate_of(models_hole(d.service), d.service)
    text = with_draft(twin, as_draft(twin), d.service).policy
    assert any(twin.policy.name in c and "says the same" in c for c in complaints(text, own, d.bench))
    alone = Bench(d.service, d.bench.computed, d.bench.holes, d.sources, {twin.id: twin.policy})
    kept = with_draft(twin, as_draft(twin), d.service)
    assert complaints(kept.policy, kept, alone) == ()


def test_a_lost_decision_is_missed_in_the_words_and_in_the_guardrails():
    d = korean()
    late = d["OP01-late-approval"]
    draft = as_draft(late)
    less = draft.model_copy(update={"guardrails": draft.guardrails[:1]})
    assert any("approval_once has to stay" in str(c) for c in guard_complaints(less, late))
    assert guard_complaints(draft, late) == ()
    wrong = draft.model_copy(update={"guardrails": tuple(g.model_copy(update={"point": 9}) for g in draft.guardrails)})
    assert any("point 9 is no enforcement point" in str(c) for c in guard_complaints(wrong, late))
    mute = with_draft(late, korean_draft(), d.service)
    found = complaints(mute.policy, mute, d.bench)
    assert "the decision late_approval_settled is lost" in found[1]


def by_people(**changed) -> PolicyDraft:
    """The engine's text on late approvals, with one decision left to a person."""
    draft = as_draft(korean()["OP01-late-approval"])
    kept = tuple(
        g.model_copy(update={"decides": tuple(d for d in g.decides if d != Decision.APPROVAL_ONCE)})
        for g in draft.guardrails
    )
    actor = draft.runbook[-1].actor
    left = {
        "decision": "approval_once",
        "who": actor,
        "why": "같은 금액이 두 번인지는 통장과 카드 전표를 함께 보아야 안다",
    }
    return draft.model_copy(update={"guardrails": kept, "by_people": (ByPeople.model_validate({**left, **changed}),)})


def test_a_decision_may_be_left_to_a_person_and_then_nobody_counts_on_it():
    d = korean()
    late, draft = d["OP01-late-approval"], by_people()
    assert guard_complaints(draft, late) == ()
    made = with_draft(late, draft, d.service)
    assert Decision.APPROVAL_ONCE in decisions(late.pattern)
    assert decisions(made.pattern) == decisions(late.pattern) - {Decision.APPROVAL_ONCE}
    assert made.policy.uncertain
    assert (
        "계속 직접 정한다: 같은 금액이 두 번인지는 통장과 카드 전표를 함께 보아야 안다." in made.policy.uncertain.what
    )
    assert complaints(made.policy, made, d.bench) == ()


@pytest.mark.parametrize(
    ("changed", "expected"),
    [
        ({"decision": "refund_once"}, "refund_once is not decided by this policy"),
        ({"who": "드론 조종사"}, "no step of the runbook is done by “드론 조종사”"),
        ({"why": "어렵다"}, "why gives no reason"),
    ],
)
def test_a_decision_is_left_to_a_person_only_with_a_step_and_a_reason(changed, expected):
    assert any(expected in str(c) for c in guard_complaints(by_people(**changed), korean()["OP01-late-approval"]))


def test_a_decision_is_not_both_a_guardrails_and_a_persons():
    draft = by_people().model_copy(update={"guardrails": as_draft(korean()["OP01-late-approval"]).guardrails})
    assert any("by a guardrail as well" in str(c) for c in guard_complaints(draft, korean()["OP01-late-approval"]))


def test_every_pattern_says_what_it_decides():
    general = [entry for shelf in load_catalog().shelves for entry in shelf.entries if isinstance(entry, Pattern)]
    assert set(SAYINGS) == set(Decision)
    for pattern in general:
        claimed = sorted({decision for guardrail in pattern.guardrails for decision in guardrail.decides})
        for lang in ("ko", "en"):
            filled = pattern.model_copy(update={"policy": _plain(pattern.policy)})
            try:
                policy = write_policy(filled, {}, lang)
            except MissingSlotError as error:
                raise AssertionError(pattern.id) from error
            assert (pattern.id, lang, unsaid(claimed, policy)) == (pattern.id, lang, ())


def _plain(texts: PolicyTexts) -> PolicyTexts:
    """The pattern's texts with every slot as a plain word, so that no service is needed."""
    raw = texts.model_dump_json()
    raw = re.sub(r"\[\[|\]\]", "", raw)
    raw = re.sub(r"\{system(?::[^{}\"]*)?\}", "시스템 the system", raw)
    raw = re.sub(r"\{(?:q\.)?[\w.]*~([^{}:\"]*)[^{}\"]*\}", r"\1", raw)
    raw = re.sub(r"\{[a-z][\w.]*(?::[^{}\"]*)?\}", "X", raw)
    return type(texts).model_validate_json(raw)


def test_the_gravest_come_first_and_no_more_than_twelve():
    found = said(
        trigger="필요하다고 판단될 때",
        scope="When a gust comes at night the attendant of the site decides which awning goes first.",
        symptoms=tuple(f"밤 기록이 모두 0{n}:4{n}에 몰린다" for n in range(4)),
        exceptions=tuple(f"자리가 없으면 #{n}을 따른다. 상황에 따라 유연하게 대응한다." for n in range(1, 7)),
    )
    assert len(found) == 12
    assert "numbers" in found[0]


def test_a_long_complaint_keeps_its_place_and_its_repair():
    text = str(Complaint(Gravity.FORM, "runbook 3", "is no rule", "가" * 900, "say which case wins"))
    assert len(text) == LONGEST
    assert text.startswith("runbook 3: is no rule “가")
    assert text.endswith("…”. Right: say which case wins")
