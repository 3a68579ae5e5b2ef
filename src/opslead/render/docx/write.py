"""The Word file: the body put into python-docx's plain document, or into a house's own."""

from __future__ import annotations

import io
from collections.abc import Iterable
from typing import TYPE_CHECKING, cast

from docx import Document
from docx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import parse_xml
from docx.oxml.ns import qn
from docx.parts.numbering import NumberingPart
from docx.shared import Mm

from opslead.render.docx.body import NS, Body, Numbers, field, paragraph, run
from opslead.render.docx.placeholders import CONTENT, has, replace_titles
from opslead.render.docx.styles import ALTERNATIVES, DEFAULTS, STYLES
from opslead.render.docx.template import checked
from opslead.render.format import RenderError, Template
from opslead.render.outline.blocks import Outline
from opslead.render.plain import printable, shortened
from opslead.render.zip import settled

if TYPE_CHECKING:
    from docx.document import Document as DocumentObject
    from docx.oxml.xmlchemy import BaseOxmlElement

_W = f'xmlns:w="{NS}"'


def document(outline: Outline, template: Template | None = None) -> bytes:
    """The file, the same bytes for the same outline and template. Raises RenderError for a template that cannot be used."""
    made = _opened(template)
    styles = _styled(made, own=template is None)
    numbers, numbering = _numbered(made)
    body = Body(outline, styles, numbers)
    titled = template is not None and replace_titles(made, outline)
    parts = [] if titled else list(body.title_page())
    if template is None or not _has_contents(made):
        parts += body.contents()
    parts += body.blocks()
    _lists(numbering, numbers, body.lists)
    _placed(made, parts)
    if template is None:
        _page(made, outline, styles)
        _fonts(made)
        _modern(made)
    _settings(made)
    _properties(made, outline)
    out = io.BytesIO()
    made.save(out)
    return settled(out.getvalue())


def _opened(template: Template | None) -> DocumentObject:
    if template is None:
        return Document()
    try:
        return Document(io.BytesIO(checked(template.name, template.content)))
    except RenderError:
        raise
    except Exception as error:
        raise RenderError(f"{template.name}: cannot be read as a Word document ({error})") from error


def _styled(made: DocumentObject, *, own: bool) -> dict[str, str]:
    """Ids of all styles by name. In our own document ours take the place of those of the same name."""
    root = made.styles.element
    if own:
        for old in root.findall(qn("w:docDefaults")):
            root.remove(old)
        root.insert(0, parse_xml(DEFAULTS))
    for name, xml in STYLES.items():
        found = [style for style in root.findall(qn("w:style")) if _name(style) == name.lower()]
        if found and own:
            for style in found:
                root.remove(style)
        if own or not found:
            root.append(parse_xml(xml))
    return {name: _id(root, name) for name in STYLES}


def _name(style: BaseOxmlElement) -> str:
    return str(style.find(qn("w:name")).get(qn("w:val"))).lower()


def _id(root: BaseOxmlElement, name: str) -> str:
    return next(
        str(style.get(qn("w:styleId"))) for style in root.findall(qn("w:style")) if _name(style) == name.lower()
    )


def _numbered(made: DocumentObject) -> tuple[Numbers, BaseOxmlElement]:
    """Our three kinds of lists added to the numbering part, which is made where there is none."""
    part = made.part
    try:
        root = cast("NumberingPart", part.part_related_by(RELATIONSHIP_TYPE.NUMBERING)).element
    except KeyError:
        element = parse_xml(f"<w:numbering {_W}/>")
        fresh = NumberingPart(PackURI("/word/numbering.xml"), CONTENT_TYPE.WML_NUMBERING, element, part.package)
        part.relate_to(fresh, RELATIONSHIP_TYPE.NUMBERING)
        root = fresh.element
    abstract = 1 + max((int(a.get(qn("w:abstractNumId"))) for a in root.findall(qn("w:abstractNum"))), default=0)
    number = 1 + max((int(n.get(qn("w:numId"))) for n in root.findall(qn("w:num"))), default=0)
    kinds = (("bullet", "•", 360, 240), ("bullet", "•", 200, 180), ("decimal", "%1.", 400, 360))
    first = root.find(qn("w:num"))
    for offset, (kind, text, left, hanging) in enumerate(kinds):
        element = parse_xml(
            f'<w:abstractNum {_W} w:abstractNumId="{abstract + offset}"><w:multiLevelType w:val="singleLevel"/><w:lvl w:ilvl="0"><w:start w:val="1"/>'
            f'<w:numFmt w:val="{kind}"/><w:lvlText w:val="{text}"/><w:lvlJc w:val="left"/><w:pPr><w:ind w:left="{left}" w:hanging="{hanging}"/></w:pPr></w:lvl></w:abstractNum>'
        )
        if first is None:
            root.append(element)
        else:
            first.addprevious(element)
    for offset in (0, 1):
        root.append(
            parse_xml(f'<w:num {_W} w:numId="{number + offset}"><w:abstractNumId w:val="{abstract + offset}"/></w:num>')
        )
    root.set("opslead-abstract", str(abstract + 2))
    return Numbers(number, number + 1, number + 2), root


