"""What the computations share: bounds on what is asked, and how a result is said."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterable
from typing import TypeVar

from pydantic import BaseModel, ConfigDict

from opslead.panel.port import Tool

JOINT = " <- "
"""Between a result and the sum it comes from; what stands before it counts as computed, what was put in does not."""
_YIELDS = re.compile(r"= ([^;,=]+)")


class Asks(BaseModel):
    """The root of what a computation is asked with."""

    model_config = ConfigDict(extra="forbid", frozen=True)


Q = TypeVar("Q", bound=Asks)


def tool_of(name: str, description: str, asks: type[Q], answer: Callable[[Q], str]) -> Tool:
    """The tool by that name. Raises TypeError when it is run with something else than it asks."""

    def run(asked: BaseModel) -> str:
        if not isinstance(asked, asks):
            raise TypeError(f"{name} takes {asks.__name__}, not {type(asked).__name__}")
        return answer(asked)

    return Tool(name, description, asks, run)


def result(said: str, formula: str) -> str:
    """The answer to the model: the result first, then how it comes about."""
    return f"{said}{JOINT}{formula}"


def computed(text: str) -> str:
    """What came out: the result of an answer, and what its sum yields on the way; empty where nothing was computed."""
    said, joint, formula = text.partition(JOINT)
    return "; ".join((said, *(found[1].strip() for found in _YIELDS.finditer(formula)))) if joint else ""


def beyond(asked: Iterable[tuple[str, float, float, float]]) -> str:
    """What is out of range, each as name, value, lowest, highest; empty when all are within."""
    wrong = [
        f"{name} is {value:g}, allowed is {low:g} to {high:g}"
        for name, value, low, high in asked
        if not (math.isfinite(value) and low <= value <= high)
    ]
    return f"Not computed: {'; '.join(wrong)}." if wrong else ""
