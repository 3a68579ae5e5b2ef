"""The comparison as a table: aligned text, Markdown, and the same for programs."""

from __future__ import annotations

import math
import unicodedata
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from opslead.review import checks
from opslead.review.fault import Fault
from opslead.review.figures import Figures
from opslead.text import Lang, pick

NOT_KNOWN = "–"
"""Stands where the service is needed and was not given."""


@dataclass(frozen=True)
class Row:
    """One line of the table; `value` gives a document's cell."""

    ko: str
    en: str
    value: Callable[[Figures], str]

    def label(self, lang: Lang) -> str:
        return pick(lang, self.ko, self.en)


def _counted(check: str, *, needs_service: bool = False) -> Callable[[Figures], str]:
    return lambda f: NOT_KNOWN if needs_service and f.numbers is None else str(f.count(check))


def _open(f: Figures) -> str:
    return NOT_KNOWN if f.coverage is None else f"{len(f.coverage.open)} / {len(f.coverage.judged)}"


def _sourced(f: Figures) -> str:
    """Rounded down, so that 100% means all."""
    return NOT_KNOWN if f.numbers is None else f"{math.floor(f.numbers.share * 100 + 1e-9)}%"


ROWS = (
    Row("정책 수", "policies", lambda f: str(f.policies)),
    Row("계약 위반: 오류", "contract: errors", lambda f: str(f.errors)),
    Row("계약 위반: 경고", "contract: warnings", lambda f: str(f.warnings)),
    Row("맞지 않는 셈", "sums that do not add up", _counted("arithmetic")),
    Row("가리키는 것이 없는 참조", "references that lead nowhere", _counted("references")),
    Row("정책끼리 어긋나는 한도·기준", "limits that contradict each other", _counted("thresholds")),
    Row("같은 말을 하는 정책 쌍", "pairs of policies that say the same", _counted("duplicates")),
    Row("결정권자 둘·돌고 도는 보고", "two owners, circular escalation", _counted("owners")),
    Row("정책이 없는 표면(12개 중)", "surfaces without a policy (of 12)", lambda f: str(len(f.uncovered))),
    Row("열려 있는 구멍 / 확실한 구멍", "holes left open / certain holes", _open),
    Row("서비스에 없는 사람", "people that the service does not have", _counted("names", needs_service=True)),
    Row("그 시각에 없는 사람이 맡은 단계", "steps whose actor is not on duty", _counted("roster", needs_service=True)),
    Row("정책의 수치", "numbers in policies", lambda f: NOT_KNOWN if f.numbers is None else str(f.numbers.total)),
    Row("  출처가 있는 비율", "  with a source", _sourced),
    Row("  통째로만 시작값이라 한 것", "  declared only all at once", lambda f: NOT_KNOWN if f.numbers is None else str(f.numbers.blanket)),
    Row("  출처가 없는 것", "  without a source", lambda f: NOT_KNOWN if f.numbers is None else str(f.numbers.none)),
)  # fmt: skip


def text(documents: Sequence[Figures], lang: Lang) -> str:
    """Columns aligned by what they take on a screen; a Korean letter takes two."""
    head = ["", *(document.name for document in documents)]
    lines = [head, *([row.label(lang), *(row.value(d) for d in documents)] for row in ROWS)]
    widths = [max(width(line[n]) for line in lines) for n in range(len(head))]
    made = []
    for line in lines:
        cells = [line[0] + " " * (widths[0] - width(line[0]))]
        cells += [" " * (size - width(cell)) + cell for cell, size in zip(line[1:], widths[1:], strict=True)]
        made.append("  ".join(cells).rstrip())
    return "\n".join(made)


def markdown(documents: Sequence[Figures], lang: Lang) -> str:
    """The table in Markdown."""
    names = [document.name.replace("|", "\\|") for document in documents]
    lines = [f"| | {' | '.join(names)} |", "| --- |" + " ---: |" * len(names)]
    lines += [f"| {row.label(lang).strip()} | {' | '.join(row.value(d) for d in documents)} |" for row in ROWS]
    return "\n".join(lines)


def width(words: str) -> int:
    """Columns on a screen: wide letters take two, combining ones none."""
    return sum(0 if unicodedata.combining(c) else 2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in words)


def details(document: Figures, lang: Lang) -> Iterator[str]:
    """Every fault with its place and words, then the surfaces and holes that are left."""
    yield f"{document.name}:"
    for fault in document.faults:
        yield f"  {fault}"
    if document.uncovered:
        label = pick(lang, "정책이 없는 표면", "surfaces without a policy")
        yield f"  {label}: " + ", ".join(map(str, document.uncovered))
    if document.coverage is not None:
        for hole in document.coverage.open:
            yield f"  {pick(lang, '열린 구멍', 'open')}: {hole.id} — {hole.condition}"


def as_json(documents: Sequence[Figures]) -> dict[str, list[dict[str, object]]]:
    """The figures for programs: always the same keys; null where the service was not given."""
    return {"documents": [_document(document) for document in documents]}


def _document(one: Figures) -> dict[str, object]:
    numbers, coverage = one.numbers, one.coverage
    return {
        "name": one.name,
        "language": one.language,
        "policies": one.policies,
        "contract": {"errors": one.errors, "warnings": one.warnings},
        "counts": {check.name: one.count(check.name) for check in checks()},
        "surfaces_uncovered": list(one.uncovered),
        "numbers": numbers
        and {
            "given": numbers.given,
            "computed": numbers.computed,
            "declared": numbers.declared,
            "declared_all_at_once": numbers.blanket,
            "unsourced": numbers.none,
            "share_with_source": round(numbers.share, 4),
        },
        "holes": coverage and {"judged": len(coverage.judged), "open": [hole.id for hole in coverage.open]},
        "faults": [_fault(fault) for fault in one.faults],
    }


def _fault(fault: Fault) -> dict[str, object]:
    return {
        "check": fault.check,
        "policies": list(fault.policies),
        "field": fault.field,
        "message": fault.message,
        "quote": fault.quote,
        "line": fault.line,
    }
