"""Questions of law gathered for Risk/Legal: from policies that are uncertain and from what the service does; facts, no verdicts."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from opslead.intake.page.readers import Source, read_source
from opslead.knowledge.vocabulary import LEGAL_VERDICT
from opslead.model.service import Service
from opslead.pipeline import Design, Options, Sources, design, understand
from opslead.policy.legal import FACTS, MOST, TOPICS, legal, topic_of
from opslead.render.legal import legal_section
from opslead.spec.document import LegalQuestion, Policy, Specification, Uncertain

CONTEXTS = Path(__file__).parent.parent / "contexts"


@pytest.fixture(scope="module", params=["camping.ko.md", "ev-charging.en.md"])
def made(request: pytest.FixtureRequest) -> Design:
    return design(Sources([read_source(CONTEXTS / request.param)]), Options(search=False))


def service(text: str) -> Service:
    return understand([Source("service.md", text, "")])[1]


BAKERY = "# 빵집 예약\n\n손님이 앱으로 케이크를 예약하고 카드로 결제하면 직원이 만들어 가게에서 건넨다. 하루 평균 예약 30건.\n"


def spec(*uncertain: Uncertain | None, names: tuple[str, ...] = ()) -> Specification:
    policies = tuple(
        Policy(number=n, name=names[n - 1] if names else f"정책 {n}", uncertain=one)
        for n, one in enumerate(uncertain, 1)
    )
    return Specification(title="x", language="ko", policies=policies)


def test_each_question_has_facts_of_the_service_and_policies_that_exist(made: Design):
    found = legal(made.specification, made.service)
    numbers = {policy.number for policy in made.specification.policies}
    assert 3 <= len(found) <= MOST
    assert len({question.question for question in found}) == len(found)
    for question in found:
        assert question.question.rstrip().endswith("?")
        assert set(question.policies) <= numbers
    assert sum(bool(question.facts) for question in found) >= len(found) - 2


def test_facts_are_quoted_from_the_description(made: Design):
    text = "".join(read_source(CONTEXTS / Path(made.specification.inputs[0].source).name).text.split())
    quoted = [
        q
        for one in legal(made.specification, made.service)
        for fact in one.facts
        for q in re.findall(r"“([^”]+)” ", fact)
    ]
    assert quoted
    for words in quoted:
        assert "".join(words.rstrip("…").split()) in text


def test_it_never_judges(made: Design):
    for question in legal(made.specification, made.service):
        for text in (question.question, *question.facts):
            assert not LEGAL_VERDICT.search(text)


def test_the_sums_of_the_camp():
    camp = design(Sources([read_source(CONTEXTS / "camping.ko.md")]), Options(search=False))
    facts = [fact for question in legal(camp.specification, camp.service) for fact in question.facts]
    assert any("금 19:00~월 10:00, 63시간" in fact for fact in facts)
    assert any("90 × 4% = 3.6건" in fact for fact in facts)
    assert any("현장마다 1명 × 3곳" in fact for fact in facts)
    assert any("7일 전까지 100%, 3~6일 전 50%, 1~2일 전 20%" in fact for fact in facts)


def test_policies_that_ask_the_same_wait_for_one_question():
    one = Uncertain(
        what="노쇼 위약금이 약관으로 성립하는지는 Risk/Legal이 정한다",
        questions=("노쇼 위약금 문구가 약관에 있는가(법무 확인)?",),
    )
    other = Uncertain(what="위약금을 언제 받는지 약관 확인이 필요하다", questions=("면제를 약관에 적어야 하는가?",))
    (question,) = legal(spec(one, None, other), service(BAKERY))
    assert question.policies == (1, 3)
    assert "노쇼 위약금 문구가 약관에 있는가?" in question.question
    assert "(법무 확인)" not in question.question


def test_what_is_uncertain_but_no_question_of_law_stays_where_it_is():
    plain = Uncertain(what="회선이 얼마나 버티는지 알려져 있지 않다", questions=("예비전원은 몇 시간인가?",))
    assert legal(spec(plain), service(BAKERY)) == ()


def test_a_service_that_keeps_money_and_data_is_asked_about_even_if_no_policy_asks():
    text = (
        BAKERY
        + "\n## 취소\n취소: 3일 전 100%, 1일 전 50% 환불, 당일·노쇼 환불 없음. 예약할 때 손님의 전화번호와 생년월일을 받아 엑셀에 적는다.\n\n## 숫자\n하루 평균 예약 30건. 노쇼율 5%.\n"
    )
    found = {
        question.question: question for question in legal(spec(None, names=("노쇼를 증거로 확정",)), service(text))
    }
    penalty = next(one for question, one in found.items() if question.startswith("환불하지 않거나"))
    assert penalty.policies == (1,)
    assert any("30 × 5% = 1.5건" in fact for fact in penalty.facts)
    kept = next(one for question, one in found.items() if question.startswith("손님의 정보를 항목마다"))
    assert any("엑셀" in fact for fact in kept.facts)


def test_every_topic_has_facts_and_its_own_words_lead_to_it():
    assert {topic.key for topic in TOPICS} == set(FACTS)
    assert topic_of("CCTV 영상은 얼마 동안 보관하는가?") == "recording"
    assert topic_of("May a customer be blocked or suspended, and what do the terms say?") == "blocking"
    assert topic_of("적립금을 현금으로 돌려 달라고 하면") == "credit"
    assert topic_of("그 밖의 일") == "terms"


def test_never_more_than_twelve_and_the_most_waited_for_first(made: Design):
    found = legal(made.specification, made.service)
    waiting = [len(question.policies) for question in found]
    assert waiting == sorted(waiting, reverse=True)


def test_the_same_again(made: Design):
    assert legal(made.specification, made.service) == legal(made.specification, made.service)


def test_the_table_shows_questions_facts_and_policies_and_nothing_of_its_own():
    question = LegalQuestion(
        question="어떻게 | 다루는가?", facts=("하루 90건 (“예약 <b>90건</b>” a.md:3)",), policies=(2, 5)
    )
    document = spec(None).model_copy(update={"legal": (question,)})
    (table,) = legal_section(document)
    assert table.startswith("## 부록 E) Risk/Legal에 넘길 질문")
    assert r"| L1 | 어떻게 \| 다루는가? | 하루 90건 (“예약 \<b>90건\</b>” a.md:3) | #2, #5 |" in table
    assert list(legal_section(spec(None))) == []
    (english,) = legal_section(document.model_copy(update={"language": "en"}))
    assert english.startswith("## Appendix E) Questions for Risk/Legal")
