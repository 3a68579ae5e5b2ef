"""Authority: the service on which each finding fires with its numbers, and the healthy one beside it."""

import pytest

from opslead.knowledge.findings import load_findings
from opslead.knowledge.lint_findings import lint_findings
from opslead.lenses import authority
from opslead.lenses.authority.limits import within_limit
from opslead.lenses.hole import Arithmetic, CalendarGap, Quotation
from opslead.model.defaults import complete
from opslead.model.document import ServiceText
from opslead.model.resolve import resolve

LIMITED = {"action": "refund", "limit": "20만원", "given": "환불은 건당 20만원까지 전결"}
OFFICE = {
    "name": "CS 담당", "role": "staff", "count": 2, "duty": "평일 10:00~19:00", "does": ["refund"], "authority": [LIMITED],
}  # fmt: skip
DAY = {
    "name": "관리인(낮)",
    "role": "field",
    "count": 2,
    "per_site": True,
    "duty": "09:00~18:00",
    "does": ["check_in", "record"],
}
NIGHT = {**DAY, "name": "관리인(밤)", "count": 1, "duty": "18:00~익일 09:00"}
TICKET = {"kind": "ticket", "amount": "7만 2천원", "given": "평균 객단가 7만 2천원"}
CASES = {"kind": "cases", "amount": 90, "per": "day", "given": "하루 평균 예약 90건"}
CHECK_IN = {
    "kind": "check_in",
    "name": "입실",
    "when": "15:00~22:00",
    "actor": "관리인(낮)",
    "given": "관리인이 예약자 확인",
}


def examine(**fields):
    text = ServiceText.model_validate({"name": "시험", "language": "ko", "currency": "KRW", **fields})
    return {hole.mechanism: hole for hole in authority.examine(resolve(complete(text)))}


def english(**fields):
    return examine(language="en", currency="EUR", **fields)


def flow(*steps, **fields):
    return {"name": "예약", "steps": list(steps), "given": "예약", **fields}


def sums(hole):
    return [(e.formula, e.result) for e in hole.evidence if isinstance(e, Arithmetic)]


def test_the_share_within_a_limit():
    # cv 0.6: sigma² = ln 1.36 = 0.3075. Mean itself: Phi(0.2773) = 0.609; 200/72: Phi((1.0217 + 0.1537) / 0.5545) = Phi(2.12)
    assert within_limit(1) == pytest.approx(0.6092, abs=1e-3)
    assert within_limit(200 / 72) == pytest.approx(0.9830, abs=1e-3)
    assert within_limit(25 / 21) == pytest.approx(0.7230, abs=2e-3)


def test_a_limit_above_the_average_is_called_by_its_share():
    rates = [{"kind": "cancel", "share": "18%", "given": "취소율 18%"}]
    hole = examine(actors=[OFFICE], money=[TICKET], volumes=[CASES], rates=rates)["authority.limit_blind"]
    assert (hole.slots["ratio"], hole.slots["share"], hole.slots["rest"]) == ("2.8", "98%", "2%")
    assert hole.occurrence.amount == pytest.approx(90 * 0.18 * 30 * within_limit(200 / 72))  # 478 of 486 a month
    assert hole.severity.amount == 72_000
    assert "†" in hole.condition
    low = {**OFFICE, "authority": [{**LIMITED, "limit": "7만원"}]}
    assert "authority.limit_blind" not in examine(actors=[low], money=[TICKET])
    # 200 / 100: ln 2 / 0.5545 + 0.2773 = 1.527, 6.3% exceed it: more than the one in twenty that two people should see
    wide = {**TICKET, "amount": "10만원", "given": "평균 객단가 10만원"}
    assert "authority.limit_blind" not in examine(actors=[OFFICE], money=[wide])
    pair = [{"kind": "two_person", "on": ["refund"], "name": "두 사람 승인", "given": "모든 환불은 두 사람이 승인한다"}]
    above = [{**pair[0], "given": "20만원 이상은 팀장이 승인한다"}]
    assert "authority.limit_blind" in examine(actors=[OFFICE], money=[TICKET], controls=above)
    assert "authority.limit_blind" not in examine(actors=[OFFICE], money=[TICKET], controls=pair)


def test_a_limit_above_every_named_sum():
    desk = {"name": "Coordinator", "role": "staff", "authority": [{"action": "refund", "limit": "100 EUR", "given": "refunds up to 100 EUR alone"}]}  # fmt: skip
    deposit = {"kind": "deposit", "amount": "40 EUR", "given": "a deposit of 40 EUR"}
    hole = english(actors=[desk], money=[deposit, {"kind": "price", "amount": "60 EUR", "given": "60 EUR a year"}])
    assert hole["authority.limit_above_prices"].slots["top"] == "60 EUR"
    assert not english(actors=[desk], money=[{**deposit, "amount": "400 EUR"}])


