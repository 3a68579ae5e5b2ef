"""States are told by their place; steps, events, screens and codes are not states."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from opslead.intake.page.passages import passages
from opslead.intake.state.states import states


def read(text):
    return {state.name: state for state in states(passages(text, "laundry.md"), {"laundry.md": text})}


def names(text):
    return list(read(text))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Status Flow: `queued → washing → delivered`", ["queued", "washing", "delivered"]),
        ("바구니 상태: 접수대기 / 세탁중 / 수거완료", ["접수대기", "세탁중", "수거완료"]),
        ("status (RECEIVED, WASHED, RETURNED)", ["RECEIVED", "WASHED", "RETURNED"]),
        ("보관함 상태(예: EMPTY, OCCUPIED, LOCKED)를 돌려준다", ["EMPTY", "OCCUPIED", "LOCKED"]),
        ("Each locker has a status: vacant, occupied or blocked.", ["vacant", "occupied", "blocked"]),
        ("Statuses are Open, Under Review, Resolved and Closed.", ["Open", "Under Review", "Resolved", "Closed"]),
        ("주문 상태 `DRAFT` → `CONFIRMED` 전환 시 이전 판은 닫힌다", ["DRAFT", "CONFIRMED"]),
        ("Create the ticket in RECEIVED state", ["RECEIVED"]),
        ("The basket stays in pending state for 10 minutes.", ["pending"]),
        ("영수증은 '발급 완료' 상태로 바뀐다", ["발급 완료"]),
        ("Payment: `PENDING → PAID`, otherwise `FAILED` (card refused)", ["PENDING", "PAID", "FAILED"]),
        ("주문 상태 변경 (준비 중 → 준비 완료)", ["준비 중", "준비 완료"]),
    ],
)
def test_states_in_a_sentence(text, expected):
    assert names(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "접수 → 세탁 → 건조 → 포장 → 배송",  # steps
        "Search → choose a locker → pay → confirm",
        "Browser → API Gateway → Lambda → DB",
        "불일치 → 409 Conflict",
        "상태 변경 실패 → 500 Internal Server Error",
        "**Status:** Draft",  # the paper's
        "Status: In Development",
        "Tabs: Upcoming, Completed, Saved",
        "알림 우선순위: 웹 푸시 → 앱 푸시 → SMS → 이메일",
        "HTTP status codes: 200, 404",
        "## Events\n- order_created\n- order_paid",
        "| 기능 | 상태 |\n|---|---|\n| 로그인 | 완료 |\n| 예약 | 완료 |\n| 정산 | 예정 |",
    ],
)
def test_what_is_no_state(text):
    assert names("# 세탁\n\n" + text) == []


def test_a_list_under_a_heading_on_states():
    text = "## 바구니 상태\n\n- **대기 (waiting)**: 맡긴 뒤\n- **세탁중**: 기계 안\n- **완료**: 찾아가기 전\n"
    assert names(text) == ["대기", "세탁중", "완료"]


def test_a_list_below_an_item_on_states():
    text = "1. 요금\n   - 한 벌 3,000원\n2. **거래 상태**\n   - `pending`: 만나기 전\n   - `completed`: 끝남\n"
    assert names(text) == ["pending", "completed"]


def test_headings_below_a_heading_on_states_and_where_they_lead():
    text = (
        "## Loan states\n\n### 1. Requested\n- Transitions to: StaffPreparing or Cancelled\n"
        "### 2. StaffPreparing\n- Staff prepares\n### 3. Cancelled\n- Nothing follows\n"
    )
    found = read(text)
    assert list(found) == ["Requested", "StaffPreparing", "Cancelled"]
    assert found["Requested"].next == ("StaffPreparing", "Cancelled")
    assert found["StaffPreparing"].next is None


def test_a_table_of_states_and_one_of_transitions():
    meanings = "| Status | Meaning |\n|---|---|\n| Planned | made |\n| On Hold | paused |\n| Completed | done |\n"
    assert names(meanings) == ["Planned", "On Hold", "Completed"]
    moves = "| Trigger | From | To |\n|---|---|---|\n| pay | `requested` | `confirmed` |\n| leave | `confirmed` | `closed` |\n"
    found = read(moves)
    assert found["requested"].next == ("confirmed",)
    assert found["confirmed"].next == ("closed",)


def test_a_name_in_brackets_is_the_same_state():
    text = "주문 상태: PAID(결제완료) → SENT(배송중) → DONE(배송완료)\n\n- 배송 상태 알림 (결제 완료, 배송 중, 배송 완료)\n"
    found = read(text)
    assert list(found) == ["PAID", "SENT", "DONE"]
    assert found["PAID"].next == ("SENT",)


def test_spellings_of_one_state_are_one_state():
    assert names("status: Canceled, Paid\n\nThe order is set to CANCELLED.") == ["Canceled", "Paid"]


def test_next_stands_only_where_it_is_said():
    found = read("상태: `pending → approved → done/rejected`\n\n보관함 상태: 비어 있음, 사용 중, 점검 중")
    assert found["approved"].next == ("done", "rejected")
    assert found["done"].next is None
    assert found["사용 중"].next is None


def test_definitions_with_arrows_are_no_chain():
    text = (
        "## Basket states\n```\nHOLD       → Basket created, kept 15 minutes\nCHECKED_IN → Basket on the shelf\n```\n"
    )
    found = read(text)
    assert list(found) == ["HOLD", "CHECKED_IN"]
    assert found["HOLD"].next is None


def test_mermaid():
    text = "## Flow\n```mermaid\nstateDiagram-v2\n  [*] --> Requested\n  Requested --> Confirmed: shop agrees\n  Confirmed --> [*]\n```\n"
    found = read(text)
    assert list(found) == ["Requested", "Confirmed"]
    assert found["Requested"].next == ("Confirmed",)
    assert found["Confirmed"].terminal


DRAWING = """## 바구니 상태

