"""Each check: it hears a planted slip, and is silent on its good twin, in both languages."""

import pytest

from opslead.review import checks, review, review_policy
from opslead.review.checks.duplicates import overlap
from opslead.spec.document import Quantity, Rollout, RolloutItem, VerificationQuestion
from review.made import CAMPING, CHARGING, camping, charging, document, policy, step


def heard(check, specification, service=None, texts=()):
    return [fault for fault in review(specification, service, texts) if fault.check == check]


def test_every_check_has_a_file_and_a_name_of_its_own():
    names = [check.name for check in checks()]
    assert names == sorted(set(names))
    assert {"arithmetic", "numbers", "names", "roster", "thresholds", "references", "owners", "duplicates"} <= set(
        names
    )


# --- numbers


@pytest.mark.parametrize(
    "text",
    [
        "선점 10분이 끝나면 푼다.",  # given
        "25분† 안에 답한다.",  # declared beside it
        "25분†(Q1) 안에 답한다.",  # computed
        "하루 노쇼 3.6건에서 본다.",  # 90 a day × 4%
        "한 건이라도 나오면 연다. 휴대폰 뒤 4자리를 묻는다. #17로 보낸다.",  # counts nothing that decides
        "금 19:00~월 10:00에는 CS가 없다.",  # edges of stated duty
        "취소 100%면 멈춘다.",
    ],
)
def test_a_number_with_a_source(text):
    assert heard("numbers", document("ko", policy(1, trigger=text)), camping(), [CAMPING]) == []


@pytest.mark.parametrize(
    ("text", "number"),
    [("25분 안에 답한다.", "25분"), ("하루 17건을 넘으면 멈춘다.", "17건"), ("13:20에 대조한다.", "13:20")],
)
def test_a_number_from_nowhere(text, number):
    (fault,) = heard("numbers", document("ko", policy(1, trigger=text)), camping(), [CAMPING])
    assert number in fault.message


def test_a_number_of_a_quantity_or_an_assumption_has_a_source():
    made = Quantity(
        id="q@x", title="t", text="25분†", result=25, unit="분", formula="", method="", reference=""
    )  # fmt: skip
    told = policy(1, trigger="25분 안에 답한다.")
    assert heard("numbers", document("ko", told, quantities=(made,)), camping()) == []
    assert heard("numbers", document("ko", told, assumptions=("응답은 25분으로 둔다.",)), camping()) == []
    assert heard("numbers", document("ko", told, assumptions=("본문의 분·금액은 시작값이다.",)), camping()) == []
    assert len(heard("numbers", document("ko", told, assumptions=("본문의 금액은 시작값이다.",)), camping())) == 1


def test_english_numbers():
    right = policy(1, trigger="The hold of 5 minutes ends; 12 min† later it is void. Below a ticket of 21 EUR nothing.")
    slip = policy(1, trigger="Above 7% for 12 minutes.")
    assert heard("numbers", document("en", right), charging(), [CHARGING]) == []
    assert len(heard("numbers", document("en", slip), charging(), [CHARGING])) == 2


# --- names


def test_people_of_the_service_and_people_who_have_to_be_appointed():
    right = policy(
        1,
        runbook=(
            step("연다", "CS 담당"),
            step("센다", "현장 관리인(밤)"),
            step("잠근다", "시스템"),
            step("정한다", "운영 책임자†"),
            step("답이 없으면 운영 책임자†를 부른다", "앞 근무자"),
        ),
    )
    assert heard("names", document("ko", right), camping()) == []
    slip = policy(2, runbook=(step("정한다", "지역 본부장"), step("재무 책임자에게 알린다")))
    found = heard("names", document("ko", slip), camping())
    assert {fault.quote.split(" ")[0] for fault in found} == {"지역", "재무"}
    assumed = document("ko", slip, assumptions=("지역 본부장과 재무 책임자를 한 명씩 둔다고 가정한다.",))
    assert heard("names", assumed, camping()) == []


def test_one_fault_a_name_with_all_its_policies():
    told = [policy(n, exceptions=("The duty manager decides.",)) for n in (1, 2, 3)]
    (fault,) = heard("names", document("en", *told), charging())
    assert fault.policies == (1, 2, 3)


def test_hours_beside_a_name():
    right = policy(1, runbook=(step("CS 담당(평일 10:00~19:00)이 연다"),))
    slip = policy(1, runbook=(step("CS 담당(평일 09:00~18:00)이 연다"),))
    assert heard("names", document("ko", right), camping()) == []
    (fault,) = heard("names", document("ko", slip), camping())
    assert "10:00~19:00" in fault.message


