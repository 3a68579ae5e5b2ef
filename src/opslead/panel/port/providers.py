"""The wire over pydantic-ai: imported by `connect` alone, when a model is asked for."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AsyncExitStack
from typing import Any

import httpx2
from pydantic_ai.exceptions import ContentFilterError
from pydantic_ai.messages import ModelResponse
from pydantic_ai.models import Model
from pydantic_ai.settings import ModelSettings

from opslead.errors import InputErrors
from opslead.panel.port.exchange import (
    Request,
    Said,
    Usage,
    canonical,
    tokens_of,
)
from opslead.panel.port.names import Which
from opslead.panel.port.pace import Coming, Trouble
from opslead.panel.port.translate import broken_off, heard, length, messages, parameters
from opslead.panel.port.trouble import READING, REFUSED_KEY, key_refused, trouble_of
from opslead.panel.port.unstreamed import Client

_NO_KEY = "none"
"""Sent where no key is set, so that the library does not take another provider's key from the environment."""
_ANTHROPIC = "https://api.anthropic.com"
_OPENAI = "https://api.openai.com/v1"
_CHARACTERS_PER_TOKEN = 40
"""A server that sends more than this for each token asked for is cut off."""


class ProviderWire:
    """Sends requests to one model. Its connections live from the first request to `close`, in one event loop.

    Raises ImportError where the provider's library is missing.
    """

    def __init__(self, which: Which, timeout: float, pricing: Callable[[Usage], float | None]) -> None:
        self._which = which
        self._timeout = timeout
        self._pricing = pricing
        self._make = _maker(which)
        self._answered = False
        self._open: Model[Any] | None = None
        self._stack = AsyncExitStack()

    async def __call__(self, request: Request, coming: Coming) -> Said:
        """Raises Trouble; InputErrors for a key or a model that the server does not take."""
        model = await self._model(request.model)
        sent = False
        try:
            async with model.request_stream(messages(request), self._settings(request), parameters(request)) as stream:
                sent = True
                characters, most = 0, request.most_tokens * _CHARACTERS_PER_TOKEN
                async for event in stream:
                    characters += length(event)
                    if characters > most:
                        raise Trouble("final", f"the answer is longer than {most:,} characters", sent=True)
                    coming(characters)
                response = stream.get()
                said = heard(response, self._which.key)
                if broken_off(response, said):
                    raise Trouble("broken", "the answer broke off before its end", sent=True)
                self._answered = True
                return said.model_copy(update={"usage": self._usage(response, request, said)})
        except ContentFilterError:
            usage = Usage(tokens_in=tokens_of(canonical(request)), tokens_out=0)
            return Said(stop="refused", usage=usage.model_copy(update={"money": self._pricing(usage)}))
        except READING as error:
            raise trouble_of(error, self._which, self._timeout, sent, self._answered) from None

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

    def _usage(self, response: ModelResponse, request: Request, said: Said) -> Usage:
        """As the server counted; where it does not count, an estimate by length."""
        counted = response.usage
        tokens_in = counted.input_tokens or tokens_of(canonical(request))
        tokens_out = counted.output_tokens or tokens_of(said.text + "".join(str(call.arguments) for call in said.calls))
        cached = min(counted.cache_read_tokens, tokens_in)
        stored = min(counted.cache_write_tokens, tokens_in - cached)
        usage = Usage(tokens_in=tokens_in, tokens_out=tokens_out, cached=cached, stored=stored)
        return usage.model_copy(update={"money": self._pricing(usage)})


def first_model(which: Which, timeout: float) -> str:
    """The first model that the server lists; "default" where it lists none. Raises InputErrors when it is not there."""
    headers = {"Authorization": f"Bearer {which.key.reveal()}"} if which.key else {}
    try:
        answer = httpx2.get(f"{which.base}/models", headers=headers, timeout=timeout)
        if answer.status_code in REFUSED_KEY:
            raise key_refused(which)
        listed = answer.json()["data"][0]["id"] if answer.status_code == 200 else "default"
    except (ValueError, LookupError, TypeError):
        return "default"
    except httpx2.HTTPError as error:
        detail = which.key.line(str(error) or type(error).__name__)
        raise InputErrors.one(
            "--model", f"the server does not answer: {detail}", "is it running, and is the address right?"
        ) from None
    name = which.key.line(listed) if isinstance(listed, str) else ""
    return name if 0 < len(name) <= 200 and name.isprintable() else "default"


def _maker(which: Which) -> Callable[[str, httpx2.AsyncClient], Model[Any]]:
    """Makes the model of this name over a client; the provider's library is imported here and now. Raises ImportError."""
    key = which.key.reveal() or _NO_KEY
    if which.provider == "anthropic":
        from pydantic_ai.models.anthropic import AnthropicModel
        from pydantic_ai.providers.anthropic import AnthropicProvider

        base = which.base or _ANTHROPIC
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
