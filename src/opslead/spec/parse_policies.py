"""The policies of somebody's specification: each with its fields, as a list, as paragraphs, as a table, or as a row of one table."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from opslead.spec.document import Policy
from opslead.spec.dress import Line, pieces
from opslead.spec.fields import field_of, named
from opslead.spec.parse_blocks import blocks
from opslead.spec.parse_values import items, monitoring, points, runbook, sentences, texts, uncertain, watched

_NAME = r"(?:정책명|정책 이름|이름|policy name|name|title)"
_NAME_LABEL = re.compile(rf"^{_NAME}\s*[:：]\s*", re.I)
_NAME_CELL = re.compile(_NAME, re.I)


def policies(lines: Sequence[Line], catalog: Sequence[Line]) -> Iterator[Policy]:
    """All policies; `catalog` are the lines of their section."""
    for block in blocks(lines, catalog):
        yield _policy(block.number, _NAME_LABEL.sub("", block.name).strip(), block.head, block.body)


def _policy(number: int, name: str, head: Line, body: Sequence[Line]) -> Policy:
    fields, lines = _fields(body)
    raw = {key: " / ".join(texts(part)) for key, part in fields.items()}
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
        uncertain=uncertain(" ".join(texts(fields["uncertain"]))) if fields.get("uncertain") else None,
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
