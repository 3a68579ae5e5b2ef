"""Passages with what surrounds them: the scene they belong to, their amounts, and for each amount its subject and quotation.

A scene says how far numbers can be trusted to rule the operation: a number in a list of colours rules nothing, one in an
example only illustrates, one under success metrics is a target.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum

from opslead.errors import Place
from opslead.intake.amounts.phrases import Clause, bracket_name, clause_at, joined, noun_phrase
from opslead.intake.amounts.quantities import Measure, Sort, find
from opslead.intake.amounts.units import PER_AFTER, PER_BEFORE
from opslead.intake.page.passages import Form, Passage


class Scene(StrEnum):
    """What the headings say about the numbers below them."""

    RULES = "rules"
    TARGETS = "targets"  # success metrics, goals
    SERVICE = "service"  # response times, availability: what the system promises
    EXAMPLE = "example"  # a story, a drawing of a screen, a persona
    PLAN = "plan"  # roadmap, launch: dates and durations of the project
    NOTHING = "nothing"  # technology, colours, interfaces, costs of hosting


_NOTHING = re.compile(
    r"기술\s?스택|기술적?\s?(?:구성|선택|부채|제약)|아키텍처|architecture|tech(?:nology|nical)?\s?(?:stack|spec|design"
    r"|requirement|architecture|constraint|debt)"
    r"|API\s?(?:명세|엔드포인트|endpoint|spec|설계|목록|reference|routes)|endpoints?\b|엔드포인트|데이터\s?(?:모델|베이스)"
    r"|data\s?model|database|스키마|schema"
    r"|테이블\s?(?:정의|설계)|ERD|컬러|color|colour|palette|타이포|typograph|breakpoint|responsive|반응형|디자인\s?(?:시스템"
    r"|토큰)|design (?:system|token)|UI\s?컴포넌트"
    r"|비용\s?(?:추정|예측|산정)|cost estimate|인프라|infrastructure|개발\s?(?:환경|가이드|일정|비용|인력)|deploy|배포|로컬\s?개발|목차"
    r"|table of contents|변경\s?이력|개정\s?이력"
    r"|change\s?log|revision|document (?:history|control|info)|문서\s?(?:정보|이력)|버전\s?(?:이력|관리)$|test (?:plan"
    r"|case)|테스트\s?(?:계획|케이스)|참고\s?(?:자료|문헌)|references?$"
    r"|폴더\s?구조|디렉토리|directory|file structure|market (?:size|opportunity|analysis)|시장\s?(?:규모|분석|현황)"
    r"|목표\s?시장|경쟁|competit|벤치마크|예산|budget|투자|funding|브라우저|accessib|접근성"
    r"|확장성|scalab|team$|팀\s?구성|contact|승인$|결재",
    re.I,
)
_PLAN = re.compile(
    r"로드맵|roadmap|timeline|타임라인|마일스톤|milestone|릴리[즈스]|release|rollout|roll-out|도입\s?(?:계획|일정)|출시\s?(?:계획"
    r"|일정)|launch|추진\s?일정|일정\s?계획|개발\s?단계|phase\s?\d|phase\b.*(?:plan|week|month)"
    r"|sprint|스프린트|future|향후|후속|future vision|implementation (?:plan|order|phase)|next steps|범위\s?외"
    r"|out of scope|우선순위$",
    re.I,
)
_EXAMPLE = re.compile(
    r"persona(?!l)|페르소나\s?\d|페르소나:|핵심\s?페르소나|user (?:journey|stor(?:y|ies))|journey example|사용자\s?(?:스토리"
    r"|여정)|스토리\s?\d|예시|\bexamples?\b|시나리오\s?예|"
    r"mock-?up|wireframe|와이어프레임|\b(?:card|modal|popup|widget|screenshot|dashboard)s?\b|why (?:this|it)|배경"
    r"|background|문제\s?정의|problem|pain\s?point",
    re.I,
)
_TARGETS = re.compile(
    r"KPI|(?<!평가 )(?<!평가)지표|metrics?\b|\bOKR|목표|\bgoals?\b|\btargets?\b|성과|success criteria|north star"
    r"|objectives?",
    re.I,
)
_SERVICE = re.compile(
    r"성능|performance|가용성|availability|reliab|신뢰성|비기능|non-?functional|\bSLA\b|\bSLO\b|응답\s?시간", re.I
)
_TARGET_COLUMN = re.compile(r"목표|target|goal|기준치|threshold|임계", re.I)
_GENERIC = re.compile(
    r"^(?:기본(?:값)?|목표|비고|설명|상세(?:\s?설명)?|내용|값|수치|단위|예시?|예상|주의|참고|현재|측정\s?방법|항목|구분|조건|정책|규칙|제한|범위|기준|최대|최소"
    r"|평균|종류|개수|금액|시간|기간|"
    r"notes?|value|default|description|details?|target|goal|min(?:imum)?|max(?:imum)?|amount|range|limits?"
    r"|example|e\.g|meaning|rule|policy|when|item|type|count|time|tip|팁|current|"
    r"metric|measurement|users?|actors?|roles?|flows?|exceptions?|overview|numbers?|volumes?|사용자|주요\s?흐름"
    r"|흐름|예외|개요|숫자|운영|한도|할인율?|횟수|주기|적용|대상)$",
    re.I,
)
_LEADING_NUMBER = re.compile(r"^(?:\d{1,2}(?:\.\d{1,2})*[.)]?|[①-⑳]|[A-Z][.)])\s+")
_ADDRESS = re.compile(r"\s*\([^()]*(?:/[a-z]|\d)[^()]*\)|\s*/[a-z][\w/:{}?=&.-]*")
_NUMERIC = re.compile(r"^[\s#\d.,%~\-–+<>=≤≥]*$")
_MAX_QUOTE = 140
_MAX_OWN = 32
_EMPTY = re.compile(
    r"^(?:it|they|this|more|less|each|extra|open|run|runs|add|up|have|offer|offers|operate|operates|use"
    r"|uses|authorized.*|minutes?|hours?|이고|이며|정도|약|추가|적용|제공|필요|해당)$",
    re.I,
)
_WEAK = re.compile(
    r"^(?:usually|behind|later|free|left|소요|처리|진행|유지|발생|이용|선택|자동|수동|total|이상|이하)$", re.I
)


@dataclass(frozen=True)
class Frame:
    """A passage, its amounts, and the words by which other parts of the page describe it."""

    passage: Passage
    text: str
    offset: int  # of `text` in the passage's text
    measures: tuple[Measure, ...]
    scene: Scene
    parent: str  # the nearest heading, or the item it hangs under, without its number
    previous: str = ""  # in a drawing, the line above, when it names something
    document: str = ""  # the title of the document

    @property
    def label(self) -> str:
        """The label where it names something by itself."""
        return "" if _GENERIC.match(self.passage.label) else self.passage.label

    @property
    def title(self) -> str:
        """The label if it names something, with its parent where it does not."""
        label = self.passage.label
        if label and _GENERIC.match(label):
            return f"{self.previous or self.parent} {label}".strip()
        return label


@dataclass(frozen=True)
class Amount:
    """One amount in its frame. `local` are the words up to the neighbouring amounts, `near` those of its clause, `wide` those
    of passage, label and column."""

    measure: Measure
    frame: Frame
    index: int
    clause: Clause
    subject: str
    local: str
    near: str
    wide: str
    given: str

    @property
    def at(self) -> str:
        return str(self.frame.passage.place)

    @property
    def scene(self) -> Scene:
        return self.frame.scene


def frames(passages: Iterable[Passage]) -> Iterator[Frame]:
    """One frame for each passage that can rule something, in order."""
    title, above = "", Passage("", Form.PROSE, Place(""))
    for passage in passages:
        if passage.form is Form.HEADING and not title and passage.depth == 1:
            title = passage.text
        text = _LEADING_NUMBER.sub("", passage.text) if passage.form is Form.HEADING else passage.text
        offset = len(passage.text) - len(text)
        headings = tuple(h for h in passage.headings if h != title) + ((text,) if passage.form is Form.HEADING else ())
        scene = scene_of(headings, passage)
        parent = next((h for h in reversed(passage.headings) if h not in (passage.text, title)), "")
        parent = _ADDRESS.sub("", _LEADING_NUMBER.sub("", parent)).strip(" :")
        measures = () if scene is Scene.NOTHING or text == title else find(text)
        drawn = passage.form is Form.CODE and above.group == passage.group
        line = re.sub(r"[(\[][^()\[\]]*[)\]]", "", above.text).strip(" │|[]()") or above.text.strip(" │|[]()")
        previous = line if drawn and len(line) <= 40 and not re.search(r"\d", line) else ""
        above = passage
        yield Frame(passage, text, offset, measures, scene, parent, previous, title)


def scene_of(headings: tuple[str, ...], passage: Passage) -> Scene:
    """The scene that the nearest telling heading sets; the table's own head decides first."""
    if passage.header and any(_TARGET_COLUMN.search(cell) for cell in passage.header):
        outer = scene_of(headings, Passage("", Form.PROSE, passage.place))
        return outer if outer in (Scene.SERVICE, Scene.NOTHING) else Scene.TARGETS
    for heading in reversed(headings):
        for pattern, scene in (
            (_NOTHING, Scene.NOTHING),
            (_SERVICE, Scene.SERVICE),
            (_TARGETS, Scene.TARGETS),
            (_PLAN, Scene.PLAN),
            (_EXAMPLE, Scene.EXAMPLE),
        ):
            if pattern.search(heading):
                return scene
    return Scene.RULES


