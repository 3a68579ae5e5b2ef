import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from opslead.errors import InputErrors
from opslead.intake.extract import extract
from opslead.intake.page.readers import Source
from opslead.model.document import ServiceText


def read(*texts):
    return extract([Source(f"s{i}.md", text, "") for i, text in enumerate(texts, 1)])


SAUNA = """# 바닷가 사우나 예약

해변 사우나 2곳(총 12개 부스)을 앱으로 예약받는다. 전화 예약은 접수 직원이 엑셀에 적는다.

## 사용자
- 손님: 앱으로 예약한다.
- 접수 직원: 1명, 매일 09:00~18:00. 환불 승인은 건당 5만원까지 전결.

## 흐름
부스 선택 → 부스 5분 선점 → 결제(PG 콜백) → 예약 확정 → 입장

취소: 3일 전 100%, 1일 전 50% 환불, 당일 환불 없음.

하루 평균 예약 40건. 노쇼율 7%. 객단가 3만원.
"""


def test_a_short_description_is_understood_as_a_whole():
    service = read(SAUNA)
    assert service.name == "바닷가 사우나 예약"
    assert (service.language, service.currency) == ("ko", "KRW")
    main = service.flows[0]
    assert [s.kind for s in main.steps] == ["request", "hold", "charge", "confirm", "check_in"]
    assert "cancel" in {way.kind for way in main.exits}
    assert {a.name for a in service.actors} == {"손님", "접수 직원"}
    assert {"spreadsheet", "phone_booking", "no_show"} <= {m.concept for m in service.mentions}
    assert any(rate.share.value == "7%" for rate in service.rates)


def test_what_an_actor_does_in_a_flow_stands_with_the_actor():
    service = read(
        "# Yard\n\n## Users\n- Renter: hires boats\n- Clerk: 1 person\n\n## Flow\nRenter pays → Clerk checks the licence\n"
    )
    does = {a.name.lower(): a.does for a in service.actors}
    assert "verify" in does["clerk"]
    assert "charge" in does["renter"]


def test_names_in_steps_are_names_of_entities():
    service = read(SAUNA)
    actors = {a.name for a in service.actors} | {""}
    partners = {p.name for p in service.partners} | {""}
    resources = {r.name for r in service.resources} | {""}
    for step in (s for flow in service.flows for s in flow.steps):
        assert step.actor in actors
        assert step.partner in partners
        assert step.resource in resources


def test_what_gave_nothing_is_listed_with_its_line():
    service = read(SAUNA + "\n오래된 등대 옆이라 풍경이 곱다.\n")
    assert [(u.text, u.at) for u in service.unread][-1] == ("오래된 등대 옆이라 풍경이 곱다.", "s1.md:16")


def test_a_section_set_aside_is_listed_once():
    service = read(SAUNA + "\n## 기술 스택\n\n- 서버는 구름에 있다\n- 화면은 파랗다\n- 글꼴은 둥글다\n")
    assert [u.text for u in service.unread if "기술" in u.text] == ["기술 스택"]
    assert not any("글꼴" in u.text for u in service.unread)


def test_several_sources_are_one_service():
    service = read("# 사우나\n\n손님이 예약하고 카드로 결제한다.\n", "# 부록\n\n접수 직원이 환불을 처리한다.\n")
    assert {"s1.md:3", "s2.md:3"} <= {s.at for flow in service.flows for s in flow.steps}


def test_the_currency_is_the_one_of_most_amounts():
    assert read("A shop. Customers pay 5 EUR or 9 EUR by card; tourists pay $4. Staff refund 3 EUR.").currency == "EUR"
    assert read("A shop where customers pay by card. Primary currency: XAF").currency == "XAF"
    assert read("A shop where customers pay by card.").currency == ""


@pytest.mark.parametrize(
    "text", ["", "   \n\n", "Blue is a colour of the sky and of deep water.", "하늘은 파랗고 바다는 깊다."]
)
def test_a_text_without_a_service_is_refused_with_a_hint(text):
    with pytest.raises(InputErrors) as caught:
        read(text)
    assert caught.value.problems[0].place.source == "s1.md"
    assert caught.value.problems[0].hint


def test_no_source_at_all_is_refused():
    with pytest.raises(InputErrors):
        extract([])


def test_the_same_text_gives_the_same_model():
    assert read(SAUNA) == read(SAUNA)


_LINES = st.sampled_from(
    [
        *SAUNA.split("\n"),
        "| 단계 | 작업 | 담당 |",
        "|---|---|---|",
        "| 1 | 환불 | 직원 |",
        "```",
        "a -> b -> c",
        "> note",
        "1. The host accepts",
        "$1,000",
        "(((",
        "\t- x",
    ]
)


@settings(deadline=None, max_examples=40)
@given(st.lists(_LINES, max_size=20).map("\n".join))
def test_any_mixture_gives_a_valid_model_or_a_refusal(text):
    try:
        service = read(text)
    except InputErrors:
        return
    assert ServiceText.model_validate(service.model_dump()) == service
    assert all(u.at.startswith("s1.md:") for u in service.unread)


def test_time_grows_with_length_only():
    def seconds(times):
        text = "\n".join(SAUNA.replace("5분", f"{n % 50 + 3}분") for n in range(times))
        start = time.process_time()
        read(text)
        return time.process_time() - start

    read(SAUNA)  # the words are loaded
    short, long = seconds(12), seconds(48)
    assert long < 8 * short + 0.5
