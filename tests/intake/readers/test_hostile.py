"""Hostile files end in a clear error with a place and a hint, or are read; within a second of the processor either way.

The limits are lowered where a file at the real ones would be huge; what is measured against them is the same.
"""

import resource
import zlib

import pytest

from documents import (
    RELATIONS,
    docx,
    lines,
    one_page,
    package,
    paragraph,
    pdf,
    pdf_page,
    pptx,
    relations,
    stream,
    xlsx,
    zipped,
)
from opslead.errors import InputErrors
from opslead.intake.page.readers import decode
from opslead.intake.page.readers.apart import convert_apart
from opslead.intake.page.readers.convert import convert
from opslead.intake.page.readers.kinds import Kind, kind_of
from opslead.intake.page.readers.limits import MAX_DOCUMENT_BYTES, Limits

GOOD = "Guests book a site."
LOW = Limits(entries=60, part=200_000, small=10_000, elements=1_500, pages=10)
CATALOG = b"<</Type/Catalog/Pages 2 0 R>>"
IN_COMPOUND = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
LAUGHS = "<!DOCTYPE x [<!ENTITY a 'ha'><!ENTITY b '&a;&a;&a;&a;&a;&a;&a;&a;'><!ENTITY c '&b;&b;&b;&b;&b;&b;&b;&b;'>]>"


def many_pages(count):
    kids = b" ".join(b"%d 0 R" % (number + 4) for number in range(count))
    content = stream(lines(GOOD))
    return pdf(CATALOG, b"<</Type/Pages/Kids[%s]/Count %d>>" % (kids, count), content, *[pdf_page(3)] * count)


def picture():
    page = pdf_page(4, b"/XObject<</I 5 0 R>>")
    image = stream(b"\0", b"/Type/XObject/Subtype/Image/Width 1/Height 1/BitsPerComponent 8/ColorSpace/DeviceGray")
    pages = b"<</Type/Pages/Kids[3 0 R]/Count 1>>"
    return pdf(CATALOG, pages, page, stream(b"q 600 0 0 800 0 0 cm /I Do Q"), image)


def locked():
    made = bytearray(docx(paragraph(GOOD)))
    at = made.find(b"PK\x01\x02")
    while at >= 0:
        made[at + 8] |= 1
        at = made.find(b"PK\x01\x02", at + 4)
    return bytes(made)


