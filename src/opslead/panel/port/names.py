"""Which model is meant, where it is reached and with which key. Keys come from the environment and are shown nowhere."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal
from urllib.parse import urlsplit

from opslead.errors import InputErrors
from opslead.panel.port.exchange import clean

Provider = Literal["anthropic", "openai", "ollama", "openai-compatible"]

_WHERE = "--model"
_FORMS = "one of anthropic:MODEL, openai:MODEL, ollama:MODEL, openai-compatible:URL#MODEL"
_KEYS: dict[Provider, str] = {
    "anthropic": "ANTHROPIC_API_KEY",
    "openai": "OPENAI_API_KEY",
    "ollama": "OLLAMA_API_KEY",
    "openai-compatible": "OPSLEAD_API_KEY",
}
_NEEDED: tuple[Provider, ...] = ("anthropic", "openai")
_MOST_DETAIL = 300
_MODEL = re.compile(r"[^\s#?@]{1,200}")


@dataclass(frozen=True)
class Secret:
    """A key. It has no text of its own: `reveal` is called where it is sent, `hide` on everything that came from outside."""

    _value: str = field(repr=False, default="")

    def __str__(self) -> str:
        return "(a key)" if self._value else "(no key)"

    def __bool__(self) -> bool:
        return bool(self._value)

    def reveal(self) -> str:
        return self._value

    def hide(self, text: str) -> str:
        """The text without the key. A key of less than eight signs is no secret and stays (it could be any word)."""
        return text.replace(self._value, "(a key)") if len(self._value) >= 8 else text

    def line(self, text: str) -> str:
        """One line without the key, not longer than a person reads."""
        line = " ".join(clean(self.hide(text)).split())
        return line if len(line) <= _MOST_DETAIL else line[:_MOST_DETAIL] + "…"


@dataclass(frozen=True)
class Which:
    """A model as named. `base` is the address of its API, "" for the provider's own; `model` "" asks the server what it has."""

    provider: Provider
    model: str
    base: str
    key: Secret

    @property
    def shown(self) -> str:
        """The name in documents and stores: no address, so that a run can be taken up from another machine."""
        return f"{self.provider}:{self.model or 'default'}"


def which(name: str, environ: Mapping[str, str]) -> Which:
    """Raises InputErrors for an unknown provider, no model, a bad address, a missing key."""
    head, _, rest = name.strip().partition(":")
    rest = rest.strip()
    provider = next((p for p in _KEYS if p == head), None)
    if provider is None:
        # the name is not repeated: it may be a key in the wrong place
        raise InputErrors.one(_WHERE, "no such provider before the colon", _FORMS)
    key = Secret(environ.get(_KEYS[provider], "").strip())
    if key and not key.reveal().isascii():
        raise InputErrors.one(_WHERE, f"{_KEYS[provider]} holds signs that no key has", "set it again")
    if provider in _NEEDED and not key:
        raise InputErrors.one(
            _WHERE,
            f"no key: {_KEYS[provider]} is not set",
            f"set {_KEYS[provider]}, or tell a stored run again with --replay FOLDER",
        )
    if provider == "openai-compatible":
        address, _, model = rest.partition("#")
        return Which(
            provider, _model(model) if model else "", _address(address, "the address after openai-compatible:"), key
        )
    return Which(provider, _model(rest), _base(provider, environ), key)


def _model(model: str) -> str:
    if not _MODEL.fullmatch(model):
        raise InputErrors.one(
            _WHERE, "no model after the colon" if not model else "a model's name has no such signs", _FORMS
        )
    return model


def _base(provider: Provider, environ: Mapping[str, str]) -> str:
    if provider == "ollama":
        if environ.get("OLLAMA_BASE_URL"):
            return _address(environ["OLLAMA_BASE_URL"], "OLLAMA_BASE_URL")
        host = environ.get("OLLAMA_HOST", "").strip() or "127.0.0.1:11434"
        address = urlsplit(_address(host if "://" in host else f"http://{host}", "OLLAMA_HOST"))
        name = "127.0.0.1" if address.hostname == "0.0.0.0" else address.hostname or ""
        host = f"[{name}]" if ":" in name else name
        return f"{address.scheme}://{host}:{address.port or 11434}/v1"
    variable = f"{provider.upper()}_BASE_URL"
    return _address(environ[variable], variable) if environ.get(variable) else ""


def _address(text: str, what: str) -> str:
    """The address itself is never repeated in an error: it may hold a password."""
    text = text.strip()
    try:
        parts = urlsplit(text)
        fine = parts.scheme in ("http", "https") and bool(parts.hostname) and (parts.port is None or parts.port > 0)
    except ValueError:
        fine = False
    if not fine or re.search(r"\s", text):
        raise InputErrors.one(
            _WHERE, f"{what} is no http or https address", "for example openai-compatible:http://127.0.0.1:8077/v1"
        )
    if parts.username is not None or parts.password is not None or parts.query or parts.fragment:
        raise InputErrors.one(
            _WHERE,
            f"{what} holds a user, a password or a query",
            "give the key in the environment (OPSLEAD_API_KEY), not in the address",
        )
    return text.rstrip("/")
