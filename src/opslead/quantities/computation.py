"""A computed number with everything a reader needs to check it: formula, inputs and where they come from, and how much hangs on each."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

from opslead.model.service import Source


@dataclass(frozen=True)
class Input:
    """One number that goes in. `low` and `high`: its plausible range; equal to `value` where it is given and exact."""

    key: str
    name: str
    value: float
    unit: str
    source: Source
    low: float
    high: float


@dataclass(frozen=True)
class Sensitivity:
    """What the result becomes when one input lies at the ends of its range, the others as they are."""

    key: str
    at_low: float
    at_high: float


@dataclass(frozen=True)
class Computation:
    """One result. `id` is `<quantity>@<place>`; texts are in the service's language.

    `text` is the result as a policy says it (`7일`, `12 minutes`); `formula` has the numbers in; `method` says what is balanced
    against what; `reference` is the paper or standard; `slots` are the words by which a policy text may use results.
    """

    id: str
    title: str
    text: str
    result: float
    unit: str
    formula: str
    method: str
    reference: str
    inputs: tuple[Input, ...]
    sensitivity: tuple[Sensitivity, ...] = ()
    flat: tuple[float, float] | None = None
    """The range of the result in which the cost rises by less than a tenth: there it hardly matters."""
    slots: Mapping[str, str] | None = None

    @property
    def assumed(self) -> bool:
        """Whether some input is not from the description."""
        return any(item.source.basis == "assumed" for item in self.inputs)

    def swing(self, key: str) -> float:
        """How far the result moves over the input's range, as a share of the result; 0 where the input is exact."""
        found = next((s for s in self.sensitivity if s.key == key), None)
        if found is None or not self.result:
            return 0.0
        return abs(found.at_high - found.at_low) / abs(self.result)


def with_sensitivity(made: Computation, again: Callable[[Mapping[str, float]], float]) -> Computation:
    """The computation with the result recomputed at both ends of every input that has a range.

    `again` takes all inputs by key and gives the result in the computation's unit.
    """
    base = {item.key: item.value for item in made.inputs}
    rows = tuple(
        Sensitivity(item.key, again({**base, item.key: item.low}), again({**base, item.key: item.high}))
        for item in made.inputs
        if item.low != item.high
    )
    return replace(made, sensitivity=rows)
