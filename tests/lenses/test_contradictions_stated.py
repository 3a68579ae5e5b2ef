"""What a description states twice or against itself: the service on which each finding fires, and the healthy one beside it."""

import pytest

from opslead.intake.extract import extract
from opslead.intake.page.readers import Source
from opslead.lenses.contradictions import (
    absent,
    automation,
    bounds,
    byhand,
    choices,
    examples,
    ladders,
    later,
    named,
    ownership,
    promises,
    shares,
    values,
)
from opslead.lenses.hole import Arithmetic, Quotation
from opslead.model.defaults import complete
from opslead.model.document import ServiceText
from opslead.model.resolve import resolve


def look(module, language="ko", **fields):
    text = ServiceText.model_validate({"name": "시험", "language": language, "currency": "KRW", **fields})
    return {hole.mechanism.split(".")[1]: hole for hole in module.look(resolve(complete(text)))}


def read(module, text):
    return {h.mechanism.split(".")[1]: h for h in module.look(resolve(complete(extract([Source("a.md", text, "")]))))}


def quoted(hole):
    return [source.text for e in hole.evidence if isinstance(e, Quotation) for source in e.sources]


BUYER = {"name": "구매자", "role": "customer"}
SELLER = {"name": "판매자", "role": "supplier"}
ADMIN = {"name": "관리자", "role": "staff"}
GUEST = {"name": "guest", "role": "customer"}
HOST = {"name": "host", "role": "supplier"}


def given(words, line, **fields):
    return {**fields, "given": words, "at": f"a.md:{line}"}


def flow(*steps, exits=(), name="주문"):
    return {"name": name, "steps": list(steps) or [{"kind": "request"}], "exits": list(exits)}


def bound(until, words, line, **fields):
    return given(words, line, kind="cancel", name=words, tiers=[given(words, line, until=until)], **fields)


# --- two last moments ------------------------------------------------------------------------------------------------

STATES = [
    given("PAID(결제완료) → ACCEPTED(매장접수)", 9, name="PAID", next=["ACCEPTED"]),
    given("PAID(결제완료) → ACCEPTED(매장접수)", 9, name="ACCEPTED"),
]


def test_two_last_moments_and_the_state_between_them():
    ways = [
        bound("매장 접수 전", "주문 취소 (매장 접수 전까지)", 3),
        bound("결제완료 전", "결제완료 전까지 취소 가능", 9),
    ]
    hole = look(bounds, flows=[flow(exits=ways)], states=STATES)["two_bounds"]
    assert "‘매장 접수 전’" in hole.condition
    assert "‘결제완료 전’으로" in hole.condition
    assert "(PAID 상태)" in hole.condition
    assert {"주문 취소 (매장 접수 전까지)", "결제완료 전까지 취소 가능"} <= set(quoted(hole))


def test_two_last_moments_in_english():
    ways = [bound("before pickup", "Cancel any time before pickup", 3), bound("before the driver accepts", "Cancel button until the driver accepts", 9)]  # fmt: skip
    hole = look(bounds, "en", flows=[flow(exits=ways)])["two_bounds"]
    assert "“before pickup” in one place" in hole.condition
    assert "(state" not in hole.condition


def test_two_last_moments_that_are_lengths_of_time():
    clocks = [
        window("수업 24시간 전까지 취소 가능", 3),
        {**window("취소 버튼 (수업 2시간 전까지)", 9), "length": "2시간"},
    ]
    ways = [given("취소", 3, kind="cancel", name="취소")]
    assert (
        "‘24시간 전’, 다른 곳은 ‘2시간 전’"
        in look(bounds, flows=[flow(exits=ways)], clocks=clocks)["two_bounds"].condition
    )
    priced = [clocks[0], {**window("2시간 전까지 취소하면 50% 환불", 9), "length": "2시간"}]
    assert not look(bounds, flows=[flow(exits=ways)], clocks=priced)


@pytest.mark.parametrize(
    "ways",
    [
        [bound("조리 시작 전", "조리 시작 전까지 취소", 3), bound("조리 전", "조리 전까지 취소", 9)],  # the same moment
        [bound("조리 전", "조리 전까지 취소", 3)],
        [bound("조리 전", "조리 전까지 취소", 3, by="구매자"), bound("출고 전", "출고 전까지 취소", 9, by="판매자")],
        [
            bound("조리 전", "주문 취소 (조리 전까지)", 3),
            bound("이용 전", "쿠폰 취소 (이용 전까지)", 9),
        ],  # another thing
    ],
)
def test_one_moment_is_quiet(ways):
    assert not look(bounds, actors=[BUYER, SELLER], flows=[flow(exits=ways)])