def amounts(frame: Frame) -> tuple[Amount, ...]:
    """The amounts of a frame, each with its subject. In a row an amount belongs to the row's name and its column."""
    found: list[Amount] = []
    inherited = ""
    for index, measure in enumerate(frame.measures):
        amount = _amount(frame, index, measure, inherited)
        inherited = amount.subject or inherited
        found.append(amount)
    return tuple(found)


def _amount(frame: Frame, index: int, measure: Measure, inherited: str) -> Amount:
    passage, text = frame.passage, frame.text
    clause = clause_at(text, measure.start, measure.end)
    before, after = _sides(frame, index, clause)
    own = joined(before, after.partition("(")[0])
    outer = bracket_name(clause.outer)
    local = " ".join(f"{outer} {before} {measure.text} {after.partition('(')[0]}".split())
    if _is_label(frame, measure):
        local = f"{local} {text[len(passage.label) :]}"
    near = " ".join(f"{clause.outer} {clause.before} {measure.text} {clause.after}".split())
    if outer and len(own) > _MAX_OWN:
        own = noun_phrase(after, tail=False) or " ".join(own.split()[-3:])
    if passage.form is Form.ROW:
        name, column = _row(passage, text, measure)
        subject = _merge(name, "" if _GENERIC.match(column) else column, outer, own)
        wide = f"{name} {column} {passage.text}"
        given = passage.text if len(passage.text) <= _MAX_QUOTE else text[clause.start : clause.end].strip()
        return Amount(measure, frame, index, clause, _short(subject or _last(frame, measure)), local, near, wide, given)
    subject = _named(frame, measure, _merge(outer, own), inherited, bracketed=bool(outer)) or _last(frame, measure)
    wide = f"{frame.title} {passage.text}"
    return Amount(measure, frame, index, clause, _short(subject), local, near, wide, _quote(frame, clause))


