"""The Word document, read back without the library that wrote it: the archive and its XML alone."""

import io
import re
import zipfile
from functools import cache
from xml.etree import ElementTree

import docx
import pytest

from bent import HOSTILE, empty, long_title, many, renamed
from opslead.render.docx.styles import LEVELS, QUIET
from opslead.render.docx.write import document
from opslead.render.format import Bundle, RenderError, Template, format_of
from opslead.render.outline.build import outline
from opslead.render.plain import printable
from opslead.spec.document import Story, StoryArrow
from opslead.spec.labels import FIELDS, SECTIONS
from specs import english, good

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


def made(spec, template=None):
    return format_of("docx").render(Bundle(spec, template=template))["specification.docx"]


@cache
def ordinary(language="ko"):
    """An ordinary document, written once for all that is asked of it."""
    return made(good() if language == "ko" else english())


def part(content, name="word/document.xml"):
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return ElementTree.fromstring(archive.read(name))


def texts(paragraph):
    return "".join(
        "\n" if node.tag == W + "br" else node.text or ""
        for node in paragraph.iter()
        if node.tag in (W + "t", W + "br")
    )


def words(content):
    return "\n".join(texts(paragraph) for paragraph in part(content).iter(W + "p"))


def flat(text):
    return " ".join(text.split())


def styled(content, style):
    ids = {
        s.find(W + "name").get(W + "val").lower(): s.get(W + "styleId")
        for s in part(content, "word/styles.xml").iter(W + "style")
    }
    return [
        texts(p) for p in part(content).iter(W + "p")
        if (s := p.find(f"{W}pPr/{W}pStyle")) is not None and s.get(W + "val") == ids[style]
    ]  # fmt: skip


@pytest.mark.parametrize("spec", [good(), english()], ids=["ko", "en"])
def test_every_policy_stands_with_every_word_under_real_headings(spec):
    lang = spec.language
    content = ordinary(lang)
    heads = styled(content, "heading 1")
    assert heads[: len(SECTIONS[lang])] == list(SECTIONS[lang].values())
    second = styled(content, "heading 2")
    shown = words(content)
    for policy in spec.policies:
        assert f"[Policy #{policy.number}] {FIELDS[lang]['name']}: {policy.name}" in second
        for said in (
            policy.trigger,
            policy.scope,
            *policy.signals,
            *policy.exceptions,
            *policy.monitoring.leading,
            policy.monitoring.stop,
        ):
            assert said in shown
    steps = styled(content, "list number")
    assert len(steps) == sum(len(policy.runbook) for policy in spec.policies)
    for question in spec.questions:
        assert question.decision in shown
        assert question.data_needed in shown
    assert styled(content, "title") == [spec.title]


def test_each_runbook_begins_at_one():
    root = part(ordinary())
    style = W + "pStyle"
    numbers = [
        p.find(f"{W}pPr/{W}numPr/{W}numId").get(W + "val")
        for p in root.iter(W + "p") if (s := p.find(f"{W}pPr/{style}")) is not None and s.get(W + "val") == "ListNumber"
    ]  # fmt: skip
    assert len(set(numbers)) == len(good().policies)
    numbering = part(ordinary(), "word/numbering.xml")
    starts = {n.get(W + "numId"): n.find(f"{W}lvlOverride/{W}startOverride") for n in numbering.iter(W + "num")}
    assert all(starts[number].get(W + "val") == "1" for number in numbers)


def test_contents_update_on_opening_and_point_at_headings():
    content = ordinary()
    settings = part(content, "word/settings.xml")
    assert settings.find(W + "updateFields").get(W + "val") == "true"
    root = part(content)
    assert any("TOC" in (code.text or "") for code in root.iter(W + "instrText"))
    marks = {mark.get(W + "name") for mark in root.iter(W + "bookmarkStart")}
    links = [link.get(W + "anchor") for link in root.iter(W + "hyperlink")]
    assert links
    assert set(links) <= marks
    footers = [
        name for name in zipfile.ZipFile(io.BytesIO(content)).namelist() if "footer" in name and name.endswith(".xml")
    ]
    assert any("PAGE" in (code.text or "") for name in footers for code in part(content, name).iter(W + "instrText"))


def test_korean_text_names_a_korean_font_and_others_to_fall_back_on():
    content = ordinary()
    fonts = part(content, "word/styles.xml").find(f"{W}docDefaults/{W}rPrDefault/{W}rPr/{W}rFonts")
    assert fonts.get(W + "eastAsia") == "맑은 고딕"
    table = {
        f.get(W + "name"): f.find(W + "altName").get(W + "val")
        for f in part(content, "word/fontTable.xml").iter(W + "font")
    }
    assert "Noto Sans CJK KR" in table["맑은 고딕"]


