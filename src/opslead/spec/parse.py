"""Anybody's specification → Specification: Markdown in the contract's form, whatever the dress, or `specification.json`.

Nothing is refused for being incomplete: what cannot be found stays empty, and `contract` says so. Each part keeps its line.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator

from pydantic import ValidationError

from opslead.errors import InputErrors
from opslead.spec.document import (
    EnforcementPoint,
    FailureMode,
    Level,
    Monitoring,
    Policy,
    Rollout,
    RolloutItem,
    RunbookStep,
    Specification,
    Uncertain,
    VerificationQuestion,
)
from opslead.spec.dress import Line, field_of, horizon_of, lines_of, section_of
from opslead.spec.labels import ENFORCEMENT
from opslead.text import detect

_POLICY = re.compile(r"^\[?\s*(?:policy|정책|P)\s*[#-]?\s*(?P<number>\d{1,3})\s*\]?\s*[:：.)-]?\s*(?P<name>.*)$", re.I)
_NAME_LABEL = re.compile(r"^(?:정책명|이름|policy name|name|title)\s*[:：]\s*", re.I)


def parse_specification(text: str, source: str) -> Specification:
    """The document. Raises InputErrors when JSON is no specification of this version."""
    if text.lstrip().startswith("{"):
        return _from_json(text, source)
    lines = lines_of(text)
    sections = _sections(lines)
    title = next((line.text for line in lines if line.level), "")
    return Specification(
        title=title,
        language=detect(text),
        assumptions=tuple(line.text for line in sections.get("assumptions", [])[1:] if line.bullet or line.cells),
        failure_modes=tuple(_failure_modes(sections.get("failure_modes", [])[1:])),
        rules=tuple(_rules(sections.get("policies", [])[1:])),
        policies=tuple(_policies(lines)),
        rollout=_rollout(sections.get("rollout", [])),
        questions=tuple(_questions(sections.get("questions", [])[1:])),
        sections={name: part[0].number for name, part in sections.items()},
    )


def _from_json(text: str, source: str) -> Specification:
    try:
        return Specification.model_validate(json.loads(text))
    except ValidationError as error:
        first = error.errors(include_url=False)[0]
        where = ".".join(map(str, first["loc"]))
        raise InputErrors.one(source, f"not a specification.json of this version: {where}: {first['msg']}") from None
    except ValueError as error:
        raise InputErrors.one(source, f"not JSON: {error}", "a Markdown document must not begin with {") from None


def _sections(lines: list[Line]) -> dict[str, list[Line]]:
    """The lines of each section, its heading first. A section begins at a heading, or at a line numbered like one."""
    found: dict[str, list[Line]] = {}
    current = ""
    for index, line in enumerate(lines):
        if index == 0 and line.level == 1:
            continue  # the title
        headed = 0 < line.level <= 3 or (line.bullet and line.numbered and line.indent == 0 and len(line.text) < 80)
        named = section_of(line.text) if headed or re.match(r"^[0-4]\)", line.text) else ""
        if named and named not in found and (line.level or current != named):
            current = named
            found[current] = [line]
        elif current:
            found[current].append(line)
    return found


# --- failure modes and questions


def _failure_modes(lines: Iterable[Line]) -> Iterator[FailureMode]:
    header: tuple[str, ...] = ()
    for line in lines:
        if line.cells:
            if not header:
                header = line.cells
                continue
            yield _mode([cell for cell in line.cells if cell and not re.fullmatch(r"[FR]?M?-?\d{1,2}", cell)], line)
        elif line.bullet and line.indent < 2:
            yield _mode(re.split(r"\s+/\s+|\s+→\s+", line.text), line)


_TAGS = re.compile(r"\s*(?:\[\d{1,2}\])+\s*(\S+@\S+)?\s*$")


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
        condition=condition,
        user_impact=user,
        operations_impact=operations,
        surfaces=surfaces,
        line=line.number,
    )


_DATA = re.compile(
    r"\s+[—–-]\s+(?:필요한 데이터|data needed|data)\s*[:：]\s*|(?<=[:：])\s+|\s+[—–]\s+|(?<=[?.])\s+(?=Needed|필요)",
    re.I,
)


_MOVES = re.compile(r"\s+—\s+(?:답에 따라|It moves):\s*")


def _questions(lines: Iterable[Line]) -> Iterator[VerificationQuestion]:
    for line in lines:
        if not (line.bullet and line.indent < 2) and not line.cells:
            continue
        text = re.sub(r"^(?:결정|decision)\s*[:：]\s*", "", line.text, flags=re.I)
        text, _, moves = _MOVES.sub("\0", text, count=1).partition("\0")
        decision, *rest = _DATA.split(text, maxsplit=1)
        affects = tuple(int(n) for n in re.findall(r"#(\d{1,3})", text))
        decision = re.sub(r"\s*\((?:#\d+(?:,\s*)?)+\)\s*$", "", decision)
        yield VerificationQuestion(
            decision=decision,
            data_needed=rest[0] if rest else "",
            affects=affects,
            moves=moves,
            line=line.number,
        )


# --- policies


def _rules(lines: Iterable[Line]) -> Iterator[str]:
    """The listed lines before the first policy: words and orders that the policies take for granted."""
    for line in lines:
        if _policy_start(line):
            return
        if line.bullet:
            yield line.text


def _policies(lines: list[Line]) -> Iterator[Policy]:
    starts = [(i, match) for i, line in enumerate(lines) if (match := _policy_start(line))]
    for order, (start, match) in enumerate(starts):
        end = starts[order + 1][0] if order + 1 < len(starts) else len(lines)
        body = []
        for line in lines[start + 1 : end]:
            if 0 < line.level <= lines[start].level and line.level < 7:
                break
            body.append(line)
        yield _policy(int(match["number"]), _NAME_LABEL.sub("", match["name"]).strip(), lines[start], body)


def _policy_start(line: Line) -> re.Match[str] | None:
    match = _POLICY.match(line.text)
    if match is None or not (line.level or line.text.startswith("[")):
        return None
    return match if match["name"] or line.text.startswith("[") else None


def _policy(number: int, name: str, head: Line, body: list[Line]) -> Policy:
    fields, lines = _fields(body)
    if not name and body and (label := _NAME_LABEL.match(body[0].text)):
        name = body[0].text[label.end() :]
    raw = {key: " ".join(line.text for line in part) for key, part in fields.items()}
    return Policy(
        number=number,
        name=name,
        surfaces=tuple(dict.fromkeys(int(n) for n in re.findall(r"\[?(\d{1,2})\]?(?=[\s.)\]:]|$)", raw.get("surfaces", "")) if 1 <= int(n) <= 12)),
        intent=raw.get("intent", ""),
        scope=raw.get("scope", ""),
        trigger=raw.get("trigger", ""),
        signals=_list(raw.get("signals", "")),
        enforcement_points=tuple(_points(raw.get("enforcement_points", ""))),
        runbook=tuple(_runbook(fields.get("runbook", []))),
        exceptions=_sentences(raw.get("exceptions", "")),
        monitoring=_monitoring(fields.get("monitoring", [])),
        symptoms=_sentences(raw.get("symptoms", "")),
        uncertain=_uncertain(raw["uncertain"]) if raw.get("uncertain") else None,
        closes=tuple(re.findall(r"[^\s,]+@[^\s,]+", fields["closes"][0].text)) if fields.get("closes") else (),
        line=head.number,
        field_lines=lines,
        raw=raw,
    )  # fmt: skip


def _fields(body: list[Line]) -> tuple[dict[str, list[Line]], dict[str, int]]:
    """The lines of every field, the label cut off the first; and the line where each begins."""
    fields: dict[str, list[Line]] = {}
    where: dict[str, int] = {}
    current, listed, last = "", False, 0
    for line in body:
        begun = field_of(line.text) if line.indent < 2 or line.level else None
        if line.cells and len(line.cells) >= 2:
            begun = field_of(line.cells[0] + ":")
            begun = (begun[0], " ".join(line.cells[1:])) if begun else None
        if begun and begun[0] not in fields:
            current, listed = begun[0], line.bullet
            where[current] = line.number
            fields[current] = [Line(line.number, begun[1])] if begun[1] else []
        elif current and listed and _stands_apart(line, last):
            current = ""
        elif current:
            fields[current].append(line)
        last = line.number
    return fields, where


def _stands_apart(line: Line, last: int) -> bool:
    """Whether the line is a paragraph of its own behind a list: what a chat window says around a document."""
    return line.number > last + 1 and not (line.bullet or line.indent or line.cells or line.level)


def _list(text: str) -> tuple[str, ...]:
    """Items of a list in one line; commas inside brackets do not divide."""
    return tuple(part.strip(" .") for part in re.split(r"[,;](?![^()]*\))\s*", text) if part.strip(" ."))


def _sentences(text: str) -> tuple[str, ...]:
    return tuple(part for part in re.split(r"(?<=[.?!])\s+(?=\S)", text) if part)


_KIND_OF = {label.lower(): kind for names in ENFORCEMENT.values() for kind, label in names.items()}
_KIND_WORDS = (
    ("admin_console", ("콘솔", "console", "back office", "backoffice", "관리 화면", "dashboard")),
    ("batch", ("배치", "batch", "scheduler", "job", "스케줄")),
    ("server_api", ("서버", "api", "server", "원장", "ledger")),
    ("device", ("기기", "device", "scanner", "qr", "terminal", "태블릿", "키오스크", "gate", "charger")),
    ("message", ("알림", "문자", "message", "sms", "e-mail", "notification")),
    ("ui", ("화면", "ui", "app", "앱", "screen", "web", "form", "page", "버튼")),
    ("paper", ("종이", "paper")),
)


def _points(text: str) -> Iterator[EnforcementPoint]:
    for part in re.split(r";\s*|,\s*(?![^()]*\))", text):
        if not part.strip():
            continue
        label, found, action = part.partition(" — ")
        kind = _KIND_OF.get(label.strip().lower()) if found else None
        lowered = part.lower()
        kind = kind or next((k for k, words in _KIND_WORDS if any(w in lowered for w in words)), "other")
        yield EnforcementPoint(kind=kind, action=(action if found else part).strip(" ."))


_INLINE_STEPS = re.compile(r"(?:^|\s)(?:\(\d{1,2}\)|[①-⑳]|\d{1,2}[.)])\s+")
_DETAIL = re.compile(r"^(?P<action>.*?)\s+\((?P<detail>(?:[^()]|\([^()]*\))*)\)\.?$")


def _runbook(lines: list[Line]) -> Iterator[RunbookStep]:
    """Numbered lines, bullets, or one line with (1) (2) (3) or arrows."""
    listed = [line for line in lines if line.bullet]
    if listed:
        depth = min(line.indent for line in listed)
        for line in listed:
            if line.indent <= depth + 1:
                yield _step(line.text, line.number)
        return
    for line in lines:
        parts = [part for part in _INLINE_STEPS.split(line.text) if part.strip()]
        if len(parts) < 2:
            parts = [part for part in re.split(r"\s*(?:→|->|⇒)\s*", line.text) if part.strip()]
        for part in parts:
            yield _step(part.strip(), line.number)


def _step(text: str, number: int) -> RunbookStep:
    actor, divider, action = text.partition(" — ")
    if not divider or len(actor) > 60:
        return RunbookStep(action=text, line=number)
    deadline = data = ""
    if detail := _DETAIL.match(action):
        inner = detail["detail"]
        when, _, rest = inner.partition("; ")
        if inner.startswith(("데이터:", "data:")):
            when, rest = "", inner
        action, deadline, data = detail["action"], when, re.sub(r"^(?:데이터|data):\s*", "", rest)
    return RunbookStep(actor=actor, action=action, deadline=deadline, data=data, line=number)


_WATCH = (
    ("leading", re.compile(r"선행|leading", re.I)),
    ("lagging", re.compile(r"결과|후행|lagging|trailing", re.I)),
    ("relax", re.compile(r"완화|relax|loosen|복귀|restore|back to normal", re.I)),
    ("stop", re.compile(r"중단|중지|정지|\bstop|suspend|disable|switched off|turned off", re.I)),
    ("start", re.compile(r"발동|\bstart|activat|시작|switch(?:es)? on", re.I)),
)


_WATCH_LABEL = re.compile(r"^[A-Za-z가-힣() /]{2,30}\s*(?:[:：]|—|-)\s+|^(?:Leading|Lagging)\s*:\s*", re.I)


def _watched(text: str, only: tuple[str, ...] = ()) -> str:
    """Which part of monitoring the words name, empty for none."""
    return next((name for name, pattern in _WATCH if (not only or name in only) and pattern.search(text)), "")


def _monitoring(lines: list[Line]) -> Monitoring:
    """Each sentence under the label before it; one that relaxes or stops the policy says so itself."""
    found: dict[str, list[str]] = {name: [] for name, _ in _WATCH}
    current = "lagging"
    for line in lines:
        for sentence in (line.text,) if line.bullet else _sentences(line.text):
            label = _WATCH_LABEL.match(sentence)
            named = _watched(label.group()) if label else ""
            if named:
                current = named
                sentence = sentence[label.end() :] if label else sentence
            else:
                named = _watched(sentence, ("relax", "stop")) or (_watched(sentence) if line.bullet else "") or current
            found[named].append(sentence)
    return Monitoring(
        leading=tuple(found["leading"]),
        lagging=tuple(found["lagging"]),
        start=" ".join(found["start"]),
        relax=" ".join(found["relax"]),
        stop=" ".join(found["stop"]),
    )


def _uncertain(text: str) -> Uncertain:
    what, _, asked = re.sub(
        r"\s*(?:—|-|\.)?\s*(?:질문|questions?)\s*(?:\([^)]*\))?\s*[:：]\s*", "\0", text, count=1, flags=re.I
    ).partition("\0")
    asked = asked or what
    numbered = re.search(r"\(\d\)|[①-⑨]", asked)
    divider = r"(?:\(\d\)|[①-⑨])\s*" if numbered else r"(?<=\?)\s+"
    parts = [part.strip() for part in re.split(divider, asked) if part.strip()]
    return Uncertain(what=what.strip(), questions=tuple(parts))


# --- rollout

_GRADES: dict[str, Level] = {
    "상": "high", "높음": "high", "h": "high", "high": "high", "very high": "high", "5": "high", "4": "high", "critical": "high",
    "중": "medium", "중간": "medium", "m": "medium", "medium": "medium", "med": "medium", "3": "medium", "moderate": "medium",
    "하": "low", "낮음": "low", "l": "low", "low": "low", "2": "low", "1": "low",
}  # fmt: skip
_INLINE_GRADE = {
    "impact": re.compile(
        r"(?:impact|위험도|영향)[^가-힣a-z0-9]*(?:\(impact\))?\s*[:：=]?\s*([상중하]|high|medium|low|[hml]\b|[1-5])",
        re.I,
    ),
    "likelihood": re.compile(
        r"(?:likelihood|발생\s*확률)(?:\s*\(likelihood\))?\s*[:：=]?\s*([상중하]|high|medium|low|[hml]\b|[1-5])", re.I
    ),
    "detectability": re.compile(
        r"(?:detectability|detection|탐지\s*가능성)(?:\s*\(detectability\))?\s*[:：=]?\s*([상중하]|high|medium|low|[hml]\b|[1-5])",
        re.I,
    ),
}


def _rollout(lines: list[Line]) -> Rollout:
    items: dict[str, list[RolloutItem]] = {"week_1": [], "weeks_1_4": [], "months_1_3": []}
    current = ""
    for line in lines[1:]:
        named = horizon_of(line.text) if not line.cells and len(line.text) < 90 and "#" not in line.text else ""
        if named:
            current = named
            continue
        if line.cells and horizon_of(line.cells[-1] if len(line.cells) > 4 else "") and not current:
            items[horizon_of(line.cells[-1])] += _items(line)
        elif current:
            items[current] += _items(line)
    return Rollout(**{name: tuple(found) for name, found in items.items()}, line=lines[0].number if lines else 0)


def _items(line: Line) -> list[RolloutItem]:
    """The policies a row or item grades; a sentence about the order (`#24 → #8`) grades none."""
    first = line.cells[0] if line.cells else line.text
    numbers = re.findall(r"#(\d{1,3})", first) or (
        re.findall(r"^(?:policy |정책 )?(\d{1,3})\b", first, re.I) if line.cells else []
    )
    if not numbers or (not line.cells and not line.bullet):
        return []
    if line.cells:
        grades = [_GRADES[c.strip().lower()] for c in line.cells[1:] if c.strip().lower() in _GRADES][:3]
        reasons = tuple(c for c in line.cells[1:] if c.strip() and c.strip().lower() not in _GRADES)
    else:
        found = [pattern.search(line.text) for pattern in _INLINE_GRADE.values()]
        grades = [_GRADES[match.group(1).lower()] for match in found if match]
        reasons = ()
    impact, likelihood, detectability = (*grades, "", "", "")[:3]
    return [
        RolloutItem(
            policy=int(n),
            impact=impact,
            likelihood=likelihood,
            detectability=detectability,
            reasons=reasons,
            line=line.number,
        )
        for n in numbers
    ]
