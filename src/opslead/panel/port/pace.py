"""How fast calls go over the wire, and how patiently: requests a minute, waits after a refusal of load, a bounded number of tries."""

from __future__ import annotations

import asyncio
import time
from collections import deque
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import Literal, Protocol

from opslead.panel.port.exchange import CallFailed, Request, Said

TRIES = {"limited": 6, "broken": 4, "final": 1}
"""How often a request is sent when it meets each kind of trouble."""
LONGEST_WAIT = 120.0
"""Seconds; a server that asks for more is not waited for."""
FIRST_WAIT = 1.0

Coming = Callable[[int], None]
"""Called with how many characters of the answer have come."""
Wire = Callable[[Request, Coming], Awaitable[Said]]
"""Sends one request, once. Raises Trouble."""


class Trouble(Exception):
    """What went wrong with one sending.

    `limited`: the server takes no more just now (429, 503, 529), `after` seconds it asked to wait. `broken`: it failed, cut the line,
    kept silent or spoke nonsense. `final`: it will say the same again. `sent`: the model may have worked, and its owner may bill it.
    """

    def __init__(
        self, kind: Literal["limited", "broken", "final"], detail: str, after: float | None = None, sent: bool = False
    ) -> None:
        super().__init__(detail)
        self.kind = kind
        self.detail = detail
        self.after = after
        self.sent = sent


class Clock(Protocol):
    """Time and waiting, so that tests need neither."""

    def now(self) -> float:
        """Seconds since some moment, never going back."""
        ...

    async def sleep(self, seconds: float) -> None: ...


class RealClock:
    def now(self) -> float:
        return time.monotonic()

    async def sleep(self, seconds: float) -> None:
        await asyncio.sleep(seconds)


@dataclass
class Pace:
    """At most `per_minute` requests in any 60 seconds (None: as fast as they come), and none while the server wants quiet."""

    clock: Clock
    per_minute: int | None = None
    _sent: deque[float] = field(default_factory=deque)
    _quiet_until: float = 0.0

    async def turn(self) -> None:
        """Waits until one more request may go."""
        while (wait := self._wait()) > 0:
            await self.clock.sleep(wait)
        self._sent.append(self.clock.now())

    def quiet(self, seconds: float) -> None:
        """Nobody sends for so long."""
        self._quiet_until = max(self._quiet_until, self.clock.now() + seconds)

    def _wait(self) -> float:
        now = self.clock.now()
        while self._sent and self._sent[0] <= now - 60:
            self._sent.popleft()
        full = self.per_minute is not None and len(self._sent) >= self.per_minute
        return max(self._quiet_until - now, self._sent[0] + 60 - now if full else 0.0)


async def patiently(wire: Wire, request: Request, coming: Coming, pace: Pace, lost: Callable[[bool], None]) -> Said:
    """Sends until an answer is there or patience ends. `lost` is called for each try that may be billed without an answer, with
    whether it would be sent again; it may forbid that.

    Raises CallFailed with failure "wire", and what `lost` raises.
    """
    tried = 0
    while True:
        await pace.turn()
        tried += 1
        try:
            return await wire(request, coming)
        except Trouble as trouble:
            wait = FIRST_WAIT * 2 ** (tried - 1) if trouble.after is None else max(trouble.after, 0.0)
            last = tried >= TRIES[trouble.kind] or wait > LONGEST_WAIT
            if trouble.sent:
                lost(not last)
            if last:
                tries = "" if tried == 1 else f" ({tried} tries)"
                raise CallFailed("wire", trouble.detail + tries) from None
            if trouble.kind == "limited":
                pace.quiet(wait)
            else:
                await pace.clock.sleep(wait)