# --- roster


def test_nobody_is_there_at_once():
    slip = policy(1, trigger="결제 취소 실패 1건", runbook=(step("취소를 다시 보낸다", "CS 담당", "15분† 안"),))
    (fault,) = heard("roster", document("ko", slip), camping())
    assert "금 19:00" in fault.message
    for twin in (
        slip.model_copy(
            update={"runbook": (step("취소를 다시 보낸다", "현장 관리인", "15분† 안"),)}
        ),  # there day and night
        slip.model_copy(update={"exceptions": ("근무 시간 밖에는 당직자†가 한다.",)}),
        slip.model_copy(update={"trigger": "결제 취소 실패 1건(평일 10:00~19:00)"}),
        slip.model_copy(update={"runbook": (step("취소를 다시 보낸다", "CS 담당", "다음 영업일"),)}),
        slip.model_copy(  # the night's hours, and the hours outside the office's, are those of the night shift
            update={"scope": "밤 18:00~익일 09:00", "runbook": (step("다시 보낸다", "현장 관리인(밤)", "15분† 안"),)}
        ),
        slip.model_copy(
            update={"scope": "CS 담당 근무(매일 09:00~18:00) 밖", "runbook": (step("본다", "현장 관리인(밤)", "즉시"),)}
        ),
        slip.model_copy(update={"runbook": (step("취소를 다시 보낸다", "CS 담당", "15분† 안, 무응답이면 당직자†"),)}),
    ):
        assert heard("roster", document("ko", twin), camping()) == []


def test_a_daily_time_outside_duty():
    slip = policy(1, trigger="the daily batch", runbook=(step("Compare the books", "Finance", "daily 10:00†"),))
    (fault,) = heard("roster", document("en", slip), charging())
    assert "10:00 on Sat, Sun" in fault.message
    twin = slip.model_copy(update={"runbook": (step("Compare the books", "Finance", "every working day 10:00†"),)})
    assert heard("roster", document("en", twin), charging()) == []


def test_who_acts_is_read_from_the_sentence_where_there_is_no_column():
    slip = policy(1, trigger="매일 09:00 배치", runbook=(step("목록을 올린다. CS는 당일 전화하고 결과를 남긴다."),))
    (fault,) = heard("roster", document("ko", slip), camping())
    assert "토 00:00~월 00:00" in fault.message


# --- thresholds


@pytest.mark.parametrize(
    ("lang", "one", "other", "twin"),
    [
        ("ko", "CS 단독 보상 한도는 20만원까지.", "CS 단독 보상 한도 10만원을 넘으면 멈춘다.", "현장 보상 한도 10만원을 넘으면 멈춘다."),
        ("ko", "사이트 선점 시간 10분이 끝난다.", "사이트 선점 시간은 7분이다.", "전화 선점 시간은 7분이다."),
        ("ko", "선점 10분 만료.", "선점은 7분 뒤 만료된다.", "붐비면 선점은 7분으로 줄인다."),
        ("en", "The night refund limit of the call centre is 25 EUR.", "Beyond the night refund limit of the call centre of 40 EUR it waits.", "The day refund limit of the call centre is 40 EUR."),
        ("en", "The hold of 10 minutes ends.", "A hold lasts 7 minutes.", "A hold lasts 10 minutes."),
    ],
)  # fmt: skip
def test_the_same_limit_twice(lang, one, other, twin):
    (fault,) = heard("thresholds", document(lang, policy(1, scope=one), policy(2, trigger=other)))
    assert fault.policies == (1, 2)
    assert heard("thresholds", document(lang, policy(1, scope=one), policy(2, trigger=twin))) == []


def test_a_policy_started_at_a_mark_it_does_not_know():
    target = policy(2, trigger="5% of all stalls are red for 3 minutes.")
    slip = policy(1, runbook=(step("If 20% of stalls at a site or 5% of all stalls are red, #2 is started."),))
    twin = policy(1, runbook=(step("If 5% of all stalls are red, #2 is started."),))
    (fault,) = heard("thresholds", document("en", slip, target))
    assert "20%" in fault.message
    assert heard("thresholds", document("en", twin, target)) == []


# --- references


def test_what_is_named_exists():
    told = policy(1, exceptions=("#2를 따른다. 2단계를 건너뛴다. 가정 1을 본다.",), runbook=(step("a"), step("b")))
    right = document("ko", told, policy(2), assumptions=("가정",))
    assert heard("references", right) == []
    slip = told.model_copy(update={"exceptions": ("#31을 따른다. 5단계를 건너뛴다. 가정 4를 본다.",)})
    found = heard("references", document("ko", slip, policy(2), assumptions=("가정",)))
    assert {fault.message.split(":")[0] for fault in found} == {"#31", "5단계", "가정 4"}


