"""A row of the rollout that stands twice, letter for letter and in the same horizon, stands once."""

from __future__ import annotations

from opslead.contract.fixes.change import Change, replaced
from opslead.spec.document import RolloutItem, Specification
from opslead.text import pick


def mend(text: str, specification: Specification) -> tuple[str, list[Change]]:
    raw = text.splitlines()
    lines: dict[int, str | None] = {}
    changes: list[Change] = []
    for name in ("week_1", "weeks_1_4", "months_1_3"):
        seen: dict[str, int] = {}
        items: tuple[RolloutItem, ...] = getattr(specification.rollout, name)
        for item in items:
            words = " ".join(raw[item.line - 1].split())
            if seen.setdefault(words, item.line) == item.line:
                continue
            lines[item.line] = None
            said = pick(
                specification.language,
                f"#{item.policy}의 같은 줄을 하나 뺌",
                f"the same row of #{item.policy} taken out",
            )
            changes.append(Change(item.line, said))
    return replaced(text, lines), changes
