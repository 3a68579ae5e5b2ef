"""The dress of somebody's Markdown taken off: bold, bullets, tables, escapes, translated labels."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from opslead.spec.labels import FIELDS

_INLINE = re.compile(r"(?<!\\)(?:\*\*|__|`|~~)|(?<![\\\w*])\*(?=\S)|(?<=[^\s\\*])\*(?![\w*])")
_ESCAPE = re.compile(r"\\([\\`*_<>|~#+\-.()\[\]!=])")
_HEADING = re.compile(r"^(#{1,6})\s+(.*?)\s*#*$")
_BULLET = re.compile(r"^(\s*)(?:[-*+•·]|\d{1,2}[.)]|[①-⑳]|\(\d{1,2}\))\s+(.*)$")
_NUMBERED = re.compile(r"^\s*(?:\d{1,2}[.)]|[①-⑳]|\(\d{1,2}\))\s+")
_BOLD_LINE = re.compile(r"^\s*\*\*(.+?)\*\*\s*:?\s*$")


@dataclass(frozen=True)
class Line:
    """One line: `text` bare, `level` of a heading (7 for a line that is bold throughout, 0 for none), `indent` in columns,
    `bullet` and `numbered` as it stood, `cells` of a table row."""

    number: int
    text: str
    level: int = 0
    indent: int = 0
    bullet: bool = False
    numbered: bool = False
    cells: tuple[str, ...] = ()


def plain(text: str) -> str:
    """The words without inline markup and escapes."""
    return _ESCAPE.sub(r"\1", _INLINE.sub("", text)).strip()


def lines_of(text: str) -> list[Line]:
    """All lines that carry words, with what their markup said of them. Rules, table rulings and fences are left out."""
    found: list[Line] = []
    for number, raw in enumerate(text.splitlines(), 1):
        stripped = raw.strip()
        if not stripped or re.fullmatch(r"[-=*_─━]{3,}", stripped) or stripped.startswith("```"):
            continue
        if re.fullmatch(r"\|?[\s:|\-]+\|?", stripped) and "-" in stripped:
            continue
        found.append(_line(number, raw.expandtabs(4), stripped))
    return found


def _line(number: int, raw: str, stripped: str) -> Line:
    indent = len(raw) - len(raw.lstrip())
    if heading := _HEADING.match(stripped):
        return Line(number, plain(heading[2]), level=len(heading[1]), indent=indent)
    if stripped.startswith("|") and stripped.count("|") >= 2:
        cells = tuple(plain(cell.replace("\\|", "|")) for cell in re.split(r"(?<!\\)\|", stripped.strip("|")))
        return Line(number, " | ".join(cells), indent=indent, cells=cells)
    if bold := _BOLD_LINE.match(raw):
        return Line(number, plain(bold[1]), level=7, indent=indent)
    if bullet := _BULLET.match(raw):
        numbered = bool(_NUMBERED.match(raw))
        return Line(number, plain(bullet[2]), indent=indent, bullet=True, numbered=numbered)
    return Line(number, plain(stripped.lstrip("> ")), indent=indent)


_FIELD_WORDS: Mapping[str, tuple[str, ...]] = {
    "surfaces": ("surfacetag", "surface tag", "surface tags", "surface", "surfaces", "표면", "표면 태그", "태그", "tags"),
    "intent": ("목적", "방지하는 사고", "purpose", "intent", "incident prevented", "accident prevented", "goal", "objective", "why"),
    "scope": ("적용 범위", "범위", "scope", "applies to"),
    "trigger": ("트리거", "발동 조건", "trigger", "activation condition", "activation", "when it applies"),
    "signals": ("필요한 데이터", "데이터/신호", "신호", "required data", "data/signals", "data / signals", "signals", "data needed", "needed data", "data signals"),
    "enforcement_points": ("집행 위치", "enforcement point", "enforcement points", "enforcement", "where enforced", "where it is enforced"),
    "runbook": ("운영 절차", "runbook", "procedure", "절차", "operating procedure"),
    "exceptions": ("예외", "충돌 우선순위", "exceptions", "exception", "conflict priority", "priority in conflict", "exceptions and priority"),
    "monitoring": ("모니터링", "알람", "monitoring", "alarms", "alerts", "metrics", "지표"),
    "symptoms": ("실패 시 관측되는 징후", "실패 시 관측", "관측되는 징후", "징후", "symptoms", "observed symptoms", "signs of failure", "failure signs", "observable symptoms"),
    "uncertain": ("uncertain", "불확실", "미확정"),
    "closes": ("닫는 구멍", "closes"),
    "quantities": ("계산 근거", "computed"),
}  # fmt: skip
"""How people label the fields; a label matches when it begins with one of the words."""

_LABEL = re.compile(r"^\[?(?P<label>[A-Za-z가-힣/·&,() -]{2,60}?)\]?(?:\s*\([^)]{0,60}\))?\s*[:：]\s*(?P<rest>.*)$")
_TAG_LABEL = re.compile(r"^\[(?P<label>UNCERTAIN|SurfaceTag|Surface Tag)\]\s*[:：]?\s*(?P<rest>.*)$", re.I)


def field_of(text: str) -> tuple[str, str] | None:
    """The field that a line begins, and the rest of the line; None when it begins none."""
    match = _TAG_LABEL.match(text) or _LABEL.match(text)
    if match is None:
        return None
    label = " ".join(re.sub(r"[\[\]]", " ", match["label"]).lower().split())
    for name, words in _FIELD_WORDS.items():
        if any(label == word or label.startswith((word + " ", word + "/", word + "(", word + ",")) for word in words):
            return name, match["rest"].strip()
    return None


_SECTION_WORDS: Mapping[str, tuple[str, ...]] = {
    "assumptions": ("assumption", "가정"),
    "failure_modes": ("failure mode", "실패 패턴", "failure pattern"),
    "policies": ("policy catalog", "정책 카탈로그", "policy catalogue"),
    "rollout": ("rollout", "도입 순서", "우선순위", "priority"),
    "questions": ("verification question", "검증 질문", "open question"),
    "appendix": ("부록", "appendix"),
}
_HORIZON_WORDS: Mapping[str, tuple[str, ...]] = {
    "week_1": ("즉시", "week 1", "immediate", "first week"),
    "weeks_1_4": ("단기", "short term", "short-term", "1-4 weeks", "1–4 weeks", "weeks 1-4", "weeks 1–4", "1~4주"),
    "months_1_3": ("중기", "medium", "mid term", "mid-term", "1-3 months", "1–3 months", "months 1-3", "1~3개월"),
}


def section_of(text: str) -> str:
    """The section that a heading names, empty for none. `Policy #3: rollout` is no section."""
    lowered = text.lower()
    if re.search(r"policy\s*#?\s*\d|정책\s*#\s*\d", lowered):
        return ""
    return next((name for name, words in _SECTION_WORDS.items() if any(word in lowered for word in words)), "")


def horizon_of(text: str) -> str:
    """The horizon that a heading names, empty for none; the latest one named first wins over `Week 1` in a range."""
    lowered = text.lower()
    return next(
        (name for name in ("months_1_3", "weeks_1_4", "week_1") if any(w in lowered for w in _HORIZON_WORDS[name])), ""
    )


def field_words(name: str) -> frozenset[str]:
    """The words by which people label the field, and those of the contract, in small letters."""
    own = {part.strip(" []").lower() for words in FIELDS.values() for part in re.split(r"[()/]", words.get(name, ""))}
    return frozenset(own - {""}) | frozenset(_FIELD_WORDS.get(name, ()))
