"""Numbered steps and questions counted from 1, each list for itself."""

from __future__ import annotations

import re
from collections.abc import Sequence

from opslead.contract.fixes.change import Change, replaced
from opslead.spec.document import Specification
from opslead.text import pick

_NUMBERED = re.compile(r"^(?P<before>\s*)(?P<number>\d{1,3})(?P<after>[.)]\s+.*)$")


def mend(text: str, specification: Specification) -> tuple[str, list[Change]]:
    raw = text.splitlines()
    lines: dict[int, str | None] = {}
    changes: list[Change] = []
    lists = [[step.line for step in policy.runbook] for policy in specification.policies]
    lists.append([question.line for question in specification.questions])
    for numbers in lists:
        mended = _renumbered(raw, numbers)
        if mended:
            lines |= mended
            said = pick(specification.language, "번호를 1부터 차례로", "numbered from 1 in order")
            changes.append(Change(min(mended), said))
    return replaced(text, lines), changes


def _renumbered(raw: Sequence[str], numbers: Sequence[int]) -> dict[int, str | None]:
    """The lines of one list whose number is not its place; nothing where not each of them is a numbered line of its own."""
    matches = [_NUMBERED.match(raw[number - 1]) if number else None for number in numbers]
    if len(set(numbers)) != len(numbers) or not all(matches):
        return {}
    found: dict[int, str | None] = {}
    for place, (number, match) in enumerate(zip(numbers, matches, strict=True), 1):
        if match and int(match["number"]) != place:
            found[number] = f"{match['before']}{place}{match['after']}"
    return found
