"""What goes to a model and what comes back, in words that belong to no provider: what the store keeps and what a call is known by.

A request is known by the SHA-256 of its canonical JSON. It holds no time, no address, no key and no identity that a provider
made up: tool calls are numbered in the order they came. So the same conversation gives the same hashes on every machine.
"""

from __future__ import annotations

import hashlib
import json
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, JsonValue

FORM: Literal[1] = 1
"""Raised when what a request says of a call changes, so that an old store is not taken for a new one."""

ANSWER = "answer"
"""The name of the tool by which an answer is given."""


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Call(_Strict):
    """The model calls a tool. `arguments`: an object, or the text as it came where that is not a JSON object."""

    id: str
    name: str
    arguments: dict[str, JsonValue] | str


class UserTurn(_Strict):
    who: Literal["user"] = "user"
    text: str


class ModelTurn(_Strict):
    who: Literal["model"] = "model"
    text: str = ""
    calls: tuple[Call, ...] = ()


class Result(_Strict):
    """What goes back for one call of a tool."""

    id: str
    name: str
    text: str


class ToolTurn(_Strict):
    who: Literal["tools"] = "tools"
    results: tuple[Result, ...]


Turn = Annotated[UserTurn | ModelTurn | ToolTurn, Field(discriminator="who")]


class Offered(_Strict):
    """A tool as the model sees it: its arguments as a JSON schema."""

    name: str
    description: str
    schema_: dict[str, JsonValue] = Field(alias="schema")


class Request(_Strict):
    """One call to a model: everything that its answer may depend on, and for people `about`: which ask it belongs to."""

    form: Literal[1] = FORM
    model: str
    system: str
    turns: tuple[Turn, ...]
    answer: Offered
    tools: tuple[Offered, ...] = ()
    most_tokens: int
    about: str = ""

    def key(self) -> str:
        """The SHA-256 of the request, 64 hexadecimal digits; what it is about does not change the answer and is left out."""
        return hashlib.sha256(canonical(self, without="about").encode()).hexdigest()


class Usage(_Strict):
    """Tokens as the provider counted them; `cached` of those in were read from its cache, `stored` written to it. `money` in US dollars, None: price unknown."""

    tokens_in: int = Field(ge=0)
    tokens_out: int = Field(ge=0)
    cached: int = Field(default=0, ge=0)
    stored: int = Field(default=0, ge=0)
    money: float | None = None


class Said(_Strict):
    """What a model said to one request. `stop`: it was done, it was cut at the most tokens, or it refused."""

    text: str = ""
    calls: tuple[Call, ...] = ()
    stop: Literal["done", "length", "refused"] = "done"
    usage: Usage


class CallFailed(Exception):
    """A call that gave no answer. `failure` and `detail` as in `Answered`; `bound` is the bound of the budget that was reached."""

    def __init__(self, failure: Literal["wire", "budget"], detail: str, bound: str = "") -> None:
        super().__init__(detail)
        self.failure: Literal["wire", "budget"] = failure
        self.detail = detail
        self.bound = bound


def canonical(value: BaseModel, without: str = "") -> str:
    """JSON that is the same for the same value: keys sorted, no spaces; `without` a field."""
    dumped = value.model_dump(mode="json", by_alias=True, exclude={without})
    return json.dumps(dumped, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def readable(value: BaseModel) -> str:
    """The same for people: indented, one line at the end."""
    return json.dumps(value.model_dump(mode="json", by_alias=True), ensure_ascii=False, sort_keys=True, indent=1) + "\n"


def offered(name: str, description: str, asks: type[BaseModel]) -> Offered:
    """A tool with the schema of its arguments, without what a model does not need to read (titles cost tokens)."""
    return Offered(name=name, description=description, schema=slim(asks.model_json_schema()))


def slim(schema: dict[str, JsonValue]) -> dict[str, JsonValue]:
    """The schema without what a model does not need to read: pydantic's titles, lengths of texts, which an answer hardly ever passes and
    the shape's own check holds anyway, and what a vocabulary says of itself to programmers. A property that is called `title` stays."""
    unread = _UNREAD | {"description"} if "enum" in schema else _UNREAD
    return {key: _slim(value, key) for key, value in schema.items() if key not in unread}


_UNREAD = frozenset(("title", "minLength", "maxLength"))


_NAMED = ("properties", "$defs", "patternProperties")


def _slim(value: JsonValue, key: str) -> JsonValue:
    if isinstance(value, list):
        return [_slim(item, "") for item in value]
    if not isinstance(value, dict):
        return value
    if key in _NAMED:  # here the keys are names of the user's, not words of the schema
        return {name: _slim(item, "") for name, item in value.items()}
    if key in ("default", "const", "enum", "examples"):
        return value
    return slim(value)


def estimate(request: Request) -> int:
    """Tokens that the request takes at most, by its length: a token each three ASCII characters and 1.5 for each other one.

    On the safe side for English and for Korean; the budget sets this aside before a call and puts the rest back after it.
    """
    return tokens_of(canonical(request))


def tokens_of(text: str) -> int:
    plain = sum(character < "\x80" for character in text)
    return -(-plain // 3) + -(-(len(text) - plain) * 3 // 2)


def clean(text: str) -> str:
    """The text as UTF-8 can hold it: half a surrogate pair becomes a question mark."""
    return text.encode("utf-8", "replace").decode()
