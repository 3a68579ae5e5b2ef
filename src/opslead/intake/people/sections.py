"""Headings on people: which open a list of who takes part, which only divide one, which are about software or made-up people."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from opslead.intake.page.passages import Form, Passage
from opslead.intake.people.mentions import people

NUMBER = re.compile(r"^(?:\d{1,2}(?:[.-]\d{1,2}){0,3}[.)]?|[A-Z][.)]|[①-⑳]|[가-하][.)]|제\d+[조장절])\s+")
_ROLES_WORD = re.compile(
    r"^(?:사용자|이용자|유저|역할|페르소나|액터|이해관계자|참여자|참여|등장인물|인력|조직|담당자|관계자|주체|R&R|업무분장|누가|"
    r"users?|roles?|actors?|personas?|stakeholders?|participants?|who|people|teams?|staff|staffing|parties|audiences?)(?:별|들|과|와|의|은|는|가)?$",
    re.I,
)
_ROLES_FILLER = re.compile(
    r"^(?:유형|정의|주요|핵심|대상|타겟|타깃|목표|구분|및|목록|분류|소개|기능|기능적|요구사항|권한|특성|구성|구조|운영|고객|회원|서비스|업무|책임|책임자|개요|설명|그룹|쓰나|쓰나요|쓰는가|사용하나|하나|별|체계|매트릭스|현황|주체|"
    r"types?|target|primary|secondary|key|main|core|our|the|and|&|of|access|control|permissions?|groups?|class(?:es)?|definitions?|overview|"
    r"involved|in|system|platform|responsibilities|matrix|descriptions?|list|uses|it|internal|external|customers?|by|their|operations?|on|duty|"
    r"hours|use|this|are|we|serve|intended|business|human|human resources|-|–|—)(?:과|와|의|은|는)?$",
    re.I,
)
_PERSONA = re.compile(
    r"페르소나\s*\d|persona\s*[#\dA-E]\b|\d{2}\s*세|\b\d{2}\s*years? old|,\s*\d{2}\)?$|\(\d{2}[,)]", re.I
)
_TECHNICAL = re.compile(
    r"기술 ?스택|아키텍처|데이터 ?모델|데이터 ?구조|스키마|엔드포인트|테이블 ?(?:정의|명세|구조|설계|목록)|\bERD?\b|\bDB\b|데이터베이스|테스트 ?(?:계획|전략|케이스|시나리오)|배포 ?(?:환경|전략|계획|가이드|방식)|개발 ?(?:일정|환경|가이드|계획)|디렉토리|폴더|변경 ?이력|개정 ?이력|로드맵|릴리즈|마일스톤|경쟁|시장 ?(?:분석|규모|조사|기회)|(?:목표|타겟) ?시장|"
    r"문서 ?승인|승인 ?이력|UI/UX|디자인 ?(?:시스템|가이드|원칙)|비용 ?추정|목차|참고 ?(?:문헌|자료)|용어|성공 ?지표|범위 ?외|"
    r"\b(?:tech(?:nical|nology)? ?(?:stack|architecture|goals|specifications?)|architecture|schema|database|data (?:model|base)|"
    r"endpoints?|api|deployment|development environment|environment variables|directory|folder|project structure|file structure|timeline|roadmap|milestones?|revision|changelog|"
    r"competit\w+|market (?:opportunity|size|analysis)|glossary|references|design system|test(?:ing)? (?:plan|strategy|cases)|launch strategy|success metrics|out of scope|"
    r"table of contents|future (?:vision|enhancements)|implementation)\b",
    re.I,
)
_NEUTRAL = re.compile(
    r"^(?:primary|secondary|tertiary|internal|external|main|core|other|key|주요|핵심|1차|2차|3차|내부|외부|기타|일반|부가|공급|수요|유형|정의|types?|list|목록)(?:\s.*)?$",
    re.I,
)
BRACKET = re.compile(r"\s*[(（\[]([^()（）\[\]]{1,240})[)）\]]")
_LIST_WORD = re.compile(
    r"유형|정의|대상|타겟|타깃|구분|목록|역할|페르소나|\b(?:types?|target|roles?|personas?|groups?|overview|list)\b|^(?:주요|핵심|main|key|our)\s",
    re.I,
)


def is_technical_title(title: str) -> bool:
    """Whether a heading is on how the software is built, planned or sold."""
    return bool(_TECHNICAL.search(title))


def is_technical(passage: Passage) -> bool:
    """Whether a passage stands in a section on how the software is built, planned or sold rather than on what happens."""
    return any(map(is_technical_title, passage.headings))


def is_persona(passage: Passage) -> bool:
    """Whether a passage describes a made-up person."""
    return any(
        _PERSONA.search(title) for title in (*passage.headings, passage.text if passage.form is Form.HEADING else "")
    )


def without_groupings(passages: Sequence[Passage]) -> Sequence[Passage]:
    """The passages with those headings left out of the paths that only divide a list of people: `2) 운영자` over two jobs."""
    under: dict[tuple[str, ...], int] = {}
    for passage in passages:
        if (
            passage.form is Form.ITEM
            and passage.depth == 0
            and passage.label
            and passage.text.startswith(passage.label)
        ):
            found = people(passage.label)
            if found and not found[0].start and roles_parent(passage) is not None:
                under[passage.headings] = under.get(passage.headings, 0) + 1
    groupings = {path for path, count in under.items() if count > 1 and not is_roles_heading(path[-1])}
    if not groupings:
        return passages
    kept = []
    for passage in passages:
        if passage.form is Form.HEADING and (*passage.headings, passage.text) in groupings:
            continue
        path = next((path for path in groupings if passage.headings[: len(path)] == path), None)
        cut = passage.headings[: len(path) - 1] + passage.headings[len(path) :] if path else passage.headings
        kept.append(replace(passage, headings=cut))
    return kept


def roles_parent(passage: Passage) -> tuple[str, tuple[str, ...]] | None:
    """The nearest heading above that opens a list of who takes part, and the headings between it and the passage."""
    for index in range(len(passage.headings) - 1, -1, -1):
        if is_roles_heading(passage.headings[index]):
            return passage.headings[index], passage.headings[index + 1 :]
    return None


def opens_list(text: str) -> bool:
    """Whether a heading inside a list of who takes part opens another list and names nobody: `2.1 주요 사용자`."""
    return is_neutral(text) or (is_roles_heading(text) and bool(_LIST_WORD.search(NUMBER.sub("", text))))


def is_neutral(title: str) -> bool:
    """A heading that only divides a list: `Primary`, `1차`."""
    bare = NUMBER.sub("", title)
    return bool(_NEUTRAL.match(bare)) and not people(bare)


def is_roles_heading(text: str) -> bool:
    """Whether a heading or label opens a list of who takes part: nothing but words for users and roles, and fillers."""
    first = re.split(r"\s[-–—]\s", BRACKET.sub("", NUMBER.sub("", text)))[0]
    words = re.split(r"[\s,/·:]+", first.strip(" :："))
    if len(words) > 8 or not any(_ROLES_WORD.match(word) for word in words):
        return False
    return all(_ROLES_WORD.match(word) or _ROLES_FILLER.match(word) for word in words)
