"""Who takes part, from lists, tables, labels and running sentences."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from opslead.intake.page.passages import passages
from opslead.intake.people.actors import actors
from opslead.model.steps import Role


def read(text):
    return actors(passages(text, "a.md"))


def names(text):
    return [(a.name, a.role.value) for a in read(text)]


def one(text, name):
    return next(a for a in read(text) if a.name == name)


LAUNDRY = """# 동네 세탁 수거
## 사용자
- 손님(고객): 앱으로 수거를 예약하고 결제한다.
- 매장 직원: 지점마다 낮 2명(09:00~18:00), 저녁 1명(18:00~22:00). 옷을 접수하고 검수한다.
- CS 담당: 3명, 평일 10:00~19:00. 환불 승인은 건당 10만원까지 전결.
## 흐름
1. 고객이 수거를 예약한다.
2. 직원이 옷을 검수한다.
"""


def test_a_list_gives_one_entry_for_each_and_for_each_shift():
    assert names(LAUNDRY) == [
        ("손님", "customer"),
        ("매장 직원(낮)", "field"),
        ("매장 직원(저녁)", "field"),
        ("CS 담당", "staff"),
    ]


def test_numbers_hours_and_powers_come_with_their_words():
    day = one(LAUNDRY, "매장 직원(낮)")
    assert day.count is not None
    assert day.duty is not None
    assert (day.count.value, day.per_site, day.duty.value) == (2, True, "09:00~18:00")
    assert day.count.at == "a.md:4"
    assert "낮 2명" in day.count.given
    support = one(LAUNDRY, "CS 담당")
    assert support.count is not None
    assert support.count.value == 3
    (power,) = support.authority
    assert power.limit is not None
    assert (power.action, power.limit.value) == ("refund", "10만원")
    assert "refund" in support.does
    assert "inspect" in day.does


def test_a_table_of_roles_with_synonyms_is_not_doubled_by_the_text():
    text = """## 사용자 유형
| 사용자 유형 | 설명 |
|---|---|
| **대여자 (Renter)** | 공구를 빌리는 사람 |
| **점주 (Store Owner)** | 공구를 등록하는 가게 주인 |
| **관리자 (Admin)** | 신고를 처리하는 운영팀 |

운영팀은 신고를 확인한다. 가게 주인이 공구를 등록한다. Renter는 예약한다.
"""
    assert names(text) == [("대여자", "customer"), ("점주", "supplier"), ("관리자", "staff")]


def test_made_up_people_features_and_writers_are_nobody():
    text = """**Owner:** Operations Team

## 사용자
### 페르소나 1: 바쁜 직장인 이하나 (29세)
- 직업: 회계사
- 상황: 야근이 많다
## 승인
| 역할 | 이름 | 서명 |
|---|---|---|
| PM | | |
## 기술 스택
- 관리자 화면: React
## 회원 관리
- 회원가입
- 고객센터 (FAQ)
"""
    assert names(text) == []


def test_headings_of_screens_and_sides_name_their_people():
    text = "## 4.1 손님 앱 기능\n- 수거 예약\n- 결제\n## 4.2 기사 앱 기능\n- 배송 완료 처리\n## Admin Portal\n- Approve refunds\n"
    assert names(text) == [("손님", "customer"), ("기사", "field"), ("admin", "staff")]
    assert "request" in one(text, "손님").does


def test_columns_and_permission_tables():
    process = "## 절차\n| 단계 | 담당 |\n|---|---|\n| 접수 | 접수 직원 |\n| 승인 | 시스템 |\n| 정산 | 재무팀 |\n"
    assert [n for n, _ in names(process)] == ["접수 직원", "재무팀"]
    powers = (
        "| Action | Clerk | Store Manager |\n|---|---|---|\n| Issue refund | ❌ | ✅ |\n| Book a slot | ✅ | ✅ |\n"
    )
    assert one(powers, "Store Manager").does == ("refund", "request")
    assert one(powers, "clerk").does == ("request",)


def test_a_general_word_can_be_one_of_the_listed():
    text = "### Roles and Responsibilities:\n1. **Admin**:\n   - Approves depots\n2. **User**:\n   - Books tools\n"
    assert names(text) == [("Admin", "staff"), ("User", "customer")]
    assert "request" in one(text, "User").does


def test_in_a_long_text_one_sentence_about_somebody_is_too_little():
    text = "고객은 공구를 빌린다. " * 400 + "강사가 웃는다."
    assert names(text) == [("고객", "customer")]
    assert ("강사", "supplier") in names(text[-60:])


def test_a_drawn_hierarchy_of_roles():
    text = """## User Roles
