"""Presentations (.pptx): a heading a slide, its lists with their depth and numbers, tables, diagrams and the speaker's notes.

A place is the slide, and the paragraph on it (`slide 4 ¶2`). Of a hidden slide only that it is there.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from opslead.errors import InputErrors
from opslead.intake.page.readers.archive import Archive
from opslead.intake.page.readers.limits import LIMITS, Limits
from opslead.intake.page.readers.package import main_part, relations
from opslead.intake.page.readers.page import Converted, Page, Row
from opslead.intake.page.readers.words import Run, marked
from opslead.intake.page.readers.xml import Budget, Element, children, first, fragments, number

_TITLES = ("title", "ctrTitle")
_FURNITURE = frozenset({"sldNum", "ftr", "dt", "hdr", "sldImg"})
_LISTED = frozenset({"body", "obj", "", "half"})


def read(data: bytes, name: str, limits: Limits = LIMITS) -> Converted:
    """The slides as Markdown. Raises InputErrors."""
    archive, budget = Archive(data, name, limits), Budget(name, limits)
    main = main_part(archive, budget) or "ppt/presentation.xml"
    known = relations(archive, main, budget)
    order = [slide.get("r:id", "") for slide in fragments(archive.read(main), {"sldId"}, budget)]
    slides = [known[ident].target for ident in order if ident in known]
    if len(slides) > limits.pages:
        raise InputErrors.one(name, f"more than {limits.pages:,} slides", "give the slides that describe the service")
    page = Page(name, limits.text)
    for index, part in enumerate(slides, 1):
        _Slide(page, index).read(archive, part, budget)
    return page.converted()


@dataclass
class _Slide:
    """One slide. Mutable while it is read only."""

    page: Page
    index: int
    paragraphs: int = 0
    counts: dict[int, int] = field(default_factory=dict)

    def read(self, archive: Archive, part: str, budget: Budget) -> None:
        slide = next(fragments(archive.read(part), {"sld"}, budget), None)
        if slide is None or slide.get("show") in ("0", "false"):
            self.page.paragraph("(a hidden slide: not read)", f"slide {self.index}")
            return
        shapes = [shape for tree in children(slide, "cSld") for shape in _shapes(tree)]
        for shape in shapes:
            if _role(shape) in _TITLES:
                level = 1 if self.index == 1 else 2  # the first slide has the name of the whole
                self.page.heading(level, " ".join(_texts(shape)), f"slide {self.index}")
        for shape in shapes:
            if shape.tag == "graphicFrame":
                self._table(shape)
            elif _role(shape) not in (*_TITLES, *_FURNITURE):
                self._body(shape)
        for relation in relations(archive, part, budget).values():
            if relation.kind == "diagramData":
                self._diagram(fragments(archive.read(relation.target), {"pt"}, budget))
            elif relation.kind == "notesSlide":
                for tree in fragments(archive.read(relation.target), {"cSld"}, budget):
                    for shape in _shapes(tree):
                        if _role(shape) not in _FURNITURE:
                            self._body(shape, listed=False)

    def _label(self) -> str:
        self.paragraphs += 1
        return f"slide {self.index} ¶{self.paragraphs}"

    def _body(self, shape: Element, listed: bool = True) -> None:
        role = first(shape, "nvSpPr", "nvPr", "ph")
        bullets = listed and role is not None and _role(shape) in _LISTED
        self.counts = {}
        for paragraph in children(first(shape, "txBody"), "p"):
            text = _text(paragraph).strip()
            if not text:
                continue
            properties = first(paragraph, "pPr")
            depth = number("" if properties is None else properties.get("lvl", ""), 0, 8)
            automatic = first(properties, "buAutoNum")
            if automatic is not None:
                start = number(automatic.get("startAt", ""), 1)
                self.counts[depth] = self.counts.get(depth, start - 1) + 1
                self.page.item(text, depth, self.counts[depth], self._label())
            elif first(properties, "buChar") is not None or (bullets and first(properties, "buNone") is None):
                self.counts.pop(depth, None)
                self.page.item(text, depth, None, self._label())
            else:
                self.page.paragraph(marked(_runs(paragraph)), self._label())
            for deeper in [at for at in self.counts if at > depth]:
                del self.counts[deeper]

    def _table(self, frame: Element) -> None:
        for table in frame.iter("tbl"):
            properties = first(table, "tblPr")
            headed = properties is not None and properties.get("firstRow") in ("1", "true")
            rows: list[Row] = []
            for row in children(table, "tr"):
                cells: list[str] = []
                for cell in children(row, "tc"):
                    text = "\n".join(filter(None, (_text(p).strip() for p in children(first(cell, "txBody"), "p"))))
                    if cell.get("vMerge") in ("1", "true") and rows and len(cells) < len(rows[-1].cells):
                        text = rows[-1].cells[len(cells)]
                    cells.append(text)
                rows.append(Row(tuple(cells), self._label(), headed and not rows))
            self.page.table(rows)

    def _diagram(self, points: Iterable[Element]) -> None:
        for point in points:
            if text := " ".join(_texts(point)):
                self.page.item(text, 0, None, self._label())


def _shapes(tree: Element) -> Iterator[Element]:
    """Shapes with text and frames with tables, those in groups too, in the order of the slide."""
    for child in tree:
        if child.tag in ("sp", "graphicFrame"):
            yield child
        elif child.tag in ("spTree", "grpSp", "AlternateContent", "Choice"):
            yield from _shapes(child)


def _role(shape: Element) -> str:
    """The type of placeholder; empty for the main text and for a free text box."""
    placeholder = first(shape, "nvSpPr", "nvPr", "ph")
    return "" if placeholder is None else placeholder.get("type", "")


def _texts(element: Element) -> list[str]:
    return [text for paragraph in element.iter("p") if (text := _text(paragraph).strip())]


def _text(paragraph: Element) -> str:
    return "".join(run.text for run in _runs(paragraph))


def _runs(paragraph: Element) -> list[Run]:
    runs = []
    for child in paragraph:
        if child.tag == "br":
            runs.append(Run("\n"))
        elif child.tag in ("r", "fld"):
            properties = first(child, "rPr")
            bold = properties is not None and properties.get("b") in ("1", "true")
            runs.append(Run("".join(t.text or "" for t in children(child, "t")), bold))
    return runs
