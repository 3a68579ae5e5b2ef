"""The styles of the Word document. In a house's template its own styles stand, and only those that it lacks are added."""

from __future__ import annotations

from collections.abc import Mapping

LATIN, EAST_ASIAN = "Calibri", "맑은 고딕"
ALTERNATIVES = {
    LATIN: "Carlito;Arial;Liberation Sans",
    EAST_ASIAN: "Malgun Gothic;Apple SD Gothic Neo;Noto Sans CJK KR;Noto Sans KR;NanumGothic",
}
"""What a program takes that does not have the font."""

INK, QUIET, RULE, SHADE, ACCENT = "1F2933", "5A6672", "C9D1D9", "F1F4F7", "1F3A5F"
LEVELS: Mapping[str, tuple[str, str]] = {
    "high": ("FBE3E1", "8E1B12"),
    "medium": ("FFF1D6", "7A4B00"),
    "low": ("E4F1E6", "1E5B2A"),
}
"""Ground and ink of a grade; contrast at least 4.5."""

_NS = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
_FONTS = f'<w:rFonts w:ascii="{LATIN}" w:hAnsi="{LATIN}" w:cs="{LATIN}" w:eastAsia="{EAST_ASIAN}"/>'

DEFAULTS = (
    f"<w:docDefaults {_NS}><w:rPrDefault><w:rPr>{_FONTS}"
    f'<w:color w:val="{INK}"/><w:sz w:val="20"/><w:szCs w:val="20"/><w:lang w:val="en-US" w:eastAsia="ko-KR" w:bidi="ar-SA"/></w:rPr></w:rPrDefault>'
    '<w:pPrDefault><w:pPr><w:spacing w:after="80" w:line="276" w:lineRule="auto"/></w:pPr></w:pPrDefault></w:docDefaults>'
)


def _paragraph(
    key: str, name: str, *, size: int, paragraph: str = "", run: str = "", based: str = "Normal", then: str = "Normal"
) -> str:
    parent = f'<w:basedOn w:val="{based}"/>' if based else ""
    default = "" if based else ' w:default="1"'
    return (
        f'<w:style {_NS} w:type="paragraph" w:styleId="{key}"{default}><w:name w:val="{name}"/>{parent}<w:next w:val="{then}"/><w:qFormat/>'
        f'<w:pPr>{paragraph}</w:pPr><w:rPr>{_FONTS}{run}<w:sz w:val="{size}"/><w:szCs w:val="{size}"/></w:rPr></w:style>'
    )


def _heading(level: int, size: int, before: int, after: int, rule: bool = False) -> str:
    line = f'<w:pBdr><w:bottom w:val="single" w:sz="8" w:space="3" w:color="{ACCENT}"/></w:pBdr>' if rule else ""
    paragraph = f'<w:keepNext/><w:keepLines/>{line}<w:spacing w:before="{before}" w:after="{after}"/><w:outlineLvl w:val="{level - 1}"/>'
    return _paragraph(
        f"Heading{level}",
        f"heading {level}",
        size=size,
        paragraph=paragraph,
        run=f'<w:b/><w:bCs/><w:color w:val="{ACCENT}"/>',
    )


def _table(key: str, name: str, parts: str, borders: str) -> str:
    return (
        f'<w:style {_NS} w:type="table" w:customStyle="1" w:styleId="{key}"><w:name w:val="{name}"/><w:uiPriority w:val="99"/>'
        '<w:pPr><w:spacing w:after="0" w:line="264" w:lineRule="auto"/></w:pPr>'
        f"<w:tblPr><w:tblBorders>{borders}</w:tblBorders>"
        '<w:tblCellMar><w:top w:w="55" w:type="dxa"/><w:left w:w="90" w:type="dxa"/><w:bottom w:w="55" w:type="dxa"/><w:right w:w="90" w:type="dxa"/></w:tblCellMar>'
        f"</w:tblPr>{parts}</w:style>"
    )


