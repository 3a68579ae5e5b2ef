"""Running the server: over the standard streams, or over HTTP on a port of this machine."""

from __future__ import annotations

import ipaddress
import socket
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import anyio
import uvicorn
from mcp.server.mcpserver import MCPServer
from mcp.server.transport_security import TransportSecuritySettings

from opslead.errors import InputErrors

PATH = "/mcp"
MOST_BODY = 16_000_000
"""Bytes of a request: three texts at their limit, every letter written as an escape."""
_LOOPBACK = ("127.0.0.1", "localhost", "[::1]")
_SECONDS_TO_FINISH = 2


@dataclass(frozen=True)
class Address:
    """Where to listen. `port` 0: any free one. `names`: further host names under which clients may come."""

    host: str = "127.0.0.1"
    port: int = 8765
    names: tuple[str, ...] = ()

    @property
    def is_loopback(self) -> bool:
        """Whether only this machine reaches it."""
        try:
            return self.host == "localhost" or ipaddress.ip_address(self.host).is_loopback
        except ValueError:
            return False


def over_stdio(server: MCPServer) -> None:
    """Serves until the standard input ends. Standard output carries the protocol and nothing else."""
    server.run("stdio")


def over_http(build: Callable[[], MCPServer], address: Address, ready: Callable[[str], None]) -> None:
    """Serves until interrupted; `ready` is told the address of the endpoint. Raises InputErrors where it cannot listen there."""
    listening = _listen(address)
    host, port = listening.getsockname()[:2]
    app = build().streamable_http_app(
        streamable_http_path=PATH, transport_security=_security(address), max_request_body_size=MOST_BODY
    )
    config = uvicorn.Config(app, log_level="warning", access_log=False, timeout_graceful_shutdown=_SECONDS_TO_FINISH)
    ready(f"http://{f'[{host}]' if ':' in host else host}:{port}{PATH}")
    with listening:
        anyio.run(uvicorn.Server(config).serve, [listening])


def _security(address: Address) -> TransportSecuritySettings:
    """Only requests that name a host we listen as: a page of the Web that lets its name point here is turned away."""
    named = [f"[{address.host}]" if ":" in address.host else address.host, *address.names]
    hosts = tuple(dict.fromkeys((*_LOOPBACK, *named)))
    return TransportSecuritySettings(
        enable_dns_rebinding_protection=True,
        allowed_hosts=[entry for host in hosts for entry in (host, f"{host}:*")],
        allowed_origins=[
            f"{scheme}://{host}{end}" for host in hosts for scheme in _schemes(host) for end in ("", ":*")
        ],
    )


def _schemes(host: str) -> Sequence[str]:
    """A name of a network may stand behind a proxy that speaks TLS."""
    return ("http",) if host in _LOOPBACK else ("http", "https")


def _listen(address: Address) -> socket.socket:
    family = socket.AF_INET6 if ":" in address.host else socket.AF_INET
    try:
        return socket.create_server((address.host, address.port), family=family)
    except (OSError, OverflowError, UnicodeError) as error:
        reason = f"cannot listen there: {getattr(error, 'strerror', None) or error}"
        hint = "name another --port, or an address of this machine with --host"
        raise InputErrors.one(f"{address.host}:{address.port}", reason, hint) from None