def test_references_outside_the_catalog():
    rollout = Rollout(week_1=(RolloutItem(policy=9, reasons=("after #8",)),))
    asked = VerificationQuestion(decision="Which limit?", affects=(7,))
    found = heard("references", document("en", policy(1), rollout=rollout, questions=(asked,)))
    assert {fault.message.split("#")[1][0] for fault in found} == {"9", "8", "7"}


def test_ids_that_the_document_does_not_carry():
    made = Quantity(id="q@x", title="t", text="5", result=5, unit="", formula="", method="", reference="")
    told = policy(1, quantities=("q@y",), trigger="5 (Q3)")
    found = heard("references", document("en", told, quantities=(made,)))
    assert {fault.field for fault in found} == {"quantities", "trigger"}


# --- owners


@pytest.mark.parametrize(
    ("lang", "one", "other", "twin"),
    [
        ("ko", "요금 오류 건은 운영 책임자가 최종 결정한다.", "요금 오류 건은 재무가 최종 결정한다.", "중복 예약 건은 재무가 최종 결정한다."),
        ("en", "The final decision on price corrections lies with finance.", "The shift manager has the final say on price corrections.", "The shift manager has the final say on stranded drivers."),
    ],
)  # fmt: skip
def test_two_last_words(lang, one, other, twin):
    (fault,) = heard("owners", document(lang, policy(1, exceptions=(one,)), policy(2, exceptions=(other,))))
    assert fault.policies == (1, 2)
    assert heard("owners", document(lang, policy(1, exceptions=(one,)), policy(2, exceptions=(twin,)))) == []


@pytest.mark.parametrize(
    ("lang", "there", "back", "on"),
    [
        ("ko", "당직이 10분 안에 답하지 않으면 운영 책임자에게 넘긴다.", "운영 책임자가 답하지 않으면 당직에게 넘긴다.", "운영 책임자가 답하지 않으면 대표에게 넘긴다."),
        ("en", "If the desk does not answer within 10 min, the case goes to the duty manager.", "If the duty manager does not answer, the case goes to the desk.", "If the duty manager does not answer, the case goes to the owner."),
    ],
)  # fmt: skip
def test_an_escalation_that_comes_back(lang, there, back, on):
    (fault,) = heard("owners", document(lang, policy(1, runbook=(step(there), step(back)))))
    assert fault.message.count("→") == 2
    assert heard("owners", document(lang, policy(1, runbook=(step(there), step(on))))) == []


# --- duplicates


def test_the_same_policy_put_a_little_differently():
    steps = "시스템이 접수마다 시각을 찍고 조건을 고정한 뒤 접수번호와 다음 답변 시각을 보낸다 그리고 담당이 이용 시각 순으로 줄을 세운다"
    one = policy(
        1,
        name="근무 공백 접수",
        intent="밤에 들어온 취소가 월요일에 처리되어 환불률이 달라진다",
        runbook=(step(steps),),
    )
    words = steps.split()
    words[3], words[9] = "새로", "바로"
    other = policy(
        2, name="심야 취소 접수", intent="주말 취소의 환불률이 담당마다 다르다", runbook=(step(" ".join(words)),)
    )
    apart = policy(
        3,
        name="노쇼 확정",
        intent="늦은 손님의 자리를 판다",
        runbook=(step("도착을 확인하고 자리를 지킨 뒤 아침에 닫는다"),),
    )
    assert [fault.policies for fault in heard("duplicates", document("ko", one, other, apart))] == [(1, 2)]
    assert overlap(one, one) == 1.0


def test_twins_of_the_contract_are_heard_once():
    one = policy(1, name="Late approval after the hold", intent="x", trigger="y")
    found = heard("duplicates", document("en", one, one.model_copy(update={"number": 2})))
    assert [fault.policies for fault in found] == [(1, 2)]


# --- one draft among its neighbours


def test_a_draft_is_held_against_its_neighbours_and_they_are_not_judged():
    bad = policy(1, intent="1 + 1 = 3", scope="사이트 선점 시간은 10분이다.")
    draft = policy(2, intent="2 + 2 = 5", scope="사이트 선점 시간은 7분이다. #9를 따른다.")
    found = review_policy(draft, [bad], camping())
    assert {fault.check for fault in found} == {"arithmetic", "thresholds", "references", "numbers"}
    assert all(2 in fault.policies for fault in found)
    assert review_policy(policy(2, intent="2 + 2 = 4"), [bad, draft], camping()) == ()
