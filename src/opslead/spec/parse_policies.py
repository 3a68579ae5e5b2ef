"""The policies of somebody's specification: each with its fields, as a list, as paragraphs, as a table, or as a row of one table."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence

from opslead.spec.document import Policy
from opslead.spec.dress import Line, pieces
from opslead.spec.fields import POLICY, field_of, named
from opslead.spec.parse_values import items, monitoring, points, runbook, sentences, texts, uncertain, watched

_NAME = r"(?:정책명|정책 이름|이름|policy name|name|title)"
_NAME_LABEL = re.compile(rf"^{_NAME}\s*[:：]\s*", re.I)
_NAME_CELL = re.compile(_NAME, re.I)
_NUMBER_CELL = re.compile(r"(?:번호|no\.?|#|id|정책 번호|policy id|policy no\.?)", re.I)
_COLUMNS = 5
"""From so many fields in its header on, each row of a table is a policy."""


def rules(lines: Iterable[Line]) -> Iterator[str]:
    """The listed lines before the first policy: words and orders that the policies take for granted."""
    for line in lines:
        if _start(line):
            return
        if line.bullet:
            yield line.text


def policies(lines: Sequence[Line], catalog: Sequence[Line]) -> Iterator[Policy]:
    """By their headings wherever they stand; where there is none, by tables in the section `catalog`."""
    blocks = _blocks(lines, _start) or _blocks(catalog, _table_start) or _blocks(list(_unfolded(catalog)), _start)
    for head, match, body in blocks:
        yield _policy(int(match["number"]), _NAME_LABEL.sub("", match["name"]).strip(), head, body)


_Block = tuple[Line, re.Match[str], list[Line]]
_Start = Callable[[Line], re.Match[str] | None]


def _blocks(lines: Sequence[Line], start: _Start) -> list[_Block]:
    """Every line that begins a policy, with the lines up to the next one or to a heading that stands above it."""
    starts = [(i, match) for i, line in enumerate(lines) if (match := start(line))]
    ends = [i for i, _ in starts][1:] + [len(lines)] * bool(starts)
    blocks: list[_Block] = []
    for (at, match), end in zip(starts, ends, strict=True):
        body = []
        for line in lines[at + 1 : end]:
            if 0 < line.level <= lines[at].level and line.level < 7:
                break
            body.append(line)
        blocks.append((lines[at], match, body))
    return blocks


def _start(line: Line) -> re.Match[str] | None:
    """The match where the line is the heading of a policy, or stands alone with its number in brackets."""
    match = POLICY.match(line.text)
    if match is None or line.cells or not (line.level or match["bracket"]):
        return None
    return match if match["name"] or match["bracket"] else None


def _table_start(line: Line) -> re.Match[str] | None:
    """The match where a table of two columns begins with the policy's number and name."""
    return POLICY.match(" ".join(line.cells)) if len(line.cells) == 2 and POLICY.match(line.cells[0]) else None


def _unfolded(lines: Iterable[Line]) -> Iterator[Line]:
    """A table whose rows are policies as one table a policy; its header says what a column is."""
    header: tuple[str, ...] = ()
    for line in lines:
        if not line.cells:
            header = ()
        elif not header:
            header = line.cells if sum(bool(named(cell)) for cell in line.cells) >= _COLUMNS else ()
        elif len(line.cells) == len(header):
            yield from _unrolled(header, line)


def _unrolled(header: Sequence[str], line: Line) -> Iterator[Line]:
    """The heading and the rows of the policy that a row of the one table is."""
    said = dict(zip(header, line.cells, strict=True))
    called = " ".join(cell for label, cell in said.items() if _NUMBER_CELL.fullmatch(label.strip()))
    name = " ".join(
        cell for label, cell in said.items() if not named(label) and not _NUMBER_CELL.fullmatch(label.strip())
    )
    number = re.search(r"\d{1,3}", called) or re.search(r"\d{1,3}", name)
    if number:
        name = re.sub(rf"^\W*(?:policy|정책|P)?\W*{number.group()}\W*", "", name, flags=re.I)
        yield Line(line.number, f"[Policy #{number.group()}] {name}", level=6)
        for label, cell in said.items():
            if named(label):
                yield Line(line.number, f"{label} | {cell}", cells=(label, cell))


