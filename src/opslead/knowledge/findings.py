"""What a computing lens says: one YAML file a mechanism, its texts in both languages with slots that the lens fills.

The lens decides whether and where something is found, and computes; the words, surfaces, grades and questions stand here.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from importlib import resources
from pathlib import Path

from pydantic import Field, TypeAdapter

from opslead.knowledge import schema
from opslead.knowledge.losses import Loss
from opslead.knowledge.schema import Graded, HoleText, Identified, QuestionText
from opslead.knowledge.store import load_entries, read_files


class Finding(Identified):
    """One mechanism (`authority.limit_blind`). Grades are what experience says; a lens that computes a number replaces them."""

    id: str = Field(pattern=r"^[a-z]+\.[a-z_]+$")
    surfaces: tuple[int, ...] = Field(min_length=1, max_length=3)
    loss: Loss
    checklist: tuple[int, ...] = Field((), description="which of the twelve questions it answers, the best first")
    severity: Graded
    occurrence: Graded
    detection: Graded
    hole: HoleText
    questions: tuple[QuestionText, ...] = Field(min_length=1)


_FINDINGS = TypeAdapter(tuple[Finding, ...])


def folder() -> Path:
    """The folder of the findings that come with opslead."""
    return Path(str(resources.files("opslead") / "data" / "findings"))


@cache
def load_findings() -> Mapping[str, Finding]:
    """Every finding by id. Raises InputErrors naming every bad file."""
    schemas = (Path(__file__), Path(schema.__file__))
    found = load_entries(read_files(folder()), lambda _: Finding, _FINDINGS, "findings", schemas)
    return {finding.id: finding for finding in found}
