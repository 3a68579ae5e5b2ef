"""What is said in passing: unknown customers, private places, guarantees, checked roles, offered changes, refusals and failures."""

import hashlib

import pytest

from opslead.intake.extract import extract
from opslead.intake.page.readers import Source

OWN = {"anonymous", "private_place", "guarantee", "role_verified", "offered_change"}


def read(text):
    return extract([Source("service.md", text, hashlib.sha256(text.encode()).hexdigest())])


def concepts(text):
    return {(mention.concept, mention.given) for mention in read(text).mentions if mention.concept in OWN}


SHOP = "# 주문 서비스\n\n- **고객**: 주문하고 결제한다\n- **사장**: 주문을 수락하고 조리한다\n\n"
MARKET = "# Market\n\n- **Renter**: books and pays\n- **Dealer**: lists cars and hands them over\n- **Private Host**: lists cars\n\n"


@pytest.mark.parametrize(
    ("text", "concept"),
    [
        (SHOP + "## 일반 고객 (비로그인)\n\n- QR로 주문한다\n", "anonymous"),
        (SHOP + "- 장소 유형: 카페/공원/고객위치\n", "private_place"),
        (MARKET + "- Guaranteed spot on every booking\n", "guarantee"),
        (MARKET + "### Dealer Verification\n\n- license and insurance\n", "role_verified"),
        (MARKET + "Dealers answer with [Accept] [Propose another time].\n", "offered_change"),
    ],
)
def test_each_is_found_with_its_words(text, concept):
    assert concept in {found for found, _ in concepts(text)}


@pytest.mark.parametrize(
    "text",
    [
        MARKET + "- Browse cars (no login required)\n",  # looking around is no case
        SHOP + "- 고객 위치 기반 매장 추천\n",  # a position, not a home
        MARKET + "## Future\n\n- Guaranteed spot\n",
        MARKET + "- Payments are verified by signature\n",  # a thing, no role
    ],
)
def test_what_only_looks_like_it(text):
    assert not concepts(text)


def test_what_is_refused_and_what_fails_become_rules():
    text = SHOP + (
        "## 주문 취소 API\n\n- 실패 기준\n  - 주문 상태 COMPLETED → 400 Bad Request\n  - 환불 API 실패 → 502 Bad Gateway\n"
        "  - 필드 누락 → 400 Bad Request\n  - DB 저장 실패 → 500 Internal Server Error\n"
    )
    found = {rule.text: rule.subject for rule in read(text).rules}
    assert found["주문 상태 COMPLETED → 400 Bad Request"] == "주문 취소 API"
    assert found["환불 API 실패 → 502 Bad Gateway"] == "주문 취소 API"
    assert not any("필드" in rule or "DB" in rule for rule in found)


def test_what_completes_by_itself_is_a_rule():
    rules = [rule.text for rule in read(MARKET + "## Completion\n\n- Automatic completion for past bookings\n").rules]
    assert rules.count("Automatic completion for past bookings") == 1
