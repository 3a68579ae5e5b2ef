import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from opslead.intake.flow.flows import flows
from opslead.intake.page.passages import passages
from opslead.intake.partners import partners
from opslead.intake.people.actors import actors
from opslead.intake.resources import resources
from opslead.model.steps import STEP_KINDS


def read(text):
    found = passages(text, "t.md")
    return flows(found, actors(found), partners(found), resources(found))


def kinds(flow):
    return [step.kind for step in flow.steps]


def step(found, kind):
    return next(s for flow in found for s in flow.steps if s.kind == kind)


BATH = """# 찜질방 좌석 예약

## 사용자
- 손님(고객): 앱으로 예약한다.
- 카운터 직원: 낮 2명(09:00~18:00). 입장을 확인한다.

## 예약 흐름
1. 매주 월요일 09:00 예약 오픈 → 자리 선택 → 좌석 7분 선점 → 결제(PG 콜백, 카드·가상계좌) → 예약 확정 → 알림톡
2. 가상계좌는 6시간 안에 입금해야 한다.
3. 입장 10:00~20:00: 카운터 직원이 예약자 확인 → 회원 번호 등록 → 자리 안내.
4. 손님이 자리를 바꿔 달라고 하면 카운터 직원이 그 자리에서 바꿔 준다.
"""


def test_an_arrow_chain_becomes_steps_with_what_belongs_to_them():
    found = read(BATH)
    main = found[0]
    assert main.name == "예약 흐름"
    assert kinds(main) == ["list", "request", "hold", "charge", "pay_in", "confirm", "notify"]
    hold, charge = step(found, "hold"), step(found, "charge")
    assert hold.within is not None
    assert hold.within.value == "7분"
    assert hold.given == "좌석 7분 선점"
    assert hold.at == "t.md:8"
    assert charge.via == "callback"
    assert charge.partner == "PG"
    assert step(found, "notify").partner == "알림톡"


def test_a_remark_below_a_chain_belongs_to_it():
    paid = step(read(BATH), "pay_in")
    assert paid.within is not None
    assert paid.within.value == "6시간"
    assert paid.at == "t.md:9"


def test_hours_before_a_chain_hold_for_its_steps_and_the_actor_goes_on():
    found = read(BATH)
    entry = next(flow for flow in found if flow.name == "입장")
    assert kinds(entry) == ["check_in", "record", "notify"]
    assert entry.steps[0].when is not None
    assert entry.steps[0].when.value == "10:00~20:00"
    assert {s.actor for s in entry.steps} == {"카운터 직원"}


def test_a_change_of_plan_stands_beside_the_main_flow():
    found = read(BATH)
    moved = next(flow for flow in found if "transfer" in kinds(flow))
    assert [(s.kind, s.actor) for s in moved.steps] == [("request", "손님"), ("transfer", "카운터 직원")]
    assert moved.steps[1].manual is True


def test_prose_becomes_one_flow_in_order_with_its_actors():
    found = read(
        "A tool library lends machines. The member sends a request with dates; a volunteer approves it. After approval the "
        "member pays by card; payment turns the request into a confirmed booking, and a reminder is sent. "
        "The volunteer hands the drill to the member. The treasurer reconciles the account every Friday."
    )
    main = found[0]
    assert kinds(main)[:3] == ["request", "approve", "charge"]
    assert kinds(main)[3:] == ["confirm", "notify", "hand_over", "reconcile"]
    assert step(found, "hand_over").actor == "volunteer"
    assert step(found, "approve").actor == "volunteer"
    assert step(found, "reconcile").actor == "treasurer"


def test_three_korean_sentences_make_a_flow():
    found = read(
        "동네 빨래방 5개 매장을 운영합니다. 손님은 앱으로 결제하고 직원이 세탁합니다. 환불은 점주가 처리하고 본사가 매달 10일에 점주에게 정산해요."
    )
    assert [(s.kind, s.actor) for s in found[0].steps] == [
        ("charge", "손님"), ("make", "직원"), ("refund", "점주"), ("payout", "본사"),
    ]  # fmt: skip


def test_offering_stands_first_and_paying_on_last():
    found = read(
        "The museum pays sellers every Monday by weekly payout. Visitors pay by card. Curators list items. Visitors reserve a guide."
    )
    order = kinds(found[0])
    assert order.index("list") == 0
    assert order.index("request") < order.index("charge") < order.index("payout")


NUMBERED = """# Boat yard

## Hiring a boat
1. Sailor browses boats
2. Selects a day
3. Pays by card
4. Booking confirmed upon payment success
5. Harbour clerk checks the licence
6. Harbour clerk hands over the keys
"""


def test_a_numbered_list_with_a_choice_first_begins_with_a_request():
    found = read(NUMBERED)
    assert kinds(found[0]) == ["request", "charge", "confirm", "verify", "hand_over"]


