"""The options of every command that may ask a language model: which one, at what cost, how fast, and where its calls are kept."""

from __future__ import annotations

import functools
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from opslead.panel.port import Port, Progress
    from opslead.panel.port.budget import Budget

_PANEL = (
    click.option(
        "--model",
        "name",
        metavar="NAME",
        help="The language model: anthropic:M, openai:M, ollama:M or openai-compatible:URL#M. Keys come from the environment.",
    ),
    click.option(
        "--run",
        type=click.Path(path_type=Path, file_okay=False),
        help="Folder that keeps the calls. [default: run, in the output]",
    ),
    click.option(
        "--replay",
        type=click.Path(path_type=Path, exists=True, file_okay=False),
        help="Tell the stored run of this folder again: no network, no key, no cost.",
    ),
    click.option("--max-calls", default=120, show_default=True, type=click.IntRange(1), help="Calls of the model."),
    click.option("--max-tokens", default=600_000, show_default=True, type=click.IntRange(1), help="Tokens in and out."),
    click.option("--max-money", type=click.FloatRange(0, min_open=True), help="US dollars, where the price is known."),
    click.option(
        "--max-minutes", default=60.0, show_default=True, type=click.FloatRange(0, min_open=True), help="Minutes."
    ),
    click.option("--concurrency", default=8, show_default=True, type=click.IntRange(1, 64), help="Calls at once."),
    click.option("--per-minute", type=click.IntRange(1), help="Requests a minute, where the provider limits them."),
    click.option(
        "--timeout",
        default=180.0,
        show_default=True,
        type=click.FloatRange(0, min_open=True),
        help="Seconds of silence that end a call.",
    ),
)


@dataclass(frozen=True)
class ModelOptions:
    """What the user said about the language model. Without `name` and `replay` none is asked."""

    name: str | None = None
    run: Path | None = None
    replay: Path | None = None
    max_calls: int = 120
    max_tokens: int = 600_000
    max_money: float | None = None
    max_minutes: float = 60.0
    concurrency: int = 8
    per_minute: int | None = None
    timeout: float = 180.0

    @property
    def wanted(self) -> bool:
        return self.name is not None or self.replay is not None

    @property
    def budget(self) -> Budget:
        from opslead.panel.port.budget import Budget

        return Budget(self.max_calls, self.max_tokens, self.max_money, self.max_minutes)


def model_options(command: Callable[..., None]) -> Callable[..., None]:
    """Adds the options; the command is called with one argument for them, `model: ModelOptions`."""

    @functools.wraps(command)
    def collected(**given: Any) -> None:  # noqa: ANN401  (whatever other options the command has)
        fields = {name: given.pop(name) for name in ModelOptions.__dataclass_fields__}
        command(**given, model=_sound(ModelOptions(**fields)))

    for option in reversed(_PANEL):
        option(collected)
    return collected


def _sound(options: ModelOptions) -> ModelOptions:
    if options.name is not None and options.replay is not None:
        raise click.UsageError("--replay tells a stored run again without a model: give --model or --replay, not both")
    if options.run is not None and options.name is None:
        raise click.UsageError("--run keeps the calls of a model: give --model too")
    return options


def port_of(options: ModelOptions, default_folder: Path | None, progress: Progress) -> Port | None:
    """The port that the options mean; None: no model is asked. Calls are kept in --run, else in `default_folder` (None: nowhere).

    Raises InputErrors as `connect` and `replay` do.
    """
    if not options.wanted:
        return None
    from opslead.panel.port.connect import Manner, connect, replay

    if options.replay is not None:
        return replay(options.replay, progress)
    assert options.name is not None
    manner = Manner(options.concurrency, options.per_minute, options.timeout)
    return connect(options.name, options.run or default_folder, options.budget, progress, manner)
