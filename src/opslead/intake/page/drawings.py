"""Fenced and drawn blocks: which are programs (left out), and the plain lines of those that describe something.

Mermaid diagrams are rewritten so that every edge reads `from → to: words`, with the labels of the nodes in the place of
their ids; box drawings lose their lines, and arrows drawn with dashes become `→`.
"""

from __future__ import annotations

import re

from opslead.intake.page.sentences import clean

_PROGRAM_NAMES = """
js javascript ts typescript jsx tsx json json5 jsonc yaml yml sql python py java kotlin kt swift go rust rs c cpp c++ cs
csharp php ruby rb bash sh shell zsh console powershell ps1 html css scss xml toml ini env dockerfile docker http graphql
prisma proto hcl terraform nginx diff vue svelte dart r scala perl lua makefile dbml solidity csv
"""
_PROGRAMS = frozenset(_PROGRAM_NAMES.split())
_NOT_A_FLOW = (
    "erdiagram",
    "classdiagram",
    "gantt",
    "pie",
    "gitgraph",
    "mindmap",
    "c4context",
    "quadrantchart",
    "timeline",
)
_PROGRAM_LINE = re.compile(
    r"[{};]\s*$|^\s*[}\])]|^\s*(?:import|from|export|const|let|var|function|def|class|return|if\s*\(|for\s*\(|async|await|"
    r"public|private|interface|type\s+\w+\s*=|SELECT|INSERT|UPDATE|CREATE|ALTER|npm|npx|yarn|pip|curl|git|docker|sudo|cd)\b|"
    r"^\s*[\"'][\w.-]+[\"']\s*:|^\s*(?:GET|POST|PUT|PATCH|DELETE)\s+/|^\s*//|^\s*\$\s|^\s*#!|^\s*\w+\([^)]*\)\s*$|=>\s*[{(]"
)
_FILE = re.compile(
    r"\w\.(?:tsx?|jsx?|py|java|kt|md|json|ya?ml|css|html|sql|swift|dart|vue|go|rs|php|rb|sh|png|svg)\b|/\s*$"
)
_DRAWN_ARROW = re.compile(r"(?<![─━═╌┄-])[─━═╌┄-]++\s*+[>▶►→➔]|[▶►]|={1,3}>|-{1,2}>{1,2}")
_LINES = re.compile(r"[\u2500-\u257f\u2580-\u259f]+|\+[-=+]{2,}|(?<![\w-])[-_=]{3,}(?![\w-])")
_GAP = re.compile(r"\s{3,}|\s*\|\s*")


def is_program(lines: list[str], language: str) -> bool:
    """Whether a fenced block is code, a data sample or a file tree and not a description."""
    language = language.strip().lower().split(" ")[0].split(":")[0]
    if language in _PROGRAMS:
        return True
    words = [line for line in lines if line.strip()]
    if language == "mermaid":
        return bool(words) and words[0].strip().lower().startswith(_NOT_A_FLOW)
    code = sum(bool(_PROGRAM_LINE.search(line)) for line in words)
    files = sum(bool(_FILE.search(line)) for line in words)
    return code * 3 >= len(words) or files * 2 >= len(words)


def drawn_lines(lines: list[str], language: str) -> list[tuple[int, str, tuple[str, ...]]]:
    """The lines that say something: index in the block, text, and the pieces that stand side by side."""
    if language.strip().lower().startswith("mermaid"):
        return _mermaid(lines)
    found = []
    for index, line in enumerate(lines):
        bare = _LINES.sub("   ", _DRAWN_ARROW.sub(" → ", line))
        pieces = tuple(piece for piece in (clean(part).strip("|+ ") for part in _GAP.split(bare)) if piece)
        text = clean(bare).strip("|+ ")
        if text:
            found.append((index, text, pieces))
    return found


_NODE = re.compile(
    r"(?P<id>[\w가-힣.-]{1,40})\s*(?:\(\(|\(\[|\[\[|\[\(|\{\{|[\[({>])[\"']?(?P<label>[^\[\](){}\"]{1,120})[\"']?[\])}]{1,2}"
)
_EDGE = re.compile(r"\s*(?:<?-{1,3}[.=]*-*>{1,2}|={1,3}>|-\.+->|-{1,2}[x)]|-{3,})\s*(?:\|(?P<words>[^|]{0,120})\|)?\s*")
_NAMED_EDGE = re.compile(r"\s--\s*(?P<words>[^->|]{1,80}?)\s*-->\s*")
_ALIAS = re.compile(r"^\s*(?:participant|actor)\s+(?P<id>[\w가-힣]+)(?:\s+as\s+(?P<label>.{1,80}))?$")
_STATE_ALIAS = re.compile(r"^\s*state\s+\"(?P<label>[^\"]{1,80})\"\s+as\s+(?P<id>\w+)")
_MESSAGE = re.compile(
    r"^\s*(?P<a>[\w가-힣 ]{1,60}?)\s*(?:-{1,2}>{1,2}|-{1,2}[x)])[+-]?\s*(?P<b>[\w가-힣 ]{1,60}?)\s*:\s*(?P<words>.{1,300})$"
)
_SKIP = re.compile(
    r"^\s*(?:%%|style\b|classDef\b|class\b|linkStyle\b|click\b|direction\b|graph\b|flowchart\b|sequenceDiagram\b|"
    r"stateDiagram|autonumber\b|activate\b|deactivate\b|end\b|\}|journey\b)"
)


def _mermaid(lines: list[str]) -> list[tuple[int, str, tuple[str, ...]]]:
    labels: dict[str, str] = {}
    for line in lines:
        for pattern in (_ALIAS, _STATE_ALIAS):
            if match := pattern.match(line):
                labels[match.group("id")] = clean(match.group("label") or match.group("id"))
        for match in _NODE.finditer(line):
            labels.setdefault(match.group("id"), clean(match.group("label")))
    found: list[tuple[int, str, tuple[str, ...]]] = []
    for index, line in enumerate(lines):
        if _SKIP.match(line) or _ALIAS.match(line) or _STATE_ALIAS.match(line):
            continue
        text = _mermaid_line(line, labels)
        if text:
            found.append((index, text, ()))
    return found


def _mermaid_line(line: str, labels: dict[str, str]) -> str:
    if match := _MESSAGE.match(line):
        a, b = (labels.get(match.group(k).strip(), match.group(k).strip()) for k in ("a", "b"))
        return clean(f"{a} → {b}: {match.group('words')}")
    bare = _NODE.sub(lambda m: m.group("id"), _NAMED_EDGE.sub(lambda m: f" -->|{m.group('words')}| ", line))
    parts: list[str] = []
    position = 0
    pending = ""
    for match in _EDGE.finditer(bare):
        parts.append(_labelled(bare[position : match.start()], labels) + pending)
        pending = f" ({match.group('words').strip()})" if match.group("words") else ""
        position = match.end()
    last = bare[position:]
    target, _, words = last.partition(":")
    parts.append(_labelled(target, labels) + pending + (f": {words.strip()}" if words.strip() else ""))
    return clean(" → ".join(part for part in parts if part.strip()))


def _labelled(piece: str, labels: dict[str, str]) -> str:
    names = [name.strip() for name in piece.split("&")]
    return " & ".join(labels.get(name, name) for name in names)