# --- two refunds, two values -----------------------------------------------------------------------------------------


def tier(until, share, words, line, name="주문 취소", **fields):
    rung = given(words, line, until=until, share=given(words, line, value=share))
    return given(words, line, kind="cancel", name=name, tiers=[rung], **fields)


def test_one_case_with_two_refunds():
    ways = [tier("조리 전/후", "5%", "조리 전/후 5% 상한", 3, by="판매자"), tier("조리 전", "100%", "조리 전: 전액", 9)]
    hole = look(shares, actors=[SELLER], flows=[flow(exits=ways)])["two_shares"]
    assert "5%" in hole.condition
    assert "100%다" in hole.condition
    assert "판매자 사정" in hole.condition
    assert quoted(hole) == ["조리 전/후 5% 상한", "조리 전: 전액"]


@pytest.mark.parametrize(
    "ways",
    [
        [tier("조리 후", "5%", "조리 후 5%", 3), tier("조리 전", "100%", "조리 전: 전액", 9)],
        [
            tier("조리 전", "5%", "사장 취소 5%", 3, by="판매자"),
            tier("조리 전", "100%", "고객 취소 전액", 9, by="구매자"),
        ],
        [
            tier("D-7", "50%", "7일 전 50%", 3, name="취소 (성수기)"),
            tier("D-7", "100%", "7일 전", 9, name="취소 (비수기)"),
        ],
    ],
)
def test_different_cases_have_different_refunds(ways):
    assert not look(shares, actors=[BUYER, SELLER], flows=[flow(exits=ways)])


def clock(length, words, line, subject="예약금 입금 기한"):
    return given(words, line, kind="deadline", subject=subject, length=given(words, line, value=length))


def test_one_window_with_two_lengths():
    hole = look(values, clocks=[clock("24시간", "24시간 안에 입금", 3), clock("3일", "입금은 3일까지", 20)])[
        "two_values"
    ]
    assert "24시간, 다른 곳" in hole.condition
    assert "3일이다" in hole.condition
    assert quoted(hole) == ["24시간 안에 입금", "입금은 3일까지"]


def test_one_of_two_sentences_may_say_more_of_the_same_subject():
    faq = clock("24 hours", "In the FAQ sitters have 24 hours to accept", 3, "FAQ sitters have to accept a request")
    rule = clock("12 hours", "The sitter accepts within 12 hours", 3, "sitter accepts")
    assert "12 hours" in look(values, "en", clocks=[rule, faq])["two_values"].condition
    urgent = clock("1 hour", "Urgent: the sitter accepts within 1 hour", 4, "urgent sitter accepts")
    assert not look(values, "en", clocks=[rule, urgent])  # another case


def test_a_range_another_subject_and_the_same_value_are_quiet():
    assert not look(values, clocks=[clock("24시간", "24시간~3일", 3), clock("3일", "24시간~3일", 3)])
    assert not look(values, clocks=[clock("24시간", "a", 3), clock("3일", "b", 9, "잔금 입금 기한")])
    assert not look(values, clocks=[clock("24시간", "a", 3), clock("1일", "b", 9)])


# --- ladders ---------------------------------------------------------------------------------------------------------


def test_the_rung_that_nobody_states():
    late = tier("before the start", "0%", "No refund", 3, name="Guest cancels < 24h before", by="guest")
    hole = look(ladders, "en", actors=[GUEST], flows=[flow(exits=[late])])["missing_rung"]
    assert "24 hours or more ahead" in hole.condition
    early = tier("48h", "100%", "48h before: full refund", 5, name="Cancellation")
    assert not look(ladders, "en", actors=[GUEST], flows=[flow(exits=[late, early])])
    free = {"text": "Free cancellation up to 24 hours before", "at": "a.md:7"}
    assert not look(ladders, "en", actors=[GUEST], flows=[flow(exits=[late])], rules=[free])


def window(words, line):
    return given(words, line, kind="window", subject="예약 취소", length=given(words, line, value="24시간"))


