"""A source as passages: forms, headings, labels, places."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from opslead.intake.page.passages import Form, passages


def read(text):
    return passages(text, "a.md")


def texts(text, form=None):
    return [p.text for p in read(text) if form in (None, p.form)]


def test_headings_lead_to_what_stands_below():
    found = read("# 세탁소\n## 요금\n셔츠는 2천원이다.\n## 수거\n- 월요일\n")
    prose = next(p for p in found if p.form is Form.PROSE)
    item = next(p for p in found if p.form is Form.ITEM)
    assert prose.headings == ("세탁소", "요금")
    assert item.headings == ("세탁소", "수거")


def test_sentences_are_apart_and_know_their_lines():
    found = read("옷을 받는다. 이틀 뒤에\n돌려준다.\n\nIt costs 3.50 EUR, e.g. for a shirt. Coats cost more.\n")
    assert [(p.text, p.place.line) for p in found] == [
        ("옷을 받는다.", 1),
        ("이틀 뒤에", 1),
        ("돌려준다.", 2),
        ("It costs 3.50 EUR, e.g. for a shirt.", 4),
        ("Coats cost more.", 4),
    ]


def test_lines_broken_at_the_margin_are_joined_and_others_not():
    wrapped = "Members borrow a drill from the depot nearest to them and bring it back within three days to\nany other depot.\n"
    assert texts(wrapped) == [wrapped.replace("\n", " ").strip()]
    assert texts("수거는 월요일\n배송은 수요일\n") == ["수거는 월요일", "배송은 수요일"]
    labelled = "**Place:** a long street with a long name in the north of the town  \n**Hours:** 09:00-18:00\n"
    assert texts(labelled) == ["Place: a long street with a long name in the north of the town", "Hours: 09:00-18:00"]


def test_brackets_are_not_torn_apart():
    assert texts("관리인은 두 명이다(낮 1명. 밤 1명.) 그리고 쉰다.") == [
        "관리인은 두 명이다(낮 1명. 밤 1명.) 그리고 쉰다."
    ]


def test_items_carry_number_depth_group_and_label():
    found = read("1. 접수\n2. 세탁\n   - 얼룩: 따로 뺀다. 손으로 한다.\n\n- 다른 목록\n")
    first, second, spot, again, other = found
    assert (first.number, second.number, spot.number) == (1, 2, 0)
    assert (second.depth, spot.depth) == (0, 1)
    assert first.group == spot.group != other.group
    assert spot.label == again.label == "얼룩"
    assert again.text == "손으로 한다."
    assert spot.headings[-1] == "세탁"


@pytest.mark.parametrize(
    ("text", "label"),
    [
        ("- **고객**: 앱으로 예약", "고객"),
        ("- 고객 - 앱으로 예약", "고객"),
        ("- 접수 직원 2명 (주간 1명 09:00~18:00, 야간 1명): 접수", "접수 직원 2명 (주간 1명 09:00~18:00, 야간 1명)"),
        ("- 09:00~18:00 접수", ""),
        ("- 옷을 받아서 세탁한다: 그리고 돌려준다", ""),
        ("- see https://a.b/c for more", ""),
    ],
)
def test_labels(text, label):
    assert read(text)[0].label == label


def test_in_running_text_only_the_first_sentence_has_the_label():
    assert [p.label for p in read("Users: drivers and hosts. We close at six.")] == ["Users", ""]


def test_table_rows_have_cells_and_header_without_markup():
    found = read("| 역할 | **일** | 승인 |\n|---|---|---|\n| `고객` | 예약<br>결제 | ✅ |\n| 직원 | [접수](x) | ❌ |\n")
    assert [p.cells for p in found] == [("고객", "예약; 결제", "O"), ("직원", "접수", "X")]
    assert found[0].header == ("역할", "일", "승인")
    assert (found[0].text, found[0].place.line) == ("고객 | 예약; 결제 | O", 3)
    assert found[0].group == found[1].group


def test_markup_emoji_addresses_and_deleted_words_go():
    assert texts("🚀 **빠른** *수거*는 ~~월요일~~ [화요일](https://a.b) https://c.d 이다 ✅") == [
        "빠른 수거는 화요일 이다"
    ]


def test_korean_bold_beside_brackets_is_no_text():
    assert texts("**세탁(드라이)**입니다.") == ["세탁(드라이)입니다."]


def test_drawn_blocks_are_lines_and_programs_are_left_out():
    drawn = "```\n┌────────┐      ┌────────┐\n│ 접수   │─────▶│ 세탁   │\n└────────┘      └────────┘\n```\n"
    (line,) = read(drawn)
    assert line.form is Form.CODE
    assert line.text == "접수 → 세탁"
    assert line.place.line == 3
    assert not read("```ts\nconst a = 1;\n```\n")
    assert not read('```\n{\n  "status": "done"\n}\n```\n')
    assert not read("```\nsrc/\n├── app.ts\n└── main.ts\n```\n")


def test_arrow_chains_in_blocks_stay_whole():
    assert texts("```\n수거 신청 -> 수거 -> 세탁 => 배송\n```") == ["수거 신청 → 수거 → 세탁 → 배송"]


def test_mermaid_edges_read_with_the_labels_of_their_nodes():
    flow = "```mermaid\nflowchart TD\n  A[수거 신청] --> B{결제 됨?}\n  B -->|예| C((세탁))\n  style A fill:#fff\n```\n"
    assert texts(flow) == ["수거 신청 → 결제 됨?", "결제 됨? → 세탁 (예)"]
    states = "```mermaid\nstateDiagram-v2\n  [*] --> pending\n  pending --> approved : 승인\n```\n"
    assert texts(states)[-1] == "pending → approved: 승인"
    sequence = "```mermaid\nsequenceDiagram\n  participant C as 고객\n  C->>S: 수거 신청\n```\n"
    assert texts(sequence) == ["고객 → S: 수거 신청"]
    assert not texts("```mermaid\nerDiagram\n  A ||--o{ B : has\n```\n")


def test_a_bold_line_is_a_heading_until_the_next_one():
    found = read("## 운영\n**접수:**\n\n- 옷을 센다\n\n**배송**\n\n- 문 앞에 둔다\n")
    assert [p.headings[-1] for p in found if p.form is Form.ITEM] == ["접수", "배송"]


def test_a_line_with_a_colon_leads_the_block_below_it_only():
    found = read("예외는 다음과 같다:\n\n- 분실\n\n그 밖은 없다.\n")
    assert [p.headings for p in found] == [(), ("예외는 다음과 같다",), ()]


def test_plain_text_with_its_own_bullets_and_titles():
    found = read(
        "[이용 안내]\n● 접수는 9시부터\n① 옷을 센다\n② 표를 준다\n\n1. 요금\n\n셔츠는 2천원이다. 코트는 따로 정한다.\n"
    )
    assert [p.text for p in found if p.form is Form.HEADING] == ["이용 안내", "1. 요금"]
    assert [(p.text, p.number) for p in found if p.form is Form.ITEM] == [
        ("접수는 9시부터", 0),
        ("옷을 센다", 1),
        ("표를 준다", 2),
    ]


def test_front_matter_gives_the_title_and_keeps_the_lines():
    found = read("---\ntitle: 세탁소\nlayout: x\n---\n옷을 받는다.\n")
    assert [(p.text, p.place.line) for p in found] == [("세탁소", 2), ("옷을 받는다.", 5)]


def test_a_table_of_contents_is_left_out():
    assert not read("- [요금](#요금)\n- [수거](#수거)\n")


def test_check_boxes_are_no_text():
    found = read("- [ ] 접수 직원: 표를 준다\n- [x] 세탁\n")
    assert [(p.text, p.label) for p in found] == [("접수 직원: 표를 준다", "접수 직원"), ("세탁", "")]


def test_a_paragraph_over_a_rule_is_no_heading():
    long = "이 문장은 제목이라 하기에는 너무 길어서 누가 보아도 본문이고 아래의 줄은 그저 나누는 줄일 뿐이며 제목의 밑줄이 아니다"
    assert [p.form for p in read(f"{long}\n---\n")] == [Form.PROSE]


def test_a_page_without_a_full_stop_comes_in_pieces():
    found = read("세탁과 다림질 " * 2_000)
    assert max(len(p.text) for p in found) <= 1_000
    assert sum(len(p.text.split()) for p in found) == 4_000


markdown = st.text(alphabet=st.sampled_from(list("가나 a1.:-|*#`>[]()<~\n→✅{}\"'_")), max_size=300)


@settings(max_examples=300)
@given(markdown)
def test_any_text_gives_passages_within_its_lines(text):
    lines = text.count("\n") + 1
    found = read(text)
    assert found == read(text)
    for passage in found:
        assert passage.text == " ".join(passage.text.split())
        assert passage.text
        assert 1 <= passage.place.line <= lines
        assert len(passage.cells) >= 1 if passage.form is Form.ROW else True
    assert [p.group for p in found] == sorted(p.group for p in found)


@given(st.lists(st.sampled_from(["접수", "세탁", "배송", "고객"]), min_size=1, max_size=8))
def test_no_word_of_a_list_is_lost(words):
    assert texts("\n".join(f"- {word}" for word in words)) == words
