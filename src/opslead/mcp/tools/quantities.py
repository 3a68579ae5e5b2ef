"""`quantities`: the numbers that follow from the description."""

from __future__ import annotations

from typing import Annotated

from mcp.server.mcpserver import Context, MCPServer
from mcp.types import CallToolResult

from opslead.mcp.answers import Numbers
from opslead.mcp.bench import Watch, Workbench
from opslead.mcp.given import service_source
from opslead.mcp.tools.asked import READS, ServiceText
from opslead.mcp.work import Lanes, answered, off_loop
from opslead.policy.quantities import quantity

DESCRIPTION = """Compute the numbers that a policy for this service needs, from the numbers in its description.

Hold times, staffing and waits, overbooking, limits of compensation, retry and reconciliation intervals, alarm thresholds, outage reserves: each with its result as a
policy says it, the formula with the numbers in, the inputs (given, derived or assumed, with their place), what changes when an input moves, and the method's source.
Use these instead of own arithmetic; quote the formula. An input with basis `assumed` belongs among the verification questions."""


def add(server: MCPServer, bench: Workbench, lanes: Lanes) -> None:
    @server.tool(title="Compute the numbers", description=DESCRIPTION, annotations=READS)
    async def quantities(text: ServiceText, ctx: Context) -> Annotated[CallToolResult, Numbers]:
        return await off_loop(ctx, lanes.quick, lambda watch: answered(numbers(bench, text, watch)))


def numbers(bench: Workbench, text: str, watch: Watch) -> Numbers:
    """Raises InputErrors and Stopped."""
    source = service_source(text)
    lang = bench.understood(source, watch).service.language
    return Numbers(language=lang, quantities=tuple(quantity(made) for made in bench.computed(source, watch)))
