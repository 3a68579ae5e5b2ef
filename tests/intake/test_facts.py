"""Facts of a description: the right kind, the right subject, the quotation, and nothing made of mere numbers."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from opslead.intake.exits import exits
from opslead.intake.facts import beside, facts
from opslead.intake.page.passages import passages
from opslead.intake.personal import personal_data, seasons
from opslead.model.document import (
    ClockText,
    FlowText,
    KpiText,
    LimitText,
    MoneyText,
    RateText,
    Said,
    ServiceText,
    StepText,
    VolumeText,
)
from opslead.model.resolve import resolve


def read(text):
    return tuple(facts(passages(text, "t.md")))


def only(text):
    found = read(text)
    assert len(found) == 1, found
    return found[0]


def values(fact):
    named = {}
    for name in ("length", "time", "amount", "share", "due", "target"):
        said = getattr(fact, name, None)
        if said is not None:
            named[name] = said.value
    return named


@pytest.mark.parametrize(
    ("text", "kind", "subject", "length"),
    [
        ("좌석을 7분 선점합니다.", "ttl", "선점", "7분"),
        ("가상계좌는 6시간 안에 입금해야 한다.", "deadline", "가상계좌 입금", "6시간"),
        ("- 재고 조회 재시도: 20초 간격", "retry", "재고 조회 재시도", "20초"),
        ("방문 기록은 60일 후 자동 삭제한다.", "retention", "방문 기록", "60일"),
        ("미방문 시 15분 후 자동 취소", "timeout", "미방문", "15분"),
        ("상품 수령 후 7일 이내 반품 신청", "window", "반품", "7일"),
        ("예약은 최소 3일 전에 신청합니다.", "lead", "신청", "3일"),
        ("수업 하루 전 알림을 보냅니다.", "reminder", "알림", "1일"),
        ("카드사 정산 주기는 14일이다.", "cycle", "정산", "14일"),
        ("결과는 보통 3일 소요됩니다.", "latency", "소요", "3일"),
        ("The slot is held for 8 minutes.", "ttl", "slot", "8 minutes"),
        ("The host has 12 hours to respond.", "deadline", "host has to respond", "12 hours"),
        ("Claims must be filed within 10 days.", "window", "Claims to be filed", "10 days"),
        ("Recordings are deleted after 3 weeks.", "retention", "Recordings are deleted", "3 weeks"),
        ("Bookings are cancelled automatically after 45 minutes without payment.", "timeout", "Bookings", "45 minutes"),
        ("Book at least 2 days in advance.", "lead", "Book", "2 days"),
        ("Meter data can arrive up to 36 hours later.", "latency", "Meter data", "36 hours"),
        ("Stock is synchronised every 10 minutes.", "cycle", "Stock is synchronised", "10 minutes"),
    ],
)
def test_lengths_of_time(text, kind, subject, length):
    clock = only(text)
    assert isinstance(clock, ClockText)
    assert (clock.kind, values(clock)) == (kind, {"length": length})
    assert subject in clock.subject
    assert clock.given in text
    assert clock.at == "t.md:1"


def test_a_subject_is_a_phrase_and_not_the_sentence():
    clock = only("강좌를 신청한 회원이 취소하지 않고 오지 않으면 강사는 20분 이내 관리자에게 알려야 합니다.")
    assert 0 < len(clock.subject) < 40


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("영업시간: 09:30~21:00", {"opening": "09:30", "cutoff": "21:00"}),
        ("체크인 오후 4시, 체크아웃 10시까지", {"opening": "16:00", "cutoff": "10:00"}),
        ("Orders before 1 PM ship the same day.", {"cutoff": "13:00"}),
        ("매일 03:00 정산 배치", {"cycle": "03:00"}),
    ],
)
def test_times_of_day(text, expected):
    assert {c.kind: c.time.value for c in read(text) if c.time} == expected


def test_the_day_of_a_schedule_goes_with_its_time():
    clock = only("매월 1일 09:00 다음 달 수강 신청 오픈")
    assert clock.kind == "opening"
    assert clock.subject.startswith("매월 1일")


@pytest.mark.parametrize(
    "text", ["상담원 근무 09:00~18:00", "Support desk: Mon-Fri 9am-5pm", "정비사 2명, 평일 10:00~19:00"]
)
def test_shifts_of_staff_are_no_opening_hours(text):
    assert not [f for f in read(text) if isinstance(f, ClockText)]


@pytest.mark.parametrize(
    ("text", "kind", "expected"),
    [
        ("평균 객단가 4만 5천원", "ticket", {"amount": "4만 5천원"}),
        ("플랫폼 수수료 12%", "commission", {"share": "12%"}),
        ("보증금 5만원을 받는다.", "deposit", {"amount": "5만원"}),
        ("카드로 3만원을 가승인한다.", "preauthorization", {"amount": "3만원"}),
        ("노쇼 위약금 1만원", "penalty", {"amount": "1만원"}),
        ("결제 금액의 3% 포인트 적립", "points", {"share": "3%"}),
        ("환불 승인은 건당 15만원까지 전결", "authority", {"amount": "15만원"}),
        ("강사 정산은 매월 15일 지급", "settlement", {"due": "매월 15일"}),
        ("정기권 월 9만원 구독", "subscription", {"amount": "9만원"}),
        ("배달비 3,000원", "fee", {"amount": "3,000원"}),
        ("4만원 이상 주문 시 무료배송", "threshold", {"amount": "4만원"}),
        ("The platform keeps a 15% commission.", "commission", {"share": "15%"}),
        ("Idle fee of 0.4 EUR a minute", "penalty", {"amount": "0.4 EUR"}),
        ("Hosts are paid weekly on Monday.", "settlement", {"due": "weekly on Monday"}),
        ("Agents may refund up to 30 EUR.", "authority", {"amount": "30 EUR"}),
        ("Average ticket 19 EUR", "ticket", {"amount": "19 EUR"}),
        ("10% off for members", "discount", {"share": "10%"}),
        ("Finance reconciles the bank statement every month.", "reconciliation", {"due": "every month"}),
    ],
)
def test_money(text, kind, expected):
    rule = only(text)
    assert isinstance(rule, MoneyText)
    assert (rule.kind, values(rule)) == (kind, expected)


def test_a_range_of_money_gives_both_ends():
    assert [f.share.value for f in read("Service fee 12-18% of each ride")] == ["12%", "18%"]


def test_a_payout_names_who_is_paid_and_a_bill_is_no_payout():
    assert only("본사는 매달 20일 가맹점에 정산한다.").payee == "가맹점"
    assert only("Fleets pay by monthly invoice.").kind == "invoice"


@pytest.mark.parametrize(
    ("text", "kind", "share"),
    [
        ("노쇼율 5%", "no_show", "5%"),
        ("8% of reservations are not used", "no_show", "8%"),
        ("주말 점유율 92%", "occupancy", "92%"),
        ("취소율은 11%이다.", "cancel", "11%"),
        ("전화 예약 비중 30%", "channel", "30%"),
    ],
)
def test_rates(text, kind, share):
    rate = only(text)
    assert isinstance(rate, RateText)
    assert (rate.kind, rate.share.value) == (kind, share)


def test_an_enumeration_goes_on_with_the_kind_before():
    first, second = read("여름 주말 점유율 90%, 겨울 평일 15%.")
    assert (first.kind, second.kind) == ("occupancy", "occupancy")
    assert second.subject == "겨울 평일"


@pytest.mark.parametrize(
    ("text", "kind", "amount", "per"),
    [
        ("하루 평균 예약 70건", "cases", "70", "day"),
        ("about 1,200 sessions a day", "cases", "1,200", "day"),
        ("오픈 때 5분 동안 2,000명이 접속한다.", "visitors", "2,000", "5분"),
        ("주말에는 평소의 2.5배가 몰린다.", "peak_factor", "2.5", ""),
        ("peaks at 3x on Fridays", "peak_factor", "3", ""),
        ("하루 40건의 문의를 받는다.", "tickets", "40", "day"),
    ],
)
def test_volumes(text, kind, amount, per):
    volume = next(f for f in read(text) if isinstance(f, VolumeText))
    assert (volume.kind, volume.amount.value, volume.per) == (kind, amount, per)


@pytest.mark.parametrize(
    ("text", "bound", "amount", "unit"),
    [
        ("배송지 관리 (최대 4개)", "max", "4", "개"),
        ("Add up to 6 photos", "max", "6", "photos"),
        ("하루 최대 2건", "max", "2", "건/day"),
        ("최소 3명부터 진행", "min", "3", "명"),
        ("서비스는 9종이다.", "exact", "9", "종"),
        ("전송 실패 시 4회 재시도", "max", "4", "회"),
        ("도착 300m 이내 알림", "max", "300", "m"),
        ("Lessons are 50 minutes long.", "exact", "50", "minutes"),
    ],
)
def test_limits(text, bound, amount, unit):
    limit = next(f for f in read(text) if isinstance(f, LimitText))
    assert (limit.bound, limit.amount.value, limit.unit) == (bound, amount, unit)


def test_a_range_is_two_limits():
    found = read("- Photo gallery (3-8 photos)")
    assert [(f.bound, f.amount.value) for f in found] == [("min", "3"), ("max", "8")]


def test_a_score_table_keeps_its_entries():
    found = read("### 신뢰 점수\n- 5점: +2.0, 1점: -1.5")
    assert [(f.subject, f.amount.value, f.unit) for f in found] == [
        ("신뢰 점수 5점", "2.0", "상승"),
        ("신뢰 점수 1점", "1.5", "하락"),
    ]


def test_parameter_tables_take_the_unit_from_name_and_meaning():
    text = (
        "| 파라미터 | 기본값 | 설명 |\n|---|---|---|\n| HOLD_TTL_MINUTES | 8 | 미결제 좌석 선점 시간(분) |\n"
        "| CANCEL_FEE_PERCENT | 10 | 취소 수수료 비율 |\n| MAX_SEATS | 6 | 최대 예매 좌석 수 |\n"
    )
    hold, seats, fee = sorted(read(text), key=lambda f: type(f).__name__)
    assert (hold.kind, hold.length.value, hold.subject.split()[0]) == ("ttl", "8분", "HOLD_TTL_MINUTES")
    assert (seats.bound, seats.amount.value) == ("max", "6")
    assert (fee.kind, fee.share.value) == ("penalty", "10%")


def test_rows_are_named_by_row_and_column():
    text = "| 구분 | 수집 주기 | 정확도 |\n|---|---|---|\n| 기사 (운행 중) | 3~4초 | 높음 |\n"
    clock = only(text)
    assert (clock.kind, clock.subject, clock.length.value) == ("cycle", "기사 (운행 중) 수집 주기", "4초")


def test_targets_are_measures_of_success():
    text = (
        "# 앱\n## 성공 지표\n| 지표 | 목표 |\n|---|---|\n| 평균 배송 시간 | 40분 이내 |\n\n"
        "## Goals\n- Completion rate > 90%\n- Markets: 3 cities by June\n"
    )
    found = read(text)
    assert all(isinstance(f, KpiText) for f in found)
    assert [(f.name, f.target.value) for f in found] == [
        ("평균 배송 시간", "40분 이내"),
        ("Completion rate", "> 90%"),
        ("Markets", "3 cities by June"),
    ]


def test_what_the_system_promises_is_a_service_level():
    clock = only("# 앱\n## 성능\n- 예약 요청 처리: 2초 이내\n")
    assert (clock.kind, clock.subject) == ("sla", "예약 요청 처리")


@pytest.mark.parametrize(
    "text",
    [
        "# 앱\n## 기술 스택\n- Redis TTL 30초, 서버 3대",
        "# App\n## Responsive breakpoints\n- md: 768 points",
        "# App\n## Implementation timeline\n- Phase 1: 4 weeks, 3 developers",
        "# 앱\n## 비용 추정\n- 서버 월 30만원",
        "# App\n## Personas\n- Anna, 34, has 2 children and 20 years of experience",
        "- 버전 1.2.3, 작성일 2025-02-03",
        "- 12개 카드 그리드",
        "- 일별/주별/월별 매출 통계",
        "- Tabs: 3 pages",
    ],
)
def test_numbers_that_rule_nothing(text):
    assert read(text) == ()


def test_numbers_of_a_ladder_are_left_to_the_exits():
    assert read("취소: 5일 전 100%, 2~4일 전 40% 환불") == ()


def test_an_amount_as_label_takes_its_subject_from_the_list():
    clock = only("- 예약 취소\n  - 12시간 이내: 상대방에게 알린 뒤 취소")
    assert clock.kind == "window"
    assert clock.subject.startswith("예약 취소")


def test_each_fact_is_kept_once():
    assert len(read("노쇼율 4%.\n\n노쇼율 4%.")) == 1


SENTENCES = [
    "좌석은 10분 선점되고 결제하지 않으면 해제된다.", "Refunds take 3 to 5 business days.", "수수료 7%, 배달비 3,000원.",
    "하루 평균 주문 80건, 피크 3배.", "취소: 7일 전 100%, 3~6일 전 50%, 당일 환불 없음.", "노쇼율 4%", "영업 09:00~25:00",
    "Payouts run weekly on Monday, net 30.", "- 5점: -0.5", "| a | 기본값 |\n|---|---|\n| X_HOURS | 3 |", "D+2 정산, D-1 18:00 마감",
    "체크인 24:30", "0분 후", "1억 2천만원 이하", "최대 1,000,000 users", "-3%", "5~3일", "200%", "매월 31일 10:00 오픈",
    "Full refund within 24 hours of arrival", "반경 3km, 500m 이내", "48+ hours: Full refund", "# 성공 지표", "# Performance",
]  # fmt: skip


@settings(max_examples=150, deadline=None)
@given(st.lists(st.sampled_from(SENTENCES), max_size=6), st.sampled_from(["\n", "\n\n", " ", "\n- "]))
def test_everything_written_is_read_by_the_model(parts, joint):
    text = joint.join(parts)
    read_passages = passages(text, "t.md")
    found = facts(read_passages)
    ways = exits(read_passages)
    service = ServiceText(
        name="t", currency="KRW", clocks=found.clocks, limits=found.limits, rates=found.rates, volumes=found.volumes,
        money=found.money, kpis=found.kpis, personal_data=personal_data(read_passages), seasons=seasons(read_passages),
        flows=(FlowText(name="f", steps=(StepText(kind="request"),), exits=ways),),
    )  # fmt: skip
    resolve(service)
    folded = [" ".join(p.text.split()) for p in read_passages]
    for fact in (*found, *ways):
        assert any(fact.given in p for p in folded), (fact.given, folded)
        assert fact.at.startswith("t.md:")
        assert getattr(fact, "subject", "") or getattr(fact, "name", "")


def test_a_count_that_an_actor_or_resource_states_is_no_limit_of_its_own():
    found = facts(passages("호스트 4곳에 좌석 96석, 1인당 최대 2석", "t.md"))
    kept = beside(found.limits, [Said(value="96", at="t.md:1"), None, Said(value="4", at="t.md:9")])
    assert [(x.bound, x.amount.value) for x in kept] == [("exact", "4"), ("max", "2")]


def test_another_statement_of_the_sentence_does_not_inherit_the_kind_of_a_share():
    found = [(r.kind, str(r.share.value)) for r in read("No-shows about 12%, we sell 10% more desks than we have.")]
    assert found == [("no_show", "12%"), ("overbooking", "10%")]


def test_a_normal_day_is_a_day():
    volume = only("Around 190 check-ins on a normal day.")
    assert (volume.kind, volume.amount.value, volume.per) == ("cases", "190", "day")
