"""`trace`: how a finding comes about, step by step."""

from __future__ import annotations

import difflib
from typing import Annotated

from mcp.server.mcpserver import Context, MCPServer
from mcp.types import CallToolResult
from pydantic import Field

from opslead.errors import InputErrors
from opslead.lenses.hole import Hole
from opslead.mcp.answers import Traced
from opslead.mcp.bench import Watch, Workbench
from opslead.mcp.given import service_source
from opslead.mcp.tools.asked import READS, ServiceText
from opslead.mcp.work import Lanes, answered, off_loop
from opslead.policy.overview import mode

DESCRIPTION = """Tell how one finding of `holes` comes about.

For findings of the search (`behaviour.…`) the shortest believable stories, move by move, with the state of record, money, place and belief of each customer after
every move, what each story supposes and how many faults it takes. For other findings their evidence: the sum, the calendar gap or the quotation."""

Ident = Annotated[
    str,
    Field(min_length=1, max_length=300, description="An id from `holes`, such as behaviour.double_allocation@booking."),
]


def add(server: MCPServer, bench: Workbench, lanes: Lanes) -> None:
    @server.tool(title="Trace a finding", description=DESCRIPTION, annotations=READS)
    async def trace(text: ServiceText, id: Ident, ctx: Context) -> Annotated[CallToolResult, Traced]:
        return await off_loop(ctx, lanes.quick, lambda watch: answered(traced(bench, text, id, watch)))


def traced(bench: Workbench, text: str, ident: str, watch: Watch) -> Traced:
    """Raises InputErrors, also for a finding that is not there, and Stopped."""
    from opslead.mcp import stories

    source = service_source(text)
    service = bench.understood(source, watch).service
    found = {hole.id: hole for hole in bench.holes(source, watch)}
    told = [(report, story) for report in bench.searched(source, watch) for story in report.stories]
    here = [pair for pair in told if stories.finding_id(*pair) == ident]
    if ident not in found and not here:
        raise _unknown(ident, [*found, *dict.fromkeys(stories.finding_id(*pair) for pair in told)])
    same: Hole | None = found.get(ident)
    said = mode(same, service.language) if same else None
    return Traced(
        id=ident,
        condition=said.condition if said else stories.tale(service, *here[0]).told[-1],
        stories=tuple(stories.traced(service, *pair) for pair in here),
        evidence=said.evidence if said and not here else (),
    )


def _unknown(ident: str, known: list[str]) -> InputErrors:
    near = difflib.get_close_matches(ident, known, 3, 0.5) or known[:3]
    return InputErrors.one(ident, "this text has no such finding", f"near: {', '.join(near)}; `holes` gives all ids")
