"""`opslead mcp`: the engine as tools for assistants, over the standard streams or HTTP."""

from __future__ import annotations

import contextlib
import gc
from pathlib import Path
from typing import TYPE_CHECKING

import click

from opslead.cli.packs import pack_folders, packs_option
from opslead.errors import InputErrors

if TYPE_CHECKING:
    from opslead.mcp.serve import Address


@click.command("mcp")
@click.option("--http", is_flag=True, help="Serve over HTTP instead of the standard streams.")
@click.option("--host", default="127.0.0.1", show_default=True, help="The address to listen on, with --http.")
@click.option(
    "--port",
    default=8765,
    show_default=True,
    type=click.IntRange(0, 65535),
    help="The port, with --http; 0 for any free one.",
)
@click.option(
    "--allow-host",
    "names",
    multiple=True,
    metavar="NAME",
    help="A further host name under which clients may come, with --http; may be given several times.",
)
@packs_option
def command(http: bool, host: str, port: int, names: tuple[str, ...], packs: tuple[Path, ...]) -> None:
    """Serve opslead's tools over the Model Context Protocol, for Claude Desktop, editors and agents.

    Without --http the client starts this command and speaks over its standard streams. Over HTTP there is no sign-in: it listens to
    this machine alone unless another --host is named.
    """
    folders = pack_folders(packs)
    try:
        from opslead.mcp.serve import Address, over_http, over_stdio
        from opslead.mcp.server import build
    except ModuleNotFoundError as error:
        missing = (error.name or "").partition(".")[0]
        if missing == "opslead":
            raise
        raise InputErrors.one("opslead mcp", f"needs the package {missing}", "pip install 'opslead[mcp]'") from None
    gc.enable()  # a server is not short, unlike other commands
    gc.set_threshold(100_000, 20, 100)  # yet it walks the catalog seldom
    if not http:
        over_stdio(build(folders))
        return
    address = Address(host, port, names)
    _warn(address)
    with contextlib.suppress(KeyboardInterrupt):  # the way to stop it
        over_http(lambda: build(folders), address, lambda url: click.echo(f"listening on {url}", err=True))


def _warn(address: Address) -> None:
    if not address.is_loopback:
        click.echo(
            f"warning: {address.host} is reached from other machines, and there is no sign-in: put a proxy with one before it",
            err=True,
        )
