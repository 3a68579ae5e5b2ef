"""The values of a policy's fields: lists, places in the system, steps, thresholds, what is uncertain."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from opslead.spec.document import EnforcementPoint, Monitoring, RunbookStep, Uncertain
from opslead.spec.dress import Line
from opslead.spec.labels import ENFORCEMENT


def texts(lines: Sequence[Line]) -> list[str]:
    """What the lines say: an item each, a paragraph that is broken over lines as one, what a table's cell breaks apart by itself."""
    found: list[str] = []
    last = 0
    for line in lines:
        if line.bullet or line.number == last or not found:
            found.append(line.text)
        else:
            found[-1] += f" {line.text}"
        last = line.number
    return found


def items(text: str) -> tuple[str, ...]:
    """Items of a list in one line; commas inside brackets do not divide."""
    return tuple(part.strip(" .") for part in re.split(r"[,;](?![^()]*\))\s*", text) if part.strip(" ."))


def sentences(text: str) -> tuple[str, ...]:
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


def points(text: str) -> Iterator[EnforcementPoint]:
    for part in re.split(r";\s*|,\s*(?![^()]*\))", text):
        if not part.strip():
            continue
        label, found, action = part.partition(" — ")
        kind = _KIND_OF.get(label.strip().lower()) if found else None
        lowered = part.lower()
        kind = kind or next((k for k, words in _KIND_WORDS if any(w in lowered for w in words)), "other")
        yield EnforcementPoint(kind=kind, action=(action if found else part).strip(" ."))


_INLINE_STEPS = re.compile(
    r"(?:^|\s)(?:\(\d{1,2}\)|[①-⑳]|\d{1,2}[.)]|step\s*\d{1,2}\s*[:.)]|\d{1,2}단계\s*[:.)])\s+", re.I
)
_DETAIL = re.compile(r"^(?P<action>.*?)\s+\((?P<detail>(?:[^()]|\([^()]*\))*)\)\.?$")


_COLUMNS = (
    ("actor", re.compile(r"누가|담당|수행자|\bwho\b|owner|role|actor", re.I)),
    ("deadline", re.compile(r"언제|기한|시한|\bwhen\b|deadline|by when|\btime\b", re.I)),
    ("data", re.compile(r"데이터|자료|\bdata\b", re.I)),
)


def runbook(lines: Sequence[Line]) -> Iterator[RunbookStep]:
    """Numbered lines, bullets, rows of a table, or one line with (1) (2) (3), arrows or semicolons."""
    listed = [line for line in lines if line.bullet]
    if len(listed) > 1:
        depth = min(line.indent for line in listed)
        yield from (_step(line.text, line.number) for line in listed if line.indent <= depth + 1)
    elif rows := [line for line in lines if len(line.cells) >= 2]:
        yield from (_row(rows[0].cells, row) for row in rows[1:])
    else:
        for line in lines:
            parts = [part for part in _INLINE_STEPS.split(line.text) if part.strip()]
            if len(parts) < 2:
                parts = [part for part in re.split(r"\s*(?:→|->|⇒)\s*", line.text) if part.strip()]
            if len(parts) < 2:
                parts = [part for part in re.split(r"\s*;\s+(?![^()]*\))", line.text) if part.strip()]
            yield from (_step(part.strip(), line.number) for part in parts)


def _row(header: Sequence[str], row: Line) -> RunbookStep:
    """A step from a row, by the names of the columns; what no name is known for is what is done."""
    said: dict[str, list[str]] = {"actor": [], "deadline": [], "data": [], "action": []}
    for label, cell in zip(header, row.cells, strict=False):
        if cell and not re.fullmatch(r"\d{1,2}[.)]?", cell):
            said[next((name for name, words in _COLUMNS if words.search(label)), "action")].append(cell)
    actor, deadline, data, action = (" ".join(part) for part in said.values())
    return RunbookStep(actor=actor, action=action, deadline=deadline, data=data, line=row.number)


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
    (
        "stop",
        re.compile(
            r"중단|중지|정지|(?<!\bto )(?<!\band )(?<!\bor )\bstop|suspend|disable|switched off|turned off", re.I
        ),
    ),
    ("start", re.compile(r"발동|\bstart|activat|시작|switch(?:es)? on", re.I)),
)
"""`unlock and stop` is what somebody may do, not the end of a policy."""
_WATCH_LABEL = re.compile(r"^[A-Za-z가-힣() /]{2,30}\s*(?:[:：]|[—–-])\s+|^(?:Leading|Lagging)\s*:\s*", re.I)
_NEXT_WATCH = re.compile(r";\s+(?=[A-Za-z가-힣() /]{2,30}(?:[:：]|\s[—–])\s)")


def consequence(clause: str) -> str:
    """What follows the arrow of `stopped payouts above 3 → finance is called`; all of it where there is none."""
    before, arrow, after = (
        re.split(r"(→|⇒|->)", clause, maxsplit=1) if re.search("→|⇒|->", clause) else ("", "", clause)
    )
    return after if arrow else before + after


def watched(text: str, only: tuple[str, ...] = ()) -> str:
    """Which part of monitoring the words name, empty for none."""
    return next((name for name, pattern in _WATCH if (not only or name in only) and pattern.search(text)), "")


def monitoring(lines: Sequence[Line]) -> Monitoring:
    """Each sentence under the label before it; one that relaxes or stops the policy says so itself."""
    found: dict[str, list[str]] = {name: [] for name, _ in _WATCH}
    current = "lagging"
    for line in lines:
        told = [s for part in _NEXT_WATCH.split(line.text) for s in sentences(part)]
        for sentence in [line.text] if line.bullet else told:
            label = _WATCH_LABEL.match(sentence)
            part = watched(label.group()) if label else ""
            if label and part:
                current = part
                sentence = sentence[label.end() :]
            else:
                done = " ; ".join(consequence(clause) for clause in sentence.split(";"))
                part = watched(done, ("relax", "stop")) or (watched(sentence) if line.bullet else "") or current
            found[part].append(sentence)
    return Monitoring(
        leading=tuple(found["leading"]),
        lagging=tuple(found["lagging"]),
        start=" ".join(found["start"]),
        relax=" ".join(found["relax"]),
        stop=" ".join(found["stop"]),
    )


_QUESTIONS = re.compile(r"\s*(?:—|-|\.)?\s*(?:질문|questions?)\s*(?:\([^)]*\))?\s*[:：]\s*", re.I)
_COUNTED = re.compile(r"(?:\(\d\)|\(?Q\d\s*[.):]|[①-⑨])\s*", re.I)


def uncertain(text: str) -> Uncertain:
    """What is uncertain, and the questions behind their label or, where they have none, behind their numbers."""
    what, _, asked = _QUESTIONS.sub("\0", text, count=1).partition("\0")
    first = _COUNTED.search(asked or what)
    if not asked:
        what, asked = (what[: first.start()], what[first.start() :]) if first else (what, what)
    divider = _COUNTED if first else re.compile(r"(?<=\?)\s+")
    parts = [part.strip() for part in divider.split(asked) if part.strip()]
    return Uncertain(what=what.strip(), questions=tuple(parts))
