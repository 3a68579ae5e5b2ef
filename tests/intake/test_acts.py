import pytest

from opslead.intake.flow.acts import acts, chooses, phrase_acts


def sure(text):
    return [act.kind for act in acts(text) if act.sure]


def named(text):
    return [act.kind for act in phrase_acts(text)]


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ("The customer sends a request and pays by card", ["request", "charge"]),
        ("After approval the renter collects the keys", ["approve", "hand_over"]),
        ("Parcels are packed, shipped by courier and delivered", ["ship", "ship", "deliver"]),
        ("one clerk enters the sum, another approves", ["approve"]),
        ("Some parcels arrive without a number", ["receive"]),
        ("Guests often arrive late", ["check_in"]),
        ("Weekend on-call pays 140 EUR", []),
        ("The rest is paid on the card terminal at the door", ["charge"]),
        ("Payout on the 27th", ["payout"]),
        ("A late member pays 5 EUR", ["charge"]),
        ("Refunds are handled manually by the treasurer", ["refund"]),
        ("the shop may refund the price", ["refund"]),
        ("손님이 예약하면 점주가 승인한다", ["request", "approve"]),
        ("환불은 매장에서 처리하고 본사가 정산한다", ["refund", "payout"]),
        ("입금 확인 후 물건을 발송한다", ["pay_in", "ship"]),
        ("청소와 정비는 용역업체가 담당한다", ["clean", "repair"]),
    ],
)
def test_words_used_as_acts_are_sure(text, kinds):
    assert sure(text) == kinds


@pytest.mark.parametrize(
    "text",
    [
        "the payment terms of the contract",
        "a list of orders and returns",
        "orders that are open",
        "The refund policy is printed",
        "주문과 배송에 관한 문의",
        "환불 정책과 취소 수수료",
        "인증, 알림 같은 공통 기능을 공유한다",
    ],
)
def test_mere_nouns_are_not_sure(text):
    assert sure(text) == []


@pytest.mark.parametrize(
    "text",
    [
        "No refund after dispatch",
        "Customers cannot cancel",
        "authorise the card (not charged yet)"[20:],
        "환불 불가",
        "취소할 수 없다",
        "결제 실패",
        "refunds are future work",
        "정산 자동화는 추후 지원",
        "payment failed",
    ],
)
def test_what_is_denied_or_left_for_later_gives_no_act(text):
    assert sure(text) == []
    assert named(text) in ([], ["dispatch"])


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ("좌석 15분 선점", ["hold"]),
        ("결제(PG 콜백)", ["charge"]),
        ("결제 확인 후 예약 확정", ["charge", "confirm"]),
        ("수락/거절", ["accept"]),
        ("환불 승인", ["approve"]),
        ("예약 확정 알림", ["notify"]),
        ("Booking confirmed once payment succeeded", ["charge", "confirm"]),
        ("Accept or decline the request", ["accept"]),
        ("cancel the order", ["cancel"]),
        ("Permit is issued as PDF", ["issue"]),
        ("주문 완료", ["confirm"]),
        ("대여", ["hand_over"]),
        ("날짜 선택", []),
        ("예약 정보 입력", []),
    ],
)
def test_the_act_a_phrase_is_about(text, kinds):
    assert named(text) == kinds


def test_asking_for_an_act_is_a_request():
    assert sure("손님이 방을 바꿔 달라고 한다") == ["request"]
    assert sure("고객이 환불을 요청한다") == ["claim"]


def test_choosing_is_no_act():
    assert chooses("날짜 선택")
    assert chooses("browse rooms")
    assert not chooses("결제")


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ("가스 공급 업체가 1년에 한 번 보일러를 점검한다.", set()),
        ("정비사가 반납된 자전거를 점검한다.", {"inspect"}),
        ("A contractor inspects the lifts twice a year.", set()),
        ("Settlement is quarterly; the clerk refunds.", {"refund"}),
    ],
)
def test_upkeep_of_the_premises_is_no_step_of_a_case(text, kinds):
    assert {act.kind for act in acts(text)} & {"inspect", "refund"} == kinds
