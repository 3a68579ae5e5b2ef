"""Amounts in running text: what is found, what is passed over, and that the model's parsers read every value."""

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from opslead.intake.amounts.numerals import value_of
from opslead.intake.amounts.quantities import Sort, find
from opslead.model.calendar import parse_hours
from opslead.model.measure import parse_duration, parse_money, parse_number, parse_relative_day, parse_share


def only(text):
    found = find(text)
    assert len(found) == 1, found
    return found[0]


@pytest.mark.parametrize(
    ("text", "value", "low"),
    [
        ("10분 선점", "10분", ""),
        ("hold for 90 seconds", "90 seconds", ""),
        ("1시간 30분 소요", "1시간 30분", ""),
        ("30초~1분마다", "1분", "30초"),
        ("5 to 40 seconds behind", "40 seconds", "5 seconds"),
        ("영업일 기준 3~5일", "5영업일", "3영업일"),
        ("within two weeks", "2 weeks", ""),
        ("answered within a day", "1 day", ""),
        ("half an hour later", "0.5 hour", ""),
        ("사흘 안에", "3일", ""),
        ("두 시간 전", "2시간", ""),
        ("십오 분", "15분", ""),
        ("48+ hours", "48 hours", ""),
        ("a 24h timeout", "24h", ""),
    ],
)
def test_durations(text, value, low):
    measure = only(text)
    assert (measure.sort, measure.value, measure.low) == (Sort.DURATION, value, low)


def test_a_list_of_lengths_is_several_amounts():
    assert [m.value for m in find("시간권(2/4/6시간)")] == ["2시간", "4시간", "6시간"]


@pytest.mark.parametrize(
    ("text", "value", "low"),
    [
        ("배달비 3,000원", "3,000원", ""),
        ("객단가 7만 2천원", "7만 2천원", ""),
        ("3~5만원", "5만원", "3만원"),
        ("1억 2천만원", "1억 2천만원", ""),
        ("pay $10-25", "$25", "$10"),
        ("0.5 EUR a minute", "0.5 EUR", ""),
        ("$5 million fund", "$5000000", ""),
        ("20 to 30 dollars", "30 dollars", "20 dollars"),
    ],
)
def test_money(text, value, low):
    measure = only(text)
    assert (measure.sort, measure.value, measure.low) == (Sort.MONEY, value, low)


@pytest.mark.parametrize(
    ("text", "sort", "value"),
    [
        ("점유율 98%", Sort.SHARE, "98%"),
        ("ninety-five percent", Sort.SHARE, "95%"),
        ("체크인 오후 3시", Sort.TIME, "15:00"),
        ("checkout 11 am", Sort.TIME, "11:00"),
        ("자정에 마감", Sort.TIME, "00:00"),
        ("평일 10:00~19:00", Sort.HOURS, "평일 10:00~19:00"),
        ("오후 1~5시", Sort.HOURS, "오후 1~오후 5시"),
        ("3-5pm", Sort.HOURS, "3pm-5pm"),
        ("매월 10일", Sort.SCHEDULE, "매월 10일"),
        ("on the 5th of each month", Sort.SCHEDULE, "on the 5th of each month"),
        ("every Tuesday", Sort.SCHEDULE, "every Tuesday"),
        ("D-7까지", Sort.DAY, "D-7"),
        ("peaks at 4x", Sort.FACTOR, "4"),
        ("평일의 1.8배", Sort.FACTOR, "1.8"),
        ("3,000명이 접속", Sort.COUNT, "3,000"),
        ("삼백오십만 명", Sort.COUNT, "3500000"),
    ],
)
def test_other_sorts(text, sort, value):
    measure = only(text)
    assert (measure.sort, measure.value) == (sort, value)


@pytest.mark.parametrize(
    "text",
    [
        "Next.js 16.1.1, React 18, TLS 1.3",
        "작성일 2026-01-13, 2026년 3월 15일",
        "December 8, 2024",
        "#0B1C2D, minimum 48px, 44x44",
        "메뉴 없음 → 404 Not Found",
        "문의 02-1234-5678",
        "AES-256, SHA-256, B2B",
        "§9, Phase 1, 2단계, 제3자",
        "1:1 문의, 1:N",
        "in 2019 the company",
        "/api/v1/orders/12",
        "분기의 3분의 1",
        "24:30",
    ],
)
def test_numbers_that_are_no_amounts(text):
    assert find(text) == ()


@pytest.mark.parametrize(
    ("text", "bound", "relation", "per"),
    [
        ("하루 최대 3건", "max", "", "day"),
        ("10개 이상", "min", "", ""),
        ("최대 인원 4명", "max", "", ""),
        ("up to 5 photos", "max", "", ""),
        ("at least 2 hours before", "min", "before", ""),
        ("24시간 이내", "max", "within", ""),
        ("90일 후", "", "after", ""),
        ("15초 간격", "", "every", ""),
        ("1인당 2매까지", "max", "", "person"),
        ("450 orders per week", "", "", "week"),
        ("$4 a day", "", "", "day"),
        ("more than 25,000 bikes", "min", "", ""),
    ],
)
def test_the_words_around_bound_an_amount(text, bound, relation, per):
    measure = only(text)
    assert (measure.bound, measure.relation, measure.per) == (bound, relation, per)


