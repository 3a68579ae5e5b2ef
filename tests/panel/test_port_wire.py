"""What a wire does to a call: refusals of load, errors, cuts, nonsense, silence; and asks that come back out of order."""

from __future__ import annotations

import threading

import pytest

from opslead.errors import InputErrors
from opslead.panel.port.budget import Budget
from opslead.panel.port.connect import Manner, connect
from opslead.panel.port.pace import LONGEST_WAIT, TRIES

from .asked import Number, Timeless, ask, big, port_to
from .loopback import Raw, Says, Silent, Status, anthropic_events, openai_chunks, says, sse

RIGHT = says(value=12)


def after(*first):
    """Plays these, then answers."""
    left = list(first)
    return lambda heard: left.pop(0) if left else RIGHT


def test_retry_after_is_honoured(loopback):
    clock = Timeless()
    loopback.script = after(Status(429, headers=(("Retry-After", "17"),)))
    (answered,) = port_to(loopback.url, clock=clock).ask([ask()])
    assert answered.value == Number(value=12)
    assert clock.slept == [17.0]
    assert answered.calls == 1


def test_a_refusal_of_load_quietens_every_ask(loopback):
    clock = Timeless()
    loopback.script = after(Status(429, headers=(("Retry-After", "17"),)))
    port = port_to(loopback.url, clock=clock, concurrency=1)
    assert all(answered.value for answered in port.ask([ask("rooms"), ask("beds")]))
    assert clock.time == 1017


def test_waiting_for_load_is_bounded(loopback):
    loopback.script = lambda heard: Status(429)
    (answered,) = port_to(loopback.url).ask([ask()])
    assert (answered.value, answered.failure, answered.calls) == (None, "wire", 0)
    assert len(loopback.heard) == TRIES["limited"]
    assert "429: not now" in answered.detail


def test_a_server_that_wants_too_much_patience_is_left(loopback):
    clock = Timeless()
    loopback.script = lambda heard: Status(429, headers=(("Retry-After", str(int(LONGEST_WAIT) + 1)),))
    (answered,) = port_to(loopback.url, clock=clock).ask([ask()])
    assert answered.failure == "wire"
    assert clock.slept == []


@pytest.mark.parametrize("code", [500, 502, 504])
def test_errors_of_the_server_are_tried_again_with_growing_waits(loopback, code):
    clock = Timeless()
    loopback.script = after(Status(code), Status(code))
    (answered,) = port_to(loopback.url, clock=clock).ask([ask()])
    assert answered.value == Number(value=12)
    assert clock.slept == [1.0, 2.0]


def test_trying_again_is_bounded(loopback):
    loopback.script = lambda heard: Status(500)
    (answered,) = port_to(loopback.url).ask([ask()])
    assert answered.failure == "wire"
    assert len(loopback.heard) == TRIES["broken"]
    assert f"({TRIES['broken']} tries)" in answered.detail


def test_what_the_server_will_say_again_is_not_tried_again(loopback):
    loopback.script = lambda heard: Status(400, '{"error": {"message": "too long"}}')
    (answered,) = port_to(loopback.url).ask([ask()])
    assert (answered.failure, answered.detail) == ("wire", "the server answered 400: too long")
    assert len(loopback.heard) == 1