def test_parts_that_make_a_whole_case():
    desk = {"name": "customer service", "role": "staff", "authority": [{"action": "refund", "limit": "150 EUR", "given": "may refund up to 150 EUR"}]}  # fmt: skip
    bag = {"kind": "ticket", "amount": "480 EUR", "given": "the average price is 480 EUR"}
    hole = english(actors=[desk], money=[bag])["authority.limit_split"]
    assert hole.slots["parts"] == "4"  # 480 / 150 = 3.2
    daily = {"text": "the total a day of one agent is limited to 500 EUR", "given": "the daily total is limited"}
    assert "authority.limit_split" not in english(actors=[desk], money=[bag], rules=[daily])


def test_a_limit_a_case_and_none_a_day():
    hole = examine(actors=[OFFICE], money=[TICKET], volumes=[CASES])["authority.no_total"]
    # 9 h × 60 / 6 min = 90 cases, each no more than was paid: 90 × 72,000 = 6.48 million = the day's revenue of 90 × 72,000
    assert (hole.slots["count"], hole.slots["total"], hole.slots["share"]) == ("90", "648만원", "100%")
    many = {**CASES, "amount": 9000}
    assert "authority.no_total" not in examine(actors=[OFFICE], money=[TICKET], volumes=[many])  # 1% of a day
    rule = {"text": "한 사람의 하루 합계 한도는 50만원이다", "given": "하루 합계 한도 50만원"}
    assert "authority.no_total" not in examine(actors=[OFFICE], money=[TICKET], volumes=[CASES], rules=[rule])


def test_a_power_without_a_limit():
    free = {"action": "adjust", "given": "요금을 바꿀 수 있다"}
    admin = {"name": "하우스 관리자", "role": "staff", "authority": [free]}
    assert "조정" in examine(actors=[admin])["authority.no_limit"].condition
    bounded = {**admin, "authority": [{**free, "given": "규정 한도 안에서 요금을 바꾼다"}]}
    assert "authority.no_limit" not in examine(actors=[bounded])
    assert "authority.no_limit" not in examine(actors=[{**admin, "name": "대표"}])
    lead = {"name": "팀장", "role": "staff", "authority": [{"action": "refund", "given": "팀장이 정한다"}]}
    assert "authority.no_limit" not in examine(actors=[OFFICE, lead])


def test_one_pair_of_hands():
    inspect = {"kind": "inspect", "name": "검수", "actor": "창고 직원", "given": "창고 직원이 상태를 확인하고"}
    refund = {"kind": "refund", "name": "환불", "actor": "창고 직원", "given": "바로 환불한다"}
    clerk = {"name": "창고 직원", "role": "field"}
    hole = examine(actors=[clerk], flows=[flow(inspect, refund)])["authority.same_hands"]
    assert {s.text for e in hole.evidence if isinstance(e, Quotation) for s in e.sources} == {
        inspect["given"],
        refund["given"],
    }
    other = {"name": "재무", "role": "staff"}
    apart = examine(actors=[clerk, other], flows=[flow(inspect, {**refund, "actor": "재무"})])
    assert "authority.same_hands" not in apart


def test_the_only_record_lies_with_the_doorkeeper():
    phone = {"kind": "record", "actor": "관리인(낮)", "given": "전화 예약은 관리인이 엑셀에 적는다"}
    share = {"kind": "channel", "subject": "전화 예약", "share": "35%", "given": "전화 35%"}
    fields = {"actors": [DAY], "money": [TICKET], "volumes": [CASES], "rates": [share]}
    hole = examine(flows=[flow(phone, CHECK_IN)], **fields)["authority.off_book"]
    assert hole.slots["medium"] == "엑셀"
    assert ("90 × 35% = 31.5", "하루 31.5건") in sums(hole)
    typed = {**phone, "given": "전화 예약은 관리인이 시스템에 바로 입력한다"}
    assert "authority.off_book" not in examine(flows=[flow(typed, CHECK_IN)], **fields)


def test_a_change_of_record_without_a_trace():
    boss = {"name": "supervisor", "role": "staff"}
    edit = {"concept": "wrong_input", "given": "Supervisors may correct case records when times were wrongly recorded"}
    assert "supervisor" in english(actors=[boss], mentions=[edit])["authority.silent_edit"].condition
    traced = {**edit, "given": "Supervisors may correct case records, with a reason code"}
    assert not english(actors=[boss], mentions=[traced])
    own = {**edit, "given": "Customers can edit their order until it is confirmed"}
    assert not english(actors=[boss, {"name": "customer", "role": "customer"}], mentions=[own])


