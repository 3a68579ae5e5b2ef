"""Documents by hand, down to the byte: what no office program would write."""

import io
import zipfile

RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
TYPES = {
    "docx": ("word/document.xml", "wordprocessingml.document"),
    "xlsx": ("xl/workbook.xml", "spreadsheetml.sheet"),
    "pptx": ("ppt/presentation.xml", "presentationml.presentation"),
}


def zipped(parts):
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as file:
        for name, content in parts.items():
            file.writestr(name, content)
    return made.getvalue()


def relations(**targets):
    """`relations(r1=("styles", "styles.xml"))`"""
    rows = "".join(
        f'<Relationship Id="{key}" Type="{RELATIONS}/{kind}" Target="{target}"/>'
        for key, (kind, target) in targets.items()
    )
    return f"<Relationships>{rows}</Relationships>"


def package(kind, parts):
    main, word = TYPES[kind]
    content = f"application/vnd.openxmlformats-officedocument.{word}.main+xml"
    types = f'<Types><Override PartName="/{main}" ContentType="{content}"/></Types>'
    return zipped({"[Content_Types].xml": types, "_rels/.rels": relations(r1=("officeDocument", main)), **parts})


def docx(body, before="", **parts):
    document = f'{before}<w:document xmlns:w="w" xmlns:r="{RELATIONS}"><w:body>{body}</w:body></w:document>'
    return package("docx", {"word/document.xml": document, **parts})


def paragraph(text, properties=""):
    return f"<w:p><w:pPr>{properties}</w:pPr><w:r><w:t>{text}</w:t></w:r></w:p>"


def xlsx(rows, state="visible"):
    book = (
        f'<workbook xmlns:r="{RELATIONS}"><sheets><sheet name="Prices" state="{state}" r:id="r1"/></sheets></workbook>'
    )
    return package(
        "xlsx",
        {
            "xl/workbook.xml": book,
            "xl/_rels/workbook.xml.rels": relations(r1=("worksheet", "worksheets/a.xml")),
            "xl/worksheets/a.xml": f"<worksheet><sheetData>{rows}</sheetData></worksheet>",
        },
    )


def pptx(*slides):
    order = "".join(f'<sldId id="{i}" r:id="r{i}"/>' for i in range(len(slides)))
    parts = {f"ppt/slides/{i}.xml": slide for i, slide in enumerate(slides)}
    listed = relations(**{f"r{i}": ("slide", f"slides/{i}.xml") for i in range(len(slides))})
    presentation = f'<presentation xmlns:r="{RELATIONS}"><sldIdLst>{order}</sldIdLst></presentation>'
    return package("pptx", {"ppt/presentation.xml": presentation, "ppt/_rels/presentation.xml.rels": listed, **parts})


def pdf(*objects):
    """A PDF of these objects, the first its root."""
    made, offsets = b"%PDF-1.7\n", []
    for number, content in enumerate(objects, 1):
        offsets.append(len(made))
        made += b"%d 0 obj\n" % number + content + b"\nendobj\n"
    start = len(made)
    made += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    made += b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    return made + b"trailer<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF" % (len(objects) + 1, start)


def stream(content, more=b""):
    return b"<<%s/Length %d>>stream\n" % (more, len(content)) + content + b"\nendstream"


def pdf_page(contents, resources=b"/Font<</F1<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>>>"):
    box = b"/MediaBox[0 0 600 800]"
    return b"<</Type/Page/Parent 2 0 R%s/Resources<<%s>>/Contents %d 0 R>>" % (box, resources, contents)


def one_page(content, more=b""):
    """A PDF of one page with that content stream."""
    pages = b"<</Type/Pages/Kids[3 0 R]/Count 1>>"
    return pdf(b"<</Type/Catalog/Pages 2 0 R>>", pages, pdf_page(4), stream(content, more))


def lines(*texts, size=12):
    """A content stream that writes lines one below the other."""
    shown = b" ".join(b"(%s) Tj 0 -16 Td" % text.encode() for text in texts)
    return b"BT /F1 %d Tf 72 700 Td %s ET" % (size, shown)