```
┌──────────────────────────────┐
│ 👑 Super Admin (Highest)     │
│ │   • Assign depots          │
│ └── 👤 Guest (no login)      │
│     • Book a tool            │
└──────────────────────────────┘
```
"""
    assert names(text) == [("Super Admin", "staff"), ("guest", "customer")]
    assert "request" in one(text, "guest").does


def test_users_named_in_one_sentence():
    text = (
        "Users: boat owners (pay by card), harbour masters, a night guard (1 person, daily 20:00-06:00), our support desk "
        "(2 people 24/7, outsourced on Sundays to a call centre that may refund up to 40 EUR)."
    )
    found = {a.name: a for a in read(text)}
    assert set(found) >= {"boat owner", "night guard", "support desk", "call centre"}
    assert found["night guard"].duty is not None
    assert found["night guard"].duty.value.endswith("20:00-06:00")
    assert found["support desk"].authority == ()
    (power,) = found["call centre"].authority
    assert power.limit is not None
    assert power.limit.value == "40 EUR"


def test_prose_without_any_list():
    text = (
        "A tool library in four towns. Members reserve a tool online and collect it at a depot. Several residents act as depot "
        "admins and approve long loans. Volunteers clean the tools on Saturdays. Admins may waive late fees."
    )
    assert names(text) == [
        ("member", "customer"),
        ("resident", "customer"),
        ("depot admin", "staff"),
        ("volunteer", "staff"),
    ]
    assert [a.action for a in one(text, "depot admin").authority] == ["adjust"]


def test_korean_prose():
    text = "무인 빨래방 6곳이다. 손님은 키오스크로 결제한다. 밤에는 직원이 없고 본사 관제 1명이 화면을 본다. 환불은 점주가 처리하고 본사가 매달 정산한다."
    found = {a.name: a for a in read(text)}
    assert list(found) == ["손님", "본사 관제", "점주", "본사"]
    assert found["본사 관제"].count is not None
    assert found["본사 관제"].count.value == 1
    assert "refund" in found["점주"].does
    assert "refund" not in found["본사"].does


@pytest.mark.parametrize(
    ("text", "role"),
    [
        ("Users: drivers. Drivers reserve a charger in the app and pay by card.", Role.CUSTOMER),
        ("Users: customers, drivers. Drivers deliver the parcel. Customers order it.", Role.FIELD),
        ("Users: customers, drivers. Drivers are independent and accept jobs. Customers order rides.", Role.SUPPLIER),
    ],
)
def test_a_driver_is_what_drivers_do(text, role):
    assert one(text, "driver").role is role


def test_a_name_no_vocabulary_knows_is_taken_when_the_text_uses_it():
    text = "## 사용자\n- 아재(Buddy): 산책 서비스를 제공한다\n- 고객: 산책을 신청한다\n## 흐름\n1. 아재가 수락한다\n2. 아재가 산책을 시작한다\n"
    assert names(text) == [("아재", "supplier"), ("고객", "customer")]
    assert "accept" in one(text, "아재").does


def test_two_counts_of_one_job_are_two_entries_when_one_is_for_the_night():
    text = "동물병원에 수의사 3명이 일한다. 야간에는 당직 수의사 한 명이 응급을 본다(20:00~익일 09:00). 보호자는 전화로 예약한다."
    found = {a.name: a.count.value for a in read(text) if a.count}
    assert found == {"수의사": 3, "수의사(야간)": 1}


@settings(max_examples=150)
@given(st.text(alphabet=st.sampled_from(list("# -|:\n고객이 관리자는사용자1명()Users admin.,")), max_size=200))
def test_any_text_gives_distinct_actors_with_their_words(text):
    found = read(text)
    assert found == read(text)
    assert len({(a.name, a.duty.value if a.duty else "", a.role) for a in found}) == len(found)
    for actor in found:
        assert actor.given
        assert actor.at.startswith("a.md:")


def test_an_actor_in_a_long_sentence_quotes_the_clause_that_names_it():
    text = (
        "Users: drivers (private, and fleets that pay by monthly invoice), site hosts (petrol stations that get 8% of the energy revenue, "
        "paid on the 5th of each month), our support desk (2 people 24/7, outsourced at night to a call centre that may refund up to 25 EUR)."
    )
    found = {actor.name: actor.given for actor in read(text)}
    assert found["call centre"].startswith("outsourced at night to a call centre that may refund")
    assert all(given in text for given in found.values())


def test_several_people_in_one_line_are_never_an_error():
    text = "- 정산 담당 1명(평일 09:00~18:00), 정산 담당 1명(주말 10:00~15:00), 운영팀장 1명(평일 09:00~18:00)\n"
    names = [actor.name for actor in actors(passages(text, "m.md"))]
    assert len(names) == len(set(names))
    assert "운영팀장" in names


def test_whoever_the_service_is_for_is_its_customer_where_nobody_else_is():
    returns = "Dealers send parts back. The dealer fills in the return form. 2 clerks inspect the parts."
    assert ("dealer", "customer") in names(returns)
    assert ("dealer", "supplier") in names(returns + " Customers order parts. Customers pay by card.")
    corrections = "Internal service for our 420 engineers. Engineers file a correction. The line manager approves each correction."
    assert ("engineer", "customer") in names(corrections)
    assert ("engineer", "customer") not in names("Customers book a visit. An engineer repairs the boiler.")


def test_people_counted_in_a_sentence_have_number_and_hours():
    text = "Dealers send parts back. Inside staff are 2 inspectors and 3 clerks, Monday to Friday 07:30-16:00."
    found = {a.name: (a.count.value, a.duty.value) for a in read(text) if a.count}
    assert found == {"inspector": (2, "Monday to Friday 07:30-16:00"), "clerk": (3, "Monday to Friday 07:30-16:00")}
    assert all("staff" not in a.name for a in read(text))


def test_an_office_of_one_is_called_by_the_name_of_that_person():
    text = "Customers book a visit. The office is one person (Ada), Monday to Friday 09:00-17:00."
    assert [(a.count.value, a.role.value) for a in read(text) if a.name == "office (Ada)"] == [(1, "staff")]
