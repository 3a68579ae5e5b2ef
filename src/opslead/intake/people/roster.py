"""The places in which a document lists who takes part: sections on users and roles, role columns, labels, portals.

`listed` gives each entry with the passages that describe it. Personas (a made-up person with a name and an age) are
passed over; what a section lists without a known word for a person is taken only when the document uses it elsewhere.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from opslead.intake.page.passages import Form, Passage
from opslead.intake.page.sentences import word_set
from opslead.intake.people.counted import counted
from opslead.intake.people.english import singular, starts_with_verb
from opslead.intake.people.mentions import people
from opslead.intake.people.person import Person
from opslead.intake.people.sections import (
    BRACKET,
    NUMBER,
    is_neutral,
    is_persona,
    is_roles_heading,
    is_technical,
    is_technical_title,
    opens_list,
    roles_parent,
    without_groupings,
)

_ROLE_COLUMN = re.compile(
    r"^(?:사용자|사용자 ?유형|사용자 ?구분|이용자|역할|액터|주요 ?액터|담당|담당자|담당 ?부서|주체|수행 ?주체|수행자|행위자|처리 ?주체|처리자|책임자|승인자|실행 ?주체|운영 ?주체|이해관계자|참여자|직무|직책|페르소나|권한 ?그룹|"
    r"actors?|roles?|users?|user types?|user roles?|personas?|who|responsible|responsible party|performed by|handled by|stakeholders?|party|parties|"
    r"team|department|position|owner|done by|by whom|approver|escalate to|escalated to|escalation|에스컬레이션|보고 ?대상|승인 ?주체)$",
    re.I,
)
_ANY_NAME_COLUMN = re.compile(
    r"역할|유형|사용자|액터|행위자|이해관계자|페르소나|\b(?:roles?|user types?|actors?|personas?|stakeholders?)\b", re.I
)
_OF_PROJECT = re.compile(
    r"^(?:이름|성명|서명|연락처|이메일|승인 ?일자|name|signature|contact|e-?mail|github|date)$", re.I
)
_WEAK_COLUMN = re.compile(
    r"^(?:대상|구분|수신자|수신|수신 ?대상|받는 ?사람|recipients?|audience|to|type|유형|target|group)$", re.I
)
_SUFFIX = re.compile(
    r"^(?:앱|웹|웹앱|기능|화면|페이지|시스템|용|측|포털|콘솔|대시보드|요구사항|관점|시나리오|여정|플로우|흐름|프로세스|서비스|메뉴|절차|업무|입장|모드|"
    r"apps?|portal|dashboard|panel|side|for|the|features?|functions?|functionality|requirements?|journey|flow|view|screens?|console|website|"
    r"process|workflow|mobile|web|interface|perspective|experience|actions?|responsibilities|duties|tasks|screen-by-screen|by|and|main|"
    r"및|전용|주요|핵심|의|admin\s?page)$",
    re.I,
)
_NO_LABEL = word_set(
    """직업 상황 나이 연령 성별 목표 니즈 기대 특징 설명 권한 책임 동기 배경 불편 문제 해결 특성 역할 이름 목적 요구사항 필요 행동 시나리오 인용 거주 소득 기술 비고 예 예시 참고 개요 배포 버전 작성일
    이메일 전화번호 주소 공통 기타 주요 기능 필수 선택 장점 단점 pain goals goal needs age background motivation motivations demographics bio name occupation job location quote
    description responsibilities permissions behavior behaviour frustrations challenges characteristics scenario example note notes purpose who what why when how access key actions both
    other primary secondary tertiary all everyone system none any internal external overview mvp future required optional either"""
)
_CUT = re.compile(
    r"\s(?:in|for|with|who|that|which|from|of|at|using|on|to|via|needing|looking)\s|\s[-–—]\s|[:：;]|\s?→|, "
)


About = tuple[tuple[str, str], ...]
"""Texts with their places."""


@dataclass(frozen=True)
class Entry:
    """One who is listed. `person` is the known word in the name, if any; `about` the passages that describe the entry."""

    name: str
    aliases: tuple[str, ...]
    person: Person | None
    source: Passage
    about: About
    strong: bool
    """In a list of who takes part; otherwise only a label, a column or a portal of somebody."""
    described: bool = True
    """`about` describes the one who is listed; otherwise it is the content of a section that belongs to him."""


def listed(passages: Sequence[Passage]) -> tuple[Entry, ...]:
    """All entries in the order of the document; the same one may come several times."""
    found: list[Entry] = []
    passages = without_groupings(passages)
    below = _below(passages)
    for index, passage in enumerate(passages):
        if is_persona(passage) or (is_technical(passage) and passage.form is not Form.HEADING):
            continue
        if passage.form is Form.HEADING:
            found += _from_heading(passage, below.get(index, ()))
        elif passage.form is Form.ROW:
            found += _from_row(passage)
        elif passage.form is Form.CODE:
            found += _from_drawing(passages, index)
        elif passage.form in (Form.ITEM, Form.PROSE):
            found += _in_brackets(passage)
            found += _counted_here(passage)
            found += _from_line(passage, passages, index)
    return tuple(found) + _from_matrices(passages)


def _below(passages: Sequence[Passage]) -> dict[int, About]:
    """For the index of each heading the texts of its section."""
    texts: dict[int, list[tuple[str, str]]] = {}
    open_at: list[tuple[int, int]] = []
    for index, passage in enumerate(passages):
        if passage.form is Form.HEADING:
            open_at = [(level, start) for level, start in open_at if level < passage.depth]
            open_at.append((passage.depth, index))
            texts[index] = []
            continue
        for _, start in open_at:
            texts[start].append((passage.text, str(passage.place)))
    return {index: tuple(found) for index, found in texts.items()}


def _from_heading(passage: Passage, below: About) -> Iterator[Entry]:
    if is_technical_title(passage.text):
        return
    parent = roles_parent(passage)
    strong = parent is not None and all(is_neutral(title) for title in parent[1])
    if strong and not opens_list(passage.text) and (entry := _entry(passage.text, passage, below, True)):
        yield replace(entry, described=False)
    elif not is_roles_heading(passage.text) and (person := _portal(passage.text)):
        yield Entry(person.name, _aliases(passage.text), person, passage, below, strong=False, described=False)


def _portal(text: str) -> Person | None:
    """The person whose screen, side or part a heading names: `4.1 고객 앱 기능`, `For Hosts (Listing a Spot)`."""
    bare = BRACKET.sub("", NUMBER.sub("", text)).strip()
    found = people(bare)
    if len(found) != 1 or len(bare) > 50:
        return None
    person = found[0]
    rest = re.split(
        r"[\s:·/–—-]+", (bare[: person.start] + " " + re.sub(r"^(?:용|측|의)", " ", bare[person.end :])).strip()
    )
    return person if all(not word or _SUFFIX.match(word) for word in rest) else None


def _from_line(passage: Passage, passages: Sequence[Passage], index: int) -> Iterator[Entry]:
    parent = roles_parent(passage)
    label = passage.label
    first = passage.text.startswith(label) if label else True
    in_list = parent is not None and passage.form is Form.ITEM and all(is_neutral(title) for title in parent[1])
    if label and first and is_roles_heading(label) and not (in_list and _whole(label)):
        inline = tuple(_inline(passage, passage.text[len(label) :].lstrip(" :：-–—")))
        if inline and (parent is None or all(is_neutral(title) for title in parent[1])):
            yield from inline
            return
    if not first or (
        index and passages[index - 1].place == passage.place and passages[index - 1].form is passage.form and not label
    ):
        return
    about = _about_item(passages, index)
    if in_list and not label and (begins := _before_brackets(passage.text)):
        yield Entry(begins.name, (), begins, passage, about, strong=True)
        return
    if in_list and (label or len(passage.text) <= 60):
        if entry := _entry(label or passage.text, passage, about, True, known=not label):
            yield entry
        return
    if label and _ROLE_COLUMN.match(label):
        yield from _from_value(passage, passage.text[len(label) :].lstrip(" :：-–—"))
    elif label and (person := _whole(label)):
        yield Entry(person.name, _aliases(label), person, passage, about, strong=False)


def _from_drawing(passages: Sequence[Passage], index: int) -> Iterator[Entry]:
    """A drawn hierarchy of roles: a line that is somebody, and below it what this somebody may do."""
    passage = passages[index]
    person = _whole(passage.text) if roles_parent(passage) is not None else None
    if person is None:
        return
    about = []
    for other in passages[index + 1 :]:
        if other.group != passage.group or _whole(other.text):
            break
        about.append((other.text.lstrip("•- "), str(other.place)))
    yield Entry(person.name, _aliases(passage.text), person, passage, tuple(about), strong=True)


def _before_brackets(text: str) -> Person | None:
    """The person that a line without a colon begins with: `Customer care (2 agents) handles complaints`."""
    found = people(text[:60])
    begins = bool(found) and found[0].start == 0 and re.match(r"\s*[(（]", text[found[0].end :]) is not None
    return found[0] if begins else None


def _from_value(passage: Passage, value: str) -> Iterator[Entry]:
    """`Responsible: front desk agent`; a line such as `Owner: Operations Team` at the top of a document names its writers."""
    if len(passage.headings) < 2 and passage.form is Form.PROSE:
        return
    for piece in re.split(r"\s*[,/·+&]\s*|\sand\s", value)[:4]:
        if len(piece) <= 40 and (person := _whole(piece)):
            yield Entry(person.name, (), person, passage, (), strong=False)


_LISTED_HERE = re.compile(
    r"(?:역할|사용자 ?유형|사용자 ?그룹|이용자|참여 ?주체|\b(?:user )?roles|\buser types|\bactors|\bstakeholders)\s?(?:[(（](?P<inside>[^()（）]{3,160})[)）]|:\s(?P<after>[^.:]{3,160}))",
    re.I,
)


def _in_brackets(passage: Passage) -> Iterator[Entry]:
    """`3개의 사용자 역할(관리자, 점포, 일반사용자)`, `three main roles: admin, restaurant owner, and user`."""
    for match in _LISTED_HERE.finditer(passage.text):
        pieces = re.split(r"\s*[,/·]\s*(?:and\s)?|\sand\s", match.group("inside") or match.group("after"))
        people_of = [person for piece in pieces if (person := _whole(piece))]
        if len(people_of) > 1:
            for person in people_of:
                yield Entry(person.name, (), person, passage, ((passage.text[:0], str(passage.place)),), strong=False)


def _counted_here(passage: Passage) -> Iterator[Entry]:
    """Jobs with their number and hours, told in a sentence."""
    for name, person, said in counted(passage):
        yield Entry(name, _aliases(name), person, passage, ((said, str(passage.place)),), strong=True)


def _about_item(passages: Sequence[Passage], index: int) -> About:
    """The texts of an item, its further sentences and its nested list."""
    item = passages[index]
    plain = not item.label or bool(re.search(r"\d", item.label))  # `프런트 직원 2명 (주간 1명): 체크인`
    texts = [(item.text if plain else item.text[len(item.label) :].lstrip(" :：-–—"), str(item.place))]
    for other in passages[index + 1 :]:
        same = other.form is item.form and other.label == item.label and other.label and other.depth == item.depth
        if (
            other.group != item.group
            or not (same or other.depth > item.depth)
            or (same and other.text.startswith(item.label))
        ):
            break
        texts.append((other.text, str(other.place)))
    return tuple(texts)


def _inline(passage: Passage, text: str) -> Iterator[Entry]:
    """`Users: drivers (private), site hosts (petrol stations), our support desk (2 people 24/7)`."""
    for piece in _outside_brackets(text.rstrip(" .")):
        piece = re.sub(r"^(?:and|및|그리고)\s+", "", piece.strip())
        name = BRACKET.sub("", piece)
        if (
            piece
            and len(name) <= 60
            and (entry := _entry(piece, passage, ((piece, str(passage.place)),), True, known=True))
        ):
            yield entry


_GOES_ON = re.compile(r"\s?(?:who|whom|whose|which)\b", re.I)  # `the owner, who decides`: still the same one


def _outside_brackets(text: str) -> list[str]:
    pieces, depth, start = [], 0, 0
    for position, character in enumerate(text):
        depth += (character in "([（") - (character in ")]）")
        if depth == 0 and character in ",;·，":
            if _GOES_ON.match(text, position + 1):
                continue
            pieces.append(text[start:position])
            start = position + 1
    return [*pieces, text[start:]]


def _from_row(passage: Passage) -> Iterator[Entry]:
    in_section = roles_parent(passage)
    if any(_OF_PROJECT.match(head.strip()) for head in passage.header):
        return  # who writes and signs the document
    for column, cell in enumerate(passage.cells):
        head = NUMBER.sub("", passage.header[column]).strip() if column < len(passage.header) else ""
        others = tuple((other, str(passage.place)) for i, other in enumerate(passage.cells) if i != column and other)
        strong = bool(_ROLE_COLUMN.match(head)) and column == 0
        weak = bool(_WEAK_COLUMN.match(head)) or (in_section is not None and column == 0)
        if not (strong or weak or _ROLE_COLUMN.match(head)) or len(cell) > 50:
            continue
        if strong or (in_section is not None and column == 0):
            if entry := _entry(cell, passage, others, True, known=not _ANY_NAME_COLUMN.search(head)):
                yield entry
            continue
        for piece in re.split(r"\s*[,/·+&→]\s*|\sand\s", BRACKET.sub("", cell)):
            if person := _whole(piece, start=True):
                acting = bool(_ROLE_COLUMN.match(head))
                yield Entry(person.name, (), person, passage, others if acting else (), strong=False)


def _from_matrices(passages: Sequence[Passage]) -> tuple[Entry, ...]:
    """The heads of permission tables: columns that are all somebody's, with marks below."""
    found = []
    for index, passage in enumerate(passages):
        if (
            passage.form is not Form.ROW
            or (index and passages[index - 1].group == passage.group)
            or is_technical(passage)
        ):
            continue
        who = [(column, _whole(head)) for column, head in enumerate(passage.header)]
        named = [(column, person) for column, person in who[1:] if person]
        if len(named) < 2:
            continue
        rows = [other for other in passages[index:] if other.group == passage.group and other.form is Form.ROW]
        for column, person in named:
            allowed = tuple(
                (row.cells[0], str(row.place))
                for row in rows
                if len(row.cells) > column and re.match(r"^(?:O|Y|yes|가능|허용|full)\b", row.cells[column], re.I)
            )
            head = replace(passage, text=" | ".join(filter(None, passage.header)))
            found.append(Entry(person.name, _aliases(passage.header[column]), person, head, allowed, strong=True))
    return tuple(found)


