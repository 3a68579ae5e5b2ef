"""The same description in any format is understood as the same service, with places in the document's own terms."""

import re
from functools import cache
from pathlib import Path

import pytest

from opslead.errors import Place
from opslead.intake.page.readers import Source, read_source
from opslead.intake.page.readers.convert import convert
from opslead.intake.page.readers.kinds import kind_of
from opslead.model.dump import dump
from opslead.model.load import read_document
from opslead.model.resolve import resolve
from opslead.pipeline import understand

ROOT = Path(__file__).parents[3]
DOCUMENTS = ROOT / "tests" / "fixtures" / "documents"
CAMPING = [
    ("camping.pandoc.docx", r"¶\d+"),
    ("camping.libreoffice.docx", r"¶\d+"),
    ("camping.libreoffice.html", r"\d+"),
    ("camping.libreoffice.pdf", r"p\.1 l\.\d+"),
    ("camping.pandoc.pptx", r"slide \d+( ¶\d+)?"),
    ("camping.hwpforge.hwpx", r"¶\d+"),
    ("camping.rhwp.hwp", r"¶\d+"),
]
TOOLS = [
    ("tool-library.pandoc.docx", r"¶\d+|table 1 row \d+"),
    ("tool-library.libreoffice.pdf", r"p\.\d l\.\d+"),
    ("tool-library.chromium.pdf", r"p\.\d l\.\d+"),
    ("tool-library.rhwp.hwp", r"¶\d+|table 1 row \d+"),
]
LAUNDRY = [("laundry.chromium.pdf", r"p\.1 l\.\d+")]


def seen(service):
    def said(fact):
        return None if fact is None else str(fact.value)

    return {
        "name": service.name,
        "actors": [(a.name, a.role, said(a.count), said(a.duty)) for a in service.actors],
        "resources": [(r.name, said(r.capacity)) for r in service.resources],
        "steps": [(s.kind, s.name, s.actor and s.actor.name) for s in service.steps()],
        "partners": [(p.name, p.kind, said(p.latency)) for p in service.partners],
        "money": [(m.kind, m.subject, said(m.amount), said(m.share)) for m in service.money],
        "clocks": [(c.kind, c.subject, said(c.length)) for c in service.clocks],
    }


@cache
def understood(path):
    """Of a document that is read in this process; the others are as `opslead` reads them."""
    data = Path(path).read_bytes()
    made = convert(kind_of(data, str(path)), data, str(path))
    return understand([Source(str(path), made.text, "", made.labels)])


@pytest.fixture(scope="module")
def written():
    paths = {
        "camping": ROOT / "tests" / "contexts" / "camping.ko.md",
        **{name: ROOT / "examples" / name / "service.md" for name in ("tool-library", "laundry")},
    }
    return {name: seen(understand([read_source(path)])[1]) for name, path in paths.items()}


@pytest.mark.parametrize(("name", "label"), [*CAMPING, *TOOLS, *LAUNDRY])
def test_a_document_is_understood_as_the_markdown_is(name, label, written, monkeypatch):
    monkeypatch.chdir(DOCUMENTS)
    document, service = understood(name)
    assert seen(service) == written[name.partition(".")[0]]
    places = re.findall(r"\bat: (?:'|\")?([^'\"}\n]+?)(?:'|\")?[}\n]", dump(document))
    assert places
    assert [at for at in places if not re.fullmatch(rf"{re.escape(name)}:(?:{label})", at)] == []


@pytest.mark.parametrize("name", ["camping.libreoffice.pdf", "camping.pandoc.pptx", "tool-library.pandoc.docx"])
def test_the_places_of_a_model_read_back(name, monkeypatch):
    monkeypatch.chdir(DOCUMENTS)
    document, service = understood(name)
    again, _ = read_document(dump(document), "service.yaml")
    read = resolve(again, None)
    assert [a.source.place for a in read.actors] == [a.source.place for a in service.actors]
    assert {a.source.place.source for a in read.actors} == {name}
    assert all(a.source.place.label for a in read.actors)


@pytest.mark.parametrize(
    "text",
    [
        "plan.pdf:p.3 l.14",
        "plan.docx:¶12",
        "a b.docx:table 2 row 3",
        "deck.pptx:slide 4",
        "deck.pptx:slide 4 ¶2",
        "값 표.xlsx:요금 표!B7",
    ],
)
def test_a_place_in_a_document_is_read_as_it_is_written(text):
    place = Place.parse(text)
    assert str(place) == text
    assert place.label
    assert ":" not in place.source


def test_places_in_a_document_are_in_order_and_know_their_neighbours():
    one, two, later = (Place.parse(f"a.pdf:p.{at}") for at in ("2 l.9", "2 l.10", "10 l.1"))
    assert one < two < later
    assert two.line - one.line == 1


@pytest.mark.parametrize(("text", "line"), [("service.md:12", 12), ("service.md", 0), ("minutes of 2026: the talk", 0)])
def test_other_places_are_read_as_before(text, line):
    place = Place.parse(text)
    assert (str(place), place.line, place.label) == (text, line, "")


def test_several_documents_are_understood_together(monkeypatch):
    monkeypatch.chdir(DOCUMENTS)
    _, service = understand([read_source("camping.pandoc.docx"), read_source("prices.libreoffice.xlsx")])
    sources = {money.source.place.source for money in service.money}
    assert "camping.pandoc.docx" in sources
    assert service.name == "숲속 캠핑장 예약 서비스"
