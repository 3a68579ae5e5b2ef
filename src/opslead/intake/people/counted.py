"""People whom a running sentence counts: `inside staff are 2 inspectors and 3 clerks`, `the office is one person (Monica)`."""

from __future__ import annotations

import re
from collections.abc import Iterator

from opslead.intake.page.passages import Passage
from opslead.intake.people.mentions import people
from opslead.intake.people.person import Part, Person
from opslead.model.steps import Role

_NUMBER = r"(?:\d{1,3}|one|two|three|four|five|six|seven|eight|nine|ten)"
_ONE = rf"{_NUMBER}\s[a-z][a-z -]{{2,30}}?"
_STAFF = re.compile(
    rf"\b(?:staff|team|crew|personnel|people)\s(?:are|is|consists?\sof)\s(?P<list>{_ONE}(?:,\s{_ONE})*\s?(?:,?\sand\s{_ONE})?)"
    r"(?P<hours>,\s[^.;]*)?(?=[.;]|$)",
    re.I,
)
_OFFICE = re.compile(
    rf"\b(?:the|our)\s(?P<unit>office|desk|reception|counter|shop|studio|workshop|back office)\sis\s(?P<count>{_NUMBER})\s(?:person|people)"
    r"(?:\s\((?P<names>[A-Z][a-z]+(?:(?:,\s|\sand\s)[A-Z][a-z]+)*)\))?(?P<hours>,\s[^.;]*)?(?=[.;]|$)",
    re.I,
)

Counted = tuple[str, Person, str]
"""The name of a job, its word for a person, and what is said of number and hours."""


def counted(passage: Passage) -> Iterator[Counted]:
    """The jobs that a sentence counts, each with its number and the hours that hold for all of them."""
    for match in _STAFF.finditer(passage.text):
        hours = match["hours"] or ""
        for piece in re.split(r",\s(?:and\s)?|\sand\s", match["list"]):
            if person := next((p for p in people(piece) if p.end == len(piece)), None):
                yield person.name, person, f"{piece}{hours}"
    for match in _OFFICE.finditer(passage.text):
        unit, names = match["unit"].lower(), match["names"]
        office = Person(0, len(unit), unit, unit, Role.STAFF, f"={unit}", Part.NAMED)
        said = (
            f"{match['count']} {'person' if match['count'].lower() in ('1', 'one') else 'people'}{match['hours'] or ''}"
        )
        yield (f"{unit} ({names})" if names else unit), office, said
