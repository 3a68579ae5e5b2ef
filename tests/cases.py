"""The cases of a pattern: services on which it must fire, stay quiet, or say that it does not know.

A pattern without `when` fires where a computing lens finds one of its mechanisms; its policy is written with the slots of that hole.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Annotated

from pydantic import BaseModel, BeforeValidator, ConfigDict

from opslead.knowledge.schema import Pattern
from opslead.knowledge.slots import service_slots
from opslead.lenses import examine_all
from opslead.lenses import patterns as lens
from opslead.lenses.hole import Hole
from opslead.model.defaults import complete
from opslead.model.document import ServiceText
from opslead.model.resolve import resolve
from opslead.model.service import Service
from opslead.model.yamlio import parse_yaml
from opslead.policy.write import write_policy

FOLDER = Path(__file__).parent / "patterns"


def _many(value):
    return (value,) if isinstance(value, str) else value


class Case(BaseModel):
    """One service and why; `says` are words that the filled texts must hold."""

    model_config = ConfigDict(extra="forbid", frozen=True)
    why: str
    service: ServiceText
    says: Annotated[tuple[str, ...], BeforeValidator(_many)] = ()


class Cases(BaseModel):
    """The cases file of a pattern."""

    model_config = ConfigDict(extra="forbid", frozen=True)
    fires: tuple[Case, ...] = ()
    quiet: tuple[Case, ...] = ()
    unknown: tuple[Case, ...] = ()


def load_cases(pattern_id: str) -> Cases:
    path = FOLDER / f"{pattern_id}.yaml"
    return Cases.model_validate(parse_yaml(path.read_text(encoding="utf-8"), str(path)).value)


def failures(pattern: Pattern, cases: Cases) -> Iterator[str]:
    """What the pattern does that its cases do not allow."""
    for case in cases.fires:
        hole = _hole(pattern, case)
        if hole is None or not hole.certain:
            yield f"does not fire: {case.why}" if hole is None else f"fires unsure: {case.why}"
            continue
        slots = {**service_slots(_service(pattern, case)), **hole.slots}
        policy = write_policy(pattern, slots, case.service.language)
        said = " ".join([hole.condition, hole.user_impact, hole.operations_impact, policy.model_dump_json()])
        yield from (f"does not say {word!r}: {case.why}" for word in case.says if word not in said)
    for case in cases.quiet:
        if _hole(pattern, case) is not None:
            yield f"is not quiet: {case.why}"
    for case in cases.unknown:
        hole = _hole(pattern, case)
        if hole is None or hole.certain:
            yield f"is not unsure: {case.why}"


def found(pattern: Pattern, case: Case) -> tuple[Hole, ...]:
    """The pattern's own holes, or those of its mechanisms where it has no matchers."""
    service = _service(pattern, case)
    if pattern.when:
        return tuple(lens.examine(service, [pattern]))
    return tuple(hole for hole in examine_all(service, ()) if hole.mechanism in pattern.finding)


def _hole(pattern: Pattern, case: Case) -> Hole | None:
    return next(iter(found(pattern, case)), None)


def _service(pattern: Pattern, case: Case) -> Service:
    """Matchers are tried on the service as written, computing lenses on the one that a run examines."""
    return resolve(case.service if pattern.when else complete(case.service))
