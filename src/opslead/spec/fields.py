"""What people call the parts of a specification: fields of a policy, sections, horizons of the rollout."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache

from opslead.spec.dress import Line
from opslead.spec.labels import FIELDS

_FIELD_WORDS: Mapping[str, tuple[str, ...]] = {
    "surfaces": ("surfacetag", "surfacetags", "surface tag", "surface tags", "surface", "surfaces", "표면", "표면 태그", "태그", "tags"),
    "intent": (
        "목적", "방지하는 사고", "방지하려는 사고", "방지할 사고", "방지 사고", "막는 사고", "막으려는 사고", "예방하는 사고", "purpose", "intent",
        "incident prevented", "accident prevented", "incidents prevented", "accidents prevented", "prevents", "what it prevents", "what this prevents", "goal", "objective", "why",
    ),
    "scope": ("적용 범위", "범위", "적용 대상", "scope", "applies to", "applicability"),
    "trigger": (
        "트리거", "발동 조건", "발동 기준", "발동 시점", "작동 조건", "trigger", "triggers", "activation condition", "activation", "activates when", "when it applies",
    ),
    "signals": (
        "필요한 데이터", "필요 데이터", "필요한 신호", "필요 신호", "데이터/신호", "데이터", "신호", "required data", "data required", "data/signals", "signals", "data needed",
        "needed data", "data signals", "data and signals", "required signals", "data", "inputs",
    ),
    "enforcement_points": (
        "집행 위치", "집행 지점", "집행 장소", "통제 지점", "enforcement point", "enforcement points", "enforcement", "where enforced", "where it is enforced", "enforced in",
        "enforced at", "point of enforcement", "control point", "control points",
    ),
    "runbook": (
        "운영 절차", "대응 절차", "처리 절차", "조치 절차", "실행 절차", "런북", "절차", "runbook", "procedure", "operating procedure", "operating steps", "steps", "playbook",
    ),
    "exceptions": (
        "예외", "예외사항", "예외 사항", "충돌 우선순위", "충돌 시 우선순위", "exceptions", "exception", "conflicts", "conflict priority", "conflict resolution",
        "priority in conflict", "exceptions and priority", "precedence",
    ),
    "monitoring": ("모니터링", "모니터링 지표", "알람", "경보", "지표", "monitoring", "alarms", "alerts", "metrics", "indicators"),
    "symptoms": (
        "실패 시 관측되는 징후", "실패 시 관측", "관측되는 징후", "실패 시 징후", "실패 징후", "이상 징후", "징후", "실패 시 증상", "증상", "symptoms", "observed symptoms", "signs of failure",
        "failure signs", "failure symptoms", "signs", "signs when failing", "warning signs", "observable symptoms", "what failure looks like",
    ),
    "uncertain": ("uncertain", "uncertainty", "uncertainties", "open points", "open questions", "불확실", "불확실한 점", "불확실성", "미확정", "확인 필요"),
    "closes": ("닫는 구멍", "closes"),
    "quantities": ("계산 근거", "computed"),
}  # fmt: skip
"""How people label the fields; a label matches when it begins with one of the words."""

_ALONE = frozenset(("데이터", "신호", "data", "inputs", "steps", "conflicts", "precedence", "증상", "확인 필요", "open points", "open questions", "prevents", "why"))  # fmt: skip
"""Words that are a label only where nothing else is said: `Data loss: …` is a sentence."""

_LONGEST_LABEL = 40
"""Characters of a heading that is a label; a longer one is a sentence."""
_ORNAMENT = re.compile("^(?:\\d\ufe0f?\u20e3\\s*)?(?:[^\\w\\[(†#]+\\s*)?(?:\\d{1,2}[.)]\\s+)?")
"""Signs, a number in a key's picture or an ordinary one, before a label."""
_LABEL = re.compile(
    r"^\[?(?P<label>[A-Za-z가-힣/·&,() -]{2,60}?)\]?(?:\s*\([^)]{0,60}\))?\s*[:：]\s*(?P<rest>.*)$", re.S
)
_TAG_LABEL = re.compile(r"^\[(?P<label>UNCERTAIN|SurfaceTag|Surface Tag)\]\s*[:：]?\s*(?P<rest>.*)$", re.I | re.S)
_DASHED = re.compile(r"^(?P<label>[A-Za-z가-힣/·&,() -]{2,60}?)\s+[—–]\s+(?P<rest>.*)$", re.S)