def _is_label(frame: Frame, measure: Measure) -> bool:
    """Whether the label of an item is nothing but the amount and its bound."""
    label = frame.passage.label
    if not label or measure.end > len(label) + 1 or not frame.text.startswith(label):
        return False
    return not noun_phrase(label[: measure.start] + label[measure.end :], tail=False)


def _sides(frame: Frame, index: int, clause: Clause) -> tuple[str, str]:
    """The words on both sides of an amount up to its neighbours; past the one before where nothing stands between."""
    measure, others = frame.measures[index], frame.measures
    before, after = clause.before, clause.after
    if index + 1 < len(others) and others[index + 1].start < measure.end + len(after):
        after = frame.text[measure.end : others[index + 1].start]
    if index and others[index - 1].end > clause.start and others[index - 1].end > measure.start - len(before):
        between = frame.text[others[index - 1].end : measure.start]
        between = PER_AFTER.sub("", between, count=1) if PER_AFTER.match(between) else between
        if noun_phrase(between, tail=True):
            before = between
        else:
            start = max(0, others[index - 1].start - (len(before) - (measure.start - others[index - 1].start)))
            start = start if clause.outer else clause.start
            piece = frame.text[start : others[index - 1].start]
            if start and not frame.text[start - 1].isspace():
                piece = piece.partition(" ")[2]
            before = re.sub(r"[(（][^()（）]*(?:[)）]|$)", " ", piece) + " "
    after = PER_AFTER.sub("", after, count=1) if PER_AFTER.match(after) else after
    after = "" if _AND_THEN_KO.match(after) else after
    if measure.per and not frame.passage.cells and (per := PER_BEFORE.search(before)):
        word = next(i for i in (1, 2) if per.group(i))
        before = before[: per.start(word)] + before[per.end(word) :]
    return before, after


