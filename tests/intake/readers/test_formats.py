"""What each format's reader makes of headings, lists, tables and numbers, and where it says that they stand."""

import datetime
import io

import docx
import openpyxl
import pytest
from docx.enum.style import WD_STYLE_TYPE

from documents import docx as by_hand
from documents import lines, one_page, package, paragraph, pptx, relations, zipped
from opslead.intake.page.passages import Form, passages
from opslead.intake.page.readers.convert import convert
from opslead.intake.page.readers.kinds import Kind
from opslead.intake.page.readers.office.formats import shown
from opslead.intake.page.readers.office.numbering import counted

A = 'xmlns:a="a"'


def read(kind, data):
    return convert(kind, data, "given")


def placed(made):
    return [(label, line) for label, line in zip(made.labels, made.text.split("\n"), strict=False) if line]


def saved(document):
    made = io.BytesIO()
    document.save(made)
    return made.getvalue()


def word():
    document = docx.Document()
    document.add_heading("Tent sites", 0)
    document.add_heading("Who", 1)
    document.add_paragraph("Guests book in the app.")
    for text, style in [
        ("first", "List Number"),
        ("second", "List Number"),
        ("inside", "List Bullet 2"),
        ("dot", "List Bullet"),
    ]:
        document.add_paragraph(text, style=style)
    bold = document.add_paragraph()
    bold.add_run("Purpose:").bold = True
    bold.add_run(" no double sale")
    table = document.add_table(rows=3, cols=3)
    for row, texts in zip(
        table.rows, [("Site", "Price", "Refund"), ("Tent|pitch", "72,000", "yes"), ("", "150,000", "no")], strict=True
    ):
        for cell, text in zip(row.cells, texts, strict=True):
            cell.text = text
    table.cell(1, 0).merge(table.cell(2, 0))
    document.add_paragraph("After the table.")
    return document


def test_word_headings_lists_labels_and_merged_cells():
    assert placed(read(Kind.WORD, saved(word()))) == [
        ("¶1", "# Tent sites"),
        ("¶2", "## Who"),
        ("¶3", "Guests book in the app."),
        ("¶4", "1. first"),
        ("¶5", "2. second"),
        ("¶6", "   - inside"),
        ("¶7", "- dot"),
        ("¶8", "**Purpose:** no double sale"),
        ("table 1 row 1", "| Site | Price | Refund |"),
        ("table 1 row 1", "| --- | --- | --- |"),
        ("table 1 row 2", "| Tent\\|pitch | 72,000 | yes |"),
        ("table 1 row 3", "| Tent\\|pitch | 150,000 | no |"),
        ("¶9", "After the table."),
    ]


NUMBERING = """<w:numbering xmlns:w="w"><w:abstractNum w:abstractNumId="0">
<w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="%1."/></w:lvl>
<w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="ganada"/><w:lvlText w:val="%2)"/></w:lvl></w:abstractNum>
<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>
<w:num w:numId="2"><w:abstractNumId w:val="0"/><w:lvlOverride w:ilvl="0"><w:startOverride w:val="5"/></w:lvlOverride></w:num>
</w:numbering>"""


def numbered(text, ident=1, depth=0, more=""):
    return paragraph(text, f'{more}<w:numPr><w:ilvl w:val="{depth}"/><w:numId w:val="{ident}"/></w:numPr>')


def test_word_numbers_are_counted_as_word_counts_them():
    body = numbered("a") + numbered("b", depth=1) + numbered("c", depth=1) + numbered("d") + numbered("e", depth=1)
    body += numbered("f", 2) + numbered("Policies", 1, 0, '<w:outlineLvl w:val="0"/>')
    parts = {
        "word/numbering.xml": NUMBERING,
        "word/_rels/document.xml.rels": relations(r1=("numbering", "numbering.xml")),
    }
    text = read(Kind.WORD, by_hand(body, **parts)).text
    assert text.split("\n")[:6] == ["1. a", "   1. b", "   2. c", "2. d", "   1. e", "5) f"]
    assert "# 6. Policies" in text


