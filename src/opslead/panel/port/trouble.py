"""What the provider's libraries raise, as the kinds of trouble that the port knows. No text leaves here with a key in it."""

from __future__ import annotations

from collections.abc import Iterator

import httpx2
from pydantic_ai.exceptions import AgentRunError, ModelAPIError, ModelHTTPError, UserError

from opslead.errors import InputErrors
from opslead.panel.port.names import Which
from opslead.panel.port.pace import Trouble

REFUSED_KEY = (401, 403)
_LIMITED = (429, 503, 529)

READING = (
    AgentRunError,
    UserError,
    httpx2.HTTPError,
    ValueError,
    LookupError,
    TypeError,
    AttributeError,
    AssertionError,
)
"""What sending and reading may raise. The libraries read what a server sent without mistrust: what they trip over is its nonsense."""


def trouble_of(error: Exception, which: Which, timeout: float, sent: bool, answered: bool) -> Trouble | InputErrors:
    """`sent`: the server had begun to answer. `answered`: it has answered an earlier request, so key and name are right."""
    if isinstance(error, ModelHTTPError):
        return _of_status(error, which, sent, answered)
    text = which.key.line(str(error) or type(error).__name__)
    if isinstance(error, UserError):
        return InputErrors.one("--model", f"this model cannot be asked: {text}")
    if isinstance(error, ModelAPIError | httpx2.HTTPError):
        if _is_timeout(error):
            return Trouble("broken", f"no word from the model for {timeout:g} seconds", sent=_reached(error))
        return Trouble("broken", f"the connection failed or was cut: {text}", sent=sent)
    return Trouble("broken", f"the answer cannot be read: {text}", sent=True)


def _of_status(error: ModelHTTPError, which: Which, sent: bool, answered: bool) -> Trouble | InputErrors:
    status = error.status_code
    detail = f"the server answered {status}: {which.key.line(_told(error.body))}"
    if status == 401 or (status == 403 and not answered):
        return key_refused(which)
    if status == 404 and not answered:
        return InputErrors.one(
            "--model", f"no such model or address: {detail}", "see the names that the provider lists"
        )
    if status == 429 and "insufficient_quota" in str(error.body):
        return InputErrors.one("--model", detail, "the account has no credit left")
    if status in _LIMITED:
        return Trouble("limited", detail, error.retry_after)
    return Trouble("broken" if status >= 500 or status == 408 else "final", detail, error.retry_after, sent=sent)


def key_refused(which: Which) -> InputErrors:
    return InputErrors.one(
        "--model", f"the key was refused by {which.provider}", "is the key in the environment the right one?"
    )


def _told(body: object) -> str:
    """The sentence in an error's body, wherever the provider put it."""
    inner = body.get("error", body) if isinstance(body, dict) else body
    message = inner.get("message", inner) if isinstance(inner, dict) else inner
    return str(message)


def _causes(error: BaseException) -> Iterator[BaseException]:
    cause: BaseException | None = error
    while cause is not None:
        yield cause
        cause = cause.__cause__


def _is_timeout(error: BaseException) -> bool:
    return any(
        isinstance(cause, httpx2.TimeoutException | TimeoutError) or "timeout" in type(cause).__name__.lower()
        for cause in _causes(error)
    )


def _reached(error: BaseException) -> bool:
    """Whether the request can have come to the model before it failed."""
    return not any(
        isinstance(cause, httpx2.ConnectError | httpx2.ConnectTimeout | httpx2.PoolTimeout) for cause in _causes(error)
    )
