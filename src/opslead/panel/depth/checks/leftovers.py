"""Nothing in the text that only a machine reads: slots of templates, ids of findings, numbers of policies that are not fixed yet."""

from __future__ import annotations

import re
from collections.abc import Iterator

from opslead.panel.depth.checks.bench import Case, Complaint, Gravity

_SLOT = re.compile(r"\{[a-z_][\w.]*(?:[~:][^{}]*)?\}|\[\[|\]\]|\$\w+|<<<|>>>")
_ID = re.compile(
    r"\b(?:behaviour|coverage|capacity|windows|authority|incentives|handoffs|truth|dependence|exposure|contradictions|patterns|panel)\.[a-z_]+(?:@\S+)?|\bOP\d\d-[a-z0-9-]+"
)
_NUMBER = re.compile(r"(?<![\w&])#\d{1,3}(?!\d)")
_BLANK = re.compile(
    r"\b(?:TBD|TODO|XXX|FIXME|N/A)\b|추후 (?:결정|정의|협의)|미정(?:이다)?$|to be (?:decided|defined|determined)", re.I
)
_KINDS = (
    (_SLOT, "a slot nobody fills", "the word itself"),
    (_ID, "an id of the engine, which no operator knows", "the thing by its name"),
    (_NUMBER, "policies have no numbers yet", "the policy by its name in quotes"),
    (_BLANK, "left open", "a rule, or the question in `uncertain`"),
)  # fmt: skip


def find(case: Case) -> Iterator[Complaint]:
    """The first of each kind in each text; a question may say that something is to be decided."""
    for place, text in case.passages:
        for kind, what, right in _KINDS:
            if kind is _NUMBER and case.policy.number:
                continue  # a document of its own, whose numbers stand
            if kind is _BLANK and place.startswith(("uncertain", "questions")):
                continue
            if (match := kind.search(text)) and not (kind is _NUMBER and match.group() in case.bench.given):
                yield Complaint(Gravity.FORM, place, what, match.group(), right)
