"""What `check` found, in the form that a person, a program, a code scanner or a review reads."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from importlib.metadata import version

from opslead.contract import Finding, rules
from opslead.contract.fixes import Change
from opslead.errors import Place
from opslead.intake.page.readers import Source
from opslead.render.escape import cell
from opslead.render.sarif.log import Result, RuleText, log
from opslead.text import Lang


@dataclass(frozen=True)
class Checked:
    """One document: its words, its language, what `--fix` did to it and what is still wrong."""

    source: Source
    language: Lang
    findings: tuple[Finding, ...]
    changes: tuple[Change, ...] = ()

    @property
    def name(self) -> str:
        return self.source.name

    def place(self, finding: Finding) -> Place:
        """Where the finding stands: a line, or in a document that has none its own place (`plan.docx:¶12`)."""
        return self.source.place(finding.breach.line)

    @property
    def errors(self) -> int:
        return sum(finding.severity == "error" for finding in self.findings)


def text(checked: Sequence[Checked]) -> str:
    """A finding in two lines, a document in a last one."""
    return "\n".join(line for one in checked for line in _text(one)) + "\n"


def _text(one: Checked) -> Iterator[str]:
    yield from (f"{one.name}: fixed: line {change.line}: {change.what}" for change in one.changes)
    for finding in one.findings:
        place = one.place(finding)
        if place.label:
            yield f"{place}: {replace(finding, breach=replace(finding.breach, line=0))}"
        else:
            yield f"{one.name}: {finding}"
    yield f"{one.name}: {one.errors} errors, {len(one.findings) - one.errors} warnings"


def as_json(checked: Sequence[Checked]) -> str:
    """One object a document; a line of 0 is one that is not known; `place` is where a document without lines has it."""
    documents = [
        {
            "document": one.name,
            "errors": one.errors,
            "warnings": len(one.findings) - one.errors,
            "fixed": [{"line": change.line, "what": change.what} for change in one.changes],
            "findings": [
                {
                    "rule": finding.rule,
                    "severity": finding.severity,
                    "line": 0 if one.place(finding).label else finding.breach.line,
                    "place": one.place(finding).label,
                    "where": finding.breach.where,
                    "message": finding.breach.message,
                    "quote": finding.breach.quote,
                    "repair": finding.breach.repair,
                }
                for finding in one.findings
            ],
        }
        for one in checked
    ]
    return json.dumps(documents, ensure_ascii=False, indent=2) + "\n"


def markdown(checked: Sequence[Checked]) -> str:
    """A table a document, for a comment in a review."""
    return "\n\n".join("\n".join(_markdown(one)) for one in checked) + "\n"


def _markdown(one: Checked) -> Iterator[str]:
    yield f"## {cell(one.name)}: {one.errors} errors, {len(one.findings) - one.errors} warnings"
    if one.changes:
        yield ""
        yield from (f"- fixed, line {change.line}: {cell(change.what)}" for change in one.changes)
    if one.findings:
        yield ""
        yield "| Rule | Severity | Line | Where | What | Quotation | Repair |"
        yield "| --- " * 7 + "|"
        for finding in one.findings:
            found = finding.breach
            words = (found.where, found.message, found.quote, found.repair)
            line = one.place(finding).label or str(found.line or "")
            yield f"| {finding.rule} | {finding.severity} | {cell(line)} | {' | '.join(map(cell, words))} |"


def sarif(checked: Sequence[Checked]) -> str:
    """For code scanning: the contract's rules, and each breach at its line."""
    lang = checked[0].language if checked else "en"
    texts = [
        RuleText(rule.id, rule.summary[lang], rule.why[lang], rule.repair[lang], rule.severity, ("contract",))
        for rule in rules().values()
    ]
    results = [
        Result(
            finding.rule,
            finding.severity,
            "\n".join(part for part in (f"{found.where}: {found.message}", found.quote, found.repair) if part),
            (one.place(finding),),
            f"{finding.rule}@{found.where}",
        )
        for one in checked
        for finding in one.findings
        for found in (finding.breach,)
    ]
    return log(version("opslead"), "contract", texts, results)


REPORTS: Mapping[str, Callable[[Sequence[Checked]], str]] = {
    "text": text,
    "json": as_json,
    "sarif": sarif,
    "md": markdown,
}
