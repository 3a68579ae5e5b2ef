"""A Korean word for a person in its sentence: the particle after it tells what the person does."""

from __future__ import annotations

import re

from opslead.intake import lexicon
from opslead.intake.page.sentences import word_set
from opslead.intake.people.person import Part, Person
from opslead.model.steps import Role

_HANGUL_BEFORE = re.compile(r"[가-힣]{1,6}$")
_HANGUL_RUN = re.compile(r"[가-힣]*")
_PLURAL_OR_TITLE = re.compile(r"^(?:님|들|측|분들|쪽)+")
_SUBJECT = re.compile(r"^(?:이|가|은|는|께서|께서는|도|이나|나|와|과|만|이고|이며|에서|에서는)?$")
_TOUCHED = re.compile(r"^(?:에게|에게서|에게는|한테|께|을|를|으로|로|으로부터|부터|용|마다)$")
_OWNING = re.compile(
    r"^(?:의|별|랑|이랑|까지|간|인|인지|이라면|이면|이라도|일|라면|에게도|에게만|과의|와의|에|으로서|로서|이므로|당)$"
)
_ACTING = word_set("이 가 은 는 께서 께서는 도 이나 나 만 에서 에서는 으로서 로서")
_ONLY_IS_THERE = re.compile(
    r"^(?:,|\s(?:거의 |아직 |모두 )?(?:없|있[는다고지으습]|많|적[은다고]|부족|늘[어고]|아니|아닌|충분))"
)
_COUNTED = re.compile(r"\s?(?:\d{1,4}|한|두|세|네|다섯)\s?(?:명|인)(?:이|은|을|씩)?(?![가-힣])")


def korean(text: str, hit: lexicon.Hit, role: Role, group: str, spoken_for: bool) -> Person | None:
    run = _HANGUL_RUN.match(text, hit.end)
    after = run.group() if run else ""
    tail = _PLURAL_OR_TITLE.sub("", after)
    acting = tail in _ACTING
    if not (acting or _SUBJECT.match(tail) or _TOUCHED.match(tail) or _OWNING.match(tail)):
        return None
    glued = _HANGUL_BEFORE.search(text[max(0, hit.start - 6) : hit.start])
    if glued and len(glued.group()) == 1 and glued.group() not in "비타총본신여남":
        return None  # 고사장 is a place
    start = hit.start - len(glued.group()) if glued else hit.start
    name = text[start : hit.end]
    if not glued and (modifier := _modifier_ko(text[:start], hit.word)):
        name = f"{modifier} {name}"
        start = text.rfind(modifier, 0, start)
    there = tail.startswith("에서")
    if acting and (_ONLY_IS_THERE.match(text[hit.end + len(after) :]) or (there and spoken_for)):
        part = Part.NAMED
    elif acting and tail not in ("이나", "나"):
        part = Part.ACTS
    elif not tail and (
        (_COUNTED.match(text[hit.end :]) and group != "office") or (not spoken_for and _before_step(text, hit.end))
    ):
        part = Part.ACTS  # `관제 1명이`; `관리자 승인`: a noun and what it does
    else:
        part = Part.TOUCHED if acting or _TOUCHED.match(tail) else Part.NAMED
    return Person(start, hit.end, " ".join(name.split()), hit.word, role, group, part)


_TAKES_MODIFIER_KO = (
    "담당",
    "담당자",
    "직원",
    "매니저",
    "관리자",
    "관리인",
    "사장",
    "사장님",
    "점주",
    "기사",
    "관제",
    "팀장",
    "책임자",
    "운영자",
    "호스트",
    "코디네이터",
    "공무원",
)
_WITH_PARTICLE = re.compile(
    r"(?:은|는|을|를|의|에|에게|에서|와|과|도|로|고|며|면|서|한|된|될|할|하는|되는|있는|없는|등|및|또는|다른|모든|해당|각|전체|이|그|저|매|새|본인|기존|신규|일부|누구|어떤|여러|후|전|시|때|중|수|것|[\d.,:%]+|인|하여|해|"
    r"즉시|이후|자동|직접|실제|이미|바로|먼저|최대|최소|까지|부터|마다|만|가|밤|낮|주간|야간|오전|오후)$"
)


def _modifier_ko(before: str, head: str) -> str:
    """The word before a head that says little alone: `마트` in `마트 사장님`; empty if there is none."""
    if head not in _TAKES_MODIFIER_KO:
        return ""
    match = re.search(r"(?:^|[\s(\[,·/→:])([가-힣A-Za-z]{2,8})\s$", before[-12:])
    if not match or _WITH_PARTICLE.search(match.group(1)) or lexicon.find(match.group(1), "steps"):
        return ""
    return match.group(1)


def _before_step(text: str, position: int) -> bool:
    """Whether a step word follows at once: `고객 주문`, `관리자 최종 승인`; not `회원 번호 등록`."""
    between = _MANNER.match(text, position)
    if between is None:
        return False
    window = text[between.end() : between.end() + 10]
    return any(hit.start == 0 for hit in lexicon.find(window, "steps"))


_MANNER = re.compile(r"\s(?:(?:최종|직접|수동|사전|즉시|1차|2차|별도|자동)\s)?(?=[가-힣])")


def is_subject(text: str, end: int) -> bool:
    """Whether the Korean word that ends at `end` carries a subject's particle."""
    run = _HANGUL_RUN.match(text, end)
    return run is not None and run.group() in _ACTING
