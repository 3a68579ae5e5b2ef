"""`attack`: what still breaks with opslead's own policies in place."""

from __future__ import annotations

from typing import Annotated

from mcp.server.mcpserver import Context, MCPServer
from mcp.types import CallToolResult
from pydantic import Field

from opslead.behaviour.bounds import Bounds
from opslead.errors import InputErrors
from opslead.mcp.answers import Attacked, NamedPolicy, SearchedFlow
from opslead.mcp.bench import Wanted, Watch, Workbench
from opslead.mcp.given import service_source
from opslead.mcp.tools.asked import READS, ServiceText
from opslead.mcp.work import Lanes, answered, off_loop
from opslead.pipeline import Design

DESCRIPTION = """Attack the policies that opslead designs for this service, by exhaustive search: a breach report.

For each flow in which money or a place is at stake: the shortest stories that still end in a loss although the policies are in place (`breaks`), those that the
policies stop (`stopped`), and the bounds within which nothing else exists. Only verdict `exhausted` means none; `limit` means undecided. Takes seconds to minutes;
progress is reported, and cancelling ends the search. Widen `faults` or `cases` to look further."""

Faults = Annotated[int, Field(ge=0, le=3, description="Faults (of machines, partners, people) that a story may need.")]
Cases = Annotated[int, Field(ge=1, le=3, description="Customers at once.")]
Capacity = Annotated[int, Field(ge=1, le=3, description="Units of the scarce thing.")]
States = Annotated[int, Field(ge=1000, le=8_000_000, description="States after which a search gives up, undecided.")]


def add(server: MCPServer, bench: Workbench, lanes: Lanes) -> None:
    @server.tool(title="Attack the policies", description=DESCRIPTION, annotations=READS)
    async def attack(
        text: ServiceText,
        ctx: Context,
        faults: Faults = 2,
        cases: Cases = 2,
        capacity: Capacity = 1,
        states: States = 8_000_000,
    ) -> Annotated[CallToolResult, Attacked]:
        bounds = Bounds(cases, faults, capacity, states)
        return await off_loop(ctx, lanes.long, lambda watch: answered(attacked(bench, text, bounds, watch)))


def attacked(bench: Workbench, text: str, bounds: Bounds, watch: Watch) -> Attacked:
    """Raises InputErrors, also where there is nothing to search, and Stopped."""
    source = service_source(text)
    made = bench.designed(source, Wanted(bounds=bounds), watch)
    flows = _flows(made)
    if not flows:
        reason = "no flow in which money or a place is at stake was understood"
        raise InputErrors.one(source.name, reason, "see with `understand` what was read")
    spec = made.specification
    return Attacked(
        language=spec.language,
        cases=bounds.cases,
        faults=bounds.faults,
        capacity=bounds.capacity,
        quiet=all(flow.verdict == "exhausted" and not flow.breaks for flow in flows),
        flows=flows,
        unsearched=spec.unsearched,
        policies=tuple(NamedPolicy(number=policy.number, name=policy.name) for policy in spec.policies),
    )


def _flows(made: Design) -> tuple[SearchedFlow, ...]:
    from opslead.mcp.stories import tale

    if made.verification is None:
        return ()
    flows = []
    both = zip(made.verification.before, made.verification.after, made.specification.searches, strict=True)
    for before, after, seen in both:
        left = {story.accident for story in after.stories}
        flows.append(
            SearchedFlow(
                flow=seen.flow,
                verdict=seen.verdict,
                states=after.states,
                depth=after.depth,
                good_path=after.good,
                breaks=tuple(tale(made.service, after, story) for story in after.stories),
                stopped=tuple(tale(made.service, before, s) for s in before.stories if s.accident not in left)
                if after.verdict == "exhausted"
                else (),
            )
        )
    return tuple(flows)