def field_of(line: Line) -> tuple[str, str] | None:
    """The field that a line begins, and the rest of the line; None when it begins none.

    A label stands before a colon, is a heading or bold line of its own, is the bold beginning of the line, or stands before a dash.
    """
    text = _ORNAMENT.sub("", line.text)
    match = _TAG_LABEL.match(text) or _LABEL.match(text)
    if line.lead and (name := named(line.lead.rstrip(" :："), whole=True)):
        return name, line.rest.lstrip(" :：—–-|")
    if match and (name := named(match["label"])):
        return name, match["rest"].strip()
    if line.level and len(text) <= _LONGEST_LABEL and (name := named(text)):
        return name, ""
    match = _DASHED.match(text)
    return (name, match["rest"].strip()) if match and (name := named(match["label"], whole=True)) else None


def named(label: str, whole: bool = False) -> str:
    """The field that a label names, empty for none. `whole`: every part of the label has to be a word for it."""
    bare = " ".join(re.sub(r"[\[\]]", " ", _ORNAMENT.sub("", label)).lower().split())
    bare = re.sub(r"\s*\([^()]*\)$", "", bare) or bare
    parts = [part for part in re.split(r"\s*[/·&,()]\s*|\s+(?:and|or|및)\s+", bare) if part]
    for name in _FIELD_WORDS:
        words = _joined(name)
        if "".join(bare.split()) in words or (parts and all("".join(part.split()) in words for part in parts)):
            return name
    if whole:
        return ""
    for name, words_of in _FIELD_WORDS.items():
        heads = tuple(f"{word}{sign}" for word in words_of if word not in _ALONE for sign in (" ", "/", "(", ","))
        if bare.startswith(heads):
            return name
    return ""


_SECTION_WORDS: Mapping[str, tuple[str, ...]] = {
    "assumptions": ("assumption", "가정"),
    "failure_modes": ("failure mode", "실패 패턴", "실패 유형", "failure pattern"),
    "policies": ("policy catalog", "정책 카탈로그", "정책 목록", "policy catalogue", "policy list"),
    "rollout": ("rollout", "roll-out", "도입 순서", "우선순위", "priority", "roadmap", "로드맵"),
    "questions": ("verification question", "검증 질문", "open question"),
    "appendix": ("부록", "appendix"),
}
_HORIZON_WORDS: Mapping[str, tuple[str, ...]] = {
    "week_1": ("즉시", "week 1", "immediate", "first week", "1주차"),
    "weeks_1_4": ("단기", "short term", "short-term", "1-4 weeks", "weeks 1-4", "weeks 2-4", "1-4주", "2-4주"),
    "months_1_3": (
        "중기",
        "medium",
        "mid term",
        "mid-term",
        "1-3 months",
        "months 1-3",
        "months 2-3",
        "1-3개월",
        "2-3개월",
    ),
}
"""With every dash and tilde as a hyphen."""
POLICY = re.compile(
    r"^(?:[^\w\[(]+)?(?:\d{1,2}(?:[.-]\d{1,3})*[.)]?\s+)?(?P<bracket>\[?)\s*(?:policy|정책|POL|P)\s*(?:no\.?\s*)?[#-]?\s*"
    r"(?P<number>\d{1,3})(?!\d)\s*\]?\s*[:：.)|·—–-]?\s*(?P<name>.*)$",
    re.I,
)
"""`[Policy #3] …`, `2.3. Policy 3: …`, `POL-03 …`, `정책 3. …`: the number and the name."""


_CATALOG = re.compile(r"^\W*(?:\d{1,2}[.)]?\s*)?(?:(?:operating|operations|ops|운영)\s+)?(?:policies|정책)\W*$")
"""A heading that says no more than `2) Policies`."""


def section_of(text: str) -> str:
    """The section that a heading names, empty for none. `Policy #3: rollout` is no section."""
    lowered = text.lower()
    if POLICY.match(text) or re.search(r"policy\s*#?\s*\d|정책\s*#\s*\d", lowered):
        return ""
    if _CATALOG.match(lowered):
        return "policies"
    return next((name for name, words in _SECTION_WORDS.items() if any(word in lowered for word in words)), "")


def horizon_of(text: str) -> str:
    """The horizon that a heading names, empty for none; the latest one named first wins over `Week 1` in a range."""
    lowered = re.sub(r"\s*[–—~∼-]\s*", "-", text.lower())
    return next(
        (name for name in ("months_1_3", "weeks_1_4", "week_1") if any(w in lowered for w in _HORIZON_WORDS[name])), ""
    )


@cache
def _joined(name: str) -> frozenset[str]:
    """The same words without spaces, as many write Korean ones: 적용범위."""
    return frozenset("".join(word.split()) for word in field_words(name))


@cache
def field_words(name: str) -> frozenset[str]:
    """The words by which people label the field, and those of the contract, in small letters."""
    own = {part.strip(" []").lower() for words in FIELDS.values() for part in re.split(r"[()/]", words.get(name, ""))}
    return frozenset(own - {"", "summary"}) | frozenset(_FIELD_WORDS.get(name, ()))
