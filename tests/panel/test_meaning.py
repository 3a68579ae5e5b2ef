"""The same thing said twice is merged; what only sounds alike is not, unless somebody who was asked says so."""

from dataclasses import replace

import pytest

from opslead.knowledge.losses import Loss
from opslead.lenses.hole import Arithmetic, Hole, Quotation
from opslead.panel.breadth.meaning import GREY, MOST_ASKED, MOST_EACH, SURE, merge, rarity, same
from opslead.panel.claims.judge import judge

from .drafts import CAMPING, known, korean
from .pairs import PAIRS

_RARE = {
    lang: rarity([text for p in PAIRS if p.lang == lang for text in (p.left, p.right)], lang) for lang in ("ko", "en")
}


def likeness(pair):
    return same(pair.left, pair.right, pair.lang, _RARE[pair.lang])


@pytest.mark.parametrize("pair", [p for p in PAIRS if not p.same], ids=lambda p: p.left[:30])
def test_no_two_accidents_are_taken_for_one_by_their_words(pair):
    assert likeness(pair) < SURE - 0.05


def test_most_pairs_that_are_one_accident_are_merged_or_asked():
    alike = [likeness(pair) for pair in PAIRS if pair.same]
    assert len(PAIRS) >= 30
    assert sum(value >= SURE for value in alike) >= 6
    assert sum(value >= GREY for value in alike) / len(alike) >= 0.75


def test_likeness_is_symmetric_and_bounded():
    for pair in PAIRS:
        assert likeness(pair) == pytest.approx(same(pair.right, pair.left, pair.lang, _RARE[pair.lang]))
        assert 0 <= likeness(pair) <= 1
    assert same("같은 말", "같은 말", "ko") == 1
    assert same("", "무엇이든", "ko") == 0


def hole(name: str, condition: str, **changes) -> Hole:
    made = judge(korean(name=name, condition=condition), known(CAMPING))
    assert isinstance(made, Hole)
    return replace(made, **changes)


SWAP = "캠퍼끼리 자리를 바꾸거나 빈 옆 사이트로 옮기고 관리실에는 말하지 않는다"
AGAIN = "캠퍼끼리 서로 자리를 바꾸거나 빈 옆 사이트로 옮기고 말하지 않는다"
FUEL = "장작을 현금으로 팔고 적지 않아 남은 수량을 아무도 모른다"


def test_proposals_that_say_the_same_become_the_best_proven_one():
    work = Arithmetic("1 + 1", "2", ())
    one, other, third = hole("one-two", SWAP), hole("two-three", AGAIN, certain=True), hole("fuel-cash", FUEL)
    other = replace(other, evidence=(*other.evidence, work))
    merged = merge([one, other, third], [], "ko")
    assert [kept.id for kept in merged.kept] == [other.id, third.id]
    assert [(lost.id, into) for lost, into in merged.told] == [(one.id, other.id)]
    assert merged.kept[0].evidence == (Quotation(one.evidence[0].sources), work)  # the same quotation is not said twice


def test_what_stands_already_is_not_proposed_again():
    standing = replace(hole("one-two", SWAP), id="truth.unrecorded@transfer", lens="truth")
    merged = merge([hole("two-three", AGAIN)], [standing], "ko")
    assert not merged.kept
    assert merged.told[0][1] == "truth.unrecorded@transfer"


def test_the_same_name_at_the_same_place_is_the_same():
    merged = merge([hole("one-two", SWAP), hole("one-two", FUEL)], [], "ko")
    assert len(merged.kept) == 1


def test_the_grey_zone_is_asked_and_kept_apart_without_an_answer():
    left = hole("one-two", "비 예보가 나오면 캠퍼가 특보를 기다리며 취소를 미룬다", loss=Loss.WRONG_AMOUNT)
    right = hole(
        "two-three", "호우 예보에 먼저 취소한 캠퍼는 덜 받고 특보까지 버틴 캠퍼가 다 받는다", loss=Loss.WRONG_AMOUNT
    )
    asked = []

    def yes(doubts):
        asked.append(list(doubts))
        return frozenset(range(len(doubts)))

    assert len(merge([left, right], [], "ko").kept) == 2
    assert len(merge([left, right], [], "ko", yes).kept) == 1
    assert len(asked) == 1


def test_no_more_pairs_are_asked_than_allowed():
    said = [
        f"{one} {two} {three} 순서가 뒤바뀐다"
        for one, two, three in zip(_WORDS[::2], _WORDS[1::2], _WORDS[2::2], strict=False)
    ]
    holes = [hole(f"hole-{number}", condition) for number, condition in enumerate(said)]
    seen = []
    merge(holes, [], "ko", lambda doubts: seen.extend(doubts) or frozenset())
    assert len(seen) == MOST_ASKED  # more pairs than that are in doubt
    first = [doubt.first.id for doubt in seen]
    assert max(first.count(ident) for ident in first) <= MOST_EACH


_WORDS = [
    "알림",
    "문자",
    "전화",
    "답장",
    "승인",
    "입금",
    "영수증",
    "안내",
    "회신",
    "통보",
    "메일",
    "표시",
    "도장",
    "서명",
    "연락",
    "소식",
    "호출",
    "방송",
    "점등",
    "배정",
    "표찰",
    "열쇠",
    "난로",
    "담요",
    "천막",
    "장작",
    "매트",
    "우산",
    "손전등",
    "발전기",
    "배수로",
    "울타리",
    "주차장",
]


def test_an_answer_out_of_range_changes_nothing():
    left, right = hole("one-two", SWAP), hole("fuel-cash", FUEL)
    assert len(merge([left, right], [], "ko", lambda _: frozenset({-1, 99})).kept) == 2
