"""From a model's name to a port: `connect` over the wire, `replay` from a stored run alone."""

from __future__ import annotations

import asyncio
import os
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path
from typing import Protocol, TypeVar

from opslead.errors import InputErrors
from opslead.panel.port import A, Answered, Ask, Progress, Spent
from opslead.panel.port.budget import Budget, Meter, minutes_bound
from opslead.panel.port.conversation import converse
from opslead.panel.port.exchange import CallFailed, Request, Said, Usage, canonical, estimate
from opslead.panel.port.names import Which, which
from opslead.panel.port.pace import Clock, Coming, Pace, RealClock, patiently
from opslead.panel.port.store import Store, open_store, open_stored, stored_model

CONCURRENCY = 8
TIMEOUT = 180.0
_LISTING = 30.0
"""Seconds at most for the list of a server's models."""
_TOLD_EACH = 2000
"""Characters between two words about an answer that is coming."""

T = TypeVar("T")
V = TypeVar("V")


class ClosingWire(Protocol):
    """A wire whose connections are closed after each batch of asks."""

    async def __call__(self, request: Request, coming: Coming) -> Said: ...

    async def close(self) -> None: ...


@dataclass(frozen=True)
class Manner:
    """How calls are made: so many at once, so many a minute (None: no limit), silent for so many seconds at most."""

    concurrency: int = CONCURRENCY
    per_minute: int | None = None
    timeout: float = TIMEOUT
    clock: Clock = field(default_factory=RealClock)


def connect(
    name: str,
    folder: Path | None,
    budget: Budget,
    progress: Progress,
    manner: Manner | None = None,
    environ: Mapping[str, str] = os.environ,
) -> StoredPort:
    """A port to the model called `name`: anthropic:M, openai:M, ollama:M, or openai-compatible:URL#M (without #M: the first that it lists).

    Keys come from `environ`: ANTHROPIC_API_KEY, OPENAI_API_KEY, OPSLEAD_API_KEY (openai-compatible, optional), OLLAMA_API_KEY (optional).
    Calls are kept in `folder`, and what it already holds is not asked again; None keeps nothing.
    Raises InputErrors: no such provider, no model, a bad address, no key, the extra `llm` is not installed, a bound on money for a model
    without a known price, a folder of another model's run or with damaged files.
    """
    manner = manner or Manner()
    meant = which(name, environ)
    try:
        from opslead.panel.port.prices import pricing_of
        from opslead.panel.port.providers import ProviderWire, first_model

        if not meant.model:
            meant = replace(meant, model=_held(meant, folder) or first_model(meant, min(manner.timeout, _LISTING)))
        pricing = pricing_of(meant)
        wire = ProviderWire(meant, manner.timeout, pricing)
    except ImportError as error:
        raise InputErrors.one("--model", f"the package {error.name} is missing", "pip install 'opslead[llm]'") from None
    if budget.money is not None and pricing(Usage(tokens_in=1, tokens_out=1)) is None:
        raise InputErrors.one(
            "--max-money",
            f"the price of {meant.shown} is not known, so money cannot be bounded",
            "bound --max-calls and --max-tokens instead",
        )
    store = open_store(folder, meant.shown)
    return StoredPort(store, Meter(budget, pricing, manner.clock.now), wire, manner, progress)


def replay(folder: Path, progress: Progress | None = None) -> StoredPort:
    """The run that `folder` holds, told again: nothing goes over the wire, no key and no provider's library is needed.

    A request that the run holds to the letter gets its answer; one that this version words differently gets the answer that the same ask
    got, checked anew, and progress says so. An ask that the run did not make fails with "wire"; one that failed in the run fails as it did. Raises InputErrors when the
    folder holds no run, or a file is damaged or foreign.
    """
    store = open_stored(folder)
    meter = Meter(Budget(), lambda usage: usage.money, RealClock().now)
    return StoredPort(store, meter, None, Manner(), progress or _nobody)


def _nobody(stage: str, detail: str) -> None:
    del stage, detail


def _held(meant: Which, folder: Path | None) -> str:
    """The model of the folder's run where it is of the same provider, so that a finished run needs no server."""
    provider, _, model = ((stored_model(folder) if folder else None) or "").partition(":")
    return model if provider == meant.provider else ""


