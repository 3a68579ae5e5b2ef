"""A tool's argument that the tool does not know is an error: a misspelt `surface` must not give all surfaces."""

from __future__ import annotations

import difflib
from typing import Any

from mcp.server.context import CallNext, HandlerResult, ServerRequestContext
from mcp.server.mcpserver import MCPServer
from mcp.types import CallToolResult, TextContent


class KnownArguments:
    """Middleware of the server: refuses a call that names an argument outside of the tool's schema, all of them at once."""

    def __init__(self) -> None:
        self._known: dict[str, tuple[str, ...]] = {}

    async def learn(self, server: MCPServer) -> None:
        """The arguments of every tool of the server."""
        self._known = {tool.name: tuple(tool.input_schema.get("properties", {})) for tool in await server.list_tools()}

    async def __call__(self, ctx: ServerRequestContext[Any, Any], call_next: CallNext) -> HandlerResult:
        params = ctx.params or {}
        name, arguments = params.get("name"), params.get("arguments")
        if ctx.method == "tools/call" and name in self._known and isinstance(arguments, dict):
            known = self._known[name]
            problems = [_problem(key, known) for key in arguments if key not in known]
            if problems:
                return CallToolResult(content=[TextContent(type="text", text="\n".join(problems))], is_error=True)
        return await call_next(ctx)


def _problem(key: str, known: tuple[str, ...]) -> str:
    near = difflib.get_close_matches(key, known, 1) or known
    return f"{key[:100]}: the tool has no such argument\n    hint: {', '.join(near)}"
