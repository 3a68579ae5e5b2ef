"""The texts of findings checked like code: templates that fill, languages that name the same things, no chosen numbers."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from opslead.knowledge.findings import Finding
from opslead.knowledge.lint import UNIT_AFTER, Complaint
from opslead.knowledge.schema import Both
from opslead.knowledge.vocabulary import CARE_WORDS
from opslead.text import fill, slots_of


def lint_findings(findings: Iterable[Finding]) -> list[Complaint]:
    """All complaints, sorted."""
    return sorted({complaint for finding in findings for complaint in _complaints(finding)})


def texts(finding: Finding) -> Iterator[tuple[str, Both]]:
    """Every text of the finding with its place."""
    for part in ("condition", "user_impact", "operations_impact"):
        yield f"hole.{part}", getattr(finding.hole, part)
    for part in ("severity", "occurrence", "detection"):
        yield part, getattr(finding, part).reason
    for index, question in enumerate(finding.questions):
        yield f"questions.{index}.decision", question.decision
        yield f"questions.{index}.data", question.data


def _complaints(finding: Finding) -> Iterator[Complaint]:
    for where, both in texts(finding):
        broken = [*_broken(finding.id, f"{where}.ko", both.ko), *_broken(finding.id, f"{where}.en", both.en)]
        if broken:
            yield from broken
            continue
        ko, en = ({slot for slot, optional in slots_of(text) if not optional} for text in (both.ko, both.en))
        if ko != en:
            yield Complaint(finding.id, where, f"Korean needs {sorted(ko)}, English {sorted(en)}")
        for lang, text in (("ko", both.ko), ("en", both.en)):
            if word := next((w for w in CARE_WORDS[lang] if re.search(w, text, re.I)), ""):
                yield Complaint(finding.id, f"{where}.{lang}", f"relies on people's care: {word!r}")
            if where.startswith("hole.") and (found := UNIT_AFTER.search(text)):
                yield Complaint(finding.id, f"{where}.{lang}", f"a number that no lens computed: {found[0]!r}")


def _broken(ident: str, where: str, text: str) -> Iterator[Complaint]:
    try:
        fill(text, {slot: "x" for slot, _ in slots_of(text)})
    except (ValueError, KeyError) as error:
        yield Complaint(ident, where, f"not a template: {error}")
