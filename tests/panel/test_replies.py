"""What a chat window gave back, read as one set of policies."""

from pathlib import Path

import pytest

from opslead.errors import InputErrors
from opslead.intake.page.readers import Source
from opslead.panel.handover.replies import MOST_LETTERS, read_replies

REPLIES = Path(__file__).parent / "replies"
FIRST = (REPLIES / "laundry-1.ko.md").read_text(encoding="utf-8")
SECOND = (REPLIES / "laundry-2.ko.md").read_text(encoding="utf-8")


def source(text, name="reply.md"):
    return Source(name, text, "")


def read(*texts):
    return read_replies([source(text, f"reply-{n}.md") for n, text in enumerate(texts, 1)], "ko")


def test_words_around_the_answer_do_no_harm():
    replies = read(FIRST)
    assert [said.policy.number for said in replies.policies] == [1, 2, 3]
    assert replies.policies[0].place.line == FIRST[: FIRST.index("### [Policy #1]")].count("\n") + 1
    assert replies.policies[0].policy.closes == ("handoffs.waiting_queue@inspect",)
    assert replies.rules == ("봉투: 수거 한 번에 번호 하나. 번호가 없는 봉투는 싣지 않는다.",)
    assert len(replies.modes) == 1


def test_what_is_said_behind_the_last_policy_is_no_part_of_it():
    cut = FIRST[: FIRST.index("- 닫는 구멍: `authority")] + "```\n\n계속: 정책 #4부터. 이어서 쓸까요?\n"
    last = read(cut).policies[-1].policy
    assert last.symptoms == ("같은 신청에 작은 보상이 여러 번 나간다.",)


def test_a_later_answer_replaces_the_number():
    replies = read(FIRST, SECOND)
    third = replies.policies[2]
    assert (third.policy.number, third.source) == (3, "reply-2.md")
    assert third.policy.monitoring.leading
    assert [(said.source, said.policy.number) for said in replies.replaced] == [("reply-1.md", 3)]
    assert len(replies.policies) == 3


def test_a_later_answer_replaces_the_name_under_another_number_and_keeps_both_numbers():
    moved = SECOND.replace("[Policy #3]", "[Policy #9]")
    replies = read(FIRST, moved)
    assert [said.policy.number for said in replies.policies] == [1, 2, 9]
    assert replies.policies[2].numbers == {3, 9}
    assert replies.numbers == {1, 2, 3, 9}


def test_the_earlier_of_two_stands_when_the_order_is_turned():
    replies = read(SECOND, FIRST)
    assert replies.policies[2].source == "reply-2.md"
    assert not replies.policies[2].policy.monitoring.leading


def test_the_form_quoted_back_is_no_policy():
    form = "### [Policy #7] 정책명: …\n- [SurfaceTag]: (1~3개)\n- 트리거(발동 조건): 잴 수 있는 수\n\n"
    assert [said.policy.number for said in read(form + FIRST).policies] == [1, 2, 3]


def test_an_answer_with_questions_alone_is_a_piece_of_the_whole():
    questions = "## 4) Verification Questions (검증 질문 묶음)\n1. 결정: 하루 합계 (#3) — 필요한 데이터: 보상 6개월치\n"
    replies = read(FIRST, questions)
    assert replies.questions[0].affects == (3,)


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("안녕하세요. 무엇을 도와드릴까요? 서비스를 설명해 주세요.", "no policy was found"),
        ("# 다른 회사의 분기 보고서\n\n매출이 늘었다.\n", "no policy was found"),
        ("## 4) Verification Questions\n1. 무엇을 정하는가 (#1) — 필요한 데이터: 기록\n", "no policy was found"),
    ],
)
def test_an_answer_without_policies_says_what_was_looked_for(text, says):
    with pytest.raises(InputErrors) as caught:
        read(text)
    assert says in str(caught.value)
    assert "[Policy #1]" in str(caught.value)


def test_another_language_is_said_with_the_way_out():
    english = (
        "### [Policy #1] Name: Hold expiry\n- Trigger: hold of 5 minutes ended\n- Runbook: (1) The server ends it.\n"
    )
    with pytest.raises(InputErrors, match="English"):
        read(english)


def test_a_policy_without_an_end_is_refused_with_its_place():
    long = FIRST.replace("월요일 오후에", "월요일 오후에 " * MOST_LETTERS, 1)
    with pytest.raises(InputErrors) as caught:
        read(long)
    assert "policy #1" in str(caught.value)


def test_a_huge_answer_of_noise_is_read_in_bounded_time():
    noise = ("**[[(((- " * 40 + "\n") * 4000
    assert len(read(noise + FIRST).policies) == 3
