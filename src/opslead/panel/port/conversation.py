"""One ask from its first request to its outcome: the answer's shape, the tools it asks for, the complaints that go back."""

from __future__ import annotations

import json
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field
from typing import Generic, Protocol, TypeVar

from pydantic import JsonValue, ValidationError
from pydantic_core import from_json

from opslead.panel.port import A, Answered, Ask, Failure, Tool
from opslead.panel.port.exchange import (
    ANSWER,
    Call,
    CallFailed,
    ModelTurn,
    Offered,
    Request,
    Result,
    Said,
    ToolTurn,
    Turn,
    UserTurn,
    offered,
)

SHAPE_RETRIES = 2
"""How often an answer that has not the shape goes back, in a whole conversation."""
TOOL_ROUNDS = 4
MOST_AT_ONCE = 8
"""Computations that are made for one turn of the model."""
MOST_COMPLAINTS = 20
MOST_CHARACTERS = 6000
"""Of a tool's result, and of one complaint's share of a turn; what is beyond is cut and said to be."""

Send = Callable[[Request], Awaitable[Said]]
"""Gives the answer to one request. Raises CallFailed."""

_GIVE = "The whole answer, given once."
_OURS = "Value error, "
"""What pydantic puts before the words of a check of ours."""
T = TypeVar("T")
V = TypeVar("V")


class Compute(Protocol):
    """Runs one computation (a check, a tool) beside the event loop, one at a time."""

    async def __call__(self, work: Callable[[V], T], on: V) -> T: ...


@dataclass
class Conversation(Generic[A]):
    """The turns so far and what is left of patience."""

    ask: Ask[A]
    model: str
    turns: list[Turn] = field(default_factory=list)
    shapes: int = SHAPE_RETRIES
    rounds: int = TOOL_ROUNDS
    repairs: int = 0
    calls: int = 0
    tokens: int = 0
    last: A | None = None
    complaints: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        self.turns.append(UserTurn(text=self.ask.prompt))
        self.repairs = self.ask.repairs
        self._answer = offered(ANSWER, _GIVE, self.ask.answer)
        self._tools = tuple(_offer(tool) for tool in self.ask.tools)

    def request(self) -> Request:
        return Request(
            model=self.model,
            system=self.ask.system,
            turns=tuple(self.turns),
            answer=self._answer,
            tools=self._tools,
            most_tokens=self.ask.most_tokens,
            about=f"{self.ask.role}: {self.ask.subject}",
        )

    def hear(self, said: Said) -> ModelTurn:
        """Takes what the model said as a turn, its calls numbered through the conversation."""
        first = sum(len(turn.calls) for turn in self.turns if isinstance(turn, ModelTurn)) + 1
        calls = tuple(call.model_copy(update={"id": f"call_{first + n}"}) for n, call in enumerate(said.calls))
        turn = ModelTurn(text=said.text, calls=calls)
        self.turns.append(turn)
        self.calls += 1
        self.tokens += said.usage.tokens_in + said.usage.tokens_out
        return turn

    def say(self, turn: ModelTurn, text: str) -> None:
        """What goes back on an answer: as the result of the call that gave it, or in plain words where it was given so."""
        if not turn.calls:
            self.turns.append(UserTurn(text=text))
            return
        given = next((c.id for c in turn.calls if c.name == ANSWER), turn.calls[0].id)
        results = (Result(id=c.id, name=c.name, text=text if c.id == given else "Not run.") for c in turn.calls)
        self.turns.append(ToolTurn(results=tuple(results)))

    def ended(self, failure: Failure, detail: str) -> Answered[A]:
        return Answered(self.ask, None, self.last, failure, detail, self.complaints, self.calls, self.tokens)

    def passed(self, value: A) -> Answered[A]:
        return Answered(self.ask, value, value, calls=self.calls, tokens=self.tokens)


def _offer(tool: Tool) -> Offered:
    return offered(tool.name, tool.description, tool.asks)


