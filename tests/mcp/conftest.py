"""The server as a client meets it: the SDK's own client, over the standard streams and over HTTP on this machine."""

import os
import re
import signal
import socket
import subprocess
import sys
from contextlib import contextmanager

import pytest
from anyio.from_thread import start_blocking_portal
from mcp.client.stdio import StdioServerParameters, stdio_client
from mcp.types import TextContent

from mcp import Client
from opslead.mcp.server import build


@pytest.fixture(autouse=True)
def _no_network(monkeypatch):
    """This machine alone may be reached."""
    connect = socket.socket.connect

    def loopback(self, address):
        if self.family in (socket.AF_INET, socket.AF_INET6) and address[0] not in ("127.0.0.1", "::1"):
            raise AssertionError("a test tried to reach the network")
        return connect(self, address)

    monkeypatch.setattr(socket.socket, "connect", loopback)


@pytest.fixture(scope="module")
def environment(tmp_path_factory):
    """The server's cache is a fresh folder, its packages are the test's."""
    cache = str(tmp_path_factory.getbasetemp() / "cache")
    return {**os.environ, "XDG_CACHE_HOME": cache, "PYTHONPATH": os.pathsep.join(filter(None, sys.path))}


class Talk:
    """A client's calls, without `await`. `over`: the transport; empty: none."""

    def __init__(self, portal, client, over=""):
        self.portal, self.client, self.over = portal, client, over

    def call(self, tool, **arguments):
        return self.portal.call(self.client.call_tool, tool, arguments)

    def answer(self, tool, **arguments):
        """The structured answer of a call that went well."""
        result = self.call(tool, **arguments)
        assert not result.is_error, result.content
        return result.structured_content

    def refusal(self, tool, **arguments):
        """The words of a call that did not."""
        result = self.call(tool, **arguments)
        assert result.is_error
        (content,) = result.content
        assert isinstance(content, TextContent)
        assert "Traceback" not in content.text
        return content.text

    def read(self, address):
        (content,) = self.portal.call(self.client.read_resource, address).contents
        return content.text


@pytest.fixture(scope="module")
def serve():
    """The command that starts the server over the standard streams."""
    return [sys.executable, "-m", "opslead", "mcp"]


@pytest.fixture(scope="module")
def over_http(environment, serve):
    """The address of a server over HTTP, which complains of nothing but what it turns away."""
    command = [*serve, "--http", "--port", "0", "--allow-host", "tools.example"]
    with subprocess.Popen(
        command, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as server:
        try:
            said = re.match(r"listening on (http://\S+)", server.stderr.readline())
            assert said
            yield said[1]
        finally:
            server.send_signal(signal.SIGINT)
            out, errors = server.communicate(timeout=60)
    assert (server.returncode, out) == (0, "")
    assert not re.search("Traceback|ERROR", errors)


@contextmanager
def talking(transport, over=""):
    """A client that is connected to a server, or to the server that the transport leads to."""
    with start_blocking_portal() as portal, portal.wrap_async_context_manager(Client(transport)) as client:
        yield Talk(portal, client, over)


@pytest.fixture(scope="module")
def near():
    """A client in the server's own process."""
    with talking(build()) as talk:
        yield talk


@pytest.fixture(scope="module", params=["stdio", "http"])
def far(request, environment, serve, tmp_path_factory):
    """A client of a server in a process of its own, over each transport; the server has nothing to complain of."""
    if request.param == "http":
        with talking(request.getfixturevalue("over_http"), "http") as talk:
            yield talk
        return
    with (tmp_path_factory.mktemp("server") / "stderr").open("w+") as errors:
        parameters = StdioServerParameters(command=serve[0], args=serve[1:], env=environment)
        with talking(stdio_client(parameters, errors), "stdio") as talk:
            yield talk
        errors.seek(0)
        assert errors.read() == ""