def test_a_limit_that_costs_nobody_anything():
    clocks = [window("24시간 전: 자유롭게 취소", 3), window("24시간 이내: 알림 후 취소", 4)]
    pay = given("현장에서 현금 결제", 8, kind="charge", name="현금 결제")
    hole = look(ladders, actors=[BUYER], flows=[flow(pay)], clocks=clocks, states=STATES)["toothless_limit"]
    assert "24시간으로 나눠" in hole.condition
    assert "현장에서 현금 결제" in hole.condition
    assert "노쇼도 없다" in hole.condition
    fee = [clocks[0], window("24시간 이내: 위약금 50%", 4)]
    assert not look(ladders, actors=[BUYER], flows=[flow(pay)], clocks=fee)


# --- kept, never taken -----------------------------------------------------------------------------------------------

HOLD = given("Authorize card", 1, kind="authorize", name="Authorize card")
USE = given("Stay ends", 3, kind="complete", name="Stay ends")
TAKE = given("Card charged", 5, kind="charge", name="Card charged")
LATE = tier("before the start", "0%", "No refund", 8, name="Guest cancels < 24h before", by="guest")
PAYOUT = given("Host receives: $80", 9, kind="settlement", subject="Host receives", amount=given("$80", 9, value="$80"))


def test_a_penalty_from_money_that_was_never_taken():
    out = {"text": "Full payout to host", "subject": "Guest cancels < 24h before", "at": "a.md:10"}
    fields = {"actors": [GUEST, HOST], "flows": [flow(HOLD, USE, TAKE, exits=[LATE])], "money": [PAYOUT]}
    hole = look(promises, "en", rules=[out], **fields)["kept_never_taken"]
    sums = next(e for e in hole.evidence if isinstance(e, Arithmetic))
    assert (sums.formula, sums.result) == ("collected 0 − owed 80 USD", "−80 USD a case")
    assert "Full payout to host" in hole.condition
    assert not look(promises, "en", **{**fields, "flows": [flow(HOLD, TAKE, USE, exits=[LATE])]})  # taken first


# --- examples --------------------------------------------------------------------------------------------------------


def money(kind, words, line, **fields):
    value = {key: given(words, line, value=fields.pop(key)) for key in ("amount", "share") if key in fields}
    return given(words, line, kind=kind, subject=words, **value)


RULE = money("commission", "20% fee (split between guest and host)", 2, share="20%")
PRICE, FEE, GETS = (
    money("price", "Guest pays $20", 5, amount="$20"),
    money("commission", "Platform fee: $4", 6, amount="$4"),
    money("settlement", "Host receives: $16", 7, amount="$16"),
)


def test_a_split_fee_that_one_side_bears():
    hole = look(examples, "en", actors=[GUEST, HOST], money=[RULE, PRICE, FEE, GETS])["fee_bearer"]
    sums = next(e for e in hole.evidence if isinstance(e, Arithmetic))
    assert sums.formula == "$20 − $16 = $4"  # all of 4, so the guest bears nothing
    assert "the guest pays $20 and the host receives $16" in hole.condition


def test_an_example_that_follows_the_rule_is_quiet():
    halved = money("settlement", "Host receives: $18", 7, amount="$18")  # 2 from each side
    assert not look(examples, "en", actors=[GUEST, HOST], money=[RULE, PRICE, FEE, halved])
    plain = money("commission", "20% fee", 2, share="20%")
    assert not look(examples, "en", actors=[GUEST, HOST], money=[plain, PRICE, FEE, GETS])


def test_an_example_with_another_share():
    ten = money("commission", "10% fee", 2, share="10%")
    hole = look(examples, "en", actors=[GUEST, HOST], money=[ten, PRICE, FEE, GETS])["other_share"]
    assert "which is 20%" in hole.condition  # 4 ÷ 20
    of_rest = money("commission", "25% fee", 2, share="25%")  # 4 ÷ 16: taken of the other base
    assert not look(examples, "en", actors=[GUEST, HOST], money=[of_rest, PRICE, FEE, GETS])


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        ("하루 60건 × 20,000원 = 1,000,000원", True),  # 1,200,000
        ("하루 60건 × 20,000원 = 120만원", False),
        ("60 games × $20 = $1,200 for the season", False),
        ("$1,200 (baseball) + $400 (concerts) = $1,700 a year", True),  # 1,600
        ("약 60건 × 20,000원 = 100만원 정도", False),
        ("5,000 + 3,000 + 2,000 = 10,000", False),  # three terms
    ],
)
def test_a_written_sum(text, wrong):
    assert bool(look(examples, rules=[{"text": text, "at": "a.md:3"}])) is wrong