async def converse(ask: Ask[A], model: str, send: Send, compute: Compute) -> Answered[A]:
    """Asks until the answer has its shape and the check is quiet, or a bound is reached."""
    talk = Conversation(ask, model)
    while True:
        try:
            said = await send(talk.request())
        except CallFailed as failed:
            return talk.ended(failed.failure, failed.detail)
        turn = talk.hear(said)
        if said.stop == "refused":
            return talk.ended(
                "refused", "the model refused to answer" + (f": {_cut(said.text, 300)}" if said.text else "")
            )
        if _wants_tools(turn) and talk.rounds > 0:
            talk.rounds -= 1
            talk.turns.append(await _computed(ask.tools, turn, compute))
            continue
        given, faults = _read(ask.answer, turn, said.stop == "length", ask.most_tokens)
        if given is None:
            if talk.shapes == 0:
                return talk.ended("shape", f"the answer had not the asked shape {SHAPE_RETRIES + 1} times: {faults[0]}")
            talk.shapes -= 1
            talk.say(turn, _shape_words(faults))
            continue
        talk.last, talk.complaints = given, tuple(await compute(ask.check, given))
        if not talk.complaints:
            return talk.passed(given)
        if talk.repairs == 0:
            return talk.ended(
                "complaints", f"the check still complains after {ask.repairs} repairs: {talk.complaints[0]}"
            )
        talk.repairs -= 1
        talk.say(turn, _complaint_words(talk.complaints))


def _wants_tools(turn: ModelTurn) -> bool:
    return bool(turn.calls) and all(call.name != ANSWER for call in turn.calls)


async def _computed(tools: Sequence[Tool], turn: ModelTurn, compute: Compute) -> ToolTurn:
    results = []
    for number, call in enumerate(turn.calls):
        if number < MOST_AT_ONCE:
            text = await _one(tools, call, compute)
        else:
            text = f"Not run: at most {MOST_AT_ONCE} at once."
        results.append(Result(id=call.id, name=call.name, text=_cut(text, MOST_CHARACTERS)))
    return ToolTurn(results=tuple(results))


async def _one(tools: Sequence[Tool], call: Call, compute: Compute) -> str:
    tool = next((tool for tool in tools if tool.name == call.name), None)
    if tool is None:
        return f"There is no such tool. There are: {', '.join([*(t.name for t in tools), ANSWER])}."
    try:
        asked = tool.asks.model_validate_json(_json(call.arguments))
    except ValidationError as error:
        return "Not run. " + _shape_words(_faults(error))
    return await compute(tool.run, asked)


def _read(kind: type[A], turn: ModelTurn, cut: bool, most: int) -> tuple[A | None, list[str]]:
    """The answer, or what keeps it from having its shape. A model that writes the JSON instead of calling the tool is understood."""
    call = next((call for call in turn.calls if call.name == ANSWER), None)
    if call is None and turn.calls:
        return None, [f"no more computations: call {ANSWER} now"]
    text = _json(call.arguments) if call else _unfenced(turn.text)
    try:
        return kind.model_validate_json(text), []
    except ValidationError as error:
        faults = _faults(error)
        if cut:
            faults.insert(0, f"it was cut off at {most} tokens: answer more briefly")
        elif call is None:
            faults.insert(0, "give the answer and nothing else")
        return None, faults


def _json(arguments: dict[str, JsonValue] | str) -> str:
    return arguments if isinstance(arguments, str) else json.dumps(arguments, ensure_ascii=False)


def _unfenced(text: str) -> str:
    """The text without the fence that many models put around JSON."""
    text = text.strip()
    if text.startswith("```") and text.endswith("```") and "\n" in text:
        text = text[text.index("\n") : -3].strip()
    return text


def _faults(error: ValidationError) -> list[str]:
    found = error.errors(include_url=False, include_context=False, include_input=False)
    return [f"{'.'.join(map(str, fault['loc'])) or 'answer'}: {fault['msg'].removeprefix(_OURS)}" for fault in found]


def _shape_words(faults: Sequence[str]) -> str:
    return "It has not the asked shape. Give the whole answer again with this mended:\n" + _listed(faults)


def _complaint_words(complaints: Sequence[str]) -> str:
    return (
        "Checked, and not accepted yet. Give the whole answer again with this mended, and the rest kept:\n"
        + _listed(complaints)
    )


def _listed(lines: Sequence[str]) -> str:
    said = [f"- {_cut(line, 600)}" for line in lines[:MOST_COMPLAINTS]]
    left = len(lines) - len(said)
    return "\n".join([*said, f"- and {left} more"] if left else said)


def _cut(text: str, most: int) -> str:
    return text if len(text) <= most else text[:most] + f" … ({len(text) - most} characters cut)"


def arguments_of(text: str) -> dict[str, JsonValue] | str:
    """The arguments of a call as they came over the wire: an object, or the text where it is none (cut, doubled, not JSON)."""
    try:
        read = from_json(text, allow_inf_nan=False)
    except ValueError:
        return text
    return read if isinstance(read, dict) else text
