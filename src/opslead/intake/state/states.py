"""The states that a description names: chains, enumerations, lists, tables, drawings and single mentions of them.

A word becomes a state by its place, never by itself: in a chain of states, behind the word "status", in a list or table
about states, or beside the word "state". Steps, events, screens, response codes and priorities are not states. `next`
stands only where a chain, a table of transitions or a diagram says what a state turns into.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby

from opslead.intake.page.passages import Form, Passage
from opslead.intake.state.chains import ARROW, BRACKET, QUOTES, STATE, WORD, Found, about, chains, titled, trim
from opslead.intake.state.diagrams import final_nodes, transitions
from opslead.intake.state.words import Shape, flat, is_code, shape, word_set
from opslead.model.document import StateText


def states(passages: Sequence[Passage], texts: Mapping[str, str] | None = None) -> tuple[StateText, ...]:
    """Every named state once, in the order of its first sighting, with what it can turn into where that is stated.

    `texts` are the sources by name: with them the lines of drawn state machines are followed from box to box.
    """
    found = [*chains(passages), *_enumerations(passages), *_lists(passages), *_tables(passages), *_drawings(passages)]
    known = {flat(item.name) for item in found}
    found += [item for item in _mentions(passages) if flat(item.name) not in known and _new(item.name, known)]
    found += _traced(passages, texts or {}, known)
    order = {id(passage): index for index, passage in enumerate(passages)}
    return _merged(sorted(found, key=lambda item: order[id(item.passage)]), _glosses(passages))


_SAME = {
    "완료": "completed", "확정": "confirmed", "취소": "cancelled", "취소됨": "cancelled", "거절": "rejected", "대기": "pending",
    "진행중": "inprogress", "만료": "expired", "승인": "approved", "결제완료": "paid", "준비완료": "ready", "활성": "active",
}  # fmt: skip


def _new(name: str, known: set[str]) -> bool:
    """Whether a word of running text is more than the Korean of a state already named in English."""
    return flat(_SAME.get(flat(name), name)) not in known


_GLOSS = re.compile(r"([A-Za-z가-힣][\w가-힣 ]{0,28}?)\s?[(（]\s?([A-Za-z가-힣][\w가-힣 ]{0,28})[)）]")


def _glosses(passages: Sequence[Passage]) -> dict[str, str]:
    """Names that stand in brackets behind another: in `PAID(결제완료)` the second is the first in another language."""
    found: dict[str, str] = {}
    for passage in passages:
        for name, gloss in _GLOSS.findall(passage.text):
            if name.isascii() != gloss.isascii() and shape(name) >= Shape.CODE and shape(gloss) >= Shape.MAYBE:
                found.setdefault(flat(gloss), flat(name))
    return found


def _merged(found: Sequence[Found], glosses: Mapping[str, str]) -> tuple[StateText, ...]:
    named = {flat(item.name) for item in found}

    def key_of(name: str) -> str:
        other = glosses.get(flat(name), "")
        return other if other in named else flat(name)

    first: dict[str, Found] = {}
    nexts: dict[str, dict[str, str]] = {}
    final: set[str] = set()
    for item in sorted(found, key=lambda item: flat(item.name) in glosses):
        key = key_of(item.name)
        first.setdefault(key, item)
        for other in item.next:
            if key_of(other) != key:
                nexts.setdefault(key, {}).setdefault(key_of(other), other)
        if item.terminal:
            final.add(key)
    return tuple(
        StateText(
            name=item.name,
            next=_following(nexts.get(key, {}), first) if key in nexts or key in final else None,
            terminal=key in final and key not in nexts,
            given=_clause(item.passage.text, item.name),
            at=str(item.passage.place),
        )
        for key, item in first.items()
    )


def _following(others: Mapping[str, str], first: Mapping[str, Found]) -> tuple[str, ...]:
    return tuple(first[key].name if key in first else name for key, name in others.items())


def _clause(text: str, name: str) -> str:
    """At most 120 characters of the passage, around the name, cut between words."""
    if len(text) <= 120:
        return text
    middle = max(text.find(name), 0)
    start = max(0, middle - 50)
    start = text.rfind(" ", 0, start) + 1 if start else 0
    return text[start:] if start + 120 >= len(text) else text[start : start + 120].rsplit(" ", 1)[0]


# --- enumerations ----------------------------------------------------------------------------------------------------

_ENUM = re.compile(
    r"(?:\bstatus(?:es)?|\bstates?|상태|라이프사이클|\blifecycle)(?P<gap>[^()\[\]:：=.,/|→—]{0,16}?)\s*"
    r"(?P<open>[(\[:：=—]|\s-\s|\bare\b|\bis one of\b|\bcan be\b)",
    re.I,
)
_LONGEST = 400  # characters of an enumeration
_SPLIT = re.compile(r"\s*[,/|·、]\s*(?:and\s|or\s)?|\s+(?:and|or|및|또는|혹은)\s+")
_LEAD = re.compile(r"^(?:예\s*[:)]?|e\.g\.,?|i\.e\.,?|such as|like|and|or)\s+|^(?:예:|e\.g\.)\s*", re.I)


def _enumerations(passages: Sequence[Passage]) -> Iterator[Found]:
    for passage in passages:
        for text in passage.cells if passage.form is Form.ROW else (passage.text,):
            for match in _ENUM.finditer(text):
                if any(
                    w.lower() in word_set("veto")
                    for w in WORD.findall(match["gap"] + text[max(0, match.start() - 12) : match.start()])
                ):
                    continue
                rest = text[match.end() : match.end() + _LONGEST]
                yield from (Found(name, passage) for name in _listed(rest, match["open"]))


def _listed(rest: str, opener: str) -> list[str]:
    """The names of an enumeration that begins here; none when it is of other things."""
    if opener in "([":
        rest = re.split(r"[)\]]", rest, maxsplit=1)[0]
    else:
        rest = re.split(r"[.;]\s|[.;]$", BRACKET.sub("", rest), maxsplit=1)[0]
    if ARROW.search(rest):
        return []
    parts = [_LEAD.sub("", part.strip(QUOTES)) for part in _SPLIT.split(rest)]
    parts = [part for part in parts if part]
    if parts:
        parts[-1] = trim([re.sub(r"\s*(?:등|etc)\.?$", "", parts[-1])], first=False)[0]
    return _majority(parts, 2)


def _majority(parts: Sequence[str], least: int) -> list[str]:
    """The parts that are states when at least `least` and half of them surely are, else none."""
    shapes = [(part, shape(part)) for part in parts]
    strong = sum(s >= Shape.CODE for _, s in shapes)
    if strong < least or strong * 2 < len(shapes):
        return []
    return [part for part, s in shapes if s >= Shape.MAYBE and not STATE.search(part)]


# --- lists and headings ----------------------------------------------------------------------------------------------

_NUMBERING = re.compile(r"^(?:\d+(?:\.\d+)*[.)]?|[A-Z][.)]|[①-⑳])\s+")
_TRANSITION = re.compile(
    r"^(?:(?:can )?(?:transitions?|moves?|changes?|goes) to|next(?: states?)?|다음 상태|전이|이후 상태)\b\s*[:：]?\s*",
    re.I,
)
_TERMINAL = re.compile(r"\b(?:terminal|final|end) ?(?:state)?\b|종료 상태|최종 상태|\(최종\)", re.I)


def _lists(passages: Sequence[Passage]) -> Iterator[Found]:
    def place(p: Passage) -> tuple[str, Form, int, tuple[str, ...]]:
        return p.place.source, p.form, p.depth, p.headings

    listed = [p for p in passages if p.form is not Form.ROW and p.headings and about(p.headings[-1])]
    listed = [p for p in listed if len(p.cells) < 2]
    for _, rows in groupby(sorted(listed, key=place), key=place):
        group = list(rows)
        heads = [_head(p) for p in group]
        names = set(_majority([head for head in heads if head], 2))
        for head, passage in zip(heads, group, strict=True):
            if head in names:
                yield Found(head, passage, terminal=bool(_TERMINAL.search(passage.text)))
    for passage in passages:
        if passage.headings and (match := _TRANSITION.match(passage.text)):
            owner = _bare(passage.headings[-1])
            after = [n.strip(QUOTES) for n in _SPLIT.split(BRACKET.sub("", passage.text[match.end() :]))]
            after = [name for name in after if shape(name) >= Shape.CODE]
            if after and shape(owner) >= Shape.CODE:
                yield Found(owner, passage, tuple(after))


def _head(passage: Passage) -> str:
    """The name at the head of an item: its label, or what stands before a dash, an arrow or a bracket."""
    text = _NUMBERING.sub("", passage.label or passage.text)
    return _bare(re.split(r"\s[-–—=]\s|\s*→|[:：]", text, maxsplit=1)[0])


def _bare(text: str) -> str:
    return BRACKET.sub("", _NUMBERING.sub("", text)).strip(QUOTES)


# --- tables ----------------------------------------------------------------------------------------------------------

_FROM = re.compile(
    r"^(?:from(?: state| status)?|current(?: state| status)?|source|현재 ?상태|이전 ?상태|변경 ?전|시작 ?상태|전 상태)$",
    re.I,
)
_TO = re.compile(
    r"^(?:to(?: state| status)?|next(?: states?| status)?|target|(?:allowed |possible |valid )?transitions?(?: to)?|"
    r"다음 ?상태|변경 ?후|이후 ?상태|전이(?: ?가능)?(?: ?상태)?|전환 ?상태)$",
    re.I,
)


def _tables(passages: Sequence[Passage]) -> Iterator[Found]:
    rows = [p for p in passages if p.form is Form.ROW]
    for _, same in groupby(rows, key=lambda p: (p.place.source, p.group)):
        group = list(same)
        header = group[0].header
        source = next((i for i, head in enumerate(header) if _FROM.match(head.strip())), -1)
        target = next((i for i, head in enumerate(header) if _TO.match(head.strip())), -1)
        column = source if source >= 0 and target >= 0 else _column(group)
        if column < 0:
            continue
        names = set(_majority([_bare(_cell(p, column)) for p in group], 2))
        for passage in group:
            name = _bare(_cell(passage, column))
            if name not in names:
                continue
            after = (
                [n.strip(QUOTES) for n in _SPLIT.split(BRACKET.sub("", _cell(passage, target)))] if target >= 0 else []
            )
            after = [n for n in after if shape(n) >= Shape.CODE or n in names]
            yield Found(name, passage, tuple(after), bool(_TERMINAL.search(passage.text)))
            yield from (Found(other, passage) for other in after)


def _column(group: Sequence[Passage]) -> int:
    """The column whose cells are states, -1 if none: headed by the word, all different, first or in a section on states."""
    header = group[0].header
    for index, head in enumerate(header):
        cells = [_bare(_cell(p, index)) for p in group]
        if len(set(cells)) < len(cells):
            continue
        codes = all(is_code(cell) for cell in cells)
        if about(head) and (index == 0 or codes or titled(group[0])):
            return index
        if index == 0 and group[0].headings and about(group[0].headings[-1]):
            return index
    return -1


def _cell(passage: Passage, index: int) -> str:
    return passage.cells[index] if index < len(passage.cells) else ""


# --- drawings --------------------------------------------------------------------------------------------------------


def _drawings(passages: Sequence[Passage]) -> Iterator[Found]:
    """The boxes of a drawn state machine. `[Accept]` is an event, `(24h timeout)` a remark; neither is a state."""
    codes = [p for p in passages if p.form is Form.CODE and titled(p)]
    for _, lines in groupby(codes, key=lambda p: (p.place.source, p.group)):
        pieces = [(piece.strip(), p) for p in lines for piece in p.cells if not ARROW.search(piece)]
        boxed = [(piece, p) for piece, p in pieces if piece and piece[0] not in "[(←"]
        bracketed = [(piece.strip("[] "), p) for piece, p in pieces if piece.startswith("[") and piece.endswith("]")]
        strong = [(name, p) for name, p in boxed if shape(name) >= Shape.CODE]
        if not strong:
            strong = [(name, p) for name, p in bracketed if shape(name) >= Shape.CODE]
        if len(strong) > 1:
            strong += [
                (name, p) for name, p in boxed if name.isascii() and name.isalpha() and shape(name) is Shape.MAYBE
            ]
        latin = sum(name[0].isascii() for name, _ in strong)
        yield from (Found(name, p) for name, p in strong if name[0].isascii() or latin < 2)


def _traced(passages: Sequence[Passage], texts: Mapping[str, str], known: set[str]) -> Iterator[Found]:
    """What the lines of each drawing say of the states that are already known."""
    codes = [p for p in passages if p.form is Form.CODE and p.place.source in texts]
    for (source, _), group in groupby(codes, key=lambda p: (p.place.source, p.group)):
        block = list(group)
        lines = _block(texts[source].splitlines(), block[0].place.line - 1, block[-1].place.line - 1)
        for start, end in transitions(lines, lambda name: flat(name) in known):
            yield Found(start.name, _saying(block, start.name), (end.name,))
        for name in final_nodes(lines, lambda name: flat(name) in known):
            yield Found(name, _saying(block, name), terminal=True)


def _saying(block: Sequence[Passage], name: str) -> Passage:
    return next((passage for passage in block if name in passage.text), block[0])


def _block(lines: Sequence[str], first: int, last: int) -> Sequence[str]:
    """The drawing around its lines of words: up and down to a fence or an empty line."""
    while first > 0 and lines[first - 1].strip() and not lines[first - 1].lstrip().startswith(("```", "~~~")):
        first -= 1
    while last + 1 < len(lines) and lines[last + 1].strip() and not lines[last + 1].lstrip().startswith(("```", "~~~")):
        last += 1
    return lines[first : last + 1]


# --- single mentions -------------------------------------------------------------------------------------------------

_NAME = r"[A-Z]{4,}(?:_[A-Z]+)*|[A-Z]+(?:_[A-Z]+)+|[a-z]+(?:_[a-z]+)+"
_BEHIND = re.compile(
    rf"(?:상태[가는를은]?|\b[Ss]tat(?:e|us)(?: is| as| to| of|:)?)\s*[:=→]?\s*['\"‘“]?({_NAME})(?![A-Za-z_])"
)
_BEFORE = re.compile(rf"(?<![A-Za-z_])({_NAME})['\"’”]?\s?(?:상태|[Ss]tat(?:e|us)\b)")
_BECOMES = re.compile(
    r"\b(?i:transitions? to|changed? to|moved? to|set (?:as|to)|marked(?: as)?|becomes?|turns?(?: into| to)?|remains?|stays?)"
    rf"\s+['\"‘“]?({_NAME})(?![A-Za-z_])"
)
_ENGLISH = re.compile(
    r"\b(?:in|to|from|as|remains?|stays?(?: in)?)\s+(?:an?\s|the\s)?['\"‘“]?([a-z]+(?:[ -][a-z]+)?)['\"’”]?\s(?:state|status)\b"
)
_KOREAN = re.compile(r"['\"‘“]?([가-힣]{2,6}(?: 중| 완료| 대기)?)['\"’”]?\s?상태(?:로|에서|이면|일|인|가 되|가 된)")


def _mentions(passages: Sequence[Passage]) -> Iterator[Found]:
    """States named one at a time in running text, beside the word `state` or after `becomes`."""
    for passage in passages:
        text = passage.text
        for pattern in (_BEHIND, _BEFORE):
            yield from (Found(name, passage) for name in pattern.findall(text) if is_code(name) and _speaks(name))
        for name in _BECOMES.findall(text):
            if is_code(name) and shape(name) is Shape.KNOWN:
                yield Found(name, passage)
        for name in (*_ENGLISH.findall(text), *_KOREAN.findall(text)):
            if shape(name) is Shape.KNOWN:
                yield Found(name, passage)


def _speaks(name: str) -> bool:
    """Whether a code name is more than an abbreviation beside the word `status`, such as OCSP."""
    return "_" in name or len(name) > 5 or shape(name) is Shape.KNOWN
