"""The printed report, read back by PDFium and pypdf."""

import io
import json

import pypdf
import pypdfium2
import pytest

from bent import HOSTILE, empty, many, renamed
from opslead.render.format import Bundle, RenderError, format_of
from opslead.render.outline.blocks import Heading, Items, Outline, Paragraph, Tale
from opslead.render.outline.build import outline
from opslead.render.pdf.data import data
from opslead.render.pdf.write import document
from opslead.spec.labels import SECTIONS
from report_case import rich
from specs import english, good


def printed(spec):
    return format_of("pdf").render(Bundle(spec))["specification.pdf"]


def squeezed(text):
    return "".join(text.split())


def pages(content):
    with pypdfium2.PdfDocument(content) as paper:
        return [squeezed(page.get_textpage().get_text_bounded()) for page in paper]


def shown(content):
    return "".join(pages(content))


def read(content):
    return pypdf.PdfReader(io.BytesIO(content))


def headings(content):
    marks = read(content).outline
    first = [entry.title for entry in marks if not isinstance(entry, list)]
    return first, [entry.title for part in marks if isinstance(part, list) for entry in part]


@pytest.mark.parametrize("spec", [good(), english()], ids=["ko", "en"])
def test_every_policy_is_on_paper_with_its_words_its_bookmark_and_page_numbers(spec):
    content = printed(spec)
    text = shown(content)
    for policy in spec.policies:
        for said in (
            policy.name,
            policy.trigger,
            policy.scope,
            *(step.action for step in policy.runbook),
            *policy.monitoring.leading,
            *policy.symptoms,
        ):
            assert squeezed(said) in text
    for question in spec.questions:
        assert squeezed(question.data_needed) in text
    first, below = headings(content)
    assert first[: len(SECTIONS[spec.language])] == list(SECTIONS[spec.language].values())
    assert sum("[Policy #" in title for title in below) == len(spec.policies)
    every = pages(content)
    assert f"3/{len(every)}" in every[2]
    assert read(content).metadata.title == spec.title


def test_three_hundred_policies():
    whole = outline(many(300))
    short = tuple(block for block in whole.blocks if isinstance(block, Heading))  # their fields take most of the time
    text = shown(document(Outline(whole.title, whole.kind, "ko", (), short)))
    assert all(text.count(f"[Policy#{number}]") == 2 for number in range(1, 301))  # in the contents, and in its place


def test_the_stories_stand_as_sequences_with_what_stops_them():
    spec = rich()
    tales = [block for block in outline(spec).blocks if isinstance(block, Tale)]
    assert len(tales) == len(spec.stories) > 0
    for story, told in zip(spec.stories, tales, strict=True):
        assert [act.text for act in told.acts if act.kind != "stop"] == [arrow.text for arrow in story.arrows]
        stops = [number for number, act in enumerate(told.acts, 1) if act.kind == "stop"]
        assert stops == ([story.stopped_at] if story.stopped_at else [])
    text = shown(document(Outline("이야기", "", "ko", (), tuple(tales))))
    for told in tales:
        assert squeezed(told.ending) in text
        for act in told.acts:
            assert squeezed(act.text) in text


def test_it_is_tagged_for_screen_readers():
    content = document(Outline("A", "", "en", (), (Heading(1, "a", "a"),)))
    assert read(content).root_object["/MarkInfo"]["/Marked"]
    assert b"pdfuaid:part" in content


def test_the_bytes_are_the_same_each_time():
    made = outline(rich("en"))
    assert document(made) == document(made)


TYPST = (
    '#panic("out")',
    '#read("/etc/passwd")',
    "*bold* _it_ $x^2$ = head",
    '#import "@preview/x:1.0.0"',
    "<label> @ref \\ // end",
)


def test_text_is_data_and_never_markup():
    """What Typst would run, fetch or format stands on paper as it was written."""
    text = shown(document(Outline(TYPST[0], TYPST[2], "en", (), tuple(Paragraph(said) for said in TYPST))))
    for said in TYPST:
        assert squeezed(said) in text


def test_hostile_text_and_an_empty_document():
    spec = renamed(HOSTILE)
    text = shown(printed(spec))
    for said in HOSTILE[:5]:
        assert squeezed(said) in text
    assert squeezed(SECTIONS["ko"]["policies"]) in shown(printed(empty()))


def test_headings_leave_out_no_rank_for_the_tags():
    told = Outline("A", "", "en", (), (Heading(1, "a", "a"), Heading(3, "b", "b"), Heading(2, "c", "c"), Items(())))
    assert [block["depth"] for block in json.loads(data(told))["blocks"] if block["type"] == "heading"] == [1, 2, 2]


def test_without_a_korean_font_it_is_an_error_and_no_page_of_boxes():
    korean = Outline("A", "", "ko", (), (Paragraph("🏕 한글"),))
    with pytest.raises(RenderError, match=r"no font has the Korean letter “글”.*fonts-nanum"):
        document(korean, system_fonts=False)


def test_a_sign_that_no_font_has_costs_the_claim_and_not_the_file():
    content = document(Outline("A", "", "en", (), (Paragraph("tent 🏕 here"),)), system_fonts=False)
    assert b"pdfuaid:part" not in content
    assert "here" in shown(content)
