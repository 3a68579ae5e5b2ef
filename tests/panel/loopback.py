"""A server on loopback that speaks the protocols of chat completions and of Anthropic messages, and misbehaves as a test says.

    with Loopback() as server:
        server.script = lambda heard: says(value=3) if "three" in heard.prompt else Status(500)
        connect(f"openai-compatible:{server.url}#m", …)

`server.heard` holds every request in the order it came. A script is called in the server's threads.
"""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

USAGE = {"prompt_tokens": 100, "completion_tokens": 20, "total_tokens": 120}


@dataclass(frozen=True)
class Heard:
    """One request as it came."""

    path: str
    headers: dict[str, str]
    body: dict[str, Any]

    @property
    def turns(self) -> list[dict[str, Any]]:
        return [m for m in self.body["messages"] if m["role"] not in ("system", "developer")]

    @property
    def prompt(self) -> str:
        """What was asked first, without what went back later."""
        return words(self.turns[0]["content"])

    @property
    def last(self) -> str:
        """What came last: the question, complaints, a tool's result."""
        return words(self.turns[-1]["content"])


def words(content: Any) -> str:
    if isinstance(content, str):
        return content
    return "".join(str(part.get("text") or words(part.get("content", ""))) for part in content or [])


@dataclass(frozen=True)
class Says:
    """An answer: calls of tools (name and arguments, or arguments as raw text), or plain text."""

    calls: tuple[tuple[str, Any], ...] = ()
    text: str = ""
    finish: str = ""
    refusal: str = ""
    streams: bool = True
    pieces: int = 3
    usage: dict[str, int] | None = field(default_factory=lambda: dict(USAGE))


@dataclass(frozen=True)
class Status:
    """An error of HTTP."""

    code: int
    body: str = '{"error": {"message": "not now"}}'
    headers: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class Raw:
    """These bytes as the body of a 200. `cut`: the connection ends before the body does."""

    data: bytes
    kind: str = "text/event-stream"
    cut: bool = False


@dataclass(frozen=True)
class Silent:
    """The request is taken and nothing is ever said; with `after`, those bytes of a stream come first."""

    after: bytes = b""


Reaction = Says | Status | Raw | Silent


def says(**value: Any) -> Says:
    """The answer, by a call of the answer's tool."""
    return Says(calls=(("answer", value),))


class Loopback:
    """The server, in threads of its own, on a free port."""

    def __init__(self) -> None:
        self.heard: list[Heard] = []
        self.script: Callable[[Heard], Reaction] = lambda heard: Status(500)
        self.over = threading.Event()
        self._lock = threading.Lock()
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), _handler(self))
        self._server.daemon_threads = True
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.01,), daemon=True)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self._server.server_port}/v1"

    def __enter__(self) -> Loopback:
        self._thread.start()
        return self

    def __exit__(self, *exc: object) -> None:
        self.close()

    def close(self) -> None:
        self.over.set()
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()

    def take(self, heard: Heard) -> Reaction:
        with self._lock:
            self.heard.append(heard)
        return self.script(heard)


def _handler(server: Loopback) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.answer(200, json.dumps({"data": [{"id": "first-model"}]}).encode(), "application/json")

        def do_POST(self) -> None:
            body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            heard = Heard(self.path, {k.lower(): v for k, v in self.headers.items()}, body)
            reaction = server.take(heard)
            try:
                self.react(reaction, heard)
            except (BrokenPipeError, ConnectionResetError):  # the client went away, as tests of timeouts want
                self.close_connection = True

        def react(self, reaction: Reaction, heard: Heard) -> None:
            if isinstance(reaction, Status):
                self.answer(reaction.code, reaction.body.encode(), "application/json", reaction.headers)
            elif isinstance(reaction, Raw):
                longer = (("Content-Length", str(len(reaction.data) + 1000)),) if reaction.cut else ()
                self.answer(200, reaction.data, reaction.kind, longer)
            elif isinstance(reaction, Silent):
                if reaction.after:
                    self.answer(200, reaction.after, "text/event-stream", (("Content-Length", "1000000"),))
                    self.wfile.flush()
                server.over.wait(60)
            elif heard.path.endswith("/messages"):
                self.answer(200, sse(anthropic_events(reaction), named=True), "text/event-stream")
            elif heard.body.get("stream") and reaction.streams:
                self.answer(200, sse(openai_chunks(reaction)) + b"data: [DONE]\n\n", "text/event-stream")
            else:
                self.answer(200, json.dumps(openai_whole(reaction)).encode(), "application/json")

        def answer(self, code: int, data: bytes, kind: str, headers: Iterable[tuple[str, str]] = ()) -> None:
            self.send_response(code)
            given = dict(headers)
            for name, value in ({"Content-Type": kind, "Content-Length": str(len(data))} | given).items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(data)

        def log_message(self, *args: object) -> None:
            pass

    return Handler


