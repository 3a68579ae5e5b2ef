"""The judge says yes to what the model holds, and no to everything near it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from amounts import quantities
from judging import assign, entries, fact_found, judge_names, judge_states, same_name
from opslead.model.document import (
    ActorText,
    ClockText,
    ExitText,
    FlowText,
    LimitText,
    MentionText,
    MoneyText,
    RateText,
    RuleText,
    Said,
    ServiceText,
    StepText,
    TierText,
    UnreadText,
)


def holds(fact: str, **parts) -> bool:
    return fact_found(fact, entries(ServiceText(name="세탁소", **parts)))


# --- names


@pytest.mark.parametrize(
    ("key", "name"),
    [
        ("고객(Customer)", "고객"),
        ("고객(Customer)", "customers"),
        ("provider (mentor)", "Mentor"),
        ("valet drivers (future)", "valet driver"),
        ("lockers and keys", "key"),
        ("상품·재고", "재고"),
        ("현장 관리인", "관리인"),
        ("store owner", "Store Owners"),
    ],
)
def test_a_name_may_be_said_in_each_of_its_ways(key, name):
    assert same_name(key, name)


@pytest.mark.parametrize(
    ("key", "name"),
    [
        ("박스 프로필", "박스"),  # the profile is not the box
        ("valet drivers (future)", "future"),
        ("payment desk", "payment"),
        ("관리자", "고객"),
        ("자재", "자"),
    ],
)
def test_a_part_of_a_name_that_is_not_its_head_is_another_thing(key, name):
    assert not same_name(key, name)


def test_a_company_is_known_by_any_word_of_its_own_but_not_by_a_generic_one():
    assert same_name("Blue Carrier API", "Blue", proper=True)
    assert not same_name("Blue Payments", "Red Payments", proper=True)
    assert same_name("K Pay API (선택지)", "K pay api", proper=True)
    assert not same_name("K Pay API", "M pay api", proper=True)


def test_one_name_answers_for_one_key():
    tally = judge_names(["admin", "prime admin", "super admin"], ["Admin", "courier"])
    assert len(tally.found) == 1
    assert len(tally.missed) == 2
    assert tally.extra == ("courier",)


def test_the_assignment_is_the_largest_there_is():
    tally = judge_names(["night porter", "porter"], ["porter", "night porter"])
    assert tally.missed == ()


@given(st.lists(st.lists(st.integers(0, 6), unique=True), max_size=7))
def test_no_name_is_assigned_twice_and_only_where_it_fits(pairs):
    owner = assign(pairs)
    assert len(set(owner.values())) == len(owner)
    assert all(name in pairs[key] for key, name in owner.items())


# --- states


def test_states_are_the_same_whatever_their_spelling():
    tally = judge_states(
        ["in_progress", "Pending Payment", "canceled", "검수중"],
        ["IN-PROGRESS", "pending_payment", "CANCELLED", "검수 중"],
    )
    assert tally.missed == ()


def test_a_state_that_merely_contains_the_word_is_another_state():
    tally = judge_states(["confirmed"], ["unconfirmed", "confirmed by desk"])
    assert tally.found == ()
    assert len(tally.extra) == 2


# --- quantities


@given(st.integers(1, 500))
def test_one_length_of_time_in_either_language(minutes):
    ((korean, _),) = quantities(f"{minutes}분 안에")
    ((english, _),) = quantities(f"within {minutes} minutes")
    assert korean.equals(english)
    assert korean.value == minutes * 60


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("24-48 hours: 50%", [("time", 86400), ("time", 172800), ("share", 0.5)]),
        ("3~5초", [("time", 3), ("time", 5)]),
        ("48+ hours", [("time", 172800)]),
        ("7만 2천원", [("money", 72000)]),
        ("$1,250 a month", [("money", 1250)]),
        ("D-7 18:00", [("time", 604800), ("clock", 1080)]),
        ("3건, 4 boxes", [("count", 3), ("count", 4)]),
        ("불일치 409, 재고 없음 410으로", [("number", 409), ("number", 410)]),
        ("API v2 of B2B", []),
    ],
)
def test_numbers_and_their_kinds(text, expected):
    assert [(q.kind, q.value) for q, _ in quantities(text)] == expected


# --- facts with numbers


HOLD = ClockText(kind="ttl", subject="세탁함 선점", length="30분", given="세탁함은 30분 동안 선점된다")


def test_a_fact_whose_number_is_bound_to_its_subject():
    assert holds("세탁함 선점은 30분이 지나면 풀린다", clocks=(HOLD,))
    assert holds(
        "a locker is held for 30 minutes", clocks=(ClockText(kind="ttl", subject="locker hold", length="30m"),)
    )


def test_the_same_number_bound_to_another_thing_does_not_count():
    assert not holds("수거 기사 도착은 30분 안", clocks=(HOLD,))
    assert not holds(
        "the courier arrives within 30 minutes", clocks=(ClockText(kind="ttl", subject="locker hold", length="30m"),)
    )


def test_a_number_in_the_same_sentence_but_of_another_clause_does_not_count():
    both = "세탁함은 30분 선점, 입금은 12시간 안"
    wrong = ClockText(kind="deadline", subject="입금", length="30분", given=both)
    assert not holds("세탁함 선점은 12시간", clocks=(wrong,))


def test_another_kind_of_quantity_does_not_count():
    assert not holds("세탁함 선점은 30분", limits=(LimitText(subject="세탁함 선점", amount=30, unit="명"),))
    assert not holds("세탁함 선점은 30%", clocks=(HOLD,))


def test_another_number_does_not_count():
    assert not holds("세탁함 선점은 20분이 지나면 풀린다", clocks=(HOLD,))


def test_every_number_has_to_be_there():
    retry = LimitText(subject="printer retry", amount=2, unit="times", at="a.md:10")
    pause = ClockText(kind="retry", subject="printer retry", length="15s", at="a.md:10")
    assert holds("printer retry up to 2 times, 15 seconds apart", limits=(retry,), clocks=(pause,))
    assert not holds("printer retry up to 2 times, 15 seconds apart", limits=(retry,))


def test_two_entries_of_different_subjects_far_apart_are_no_fact():
    retry = LimitText(subject="printer retry", amount=2, unit="times", at="a.md:10")
    pause = ClockText(kind="retry", subject="scanner pause", length="15s", at="a.md:200")
    near = pause.model_copy(update={"at": "a.md:12"})
    assert not holds("printer: 2 times, scanner: 15 seconds", limits=(retry,), clocks=(pause,))
    assert holds("printer: 2 times, scanner: 15 seconds", limits=(retry,), clocks=(near,))


def test_clauses_that_each_say_enough_may_come_from_anywhere():
    retry = LimitText(subject="printer retry", amount=2, unit="times", at="a.md:10")
    pause = ClockText(kind="retry", subject="scanner pause", length="15s", at="a.md:200")
    assert holds("printer retry 2 times, scanner pause 15 seconds", limits=(retry,), clocks=(pause,))
    assert not holds("printer retry 15 times, scanner pause 2 seconds", limits=(retry,), clocks=(pause,))


def test_a_number_without_words_stands_in_the_next_lines_or_not_at_all():
    wash = MoneyText(kind="price", subject="세탁 요금", amount="5,000원", at="a.md:10")
    total = MoneyText(kind="price", subject="합계", amount="6,500원", at="a.md:12")
    fact = "세탁 요금 5,000원, 총 6,500원"
    assert holds(fact, money=(wash, total))
    assert not holds(fact, money=(wash, total.model_copy(update={"at": "a.md:40"})))


def test_each_number_needs_the_words_of_its_own_clause():
    low = RateText(kind="cancel", subject="취소율", share="15%", at="a.md:3")
    done = RateText(kind="done", subject="완료율", share="85%", at="a.md:4")
    assert holds("목표는 취소율 15%, 완료율 85%", rates=(low, done))
    assert not holds("목표는 취소율 85%, 완료율 15%", rates=(low, done))


def test_a_ladder_is_one_entry():
    ladder = ExitText(
        name="cancellation",
        kind="cancel",
        tiers=(TierText(until="48h", share="100%"), TierText(until="24-48 hours", share="50%")),
    )
    flow = FlowText(name="pickup", steps=(StepText(kind="charge"),), exits=(ladder,))
    assert holds("cancelling 48 hours ahead is free, 24-48 hours 50%", flows=(flow,))
    assert not holds("cancelling 72 hours ahead is free", flows=(flow,))


def test_a_number_that_stands_only_in_the_quotation_is_not_in_the_model():
    actor = ActorText(name="수거 기사", role="field", given="수거 기사 4명")
    assert not holds("수거 기사는 4명", actors=(actor,))
    assert holds("수거 기사는 4명", actors=(actor.model_copy(update={"count": Said(value=4)}),))


def test_a_number_in_the_text_of_a_rule_counts():
    assert holds("셔츠는 최대 20장까지 맡긴다", rules=(RuleText(text="셔츠는 한 번에 20장까지만 맡길 수 있다"),))


def test_what_is_only_unread_or_mentioned_does_not_count():
    words = "세탁함 선점은 30분"
    assert not holds(words, unread=(UnreadText(text=words),))
    assert not holds(words, mentions=(MentionText(concept="hold", given=words),))


def test_a_word_that_half_the_model_shares_binds_nothing():
    many = tuple(
        ClockText(kind="deadline", subject=f"세탁 항목{chr(0xAC00 + 28 * i)}", length=f"{i + 1}h") for i in range(30)
    )
    assert not holds("세탁 배송은 7시간", clocks=many)


def test_money_is_compared_as_money():
    fee = MoneyText(kind="fee", subject="심야 수거", amount="3만원")
    assert holds("심야 수거 요금은 30,000원", money=(fee,))
    assert not holds("심야 수거는 30,000명", money=(fee,))


# --- facts without numbers


def test_most_of_the_words_in_one_entry():
    rule = RuleText(text="Delicate items need approval by the shop manager before washing", at="a.md:5")
    assert holds("delicate items are washed only with approval of the manager", rules=(rule,))
    assert not holds("delicate items are collected by the night courier on holidays", rules=(rule,))


def test_two_neighbouring_entries_may_share_the_words_but_distant_ones_may_not():
    one = RuleText(text="현금으로 결제", at="a.md:5")
    fact = "결제는 옷을 확인한 뒤 현금 또는 계좌이체"
    near = RuleText(text="옷 상태 확인", at="a.md:6")
    far = near.model_copy(update={"at": "a.md:90"})
    assert holds(fact, rules=(one, near))
    assert not holds(fact, rules=(one, far))
