"""The review: what is not true in a specification, held against itself and against the service. No model of language takes part.

The contract checks the form; the review checks the matter, whoever wrote it. Every module of `checks` carries a `CHECK`; adding
one means adding a file. A fault has to be true: where a check cannot read what stands there, it says nothing (`design/review.md`).
"""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Sequence
from functools import cache

from opslead.model.service import Service
from opslead.review import checks as _checks
from opslead.review.fault import Fault
from opslead.review.matter import Check, Matter
from opslead.spec.document import Policy, Quantity, Specification
from opslead.text import detect

__all__ = ["Check", "Fault", "Matter", "checks", "review", "review_policy"]


@cache
def checks() -> tuple[Check, ...]:
    """All checks by name."""
    names = sorted(info.name for info in pkgutil.iter_modules(_checks.__path__))
    found = [importlib.import_module(f"{_checks.__name__}.{name}").CHECK for name in names]
    return tuple(sorted(found, key=lambda check: check.name))


def review(
    specification: Specification, service: Service | None = None, texts: Sequence[str] = ()
) -> tuple[Fault, ...]:
    """Every fault of every check, by line, then check.

    `service`: without it nothing is said of names, duty and the source of numbers that only the model knows. `texts`: the inputs
    in full (description, charter, breach report); their numbers count as given.
    """
    return _all(Matter(specification, service, tuple(texts)))


def review_policy(
    policy: Policy,
    others: Sequence[Policy],
    service: Service | None = None,
    quantities: Sequence[Quantity] = (),
    assumptions: Sequence[str] = (),
    texts: Sequence[str] = (),
) -> tuple[Fault, ...]:
    """The faults of one drafted policy among its neighbours; those that the neighbours have without it are left out.

    `quantities`: the computed numbers it may use; `assumptions`: the declared ones of its document. A neighbour with the
    draft's own number is what the draft replaces.
    """
    neighbours = tuple(other for other in others if other.number != policy.number)
    specification = Specification(
        title=policy.name,
        language=service.language if service is not None else detect(f"{policy.name} {policy.intent} {policy.trigger}"),
        assumptions=tuple(assumptions),
        policies=tuple(sorted((*neighbours, policy), key=lambda one: one.number)),
        quantities=tuple(quantities),
    )
    return _all(Matter(specification, service, tuple(texts), frozenset({policy.number})))


def _all(matter: Matter) -> tuple[Fault, ...]:
    found = {fault for check in checks() for fault in check.find(matter)}
    return tuple(sorted(found, key=lambda f: (f.line, f.policies, f.check, f.field, f.message, f.quote)))
