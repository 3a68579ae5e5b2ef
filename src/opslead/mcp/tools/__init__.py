"""The tools, one module each with `add(server, bench, lanes)`; they are found by themselves."""

from __future__ import annotations

import importlib
import pkgutil

from mcp.server.mcpserver import MCPServer

from opslead.mcp.bench import Workbench
from opslead.mcp.work import Lanes


def add_all(server: MCPServer, bench: Workbench) -> None:
    """Every tool, in the order of their names; they share the bench and wait for each other in its lanes."""
    lanes = Lanes()
    for name in sorted(info.name for info in pkgutil.iter_modules(__path__)):
        module = importlib.import_module(f"{__name__}.{name}")
        if hasattr(module, "add"):
            module.add(server, bench, lanes)
