"""Partners and channels."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from opslead.intake.page.passages import passages
from opslead.intake.partners import channels, partners


def read(text):
    return partners(passages(text, "a.md"))


def kinds(text):
    return [(p.name, p.kind) for p in read(text)]


def ways(text):
    return {c.name: c for c in channels(passages(text, "a.md"))}


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("결제는 토스페이먼츠로 한다.", [("토스페이먼츠", "payment")]),
        ("결제(PG 콜백)로 확정한다.", [("PG", "payment")]),
        ("토스트와 은행나무를 판다.", []),
        ("Payments run through Stripe Checkout, later through Stripe Connect.", [("Stripe", "payment")]),
        ("Kakao Maps API or Naver Maps API", [("Kakao Maps API", "map"), ("Naver Maps API", "map")]),
        ("장소 입력에 카카오 주소 API를 쓴다.", [("카카오 주소 API", "map")]),
        ("카카오 로그인으로 가입한다.", [("카카오 로그인", "identity")]),
        ("네이버 예약으로 들어온 예약은 네이버가 정산한다.", [("네이버 예약", "channel")]),
        ("Sessions run in Zoom/Meet.", [("Zoom", "video"), ("Meet", "video")]),
        ("Meet the guest at the door.", []),
        ("An Airbnb-style service, similar to Turo.", []),
        ("경쟁 서비스인 야놀자, 여기어때 대비 저렴하다.", []),
        ("The bank confirms transfers overnight.", [("bank", "bank")]),
        ("We store the bank account.", []),
        ("택배사가 운송장을 준다.", [("택배사", "carrier")]),
        ("The parcel goes to a carrier.", [("carrier", "carrier")]),
        ("The app runs on AWS with PostgreSQL.", []),
    ],
)
def test_who_is_a_partner(text, found):
    assert kinds(text) == found


def test_the_service_is_not_its_own_partner():
    assert kinds("A large retail bank keeps accounts. The bank posts items at night.") == []


def test_words_of_a_kind_mean_the_named_one():
    text = "결제는 포트원을 쓴다.\n\nPG 승인 콜백이 늦으면 기다린다."
    (partner,) = read(text)
    assert (partner.name, partner.mode) == ("포트원", "callback")


def test_what_is_out_of_scope_is_no_partner():
    assert kinds("## 범위 외\n- 토스페이먼츠 연동\n") == []


def test_how_late_a_partner_is():
    (lab,) = read("검사는 외부 검사실에 팩스로 의뢰하며 결과는 보통 2일 뒤에 도착하고 최대 5일까지 지연된다.")
    assert lab.mode == "fax"
    assert lab.latency is not None
    assert lab.worst is not None
    assert (lab.latency.value, lab.worst.value) == ("2일", "5일")
    (hold,) = read("선점 10분이 끝나면 PG사가 취소한다.")
    assert hold.latency is None


def test_a_quotation_holds_the_name_and_is_short():
    (partner,) = read("가" * 300 + " 결제는 스트라이프로 하고 " + "나" * 300)
    assert "스트라이프" in partner.given
    assert len(partner.given) <= 170
    assert partner.at == "a.md:1"


def test_channels_with_share_and_how_they_are_kept_in_step():
    found = ways(
        "예약의 30%는 네이버 예약, 20%는 에어비앤비로 들어온다. 앱과 웹에서 예약받는다. 전화 예약은 직원이 엑셀에 적었다가 저녁에 옮겨 적는다."
    )
    assert list(found) == ["네이버 예약", "에어비앤비", "앱", "웹", "전화"]
    assert found["네이버 예약"].share is not None
    assert found["네이버 예약"].share.value == "30%"
    assert found["에어비앤비"].share is not None
    assert found["에어비앤비"].share.value == "20%"
    assert found["전화"].sync == "manual"
    assert found["앱"].sync == ""


def test_english_channels():
    found = ways(
        "Members book in our app or on the website. Walk-ins may use any free table. Airbnb bookings are synced every 2 hours."
    )
    assert list(found) == ["app", "website", "Walk-ins", "Airbnb"]
    airbnb = found["Airbnb"]
    assert airbnb.sync == "delayed"
    assert airbnb.delay is not None
    assert airbnb.delay.value == "2 hours"


@pytest.mark.parametrize(
    "text",
    [
        "예약 알림은 앱 푸시로 보낸다.",
        "User: id, name, phone, order",
        "배달원 앱에서 주문을 받는다.",
        "A confirmation is sent by email after booking.",
    ],
)
def test_what_is_no_channel(text):
    assert ways(text) == {}


@settings(max_examples=150)
@given(st.text(alphabet=st.sampled_from(list("결제 PG 네이버예약 Stripe앱웹.,()12초%")), max_size=150))
def test_each_partner_and_channel_once(text):
    assert read(text) == read(text)
    assert len({p.name for p in read(text)}) == len(read(text))
    assert len(ways(text)) == len(channels(passages(text, "a.md")))


def test_who_is_left_for_a_later_phase_is_no_partner_yet():
    text = "# 예약\n\n## 결제\n- 현장에서 현금으로 낸다\n- 알림은 Firebase FCM으로 보낸다\n\n## 후속 Phase 계획\n- Toss Payments 연동\n"
    assert [name for name, _ in kinds(text)] == ["Firebase FCM"]
