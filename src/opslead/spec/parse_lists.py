"""Failure modes and verification questions of somebody's specification: lists, tables, headings with a list under each."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from opslead.spec.document import FailureMode, VerificationQuestion
from opslead.spec.dress import Line

_IDENT = re.compile(r"(?:[FRQ]?M?-?\d{1,2}|[FRQ]M?-?\d{1,3})\.?")
_TAGS = re.compile(r"\s*(?:\[\d{1,2}\])+\s*(\S+@\S+)?\s*$")
_ON = r"^(?:(?:effect|impact) on (?:the )?)?"
_USER = re.compile(_ON + r"(?:사용자|고객|이용자|users?|customers?|drivers?|guests?)(?:\b|\s*(?:에게|영향|피해))", re.I)
_OPERATIONS = re.compile(_ON + r"(?:운영|operation\w*|ops)(?:\b|\s*(?:에|영향|피해))", re.I)
_CONDITION = re.compile(r"^(?:발생\s*)?(?:조건|condition|under which)", re.I)
_ROLES = (("user", _USER), ("operations", _OPERATIONS), ("condition", _CONDITION))


def _tables(lines: Iterable[Line]) -> Iterator[tuple[Line, tuple[str, ...]]]:
    """Every line with the header of the table it is a row of; the headers themselves are left out."""
    header: tuple[str, ...] = ()
    last = ruled = 0
    for line in lines:
        if not line.cells:
            header = ()
            yield line, ()
        elif not header or line.number > last + (
            2 if last == ruled else 1
        ):  # a ruling under the header, none under a row
            header, ruled = line.cells, line.number
        else:
            yield line, header
        last = line.number


_INLINE = re.compile(
    r"(?:^|(?<=[;.,/—–:])\s*|\s)(?P<label>(?:발생\s*)?조건|condition|(?:사용자|고객|이용자)\s*영향|(?:user|customer)\s+impact|운영\s*영향|(?:operations?|operational|ops)\s+impact)\s*[:：]\s*",
    re.I,
)


def _parts(text: str) -> list[str]:
    """Condition, user impact and operations impact of one line: by labels inside it, else by the slashes or arrows between them."""
    marks = list(_INLINE.finditer(text))
    if len(marks) < 2:
        return re.split(r"\s+/\s+|\s+→\s+", text)
    ends = [mark.start() for mark in marks[1:]] + [len(text)]
    said = {
        _labelled(f"{m['label']}:")[0]: text[m.end() : end].strip(" ;,/") for m, end in zip(marks, ends, strict=True)
    }
    before = text[: marks[0].start()].strip(" .:;—–-")
    return [
        ": ".join(filter(None, (before, said.get("condition", "")))),
        said.get("user", ""),
        said.get("operations", ""),
    ]


def _labelled(text: str) -> tuple[str, str]:
    """The part of a failure mode that the words begin with a label for, and the rest; an empty name for none."""
    label, sign, rest = re.split(r"([:：])", text, maxsplit=1) if re.search(r"[:：]", text) else (text, "", "")
    name = next((name for name, pattern in _ROLES if sign and len(label) < 40 and pattern.search(label.strip())), "")
    return (name, rest.strip()) if name else ("", text)


def failure_modes(lines: Sequence[Line]) -> Iterator[FailureMode]:
    """One for a row, for an item, or for a heading with its parts listed under it."""
    group: list[Line] = []
    for line, header in _tables(lines):
        if header:
            if len(header) >= len(_ROLES):  # evidence, sources: a table of less does not say failure modes
                yield _row(line, header)
        elif (
            line.bullet and line.indent < 2 and not (group and group[0].level and _labelled(line.text)[0])
        ) or line.level:
            yield from _grouped(group)
            group = [line]
        elif group:
            group.append(line)
    yield from _grouped(group)


def _row(line: Line, header: Sequence[str]) -> FailureMode:
    """By the names of the columns; where they do not say it, the last two are the impacts."""
    cells = [cell.replace("\n", " ") for cell in line.cells]
    roles = [next((name for name, pattern in _ROLES if pattern.search(word.strip())), "") for word in header]
    if {"user", "operations"} <= set(roles) and len(cells) == len(header):
        user, operations = (cells[roles.index(name)] for name in ("user", "operations"))
        before = cells[: min(roles.index("user"), roles.index("operations"))]
        told = ": ".join(cell for cell in before if cell and not _IDENT.fullmatch(cell))
        return _mode([told, user, operations], line)
    return _mode([cell for cell in cells if cell and not _IDENT.fullmatch(cell)], line)


def _grouped(group: Sequence[Line]) -> Iterator[FailureMode]:
    """The failure mode of an item and of what is labelled under it; nothing for a heading that has nothing of the kind."""
    if not group:
        return
    said = dict(filter(lambda pair: pair[0], (_labelled(line.text) for line in group[1:])))
    if said:
        condition = ": ".join(filter(None, (group[0].text.strip(" :"), said.get("condition", ""))))
        yield _mode([condition, said.get("user", ""), said.get("operations", "")], group[0])
    elif group[0].bullet:
        yield _mode(_parts(group[0].text), group[0])


def _mode(parts: list[str], line: Line) -> FailureMode:
    tail = _TAGS.search(parts[-1]) if parts else None
    surfaces = tuple(int(n) for n in re.findall(r"\[(\d{1,2})\]", tail.group())) if tail else ()
    ident = tail.group(1) if tail and tail.group(1) else f"line-{line.number}"
    if tail:
        parts = [*parts[:-1], _TAGS.sub("", parts[-1])]
    condition, user, operations = ": ".join(parts[:-2]) if len(parts) > 3 else parts[0] if parts else "", "", ""
    if len(parts) >= 3:
        user, operations = parts[-2], parts[-1]
    elif len(parts) == 2:
        user = parts[1]
    return FailureMode(
        id=ident,
        condition=_labelled(condition)[1],
        user_impact=_labelled(user)[1],
        operations_impact=_labelled(operations)[1],
        surfaces=surfaces,
        line=line.number,
    )


_DATA = re.compile(
    r"\s+(?:(?:[—–-]\s+)?(?:필요한? 데이터|data needed|needed data)|[—–-]\s+data)\s*[:：]\s*"
    r"|\s*\((?:필요한? 데이터|data(?: needed)?)\s*[:：]\s*(?=[^()]*\)\s*$)"
    r"|(?<=[:：])\s+|\s+[—–]\s+|(?<=[?.])\s+(?=Needed|필요|Data\b|데이터)",
    re.I,
)
_DATA_LABEL = re.compile(
    r"^(?:필요한?\s*)?데이터\s*[:：]\s*|^(?:data(?: needed)?|needed data|required data)\s*[:：]\s*", re.I
)
_MOVES = re.compile(r"\s+—\s+(?:답에 따라|It moves):\s*")
_ASKED = re.compile(r"^(?:Q\d{1,2}\s*[.):]?\s*)?(?:(?:결정|decision)\s*[:：]\s*)?", re.I)


def questions(lines: Iterable[Line]) -> Iterator[VerificationQuestion]:
    """One for an item or a row; what is listed under an item as data is its data."""
    last: VerificationQuestion | None = None
    for line, header in _tables(lines):
        data = _DATA_LABEL.sub("", line.text) if line.indent >= 2 and _DATA_LABEL.match(line.text) else ""
        if data and last:
            last = last.model_copy(update={"data_needed": data})
        elif header or (line.bullet and line.indent < 2):
            if last:
                yield last
            last = _question(line)
    if last:
        yield last


def _question(line: Line) -> VerificationQuestion:
    cells = [cell.replace("\n", " ") for cell in line.cells if cell and not _IDENT.fullmatch(cell)]
    text, _, moves = _MOVES.sub("\0", _ASKED.sub("", line.text), count=1).partition("\0")
    decision, *rest = cells if len(cells) > 1 else _DATA.split(text, maxsplit=1)
    affects = tuple(int(n) for n in re.findall(r"#(\d{1,3})", text))
    return VerificationQuestion(
        decision=re.sub(r"\s*\((?:#\d+(?:,\s*)?)+\)\s*$", "", decision),
        data_needed=(rest[0].removesuffix(")") if "(" not in rest[0] else rest[0]) if rest else "",
        affects=affects,
        moves=moves,
        line=line.number,
    )