def _edges(*names: str) -> str:
    return "".join(f'<w:{name} w:val="single" w:sz="4" w:space="0" w:color="{RULE}"/>' for name in names)


_HEAD_ROW = (
    f'<w:tblStylePr w:type="firstRow"><w:rPr><w:b/><w:bCs/><w:color w:val="FFFFFF"/></w:rPr>'
    f'<w:tcPr><w:shd w:val="clear" w:color="auto" w:fill="{ACCENT}"/></w:tcPr></w:tblStylePr>'
)
_HEAD_COLUMN = (
    f'<w:tblStylePr w:type="firstCol"><w:rPr><w:b/><w:bCs/></w:rPr>'
    f'<w:tcPr><w:shd w:val="clear" w:color="auto" w:fill="{SHADE}"/></w:tcPr></w:tblStylePr>'
)
_TABS = '<w:tabs><w:tab w:val="right" w:leader="dot" w:pos="9400"/></w:tabs>'

STYLES: Mapping[str, str] = {
    "Normal": _paragraph("Normal", "Normal", size=20, based=""),
    "Title": _paragraph(
        "Title", "Title", size=52, paragraph='<w:keepNext/><w:spacing w:before="120" w:after="240" w:line="252" w:lineRule="auto"/>',
        run=f'<w:b/><w:bCs/><w:color w:val="{ACCENT}"/>',
    ),
    "Subtitle": _paragraph("Subtitle", "Subtitle", size=26, paragraph='<w:spacing w:before="2400" w:after="0"/>', run=f'<w:color w:val="{QUIET}"/>'),
    "heading 1": _heading(1, 32, 480, 160, rule=True),
    "heading 2": _heading(2, 25, 360, 100),
    "heading 3": _heading(3, 21, 180, 60),
    "TOC Heading": _paragraph("TOCHeading", "TOC Heading", size=32, paragraph='<w:keepNext/><w:spacing w:after="160"/>', run=f'<w:b/><w:bCs/><w:color w:val="{ACCENT}"/>'),
    "toc 1": _paragraph("TOC1", "toc 1", size=20, paragraph=f'{_TABS}<w:spacing w:before="100" w:after="20"/><w:ind w:right="500"/>', run="<w:b/><w:bCs/>"),
    "toc 2": _paragraph("TOC2", "toc 2", size=19, paragraph=f'{_TABS}<w:spacing w:after="10"/><w:ind w:left="240" w:right="500"/>'),
    "List Number": _paragraph("ListNumber", "List Number", size=20, paragraph='<w:spacing w:after="50"/>', then="ListNumber"),
    "List Bullet": _paragraph("ListBullet", "List Bullet", size=20, paragraph='<w:spacing w:after="40"/>', then="ListBullet"),
    "header": _paragraph("Header", "header", size=16, paragraph='<w:tabs><w:tab w:val="right" w:pos="9400"/></w:tabs><w:spacing w:after="0"/>', run=f'<w:color w:val="{QUIET}"/>', then="Header"),
    "footer": _paragraph("Footer", "footer", size=16, paragraph='<w:spacing w:after="0"/><w:jc w:val="center"/>', run=f'<w:color w:val="{QUIET}"/>', then="Footer"),
    "Opslead Note": _paragraph("OpsleadNote", "Opslead Note", size=18, paragraph='<w:spacing w:before="40" w:after="120"/>', run=f'<w:color w:val="{QUIET}"/>'),
    "Opslead Cell": _paragraph("OpsleadCell", "Opslead Cell", size=18, paragraph='<w:spacing w:after="20" w:line="264" w:lineRule="auto"/>', then="OpsleadCell"),
    "Opslead Table": _table("OpsleadTable", "Opslead Table", _HEAD_ROW, _edges("top", "bottom", "insideH")),
    "Opslead Fields": _table("OpsleadFields", "Opslead Fields", _HEAD_COLUMN, _edges("top", "bottom", "insideH")),
}  # fmt: skip
"""By name, as Word keeps them whatever the language of its menus."""