def _policy(number: int, name: str, head: Line, body: list[Line]) -> Policy:
    fields, lines = _fields(body)
    raw = {key: " ".join(line.text for line in part) for key, part in fields.items()}
    return Policy(
        number=number,
        name=name or _name(body[:3]),
        surfaces=_surfaces(raw.get("surfaces", "")),
        intent=raw.get("intent", ""),
        scope=raw.get("scope", ""),
        trigger=raw.get("trigger", ""),
        signals=items("; ".join(texts(fields.get("signals", [])))),
        enforcement_points=tuple(points("; ".join(texts(fields.get("enforcement_points", []))))),
        runbook=tuple(runbook(fields.get("runbook", []))),
        exceptions=tuple(s for text in texts(fields.get("exceptions", [])) for s in sentences(text)),
        monitoring=monitoring(fields.get("monitoring", [])),
        symptoms=tuple(s for text in texts(fields.get("symptoms", [])) for s in sentences(text)),
        uncertain=uncertain(raw["uncertain"]) if raw.get("uncertain") else None,
        closes=tuple(re.findall(r"[^\s,]+@[^\s,]+", fields["closes"][0].text)) if fields.get("closes") else (),
        line=head.number,
        field_lines=lines,
        raw=raw,
    )


def _name(first: Iterable[Line]) -> str:
    """A name that stands under the heading, with its label."""
    for line in first:
        if len(line.cells) == 2 and _NAME_CELL.fullmatch(line.cells[0].strip()):
            return line.cells[1]
        if label := _NAME_LABEL.match(line.text):
            return line.text[label.end() :]
    return ""


def _surfaces(text: str) -> tuple[int, ...]:
    numbers = (int(n) for n in re.findall(r"\[?(\d{1,2})\]?(?=[\s.)\]:,]|$)", text))
    return tuple(dict.fromkeys(n for n in numbers if 1 <= n <= 12))


def _fields(body: Sequence[Line]) -> tuple[dict[str, list[Line]], dict[str, int]]:
    """The lines of every field, the label cut off the first; and the line where each begins."""
    fields: dict[str, list[Line]] = {}
    where: dict[str, int] = {}
    label = last = Line(0, "")
    current = ""
    for line in body:
        begun, rest = _begun(line)
        if begun and not _belongs(line, current, label, begun in fields):
            current, label = begun, line
            where.setdefault(current, line.number)
            fields.setdefault(current, []).extend(rest)
        elif current and label.bullet and _stands_apart(line, last):
            current = ""
        elif current:
            fields[current].append(line)
        last = line
    return fields, where


def _begun(line: Line) -> tuple[str, list[Line]]:
    """The field that a line begins, and what it says of it; an empty name where it begins none."""
    if len(line.cells) >= 2:
        name = named(line.cells[0])
        return name, pieces(line.number, "\n".join(line.cells[1:])) if name else []
    begun = field_of(line) if line.indent < 2 or line.level else None
    if begun is None:
        return "", []
    return begun[0], [Line(line.number, begun[1])] if begun[1] else []


def _belongs(line: Line, current: str, label: Line, seen: bool) -> bool:
    """Whether a line that begins like a field goes on with the current one.

    Under a label that is a heading every item does. Of a field that was `seen` before, an item under a label that is no item does,
    a step of the runbook, and a threshold.
    """
    if label.level and not line.level and line.bullet:
        return True
    goes_on = {"runbook": line.numbered, "monitoring": bool(watched(line.text.split(":")[0]))}
    return seen and ((line.bullet and not label.bullet) or goes_on.get(current, False))


def _stands_apart(line: Line, last: Line) -> bool:
    """Whether the line is a paragraph of its own behind a list: what a chat window says around a document."""
    return line.number > last.number + 1 and not (line.bullet or line.indent or line.cells or line.level)