def _lists(root: BaseOxmlElement, numbers: Numbers, count: int) -> None:
    """A number of its own for each numbered list, so that each begins at 1."""
    abstract = root.attrib.pop("opslead-abstract")
    for offset in range(count):
        root.append(
            parse_xml(
                f'<w:num {_W} w:numId="{numbers.first + offset}"><w:abstractNumId w:val="{abstract}"/><w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride></w:num>'
            )
        )


def _has_contents(made: DocumentObject) -> bool:
    return any((code.text or "").strip().startswith("TOC") for code in made.element.body.iter(qn("w:instrText")))


def _placed(made: DocumentObject, parts: Iterable[str]) -> None:
    """Into the place of `{{ opslead }}`, else at the end."""
    root = parse_xml(f"<w:body {_W}>{''.join(parts)}</w:body>")
    body = made.element.body
    spot = next((p._p for p in made.paragraphs if has(p.text, CONTENT)), None)
    if spot is None:
        last = body.find(qn("w:sectPr"))
        for element in list(root):
            body.append(element) if last is None else last.addprevious(element)
        return
    for element in list(root):
        spot.addprevious(element)
    spot.getparent().remove(spot)


def _page(made: DocumentObject, outline: Outline, styles: dict[str, str]) -> None:
    """A4, a first page without header, the title above and the page's number below."""
    section = made.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.left_margin = section.right_margin = Mm(22)
    section.top_margin, section.bottom_margin = Mm(24), Mm(20)
    section.header_distance, section.footer_distance = Mm(11), Mm(10)
    section.different_first_page_header_footer = True
    head = run(shortened(outline.title, 60)) + "<w:r><w:tab/></w:r>" + run(outline.kind)
    foot = field("PAGE", "1") + run(" / ") + field("NUMPAGES", "1")
    for part, style, content in ((section.header, "header", head), (section.footer, "footer", foot)):
        part.is_linked_to_previous = False
        root = parse_xml(f"<w:hdr {_W}>{paragraph(styles[style], content)}</w:hdr>")
        for old in list(part._element):
            part._element.remove(old)
        for element in list(root):
            part._element.append(element)


def _settings(made: DocumentObject) -> None:
    """Fields are computed when the file is opened. A template on somebody's server stays out of it."""
    root = made.settings.element
    for old in (*root.findall(qn("w:updateFields")), *root.findall(qn("w:attachedTemplate"))):
        root.remove(old)
    root.insert(0, parse_xml(f'<w:updateFields {_W} w:val="true"/>'))
    part = made.part.part_related_by(RELATIONSHIP_TYPE.SETTINGS)
    for key in [key for key, one in part.rels.items() if one.reltype.endswith("/attachedTemplate")]:
        del part.rels[key]


def _modern(made: DocumentObject) -> None:
    """As Word writes today: python-docx's own ground opens in "compatibility mode", where tables stand out into the margin."""
    for one in made.settings.element.iter(qn("w:compatSetting")):
        if one.get(qn("w:name")) == "compatibilityMode":
            one.set(qn("w:val"), "15")


def _fonts(made: DocumentObject) -> None:
    """What to take where the fonts are missing."""
    rows = "".join(
        f'<w:font w:name="{name}"><w:altName w:val="{other}"/></w:font>' for name, other in ALTERNATIVES.items()
    )
    blob = f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?><w:fonts {_W}>{rows}</w:fonts>'.encode()
    for key in [key for key, one in made.part.rels.items() if one.reltype == RELATIONSHIP_TYPE.FONT_TABLE]:
        del made.part.rels[key]
    part = Part(PackURI("/word/fontTable.xml"), CONTENT_TYPE.WML_FONT_TABLE, blob, made.part.package)
    made.part.relate_to(part, RELATIONSHIP_TYPE.FONT_TABLE)


def _properties(made: DocumentObject, outline: Outline) -> None:
    """Title, kind and language; no author, and no time, for there is no clock in a document that is computed."""
    core = made.core_properties
    core.title, core.subject = shortened(printable(outline.title), 255), outline.kind
    core.language = "ko-KR" if outline.language == "ko" else "en-US"
    core.author = core.comments = core.last_modified_by = ""
    for child in list(core._element):
        if child.tag.endswith(("}created", "}modified")):
            core._element.remove(child)