def test_metres_and_minutes_are_told_apart():
    assert only("500m 이내 도착 시 알림").unit == "m"
    assert only("retry after 5m").sort is Sort.DURATION


def test_english_counts_take_the_noun_that_is_counted():
    assert only("38 fast-charging sites along the road").unit == "fast-charging sites"
    assert only("3 time preferences for each request").unit == "time preferences"


def test_places_are_of_the_text():
    text = "환불은 영업일 3일 이내, 수수료 10%입니다."
    for measure in find(text):
        assert text[measure.start : measure.end] == measure.text


@pytest.mark.parametrize(
    ("words", "number"),
    [("seven", 7), ("twenty-five", 25), ("five million", 5_000_000), ("열", 10), ("삼백오십만", 3.5e6)],
)
def test_numbers_in_words(words, number):
    assert value_of(words) == number


def test_words_that_are_no_numbers():
    assert value_of("several") is None


PARSERS = {
    Sort.DURATION: parse_duration,
    Sort.MONEY: parse_money,
    Sort.SHARE: parse_share,
    Sort.HOURS: parse_hours,
    Sort.DAY: parse_relative_day,
    Sort.COUNT: parse_number,
    Sort.NUMBER: parse_number,
    Sort.FACTOR: parse_number,
}
NUMBERS = st.one_of(
    st.integers(0, 99999).map(str),
    st.integers(1000, 9_999_999).map("{:,}".format),
    st.floats(0, 99, allow_nan=False).map("{:.1f}".format),
    st.sampled_from(["two", "twenty-five", "five million", "두", "열", "7만 2천", "3만", "1억"]),
)
UNITS = st.sampled_from(
    [
        "분",
        "시간",
        "일",
        "영업일",
        "주",
        "개월",
        "%",
        "퍼센트",
        "원",
        "만원",
        " EUR",
        " dollars",
        "명",
        "건",
        "회",
        "개",
        "m",
        "h",
        " days",
        "-minute",
        "x",
        "배",
        "시",
        ":30",
        " pm",
        "km",
        "점",
        " people",
        " orders",
        "",
        "k",
        "M",
        "년",
        "초",
    ]
)
AROUND = st.sampled_from(
    [
        "",
        " ",
        "최대 ",
        "~",
        "-",
        " to ",
        "/",
        " 이내",
        " 전",
        "D-",
        "$",
        "€",
        "매월 ",
        "평일 ",
        "(",
        ")",
        ", ",
        "하루 ",
        "<",
        "+",
        ": ",
        " 후 ",
    ]
)


@settings(max_examples=400, deadline=None)
@given(st.lists(st.one_of(NUMBERS, UNITS, AROUND), max_size=12).map("".join))
def test_every_value_is_read_by_the_model(text):
    for measure in find(text):
        assert text[measure.start : measure.end] == measure.text
        parse = PARSERS.get(measure.sort)
        for value in filter(None, (measure.value, measure.low)):
            assert parse is None or parse(value) is not None, (text, measure)
        if measure.sort is Sort.TIME:
            hour, minute = map(int, measure.value.split(":"))
            assert minute <= 59
            assert hour * 60 + minute <= 24 * 60


@settings(max_examples=200, deadline=None)
@given(st.text(max_size=200))
def test_any_text_is_read(text):
    assert all(m.value for m in find(text))


@pytest.mark.parametrize(
    "piece",
    [
        "1",
        "1,",
        "1 ~ ",
        "(",
        "1만 ",
        "10% ",
        "12:00~",
        "Mon-",
        "월~",
        "최대 ",
        "a ",
        "one ",
        "일이삼",
        "+",
        "/a",
        "1 2",
        "시 ",
    ],
)
def test_reading_is_linear(piece):
    def spent(length):
        start = time.process_time()
        find(piece * (length // len(piece)))
        return time.process_time() - start

    spent(1_000)
    assert spent(40_000) < 12 * max(spent(10_000), 0.05)  # quadratic would be 16 times


@pytest.mark.parametrize("text", ["1001~0%", "7,32810.27만 2천명"])
def test_numbers_past_all_sense_are_no_values_that_the_model_refuses(text):
    for measure in find(text):
        parse = PARSERS.get(measure.sort)
        assert all(parse is None or parse(value) is not None for value in filter(None, (measure.value, measure.low)))


@pytest.mark.parametrize(
    ("text", "value"), [("평소의 두 배", "2"), ("평소의 3배", "3"), ("평소의 열 배", "10"), ("1.5배", "1.5")]
)
def test_a_factor_in_words_has_a_number(text, value):
    (measure,) = [m for m in find(text) if m.sort is Sort.FACTOR]
    assert measure.value == value


def test_working_days_that_no_calendar_holds_are_no_length():
    assert not [m for m in find("정산은 영업일 기준 99999999일 뒤다") if m.sort is Sort.DURATION]