def test_a_process_table_names_actors_in_a_column():
    found = read(
        "# 공방\n\n## 수리 절차\n\n| 단계 | 작업 | 담당 |\n|---|---|---|\n| 1 | 물품 접수 | 접수 직원 |\n| 2 | 상태 점검 | 수리 기사 |\n"
        "| 3 | 수리 | 수리 기사 |\n| 4 | 고객 안내 문자 | 접수 직원 |\n\n담당: 접수 직원, 수리 기사\n"
    )
    assert kinds(found[0]) == ["receive", "inspect", "repair", "notify"]
    assert [s.actor for s in found[0].steps[:3]] == ["접수 직원", "수리 기사", "수리 기사"]


def test_drawn_boxes_are_followed_in_the_direction_of_their_arrows():
    found = read(
        "# Studio\n\n## User flow\n\n```\n[Room list] -> [Choose room] -> [Request sent]\n                                  |\n"
        "                                  v\n1. Payment\n   ↓\n2. Booking confirmed\n   ↓\n3. Check-in\n```\n"
    )
    assert [k for k in kinds(found[0]) if k != "step"][-3:] == ["charge", "confirm", "check_in"]


def test_states_are_no_flow_when_something_tells_one():
    found = read(
        "# 매장\n\n## 주문 절차\n\n주문 → 결제 → 조리 → 매장 수령\n\n## 상태\n\nCREATED → PAID → READY → DONE\n"
    )
    assert [kinds(flow) for flow in found] == [["request", "charge", "make", "hand_over"]]


@pytest.mark.parametrize(
    "section",
    [
        "## Explicitly excluded\n\n- Search → order → refund → payout\n",
        "## 9. 향후 계획\n\n주문 → 결제 → 환불\n",
        "## 범위 외\n\n1. 환불 처리\n2. 정산\n3. 배송\n",
    ],
)
def test_what_is_left_out_gives_no_flow(section):
    found = read("# 가게\n\n## 이용 흐름\n\n예약 요청 → 승인 → 매장 수령\n\n" + section)
    assert [kinds(flow) for flow in found] == [["request", "approve", "hand_over"]]


def test_telephone_and_spreadsheet_are_work_by_hand():
    found = read("전화 주문은 점원이 엑셀에 적었다가 저녁에 옮겨 적는다. 배송은 기사가 한다.")
    written = step(found, "record")
    assert written.manual is True
    assert written.via in ("phone", "spreadsheet")
    assert step(found, "sync").manual is True


def test_the_same_flow_told_twice_is_kept_once():
    found = read(
        "# Market\n\n## Trade flow\n\nList item → Request → Accept → Pay → Hand over → Completed\n\n"
        "## For buyers\n\n1. Request an item\n2. Pay the price\n3. Completed\n"
    )
    assert len([flow for flow in found if "charge" in kinds(flow)]) == 1


def test_a_text_without_sequence_lists_its_acts_in_the_usual_order():
    found = read(
        "# Kiosk\n\n## Functions\n\n- Payout to sellers\n- Refund processing\n- Card payment\n- Order placed by customer\n- Delivery\n"
    )
    assert found[0].derived
    assert kinds(found[0]) == ["request", "charge", "deliver", "refund", "payout"]


def test_names_are_unique():
    found = read(
        "# Yard\n\n## Flows\n\n- Order → Pay → Ship\n- Return → Inspect → Refund\n- Claim → Review → Approve\n"
    )
    names = [flow.name for flow in found]
    assert len(names) == len(set(names)) == 3


_LINES = st.sampled_from(
    [
        "# Title", "## 흐름", "- 예약 → 결제 → 환불", "1. Pay by card", "2. The host accepts", "손님이 예약하면 점주가 승인한다.", "", "| 단계 | 작업 |",
        "|---|---|", "| 1 | 검수 |", "```", "A → B", "(→", "   ↓", "Card payment", "→→→", "환불을 요청한다", "Guests cancel; staff refund.", "> x > y > z",
    ]
)  # fmt: skip


@settings(deadline=None, max_examples=60)
@given(st.lists(_LINES, max_size=14).map("\n".join))
def test_every_step_is_of_a_known_kind_and_quotes_its_line(text):
    for flow in read(text):
        assert flow.steps
        for made in flow.steps:
            assert made.kind in STEP_KINDS
            assert made.at.startswith("t.md:")
            line = text.split("\n")[int(made.at.split(":")[1]) - 1]
            assert made.given[:6].split(" ")[0] in line


def test_numbered_headings_below_a_procedure_are_a_flow():
    found = read(
        "# Depot\n\n## Return checklist\n\n### 1. Customer arrival\n- Greet\n\n### 2. Identity verification\n- Match the card\n\n"
        "### 3. Vehicle inspection\n- Take photos\n\n### 4. Refund the deposit\n- Explain the sum\n\n### 5. Cleaning\n"
    )
    assert kinds(found[0]) == ["check_in", "verify", "inspect", "refund", "clean"]
    assert found[0].name == "Return checklist"


