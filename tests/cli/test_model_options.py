"""The options of commands that may ask a language model."""

from __future__ import annotations

import subprocess
import sys

import click
import pytest
from click.testing import CliRunner

from opslead.cli.model_options import ModelOptions, model_options, port_of
from opslead.errors import InputErrors
from opslead.panel.port.budget import Budget
from opslead.panel.port.connect import CONCURRENCY, TIMEOUT


def run(*arguments):
    heard = []

    @click.command()
    @click.option("--out")
    @model_options
    def command(out, model):
        heard.append((out, model))

    result = CliRunner().invoke(command, arguments)
    return result, heard


def test_nothing_said_asks_no_model():
    _, [(out, options)] = run("--out", "there")
    assert (out, options) == ("there", ModelOptions())
    assert port_of(options, None, lambda stage, detail: None) is None


def test_everything_said(tmp_path):
    _, [(_, options)] = run(
        *("--model", "openai:m", "--run", str(tmp_path), "--max-calls", "5", "--max-tokens", "6", "--max-money", "0.5"),
        *("--max-minutes", "7", "--concurrency", "2", "--per-minute", "30", "--timeout", "9"),
    )
    assert options == ModelOptions("openai:m", tmp_path, None, 5, 6, 0.5, 7, 2, 30, 9)
    assert options.budget == Budget(5, 6, 0.5, 7)


def test_the_bounds_are_those_of_the_port():
    options = ModelOptions()
    assert options.budget == Budget()
    assert (options.concurrency, options.timeout) == (CONCURRENCY, TIMEOUT)


@pytest.mark.parametrize(
    "arguments",
    [
        ("--model", "openai:m", "--replay", "."),
        ("--run", "."),
        ("--max-calls", "0"),
        ("--max-money", "0"),
        ("--timeout", "0"),
        ("--replay", "/no/such/folder"),
    ],
)
def test_what_cannot_be_meant_is_wrong_use(arguments):
    result, heard = run(*arguments)
    assert (result.exit_code, heard) == (2, [])


def test_a_folder_without_a_run_is_an_error_of_the_input(tmp_path):
    with pytest.raises(InputErrors, match=r"run\.json is missing"):
        port_of(ModelOptions(replay=tmp_path), None, lambda stage, detail: None)


@pytest.mark.parametrize("arguments", [["--help"], ["design", "--help"]])
def test_help_imports_no_library_of_a_provider(arguments):
    program = (
        "import sys; from click.testing import CliRunner; from opslead.cli import group\n"
        "assert CliRunner().invoke(group, sys.argv[1:]).exit_code == 0\n"
        "import opslead.cli.model_options\n"
        "heavy = {'pydantic_ai', 'openai', 'anthropic', 'httpx2', 'opslead.panel.port.connect'} & set(sys.modules)\n"
        "assert not heavy, heavy\n"
    )
    subprocess.run([sys.executable, "-c", program, *arguments], check=True)
