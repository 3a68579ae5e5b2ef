"""`understand`: what the engine reads out of a description."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated

from mcp.server.mcpserver import Context, MCPServer
from mcp.types import CallToolResult
from pydantic import BaseModel

from opslead.mcp.answers import Counts, Model, Unread
from opslead.mcp.bench import Understood, Watch, Workbench
from opslead.mcp.given import service_source
from opslead.mcp.tools.asked import READS, ServiceText
from opslead.mcp.work import Lanes, answered, off_loop
from opslead.model.document import Origin
from opslead.model.dump import dump

DESCRIPTION = """Read a service description into a typed model of its operation, by rules, without a language model.

Call this first. It gives the model as YAML (people with hours and limits, resources, flows step by step, partners, clocks, money rules, volumes),
each value with its quotation, sum or assumption; what was read and not understood; and counts. Compare the model with the text: where something is
missing or wrong, edit the YAML and give that as `text` to the other tools."""


def add(server: MCPServer, bench: Workbench, lanes: Lanes) -> None:
    @server.tool(title="Understand a service", description=DESCRIPTION, annotations=READS)
    async def understand(text: ServiceText, ctx: Context) -> Annotated[CallToolResult, Model]:
        def job(watch: Watch) -> CallToolResult:
            made = model(bench, text, watch)
            return answered(made, "\n".join([made.model, *_comments(made)]))

        return await off_loop(ctx, lanes.quick, job)


def model(bench: Workbench, text: str, watch: Watch) -> Model:
    """Raises InputErrors and Stopped."""
    found = bench.understood(service_source(text), watch)
    return Model(
        name=found.service.name,
        language=found.service.language,
        model=dump(found.document),
        counts=_counts(found),
        packs=found.packs,
        unread=tuple(Unread(text=text, at=at) for text, at in found.service.unread),
    )


def _comments(made: Model) -> Iterator[str]:
    """What the model does not say of itself, so that the text stays a model."""
    yield "# " + ", ".join(f"{name} {count}" for name, count in made.counts.model_dump().items())
    yield f"# packs: {', '.join(made.packs) or 'none'}"
    yield f"# not understood: {len(made.unread)}"
    yield from (f"# {passage.at}: {' '.join(passage.text.split())}" for passage in made.unread)


def _counts(found: Understood) -> Counts:
    service = found.service
    return Counts(
        actors=len(service.actors),
        resources=len(service.resources),
        flows=len(service.flows),
        steps=sum(1 for _ in service.steps()),
        exits=sum(1 for _ in service.exits()),
        partners=len(service.partners),
        channels=len(service.channels),
        clocks=len(service.clocks),
        money_rules=len(service.money),
        volumes=len(service.volumes),
        controls=len(service.controls),
        assumed=sum(1 for origin in _origins(found.document) if origin.assumed),
    )


def _origins(value: object) -> Iterator[Origin]:
    """Everything in the model that says where it comes from."""
    if isinstance(value, Origin):
        yield value
    if isinstance(value, BaseModel):
        for name in type(value).model_fields:
            yield from _origins(getattr(value, name))
    elif isinstance(value, tuple):
        for item in value:
            yield from _origins(item)