class StoredPort:
    """A port whose calls are kept. `wire` None: only what is kept is told."""

    def __init__(
        self, store: Store, meter: Meter, wire: ClosingWire | None, manner: Manner, progress: Progress
    ) -> None:
        self._store = store
        self._meter = meter
        self._wire = wire
        self._manner = manner
        self._pace = Pace(manner.clock, manner.per_minute)
        self._progress = progress

    @property
    def model(self) -> str:
        return self._store.model

    @property
    def spent(self) -> Spent:
        return self._meter.spent

    def __repr__(self) -> str:
        return f"StoredPort({self.model})"

    def ask(self, asks: Sequence[Ask[A]]) -> tuple[Answered[A], ...]:
        """See `Port.ask`. A key press of Ctrl-C ends the calls under way and passes on; what was answered is kept."""
        if not asks:
            return ()
        try:
            asyncio.get_running_loop()
        except RuntimeError:
            return asyncio.run(self._batch(asks))
        with ThreadPoolExecutor(
            1
        ) as beside:  # asked from within an event loop, which waits as it would for any computation
            return beside.submit(asyncio.run, self._batch(asks)).result()

    async def _batch(self, asks: Sequence[Ask[A]]) -> tuple[Answered[A], ...]:
        self._meter.begin()
        batch = _Batch(self._store, self._meter, self._wire, self._pace, self._manner, self._progress)
        tasks = [asyncio.create_task(batch.one(ask)) for ask in asks]
        try:
            return tuple(await asyncio.gather(*tasks))
        finally:
            for task in tasks:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)
            if self._wire:
                await self._wire.close()


@dataclass
class _Batch:
    """The asks of one call of `ask`, in one event loop."""

    store: Store
    meter: Meter
    wire: ClosingWire | None
    pace: Pace
    manner: Manner
    progress: Progress
    done: int = 0
    _same: dict[str, asyncio.Lock] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self._lines = asyncio.Semaphore(self.manner.concurrency)
        self._computing = asyncio.Lock()

    async def one(self, ask: Ask[A]) -> Answered[A]:
        async def send(request: Request) -> Said:
            return await self._send(ask, request)

        answered = await converse(ask, self.store.model, send, self._compute)
        self.progress(
            ask.role,
            f"{ask.subject}: {answered.failure or 'answered'}, {answered.calls} call{'' if answered.calls == 1 else 's'}",
        )
        return answered

    async def _compute(self, work: Callable[[V], T], on: V) -> T:
        async with self._computing:
            return await asyncio.to_thread(work, on)

    async def _send(self, ask: Ask[A], request: Request) -> Said:
        key = request.key()
        async with self._same.setdefault(key, asyncio.Lock()):  # two identical requests are one call
            said = self.store.get(key)
            if said is not None:
                self.meter.count(key, said.usage, fresh=False)
                return said
            if self.wire is None:
                return self._recalled(ask, request, key)
            try:
                async with self._lines:
                    said, seconds = await self._over_the_wire(ask, request, self.wire)
            except CallFailed as failed:
                self.store.keep_failure(key, request, failed)
                raise
            said = Said.model_validate_json(canonical(said))  # as a replay will read it: the order of keys too
            self.store.keep(key, request, said)
            self.meter.count(key, said.usage, fresh=True, seconds=seconds)
            return said

    def _recalled(self, ask: Ask[A], request: Request, key: str) -> Said:
        """What a stored run has for a request that it does not hold to the letter. Raises CallFailed where it has nothing."""
        failed = self.store.failure(key)
        if failed is not None:
            if failed.bound:
                self.meter.exhaust(failed.bound)
            raise failed
        other = self.store.recall(request)
        said = self.store.get(other) if other else None
        if other is None or said is None:
            raise CallFailed("wire", f"not in the stored run: {ask.role}, {ask.subject}")
        self.progress(
            ask.role, f"{ask.subject}: asked in other words when this was recorded; the answer is checked anew"
        )
        self.meter.count(other, said.usage, fresh=False)
        return said

    async def _over_the_wire(self, ask: Ask[A], request: Request, wire: ClosingWire) -> tuple[Said, float]:
        held = await self.meter.reserve(estimate(request), request.most_tokens)
        started = self.manner.clock.now()
        try:
            async with asyncio.timeout(self.meter.seconds_left()):
                lost = partial(self.meter.lose, held)
                said = await patiently(wire, request, self._coming(ask), self.pace, lost)
        except TimeoutError:
            self.meter.lose(held, again=False)
            self.meter.exhaust(minutes_bound(self.meter.budget))
            raise self.meter.reached() from None
        finally:
            self.meter.release(held)
        return said, self.manner.clock.now() - started

    def _coming(self, ask: Ask[A]) -> Coming:
        told = 0

        def coming(characters: int) -> None:
            nonlocal told
            if characters - told >= _TOLD_EACH:
                told = characters
                self.progress(ask.role, f"{ask.subject}: {characters:,} characters so far")

        return coming
