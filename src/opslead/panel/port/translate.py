"""Between the words of `exchange` and those of pydantic-ai: messages and parameters out, a response in."""

from __future__ import annotations

import json
from typing import Literal

from pydantic_ai.messages import (
    InstructionPart,
    ModelMessage,
    ModelRequest,
    ModelRequestPart,
    ModelResponse,
    ModelResponsePart,
    PartDeltaEvent,
    PartStartEvent,
    TextPart,
    TextPartDelta,
    ToolCallPart,
    ToolCallPartDelta,
    ToolReturnPart,
    UserPromptPart,
)
from pydantic_ai.models import ModelRequestParameters
from pydantic_ai.output import OutputObjectDefinition
from pydantic_ai.tools import ToolDefinition

from opslead.panel.port.conversation import arguments_of
from opslead.panel.port.exchange import ANSWER, Call, ModelTurn, Offered, Request, Said, ToolTurn, Turn, Usage, clean
from opslead.panel.port.names import Secret

_STOPS: dict[str, Literal["done", "length", "refused"]] = {"length": "length", "content_filter": "refused"}


def messages(request: Request) -> list[ModelMessage]:
    return [_message(turn, request.system) for turn in request.turns]


def parameters(request: Request) -> ModelRequestParameters:
    answer = request.answer
    return ModelRequestParameters(
        function_tools=[_tool(tool, "function") for tool in request.tools],
        output_mode="auto",  # a call of a tool, or the provider's own way where the model's profile prefers that
        output_tools=[_tool(answer, "output")],
        output_object=OutputObjectDefinition(
            json_schema=dict(answer.schema_), name=ANSWER, description=answer.description
        ),
        allow_text_output=False,
        instruction_parts=[InstructionPart(content=request.system, dynamic=False)],
    )


def heard(response: ModelResponse, key: Secret) -> Said:
    """What the model said, the key taken out wherever the server put it; its tokens are not counted yet."""

    def told(text: str) -> str:
        return clean(key.hide(text))

    texts = [told(part.content) for part in response.parts if isinstance(part, TextPart)]
    called = (part for part in response.parts if isinstance(part, ToolCallPart))
    calls = tuple(
        Call(id=f"call_{n}", name=told(part.tool_name), arguments=arguments_of(told(_raw(part.args))))
        for n, part in enumerate(called, 1)
    )
    stop = _STOPS.get(response.finish_reason or "", "done")
    refusal = (response.provider_details or {}).get("refusal")
    if stop == "refused" and refusal and not texts:
        texts = [told(str(refusal))]
    return Said(text="".join(texts), calls=calls, stop=stop, usage=Usage(tokens_in=0, tokens_out=0))


def broken_off(response: ModelResponse, said: Said) -> bool:
    """Whether an answer without a word about its end has none: a connection may close in the middle as if all had been said."""
    if "finish_reason" in (response.provider_details or {}):
        return False
    if said.calls:
        return any(isinstance(call.arguments, str) for call in said.calls)
    return said.text.lstrip().startswith("{") and isinstance(arguments_of(said.text), str)


def length(event: object) -> int:
    """Characters of the answer that an event brings."""
    if isinstance(event, PartStartEvent) and isinstance(event.part, TextPart):
        return len(event.part.content)
    if isinstance(event, PartDeltaEvent):
        delta = event.delta
        if isinstance(delta, TextPartDelta):
            return len(delta.content_delta)
        if isinstance(delta, ToolCallPartDelta):
            return len(delta.args_delta) if isinstance(delta.args_delta, str) else 0
    return 0


def _message(turn: Turn, system: str) -> ModelMessage:
    if isinstance(turn, ModelTurn):
        said: list[ModelResponsePart] = [TextPart(turn.text)] if turn.text else []
        said += [ToolCallPart(call.name, _arguments(call), tool_call_id=call.id) for call in turn.calls]
        return ModelResponse(parts=said or [TextPart("(nothing)")])
    asked: list[ModelRequestPart]
    if isinstance(turn, ToolTurn):
        asked = [ToolReturnPart(tool_name=r.name, content=r.text, tool_call_id=r.id) for r in turn.results]
    else:
        asked = [UserPromptPart(turn.text)]
    return ModelRequest(parts=asked, instructions=system)


def _arguments(call: Call) -> str:
    """As text. What was no JSON object goes back as one, since providers read their history strictly."""
    arguments = call.arguments
    return json.dumps({"unreadable": arguments} if isinstance(arguments, str) else arguments, ensure_ascii=False)


def _tool(tool: Offered, kind: Literal["function", "output"]) -> ToolDefinition:
    return ToolDefinition(
        name=tool.name, description=tool.description, parameters_json_schema=dict(tool.schema_), kind=kind
    )


def _raw(arguments: object) -> str:
    """The arguments of a call as they came; none at all is how some servers write an empty object."""
    if isinstance(arguments, str):
        return arguments or "{}"
    return json.dumps(arguments or {}, ensure_ascii=False)
