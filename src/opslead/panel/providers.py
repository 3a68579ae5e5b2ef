"""The wire over pydantic-ai: the one module that knows a provider's library. It is imported by `connect` alone, when a model is asked for."""

from __future__ import annotations

import json
from collections.abc import Callable
from contextlib import AsyncExitStack
from typing import Any, Literal

import httpx2
from genai_prices import Usage as PricedUsage
from genai_prices import calc_price
from pydantic_ai.exceptions import AgentRunError, ContentFilterError, ModelAPIError, ModelHTTPError, UserError
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
from pydantic_ai.models import Model, ModelRequestParameters
from pydantic_ai.output import OutputObjectDefinition
from pydantic_ai.settings import ModelSettings
from pydantic_ai.tools import ToolDefinition

from opslead.errors import InputErrors
from opslead.panel.conversation import arguments_of
from opslead.panel.exchange import (
    ANSWER,
    Call,
    ModelTurn,
    Offered,
    Request,
    Said,
    ToolTurn,
    Turn,
    Usage,
    canonical,
    tokens_of,
)
from opslead.panel.names import Secret, Which
from opslead.panel.pace import Coming, Trouble
from opslead.panel.unstreamed import Client

_NO_KEY = "none"
"""Sent where no key is set, so that the library does not take another provider's key from the environment."""
_OPENAI = "https://api.openai.com/v1"
_LIMITED = (429, 503, 529)
_REFUSED_KEY = (401, 403)
_MOST_DETAIL = 300
_CHARACTERS_PER_TOKEN = 40
"""A server that sends more than this for each token asked for is cut off."""


class ProviderWire:
    """Sends requests to one model. Raises ImportError where its provider's library is missing. Its connections live from the first request to `close`, in one event loop."""

    def __init__(self, which: Which, timeout: float, pricing: Callable[[Usage], float | None]) -> None:
        self._which = which
        self._timeout = timeout
        self._pricing = pricing
        self._make = _maker(which)
        self._open: Model[Any] | None = None
        self._stack = AsyncExitStack()

    async def __call__(self, request: Request, coming: Coming) -> Said:
        """Raises Trouble; InputErrors for a key or a model that the server does not take."""
        model = await self._model(request.model)
        sent = False
        try:
            async with model.request_stream(
                _messages(request), self._settings(request), _parameters(request)
            ) as stream:
                sent = True
                characters, most = 0, request.most_tokens * _CHARACTERS_PER_TOKEN
                async for event in stream:
                    characters += _length(event)
                    if characters > most:
                        raise Trouble("final", f"the answer is longer than {most:,} characters", sent=True)
                    coming(characters)
                return self._said(stream.get(), request)
        except ContentFilterError:
            usage = Usage(tokens_in=tokens_of(canonical(request)), tokens_out=0)
            return Said(stop="refused", usage=usage.model_copy(update={"money": self._pricing(usage)}))
        except UserError as error:
            raise InputErrors.one("--model", f"this model cannot be asked: {self._short(error.message)}") from None
        except ModelHTTPError as error:
            raise _of_status(error, self._which, sent) from None
        except ModelAPIError as error:
            timed_out = _is_timeout(error)
            what = (
                f"no word from the model for {self._timeout:g} seconds"
                if timed_out
                else "the connection failed or was cut"
            )
            raise Trouble("broken", f"{what}: {self._short(error.message)}", sent=sent or timed_out) from None
        except httpx2.TimeoutException:
            raise Trouble("broken", f"no word from the model for {self._timeout:g} seconds", sent=True) from None
        except httpx2.HTTPError as error:
            raise Trouble(
                "broken", f"the connection was cut: {self._short(str(error) or type(error).__name__)}", sent=sent
            ) from None
        except (AgentRunError, ValueError, LookupError, TypeError, AttributeError, AssertionError) as error:
            # the libraries read what the server sent without mistrust; whatever they trip over is the server's nonsense
            raise Trouble(
                "broken", f"the answer cannot be read: {self._short(str(error) or type(error).__name__)}", sent=True
            ) from None

    async def close(self) -> None:
        self._open = None
        await self._stack.aclose()

    async def _model(self, shown: str) -> Model[Any]:
        if self._open is None:
            client = await self._stack.enter_async_context(
                Client(
                    timeout=httpx2.Timeout(self._timeout, pool=None),
                    bare=self._which.provider not in ("openai", "anthropic"),
                )
            )
            self._open = self._make(shown.partition(":")[2], client)
        return self._open

    def _settings(self, request: Request) -> ModelSettings:
        most, silence = request.most_tokens, self._timeout
        if self._which.provider != "anthropic":
            return ModelSettings(max_tokens=most, timeout=silence, max_retries=0, framing_announcement="never")
        from pydantic_ai.models.anthropic import AnthropicModelSettings

        return AnthropicModelSettings(
            max_tokens=most,
            timeout=silence,
            max_retries=0,
            framing_announcement="never",
            anthropic_cache_instructions=True,  # the system part is the same for many asks of a run
        )

    def _said(self, response: ModelResponse, request: Request) -> Said:
        hide = self._which.key.hide
        texts = [_clean(hide(part.content)) for part in response.parts if isinstance(part, TextPart)]
        called = (part for part in response.parts if isinstance(part, ToolCallPart))
        calls = tuple(
            Call(
                id=f"call_{n}", name=_clean(hide(part.tool_name)), arguments=arguments_of(_clean(hide(_raw(part.args))))
            )
            for n, part in enumerate(called, 1)
        )
        stop = {"length": "length", "content_filter": "refused"}.get(response.finish_reason or "", "done")
        refusal = (response.provider_details or {}).get("refusal")
        if stop == "refused" and refusal and not texts:
            texts = [_clean(hide(str(refusal)))]
        said = Said.model_validate(
            {"text": "".join(texts), "calls": calls, "stop": stop, "usage": Usage(tokens_in=0, tokens_out=0)}
        )
        if "finish_reason" not in (response.provider_details or {}) and _broken_off(said):
            raise Trouble("broken", "the answer broke off before its end", sent=True)
        return said.model_copy(update={"usage": self._usage(response, request, said)})

    def _usage(self, response: ModelResponse, request: Request, said: Said) -> Usage:
        """As the server counted; where it does not count, an estimate by length."""
        counted = response.usage
        tokens_in = counted.input_tokens or tokens_of(canonical(request))
        tokens_out = counted.output_tokens or tokens_of(said.text + "".join(str(call.arguments) for call in said.calls))
        usage = Usage(
            tokens_in=tokens_in,
            tokens_out=tokens_out,
            cached=min(counted.cache_read_tokens, tokens_in),
            stored=counted.cache_write_tokens,
        )
        return usage.model_copy(update={"money": self._pricing(usage)})

    def _short(self, text: str) -> str:
        return _short(self._which.key, text)


