"""What a specification comes to in figures, so that two of one service can stand beside each other."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from opslead.contract import lint
from opslead.model.service import Service
from opslead.review import Fault, review
from opslead.review.matter import Matter
from opslead.review.openholes import Coverage
from opslead.review.sourcing import Basis, sourced
from opslead.spec.document import Specification
from opslead.spec.labels import SURFACES
from opslead.text import Lang


@dataclass(frozen=True)
class Numbers:
    """How many numbers of the policies rest on what; numbers that only count what is named are not among them."""

    given: int
    computed: int
    declared: int
    blanket: int
    """Called starting values only by a sentence for all numbers of their kind."""
    none: int

    @property
    def total(self) -> int:
        return self.given + self.computed + self.declared + self.blanket + self.none

    @property
    def share(self) -> float:
        """The share, 0 to 1, of numbers that are given, computed or declared one by one; 1 where there are none."""
        return (self.given + self.computed + self.declared) / self.total if self.total else 1.0


@dataclass(frozen=True)
class Figures:
    """One document. `numbers` and `coverage` None: the service was not given. `uncovered`: surfaces that no policy is tagged with."""

    name: str
    language: Lang
    policies: int
    errors: int
    warnings: int
    faults: tuple[Fault, ...]
    uncovered: tuple[int, ...]
    numbers: Numbers | None = None
    coverage: Coverage | None = None

    def count(self, check: str) -> int:
        """Faults of a check; without the service the checks that need it have found nothing."""
        return sum(fault.check == check for fault in self.faults)


def figures(
    name: str,
    specification: Specification,
    service: Service | None = None,
    texts: Sequence[str] = (),
    coverage: Coverage | None = None,
) -> Figures:
    """The document measured. `texts`: the inputs in full; their numbers count as given."""
    findings = lint(specification)
    errors = sum(finding.severity == "error" for finding in findings)
    tagged = {surface for policy in specification.policies for surface in policy.surfaces}
    return Figures(
        name=name,
        language=specification.language,
        policies=len(specification.policies),
        errors=errors,
        warnings=len(findings) - errors,
        faults=review(specification, service, texts),
        uncovered=tuple(sorted(set(SURFACES["ko"]) - tagged)),
        numbers=_numbers(specification, service, texts) if service is not None or texts else None,
        coverage=coverage,
    )


def _numbers(specification: Specification, service: Service | None, texts: Sequence[str]) -> Numbers:
    found: Counter[Basis] = Counter(n.basis for n in sourced(Matter(specification, service, tuple(texts))))
    return Numbers(found["given"], found["computed"], found["declared"], found["blanket"], found["none"])
