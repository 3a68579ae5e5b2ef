"""The one port to language models: what is asked, what comes back, what it may cost. No library of a provider is imported here."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Generic, Literal, Protocol, TypeVar

from pydantic import BaseModel, ConfigDict

Progress = Callable[[str, str], None]
"""Called with the name of a stage and what it has done."""


class Reply(BaseModel):
    """The root of all typed answers: strict, frozen."""

    model_config = ConfigDict(extra="forbid", frozen=True)


A = TypeVar("A", bound=Reply)


def no_complaints(answer: Reply) -> Sequence[str]:
    """A check that every answer passes."""
    del answer
    return ()


@dataclass(frozen=True)
class Tool:
    """A computation that the model may ask for. `run` gives the text that goes back; what it cannot compute it says in that text."""

    name: str
    description: str
    asks: type[BaseModel]
    run: Callable[[BaseModel], str]


@dataclass(frozen=True)
class Ask(Generic[A]):
    """One question to a model.

    `role` is the prompt's name, `subject` what it is about (both for progress and history). `system` is the same for many asks of
    a run, so that providers can cache it; `prompt` is the rest. `check` gives the complaints about an answer, each with its place:
    they go back, at most `repairs` times. `most_tokens` bounds the answer.
    """

    role: str
    subject: str
    system: str
    prompt: str
    answer: type[A]
    tools: tuple[Tool, ...] = ()
    check: Callable[[A], Sequence[str]] = no_complaints
    repairs: int = 2
    most_tokens: int = 6000


Failure = Literal["", "complaints", "shape", "refused", "wire", "budget"]
"""Why there is no value: the check still complains, the answer never had the shape, the model refused, the wire broke, the budget was spent."""


@dataclass(frozen=True)
class Answered(Generic[A]):
    """What came of an ask. `value` None: `failure` says why in a word, `detail` in a sentence; `complaints` are the last ones.

    `last` is the last answer of the right shape, also when the check still complains. `calls` and `tokens` (in and out) are what it
    took; a call answered from the store counts as the call it was.
    """

    ask: Ask[A]
    value: A | None
    last: A | None = None
    failure: Failure = ""
    detail: str = ""
    complaints: tuple[str, ...] = ()
    calls: int = 0
    tokens: int = 0


@dataclass(frozen=True)
class Spent:
    """What a run has taken so far, stored calls counted as the calls they were. `money` in US dollars; None where the price is not known.

    `fresh` are the calls that went over the wire in this process.
    """

    calls: int = 0
    fresh: int = 0
    tokens_in: int = 0
    tokens_out: int = 0
    money: float | None = None
    seconds: float = 0.0
    """Over the wire, in this process; never part of a document."""
    exhausted: str = ""
    """The bound that was reached, in words; empty: none."""


class Port(Protocol):
    """Whoever answers: a provider, a stored run, or a test's script."""

    @property
    def model(self) -> str:
        """The model's name as the document shows it; no key, no address with a key."""
        ...

    @property
    def spent(self) -> Spent: ...

    def ask(self, asks: Sequence[Ask[A]]) -> tuple[Answered[A], ...]:
        """All of them, several at once; the answers in the order of the asks.

        A failing ask gives an Answered without value. Raises InputErrors only for what no further ask could mend: no key, no such model.
        """
        ...