def pricing_of(which: Which) -> Callable[[Usage], float | None]:
    """US dollars by the price list that the library brings along; nothing is fetched. None for models that it does not know."""
    provider = {"anthropic": "anthropic", "openai": "openai"}.get(which.provider)
    if provider is None or which.base:
        return _unknown

    def price(usage: Usage) -> float | None:
        counted = PricedUsage(
            input_tokens=usage.tokens_in,
            output_tokens=usage.tokens_out,
            cache_read_tokens=usage.cached,
            cache_write_tokens=usage.stored,
        )
        try:
            return float(calc_price(counted, which.model, provider_id=provider).total_price)
        except LookupError:
            return None

    return price


def _unknown(usage: Usage) -> None:
    """The price of a model that is on nobody's list."""
    del usage


def first_model(which: Which, timeout: float) -> str:
    """The first model that the server lists; "default" where it lists none. Raises InputErrors when it is not there."""
    headers = {"Authorization": f"Bearer {which.key.reveal()}"} if which.key else {}
    try:
        answer = httpx2.get(f"{which.base}/models", headers=headers, timeout=timeout)
        if answer.status_code in _REFUSED_KEY:
            raise _key_refused(which)
        listed = answer.json()["data"][0]["id"] if answer.status_code == 200 else "default"
    except (ValueError, LookupError, TypeError):
        return "default"
    except httpx2.HTTPError as error:
        detail = _short(which.key, str(error) or type(error).__name__)
        raise InputErrors.one(
            "--model", f"the server does not answer: {detail}", "is it running, and is the address right?"
        ) from None
    name = _clean(which.key.hide(listed)) if isinstance(listed, str) else ""
    return name if 0 < len(name) <= 200 and name.isprintable() else "default"


