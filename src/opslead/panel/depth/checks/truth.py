"""The review of the policy among its neighbours: sums, numbers, names, duty, thresholds, references, owners, repetition."""

from __future__ import annotations

import re
from collections.abc import Iterator

from opslead.contract.words import texts
from opslead.knowledge.slots import service_slots
from opslead.lenses.hole import Arithmetic, CalendarGap, Evidence, Hole, Story
from opslead.panel.depth.checks.bench import Case, Complaint, Gravity
from opslead.review import Fault, review_policy
from opslead.review.amounts import Amount, amounts

_RIGHT = {
    "arithmetic": "the result of the sum, or no sum",
    "numbers": "a given or computed number, one asked of a tool, or declared in starting_values",
    "names": "somebody of the brief, the system, or a role the engine names",
    "roster": "somebody who is there at that hour, or the system's default and who is called",
    "thresholds": "one limit in both, or say what tells the two apart",
    "references": "a policy by its name as the neighbours carry it",
    "owners": "one owner for one decision, or somebody outside the loop at its end",
    "duplicates": "what this one alone decides",
}
_STARTED = re.compile(r"[\d.,:]*\d\s?[^\s\d,.;()]*†")
"""A number with its dagger: the engine's own starting value, which the policy has to declare as its own."""


def find(case: Case) -> Iterator[Complaint]:
    """Every fault of the review that concerns this policy, neighbours called by their names."""
    faults = review_policy(
        case.numbered,
        case.neighbours,
        case.bench.service,
        case.bench.quantities,
        texts=(case.bench.given, *case.told, *_engines(case)),
    )
    for fault in faults:
        if fault.check == "numbers" and (_daggered(fault) or _told(fault, case)):
            continue
        yield Complaint(
            Gravity.UNTRUE,
            fault.field or "text",
            f"{fault.check}: {_named(fault, case)}",
            fault.quote,
            _RIGHT.get(fault.check, ""),
        )


def _daggered(fault: Fault) -> bool:
    """Whether the number carries its dagger after the rest of its unit: `15m/s†`, of which the review reads `15m`."""
    number = fault.message.split(":")[0].strip()
    return re.search(rf"{re.escape(number)}/\w+†", fault.quote) is not None


def _told(fault: Fault, case: Case) -> bool:
    """Whether a tool's result has the number in another dress: its count with the policy's own unit (`3 or more`: `3 complaints`), its
    length of time in the larger unit alone (`10시간 22분`: `10시간`)."""
    results = [amount for text in case.told for amount in amounts(text)]
    return any(_same(said, told) for said in amounts(fault.message.partition(": ")[0]) for told in results)


def _same(said: Amount, told: Amount) -> bool:
    if said.dimension != told.dimension or said.low != said.value:
        return False
    if said.dimension == "duration":
        return any(step <= told.value and said.value == told.value // step * step for step in _LARGER)
    return said.dimension == "count" and said.value in (told.low, told.value)


_LARGER = (86_400.0, 3_600.0, 60.0)
"""Days, hours and minutes in seconds."""


def _named(fault: Fault, case: Case) -> str:
    """The message with neighbours by name; numbers are this run's own and say nothing to a model."""
    own = case.numbered.number

    def name(match: re.Match[str]) -> str:
        number = int(match.group(1))
        return "this policy" if number == own else case.names((number,)) or match.group()

    said = re.sub(r"#(\d+)", name, fault.message)
    others = case.names(number for number in fault.policies if number != own)
    return said if not others or others in said else f"{said} ({others})"


def _engines(case: Case) -> Iterator[str]:
    """What the engine says of this candidate: findings with sums, gaps and stories, its own text, what it knows of the service.

    Without its starting values: those are for the draft to declare as its own.
    """
    said = [text for hole in case.candidate.holes for text in _known(hole)]
    said += service_slots(case.bench.service).values()
    base = case.bench.policies.get(case.candidate.id)
    said += [text for _, text in texts(base)] if base is not None else []
    return (_STARTED.sub(" ", text) for text in said)


def _known(hole: Hole) -> Iterator[str]:
    yield from (hole.condition, hole.user_impact, hole.operations_impact)
    for evidence in hole.evidence:
        yield from _words(evidence)


def _words(evidence: Evidence) -> tuple[str, ...]:
    match evidence:
        case Arithmetic():
            return evidence.formula, evidence.result
        case CalendarGap():
            return f"{evidence.who} {evidence.gap} {evidence.hours:g}h", evidence.needed
        case Story():
            return evidence.steps
    return tuple(source.text for source in evidence.sources)