```
            [맡김]
               │
               ▼
        ┌─────────────┐
        │   waiting   │
        │ (2h limit)  │
        └─────────────┘
           │        │
       [Accept]  [Timeout]
           │        │
           │        └───────┐
           ▼                ▼
     ┌───────────┐    ┌───────────┐
     │  washing  │    │  expired  │
     └───────────┘    │ (terminal)│
           │          └───────────┘
           ├────[Complaint]────┐
           ▼                   ▼
     ┌───────────┐       ┌───────────┐
     │ completed │       │ disputed  │
     └───────────┘       └───────────┘
```
"""


def test_a_drawn_state_machine():
    found = read(DRAWING)
    assert set(found) == {"waiting", "washing", "expired", "completed", "disputed"}
    assert set(found["waiting"].next) == {"washing", "expired"}
    assert set(found["washing"].next) == {"completed", "disputed"}
    assert found["expired"].terminal
    assert found["expired"].next == ()
    assert found["completed"].next is None


def test_without_the_text_a_drawing_gives_names_but_no_next():
    found = states(passages(DRAWING, "a.md"))
    assert {state.name for state in found} == {"waiting", "washing", "expired", "completed", "disputed"}
    assert all(state.next is None for state in found if state.name == "washing")


def test_the_quotation_holds_the_name_and_is_short():
    long = "주문 상태: " + " → ".join(f"PICKED_UP_{chr(65 + i)}" for i in range(20))
    for state in read("# 세탁\n\n" + long).values():
        assert state.name in state.given
        assert len(state.given) <= 120
        assert state.at == "laundry.md:3"


@settings(max_examples=60)
@given(st.text(alphabet="상태status: →/|()[]\n#-`가나PENDING완료│─┌┐└┘▼ ", max_size=300))
def test_any_text_can_be_read_and_no_state_comes_twice(text):
    found = [state.name for state in states(passages(text, "x.md"), {"x.md": text})]
    assert len({name.lower() for name in found}) == len(found)


@pytest.mark.parametrize("text", ["상태: " + "대기/" * 6000, "상태: " + "PENDING → " * 4000, "status (" * 5000])
def test_long_lines_take_no_long_time(text):
    states(passages(text, "x.md"))  # quadratic reading would hang the suite
