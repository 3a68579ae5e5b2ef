"""The engine off the event loop: pings are answered while it works, stages are told to a client that asked, a cancelled call ends the search."""

from __future__ import annotations

from asyncio import CancelledError
from collections.abc import Callable
from concurrent.futures import CancelledError as Gone
from itertools import count
from typing import TypeVar

import anyio
import anyio.lowlevel
from anyio import from_thread, to_thread
from mcp.server.mcpserver import Context
from mcp.server.mcpserver.exceptions import ToolError
from mcp.types import CallToolResult, TextContent

from opslead.errors import InputErrors
from opslead.mcp.answers import Answer
from opslead.mcp.bench import Stopped, Watch

T = TypeVar("T")


class Lanes:
    """One run of each kind at a time, the others wait in order: the engine takes a whole core, and two at once are no quicker."""

    def __init__(self) -> None:
        self.quick = anyio.CapacityLimiter(1)
        self.long = anyio.CapacityLimiter(1)


async def off_loop(ctx: Context, lane: anyio.CapacityLimiter, job: Callable[[Watch], T]) -> T:
    """What the job gives, computed in a thread. Raises ToolError with every problem of the input.

    The thread is waited for even when the call is cancelled, so that runs nobody wants do not pile up; the job's Watch then says stop.
    """
    steps = count(1)

    def told(stage: str, detail: str) -> None:
        try:
            from_thread.run(ctx.report_progress, next(steps), None, f"{stage}: {detail}")
        except Gone:
            raise Stopped from None

    try:
        return await to_thread.run_sync(job, Watch(told, _unwanted), limiter=lane)
    except Stopped:
        await anyio.lowlevel.checkpoint()  # the cancellation itself
        raise ToolError("stopped") from None
    except InputErrors as error:
        raise ToolError("\n".join(["", *map(str, error.problems)])) from None


def _unwanted() -> bool:
    """Whether the call that the running thread works for was cancelled."""
    try:
        from_thread.check_cancelled()
    except CancelledError:
        return True
    return False


def answered(answer: Answer, text: str = "") -> CallToolResult:
    """The answer for programs, and as text: `text` where a person's form of it exists, else JSON."""
    shown = text or answer.model_dump_json()
    return CallToolResult(
        content=[TextContent(type="text", text=shown)], structured_content=answer.model_dump(mode="json")
    )
