"""A model's questions of law: added, never judged, facts quoted, policies that exist."""

from __future__ import annotations

import pytest

from opslead.intake.page.readers import Source
from opslead.panel.brief import brief
from opslead.panel.legal import Gathered, LegalDraft, judged, legal_with
from opslead.pipeline import understand
from opslead.policy.legal import MOST
from opslead.spec.document import LegalQuestion, Policy, Specification, Uncertain

from .scripted import Scripted

TEXT = "# 빵집 예약\n\n손님이 앱으로 케이크를 예약하고 카드로 결제하면 직원 2명이 만들어 건넨다. 매장 CCTV 영상은 30일 남는다. 하루 평균 예약 30건.\n"
KNOWN = LegalQuestion(
    question="노쇼 위약금을 받는 조건이 지금의 약관으로 성립하는가?", facts=("하루 30건",), policies=(1,)
)
SPEC = Specification(
    title="빵집",
    language="ko",
    policies=(Policy(number=1, name="노쇼 확정"), Policy(number=2, name="영상 보관")),
    legal=(KNOWN,),
)
NEW = {
    "question": "매장 영상을 손님이 보여 달라고 하면 어디까지 보여 줄 수 있는가?",
    "policies": [2],
    "facts": [{"text": "영상은 30일 남는다", "quote": "매장 CCTV 영상은 30일 남는다"}],
}


def ask(said: object, spec: Specification = SPEC) -> tuple[Gathered, Scripted]:
    sources = [Source("service.md", TEXT, "")]
    _, service = understand(sources)
    port = Scripted(lambda one: said if isinstance(said, str) else LegalDraft.model_validate(said))
    return legal_with(port, brief(service, sources, None), spec, sources, lambda *_: None), port


def test_a_new_question_comes_with_quoted_facts():
    made, port = ask({"questions": [NEW]})
    assert made.questions[0] == KNOWN
    assert made.questions[1] == LegalQuestion(
        question=NEW["question"],
        facts=("영상은 30일 남는다 (“매장 CCTV 영상은 30일 남는다” service.md:3)",),
        policies=(2,),
    )
    assert not made.refused
    assert KNOWN.question in port.asked[0].prompt
    assert "#2 영상 보관" in port.asked[0].prompt


def test_of_what_a_policy_calls_uncertain_lawyers_see_the_law():
    doubt = "설명에 적혀 있지 않은 것을 있다고 보고 쓴 정책이다. 없으면 뺀다. 영상 보관 기간은 법무가 정한다."
    policies = (
        SPEC.policies[0].model_copy(update={"uncertain": Uncertain(what="케이크를 나눠 받는지 적혀 있지 않다.")}),
        SPEC.policies[1].model_copy(update={"uncertain": Uncertain(what=doubt)}),
    )
    _, port = ask({}, SPEC.model_copy(update={"policies": policies}))
    assert "#1 노쇼 확정\n#2 영상 보관: 영상 보관 기간은 법무가 정한다." in port.asked[0].prompt


def test_missing_facts_go_to_the_question_that_lacks_them():
    made, _ = ask({"facts": [{"number": 1, "facts": [{"text": "직원 2명", "quote": "직원 2명이 만들어 건넨다"}]}]})
    assert made.questions[0].facts == ("하루 30건", "직원 2명 (“직원 2명이 만들어 건넨다” service.md:3)")


@pytest.mark.parametrize(
    ("change", "why"),
    [
        ({"question": "매장 영상을 90일 두는 것은 위법이다. 그러면 며칠인가?"}, "법적 판단을 단정"),
        ({"question": "매장 영상은 얼마나 남길지 정해야 한다"}, "질문이 아니다"),
        ({"policies": [2, 9]}, "없는 정책을 부른다: #9"),
        ({"question": "노쇼 위약금을 받는 조건이 약관으로 성립하는가?"}, "이미 있는 질문"),
    ],
)
def test_what_is_no_new_question_is_refused(change, why):
    made, port = ask({"questions": [{**NEW, **change}]})
    assert made.questions == (KNOWN,)
    assert [why in refusal.why for refusal in made.refused] == [True]
    assert why in port.asked[1].prompt, "it went back once"


@pytest.mark.parametrize(
    ("fact", "why"),
    [
        ({"text": "영상은 30일 남는다", "quote": "영상은 한 달 동안 남는다"}, "설명에 없는 말"),
        ({"text": "영상은 90일 남는다", "quote": "매장 CCTV 영상은 30일 남는다"}, "인용에 없는 수다: 90일"),
        ({"text": "영상 보관은 합법이다", "quote": "매장 CCTV 영상은 30일 남는다"}, "법적 판단"),
    ],
)
def test_a_fact_that_is_none_is_left_out(fact, why):
    made, _ = ask({"questions": [{**NEW, "facts": [fact]}]})
    assert made.questions[1].facts == ()
    assert [why in refusal.why for refusal in made.refused] == [True]


def test_facts_for_a_question_that_is_not_there():
    made, _ = ask({"facts": [{"number": 4, "facts": [{"text": "직원 2명", "quote": "직원 2명이"}]}]})
    assert made.questions == (KNOWN,)
    assert made.refused[0].what == "4"


def test_never_more_than_twelve():
    full = SPEC.model_copy(
        update={"legal": tuple(KNOWN.model_copy(update={"question": f"{n}번 물음은 무엇인가?"}) for n in range(MOST))}
    )
    made, _ = ask({"questions": [NEW]}, full)
    assert len(made.questions) == MOST


def test_without_an_answer_the_questions_stay():
    made, _ = ask("wire")
    assert made.questions == (KNOWN,)
    assert "wire" in made.refused[0].why


def test_a_question_about_legality_is_no_verdict():
    assert judged("이 처리는 불법이다.")
    assert judged("This is illegal. What else?")
    assert not judged("이 처리가 불법인가?")
    assert not judged("Is this illegal?")