def raw_arguments(arguments: Any) -> str:
    return arguments if isinstance(arguments, str) else json.dumps(arguments, ensure_ascii=False)


def sse(events: Iterable[dict[str, Any]], named: bool = False) -> bytes:
    lines = (
        (f"event: {event['type']}\n" if named else "") + f"data: {json.dumps(event, ensure_ascii=False)}\n\n"
        for event in events
    )
    return "".join(lines).encode()


def _finish(said: Says) -> str:
    return said.finish or ("tool_calls" if said.calls else "stop")


def openai_whole(said: Says) -> dict[str, Any]:
    calls = [
        {"id": f"random-{n}", "type": "function", "function": {"name": name, "arguments": raw_arguments(arguments)}}
        for n, (name, arguments) in enumerate(said.calls)
    ]
    message: dict[str, Any] = {"role": "assistant", "content": said.text or None}
    if calls:
        message["tool_calls"] = calls
    if said.refusal:
        message["refusal"] = said.refusal
    choice = {"index": 0, "message": message, "finish_reason": _finish(said)}
    head = {"id": "x", "object": "chat.completion", "created": 1, "model": "m", "choices": [choice]}
    return head | ({"usage": said.usage} if said.usage else {})


def _cut_up(text: str, pieces: int) -> list[str]:
    size = max(1, -(-len(text) // pieces))
    return [text[i : i + size] for i in range(0, len(text), size)] or [""]


def openai_chunks(said: Says) -> Iterable[dict[str, Any]]:
    head = {"id": "x", "object": "chat.completion.chunk", "created": 1, "model": "m"}

    def chunk(delta: dict[str, Any], finish: str | None = None) -> dict[str, Any]:
        return head | {"choices": [{"index": 0, "delta": delta, "finish_reason": finish}]}

    yield chunk({"role": "assistant"})
    for piece in _cut_up(said.text, said.pieces) if said.text else []:
        yield chunk({"content": piece})
    if said.refusal:
        yield chunk({"refusal": said.refusal})
    for n, (name, arguments) in enumerate(said.calls):
        first, *rest = _cut_up(raw_arguments(arguments), said.pieces)
        call = {"index": n, "id": f"random-{n}", "type": "function", "function": {"name": name, "arguments": first}}
        yield chunk({"tool_calls": [call]})
        for piece in rest:
            yield chunk({"tool_calls": [{"index": n, "function": {"arguments": piece}}]})
    yield chunk({}, _finish(said))
    if said.usage:
        yield head | {"choices": [], "usage": said.usage}


def anthropic_events(said: Says) -> Iterable[dict[str, Any]]:
    message = {"id": "msg_1", "type": "message", "role": "assistant", "model": "claude", "content": []}
    usage = {"input_tokens": 30, "output_tokens": 1, "cache_read_input_tokens": 70, "cache_creation_input_tokens": 0}
    yield {"type": "message_start", "message": message | {"stop_reason": None, "stop_sequence": None, "usage": usage}}
    for n, (name, arguments) in enumerate(said.calls):
        block = {"type": "tool_use", "id": f"toolu_{n}", "name": name, "input": {}}
        yield {"type": "content_block_start", "index": n, "content_block": block}
        for piece in _cut_up(raw_arguments(arguments), said.pieces):
            delta = {"type": "input_json_delta", "partial_json": piece}
            yield {"type": "content_block_delta", "index": n, "delta": delta}
        yield {"type": "content_block_stop", "index": n}
    delta = {"stop_reason": said.finish or "tool_use", "stop_sequence": None}
    yield {"type": "message_delta", "delta": delta, "usage": {"output_tokens": 20}}
    yield {"type": "message_stop"}
