"""What `check` found, in the form that a person, a program, a code scanner or a review reads."""

from __future__ import annotations

import json
from collections import Counter
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
        """Where the finding stands: a line, or in a document that has none its own place (`plan.docx:¶12`); what is missing stands nowhere."""
        line = finding.breach.line
        place = self.source.place(line) if line else Place(self.name)
        return Place(self.name, int(place.label)) if place.label.isdecimal() else place

    @property
    def errors(self) -> int:
        return sum(finding.severity == "error" for finding in self.findings)

    @property
    def warnings(self) -> int:
        return len(self.findings) - self.errors

    @property
    def counts(self) -> str:
        """`1 error, 0 warnings`."""
        counted = ((self.errors, "error"), (self.warnings, "warning"))
        return ", ".join(f"{number} {word}{'' if number == 1 else 's'}" for number, word in counted)


def text(checked: Sequence[Checked]) -> str:
    """A finding in two lines, a document in a last one."""
    return "\n".join(line for one in checked for line in _text(one)) + "\n"


def _text(one: Checked) -> Iterator[str]:
    yield from (f"{one.name}: fixed: line {change.line}: {change.what}" for change in one.changes)
    for finding in one.findings:
        place = one.place(finding)
        told = replace(finding, breach=replace(finding.breach, line=0 if place.label else place.line))
        yield f"{place}: {told}" if place.label else f"{one.name}: {told}"
    yield f"{one.name}: {one.counts}"


def as_json(checked: Sequence[Checked]) -> str:
    """One object a document; a line of 0 is one that is not known; `place` is where a document without lines has it."""
    documents = [
        {
            "document": one.name,
            "errors": one.errors,
            "warnings": one.warnings,
            "fixed": [{"line": change.line, "what": change.what} for change in one.changes],
            "findings": [
                {
                    "rule": finding.rule,
                    "severity": finding.severity,
                    "line": 0 if place.label else place.line,
                    "place": place.label,
                    "where": finding.breach.where,
                    "message": finding.breach.message,
                    "quote": finding.breach.quote,
                    "repair": finding.breach.repair,
                }
                for finding in one.findings
                for place in (one.place(finding),)
            ],
        }
        for one in checked
    ]
    return json.dumps(documents, ensure_ascii=False, indent=2) + "\n"


def markdown(checked: Sequence[Checked]) -> str:
    """A table a document, for a comment in a review."""
    return "\n\n".join("\n".join(_markdown(one)) for one in checked) + "\n"


def _markdown(one: Checked) -> Iterator[str]:
    yield f"## {cell(one.name)}: {one.counts}"
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
            place = one.place(finding)
            line = place.label or str(place.line or "")
            yield f"| {finding.rule} | {finding.severity} | {cell(line)} | {' | '.join(map(cell, words))} |"


def sarif(checked: Sequence[Checked]) -> str:
    """For code scanning: the contract's rules, and each breach at its line."""
    lang = checked[0].language if checked else "en"
    texts = [
        RuleText(rule.id, rule.summary[lang], rule.why[lang], rule.repair[lang], rule.severity, ("contract",))
        for rule in rules().values()
    ]
    results = [result for one in checked for result in _results(one)]
    return log(version("opslead"), "contract", texts, results)


def _results(one: Checked) -> Iterator[Result]:
    """A place that is no line is told in the message, as a scanner shows lines alone."""
    seen: Counter[str] = Counter()
    for finding in one.findings:
        found, place = finding.breach, one.place(finding)
        told = f"{place.label}: " if place.label else ""
        message = "\n".join(
            part for part in (f"{told}{found.where}: {found.message}", found.quote, found.repair) if part
        )
        key = f"{one.name}:{finding.rule}@{found.where}"
        seen[key] += 1
        shown = replace(place, line=0) if place.label else place
        yield Result(finding.rule, finding.severity, message, (shown,), key if seen[key] == 1 else f"{key}/{seen[key]}")


REPORTS: Mapping[str, Callable[[Sequence[Checked]], str]] = {
    "text": text,
    "json": as_json,
    "sarif": sarif,
    "md": markdown,
}