def test_a_change_between_kinds_without_a_price():
    kinds = [{"name": "사이트", "capacity": 126}, {"name": "오토", "capacity": 84}, {"name": "글램핑", "capacity": 42}]
    resources = [{**kind, "physical": True, "given": kind["name"]} for kind in kinds]
    move = {"kind": "transfer", "actor": "관리인(낮)", "manual": True, "given": "관리인이 그 자리에서 바꿔 준다"}
    hole = examine(actors=[DAY], resources=resources, flows=[flow(move)])["authority.unpriced_change"]
    assert ("84 + 42 = 126", "사이트의 종류 2가지") in sums(hole)
    rule = {"text": "종류가 다르면 차액을 결제한다", "given": "차액을 결제한다"}
    priced = examine(actors=[DAY], resources=resources, flows=[flow(move)], rules=[rule])
    assert "authority.unpriced_change" not in priced


def test_a_caller_who_may_be_anybody():
    way = {
        "kind": "cancel",
        "name": "취소",
        "given": "7일 전 100%",
        "tiers": [{"until": "D-7", "share": "100%", "given": "7일 전 100%"}],
    }
    booked = flow({"kind": "request", "via": "phone", "given": "전화로 예약이 들어온다"}, exits=[way])
    full = {"kind": "occupancy", "share": "98%", "given": "점유율 98%"}
    hole = examine(flows=[booked], rates=[full])["authority.on_behalf"]
    assert not hole.certain
    assert "authority.on_behalf" not in examine(flows=[booked], rates=[{**full, "share": "40%"}])


def test_the_money_of_somebody_else():
    night = {"name": "call centre", "role": "staff", "given": "outsourced at night to a call centre",
             "authority": [{"action": "refund", "limit": "25 EUR", "given": "a call centre that may refund up to 25 EUR"}]}  # fmt: skip
    money = [{"kind": "ticket", "amount": "21 EUR", "given": "average ticket 21 EUR"}]
    hole = english(actors=[night], money=money)["authority.others_money"]
    assert hole.slots["of_ticket"] == "119%"  # 25 / 21
    own = {**night, "given": "our own call centre; cleaning is outsourced"}
    assert "authority.others_money" not in english(actors=[own], money=money)


def test_refunds_by_those_who_are_settled_later():
    owner = {"name": "가맹점주", "role": "supplier", "does": ["refund"]}
    steps = flow({"kind": "charge"}, {"kind": "refund", "actor": "가맹점주", "given": "환불은 가맹점주가 처리하고"})
    money = [
        {"kind": "settlement", "due": "매달 25일", "given": "본사가 매달 25일에 정산해요"},
        {"kind": "commission", "share": "7%", "given": "수수료 7%"},
        {"kind": "subscription", "amount": "18만원", "given": "고정석 월 18만원"},
    ]
    hole = examine(actors=[owner], flows=[steps], money=money)["authority.refund_settlement"]
    assert (hole.slots["share"], hole.slots["own"]) == ("93%", "16만 7,400원")  # 180,000 × (100% - 7%)
    netted = [{**money[0], "given": "본사가 매달 25일에 환불을 차감하고 정산해요"}, *money[1:]]
    assert "authority.refund_settlement" not in examine(actors=[owner], flows=[steps], money=netted)


def test_an_approver_who_is_not_there_when_customers_are():
    hole = examine(actors=[OFFICE, DAY, NIGHT], flows=[flow(CHECK_IN)])["authority.approver_away"]
    # 15-22 daily = 49 h; with the office on weekdays 15-19 = 20 h
    assert (hole.slots["total"], hole.slots["without"], hole.slots["share"]) == ("49", "29", "59%")
    gap = next(e for e in hole.evidence if isinstance(e, CalendarGap))
    assert (gap.gap, gap.hours) == ("토 15:00~토 22:00", 7)
    always = {**OFFICE, "duty": "24/7"}
    assert "authority.approver_away" not in examine(actors=[always, DAY, NIGHT], flows=[flow(CHECK_IN)])
    unknown = {k: v for k, v in OFFICE.items() if k != "duty"}
    assert "authority.approver_away" not in examine(actors=[unknown, DAY, NIGHT], flows=[flow(CHECK_IN)])
    trusted = {**DAY, "authority": [{**LIMITED, "limit": "3만원"}]}
    assert "authority.approver_away" not in examine(actors=[OFFICE, trusted, NIGHT], flows=[flow(CHECK_IN)])


def test_one_desk_for_three_people():
    hole = examine(actors=[DAY, NIGHT])["authority.shared_account"]
    assert (hole.slots["people"], hole.certain) == ("3", False)
    assert examine(actors=[{**DAY, "shared_account": True}, NIGHT])["authority.shared_account"].certain
    card = [{"kind": "bind_identity", "name": "직원 카드"}]
    assert "authority.shared_account" not in examine(actors=[DAY, NIGHT], controls=card)


def test_nothing_is_found_where_nothing_is_said():
    assert not examine(
        actors=[{"name": "고객", "role": "customer"}], flows=[flow({"kind": "request"}, {"kind": "charge"})]
    )


def test_the_texts_hold():
    own = [finding for key, finding in load_findings().items() if key.startswith("authority.")]
    assert len(own) == 14
    assert [str(complaint) for complaint in lint_findings(own)] == []