def test_word_shows_what_is_on_the_page():
    run = "<w:r><w:t>%s</w:t></w:r>"
    body = (
        f"<w:p>{run % 'kept '}<w:del><w:r><w:delText>gone</w:delText></w:r></w:del><w:ins>{run % 'added'}</w:ins></w:p>"
        f"<w:p><w:r><w:rPr><w:vanish/></w:rPr><w:t>hidden</w:t></w:r>{run % 'seen'}</w:p>"
        f"<w:sdt><w:sdtContent>{paragraph('in a control')}</w:sdtContent></w:sdt>"
        f"<w:tbl><w:tr><w:tc>{paragraph('in a frame')}</w:tc></w:tr></w:tbl>"
        "<w:p><w:r><w:txbxContent>" + paragraph("in a box") + "</w:txbxContent></w:r></w:p>"
        f"<w:p>{run % 'noted'}<w:r><w:footnoteReference w:id='2'/></w:r></w:p>"
        f"<w:p><w:moveFrom>{run % 'moved away'}</w:moveFrom></w:p>"
    )
    notes = (
        '<w:footnotes xmlns:w="w"><w:footnote w:id="2">' + paragraph("below the line") + "</w:footnote></w:footnotes>"
    )
    parts = {"word/footnotes.xml": notes, "word/_rels/document.xml.rels": relations(r1=("footnotes", "footnotes.xml"))}
    text = read(Kind.WORD, by_hand(body, **parts)).text
    said = ["kept added", "seen", "in a control", "in a frame", "in a box", "noted", "below the line"]
    assert [line for line in text.split("\n") if line] == said


def test_word_tables_of_contents_are_left_out():
    document = docx.Document()
    document.styles.add_style("toc 1", WD_STYLE_TYPE.PARAGRAPH)
    document.add_paragraph("Who … 1", style="toc 1")
    document.add_paragraph("Guests book.")
    assert read(Kind.WORD, saved(document)).text == "Guests book.\n"


def workbook():
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "요금"
    rows = [
        ("구분", "요금", "할인", "적용", "마감"),
        ("오토캠핑", 72000, 0.2, datetime.date(2026, 7, 1), datetime.time(15, 0)),
        ("글램핑", 150000.5, 0.125, datetime.datetime(2026, 7, 1, 10, 30), datetime.time(9, 5)),
    ]
    for row in rows:
        sheet.append(row)
    for number in (2, 3):
        sheet[f"B{number}"].number_format = '#,##0"원"'
        sheet[f"C{number}"].number_format = "0.0%" if number == 3 else "0%"
    sheet["B6"], sheet["C6"] = "비고", "성수기 7~8월 | 별도"
    book.create_sheet("Sheet2")["A1"] = "환불은 3일 안에 처리한다."
    hidden = book.create_sheet("예전")
    hidden["A1"], hidden.sheet_state = "지난 요금", "hidden"
    return book


def test_a_workbook_reads_as_it_is_shown():
    assert placed(read(Kind.WORKBOOK, saved(workbook()))) == [
        ("요금!A1", "## 요금"),
        ("요금!A1", "| 구분 | 요금 | 할인 | 적용 | 마감 |"),
        ("요금!A1", "| --- | --- | --- | --- | --- |"),
        ("요금!A2", "| 오토캠핑 | 72,000원 | 20% | 2026-07-01 | 15:00 |"),
        ("요금!A3", "| 글램핑 | 150,001원 | 12.5% | 2026-07-01 10:30 | 09:05 |"),
        ("요금!B6", "|  |  |"),
        ("요금!B6", "| --- | --- |"),
        ("요금!B6", "| 비고 | 성수기 7~8월 \\| 별도 |"),
        ("Sheet2!A1", "환불은 3일 안에 처리한다."),
        ("예전!A1", "(the hidden sheet 예전: not read)"),
    ]


def test_a_first_row_that_is_no_head_is_a_row_like_the_others():
    made = read(Kind.WORKBOOK, saved(workbook()))
    rows = [p for p in passages(made.text, "a.xlsx", made.labels) if p.form is Form.ROW]
    assert [str(p.place) for p in rows] == ["a.xlsx:요금!A2", "a.xlsx:요금!A3", "a.xlsx:요금!B6"]
    assert rows[2].cells == ("비고", "성수기 7~8월 | 별도")


