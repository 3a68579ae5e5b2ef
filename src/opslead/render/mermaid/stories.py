"""The stories of the search as sequence diagrams."""

from __future__ import annotations

from collections.abc import Iterator

from opslead.behaviour.sequence import Arrow, Sequence
from opslead.render.sequence import mermaid
from opslead.spec.document import Specification


def stories(specification: Specification) -> Iterator[tuple[str, str]]:
    """The finding's id and the diagram of its first story, for every finding that the search has a story of."""
    told: set[str] = set()
    for story in specification.stories:
        if story.finding not in told:
            told.add(story.finding)
            arrows = tuple(Arrow(arrow.source, arrow.target, arrow.text) for arrow in story.arrows)
            yield story.finding, mermaid(Sequence(story.lanes, arrows, story.ending))
