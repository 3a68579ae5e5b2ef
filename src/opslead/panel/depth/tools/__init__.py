"""Computations that a model may ask for while it writes: each typed, pure, and answered in words with its sum.

One file a tool. What is asked out of range is told what is allowed.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from pydantic import BaseModel

from opslead.model.service import Service
from opslead.panel.depth.tools import alarm, alone, clocks, duty, hold, oversell, queue, search
from opslead.panel.depth.tools.tool import computed
from opslead.panel.port import Tool
from opslead.policy.compose import Ground

__all__ = ["bearing", "recorded", "tools"]


def tools(service: Service, ground: Ground) -> tuple[Tool, ...]:
    """All computations about one service; the search only where the run searches at all."""
    plain = (queue, alarm, clocks, hold, oversell, alone, duty)
    found = tuple(module.tool(service) for module in plain)
    return (*found, search.tool(service, ground.bounds, ground.stop)) if ground.search else found


_SURFACES: Mapping[str, frozenset[int]] = {
    "queue": frozenset({4, 11, 12}),
    "clocks": frozenset({1, 2, 3, 10}),
    "hold": frozenset({1}),
    "oversell": frozenset({4}),
    "alone": frozenset({3, 5, 7}),
    "duty": frozenset({2, 5, 7, 9, 10, 11}),
    "search": frozenset({1, 2, 3, 6}),
}
"""On which surfaces a computation is of use; one that is not named here is of use on all."""
MOST_OFFERED = 2
"""Every tool offered costs tokens in every call."""


def bearing(offered: Sequence[Tool], surfaces: Sequence[int]) -> tuple[Tool, ...]:
    """Those that are of use everywhere, and at most two that this policy's surfaces ask for, its first one before the others."""
    asked = [tool for tool in offered if _SURFACES.get(tool.name, frozenset()) & set(surfaces)]
    first = sorted(asked, key=lambda tool: surfaces[0] not in _SURFACES[tool.name])[:MOST_OFFERED]
    return tuple(tool for tool in offered if tool in first or tool.name not in _SURFACES)


def recorded(offered: Sequence[Tool], ledger: list[str]) -> tuple[Tool, ...]:
    """The same tools, each result written into the ledger: one ledger an ask, so that its check knows what was computed for it.

    A replay runs tools again, so the ledger fills again.
    """

    def written(tool: Tool) -> Tool:
        def run(asked: BaseModel) -> str:
            text = tool.run(asked)
            if said := computed(text):
                ledger.append(said)
            return text

        return replace(tool, run=run)

    return tuple(written(tool) for tool in offered)