REFUSED = {
    "a part that expands without measure": (lambda: docx(paragraph("a" * 200_100)), "bytes when expanded"),
    "a part that expands far": (lambda: docx(paragraph("ab " * 50_000)), "times when expanded"),
    "very many files": (lambda: zipped({f"{i}": "" for i in range(70)}), "more than 60 files"),
    "a billion laughs": (lambda: docx(paragraph("&c;"), LAUGHS), "declares a type or entities"),
    "an external entity": (
        lambda: docx(paragraph("&x;"), '<!DOCTYPE x [<!ENTITY x SYSTEM "file:///etc/passwd">]>'),
        "declares a type or entities",
    ),
    "an external document type": (lambda: docx("", '<!DOCTYPE x SYSTEM "http://a.example/x">'), "declares a type"),
    "very many elements": (lambda: docx("".join(paragraph(i) for i in range(400))), "more than 1,500 pieces"),
    "deep elements": (lambda: docx("<w:tbl><w:tr><w:tc>" * 100), "nested deeper than 250"),
    "a document cut off": (lambda: docx(paragraph(GOOD) * 50)[:-60], "damaged or cut off"),
    "XML cut off": (lambda: docx("<w:p>"), "damaged"),
    "zips in a zip": (
        lambda: zipped({"a.zip": zipped({"b.docx": docx(paragraph(GOOD))})}),
        "no document that is known",
    ),
    "a locked zip": (locked, "protected by a password"),
    "a locked document": (lambda: IN_COMPOUND + "EncryptedPackage".encode("utf-16-le"), "protected by a password"),
    "a .doc": (lambda: IN_COMPOUND + "WordDocument".encode("utf-16-le"), "older form (.doc)"),
    "a broken .hwp": (lambda: IN_COMPOUND + b"HWP Document File" + bytes(3_000), "cannot be read"),
    "very many pages": (lambda: many_pages(11), "11 pages; at most 10"),
    "pages that lead to themselves": (
        lambda: pdf(CATALOG, b"<</Type/Pages/Kids[2 0 R 3 0 R]/Count 9>>", b"<</Type/Pages/Kids[2 0 R]/Count 5>>"),
        "damaged",
    ),
    "a scanned page": (picture, "its pages are pictures"),
    "a PDF cut off": (lambda: one_page(lines(GOOD))[:120], "damaged or cut off"),
    "bytes called a PDF": (lambda: b"%PDF-1.7\n" + bytes(range(256)) * 500, "damaged or cut off"),
    "a full worksheet": (
        lambda: xlsx("".join(f'<row r="{i}"><c r="A{i}"><v>{i}</v></c></row>' for i in range(1, 600))),
        "more than 1,500 pieces",
    ),
    "very many tags": (lambda: b"<html>" + b"<b>x</b>" * 600, "more than 1,500 pieces"),
    "cells over rows and columns": (
        lambda: b"<html><table>" + b"<tr><td colspan=100 rowspan=100>x" * 50,
        "cells",
    ),
    "deep groups of shapes": (lambda: pptx("<sld>" + "<grpSp>" * 300), "nested deeper than 250"),
    "empty paragraphs without end": (lambda: docx("<w:p/>" * 2_000), "more than 1,500 pieces"),
}
EMPTY = {
    "only scripts": lambda: b"<html><script>let text = 'We rent tents to guests.'</script></html>",
    "a PDF without anything": lambda: one_page(b""),
}
READ = {
    "tables in tables": lambda: docx("<w:tbl><w:tr><w:tc>" * 60 + paragraph(GOOD) + "</w:tc></w:tr></w:tbl>" * 60),
    "paths that lead elsewhere": lambda: docx(paragraph(GOOD), **{"../../../evil": "x", "/evil": "x", "word/vbaProject.bin": "x"}),
    "comments that never end": lambda: b"<html>Guests book a site." + b"<!--" * 20_000,
    "tags that never end": lambda: b"<html>Guests book a site." + b"<a " * 10_000,
    "a tag of ten thousand attributes": lambda: b"<html><p>Guests book a site.<a" + b' b="c"' * 10_000 + b">",
    "lists in lists": lambda: b"<html>Guests book a site." + b"<ul><li>x" * 400,
    "tables that never end": lambda: b"<html>Guests book a site." + b"<table><tr><td>" * 400,
    "elements in elements": lambda: b"<html>Guests book a site." + b"<div>" * 1_400,
    "a page of a thousand kilometres": lambda: one_page(lines(GOOD)).replace(b"[0 0 600 800]", b"[0 0 3e9 3e9]"),
    "a page full of rules and dots": lambda: one_page(
        lines(GOOD)
        + b"".join(b" 0 %d m 600 %d l S %d 0 m %d 800 l S" % (at, at, at, at) for at in range(0, 600, 4))
        + b" 3 3 3 3 re f" * 2_000
    ),
    "formulas, links and a hidden sheet": lambda: package(
        "xlsx",
        {
            "xl/workbook.xml": f'<workbook xmlns:r="{RELATIONS}"><sheets><sheet name="A" r:id="r1"/>'
            '<sheet name="B" state="veryHidden" r:id="r2"/></sheets><externalReferences/></workbook>',
            "xl/_rels/workbook.xml.rels": relations(r1=("worksheet", "a.xml"), r2=("worksheet", "b.xml")),
            "xl/a.xml": '<worksheet><sheetData><row r="1"><c r="A1" t="str"><f>WEBSERVICE("http://a.example/alert")</f>'
            f"<v>{GOOD}</v></c><c r=\"B1\"><f>cmd|'/C alert'!A0</f></c></row></sheetData></worksheet>",
            "xl/b.xml": '<worksheet><sheetData><row r="1"><c r="A1" t="str"><v>alert</v></c></row></sheetData></worksheet>',
        },
    ),
    "scripts and remote pictures": lambda: (
        b"<html><body onload=alert(1)><script src=http://a.example/x></script>"
        b"<img src=http://a.example/x.png>Guests book a site.<iframe src=http://a.example>x</iframe></body></html>"
    ),
}  # fmt: skip


def spent():
    used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(one.ru_utime + one.ru_stime for one in used)


