"""Which accidents are left when some things are decided: the search, bounded and remembered."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from typing import TYPE_CHECKING

from pydantic import Field

from opslead.behaviour.bounds import Bounds
from opslead.model.guardrails import Decision
from opslead.model.service import Service
from opslead.panel.depth.tools.tool import Asks, tool_of
from opslead.panel.port import Tool
from opslead.text import fault_words

if TYPE_CHECKING:
    from opslead.behaviour.attack import Report

_MOST = 400_000
"""States of one question: a second or two."""


class Search(Asks):
    """`decided`: names of decisions; empty: what the description alone leaves open."""

    decided: tuple[str, ...] = Field((), max_length=24)


def tool(service: Service, bounds: Bounds, stop: Callable[[], bool]) -> Tool:
    few = Bounds(bounds.cases, bounds.faults, bounds.capacity, min(bounds.most, _MOST))

    @lru_cache(maxsize=64)
    def left(decided: frozenset[Decision]) -> str:
        from opslead.behaviour.attack import attack

        return _told(attack(service, few, decided, stop), few)

    def run(asked: Search) -> str:
        unknown = [name for name in asked.decided if name not in set(Decision)]
        if unknown:
            return f"Not searched: unknown {', '.join(unknown)}; allowed are {', '.join(Decision)}."
        return left(frozenset(Decision(name) for name in asked.decided))

    return tool_of("search", "Accidents that remain possible in the flows when these decisions hold.", Search, run)


def _told(reports: tuple[Report, ...], bounds: Bounds) -> str:
    """For each flow what is left, with the fewest faults it takes; no number of it is a policy's number."""
    within = f"within {bounds.cases} customers, {fault_words(bounds.faults, 'en')}"
    lines = []
    for report in reports:
        fewest: dict[str, int] = {}
        for story in report.stories:
            fewest[story.accident] = min(story.faults, fewest.get(story.accident, story.faults))
        shown = (
            ", ".join(f"{name} ({fault_words(faults, 'en')})" for name, faults in sorted(fewest.items())) or "nothing"
        )
        if report.verdict != "exhausted":
            shown += " (not searched to the end: nothing else is said)"
        lines.append(f"{report.scope.flow.name}: {shown}")
    return f"Left {within}: " + "; ".join(lines) if lines else "No flow of this service is searched."
