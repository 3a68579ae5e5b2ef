"""The conventions that .docx, .pptx and .xlsx share: which part is the main one, and what a part refers to."""

from __future__ import annotations

import posixpath
from collections.abc import Mapping
from dataclasses import dataclass

from opslead.intake.page.readers.archive import Archive
from opslead.intake.page.readers.xml import Budget, fragments

CONTENT_TYPES = "[Content_Types].xml"


@dataclass(frozen=True)
class Relation:
    """A reference from one part to another inside the container; `kind` is the last word of its type."""

    kind: str
    target: str


def relations(archive: Archive, part: str, budget: Budget) -> Mapping[str, Relation]:
    """What a part (empty: the container) refers to, by id. References to the outside are left out: nothing is fetched."""
    folder, _, file = part.rpartition("/")
    listed = archive.read(posixpath.join(folder, "_rels", f"{file}.rels"))
    found = {}
    for element in fragments(listed, {"Relationship"}, budget):
        if element.get("TargetMode", "").lower() == "external":
            continue
        target = element.get("Target", "")
        path = target.lstrip("/") if target.startswith("/") else posixpath.normpath(posixpath.join(folder, target))
        found[element.get("Id", "")] = Relation(element.get("Type", "").rpartition("/")[2], path)
    return found


def main_part(archive: Archive, budget: Budget) -> str:
    """The name of the document itself, empty where the container has none."""
    listed = relations(archive, "", budget).values()
    return next((relation.target for relation in listed if relation.kind == "officeDocument"), "")


def related(archive: Archive, part: str, kind: str, budget: Budget) -> str:
    """The first part of a kind (`styles`, `numbering`) that the part refers to, empty where there is none."""
    listed = relations(archive, part, budget).values()
    return next((relation.target for relation in listed if relation.kind == kind and relation.target in archive), "")
