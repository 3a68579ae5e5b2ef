"""What can be mended in somebody's Markdown without knowing the service: names, order, numbers. No sentence is written, none is lost.

A fix is kept only where the document says the same before and after; what it would change otherwise stays a finding.
"""

from __future__ import annotations

from dataclasses import dataclass

from opslead.contract.fixes import labels, legend, numbers, order, rollout, titles
from opslead.contract.fixes.change import Change
from opslead.spec.document import Specification
from opslead.spec.parse import parse_specification

__all__ = ["Change", "Fixed", "fix"]

_FIXES = (titles.mend, order.mend, labels.mend, numbers.mend, rollout.mend, legend.mend)
"""In this order: the order of sections is known by their titles, a policy's lines by its labels."""


@dataclass(frozen=True)
class Fixed:
    """The mended text and what was done, by the lines of the text before."""

    text: str
    changes: tuple[Change, ...]


def fix(text: str) -> Fixed:
    """The text with everything mechanical mended; a second time changes nothing. JSON is given back as it is."""
    if text.lstrip().startswith("{"):
        return Fixed(text, ())
    done: list[Change] = []
    read = parse_specification(text, "")
    for mend in _FIXES:
        mended, changes = mend(text, read)
        if not changes:
            continue
        again = parse_specification(mended, "")
        if _says(again) == _says(read):
            text, read = mended, again
            done += changes
    return Fixed(text, tuple(done))


def _says(specification: Specification) -> object:
    """Everything the document says, whatever its order and numbering; a row that stands twice says it once."""
    told = specification.model_dump(exclude={"rollout", "failure_modes"})
    modes = [mode.model_dump(exclude={"id"}) for mode in specification.failure_modes]
    placed = {
        name: {item.model_dump_json() for item in getattr(specification.rollout, name)}
        for name in ("week_1", "weeks_1_4", "months_1_3")
    }
    return told, modes, placed
