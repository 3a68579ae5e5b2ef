"""`design`: the whole specification by the engine alone."""

from __future__ import annotations

from typing import Annotated, Literal

from mcp.server.mcpserver import Context, MCPServer
from mcp.types import CallToolResult
from pydantic import Field

from opslead.contract import lint
from opslead.mcp.answers import Designed
from opslead.mcp.bench import Wanted, Watch, Workbench
from opslead.mcp.given import service_source, side_source
from opslead.mcp.tools.asked import READS, ServiceText
from opslead.mcp.work import Lanes, answered, off_loop
from opslead.render import json as render_json
from opslead.render import markdown as render_markdown

DESCRIPTION = """Design the whole operating policy for this service by the engine alone: the contract's document, from assumptions to verification questions.

20 or more policies with every field, chosen for this service's findings, verified by search, with computed numbers; it keeps the contract. A good base for a draft: improve
its prose and add what the domain knows, keep ids, numbers and evidence, then `check`. Markdown, or JSON with all findings and searches."""

Charter = Annotated[str, Field(description="The domain charter: what the trade lives on. Empty where there is none.")]
Breach = Annotated[
    str, Field(description="The breach report on the last policies: each item is answered. Empty where there is none.")
]
Policies = Annotated[int, Field(ge=20, le=60, description="How many policies to choose.")]
Search = Annotated[
    bool, Field(description="Search the flows and verify the policies by it; without it is done in a second.")
]
Format = Annotated[Literal["markdown", "json"], Field(description="The form of the document.")]


def add(server: MCPServer, bench: Workbench, lanes: Lanes) -> None:
    @server.tool(title="Design the policies", description=DESCRIPTION, annotations=READS)
    async def design(
        text: ServiceText,
        ctx: Context,
        charter: Charter = "",
        breach: Breach = "",
        policies: Policies = 24,
        search: Search = True,
        format: Format = "markdown",
    ) -> Annotated[CallToolResult, Designed]:
        wanted = Wanted(policies, search)

        def job(watch: Watch) -> CallToolResult:
            made = designed(bench, (text, charter, breach), wanted, format, watch)
            return answered(made, made.document)

        return await off_loop(ctx, lanes.long, job)


def designed(
    bench: Workbench, texts: tuple[str, str, str], wanted: Wanted, form: Literal["markdown", "json"], watch: Watch
) -> Designed:
    """`texts`: the service, the charter, the breach report. Raises InputErrors and Stopped."""
    text, charter, breach = texts
    made = bench.designed(
        service_source(text), wanted, watch, side_source(charter, "charter"), side_source(breach, "breach")
    )
    spec = made.specification
    render = render_json.render if form == "json" else render_markdown.render
    return Designed(
        title=spec.title,
        language=spec.language,
        failure_modes=len(spec.failure_modes),
        policies=len(spec.policies),
        questions=len(spec.questions),
        packs=tuple(pack.id for pack in spec.packs),
        complaints=len(lint(spec)),
        format=form,
        document=render(spec),
    )
