"""Names of models, and keys that are shown nowhere: not in a file, an error, a log, a repr, whatever the server echoes."""

from __future__ import annotations

import dataclasses
import logging

import pytest

from opslead.errors import InputErrors
from opslead.panel.port.budget import Budget
from opslead.panel.port.connect import connect
from opslead.panel.port.names import Secret, which

from .asked import ask, port_to
from .loopback import Raw, Says, Status, says

KEY = "sk-live-4f1c9a7e22b8d3"
ENV = {"OPSLEAD_API_KEY": KEY, "OPENAI_API_KEY": KEY, "ANTHROPIC_API_KEY": KEY, "OLLAMA_API_KEY": KEY}


def nobody(stage, detail):
    pass


@pytest.mark.parametrize(
    ("name", "shown", "base"),
    [
        ("anthropic:claude-sonnet-4-6", "anthropic:claude-sonnet-4-6", ""),
        ("openai:gpt-5", "openai:gpt-5", ""),
        ("ollama:qwen3:8b", "ollama:qwen3:8b", "http://127.0.0.1:11434/v1"),
        ("openai-compatible:http://127.0.0.1:8077/v1/", "openai-compatible:default", "http://127.0.0.1:8077/v1"),
        ("openai-compatible:https://h/v1#org/m:7b", "openai-compatible:org/m:7b", "https://h/v1"),
    ],
)
def test_names(name, shown, base):
    meant = which(name, ENV)
    assert (meant.shown, meant.base) == (shown, base)


@pytest.mark.parametrize(
    ("environ", "base"),
    [
        ({"OLLAMA_HOST": "0.0.0.0"}, "http://127.0.0.1:11434/v1"),
        ({"OLLAMA_HOST": "box:9000"}, "http://box:9000/v1"),
        ({"OLLAMA_HOST": "https://box"}, "https://box:11434/v1"),
        ({"OLLAMA_HOST": "http://[::1]:5"}, "http://[::1]:5/v1"),
        ({"OLLAMA_BASE_URL": "http://box/v1", "OLLAMA_HOST": "other"}, "http://box/v1"),
    ],
)
def test_where_ollama_is(environ, base):
    assert which("ollama:qwen3", environ).base == base


@pytest.mark.parametrize(
    ("name", "reason"),
    [
        ("gpt-5", "no such provider"),
        ("", "no such provider"),
        (KEY, "no such provider"),
        (f"{KEY}:x", "no such provider"),
        ("mistral:large", "no such provider"),
        ("openai:", "no model after the colon"),
        ("openai:two words", "no such signs"),
        ("openai-compatible:", "no http or https address"),
        ("openai-compatible:ftp://h/v1", "no http or https address"),
        ("openai-compatible:file:///etc/passwd", "no http or https address"),
        ("openai-compatible:http://h:99999/v1", "no http or https address"),
        ("openai-compatible:http://[h/v1", "no http or https address"),
        (f"openai-compatible:http://user:{KEY}@h/v1", "holds a user, a password or a query"),
        (f"openai-compatible:http://{KEY}@h/v1", "holds a user, a password or a query"),
        (f"openai-compatible:http://h/v1?key={KEY}", "holds a user, a password or a query"),
    ],
)
def test_names_that_mean_nothing(name, reason):
    with pytest.raises(InputErrors, match=reason) as raised:
        connect(name, None, Budget(), nobody, environ=ENV)
    assert KEY not in str(raised.value)


@pytest.mark.parametrize(("name", "variable"), [("openai:m", "OPENAI_API_KEY"), ("anthropic:m", "ANTHROPIC_API_KEY")])
def test_no_key(name, variable):
    with pytest.raises(InputErrors, match=f"no key: {variable} is not set"):
        connect(name, None, Budget(), nobody, environ={})


def test_addresses_in_the_environment_are_held_to_the_same():
    for variable, name in (
        ("OPENAI_BASE_URL", "openai:m"),
        ("OLLAMA_HOST", "ollama:m"),
        ("OLLAMA_BASE_URL", "ollama:m"),
    ):
        with pytest.raises(InputErrors, match=f"{variable} holds a user") as raised:
            which(name, {**ENV, variable: f"http://user:{KEY}@h/v1"})
        assert KEY not in str(raised.value)


def test_the_missing_extra_is_named(monkeypatch):
    import sys

    monkeypatch.setitem(sys.modules, "pydantic_ai.exceptions", None)
    monkeypatch.delitem(sys.modules, "opslead.panel.port.providers", raising=False)
    with pytest.raises(InputErrors, match=r"pip install 'opslead\[llm\]'"):
        connect("openai:m", None, Budget(), nobody, environ=ENV)


