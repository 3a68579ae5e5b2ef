"""The printed report, read back by pypdf."""

import io
import os
import re
import subprocess
import sys

import pypdf
import pytest
from fontTools.fontBuilder import FontBuilder
from fontTools.pens.ttGlyphPen import TTGlyphPen

from bent import HOSTILE, empty, renamed
from opslead.render.format import Bundle, RenderError, format_of
from opslead.render.outline.build import outline
from opslead.render.pdf import write
from opslead.render.pdf.page import page
from opslead.spec.labels import SECTIONS
from specs import english, good


def read(spec):
    return pypdf.PdfReader(io.BytesIO(format_of("pdf").render(Bundle(spec))["specification.pdf"]))


def squeezed(text):
    return "".join(text.split())


def test_every_policy_is_on_paper_with_its_words_its_bookmark_and_page_numbers():
    whole = good()  # a few of its policies: laying out takes most of the time
    spec = whole.model_copy(update={"policies": whole.policies[:3]})
    pages = read(spec)
    shown = squeezed("".join(one.extract_text() for one in pages.pages))
    for policy in spec.policies:
        for said in (
            policy.name,
            policy.trigger,
            policy.runbook[1].action,
            policy.monitoring.leading[0],
            *policy.symptoms,
        ):
            assert squeezed(said) in shown
    for question in spec.questions:
        assert squeezed(question.data_needed) in shown
    marks = [entry for entry in pages.outline if not isinstance(entry, list)]
    assert [mark.title for mark in marks] == list(SECTIONS["ko"].values())
    below = [entry.title for part in pages.outline if isinstance(part, list) for entry in part]
    assert sum("[Policy #" in title for title in below) == len(spec.policies)
    assert f"3/{len(pages.pages)}" in squeezed(pages.pages[2].extract_text())
    assert pages.metadata.title == spec.title


def test_the_bytes_are_the_same_each_time():
    spec = empty().model_copy(update={"policies": english().policies[:1]})
    assert format_of("pdf").render(Bundle(spec)) == format_of("pdf").render(Bundle(spec))


def test_hostile_text_stays_text_and_an_empty_document_is_one(recwarn):
    html = page(outline(renamed(HOSTILE)))
    assert "<img" not in html
    assert "&lt;img src=x onerror=alert(1)&gt;" in html
    assert set(re.findall(r'\b(?:src|href)\s*=\s*"?(.)', html.replace("src=x", ""))) == {"#"}
    assert "url(" not in html
    assert SECTIONS["ko"]["policies"] in "".join(one.extract_text() for one in read(empty()).pages)


def test_without_pango_the_error_says_what_to_install(monkeypatch):
    monkeypatch.setitem(sys.modules, "weasyprint", None)

    class Missing:
        def find_spec(self, name, path=None, target=None):
            if name == "weasyprint":
                raise OSError("cannot load library 'libpango-1.0-0'\nmore")

    monkeypatch.delitem(sys.modules, "weasyprint")
    monkeypatch.setattr(sys, "meta_path", [Missing(), *sys.meta_path])
    with pytest.raises(RenderError, match=r"libpango-1.0-0.*apt install libpango"):
        write.document(outline(good()))


def latin_font(path):
    """A font of one letter."""
    box = TTGlyphPen(None)
    box.moveTo((0, 0))
    box.lineTo((0, 500))
    box.lineTo((500, 0))
    box.closePath()
    font = FontBuilder(1000)
    font.setupGlyphOrder([".notdef", "A"])
    font.setupCharacterMap({65: "A"})
    font.setupGlyf({name: box.glyph() for name in (".notdef", "A")})
    font.setupHorizontalMetrics(dict.fromkeys((".notdef", "A"), (600, 0)))
    font.setupHorizontalHeader(ascent=800, descent=-200)
    font.setupNameTable({"familyName": "One", "styleName": "Regular"})
    font.setupOS2()
    font.setupPost()
    font.save(path)


PRINT = """
import sys
sys.path[:0] = sys.argv[1].split(":")
from opslead.render.format import RenderError
from opslead.render.outline.blocks import Outline, Paragraph
from opslead.render.pdf.write import document
try:
    document(Outline("A", "", "ko", (), (Paragraph("\ud55c\uae00"),)))
except RenderError as error:
    print(error)
"""


@pytest.mark.parametrize(("latin", "said"), [(True, "no font has the Korean letter “글”"), (False, "there is no font")])
def test_without_a_korean_font_it_is_an_error_and_no_page_of_boxes(tmp_path, latin, said):
    if latin:
        latin_font(tmp_path / "one.ttf")
    (tmp_path / "fonts.conf").write_text(
        f'<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd"><fontconfig><dir>{tmp_path}</dir><cachedir>{tmp_path}</cachedir></fontconfig>'
    )
    done = subprocess.run(
        [sys.executable, "-X", "utf8", "-c", PRINT, ":".join(path for path in sys.path if path)],
        capture_output=True, encoding="utf-8", check=False, env={**os.environ, "FONTCONFIG_FILE": str(tmp_path / "fonts.conf")},
    )  # fmt: skip
    assert said in done.stdout, done.stderr
    assert "fonts-nanum" in done.stdout