def _entry(text: str, passage: Passage, about: About, strong: bool, known: bool = False) -> Entry | None:
    """A listed name with what describes it; None for what cannot be a name. `known`: only names with a known word."""
    name = re.sub(r"^(?:an?|the|our|for)\s+", "", NUMBER.sub("", text).strip(" *\"'“”[]"), flags=re.I)
    aliases = _aliases(name)
    name = _CUT.split(BRACKET.sub("", name), maxsplit=1)[0].strip(" .·-–—*")
    if not name or name.lower() in _NO_LABEL or (name.lower().split()[0] in _NO_LABEL and not people(name)):
        return None
    found = people(name)
    if found:
        return _known_entry(name, found, aliases, passage, about, strong, known)
    if known or len(name.split()) > 4 or len(name) > 24 or re.search(r"[.?!\d=<>{}]|다$|요$|함$|기$", name):
        return None
    inside = [person for alias in aliases for person in people(alias)]
    return Entry(singular(name), aliases, inside[0] if inside else None, passage, about, strong)


_NOT_IN_NAME = re.compile(
    r"[가-힣](?:은|는|이|가|을|를|의|에|에서|한|된|할|하고|및)\s|\b(?:and|&|or|all|new|the|of)\b|^\W"
)


def _known_entry(
    name: str,
    found: tuple[Person, ...],
    aliases: tuple[str, ...],
    passage: Passage,
    about: About,
    strong: bool,
    known: bool,
) -> Entry | None:
    """The entry of a name that holds a known word; the words before it stay if they only qualify it."""
    person = next((p for p in found if p.end == len(name)), None)
    if person is None:
        if known or found[0].start:
            return None
        return Entry(found[0].name, aliases, found[0], passage, about, strong)
    before = name[: person.start]
    if len(before.split()) > 3 or _NOT_IN_NAME.search(before) or starts_with_verb(before):
        if known:
            return None
        name = person.name
    return Entry(singular(name), aliases, person, passage, about, strong)


def _aliases(text: str) -> tuple[str, ...]:
    """The other names in brackets: `고객 (Customer)`, `Hosts (Property Owners)`; not remarks."""
    pieces = [piece.strip() for inside in BRACKET.findall(text) for piece in re.split(r"[,/·]", inside)]
    return tuple(piece for piece in pieces if piece and len(piece.split()) <= 3 and not re.search(r"\d", piece))


def _whole(text: str, start: bool = False) -> Person | None:
    """The person that a text consists of and of nothing else but brackets (or begins with, if `start`); None otherwise."""
    bare = BRACKET.sub("", NUMBER.sub("", text)).strip(" *\"'“”:")
    found = people(bare)
    if not found or found[0].start:
        return None
    alone = len(found) == 1 and re.fullmatch(r"(?:님|들)?", bare[found[0].end :])
    return found[0] if alone or start else None