def read(data, limits):
    return convert(kind_of(data, "given", limits), data, "given", limits)


@pytest.mark.parametrize("what", REFUSED)
def test_what_cannot_be_read_is_refused_with_a_reason_and_a_hint(what):
    make, reason = REFUSED[what]
    data = make()
    before = spent()
    with pytest.raises(InputErrors) as caught:
        read(data, LOW)
    assert spent() - before < 1
    (problem,) = caught.value.problems
    assert reason in problem.reason
    assert problem.hint
    assert problem.place.source == "given"


@pytest.mark.parametrize("what", READ)
def test_what_is_only_strange_is_read(what, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    data = READ[what]()
    before = spent()
    made = read(data, Limits())
    assert spent() - before < 1
    assert GOOD in made.text
    assert "alert" not in made.text
    assert list(tmp_path.iterdir()) == []


def test_rows_without_words_do_not_count():
    """A sheet that is formatted down to its last row has a million of them."""
    data = xlsx(
        f'<row r="1"><c r="B1" t="inlineStr"><is><t>{GOOD}</t></is></c></row>'
        + "".join(f'<row r="{i}" spans="1:3"><c r="A{i}" s="1"/></row>' for i in range(2, 3_000))
    )
    assert read(data, LOW).text == f"## Prices\n\n{GOOD}\n"


@pytest.mark.parametrize("what", EMPTY)
def test_a_document_without_words_is_refused(what):
    with pytest.raises(InputErrors, match="has no text"):
        decode(EMPTY[what](), "given")


def test_a_refusal_comes_out_of_the_process_that_reads():
    with pytest.raises(InputErrors, match="declares a type or entities") as caught:
        decode(docx(paragraph("&c;"), LAUGHS), "plan.docx")
    (problem,) = caught.value.problems
    assert (problem.place.source, bool(problem.hint)) == ("plan.docx", True)


def test_a_stream_that_expands_without_measure_ends_at_the_memory_it_is_given():
    data = one_page(zlib.compress(lines(GOOD) * 20_000), b"/Filter/FlateDecode")
    with pytest.raises(InputErrors, match=r"within 5 seconds and 110,000,000 bytes") as caught:
        convert_apart(Kind.PDF, data, "huge.pdf", seconds=5, memory=110_000_000)
    assert caught.value.problems[0].hint


def test_a_document_that_takes_too_long_is_stopped():
    with pytest.raises(InputErrors, match="within 0 seconds"):
        convert_apart(Kind.PDF, many_pages(900), "slow.pdf", seconds=0)


def test_a_file_larger_than_any_document_is_refused_unread():
    with pytest.raises(InputErrors, match="larger than"):
        decode(b"PK\x03\x04" + bytes(MAX_DOCUMENT_BYTES), "huge.docx")


@pytest.mark.parametrize(
    ("name", "make", "reason"),
    [
        ("plan.docx", lambda: one_page(lines(GOOD)), "this is a PDF, though its name ends in .docx"),
        ("plan.pdf", lambda: docx(paragraph(GOOD)), "this is a Word document (.docx), though its name ends in .pdf"),
        ("plan.xlsx", lambda: docx(paragraph(GOOD)), "this is a Word document"),
        ("plan.docx", lambda: xlsx("<row/>"), "this is a workbook (.xlsx)"),
        ("plan.md", lambda: docx(paragraph(GOOD)), "though its name ends in .md"),
        ("plan.docx", lambda: GOOD.encode(), "this is plain text"),
        ("plan.hwp", lambda: GOOD.encode(), "this is plain text"),
        ("plan.docx", lambda: b"<!DOCTYPE html><html>x</html>", "this is an HTML page"),
    ],
)
def test_a_name_that_says_something_else_is_said(name, make, reason):
    with pytest.raises(InputErrors) as caught:
        kind_of(make(), name)
    (problem,) = caught.value.problems
    assert reason in problem.reason
    assert "ending" in problem.hint


def test_a_name_that_says_nothing_is_no_hindrance():
    assert decode(docx(paragraph(GOOD)), "<stdin>").text == GOOD + "\n"
    assert {kind_of(docx(paragraph(GOOD)), name) for name in ("plan", "plan.docm", "<stdin>")} == {Kind.WORD}