@pytest.mark.parametrize(
    ("text", "code", "result"),
    [
        ("0.1", "", "0.1"),
        ("0.30000000000000004", "General", "0.3"),
        ("1234567.5", "#,##0.00", "1,234,567.50"),
        ("72000", "[$₩-412]#,##0", "₩72,000"),
        ("5", '0\\ "days"', "5 days"),
        ("46204", "yyyy\\-mm\\-dd;@", "2026-07-01"),
        ("0.75", "h:mm AM/PM", "18:00"),
        ("-3", "#,##0;[Red]-#,##0", "-3"),
        ("1E+400", "yyyy", "1E+400"),
        ("999999999", "yyyy-mm-dd", "999999999"),
        ("not a number", "0%", "not a number"),
    ],
)
def test_a_number_reads_as_its_format_shows_it(text, code, result):
    assert shown(text, code) == result


@pytest.mark.parametrize(
    ("number", "form", "result"),
    [(4, "lowerRoman", "iv"), (39, "upperRoman", "XXXIX"), (3, "ganada", "다"), (2, "upperLetter", "B"), (12, "decimalEnclosedCircle", "⑫"), (99, "lowerLetter", "99")],
)  # fmt: skip
def test_a_number_in_the_form_of_its_list(number, form, result):
    assert counted(number, form) == result


def shape(texts, role="", extra=""):
    placeholder = f'<ph type="{role}"/>' if role else "<ph/>"
    body = "".join(f"<a:p>{extra}<a:r><a:t>{text}</a:t></a:r></a:p>" for text in texts)
    return f"<sp><nvSpPr><nvPr>{placeholder}</nvPr></nvSpPr><txBody>{body}</txBody></sp>"


def test_slides_have_titles_lists_tables_and_places():
    cells = "".join(
        f"<a:tc><txBody><a:p><a:r><a:t>{text}</a:t></a:r></a:p></txBody></a:tc>" for text in ("Site", "Price")
    )
    table = (
        f'<graphicFrame><a:tbl><a:tblPr firstRow="1"/><a:tr>{cells}</a:tr><a:tr>{cells}</a:tr></a:tbl></graphicFrame>'
    )
    automatic = '<a:pPr lvl="1"><a:buAutoNum/></a:pPr>'
    first = f"<sld {A}><cSld><spTree>{shape(['Tent sites'], 'title')}</spTree></cSld></sld>"
    second = f"<sld {A}><cSld><spTree>{shape(['1 / 2'], 'sldNum')}{shape(['book', 'pay'])}"
    second += f"{shape(['Flow'], 'title')}{shape(['x', 'y'], extra=automatic)}{table}</spTree></cSld></sld>"
    hidden = f'<sld {A} show="0"><cSld><spTree>{shape(["old"])}</spTree></cSld></sld>'
    assert placed(read(Kind.SLIDES, pptx(first, second, hidden))) == [
        ("slide 1", "# Tent sites"),
        ("slide 2", "## Flow"),
        ("slide 2 ¶1", "- book"),
        ("slide 2 ¶2", "- pay"),
        ("slide 2 ¶3", "  1. x"),
        ("slide 2 ¶4", "  2. y"),
        ("slide 2 ¶5", "| Site | Price |"),
        ("slide 2 ¶5", "| --- | --- |"),
        ("slide 2 ¶6", "| Site | Price |"),
        ("slide 3", "(a hidden slide: not read)"),
    ]


def test_a_bold_line_of_a_slide_stays_bold():
    bold = '<a:r><a:rPr b="1"/><a:t>Who takes part</a:t></a:r>'
    box = f"<sp><nvSpPr><nvPr/></nvSpPr><txBody><a:p>{bold}</a:p><a:p><a:r><a:t>Guests.</a:t></a:r></a:p></txBody></sp>"
    made = read(Kind.SLIDES, pptx(f"<sld {A}><cSld><spTree>{box}</spTree></cSld></sld>"))
    assert [line for _, line in placed(made)] == ["**Who takes part**", "Guests."]


def test_prose_around_a_table_of_a_sheet_is_no_row():
    book = openpyxl.Workbook()
    for row in [
        ("We lend tools.",),
        ("Role", "Hours"),
        ("Member",),
        ("Counter", "10-18"),
        ("Late returns cost 2 EUR.",),
    ]:
        book.active.append(row)
    assert placed(read(Kind.WORKBOOK, saved(book))) == [
        ("Sheet!A1", "We lend tools."),
        ("Sheet!A2", "| Role | Hours |"),
        ("Sheet!A2", "| --- | --- |"),
        ("Sheet!A3", "| Member |  |"),
        ("Sheet!A4", "| Counter | 10-18 |"),
        ("Sheet!A5", "Late returns cost 2 EUR."),
    ]


