"""What the tests of the port ask: a number, a list, a computation; a clock that never waits."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from pydantic import BaseModel, ConfigDict

from opslead.panel.port import Ask, Reply, Tool
from opslead.panel.port.budget import Budget
from opslead.panel.port.connect import Manner, StoredPort, connect


class Number(Reply):
    value: int


class Sum(BaseModel):
    model_config = ConfigDict(extra="forbid")
    a: int
    b: int


ADD = Tool("add", "Adds two numbers.", Sum, lambda asked: str(asked.a + asked.b))  # type: ignore[attr-defined]


def big(answer: Number) -> Sequence[str]:
    return () if answer.value > 9 else (f"value: {answer.value} is below 10",)


def ask(subject: str = "rooms", **more: object) -> Ask[Number]:
    return Ask("counter", subject, "You count.", f"How many {subject}?", Number, **more)  # type: ignore[arg-type]


class Timeless:
    """A clock that a sleep puts forward."""

    def __init__(self) -> None:
        self.time = 1000.0
        self.slept: list[float] = []

    def now(self) -> float:
        return self.time

    async def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        self.time += seconds


def port_to(
    url: str,
    folder: Path | None = None,
    budget: Budget | None = None,
    said: list[str] | None = None,
    environ: dict[str, str] | None = None,
    **manner: object,
) -> StoredPort:
    """A port to the loopback server, without waiting."""
    heard = [] if said is None else said
    manner.setdefault("clock", Timeless())
    return connect(
        f"openai-compatible:{url}#m",
        folder,
        budget or Budget(),
        lambda stage, detail: heard.append(f"{stage}: {detail}"),
        Manner(**manner),  # type: ignore[arg-type]
        environ or {},
    )
