"""Contradictions between policies that were written side by side."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from opslead.panel.depth.checks.bench import Bench
from opslead.policy.synthesise import Candidate
from opslead.review import Fault, review
from opslead.spec.document import Policy, Specification

BETWEEN = frozenset({"thresholds", "owners", "duplicates"})
"""Checks of the review that set policies against each other."""


@dataclass(frozen=True)
class Clash:
    """What does not fit with one policy: the faults in words, and the other policies' sides."""

    faults: tuple[str, ...]
    others: tuple[str, ...]


def clashes(settled: Sequence[Candidate | None], bench: Bench) -> Mapping[int, Clash]:
    """By place in `settled`: the later new text of each pair that contradicts itself; what the engine's own texts have is not new."""
    numbered = {n: one.policy.model_copy(update={"number": n}) for n, one in enumerate(settled) if one is not None}
    found: dict[int, list[Fault]] = {}
    for fault in _between(numbered, bench):
        new = [number for number in fault.policies if numbered[number].author == "model"]
        if new and len(fault.policies) > 1:
            found.setdefault(max(new), []).append(fault)
    return {place: _clash(place, faults, numbered) for place, faults in found.items()}


def _between(numbered: Mapping[int, Policy], bench: Bench) -> Iterator[Fault]:
    specification = Specification(
        title=bench.service.name,
        language=bench.language,
        policies=tuple(numbered.values()),
        quantities=bench.quantities,
    )
    for fault in review(specification, bench.service, (bench.given,)):
        if fault.check in BETWEEN and all(number in numbered for number in fault.policies):
            yield fault


def _clash(place: int, faults: Sequence[Fault], numbered: Mapping[int, Policy]) -> Clash:
    others = sorted({number for fault in faults for number in fault.policies if number != place})
    return Clash(
        tuple(f"- {fault.field}: {_spelled(fault.message, numbered)} “{fault.quote}”" for fault in faults[:6]),
        tuple(_side(numbered[number]) for number in others[:3]),
    )


def _spelled(message: str, numbered: Mapping[int, Policy]) -> str:
    """The message with names for the numbers, the highest first so that #1 is not taken for the head of #12."""
    for number in sorted(numbered, reverse=True):
        message = message.replace(f"#{number}", f"‘{numbered[number].name}’")
    return message


def _side(policy: Policy) -> str:
    watch = policy.monitoring
    steps = " ".join(f"{step.actor}: {step.action} ({step.deadline})" for step in policy.runbook)
    return f"- ‘{policy.name}’: {policy.trigger} {steps} {watch.start} {watch.stop}"[:700]
