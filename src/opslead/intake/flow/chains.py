"""Sequences as the page draws them: arrow chains, numbered lists, process tables, drawings, cases with what follows.

A `Chain` holds its items in order, still as words; `flows` turns them into steps. What is drawn as a chain and is none
(paths through menus, states, screens) is told apart here as far as its form says so.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from itertools import groupby

from opslead.intake.flow.acts import chooses, phrase_acts
from opslead.intake.flow.drawn import drawn_links
from opslead.intake.lexicon import keys
from opslead.intake.page.passages import Form, Passage
from opslead.intake.scope import Scope, bare_heading, scope_of


class Shape(StrEnum):
    """How the sequence stood on the page, the more telling first."""

    ARROWS = "arrows"
    TABLE = "table"
    NUMBERED = "numbered"
    BULLETS = "bullets"
    CASE = "case"  # what happens when something goes wrong
    STATES = "states"  # names of states or screens: a flow only if nothing else tells one


@dataclass(frozen=True)
class Item:
    """One link. `who` is the column or bracket that names the actor, `more` other words about the same link."""

    text: str
    passage: Passage
    who: str = ""
    more: str = ""
    notes: tuple[tuple[str, Passage], ...] = ()
    """Lines of a drawing that explain the link, each with its place."""


@dataclass(frozen=True)
class Chain:
    """A sequence of items under a name; `lead` are the words before its colon (`입실 15:00~22:00`)."""

    shape: Shape
    name: str
    items: tuple[Item, ...]
    lead: str = ""
    scope: Scope = Scope.OPEN


ARROW = re.compile(r"\s*(?:→|⇒|=>|[-–—]+>|▶|»)\s*|\s+>{1,2}\s+")
_SURE_ARROW = re.compile(r"→|⇒|=>|[-–—]+>|▶")
_LEAD = re.compile(r"^(?P<lead>[^→⇒=>]{1,80})[:：]\s+(?=\S)")  # up to the last colon before the first arrow
_NUMBER = re.compile(r"^\(?(?:step\s*)?\d{1,2}(?:[.)]|\s*단계[:.]?|:)\s*", re.I)
_STATE = re.compile(r"^[\[\"'“]?(?:[A-Z][A-Z0-9_]{2,}|[a-z]+(?:_[a-z]+)+)(?:\s*[(（\[].*)?[\]\"'”]?$")
_STATE_WORD = re.compile(
    r"^(?:pending|draft|active|inactive|open|closed|new|done|in progress|available|unavailable|\w+ed|\w+ing|.*(?:중|대기|됨|상태))$",
    re.I,
)
_SCREEN = re.compile(r"^\[.+\]$|(?:화면|페이지|탭|버튼|팝업|메뉴|screen|page|tab|button|modal|popup)\s*$", re.I)
_STATUS_HEADING = re.compile(r"상태|\bstatus|\bstates?\b|state machine", re.I)
_FEATURES_HEADING = re.compile(
    r"기능|요구\s?사항|특징|항목|features?\b|requirements?\b|criteria|options?\b|fields?\b|sections?\b", re.I
)
_RULES_HEADING = re.compile(
    r"정책|원칙|규칙|규정|유의|주의|요구\s?사항|rules?\b|polic(?:y|ies)\b|principles?\b|requirements?\b", re.I
)
_CASE_HEADING = re.compile(
    r"edge case|exception|예외|엣지|비정상|장애 대응|이슈 대응|사고 대응|돌발|문제 상황|failure|incident|what if|분쟁",
    re.I,
)


def chains(passages: Sequence[Passage], title: str) -> tuple[Chain, ...]:
    """Every sequence of the page that is not left for later, in order."""
    found: list[Chain] = []
    for _, group in groupby(passages, key=lambda p: p.group):
        block = list(group)
        scope = scope_of(block[0], title)
        if scope is not Scope.LATER and block[0].form is not Form.HEADING:
            found += [replace(chain, scope=scope) for chain in _of_block(block, scope)]
    outer = list(_headings(passages, title))
    noted = {(note.place, note.text) for chain in outer for item in chain.items for _, note in item.notes}
    found = [c for c in found if not all((i.passage.place, i.passage.text) in noted for i in c.items)] + outer
    return tuple(_cases(_joined(found), passages, title))


def _of_block(block: list[Passage], scope: Scope) -> Iterator[Chain]:
    form = block[0].form
    if form is Form.CODE:
        yield from _drawing(block, scope)
        return
    if form is Form.ROW:
        yield from _table(block)
        return
    whole = _told_by_numbers(block)
    if whole:
        yield whole
        return
    rest = []
    for passage in block:
        chain = _arrows(passage)
        if chain:
            yield chain
        else:
            rest.append(passage)
    if form is Form.ITEM and len(rest) == len(block) > 1:  # beside drawn chains the other items are remarks
        yield from _list(rest, scope)


# --- arrows ----------------------------------------------------------------------------------------------------------


def _arrows(passage: Passage) -> Chain | None:
    text, lead = passage.text, ""
    if not _SURE_ARROW.search(text) and text.count(" > ") < 2:
        return None
    if match := _LEAD.match(text):
        lead, text = match["lead"].strip(), text[match.end() :]
    parts = [part for part in split_arrows(text) if part]
    if len(parts) < 2:
        return None
    items = tuple(Item(part, passage) for part in parts)
    shape = _shape_of(parts, (*passage.headings[-1:], lead))
    name = _lead_name(lead) or _name(passage)
    return Chain(shape, name, items, lead) if enough(items, 2) else None


def split_arrows(text: str) -> list[str]:
    """The links of a chain; arrows inside brackets do not split."""
    parts, depth, start = [], 0, 0
    arrows = {m.start(): m.end() for m in ARROW.finditer(text)}
    for index, char in enumerate(text):
        depth += (char in "([（") - (char in ")]）" and depth > 0)
        if not depth and index in arrows and index >= start:
            parts.append(text[start:index])
            start = arrows[index]
    return [_NUMBER.sub("", part.strip()).strip(" .;,") for part in [*parts, text[start:]]]


def _shape_of(parts: Sequence[str], about: Sequence[str]) -> Shape:
    states = sum(bool(_STATE.match(part)) for part in parts)
    words = sum(bool(_STATE_WORD.match(part)) for part in parts)
    screens = sum(bool(_SCREEN.search(part)) for part in parts)
    titled = any(_STATUS_HEADING.search(words_) for words_ in about)
    if states * 2 >= len(parts) or screens * 2 > len(parts) or (words + states) * 3 >= len(parts) * 2:
        return Shape.STATES
    return Shape.STATES if titled and words * 3 >= len(parts) else Shape.ARROWS


def is_state(text: str) -> bool:
    """Whether a link only names a state: `SCHEDULED`, `in_progress`, `Status: open`."""
    return bool(_STATE.match(text) or re.match(r"(?:status|state|상태)\s*[:：]", text, re.I))


def _lead_name(lead: str) -> str:
    """The words of a lead that may name a flow: no more than a few, without hours."""
    words = re.sub(r"\(.*?\)|\d{1,2}(?::\d{2}|시)?\s*[~\-–]\s*\d{1,2}(?::\d{2}|시)?|\d{1,2}:\d{2}", "", lead).strip(
        " ,:-"
    )
    generic = re.fullmatch(
        r"(?:user\s)?flows?|main flow|흐름|주요 흐름|플로우|프로세스|process|행동|절차|순서|steps?|actions?",
        words,
        re.I,
    )
    return "" if generic or re.fullmatch(r"[A-Z]{1,4}-?\d+.*", words) or len(words) > 40 else words


def enough(items: Sequence[Item], least: int) -> bool:
    """Whether the items name at least so many different acts, one of them by more than a general word."""
    found = [act for item in items for act in phrase_acts(item.text)]
    return len({act.kind for act in found}) >= least and any(not act.weak for act in found)


_GENERIC_HEADING = re.compile(
    r"^(?:process(?:ing)?(?: steps)?|steps?|procedures?|workflow|flow|journey steps|how it works|절차|처리 절차|처리 방법|프로세스|과정|순서|흐름|단계)$",
    re.I,
)


def _name(passage: Passage) -> str:
    """The nearest heading; one that only says `Process` with the one above it."""
    if not passage.headings:
        return ""
    nearest = bare_heading(passage.headings[-1])
    if _GENERIC_HEADING.match(nearest) and len(passage.headings) > 1:
        return f"{bare_heading(passage.headings[-2])}: {nearest}"
    return nearest


# --- lists -----------------------------------------------------------------------------------------------------------


def _list(block: list[Passage], scope: Scope) -> Iterator[Chain]:
    numbered = [p for p in block if p.number and p.depth == 0]
    flow = scope is Scope.FLOW
    if len(numbered) >= 2:
        items = _items(block if flow else numbered)
        named = [bool(phrase_acts(i.text) or chooses(i.text)) for i in items]
        least = 2 if flow else 3
        if sum(named) >= len(named) * (0.5 if flow else 0.6) and enough(items, least) and not _features(block[0], flow):
            yield Chain(Shape.NUMBERED, _name(block[0]), items)
    elif flow and not numbered and enough(items := _items(block), 3) and not _features(block[0], flow):
        yield Chain(Shape.BULLETS, _name(block[0]), items)


def _told_by_numbers(block: list[Passage]) -> Chain | None:
    """One numbered list that goes through a case, some of its items being short chains themselves.

    Items with a label of their own (`취소: …`) are things apart and no such list.
    """
    numbered = [p for p in block if p.number and p.depth == 0]
    chained = [p for p in numbered if _SURE_ARROW.search(p.text)]
    apart = any(p.label or _LEAD.match(p.text) for p in numbered)
    if block[0].form is not Form.ITEM or len(numbered) < 3 or not chained or apart or len(chained) == len(numbered):
        return None
    items = tuple(Item(part, p) for p in numbered for part in split_arrows(_NUMBER.sub("", p.text)) if part)
    working = sum(bool(phrase_acts(p.text)) for p in numbered if p not in chained)
    if working * 2 < len(numbered) - len(chained) or not enough(items, 3):
        return None
    return Chain(Shape.NUMBERED, _name(block[0]), items)


def _features(passage: Passage, flow: bool) -> bool:
    """Whether the heading announces functions or rules and no sequence."""
    heading = passage.headings[-1] if passage.headings else ""
    return bool(_RULES_HEADING.search(heading) or (not flow and _FEATURES_HEADING.search(heading)))


def _items(block: list[Passage]) -> tuple[Item, ...]:
    """One item for each passage; sentences after the first of the same list item are more about it."""
    items: list[Item] = []
    for passage in block:
        last = items[-1].passage if items else None
        if (
            last
            and (last.place, last.number, last.depth) == (passage.place, passage.number, passage.depth)
            and last.number
        ):
            items[-1] = replace(items[-1], more=f"{items[-1].more} {passage.text}".strip())
            continue
        items.append(Item(_NUMBER.sub("", passage.text), passage))
    return tuple(items)


def _joined(found: Sequence[Chain]) -> list[Chain]:
    """Numbered lists that go on after a line between them (`Friday evening:`) are one."""
    out: list[Chain] = []
    for chain in found:
        before = out[-1] if out else None
        if before and before.shape is chain.shape is Shape.NUMBERED:
            last, first = before.items[-1].passage.number, chain.items[0].passage.number
            if first > 1 and first == last + 1:
                out[-1] = replace(before, items=before.items + chain.items)
                continue
        out.append(chain)
    return out


# --- tables ----------------------------------------------------------------------------------------------------------

_STEP_HEAD = re.compile(r"^(?:단계|순서|절차|step|steps|stage|phase|no\.?|#|순번|프로세스|process step)$", re.I)
_ACTION_HEAD = re.compile(
    r"액션|활동|작업|업무|행동|내용|처리|action|activity|task|what happens|what|description|설명|단계|step|stage", re.I
)
_WHO_HEAD = re.compile(r"담당|주체|수행|행위자|역할|actor|who|responsible|owner|role|performed by|부서", re.I)
_PLAN_HEAD = re.compile(r"focus|deliverable|기간|산출물|마일스톤|milestone|endpoint|method|우선순위|priority", re.I)


def _table(block: list[Passage]) -> Iterator[Chain]:
    header = block[0].header
    step = next((i for i, head in enumerate(header) if _STEP_HEAD.match(head.strip())), -1)
    who = next((i for i, head in enumerate(header) if _WHO_HEAD.search(head)), -1)
    if step < 0 or any(_PLAN_HEAD.search(head) for head in header):
        return
    numeric = all(re.fullmatch(r"[\d.\-]*", row.cells[step].strip()) for row in block if step < len(row.cells))
    action = next((i for i, head in enumerate(header) if _ACTION_HEAD.search(head) and i not in (step, who)), -1)
    name = action if numeric else step
    if name < 0:
        return
    items: list[Item] = []
    for row in block:
        if name >= len(row.cells) or not row.cells[name]:
            continue
        others = [cell for i, cell in enumerate(row.cells) if i not in (name, who, step) and cell not in ("-", "")]
        doer = row.cells[who] if 0 <= who < len(row.cells) else ""
        items.append(Item(row.cells[name], row, doer, "; ".join(others)))
    if enough(items, 2):
        yield Chain(Shape.TABLE, _name(block[0]), tuple(items))


# --- drawings --------------------------------------------------------------------------------------------------------


def _drawing(block: list[Passage], scope: Scope) -> Iterator[Chain]:
    items = tuple(Item(link.text, link.passage, notes=link.notes) for link in drawn_links(block))
    if scope is Scope.ASIDE or not enough(items, 2):
        return
    parts = [item.text for item in items]
    drawn = any(ARROW.search(p.text) or "↓" in p.text or "←" in p.text for p in block)
    if drawn or scope is Scope.FLOW or re.match(r"\d", block[0].text):
        explained = sum(bool(item.notes) for item in items) * 2 > len(items)
        shape = Shape.ARROWS if explained else _shape_of(parts, block[0].headings[-1:])
        yield Chain(shape, _name(block[0]), items)


# --- headings ----------------------------------------------------------------------------------------------------------

_NUMBERED_HEADING = re.compile(r"^(?:step\s*|단계\s*)?(\d{1,2})(?:[.):]|단계|\s)\s*\S", re.I)


def _headings(passages: Sequence[Passage], title: str) -> Iterator[Chain]:
    """Numbered headings below one that tells a sequence: each a link, what stands below it the notes to it."""
    below: dict[tuple[str, ...], list[Passage]] = {}
    notes: defaultdict[tuple[str, ...], list[tuple[str, Passage]]] = defaultdict(list)
    for passage in passages:
        if passage.form is Form.ITEM:
            for depth in range(1, len(passage.headings) + 1):
                notes[passage.headings[:depth]].append((passage.text, passage))
        if passage.form is Form.HEADING and passage.headings and _NUMBERED_HEADING.match(passage.text):
            below.setdefault(passage.headings, []).append(passage)
    for outer, heads in below.items():
        scope = scope_of(heads[0], title)
        if len(heads) < 3 or scope is not Scope.FLOW or _RULES_HEADING.search(outer[-1]):
            continue
        items = tuple(Item(bare_heading(h.text), h, notes=tuple(notes[(*h.headings, h.text)])) for h in heads)
        if sum(bool(phrase_acts(item.text)) for item in items) * 2 >= len(items) and enough(items, 2):
            yield Chain(Shape.NUMBERED, _name(heads[0]), items, scope=scope)


# --- cases -----------------------------------------------------------------------------------------------------------


def _cases(found: list[Chain], passages: Sequence[Passage], title: str) -> Iterator[Chain]:
    """The chains, and one for each case: a heading below `Edge cases` with the list of what happens then."""
    yield from found
    for _, group in groupby(passages, key=lambda p: p.group):
        block = list(group)
        head = block[0]
        if head.form is not Form.ITEM or head.number or len(head.headings) < 2:
            continue
        outer = head.headings[:-1] if head.headings[0] != title else head.headings[1:-1]
        if any(_CASE_HEADING.search(h) for h in outer) and scope_of(head, title) in (Scope.OPEN, Scope.FLOW):
            case = Item(bare_heading(head.headings[-1]), head)
            items = (case, *_items(block))
            if enough(items, 2) and "later" not in keys(head.headings[-1], "headings"):
                yield Chain(Shape.CASE, case.text, items, scope=Scope.OPEN)
