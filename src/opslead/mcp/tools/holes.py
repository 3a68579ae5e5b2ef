"""`holes`: what can go wrong, with evidence."""

from __future__ import annotations

from typing import Annotated

from mcp.server.mcpserver import Context, MCPServer
from mcp.types import CallToolResult
from pydantic import Field

from opslead.lenses import BEHAVIOUR
from opslead.lenses.hole import Hole
from opslead.mcp.answers import Finding, Findings, OpenQuestion
from opslead.mcp.bench import Watch, Workbench
from opslead.mcp.given import service_source
from opslead.mcp.tools.asked import READS, ServiceText
from opslead.mcp.work import Lanes, answered, off_loop
from opslead.policy.overview import mode
from opslead.text import Lang

DESCRIPTION = """Find how a service will break: open choices that can end in a loss, gravest first.

Every finding is derived and carries its evidence: a story found by search, a sum, a gap in the duty calendar, or a quotation. It names the condition, what it
does to users and to operations, FMEA ratings with reasons, the policy surfaces (1 scarce resources, 2 lifecycle, 3 money, 4 forecasting, 5 authority,
6 consistency, 7 disputes, 8 fraud, 9 privacy, 10 partners, 11 field work, 12 KPI), and the questions it leaves. `certain` false means that it rests on a fact
the text does not state: ask for it. Use `surface` to look at one surface whole, `trace` with the id for a story move by move."""

Surface = Annotated[int, Field(ge=0, le=12, description="Only findings of this surface, 1 to 12; 0 for all.")]
Most = Annotated[int, Field(ge=1, le=200, description="How many at most.")]


def add(server: MCPServer, bench: Workbench, lanes: Lanes) -> None:
    @server.tool(title="Find the holes", description=DESCRIPTION, annotations=READS)
    async def holes(
        text: ServiceText, ctx: Context, surface: Surface = 0, most: Most = 20
    ) -> Annotated[CallToolResult, Findings]:
        return await off_loop(ctx, lanes.quick, lambda watch: answered(findings(bench, text, surface, most, watch)))


def findings(bench: Workbench, text: str, surface: int, most: int, watch: Watch) -> Findings:
    """Raises InputErrors and Stopped."""
    source = service_source(text)
    lang = bench.understood(source, watch).service.language
    found = [hole for hole in bench.holes(source, watch) if not surface or surface in hole.surfaces]
    return Findings(language=lang, total=len(found), findings=tuple(_finding(hole, lang) for hole in found[:most]))


def _finding(hole: Hole, lang: Lang) -> Finding:
    said = mode(hole, lang)
    assert said.ratings is not None  # a finding of a lens is always graded
    return Finding(
        id=hole.id,
        condition=said.condition,
        user_impact=said.user_impact,
        operations_impact=said.operations_impact,
        surfaces=hole.surfaces,
        loss=hole.loss,
        evidence=said.evidence,
        ratings=said.ratings,
        certain=hole.certain,
        traceable=hole.lens == BEHAVIOUR,
        questions=tuple(OpenQuestion(decision=asked.decision, data=asked.data) for asked in hole.questions),
    )