def test_hostile_text_is_shown_as_it_is():
    content = made(renamed(HOSTILE))
    shown = flat(words(content))
    for name in HOSTILE:
        assert flat(printable(name)) in shown
    assert part(content).find(f".//{W}rtl") is not None


@pytest.mark.parametrize("spec", [empty(), long_title(), many(60)], ids=["empty", "long title", "60 policies"])
def test_nothing_breaks_and_nothing_is_cut(spec):
    shown = words(made(spec))
    assert spec.title in shown
    for policy in spec.policies:
        assert f"[Policy #{policy.number}] " in shown
    for head in list(SECTIONS["ko"].values())[1:]:
        assert head in shown


def test_a_story_shows_what_does_not_come_to_pass_faintly():
    acts = tuple(StoryArrow(source=0, target=1, text=text) for text in ("잡는다", "승인이 늦는다", "두 번 나간다"))
    story = Story(
        finding="behaviour.x@y",
        lanes=("손님", "PG"),
        arrows=acts,
        ending="돈이 두 번 나간다",
        stopped_at=2,
        stopped_by=(4,),
    )
    content = made(good().model_copy(update={"stories": (story,), "unsearched": ("환불",)}))
    inks = {
        texts(run): run.find(f"{W}rPr/{W}color").get(W + "val") if run.find(f"{W}rPr/{W}color") is not None else ""
        for run in part(content).iter(W + "r")
    }
    assert (inks["잡는다"], inks["승인이 늦는다"], inks["두 번 나간다"]) == ("", QUIET, QUIET)
    assert inks["돈이 두 번 나간다"] == LEVELS["high"][1]


def test_it_opens_as_word_writes_today_not_in_compatibility_mode():
    modes = {
        one.get(W + "name"): one.get(W + "val")
        for one in part(ordinary(), "word/settings.xml").iter(W + "compatSetting")
    }
    assert modes["compatibilityMode"] == "15"


def test_the_bytes_are_the_same_each_time():
    assert made(good()) == ordinary()


def house(*paragraphs, macro=False, remote=False):
    """A company's Word file with a style, a header and places."""
    base = docx.Document()
    base.styles["Heading 1"].font.name = "House Serif"
    base.sections[0].header.paragraphs[0].text = "(주)집 — {{ title }}"
    for text in paragraphs:
        base.add_paragraph(text)
    out = io.BytesIO()
    base.save(out)
    if macro:
        with zipfile.ZipFile(out, "a") as archive:
            archive.writestr("word/vbaProject.bin", b"x")
    return Template("house.docx", "docx", out.getvalue())


def test_a_house_template_keeps_its_styles_header_and_words_around_the_place():
    content = made(good(), house("표지: {{ title }}", "{{ opslead }}", "끝말"))
    shown = words(content)
    assert shown.index("표지: 시험 서비스 운영 정책 명세") < shown.index("[Policy #1]") < shown.index("끝말")
    assert "{{" not in shown
    styles = part(content, "word/styles.xml")
    one = next(s for s in styles.iter(W + "style") if s.find(W + "name").get(W + "val").lower() == "heading 1")
    assert one.find(f"{W}rPr/{W}rFonts").get(W + "ascii") == "House Serif"
    headers = [name for name in zipfile.ZipFile(io.BytesIO(content)).namelist() if re.search(r"header\d*\.xml$", name)]
    assert any("(주)집 — 시험 서비스 운영 정책 명세" in "".join(part(content, name).itertext()) for name in headers)
    assert styled(content, "title") == []  # the house has a title page of its own


def test_without_a_place_the_content_follows_what_the_house_wrote():
    shown = words(made(good(), house("머리말")))
    assert shown.index("머리말") < shown.index("[Policy #1]")


def test_a_template_with_macros_a_bomb_and_no_word_file_are_refused_by_name(monkeypatch):
    with pytest.raises(RenderError, match=r"house\.docx: holds macros"):
        made(good(), house("{{ opslead }}", macro=True))
    with pytest.raises(RenderError, match=r"house\.docx: not a \.docx"):
        made(good(), Template("house.docx", "docx", b"%PDF-1.7"))
    bomb = io.BytesIO()
    with zipfile.ZipFile(bomb, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", b"0" * 110_000_000)
    with pytest.raises(RenderError, match="larger than 100 MB"):
        made(good(), Template("house.docx", "docx", bomb.getvalue()))
    plain = io.BytesIO()
    with zipfile.ZipFile(plain, "w") as archive:
        archive.writestr("[Content_Types].xml", "<x/>")
        archive.writestr("word/document.xml", "<x")
    with pytest.raises(RenderError, match=r"house\.docx: cannot be read"):
        made(good(), Template("house.docx", "docx", plain.getvalue()))


def test_the_outline_is_what_is_written():
    spec = good()
    assert document(outline(spec)) == ordinary()
