"""Korean as a planner jots it down: whose work it is, what a step is called, which numbers are whose."""

import pytest

from opslead.intake.extract import extract
from opslead.intake.page.readers import Source


def read(text):
    return extract((Source("m.md", text, ""),))


def steps(text):
    return {s.kind: s for flow in read(text).flows for s in flow.steps if s.at}


LAUNDRY = (
    "집 앞에 내놓은 세탁물을 수거해서 공장에서 세탁하고 이틀 뒤 문 앞에 돌려준다. 수거 기사 12명이 밤 11시~새벽 6시에 다니고,"
    " 공장은 평일 08:00~20:00에 35명이 검수와 세탁을 합니다. 고객은 앱에서 수거를 신청한다."
)


def test_the_plant_is_not_a_shift_of_the_drivers():
    crew = {a.name: (a.count and a.count.value, a.duty and a.duty.value) for a in read(LAUNDRY).actors}
    assert crew["수거 기사"] == (12, "밤 11시~새벽 6시")
    assert crew["공장"] == (35, "평일 08:00~20:00")


def test_the_plant_washes_and_the_drivers_collect_and_bring():
    found = steps(LAUNDRY)
    assert {k: found[k].actor for k in ("pick_up", "make", "inspect", "deliver")} == {
        "pick_up": "수거 기사",
        "make": "공장",
        "inspect": "공장",
        "deliver": "수거 기사",
    }


@pytest.mark.parametrize(
    ("text", "kind", "name"),
    [
        ("고객이 예약하고 카드로 결제하면 바로 예약 확정.", "confirm", "예약 확정"),
        ("고객이 예약한다. 당일에 오면 사장님이 앱에서 출석 체크를 합니다.", "check_in", "출석 체크"),
        (LAUNDRY, "request", "수거 신청"),
        ("고객이 예약한다. 본사가 매달 25일에 가맹점에 정산해요.", "payout", "정산"),
    ],
)
def test_a_step_told_in_a_clause_is_called_by_its_noun(text, kind, name):
    assert steps(text)[kind].name == name


def test_a_company_s_own_people_are_the_customers_of_its_service():
    text = """# 사내 카셰어링
법인차 18대를 직원들이 앱으로 예약해서 쓰는 서비스를 총무팀에서 만들려고 합니다.
- 예약: 직원이 앱에서 차량과 시간 선택. 업무용은 팀장 승인이 나야 확정됩니다.
- 반납: 원래 자리에 세우고 앱에서 반납 버튼.
- 반납이 늦으면 다음 예약자가 못 쓰는데 지금은 단톡방에서 알아서 조율함
- 총무팀은 3명이고 평일 9시~18시 근무
"""
    crew = {a.name: a for a in read(text).actors}
    assert {name: crew[name].role.value for name in ("직원", "총무팀", "팀장")} == {
        "직원": "customer",
        "총무팀": "staff",
        "팀장": "staff",
    }
    assert (crew["총무팀"].count.value, crew["총무팀"].duty.value) == (3, "평일 9시~18시")
    assert "예약자" not in crew
    found = steps(text)
    assert (found["request"].actor, found["approve"].actor) == ("직원", "팀장")
    assert "return" in found


def test_what_is_done_for_somebody_is_not_done_by_them():
    text = """1. 고객이 앱에서 세트를 고르고 카드 등록 → 자동결제
2. 마감되면 주문 집계해서 주방에 내려간다
3. 배송 전날 주방에서 조리·포장, 알레르기 있는 고객은 재료 빼고 따로 포장
4. 새벽에 배송기사가 배송, 기사가 보냉백을 회수
"""
    found = steps(text)
    assert found["make"].actor != "고객"
    assert found["ship"].actor != "고객"
    assert "close" not in found
    assert [a.name for a in read(text).actors if "기사" in a.name] == ["배송기사"]


def test_days_off_in_brackets_belong_to_the_hours():
    text = "고객이 주문한다. CS 담당 1명이 보고 적립금이나 재배송을 결정합니다 (오전 9시~오후 5시, 주말 휴무)."
    assert next(a for a in read(text).actors if a.name == "CS 담당").duty.value == "평일 오전 9시~오후 5시"


def test_twelve_at_night_is_midnight():
    clocks = read("고객이 주문한다. 주문 취소는 배송 이틀 전 밤 12시까지 됩니다.").clocks
    assert [c.time.value for c in clocks if c.time] == ["24:00"]


def test_a_chat_for_questions_sells_nothing_and_a_shop_s_own_ways_do():
    text = (
        "고객이 앱으로 예약한다. 전화나 인스타로도 예약을 받는 공방이 많아서 사장님이 앱 자리를 손으로 줄여야 합니다."
        " 주말 문의는 카카오 채널에 쌓였다가 월요일에 봅니다."
    )
    service = read(text)
    assert [p.name for p in service.partners] == []
    assert {c.name: c.sync for c in service.channels} == {"앱": "", "전화": "manual", "인스타": "manual"}


def test_the_shop_s_own_cancellation_is_no_rung_of_the_customer_s_ladder():
    text = """고객이 예약하고 결제한다.
- 최소 인원이 안 차면 클래스 전날 저녁에 사장님이 취소할 수 있고 고객한테는 전액 환불.
- 고객 취소는 3일 전까지 전액, 전날까지 50%, 당일은 환불 없음.
"""
    ways = [way for flow in read(text).flows for way in flow.exits if way.kind == "cancel"]
    assert [way.by for way in ways] == ["고객", "사장님"]
    assert [tier.until for tier in ways[0].tiers] == ["D-3", "D-1", "당일"]
    assert [tier.until for tier in ways[1].tiers] == ["사장님 취소"]


def test_an_automatic_cancellation_is_a_thing():
    clocks = read("직원이 예약한다. 예약 시간 30분 지나도 출발 안 하면 자동 취소돼서 다른 사람이 쓸 수 있음").clocks
    assert [(c.kind, c.subject) for c in clocks] == [("timeout", "자동 취소")]


def test_pictures_taken_as_proof_are_no_stock():
    text = "# 차량 대여\n고객이 차량을 예약한다. 출발 전에 차 상태 사진 4장 찍어서 올림. 반납하고 사진 찍고 앱에서 반납 버튼을 누른다."
    assert "사진" not in {r.name for r in read(text).resources}


def test_a_stem_is_no_name_of_a_step():
    text = "## 주차 흐름\n1. 운전자가 결제한다.\n2. 이의가 들어오면 상담원이 사진을 보고 하루 최대 요금까지 깎아 줄 수 있다.\n"
    assert steps(text)["adjust"].name not in ("깎아", "깎아 줄")


def test_letting_somebody_pass_and_keeping_data_move_no_goods():
    text = "고객이 앱에서 예약하고 결제한다. 청소 차량은 직원이 판단해 무료로 보낸다. 사진과 출입 기록은 1년 동안 보관한다."
    assert not {"ship", "store"} & set(steps(text))
    assert {"ship", "store"} <= set(steps("직원이 상품을 택배로 보낸다. 남은 상품은 30일 동안 보관한다."))