_AND_THEN_KO = re.compile(r"(?:이고|이며|인데|이지만|이라서?)(?=[\s,])")  # what follows is another statement


def _last(frame: Frame, measure: Measure) -> str:
    """What is left to name an amount by: the heading, the thing counted, the document, the words themselves."""
    unit = measure.unit if measure.unit.isascii() and len(measure.unit) > 3 else ""
    return frame.parent or unit or frame.document or measure.text


def _named(frame: Frame, measure: Measure, subject: str, inherited: str, *, bracketed: bool) -> str:
    """The subject with what the page names around it where its own words say too little."""
    subject = "" if _EMPTY.match(subject) else subject
    label = frame.passage.label
    if _is_label(frame, measure):  # the label is the amount itself: `24시간 전: 자유롭게 취소`
        return _merge(frame.parent, noun_phrase(frame.text[len(label) :], tail=False))
    title, form = frame.title, frame.passage.form
    bare = subject.replace(" ", "")
    said = title.replace(" ", "") in bare if title else True
    weak = len(subject) < 2 or bool(_GENERIC.match(subject)) or bool(_WEAK.match(subject))
    follows = bool(label) and measure.start - len(label) < 24
    heads = frame.text.startswith(label) or measure.sort is Sort.SCHEDULE
    if title and not said and (weak or (heads and (follows or form in (Form.ITEM, Form.CODE)))):
        return _merge(title, subject)
    if not weak:
        lone = not bracketed and (form is not Form.ITEM or not label) and len(subject.split()) == 1 and len(subject) < 9
        return _merge(frame.previous if form is Form.CODE else _topic(frame, measure), subject) if lone else subject
    context = _topic(frame, measure) or inherited or frame.previous
    if not context and not subject and measure.unit.isascii() and len(measure.unit) > 3:
        return measure.unit
    return _merge(context or frame.parent, subject)


_VERB = re.compile(
    r"\b(?:is|are|was|were|has|have|may|must|will|can|should|comes?|gets?|runs?|takes?|needs?|starts?"
    r"|receives?|uses?)\b"
)


def _topic(frame: Frame, measure: Measure) -> str:
    """What the sentence is about: the words before its first verb, or up to its first topic particle in Korean."""
    start = len(frame.passage.label) + 1 if frame.passage.label and frame.text.startswith(frame.passage.label) else 0
    head = frame.text[start : measure.start].rpartition(": ")[2][:60]
    if korean := re.match(r"[^,.;:()]{1,30}?[가-힣A-Za-z)](?:은|는|이|가)(?=\s)", head):
        return noun_phrase(korean.group(), tail=True)
    verb = _VERB.search(head)
    about = _UP_TO_FIGURE.split(head[: verb.start()], maxsplit=1)[0] if verb else ""
    return noun_phrase(about, tail=True) if "," not in about else ""


_UP_TO_FIGURE = re.compile(r"\s(?:(?:up to|at least|at most|within|after|every|more than|less than)\s)?\d")


def _row(passage: Passage, text: str, measure: Measure) -> tuple[str, str]:
    """The name of the row and the head of the column in which an amount stands."""
    position, column = 0, 0
    filled = [i for i, cell in enumerate(passage.cells) if cell]
    for i in filled:
        position = text.find(passage.cells[i], position)
        if position <= measure.start < position + len(passage.cells[i]):
            column = i
            break
        position += len(passage.cells[i])
    names = [i for i in filled if not _NUMERIC.match(passage.cells[i])]
    if not names or names[0] == column:
        return "", ""
    return passage.cells[names[0]], passage.header[column] if column < len(passage.header) else ""


def _merge(*parts: str) -> str:
    """The parts one after another, without those that an earlier one already says."""
    said: list[str] = []
    for part in parts:
        bare = part.replace(" ", "")
        if bare and not any(bare in other.replace(" ", "") for other in said):
            said = [other for other in said if other.replace(" ", "") not in bare] + [part]
    return " ".join(said)


def _short(subject: str) -> str:
    """At most 80 characters, cut at a word."""
    subject = subject.strip(" ,.;:·-–—")
    if len(subject) <= 80:
        return subject
    return subject[:80].rsplit(" ", 1)[0]


def _quote(frame: Frame, clause: Clause) -> str:
    if len(frame.text) <= _MAX_QUOTE:
        return frame.text.strip()
    return frame.text[clause.start : clause.end].strip(" ,;")[:_MAX_QUOTE]
