"""Personal data with its medium, and seasons with their time."""

import pytest

from opslead.intake.page.passages import passages
from opslead.intake.personal import personal_data, seasons


def data(text):
    return [(entry.item, entry.medium) for entry in personal_data(passages(text, "t.md"))]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("기사에게 고객 연락처를 문자로 보낸다.", [("전화번호", "message")]),
        ("예약자 이름과 전화번호를 종이 명부에 적는다.", [("전화번호", "paper"), ("이름", "paper")]),
        ("보증금 환불 계좌번호를 엑셀로 관리한다.", [("계좌번호", "spreadsheet")]),
        ("입구는 CCTV로 확인한다.", [("CCTV 영상", "camera")]),
        ("Guests upload a passport at check-in.", [("identity document", "photo")]),
        ("The list of customer names and addresses is printed.", [("name", "paper"), ("address", "paper")]),
    ],
)
def test_items_and_media(text, expected):
    assert data(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "메뉴 이름과 가격을 등록한다.",
        "No card data is stored.",
        "확인 이메일 발송",
        "상품 사진을 올린다.",
        "# App\n## Database schema\n- email, phone, address",
        "휴대폰으로 메뉴를 본다.",
        "The owner decides about everything above that by phone.",
        "Members reserve in the app or by phone.",
    ],
)
def test_words_that_are_no_personal_data(text):
    assert data(text) == []


def test_an_item_with_a_medium_stands_for_the_one_without():
    assert data("차량번호를 확인한다.\n\n차량번호를 장부에 적는다.") == [("차량번호", "paper")]


def test_personal_data_quote_their_place():
    entry = personal_data(passages("안내\n\n고객 연락처를 받는다.", "t.md"))[0]
    assert (entry.given, entry.at) == ("고객 연락처를 받는다.", "t.md:3")


def season(text):
    return [(s.name, s.when, s.occupancy.value if s.occupancy else "") for s in seasons(passages(text, "t.md"))]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("성수기(6~8월) 점유율 95%, 비수기 20%.", [("성수기", "6~8월", "95%"), ("비수기", "", "20%")]),
        ("시험 기간에는 자리가 없다.", [("시험 기간", "", "")]),
        ("Peaks come on holiday Saturdays.", [("holiday Saturdays", "", "")]),
        ("In the high season (June to August) all rooms are taken.", [("high season", "June to August", "")]),
        ("성수기에 붐빈다. 성수기(12월)에는 예약제다.", [("성수기", "12월", "")]),
        ("캠핑장마다 다르다.", []),
        ("성수기 할인 10%", [("성수기", "", "")]),
    ],
)
def test_seasons(text, expected):
    assert season(text) == expected
