"""The stories of the search as sequence diagrams: found again, since a specification holds them as sentences."""

from __future__ import annotations

from collections.abc import Iterator

from opslead.behaviour.attack import attack
from opslead.behaviour.sequence import sequence
from opslead.behaviour.system import UnsearchableError
from opslead.lenses.hole import hole_id
from opslead.model.service import Service
from opslead.render.sequence import mermaid
from opslead.spec.document import Specification


def stories(specification: Specification, service: Service) -> Iterator[tuple[str, str]]:
    """The finding's id and the diagram of its first story, for every finding that the search has a story of."""
    known = {mode.id for mode in specification.findings}
    if not any(mode.startswith("behaviour.") for mode in known):
        return
    told: set[str] = set()
    try:
        reports = attack(service)
    except UnsearchableError:
        return  # the specification names what was not searched
    for report in reports:
        for story in report.stories:
            ident = hole_id(f"behaviour.{story.accident}", report.scope.flow.id)
            if ident in known and ident not in told:
                told.add(ident)
                yield ident, mermaid(sequence(story, report.scope, service))
