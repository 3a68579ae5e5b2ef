import pytest

from opslead.intake.page.passages import passages
from opslead.intake.rules import mentions, rules
from opslead.model.document import FlowText, StepText


def texts(text):
    return [rule.text for rule in rules(passages(text, "r.md"))]


def concepts(text, flows=()):
    return {mention.concept: mention for mention in mentions(passages(text, "r.md"), flows)}


@pytest.mark.parametrize(
    "text",
    [
        "Members must return the drill before noon.",
        "Only the treasurer can open the safe.",
        "Unpaid holds are released automatically.",
        "예약 변경은 하루 전까지만 가능하다.",
        "사용한 쿠폰은 환불할 수 없다.",
        "신분증 확인이 필수이다.",
        "미입금 주문은 자동으로 취소된다.",
    ],
)
def test_what_is_fixed_is_kept_whole(text):
    assert texts(text) == [text]


@pytest.mark.parametrize(
    "text",
    ["We like our members.", "손님이 많다.", "All pages must use HTTPS.", "모든 버튼은 반드시 반응형이어야 한다."],
)
def test_what_fixes_nothing_or_is_technology_is_left(text):
    assert texts(text) == []


def test_left_out_sections_fix_nothing():
    assert texts("# Shop\n\n## Out of scope\n\n- Refunds must be approved twice\n") == []


def test_the_subject_is_the_label_or_the_heading():
    found = rules(passages("# 가게\n\n## 2. 취소 규정\n\n- 당일: 취소할 수 없다\n- 포장 상품은 반품 불가\n", "r.md"))
    assert [rule.subject for rule in found] == ["당일", "취소 규정"]
    assert found[0].at == "r.md:5"


def test_each_concept_is_mentioned_once_with_its_clause():
    found = concepts(
        "The desk is closed at night. Late at night a guard refunds deposits, and parcels are lost in transit."
    )
    assert found["night"].given == "The desk is closed at night."
    assert found["deposit"].given == "Late at night a guard refunds deposits"
    assert {"refund", "lost_goods"} <= set(found)


def test_a_longer_word_does_not_hide_the_concepts_in_it():
    assert {"double_charge", "duplicate", "payment"} <= set(concepts("중복 결제가 났다."))


def test_a_sentence_is_quoted_before_a_heading():
    found = concepts("# 환불\n\n손님이 환불을 요청하면 매니저가 본다.\n")
    assert found["refund"].given == "손님이 환불을 요청하면 매니저가 본다."
    assert found["refund"].at == "r.md:3"


def test_commas_in_brackets_do_not_cut_a_quotation():
    assert concepts("결제(카드, 계좌, 쿠폰)는 앱에서 한다.")["coupon"].given == "결제(카드, 계좌, 쿠폰)는 앱에서 한다."


def test_what_is_left_for_later_is_not_mentioned():
    assert "gift_card" not in concepts("# Shop\n\nWe sell tea.\n\n## Future work\n\n- gift cards\n")


def test_steps_mention_their_concepts_too():
    flow = FlowText(
        name="f", steps=(StepText(kind="hold", name="keep", given="keep it 5 min", at="r.md:9", via="fax"),)
    )
    found = concepts("We run a shop.", (flow,))
    assert found["hold"].given == "keep it 5 min"
    assert found["fax"].at == "r.md:9"


def test_a_quotation_is_short():
    long = "Parcels " + "that the depot keeps for the people of the town " * 12 + "are damaged"
    assert all(len(m.given) <= 120 and m.given in long for m in concepts(long).values())
