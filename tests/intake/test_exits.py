"""Ways out with their ladders: sentences, lists, tables, sections; and what belongs to no ladder."""

import pytest

from opslead.intake.amounts.ladders import rungs
from opslead.intake.exits import exits, ladder_spans
from opslead.intake.page.passages import passages
from opslead.model.document import ActorText
from opslead.model.steps import Role


def read(text, actors=()):
    return exits(passages(text, "t.md"), actors)


def ladder(way):
    return [(tier.until, tier.share.value if tier.share else None) for tier in way.tiers]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "취소: 10일 전 100%, 5~9일 전 60%, 1~4일 전 30% 환불, 당일 환불 없음.",
            [("D-10", "100%"), ("D-5", "60%"), ("D-1", "30%"), ("당일", "0%")],
        ),
        (
            "취소는 이용 6일 전까지 전액 환불, 2일 전까지 40% 환불되며, 이후에는 환불되지 않습니다.",
            [("D-6", "100%"), ("D-2", "40%"), ("시작 전", "0%")],
        ),
        (
            "- Cancellation policy\n  - 36+ hours: Full refund\n  - 12-36 hours: 50% refund\n  - <12 hours: No refund",
            [("36h", "100%"), ("12h", "50%"), ("before the start", "0%")],
        ),
        (
            "Free cancellation up to 8 hours before the lesson. Cancellations within 8 hours are charged 40%.",
            [("8h", "100%"), ("before the start", "60%")],
        ),
        (
            "## 환불 기준\n- 이용 8일 전: 위약금 없음\n- 이용 4일 전: 20% 공제\n- 이용 1일 전: 환불 불가",
            [("D-8", "100%"), ("D-4", "80%"), ("D-1", "0%")],
        ),
        (
            "## Refunds\n| Notice given | Refund |\n|---|---|\n| More than 60 hours | 100% |\n| 20-60 hours | 50% |\n"
            "| Less than 20 hours | None |\n",
            [("60h", "100%"), ("20h", "50%"), ("before the start", "0%")],
        ),
        (
            "## 취소\n| 시점 | 취소 수수료 |\n|---|---|\n| 6일 전 | 없음 |\n| 2일 전 | 30% |\n",
            [("D-6", "100%"), ("D-2", "70%")],
        ),
        ("주문 취소는 포장 시작 전까지 가능합니다.", [("포장 시작 전", None)]),
        ("Customers can cancel until the kitchen starts.", [("until the kitchen starts", None)]),
        ("- 예약 취소\n  - 24시간 전: 자유롭게 취소", [("24h", None)]),
    ],
)
def test_ladders(text, expected):
    way = read(text)[0]
    assert way.kind == "cancel"
    assert ladder(way) == expected


def test_weather_and_no_show_are_rungs_and_exits_of_their_own():
    ways = {way.kind: way for way in read("취소: 3일 전 100%, 당일·노쇼 환불 없음. 호우 특보 시 전액 환불.")}
    assert ladder(ways["cancel"]) == [
        ("D-3", "100%"),
        ("노쇼", "0%"),
        ("당일", "0%"),
        ("호우 특보", "100%"),
    ]
    assert ladder(ways["no_show"]) == [("노쇼", "0%")]
    assert ladder(ways["weather"]) == [("호우 특보", "100%")]


def test_a_table_with_a_column_for_each_season_is_several_ladders():
    text = "## 취소 수수료\n| 시점 | 비수기 | 성수기 |\n|---|---|---|\n| 9일 전 | 없음 | 10% |\n| 당일 | 40% | 80% |\n"
    low, high = read(text)
    assert ladder(low) == [("D-9", "100%"), ("당일", "60%")]
    assert ladder(high) == [("D-9", "90%"), ("당일", "20%")]
    assert ("비수기" in low.name, "성수기" in high.name) == (True, True)


def test_a_heading_is_the_case_and_its_items_the_outcome():
    actors = (ActorText(name="renter", role=Role.CUSTOMER), ActorText(name="owner", role=Role.SUPPLIER))
    text = (
        "# Boats\n## Edge cases\n### Renter cancels < 10h before\n- No refund\n- Full payout to owner\n"
        "### No-show by owner\n- Renter reports in the app\n- Full refund + $5 credit\n"
        "### Dispute filed within 36h\n- Payment held\n"
    )
    cancel, no_show, dispute = read(text, actors)
    assert (cancel.kind, cancel.by, ladder(cancel)) == ("cancel", "renter", [("before the start", "0%")])
    assert (no_show.kind, no_show.by, ladder(no_show)) == ("no_show", "owner", [("no-show", "100%")])
    assert (dispute.kind, dispute.within.value) == ("dispute", "36h")


def test_two_persons_no_shows_are_two_exits():
    text = (
        "## Cancellation cases\n| Case | Handling |\n|---|---|\n| Coach no-show | Full refund |\n"
        "| Student no-show | No refund |\n"
    )
    assert [(way.name, ladder(way)) for way in read(text)] == [
        ("Coach no-show", [("no-show", "100%")]),
        ("Student no-show", [("no-show", "0%")]),
    ]


def test_a_window_after_payment_is_no_time_before_the_use():
    way = read("결제 후 5일 이내, 미사용 시 전액 환불합니다.")[0]
    assert ladder(way) == [("결제 후 5일 이내", "100%")]
    assert way.within.value == "5일"


def test_a_mere_mention_gives_one_exit_of_its_kind():
    ways = read("고객은 예약을 취소할 수 있다. 취소하면 좌석이 풀린다. 분쟁은 관리자가 본다.")
    assert [way.kind for way in ways] == ["cancel", "dispute"]
    assert all(not way.tiers for way in ways)


@pytest.mark.parametrize(
    "text",
    [
        "# App\n## API\n| POST | /bookings/:id/cancel | 예약 취소 |",
        "# App\n## Goals\n- Reduce no-shows",
        "The customer returns home and leaves a review.",
        "매출은 20% 늘었다.",
        "7일 전에 안내 문자를 보낸다.",
    ],
)
def test_no_exits(text):
    assert read(text) == ()


def test_by_stays_empty_without_a_known_actor():
    assert read("Passengers cancel 3 days before: 50% refund")[0].by == ""


def test_spans_cover_what_a_ladder_uses():
    text = "노쇼율 4%. 취소: 7일 전 80% 환불."
    spans = ladder_spans(passages(text, "t.md"))
    covered = [key.partition("취소")[1] and key for key in spans]
    assert len(spans) == 1
    assert covered[0].endswith("취소: 7일 전 80% 환불.")


def test_every_exit_quotes_its_place():
    text = "예약 안내\n\n취소: 3일 전 100%, 당일 환불 없음."
    way = read(text)[0]
    assert way.at == "t.md:3"
    assert way.given in text
    assert all(tier.given in text and tier.share.at == "t.md:3" for tier in way.tiers)


def test_a_bare_share_is_a_rung_only_inside_a_ladder():
    assert rungs("7일 전 50%") == ()
    assert [rung.share for rung in rungs("7일 전 50%", in_ladder=True)] == ["50%"]
    assert [rung.share for rung in rungs("7일 전 50%", in_ladder=True, charged=True)] == ["50%"]
    assert [rung.share for rung in rungs("7일 전 20%", in_ladder=True, charged=True)] == ["80%"]
