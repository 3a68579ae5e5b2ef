"""Particles, slots and the language of a text."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from opslead.text import MissingSlotError, detect, fill, final_of, josa, noun_phrase, slots_of

CASES = [
    ("예약", "을/를", "예약을"), ("결제", "을/를", "결제를"), ("PG", "이/가", "PG가"), ("CS팀", "이/가", "CS팀이"),
    ("3건", "을/를", "3건을"), ("SMS", "으로/로", "SMS로"), ("app", "을/를", "app을"), ("Slack", "으로/로", "Slack으로"),
    ("서울", "으로/로", "서울로"), ("집", "으로/로", "집으로"), ("10", "이/가", "10이"), ("1", "으로/로", "1로"),
    ("100", "을/를", "100을"), ("3,000", "을/를", "3,000을"), ("10000", "이/가", "10000이"), ("2", "은/는", "2는"),
    ("30%", "이/가", "30%가"), ("토스(PG)", "이/가", "토스(PG)가"), ("현장 관리인(밤)", "이/가", "현장 관리인(밤)이"),
    ("‘선점’", "을/를", "‘선점’을"), ("Stripe", "이/가", "Stripe가"), ("API", "을/를", "API를"), ("URL", "이/가", "URL이"),
    ("ARM", "은/는", "ARM은"), ("Naver", "과/와", "Naver와"), ("Redis", "을/를", "Redis를"), ("email", "으로/로", "email로"),
    ("3만원", "이/가", "3만원이"), ("KRW 30,000", "을/를", "KRW 30,000을"), ("달", "으로/로", "달로"), ("문자", "이나/나", "문자나"),
    ("전화", "이라/라", "전화라"), ("7시간", "이며/며", "7시간이며"), ("6일", "과/와", "6일과"), ("0", "이/가", "0이"),
    ("10분†", "이/가", "10분†이"), ("QR", "을/를", "QR을"), ("1.5", "을/를", "1.5를"),
]  # fmt: skip


@pytest.mark.parametrize(("word", "pair", "wanted"), CASES)
def test_particle_fits_the_last_sound(word, pair, wanted):
    assert josa(word, pair) == wanted


@given(st.characters(min_codepoint=0xAC00, max_codepoint=0xD7A3))
def test_every_syllable_takes_the_particle_of_its_final(syllable):
    has_final = (ord(syllable) - 0xAC00) % 28 > 0
    assert josa(syllable, "을/를") == syllable + ("을" if has_final else "를")


@given(st.text(max_size=40))
def test_any_word_has_a_final(word):
    assert 0 <= final_of(word) <= 27


def test_slots_are_filled_with_particles():
    assert fill("{who:이/가} {what:을/를} 본다", {"who": "CS 담당", "what": "목록"}) == "CS 담당이 목록을 본다"


def test_an_optional_part_without_a_value_vanishes():
    assert fill("가[[ {x} 안에]] 나", {}) == "가 나"
    assert fill("가[[ {x} 안에]] 나", {"x": "3분"}) == "가 3분 안에 나"


def test_a_starting_value_carries_the_dagger():
    assert fill("{~30분} 안에", {}) == "30분† 안에"


def test_a_missing_slot_is_an_error_outside_of_brackets():
    with pytest.raises(MissingSlotError):
        fill("{x}", {})


def test_slots_are_listed_with_whether_they_may_be_missing():
    assert slots_of("{a} {~5분} [[{b:을/를}]]") == (("a", False), ("b", True))


def test_a_slot_reaches_no_attribute():
    assert fill("{x.__class__}", {"x": "y", "x.__class__": "plain"}) == "plain"
    with pytest.raises(MissingSlotError):
        fill("{x.__class__}", {"x": "y"})


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("예약 서비스", "ko"),
        ("Booking service", "en"),
        ("PG callback으로 결제를 확정한다", "ko"),
        ("The 네이버 channel of a booking platform in Seoul", "en"),
    ],
)
def test_language(text, wanted):
    assert detect(text) == wanted


@pytest.mark.parametrize(
    ("word", "wanted"),
    [
        ("본사", "본사에"),
        ("CS팀", "CS팀에"),
        ("고객센터", "고객센터에"),
        ("기사", "기사에게"),
        ("수의사", "수의사에게"),
        ("CS 담당", "CS 담당에게"),
        ("당직자†", "당직자†에게"),
    ],
)
def test_a_person_takes_another_particle_than_an_organisation(word, wanted):
    assert josa(word, "에게/에") == wanted


@pytest.mark.parametrize(
    ("words", "lang", "wanted"),
    [
        ("관리인이 그 자리에서 바꿔 준다", "ko", ""),
        ("예약금 결제", "ko", "예약금 결제"),
        ("차량 인도", "ko", "차량 인도"),
        ("결제 완료 시", "ko", ""),
        ("the guest sends a request", "en", ""),
        ("card payment", "en", "card payment"),
    ],
)
def test_a_clause_is_no_name(words, lang, wanted):
    assert noun_phrase(words, lang) == wanted


def test_a_time_limit_is_left_out_of_a_timed_name():
    assert noun_phrase("사이트 10분 선점", "ko", timed=True) == "사이트 선점"
    assert noun_phrase("hold 5 minutes", "en", timed=True) == "hold"


def test_a_time_of_day_as_a_starting_value():
    assert fill("{q.by~12:00}까지", {}) == "12:00†까지"
    assert fill("{q.by~매일 07:00:으로/로} 바꾼다", {"q.by": "매주"}) == "매주로 바꾼다"
    assert fill("{q.by~12:00:을/를} 넘으면", {}) == "12:00†을 넘으면"


def test_a_starting_value_takes_its_particle_and_a_vowel_its_article():
    assert fill("{~3건:을/를} 넘으면 {~09:00}까지", {}) == "3건†을 넘으면 09:00†까지"
    assert fill("a {case} and a {case2}", {"case": "order", "case2": "unit"}) == "an order and a unit"
    assert fill("extra {case}", {"case": "order"}) == "extra order"