def test_the_first_model_that_the_server_lists(loopback, tmp_path):
    name = f"openai-compatible:{loopback.url}"
    assert connect(name, tmp_path, Budget(), nobody, environ={}).model == "openai-compatible:first-model"
    loopback.close()
    assert connect(name, tmp_path, Budget(), nobody, environ={}).model == "openai-compatible:first-model"
    with pytest.raises(InputErrors, match="the server does not answer"):
        connect(name, None, Budget(), nobody, environ={})


@pytest.mark.parametrize("name", ["openai-compatible", "ollama"])
def test_the_key_of_another_provider_is_not_sent_to_a_strange_server(loopback, monkeypatch, name):
    monkeypatch.setenv("OPENAI_API_KEY", KEY)
    monkeypatch.setenv("ANTHROPIC_API_KEY", KEY)
    monkeypatch.setenv("OPENAI_ORG_ID", "org-secret")
    monkeypatch.setenv("OPENAI_PROJECT_ID", "project-secret")
    monkeypatch.setenv("OLLAMA_HOST", loopback.url[7:-3])
    loopback.script = lambda heard: says(value=12)
    port = connect(f"openai-compatible:{loopback.url}#m" if name != "ollama" else "ollama:m", None, Budget(), nobody)
    assert port.ask([ask()])[0].value
    sent = str(loopback.heard[0])
    assert not [secret for secret in (KEY, "org-secret", "project-secret") if secret in sent]


ECHOES = [
    pytest.param(Status(400, f'{{"error": {{"message": "bad key {KEY}"}}}}'), id="400"),
    pytest.param(Status(429, f'{{"error": {{"message": "slow down, {KEY}"}}}}'), id="429"),
    pytest.param(Status(500, f"<html>Authorization: Bearer {KEY}</html>"), id="500 page"),
    pytest.param(Status(400, " " * 290 + KEY + "x" * 400), id="at the cut"),
    pytest.param(Raw(f'data: {{"error": {{"message": "{KEY}"}}}}\n\n'.encode()), id="in the stream"),
    pytest.param(Raw(f'data: "{KEY}"\n\n'.encode()), id="nonsense"),
    pytest.param(Says(refusal=f"Not with {KEY}"), id="refusal"),
    pytest.param(Says(text=f"Your key is {KEY}"), id="words"),
    pytest.param(Says(calls=(("answer", {"value": KEY}),)), id="answer"),
    pytest.param(Says(calls=((KEY, {"a": KEY}),)), id="tool"),
    pytest.param(Says(calls=(("answer", f'{{"value": "{KEY}'),)), id="cut answer"),
]


@pytest.mark.parametrize("echo", ECHOES)
def test_a_key_appears_nowhere(loopback, tmp_path, caplog, capfd, echo):
    caplog.set_level(logging.DEBUG)
    said = []
    loopback.script = lambda heard: echo
    port = port_to(loopback.url, tmp_path, environ=ENV, said=said)
    answers = port.ask([ask()])
    assert any(f"Bearer {KEY}" in value for value in loopback.heard[0].headers.values())  # it was sent
    files = b"".join(path.read_bytes() for path in tmp_path.rglob("*") if path.is_file())
    out, err = capfd.readouterr()
    shown = f"{answers!r} {answers[0].detail} {port!r} {port.model} {port.spent!r} {vars(port)!r} {said}"
    assert KEY[:12] not in files.decode()
    assert KEY[:12] not in shown + caplog.text + out + err


@pytest.mark.parametrize("code", [401, 403, 404])
def test_a_key_is_not_in_an_error_of_the_input(loopback, code):
    loopback.script = lambda heard: Status(code, f'{{"error": {{"message": "Incorrect API key: {KEY}"}}}}')
    with pytest.raises(InputErrors) as raised:
        port_to(loopback.url, environ=ENV).ask([ask()])
    error = raised.value
    assert KEY[:12] not in f"{error} {error!r} {error.problems!r}"
    assert error.__cause__ is None


def test_a_secret_has_no_text_of_its_own():
    secret = Secret(KEY)
    assert KEY not in f"{secret} {secret!r} {which('openai:m', ENV)!r} {dataclasses.replace(secret)}"
    assert secret.hide(f"a {KEY} b") == "a (a key) b"
    assert Secret("x").hide("x is a word") == "x is a word"
