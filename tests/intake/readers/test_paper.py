"""A PDF has signs at places and lines between them: what was a word, an item or a row is told from those."""

import pytest

from documents import lines, one_page, pdf, pdf_page, stream
from opslead.intake.page.readers.convert import convert
from opslead.intake.page.readers.kinds import Kind
from opslead.intake.page.readers.paper.grid import Rule, grids
from opslead.intake.page.readers.paper.spacing import spaced

EDGES, HEIGHT = (60, 140, 260, 420), 40


def read(data):
    return [line for line in convert(Kind.PDF, data, "given").text.split("\n") if line]


def pages(*contents):
    """A PDF of these pages."""
    count = len(contents)
    kids = b" ".join(b"%d 0 R" % (3 + at) for at in range(count))
    first = b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Kids[%s]/Count %d>>" % (kids, count)
    return pdf(*first, *(pdf_page(3 + count + at) for at in range(count)), *map(stream, contents))


def said(x, y, text, size=12):
    return b" BT /F1 %d Tf %d %d Td (%s) Tj ET" % (size, x, y, text.encode())


def table(top, *rows, ruled=True):
    """Rows of three cells; two lines in one cell stand above and below the middle, as browsers place them."""
    made = b""
    for at, row in enumerate(rows):
        middle = top - at * HEIGHT - HEIGHT / 2 - 4
        for left, cell in zip(EDGES, row, strict=False):
            broken = cell.split("/")
            for index, text in enumerate(broken):
                made += said(left + 5, int(middle + 7 * (len(broken) - 1) - 14 * index), text)
    if ruled:
        for at in range(len(rows) + 1):
            made += b" %d %d m %d %d l S" % (EDGES[0], top - at * HEIGHT, EDGES[-1], top - at * HEIGHT)
        for x in EDGES:
            made += b" %d %d 0.7 -%d re f" % (x, top, len(rows) * HEIGHT)
    return made


HEAD = ("Role", "Who", "Hours")
ROWS = [HEAD, ("Member", "books in the app/or by phone", ""), ("Volunteer at/the counter", "hands out", "10:00-18:00")]
MORE = [HEAD, ("Coordinator", "refunds", "09:00-15:00")]
READ = [
    "| Role | Who | Hours |",
    "| --- | --- | --- |",
    "| Member | books in the app or by phone |  |",
    "| Volunteer at the counter | hands out | 10:00-18:00 |",
]


def test_a_ruled_table_has_its_cells_however_their_words_wrap():
    before, after = said(60, 780, "Who takes part in it."), said(60, 500, "How a loan goes.")
    page = before + table(760, *ROWS) + after
    assert read(one_page(page)) == ["Who takes part in it.", *READ, "How a loan goes."]


@pytest.mark.parametrize("ruled", [True, False])
def test_a_table_goes_on_over_a_page_without_its_head_again(ruled):
    first, second = [[tuple(cell.split("/")[0] for cell in row) for row in rows] for rows in (ROWS, MORE)]
    data = pages(
        table(200, *first, ruled=ruled), table(780, *second, ruled=ruled) + said(60, 600, "That is all of it.")
    )
    found = read(data)
    assert found[:2] == READ[:2]
    assert found[2:] == [
        "| Member | books in the app |  |",
        "| Volunteer at | hands out | 10:00-18:00 |",
        "| Coordinator | refunds | 09:00-15:00 |",
        "That is all of it.",
    ]


def test_tables_of_other_columns_are_two():
    data = pages(table(200, *ROWS[:2]), b" 1 0 0 1 30 0 cm" + table(780, *MORE))
    assert read(data).count("| Role | Who | Hours |") == 2


def test_a_cell_over_several_rows_is_said_in_each():
    level = [Rule(0, 0, 90), Rule(20, 40, 90), Rule(40, 0, 90)]
    (grid,) = grids(level, [Rule(0, 0, 40), Rule(40, 0, 40), Rule(90, 0, 40)])
    assert grid.first == (((0, 0), (0, 1)), ((0, 0), (1, 1)))
    assert [grid.cell(20, 5), grid.cell(60, 5), grid.cell(60, 41)] == [(0, 0), (1, 1), None]


def test_a_frame_is_no_table():
    square = [Rule(0, 0, 90), Rule(40, 0, 90)]
    assert grids(square, [Rule(0, 0, 40), Rule(90, 0, 40)]) == ()


def test_dots_before_lines_are_bullets():
    dots = b" 60 703 4 4 re f 60 687 4 4 re f 300 600 4 4 re f" + said(60, 600, "That is all.")
    assert read(one_page(lines("Members book.", "Volunteers lend.") + dots)) == [
        "- Members book.",
        "- Volunteers lend.",
        "That is all.",
    ]


@pytest.mark.parametrize("time", ["11/26/26, 7:38 PM", "26. 11. 26. 7:38 Plan"])
def test_what_a_browser_prints_around_a_page_is_left_out(time):
    text = "Guests book a site in the app and pay by card."
    page = lines(text) + said(24, 790, time) + said(24, 12, "https://a.example/plan 1/1")
    assert read(one_page(page)) == [text]
    alone = lines(text) + said(24, 12, time)
    assert read(one_page(alone)) == [text, time]


@pytest.mark.parametrize(
    ("above", "below", "space"),
    [
        ("앱을 만들려고", "합니다", True),
        ("환불은 고객센터가 처리", "합니다", False),
        ("카드를 등", "록해 두면", False),
        ("고객센터 2명(평", "일 10시~19시)", False),
        ("10분 동안 3,000", "명이 접속한다", False),
        ("주말에는 직원이", "없어서", True),
        ("PG 콜백이 늦으면", "3분 뒤에", True),
        ("예약을 취소할 수", "있습니다", True),
        ("예약을 취소할", "수 있습니다", True),
        ("당일·", "노쇼", False),
        ("본사 CCTV", "로 봅니다", False),
    ],
)
def test_a_line_of_korean_ends_in_a_word_or_between_two(above, below, space):
    assert spaced(above, below) is space


def test_a_table_of_contents_says_nothing_of_its_own():
    heads = ("Who takes part", "How a loan goes", "What it costs", "What may go wrong", "Numbers")
    entries = b"".join(said(60, 760 - 20 * at, f"{at + 1}. {head} {'.' * 40}{at + 2}") for at, head in enumerate(heads))
    told = said(60, 780, "A library of tools.")
    text = read(pages(told + entries, said(60, 780, "Members book a tool in the app.")))
    assert text == ["A library of tools.", "Members book a tool in the app."]
