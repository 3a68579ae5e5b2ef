"""What is allocated, moved and kept, with how much of it there is; and what the service is called."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from opslead.intake.page.passages import passages
from opslead.intake.resources import domain, resources, sites, title


def read(text):
    return {resource.name: resource for resource in resources(passages(text, "a.md"))}


def capacity(text, name):
    found = read(text)[name]
    return (str(found.capacity.value) if found.capacity else None), found.unit


@pytest.mark.parametrize(
    ("text", "name", "expected"),
    [
        ("락커 120칸을 빌려준다.", "락커", ("120", "칸")),
        ("펜션은 객실 20실이 있다.", "객실", ("20", "실")),
        ("세탁기 12대와 건조기 8대를 둔다.", "건조기", ("8", "대")),
        ("총 45대의 차량을 빌려준다.", "차량", ("45", "대")),
        ("We lend 1,200 bikes to members.", "bikes", ("1200", "bikes")),
        ("The clinic has three meeting rooms.", "meeting rooms", ("3", "rooms")),
        ("A 12-room guest house by the sea.", "room", ("12", "room")),
    ],
)
def test_capacity_with_its_unit(text, name, expected):
    assert capacity(text, name) == expected


@pytest.mark.parametrize(
    "text",
    [
        "한 번에 락커 3칸까지 빌릴 수 있다.",
        "Book up to 4 seats at once. Seats are sold online.",
        "Guests book two rooms at once. Rooms are cleaned daily.",
        "고객이 좌석 2석을 선택하면 쿠폰 3장을 준다. 쿠폰은 좌석에 쓴다.",
        "목표는 아래와 같다.\n\n## 목표\n- 락커 900칸",
        "## Example\n\nShe sees 47 lockers.\n\n## Lockers\n\nLockers are lent by the day.",
    ],
)
def test_bounds_targets_and_examples_are_no_capacity(text):
    assert all(resource.capacity is None for resource in resources(passages(text, "a.md")))


def test_a_total_and_its_parts():
    found = read("호텔은 총 60개 객실(스탠다드 40, 디럭스 15, 스위트 5)을 판다.")
    assert [(name, str(r.capacity.value)) for name, r in found.items()] == [
        ("객실", "60"),
        ("스탠다드", "40"),
        ("디럭스", "15"),
        ("스위트", "5"),
    ]
    assert found["디럭스"].perishable
    assert found["디럭스"].physical


def test_numbers_that_do_not_add_up_are_no_parts():
    assert list(read("호텔은 총 60개 객실(조식 40, 주차 15)을 판다.")) == ["객실"]


def test_capacity_of_each_place_and_the_total_it_makes():
    text = "무인 사진관 8개 지점을 운영한다. 사물함은 지점당 평균 24칸이다."
    found = read(text)["사물함"]
    assert str(found.capacity.value) == "24"
    assert found.unit == "칸/지점"
    assert "8 × 24 = 192" in found.derived
    assert found.given == ""  # one origin only


def test_a_total_wins_over_a_number_for_each_place():
    assert capacity("We run 6 depots (2 to 4 lockers each, 19 lockers).", "lockers") == ("19", "lockers")


def test_physical_and_perishable_by_what_it_is():
    found = read("객실과 쿠폰과 재고가 있다. 객실은 매일 판다. 쿠폰은 선물한다. 재고는 창고에 둔다.")
    assert (found["객실"].physical, found["객실"].perishable) == (True, True)
    assert (found["쿠폰"].physical, found["쿠폰"].perishable) == (False, False)
    assert (found["재고"].physical, found["재고"].perishable) == (True, False)


def test_names_stay_as_written_with_the_noun_before_a_generic_word():
    text = "- Vehicle listings are public\n- Dealers edit vehicle listings\n- Vehicle listings expire\n- Hosts list vehicles"
    assert "vehicle listings" in read(text)


@pytest.mark.parametrize(
    "text",
    [
        "엔드포인트를 점검하고 체크포인트를 둔다. 엔드포인트는 공개한다.",
        "We book a review of the order.",  # verbs and singulars
        "제품 요구사항 정의서. 제품 비전과 제품 개요.",
        "## Out of scope\n- Coupons\n- Gift cards\n- Lockers",
    ],
)
def test_words_that_only_look_like_things(text):
    assert read(text) == {}


def test_the_data_model_names_resources_but_not_people_or_fields():
    text = (
        "# Tool shed\n\n## Data Model\n\n### Loan\n- id\n- toolId\n\n### Customer\n- name\n\n### AuditLog\n- at\n\n"
        "### DamageCase\n- photos\n"
    )
    assert set(read(text)) == {"Loan", "DamageCase"}


@pytest.mark.parametrize(
    ("text", "number", "quotation"),
    [
        ("세탁소 14개 지점을 운영한다.", "14", "14개 지점"),
        ("직영 캠핑장 3곳을 예약받는다.", "3", "캠핑장 3곳"),
        ("We run 38 unmanned laundry shops.", "38", "38 unmanned laundry shops"),
        ("A chain of nine hundred restaurants.", "900", "nine hundred restaurants"),
        ("A single-property hostel.", "1", "single-property"),
    ],
)
def test_the_number_of_places(text, number, quotation):
    found = sites(passages(text, "a.md"))
    assert (found.value, found.given) == (number, quotation)


@pytest.mark.parametrize(
    "text",
    [
        "반경 3km 안에 매장 5개 이상인 곳부터 연다.",
        "## Roadmap\n\nOpen 20 shops.",
        "고객은 매장당 2회까지 방문한다.",
        "Call two days ahead.",
    ],
)
def test_no_number_of_places(text):
    assert sites(passages(text, "a.md")) is None


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("# WashBox Product Requirements Document (PRD)\n\ntext", "WashBox"),
        ("# 🧺 워시박스 운영 매뉴얼 v2.1\n\ntext", "워시박스"),
        ("# 03-PRD.md - 세탁 예약 (Laundry Booking)\n\ntext", "세탁 예약 (Laundry Booking)"),
        ("# Product Requirements Document (PRD)\n## WashBox\n\ntext", "WashBox"),
        ("무인 세탁소 12개 지점을 운영하려고 합니다. 밤에는 사람이 없습니다.", "무인 세탁소"),
        ("We run a shared laundry. Nobody is there at night.", "shared laundry"),
    ],
)
def test_the_name_of_the_service(text, name):
    assert title(passages(text, "a.md")) == name


def test_the_kind_of_service_by_its_title_and_overview():
    text = "# 숲 캠핑장 예약\n\n캠핑 데크를 예약받는다. 근처 카페 쿠폰을 준다."
    assert domain(passages(text, "a.md"))[0] == "camping"
    assert "cafe" not in domain(passages(text + "\n\n" + "글램핑. " * 3, "a.md"))[:1]
    assert domain(passages("Nothing here says what it is.", "a.md")) == ()


@settings(max_examples=60)
@given(st.text(alphabet="좌석 객실 12개지점당총(:,)84한 두seat rooms\n#-", max_size=200))
def test_any_text_can_be_read_and_names_are_unique(text):
    found = resources(passages(text, "a.md"))
    assert len({r.name for r in found}) == len(found)
    assert all(not (r.given and r.derived) for r in found)
    title(passages(text, "a.md"))
    sites(passages(text, "a.md"))


def test_a_long_first_sentence_gives_the_kind_as_the_name():
    text = "문 앞에 내놓은 이불을 밤마다 가져가서 공장에서 세탁하고 사흘 뒤 아침에 다시 걸어 드리는 앱을 준비하고 있습니다."
    assert title(passages(text, "x.md")) == "세탁 서비스"


def test_what_riders_come_with_is_no_thing_of_the_service():
    text = "# 배달\n\n- 배달원은 교통수단을 등록한다 (도보, 자전거, 오토바이)\n- 자전거와 오토바이는 교통수단 목록에서 고른다\n"
    assert "오토바이" not in {
        thing.name for thing in resources(passages(text.replace("자전거와 오토바이는 ", ""), "a.md"))
    }
    assert "자전거" in {
        thing.name for thing in resources(passages("# 대여\n\n- 자전거 30대를 빌려준다\n- 자전거를 점검한다\n", "a.md"))
    }