def hangul(body, head=""):
    return zipped({"Contents/header.xml": f"<head>{head}</head>", "Contents/section0.xml": f"<sec>{body}</sec>"})


def test_hangul_outlines_lists_tables_and_notes():
    head = "".join(
        f'<paraPr id="{i}"><heading type="{kind}" idRef="1" level="{level}"/></paraPr>'
        for i, kind, level in [(1, "OUTLINE", 0), (2, "NUMBER", 0), (3, "NUMBER", 1), (4, "BULLET", 0)]
    )
    text = '<p paraPrIDRef="%d"><run><t>%s</t></run></p>'
    cell = '<tc header="%d"><subList><p><run><t>%s</t></run></p></subList><cellAddr colAddr="%d" rowAddr="0"/><cellSpan colSpan="1" rowSpan="1"/></tc>'
    table = (
        "<p><run><tbl>"
        + "".join(
            f"<tr>{''.join(cell % (head, word, i) for i, word in row)}</tr>"
            for head, row in [(1, [(0, "구분"), (1, "요금")]), (0, [(0, "오토"), (1, "7만원")]), (0, [(1, "8만원")])]
        )
        + "</tbl></run></p>"
    )
    body = (
        text % (1, "개요")
        + text % (2, "예약")
        + text % (3, "결제")
        + text % (3, "확정")
        + text % (2, "입실")
        + text % (4, "관리인")
    )
    body += (
        "<p><run><t>환불<lineBreak/>규정</t><ctrl><footNote><subList><p><run><t>각주</t></run></p></subList></footNote>"
    )
    body += "<header><subList><p><run><t>머리말</t></run></p></subList></header></ctrl></run></p>"
    lines = ["# 개요", "1. 예약", "   1. 결제", "   2. 확정", "2. 입실", "- 관리인", "환불  ", "규정", "각주"]
    rows = ["| 구분 | 요금 |", "| --- | --- |", "| 오토 | 7만원 |", "| 오토 | 8만원 |"]
    assert [line for _, line in placed(read(Kind.HANGUL, hangul(body + table, head)))] == lines + rows


def test_html_lists_tables_definitions_and_drawings():
    page = """<!DOCTYPE html><html><head><title>Tents</title><style>p {color: red}</style></head><body>
<p>Guests <b>book</b> &amp; pay.<br>Twice.
<ul><li>one<ul><li>inner</ul><li><p>two</p><p>more</p></ul>
<ol start=3><li>three<li value=7>seven</ol>
<table><tr><th>a<th>b<tr><td rowspan=2>1<td>2<br>3<tr><td>4|5</table>
<pre>A --&gt; B
  |</pre><nav>menu</nav><p hidden>no</p><div style="display: none">no<div>no</div></div>
<dl><dt>Hold<dd>ten minutes</dl>"""
    assert placed(read(Kind.HTML, page.encode())) == [
        ("1", "# Tents"),
        ("2", "Guests book & pay.  "),
        ("2", "Twice."),
        ("3", "- one"),
        ("3", "  - inner"),
        ("3", "- two"),
        ("3", "  more"),
        ("4", "3. three"),
        ("4", "7) seven"),
        ("5", "| a | b |"),
        ("5", "| --- | --- |"),
        ("5", "| 1 | 2; 3 |"),
        ("5", "| 1 | 4\\|5 |"),
        ("6", "```"),
        ("6", "A --> B"),
        ("7", "  |"),
        ("7", "```"),
        ("8", "- Hold: ten minutes"),
    ]


def test_a_pdf_by_hand_has_lines_with_places():
    made = read(Kind.PDF, one_page(lines("Guests book a site.", "- they pay", "- they come")))
    assert placed(made) == [
        ("p.1 l.1", "Guests book a site."),
        ("p.1 l.2", "- they pay"),
        ("p.1 l.3", "- they come"),
    ]


def test_a_package_without_its_main_part_has_no_text():
    assert read(Kind.WORD, package("docx", {})).text == ""