def test_a_hold_named_among_functions_stands_before_the_payment():
    found = read(
        "# 펜션\n\n## 이용 절차\n\n예약 요청 → 결제 → 예약 확정\n\n## 기능\n\n- 객실 선점: 결제 화면에서 20분간 객실을 선점\n"
    )
    assert kinds(found[0]) == ["request", "hold", "charge", "confirm"]
    hold = step(found, "hold")
    assert hold.within is not None
    assert hold.within.value == "20분"


def test_a_webhook_named_elsewhere_answers_the_payment():
    found = read(
        "# Inn\n\n## Booking flow\n\n1. Reserve a room\n2. Pay online\n3. Booking confirmed\n\n## Payment\n\n- Payments are confirmed by webhook\n"
    )
    assert step(found, "charge").via == "webhook"


def test_somebody_unknown_does_not_lend_the_step_to_the_one_before():
    found = read(
        "# Lab\n\n## Users\n- Nurse: takes samples\n\n## Flow\n\nNurse collects samples → Lawyer approves the report → Patient pays\n"
    )
    assert step(found, "approve").actor == ""


def test_of_two_lengths_the_nearer_one_is_the_holds():
    found = read(
        "# 병원\n\n## 예약 흐름\n\n시간대 선택 → 15분 슬롯 5분 선점 → 예약금 결제(PG 콜백) → 예약 확정 → 알림톡\n"
    )
    hold = step(found, "hold")
    assert hold.within is not None
    assert hold.within.value == "5분"


def test_a_numbered_list_with_short_chains_in_it_is_one_flow():
    found = read(
        "# Library of things\n\n## A loan\n\n1. Member reserves a drill (held for 12 hours) -> deposit pre-authorised by Stripe\n"
        "2. Volunteer hands over the drill\n3. Member returns the drill\n4. Technician inspects -> deposit released\n"
    )
    assert kinds(found[0]) == ["request", "hold", "authorize", "hand_over", "return", "inspect", "release"]
    hold = step(found, "hold")
    assert hold.within is not None
    assert hold.within.value == "12 hours"


def test_work_by_hand_stands_beside_the_system_s_flow():
    found = read(
        BATH.replace("## 예약 흐름", "## 개요\n\n전화 예약은 카운터 직원이 종이 장부에 적는다.\n\n## 예약 흐름")
    )
    assert not any(s.via in ("phone", "paper") for s in next(f for f in found if f.name == "예약 흐름").steps)
    assert any(s.manual and s.kind == "record" for flow in found for s in flow.steps)


def test_a_bill_after_the_stay_is_the_customers():
    found = read(
        "# 병원\n\n## 입원 절차\n\n병상 배정 → 수술 → 퇴원 → 정산\n\n## 가맹 절차\n\n판매 → 배송 → 정산 → 마감\n"
    )
    assert kinds(found[0])[-1] == "charge"
    assert "payout" in kinds(found[1])


def test_what_customers_plug_in_themselves_is_nobodys_work():
    found = read(
        "# Chargers\n\nUsers: drivers who book and pay by card, a repair firm (Mon-Fri 07:00-19:00, 4 technicians).\n\n"
        "Flow: choose stall -> reserved -> plug in -> session started (operator's event) -> charging -> stopped -> receipt.\n"
    )
    arrival, start, end = (step(found, kind) for kind in ("check_in", "start", "complete"))
    assert arrival.actor == "driver"
    assert [one.manual for one in (arrival, start, end)] == [False, False, False]


def test_whoever_arrives_at_work_begins_and_is_not_checked_in():
    told = "# Dog grooming\n\nCustomers book online. The groomer decides what a matted dog costs.\n\nbook online -> pay by card -> groomer arrives -> rest is refunded"
    assert [s.actor for flow in read(told) for s in flow.steps if s.kind == "start"] == ["groomer"]
    assert "check_in" in kinds(
        read("# Inn\n\nbook online -> pay by card -> guest arrives -> receptionist hands over the key")[0]
    )


def test_the_title_names_the_service_and_not_who_does_its_first_list():
    desk = """# Permit desk of the town

1. Application comes in and gets a file number
2. Clerk checks completeness; the applicant gets an e-mail
3. Permit is issued as PDF after payment
4. Inspectors check on site
5. File closed

The head of desk signs every permit.
"""
    (flow,) = read(desk)[:1]
    assert kinds(flow) == ["request", "review", "notify", "charge", "issue", "inspect", "close"]
    assert {s.kind: s.actor for s in flow.steps} | {"review": "clerk", "request": "", "notify": ""} == {
        s.kind: s.actor for s in flow.steps
    }


def test_what_a_carrier_picks_up_is_shipped():
    told = "# Returns\n\nCustomers order parts.\n\nrequest a label -> carrier picks up -> parcel arrives in our warehouse -> inspection"
    assert kinds(read(told)[0]) == ["request", "ship", "receive", "inspect"]