# --- automation ------------------------------------------------------------------------------------------------------

GATE = given("Admin review and approval required", 6, kind="approve", name="approval", actor="admin")
OFFICE = {"name": "admin", "role": "staff"}


def test_automatic_by_goal_and_manual_by_rule():
    goal = {"text": "The platform runs without manual intervention", "at": "a.md:2"}
    fields = {"actors": [OFFICE], "flows": [flow(GATE)]}
    hole = look(automation, "en", rules=[goal], **fields)["automation_goal"]
    assert "1 things" in hole.condition or "have to be done by a person" in hole.condition
    assert "none has a time limit" in hole.condition
    assert set(quoted(hole)) == {goal["text"], GATE["given"]}
    less = {"text": "Keep manual work to a minimum", "at": "a.md:2"}
    assert "automation_goal" not in look(automation, "en", rules=[less], **fields)


def test_a_road_round_the_approval():
    upload = given("If ESCORT: guest uploads papers", 10, kind="verify", name="uploads papers")
    pay, sure = given("Pays", 11, kind="charge", name="Pays"), given("Confirmed", 12, kind="confirm", name="Confirmed")
    gated = flow(given("Guest uploads ESCORT papers", 5, kind="verify", name="papers"), GATE, name="ESCORT workflow")
    road = flow(upload, pay, sure, name="Booking steps")
    fixed = {"text": "ESCORT selection is immutable", "at": "a.md:14"}
    hole = look(automation, "en", actors=[OFFICE, GUEST], flows=[road, gated], rules=[fixed])["approval_bypassed"]
    assert "straight to Pays → Confirmed" in hole.condition
    assert "ESCORT selection is immutable" in hole.condition
    through = flow(upload, GATE, pay, sure, name="Booking steps")
    assert not look(automation, "en", actors=[OFFICE, GUEST], flows=[through, gated])
    other = flow(pay, sure, name="Booking steps")
    assert not look(automation, "en", actors=[OFFICE, GUEST], flows=[other, gated])


# --- later, named only -----------------------------------------------------------------------------------------------


def test_work_of_today_with_a_tool_of_tomorrow():
    today = {"text": "Handle customer support tickets", "at": "a.md:3"}
    tomorrow = {"text": "Support ticket system", "subject": "Phase 2", "at": "a.md:9"}
    hole = look(later, "en", rules=[today], later=[tomorrow])["tool_later"]
    assert quoted(hole) == [today["text"], tomorrow["text"]]
    assert not look(later, "en", rules=[today], later=[{"text": "Valet parking system", "at": "a.md:9"}])
    assert not look(later, "en", rules=[today])


def test_a_policy_and_a_fee_that_are_only_named():
    pay = given("Pay by card", 2, kind="charge", name="Pay by card")
    rules = [
        {"text": "Cancellation policy handling", "at": "a.md:3"},
        {"text": "Fees deducted before payout", "at": "a.md:4"},
    ]
    out = given("Payout to hosts", 5, kind="payout", name="Payout")
    assert set(look(named, "en", flows=[flow(pay, out)], rules=rules)) == {"policy_named", "fee_named"}
    ladder = [{"text": "Free cancellation until 24h before", "at": "a.md:6"}]
    rate = [money("commission", "Commission 12%", 7, share="12%")]
    assert not look(named, "en", flows=[flow(pay, out)], rules=[*rules, *ladder], money=rate)


# --- who holds, who changes, who chooses, who does not come ----------------------------------------------------------


