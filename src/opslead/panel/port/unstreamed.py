"""The HTTP client of the wire: what a server says whole, although it was asked to stream, is read as one stream of one piece."""

from __future__ import annotations

import json
from typing import Any

import httpx2

_OF_OPENAI = ("openai-organization", "openai-project")


class Client(httpx2.AsyncClient):
    """`bare` keeps headers that name the user's account at another provider from a server that is not that provider's."""

    def __init__(self, *, timeout: httpx2.Timeout, bare: bool) -> None:
        super().__init__(timeout=timeout, follow_redirects=False)
        self._bare = bare

    async def send(self, request: httpx2.Request, **options: Any) -> httpx2.Response:  # noqa: ANN401  (passed on as it is)
        if self._bare:
            for name in _OF_OPENAI:
                request.headers.pop(name, None)
        response = await super().send(request, **options)
        if response.status_code != 200 or not _is_json(response) or not _wants_stream(request):
            return response
        body = await response.aread()
        await response.aclose()
        events = as_stream(body)
        if events is None:
            return response
        return httpx2.Response(200, headers={"content-type": "text/event-stream"}, content=events, request=request)


def as_stream(body: bytes) -> bytes | None:
    """A whole chat completion as the events of a stream; None where it is none."""
    try:
        whole = json.loads(body)
        choices = [_streamed(choice) for choice in whole["choices"]]
    except (ValueError, LookupError, TypeError, AttributeError):
        return None
    chunk = {**whole, "object": "chat.completion.chunk", "choices": choices}
    return f"data: {json.dumps(chunk)}\n\ndata: [DONE]\n\n".encode()


def _streamed(choice: dict[str, Any]) -> dict[str, Any]:
    message = dict(choice["message"])
    if message.get("tool_calls"):
        message["tool_calls"] = [{**call, "index": number} for number, call in enumerate(message["tool_calls"])]
    return {"index": choice.get("index", 0), "delta": message, "finish_reason": choice.get("finish_reason") or "stop"}


def _is_json(response: httpx2.Response) -> bool:
    return response.headers.get("content-type", "").startswith("application/json")


def _wants_stream(request: httpx2.Request) -> bool:
    try:
        return bool(json.loads(request.content).get("stream"))
    except (ValueError, AttributeError, httpx2.RequestNotRead):
        return False