def _maker(which: Which) -> Callable[[str, httpx2.AsyncClient], Model[Any]]:
    """Makes the model of this name over a client; the provider's library is imported here and now. Raises ImportError."""
    key = which.key.reveal() or _NO_KEY
    if which.provider == "anthropic":
        from pydantic_ai.models.anthropic import AnthropicModel
        from pydantic_ai.providers.anthropic import AnthropicProvider

        base = which.base or None
        return lambda name, client: AnthropicModel(
            name, provider=AnthropicProvider(api_key=key, base_url=base, http_client=client)
        )
    if which.provider == "ollama":
        from pydantic_ai.models.ollama import OllamaModel
        from pydantic_ai.providers.ollama import OllamaProvider

        return lambda name, client: OllamaModel(
            name, provider=OllamaProvider(base_url=which.base, api_key=key, http_client=client)
        )
    from pydantic_ai.models.openai import OpenAIChatModel
    from pydantic_ai.profiles.openai import OpenAIModelProfile
    from pydantic_ai.providers.openai import OpenAIProvider

    # what servers of this protocol have in common, whatever the model is called
    common = OpenAIModelProfile(
        openai_chat_supports_max_completion_tokens=False, openai_supports_strict_tool_definition=False
    )
    profile = common if which.provider == "openai-compatible" else None
    return lambda name, client: OpenAIChatModel(
        name,
        provider=OpenAIProvider(base_url=which.base or _OPENAI, api_key=key, http_client=client),
        profile=profile,
    )


def _messages(request: Request) -> list[ModelMessage]:
    return [_message(turn, request.system) for turn in request.turns]


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


def _parameters(request: Request) -> ModelRequestParameters:
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


def _tool(tool: Offered, kind: Literal["function", "output"]) -> ToolDefinition:
    return ToolDefinition(
        name=tool.name, description=tool.description, parameters_json_schema=dict(tool.schema_), kind=kind
    )


def _raw(arguments: str | dict[str, Any] | None) -> str:
    """The arguments of a call as they came; none at all is how some servers write an empty object."""
    return json.dumps(arguments, ensure_ascii=False) if isinstance(arguments, dict) else arguments or "{}"


def _broken_off(said: Said) -> bool:
    """Whether an answer without a word about its end has none: a connection may close in the middle as if all had been said."""
    if said.calls:
        return any(isinstance(call.arguments, str) for call in said.calls)
    return said.text.lstrip().startswith("{") and isinstance(arguments_of(said.text), str)


def _length(event: object) -> int:
    if isinstance(event, PartStartEvent) and isinstance(event.part, TextPart):
        return len(event.part.content)
    if isinstance(event, PartDeltaEvent):
        delta = event.delta
        if isinstance(delta, TextPartDelta):
            return len(delta.content_delta)
        if isinstance(delta, ToolCallPartDelta):
            return len(delta.args_delta) if isinstance(delta.args_delta, str) else 0
    return 0


def _of_status(error: ModelHTTPError, which: Which, sent: bool) -> Trouble | InputErrors:
    status = error.status_code
    detail = f"the server answered {status}: {_short(which.key, _told(error.body))}"
    if status in _REFUSED_KEY and not sent:
        return _key_refused(which)
    if status == 404:
        return InputErrors.one(
            "--model", f"no such model or address: {detail}", "see the names that the provider lists"
        )
    if status == 429 and "insufficient_quota" in str(error.body):
        return InputErrors.one("--model", detail, "the account has no credit left")
    if status in _LIMITED:
        return Trouble("limited", detail, error.retry_after)
    return Trouble("broken" if status >= 500 or status == 408 else "final", detail, error.retry_after, sent=sent)


def _key_refused(which: Which) -> InputErrors:
    return InputErrors.one(
        "--model", f"the key was refused by {which.provider}", "is the key in the environment the right one?"
    )


def _told(body: object) -> str:
    """The sentence in an error's body, wherever the provider put it."""
    inner = body.get("error", body) if isinstance(body, dict) else body
    message = inner.get("message", inner) if isinstance(inner, dict) else inner
    return str(message)


def _is_timeout(error: BaseException) -> bool:
    cause: BaseException | None = error
    while cause is not None:
        if isinstance(cause, httpx2.TimeoutException | TimeoutError) or "timeout" in type(cause).__name__.lower():
            return True
        cause = cause.__cause__
    return False


def _short(key: Secret, text: str) -> str:
    """One line without the key, not longer than a person reads."""
    line = " ".join(_clean(key.hide(text)).split())
    return line if len(line) <= _MOST_DETAIL else line[:_MOST_DETAIL] + "…"


def _clean(text: str) -> str:
    """The text as UTF-8 can hold it: half a surrogate pair becomes a question mark."""
    return text.encode("utf-8", "replace").decode()


__all__ = ["ProviderWire", "first_model", "pricing_of"]
