"""Tests of the panel may reach loopback and nothing else; no key of the user's machine reaches them."""

import socket

import pytest

from .loopback import Loopback

_connect = socket.socket.connect


@pytest.fixture(autouse=True)
def _no_network(monkeypatch):
    def only_loopback(self, address):
        if self.family in (socket.AF_INET, socket.AF_INET6) and address[0] not in ("127.0.0.1", "::1"):
            raise AssertionError(f"a test tried to reach the network: {address}")
        return _connect(self, address)

    monkeypatch.setattr(socket.socket, "connect", only_loopback)
    for provider in ("ANTHROPIC", "OPENAI", "OLLAMA", "OPSLEAD"):
        for what in ("API_KEY", "BASE_URL", "HOST"):
            monkeypatch.delenv(f"{provider}_{what}", raising=False)


@pytest.fixture
def loopback():
    with Loopback() as server:
        yield server
