"""Hostile files end in a clear error with a place and a hint, or are read; within two seconds of the processor either way."""

import resource
import zlib

import pytest

from documents import docx, lines, one_page, paragraph, pdf, pdf_page, stream, xlsx, zipped
from opslead.errors import InputErrors
from opslead.intake.page.readers import Source, decode
from opslead.intake.page.readers.apart import convert_apart
from opslead.intake.page.readers.kinds import Kind
from opslead.intake.page.readers.limits import MAX_DOCUMENT_BYTES

GOOD = "Guests book a site."
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
    "a part that expands without measure": (lambda: docx(paragraph("a" * 80_100_000)), "bytes when expanded"),
    "a part that expands far": (lambda: docx(paragraph("ab " * 2_000_000)), "times when expanded"),
    "very many files": (lambda: zipped({f"{i}": "" for i in range(6_000)}), "more than 5,000 files"),
    "a billion laughs": (lambda: docx(paragraph("&c;"), LAUGHS), "declares a type or entities"),
    "an external entity": (
        lambda: docx(paragraph("&x;"), '<!DOCTYPE x [<!ENTITY x SYSTEM "file:///etc/passwd">]>'),
        "declares a type or entities",
    ),
    "an external document type": (lambda: docx("", '<!DOCTYPE x SYSTEM "http://a.example/x">'), "declares a type"),
    "very many elements": (lambda: docx("".join(paragraph(i) for i in range(38_000))), "more than 150,000 pieces"),
    "deep elements": (lambda: docx("<w:tbl><w:tr><w:tc>" * 2_000), "nested deeper than 250"),
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
    "ten thousand pages": (lambda: many_pages(10_000), "10,000 pages; at most 1,000"),
    "pages that lead to themselves": (
        lambda: pdf(CATALOG, b"<</Type/Pages/Kids[2 0 R 3 0 R]/Count 90>>", b"<</Type/Pages/Kids[2 0 R]/Count 5>>"),
        "damaged",
    ),
    "a scanned page": (picture, "its pages are pictures"),
    "a PDF without anything": (lambda: one_page(b""), "has no text"),
    "a PDF cut off": (lambda: one_page(lines(GOOD))[:120], "damaged or cut off"),
    "bytes called a PDF": (lambda: b"%PDF-1.7\n" + bytes(range(256)) * 500, "damaged or cut off"),
    "a full worksheet": (
        lambda: xlsx("".join(f'<row r="{i}"><c r="A{i}"><v>{i}</v></c></row>' for i in range(1, 55_000))),
        "more than 150,000 pieces",
    ),
    "very many tags": (lambda: b"<html>" + b"<b>x</b>" * 200_000, "more than 150,000 pieces"),
    "cells over rows and columns": (
        lambda: b"<html><table>" + b"<tr><td colspan=100 rowspan=100>x" * 5_000,
        "cells",
    ),
    "only scripts": (lambda: b"<html><script>let text = 'We rent tents to guests.'</script></html>", "has no text"),
}
READ = {
    "tables in tables": lambda: docx("<w:tbl><w:tr><w:tc>" * 60 + paragraph(GOOD) + "</w:tc></w:tr></w:tbl>" * 60),
    "paths that lead elsewhere": lambda: docx(paragraph(GOOD), **{"../../../evil": "x", "/evil": "x", "word/vbaProject.bin": "x"}),
    "a million empty rows": lambda: xlsx(
        f'<row r="1"><c r="B1" t="inlineStr"><is><t>{GOOD}</t></is></c></row>'
        + "".join(f'<row r="{i}" spans="1:3"><c r="A{i}" s="1"/></row>' for i in range(2, 1_000_000))
    ),
    "comments that never end": lambda: b"<html>Guests book a site." + b"<!--" * 40_000,
    "tags that never end": lambda: b"<html>Guests book a site." + b"<a " * 40_000,
    "a tag of a hundred thousand attributes": lambda: b"<html><p>Guests book a site.<a" + b' b="c"' * 100_000 + b">",
    "lists in lists": lambda: b"<html>Guests book a site." + b"<ul><li>x" * 10_000,
    "tables that never end": lambda: b"<html>Guests book a site." + b"<table><tr><td>" * 20_000,
    "scripts and remote pictures": lambda: (
        b"<html><body onload=alert(1)><script src=http://a.example/x></script>"
        b"<img src=http://a.example/x.png>Guests book a site.<iframe src=http://a.example>x</iframe></body></html>"
    ),
}  # fmt: skip


def spent():
    used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(one.ru_utime + one.ru_stime for one in used)


@pytest.mark.parametrize("what", REFUSED)
def test_what_cannot_be_read_is_refused_with_a_reason_and_a_hint(what):
    make, reason = REFUSED[what]
    data = make()
    before = spent()
    with pytest.raises(InputErrors) as caught:
        decode(data, "given")
    assert spent() - before < 2
    (problem,) = caught.value.problems
    assert reason in problem.reason
    assert problem.hint
    assert problem.place.source == "given"


@pytest.mark.parametrize("what", READ)
def test_what_is_only_strange_is_read(what, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    data = READ[what]()
    before = spent()
    read = decode(data, "given")
    assert spent() - before < 2
    assert GOOD in read.text
    assert "alert" not in read.text
    assert list(tmp_path.iterdir()) == []


def test_a_stream_that_expands_without_measure_ends_at_the_memory_it_is_given():
    data = one_page(zlib.compress(lines(GOOD) * 100_000), b"/Filter/FlateDecode")
    with pytest.raises(InputErrors, match=r"within 5 seconds and 110,000,000 bytes") as caught:
        convert_apart(Kind.PDF, data, "huge.pdf", seconds=5, memory=110_000_000)
    assert caught.value.problems[0].hint


def test_a_document_that_takes_too_long_is_stopped():
    data = many_pages(900)
    with pytest.raises(InputErrors, match="within 0 seconds"):
        convert_apart(Kind.PDF, data, "slow.pdf", seconds=0)


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
        decode(make(), name)
    (problem,) = caught.value.problems
    assert reason in problem.reason
    assert "ending" in problem.hint


def test_a_name_that_says_nothing_is_no_hindrance():
    assert decode(docx(paragraph(GOOD)), "plan").text == decode(docx(paragraph(GOOD)), "<stdin>").text == GOOD + "\n"
    assert isinstance(decode(docx(paragraph(GOOD)), "plan.docm"), Source)
