"""The prompt: the Ops Lead's brief, how to use the tools, and the inputs."""

from __future__ import annotations

from typing import Annotated

from mcp.server.mcpserver import MCPServer
from mcp.shared.exceptions import MCPError
from mcp.types import INVALID_PARAMS
from pydantic import Field

from opslead.errors import InputErrors
from opslead.mcp.given import service_source, side_source
from opslead.panel.ops_lead import ops_lead_for
from opslead.panel.prompt import prompt
from opslead.text import detect

DESCRIPTION = (
    "Write the operating policy of a service as its Ops Lead: the brief, the tools in their order, and the service."
)

Service = Annotated[str, Field(description="The service in plain words, Korean or English.")]
Charter = Annotated[str, Field(description="The domain charter, where there is one.")]
Breach = Annotated[str, Field(description="The breach report on the last policies, where there is one.")]


def add_all(server: MCPServer) -> None:
    """The one prompt."""

    @server.prompt(title="Ops Lead", description=DESCRIPTION)
    def ops_lead(service: Service, charter: Charter = "", breach: Breach = "") -> str:
        try:
            return with_tools(service, charter, breach)
        except InputErrors as error:
            raise MCPError(INVALID_PARAMS, str(error)) from None


def with_tools(service: str, charter: str = "", breach: str = "") -> str:
    """The whole prompt in the language of the service. Raises InputErrors for texts that no tool would take."""
    given = service_source(service).text
    charter_source, breach_source = side_source(charter, "charter"), side_source(breach, "breach")
    lang = detect(given)
    return ops_lead_for(
        lang,
        given,
        charter_source.text if charter_source else "",
        breach_source.text if breach_source else "",
        also=prompt(f"ops_lead_tools.{lang}").fill(),
    )