WHOLE = sse(openai_chunks(RIGHT))
NONSENSE = [
    pytest.param(Raw(WHOLE[: len(WHOLE) // 2], cut=True), id="cut in the middle"),
    pytest.param(Raw(b"", cut=True), id="cut at once"),
    pytest.param(Raw(sse(list(openai_chunks(RIGHT))[:2])), id="over in the middle"),
    pytest.param(
        Raw(b'data: {"choices": [{"index": 0, "delta": {"content": "{\\"val"}}]}\n\n'), id="words over in the middle"
    ),
    pytest.param(Raw(b"data: {broken\n\n"), id="no JSON"),
    pytest.param(Raw(b"\xff\xfe\x00garbage\x80\n\n"), id="garbage bytes"),
    pytest.param(Raw(b"data: \xff\xfe\n\n"), id="garbage in an event"),
    pytest.param(Raw(b""), id="nothing"),
    pytest.param(Raw(b"data: 5\n\n"), id="a number"),
    pytest.param(Raw(b"data: []\n\n"), id="a list"),
    pytest.param(Raw(b'data: {"choices": 7}\n\n'), id="choices of no kind"),
    pytest.param(Raw(b'data: {"choices": [{"delta": {"tool_calls": [{"function": 3}]}}]}\n\n'), id="a call of no kind"),
    pytest.param(Raw(b'data: {"error": {"message": "overloaded"}}\n\n'), id="an error in the stream"),
    pytest.param(Raw(b"<html>proxy</html>", "text/html"), id="a page"),
    pytest.param(Raw(b'{"choices": "x"}', "application/json"), id="JSON of no kind"),
    pytest.param(Raw(b"{", "application/json"), id="broken JSON"),
    pytest.param(Raw(b"data: [DONE]\n\n"), id="done at once"),
]


@pytest.mark.parametrize("nonsense", NONSENSE)
def test_nonsense_is_tried_again(loopback, nonsense):
    loopback.script = after(nonsense)
    (answered,) = port_to(loopback.url).ask([ask()])
    assert answered.value == Number(value=12)
    assert len(loopback.heard) == 2


@pytest.mark.parametrize("nonsense", NONSENSE)
def test_nonsense_for_ever_is_a_failure_of_the_wire(loopback, nonsense):
    loopback.script = lambda heard: nonsense
    (answered,) = port_to(loopback.url).ask([ask()])
    assert (answered.value, answered.failure) == (None, "wire")
    assert len(loopback.heard) <= TRIES["broken"] + 2


@pytest.mark.parametrize("silent", [Silent(), Silent(after=WHOLE[:150])])
def test_silence_beyond_the_timeout_ends_the_call(loopback, silent):
    loopback.script = after(silent)
    (answered,) = port_to(loopback.url, timeout=0.5).ask([ask()])
    assert answered.value == Number(value=12)


def test_silence_for_ever_is_a_failure_that_names_the_timeout(loopback):
    loopback.script = lambda heard: Silent()
    (answered,) = port_to(loopback.url, timeout=0.1).ask([ask()])
    assert answered.failure == "wire"
    assert "no word from the model for 0.1 seconds" in answered.detail


def test_an_answer_without_end_is_cut_off(loopback):
    loopback.script = lambda heard: Says(text="12 " * 2000)
    (answered,) = port_to(loopback.url).ask([ask(most_tokens=10)])
    assert answered.failure == "wire"
    assert "longer than 400 characters" in answered.detail
    assert len(loopback.heard) == 1


def test_a_server_that_is_not_there(loopback):
    url = loopback.url
    loopback.close()
    (answered,) = port_to(url).ask([ask()])
    assert (answered.failure, answered.calls) == ("wire", 0)


@pytest.mark.parametrize("code", [401, 403, 404])
def test_what_no_further_ask_could_mend_is_an_error_of_the_input(loopback, code):
    loopback.script = lambda heard: Status(code)
    with pytest.raises(InputErrors):
        port_to(loopback.url).ask([ask("rooms"), ask("beds")])


def test_answers_come_in_the_order_of_the_asks(loopback):
    """The first is answered last: it waits until all others are."""
    others = threading.Barrier(4)

    def script(heard):
        if "10" not in heard.prompt:
            others.wait(30)
        else:
            others.wait(30)  # released together with the last of the others
        return says(value=int(heard.prompt.split()[2].rstrip("?")))

    loopback.script = script
    answers = port_to(loopback.url).ask([ask(str(n)) for n in (10, 11, 12, 13)])
    assert [answered.value for answered in answers] == [Number(value=n) for n in (10, 11, 12, 13)]


def test_at_most_so_many_at_once(loopback):
    lock, now, most = threading.Lock(), [0], [0]

    def script(heard):
        with lock:
            now[0] += 1
            most[0] = max(most[0], now[0])
        threading.Event().wait(0.01)
        with lock:
            now[0] -= 1
        return RIGHT

    loopback.script = script
    port_to(loopback.url, concurrency=3).ask([ask(str(n)) for n in range(12)])
    assert 1 < most[0] <= 3


def test_requests_a_minute_are_bounded(loopback):
    clock = Timeless()
    at = []
    loopback.script = lambda heard: at.append(clock.time) or RIGHT
    port_to(loopback.url, clock=clock, per_minute=5, concurrency=4).ask([ask(str(n)) for n in range(12)])
    assert len(at) == 12
    assert all(sum(0 <= later - first < 60 for later in at) <= 5 for first in at)
    assert clock.time == 1120


def test_a_port_is_asked_again_and_again_and_from_within_a_loop(loopback):
    import asyncio

    loopback.script = lambda heard: says(value=3) if len(heard.turns) == 1 else RIGHT
    port = port_to(loopback.url)
    port.ask([ask("rooms", check=big)])

    async def within():
        return port.ask([ask("beds", check=big)])

    (answered,) = asyncio.run(within())
    assert answered.value == Number(value=12)
    assert port.ask([]) == ()
    assert port.spent.calls == 4


def test_progress_tells_of_a_long_answer_and_of_each_end(loopback):
    said = []
    loopback.script = lambda heard: Says(text=" " * 5000 + '{"value": 12}', pieces=10)
    port_to(loopback.url, said=said).ask([ask()])
    assert said[0].startswith("counter: rooms: 2,")
    assert said[-1] == "counter: rooms: answered, 1 call"


def test_the_anthropic_route(loopback):
    loopback.script = lambda heard: says(value=3 if len(heard.turns) == 1 else 12)
    environ = {"ANTHROPIC_API_KEY": "sk-ant-secret-key", "ANTHROPIC_BASE_URL": loopback.url.removesuffix("/v1")}
    port = connect("anthropic:claude-sonnet-4-6", None, Budget(), lambda stage, detail: None, environ=environ)
    (answered,) = port.ask([ask(check=big)])
    assert answered.value == Number(value=12)
    first, second = loopback.heard
    assert first.path == "/v1/messages"
    assert any("sk-ant-secret-key" in value for value in first.headers.values())
    assert first.body["system"][0]["cache_control"]["type"] == "ephemeral"
    assert [turn["role"] for turn in second.turns] == ["user", "assistant", "user"]
    assert (port.spent.tokens_in, port.spent.tokens_out) == (200, 40)
    assert port.model == "anthropic:claude-sonnet-4-6"


CLAUDE = sse(anthropic_events(RIGHT), named=True)


@pytest.mark.parametrize(
    ("trouble", "slept"),
    [
        pytest.param(Status(529), [1.0], id="overloaded"),
        pytest.param(Status(429, headers=(("Retry-After", "3"),)), [3.0], id="refusal of load"),
        pytest.param(Status(500), [1.0], id="500"),
        pytest.param(Raw(CLAUDE[: len(CLAUDE) // 2], cut=True), [1.0], id="cut"),
        pytest.param(Raw(CLAUDE[: CLAUDE.rindex(b"event: content_block_delta")]), [1.0], id="over in the middle"),
        pytest.param(
            Raw(b'event: error\ndata: {"type":"error","error":{"type":"overloaded_error"}}\n\n'), [1.0], id="error"
        ),
        pytest.param(
            Raw(b'event: content_block_delta\ndata: {"type":"content_block_delta","index":"x","delta":5}\n\n'),
            [1.0],
            id="an event of no kind",
        ),
    ],
)
def test_trouble_on_the_anthropic_route(loopback, trouble, slept):
    clock = Timeless()
    loopback.script = after(trouble)
    environ = {"ANTHROPIC_API_KEY": "sk-ant-secret-key", "ANTHROPIC_BASE_URL": loopback.url.removesuffix("/v1")}
    manner = Manner(clock=clock)
    port = connect("anthropic:claude-sonnet-4-6", None, Budget(), lambda a, b: None, manner, environ)
    (answered,) = port.ask([ask()])
    assert answered.value == Number(value=12)
    assert clock.slept == slept


@pytest.mark.parametrize("name", ["openai:gpt-5", "ollama:qwen3"])
def test_the_other_routes(loopback, name):
    loopback.script = lambda heard: RIGHT
    environ = {"OPENAI_API_KEY": "sk-secret-key", "OPENAI_BASE_URL": loopback.url, "OLLAMA_HOST": loopback.url[7:-3]}
    port = connect(name, None, Budget(), lambda stage, detail: None, environ=environ)
    (answered,) = port.ask([ask()])
    assert answered.value == Number(value=12)
    assert loopback.heard[0].body["model"] == name.partition(":")[2]


def test_a_server_that_has_answered_and_forbids_one_ask_does_not_end_the_run(loopback):
    loopback.script = lambda heard: Status(403) if "bombs" in heard.prompt else RIGHT
    first, second, third = port_to(loopback.url, concurrency=1).ask([ask("rooms"), ask("bombs"), ask("beds")])
    assert (first.failure, second.failure, third.failure) == ("", "wire", "")