def test_money_with_two_holders():
    rules = [
        {"text": "구매자로부터 총 금액 수령", "subject": "판매자 입장", "at": "a.md:5"},
        {"text": "구매자가 거래 완료하면 상품 금액 수령", "subject": "판매자 입장", "at": "a.md:6"},
    ]
    hole = look(ownership, actors=[BUYER, SELLER], rules=rules)["two_holders"]
    assert quoted(hole) == [rule["text"] for rule in rules]
    assert not look(ownership, actors=[BUYER, SELLER], rules=rules[:1])
    english = (
        "The owner pays the sitter directly in cash. After completion the platform releases the money to the sitter."
    )
    told = read(ownership, f"# Sitting\n\nOwners book a sitter. The sitter accepts. {english}\n")["two_holders"]
    assert "releases the money" in told.condition
    bank = {"name": "토스페이먼츠", "kind": "payment"}
    assert not look(ownership, actors=[BUYER, SELLER], rules=rules, partners=[bank])  # somebody holds it


def test_a_step_with_two_owners():
    desk = {"name": "안내 데스크", "role": "field"}
    first = given("관리자가 노쇼 처리", 3, kind="no_show", name="관리자 노쇼 처리", actor="관리자")
    second = given("안내 데스크가 노쇼 처리", 9, kind="no_show", name="안내 데스크 노쇼 처리", actor="안내 데스크")
    hole = look(ownership, actors=[ADMIN, desk], flows=[flow(first, name="a"), flow(second, name="b")])["two_owners"]
    assert "관리자가, 다른 곳에서는 안내 데스크가" in hole.condition
    assert not look(ownership, actors=[ADMIN, desk], flows=[flow(first, name="a"), flow(first, name="b")])


def test_a_computed_score_that_may_be_changed_by_hand():
    rules = [
        {"text": "별점에 따라 증감", "subject": "매너 온도", "at": "a.md:5"},
        {"text": "사용자 평가 점수 조정", "subject": "관리자 기능", "at": "a.md:9"},
    ]
    hole = look(byhand, actors=[ADMIN], rules=rules)["computed_by_hand"]
    assert "매너 온도: 별점에 따라 증감" in hole.condition
    reasoned = [rules[0], {**rules[1], "text": "사용자 평가 점수 조정 (사유 입력, 2인 승인)"}]
    assert not look(byhand, actors=[ADMIN], rules=reasoned)


def test_two_outcomes_and_nobody_who_chooses():
    open_ = {"text": "Free rebook or full refund", "subject": "Technical failure", "at": "a.md:5"}
    assert "Technical failure: Free rebook" in look(choices, "en", rules=[open_])["outcome_unchosen"].condition
    chosen = {**open_, "text": "Free rebook or full refund, as the guest chooses"}
    assert not look(choices, "en", rules=[chosen])
    assert "outcome_unchosen" in look(choices, rules=[{"text": "파손 시 교환 또는 환불", "at": "a.md:5"}])


def test_a_meeting_that_somebody_misses():
    meet = given("현장 만남", 4, kind="start", name="현장 만남")
    fields = {"actors": [BUYER, SELLER], "flows": [flow(meet)]}
    assert "현장 만남" in look(absent, **fields)["absence_unstated"].condition
    assert not look(absent, **fields, rules=[{"text": "노쇼 2회면 30일 이용 정지", "at": "a.md:8"}])


# --- from words ------------------------------------------------------------------------------------------------------


def test_what_the_intake_keeps_for_this_lens():
    text = extract([Source("a.md", _PLAN, "")])
    kept = {rule.text for rule in text.rules}
    assert {"Platform runs end-to-end without manual intervention", "Fees deducted before host payout"} <= kept
    assert [(item.text, item.subject) for item in text.later] == [
        ("Host insurance (future feature)", "For hosts"),
        ("Support ticket system", "Enhanced Features (Phase 2)"),
    ]
    assert [(c.subject, c.length.value) for c in text.clocks if c.kind == "horizon"] == [("Calendar picker", "30 days")]


def test_a_plan_of_releases_is_not_left_for_later():
    phases = "# Shop\n\n## Release plan\n\n### Phase 2: orders\n\n- Guests order and pay\n\n## Flow\n\n1. Guest orders\n2. Guest pays\n3. Staff ship it\n"
    assert not extract([Source("a.md", phases, "")]).later


_PLAN = """# Rooms

## Booking steps

1. Guest selects a date
2. Guest pays by card
3. Host confirms the booking

- Calendar picker (next 30 days)

## For hosts

- Host insurance (future feature)
- Fees deducted before host payout

## Done when

- Platform runs end-to-end without manual intervention

## Enhanced Features (Phase 2)

- Support ticket system
"""
