import re
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from opslead.intake import lexicon
from opslead.intake.lexicon import find, inflections, inner, keys, words
from opslead.model.steps import STEP_KINDS

SECTIONS = ("steps", "concepts", "vias", "headings", "choices", "step_marks")


@pytest.mark.parametrize("language", lexicon.LANGUAGES)
def test_every_step_kind_has_words_in_both_languages(language):
    section = lexicon._file(language)["steps"]
    assert set(section) == set(STEP_KINDS) - {"step"}
    assert all(len(listed) >= 4 for listed in section.values())


def test_both_languages_know_the_same_concepts_and_all_have_words():
    korean, english = (lexicon._file(language)["concepts"] for language in lexicon.LANGUAGES)
    assert set(korean) == set(english)
    assert len(korean) == 139
    assert [key for key in korean if not korean[key] or not english[key]] == []


def test_no_word_names_two_kinds_of_steps():
    seen: dict[str, str] = {}
    for key, listed in words("steps").items():
        for word in listed:
            bare = re.sub(r"\s", "", word)
            assert seen.setdefault(bare, key) == key or word in ("checkout", "check out"), word


def test_weak_words_are_step_words():
    known = {word for listed in words("steps").values() for word in listed}
    # one may be left behind when a step's words change; a weak word that names no step has no effect
    unknown = [word for word in words("step_marks")["weak"] if word not in known and not find(word, "steps")]
    assert len(unknown) <= 5


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("가상계좌로 입금", "virtual_account"),
        ("가상 계좌로 입금", "virtual_account"),
        ("노쇼율이 높다", "no_show"),
        ("a double-booked table", "double_booking"),
        ("guests who do not come", "no_show"),
        ("refunded in part", "refund"),
        ("sales on weekends", "weekend"),
    ],
)
def test_stems_and_inflections_are_found(text, key):
    assert key in keys(text, "concepts")


def test_a_space_is_optional_and_the_longest_word_wins():
    assert [hit.word for hit in find("부분환불과 부분 환불", "concepts")] == ["부분환불", "부분 환불"]
    assert keys("부분환불", "concepts") == ("partial_refund",)


def test_a_capitalised_word_is_a_name():
    assert keys("GDPR applies; VAT is due", "concepts") == ("privacy", "tax")
    assert "tax" not in keys("a vat of wine", "concepts")


@pytest.mark.parametrize(
    "text",
    [
        "청소년 할인",
        "반려동물 동반",
        "실사용 후기",
        "직접수령",
        "payment method",
        "delivery address",
        "in charge of",
        "guest book",
    ],
)
def test_ignored_phrases_hold_no_step(text):
    assert find(text, "steps") == ()


@pytest.mark.parametrize(
    "text", ["로봇 청소기", "다운로드 폴더", "응시한 사람", "빨래를 널면 이상한 냄새", "rate limiting", "early adopter"]
)
def test_ignored_phrases_hold_no_such_concept(text):
    assert not {"bot", "outage", "deadline", "limit", "early"} & set(keys(text, "concepts"))


def test_hyphens_join_and_sentence_ends_part():
    assert keys("pre-authorise the card", "steps") == ("authorize",)
    assert keys("We check. In the morning they leave", "steps") == ()


def test_inner_names_what_a_longer_word_hides():
    assert inner("중복 결제", "concepts")[:1]
    assert {"payment", "duplicate"} <= set(inner("중복 결제", "concepts"))
    assert "refund" in inner("partial refund", "concepts")


@pytest.mark.parametrize(
    ("word", "forms"),
    [
        ("cancel", {"cancels", "canceled", "cancelled", "cancelling"}),
        ("pay", {"pays", "paid", "paying"}),
        ("deny", {"denies", "denied"}),
        ("ship", {"shipped", "shipping"}),
        ("box", {"boxes"}),
        ("release", {"released", "releasing", "releases"}),
        ("agree", {"agreed", "agreeing"}),
    ],
)
def test_inflections(word, forms):
    assert forms <= set(inflections(word))


def test_an_unknown_section_is_an_error():
    with pytest.raises(KeyError):
        words("nothing")


_PIECES = st.sampled_from(
    ["환불", " ", "가상 계좌", "예약확정", "pay", "paid", "check-in", "no show", ".", ",", "\n", "(", "é", "가", "X1"]
)


@given(st.lists(_PIECES, max_size=25).map("".join) | st.text(max_size=60), st.sampled_from(SECTIONS))
def test_hits_stand_in_the_text_in_order_and_do_not_overlap(text, section):
    hits = find(text, section)
    assert all(text[hit.start : hit.end] == hit.word and hit.word for hit in hits)
    spans = sorted({(hit.start, hit.end) for hit in hits})
    assert all(first[1] <= second[0] for first, second in pairwise(spans))
    assert all(hit.key in words(section) for hit in hits)
