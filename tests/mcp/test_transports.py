"""What is true of the streams and the port themselves."""

import http.client
import json
import socket
import subprocess
import sys
from urllib.parse import urlsplit

import anyio
import pytest
from mcp.types import LATEST_PROTOCOL_VERSION

from opslead.cli.mcp import command
from opslead.errors import InputErrors
from opslead.mcp.serve import Address

CAFE = """# Board game cafe

A guest books a table in the app; it is held for 10 minutes while the card payment runs (callback of the payment provider). Once approved the booking is
confirmed and a text message goes out. One host, daily 12:00 to 22:00, checks guests in. Cancelling is free until one day before; 30 bookings a day, $12.
"""


def test_every_tool_resource_and_prompt_is_the_same_from_afar(far, near):
    calls = [
        ("understand", {"text": CAFE}),
        ("holes", {"text": CAFE, "most": 5}),
        ("trace", {"text": CAFE, "id": near.answer("holes", text=CAFE)["findings"][0]["id"]}),
        ("quantities", {"text": CAFE}),
        ("attack", {"text": CAFE, "cases": 1, "faults": 0}),
        ("design", {"text": CAFE, "search": False}),
        ("check", {"document": near.answer("design", text=CAFE, search=False)["document"]}),
    ]
    assert {tool for tool, _ in calls} == {t.name for t in far.portal.call(far.client.list_tools).tools}
    carried = (
        calls if far.over == "stdio" else calls[:2]
    )  # a transport knows nothing of what it carries: once is enough for all
    for tool, arguments in carried:
        assert far.answer(tool, **arguments) == near.answer(tool, **arguments)
    for tool, arguments in [
        ("holes", {"text": ""}),
        ("holes", {"text": "결제 " * 100_000}),
        ("check", {"documents": "x"}),
    ]:
        assert far.refusal(tool, **arguments) == near.refusal(tool, **arguments)
    for address in ("contract", "contract/OL021", "patterns", "patterns/OP02-waiting-for-person", "form/ko"):
        assert far.read(f"opslead://{address}") == near.read(f"opslead://{address}")
    words = [t.portal.call(t.client.get_prompt, "ops_lead", {"service": CAFE}).messages for t in (far, near)]
    assert words[0] == words[1]


def test_a_cancelled_attack_stops_and_the_server_answers_meanwhile(far):
    """Were the search to go on, the attack after it would wait for minutes: one runs at a time."""

    async def run():
        begun = anyio.Event()

        async def hear(progress, total, message):
            if message.startswith("examine"):
                begun.set()

        async def attack():
            await far.client.call_tool("attack", {"text": CAFE, "cases": 3, "faults": 3}, progress_callback=hear)

        with anyio.fail_after(90):
            async with anyio.create_task_group() as group:
                group.start_soon(attack)
                await begun.wait()
                await far.client.call_tool("check", {"document": "# x"})
                group.cancel_scope.cancel()
            return await far.client.call_tool("attack", {"text": CAFE, "cases": 1, "faults": 0})

    assert not far.portal.call(run).is_error


def request(ident, method, **params):
    return json.dumps({"jsonrpc": "2.0", "id": ident, "method": method, "params": params}) + "\n"


def test_standard_output_carries_the_protocol_and_nothing_else(environment, serve):
    hello = {
        "protocolVersion": LATEST_PROTOCOL_VERSION,
        "capabilities": {},
        "clientInfo": {"name": "test", "version": "1"},
    }
    lines = [
        request(1, "initialize", **hello),
        json.dumps({"jsonrpc": "2.0", "method": "notifications/initialized"}) + "\n",
        request(2, "tools/call", name="understand", arguments={"text": "The sea is blue."}),
        request(3, "tools/call", name="none", arguments={}),
        "no JSON\n",
        request(4, "no/method"),
        request(5, "ping"),
    ]
    server = subprocess.Popen(
        serve, env=environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    )
    with server:
        server.stdin.write("".join(lines).encode())
        server.stdin.flush()
        answers, ids = [], set()
        while ids != {1, 2, 3, 4, 5}:
            answers.append(json.loads(server.stdout.readline()))
            ids |= {answers[-1].get("id")} - {None}
        rest, errors = server.communicate(timeout=30)  # the client hangs up
    assert (server.returncode, rest) == (0, b"")
    assert all(answer["jsonrpc"] == "2.0" for answer in answers)
    assert b"Traceback" not in errors


def get(url, **headers):
    """The status of a request with these headers."""
    parts = urlsplit(url)
    connection = http.client.HTTPConnection(parts.hostname, parts.port, timeout=30)
    connection.putrequest("POST", parts.path, skip_host=True)
    for name, value in {"Content-Type": "application/json", "Content-Length": "2", **headers}.items():
        connection.putheader(name, value)
    connection.endheaders(b"{}")
    status = connection.getresponse().status
    connection.close()
    return status


def test_a_page_of_the_web_is_turned_away(over_http):
    """DNS rebinding: a name that was made to point at this machine, and a script of another origin."""
    here = urlsplit(over_http).netloc
    assert get(over_http, Host="evil.example") == 421
    assert get(over_http, Host=here, Origin="https://evil.example") == 403
    turned_away = {421, 403}
    assert get(over_http, Host=here) not in turned_away
    assert get(over_http, Host="tools.example", Origin="https://tools.example") not in turned_away


def test_a_port_that_is_taken_is_said():
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        with pytest.raises(InputErrors, match=f"127.0.0.1:{port}: cannot listen there"):
            command.main(["--http", "--port", str(port)], standalone_mode=False)


def test_another_address_is_warned_about(capsys):
    """The address is of a network for documentation: no machine has it."""
    with pytest.raises(InputErrors, match="cannot listen there"):
        command.main(["--http", "--port", "0", "--host", "192.0.2.1"], standalone_mode=False)
    said = capsys.readouterr()
    assert "warning: 192.0.2.1 is reached from other machines" in said.err
    assert said.out == ""


def test_loopback():
    assert Address().is_loopback
    assert all(Address(host).is_loopback for host in ("localhost", "::1", "127.8.8.8"))
    assert not any(Address(host).is_loopback for host in ("0.0.0.0", "::", "10.0.0.1", "localhost.example", ""))


def test_without_the_extra_the_way_to_it_is_said(environment):
    code = "import sys; sys.modules['mcp'] = None; sys.argv = ['opslead', 'mcp']; from opslead.cli import main; main()"
    done = subprocess.run([sys.executable, "-c", code], env=environment, capture_output=True, text=True, timeout=60)
    assert done.returncode == 2
    assert "needs the package mcp\n    hint: pip install 'opslead[mcp]'" in done.stderr
