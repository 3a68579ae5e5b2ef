"""Sections in the order of the contract; each moves whole, with everything under its heading."""

from __future__ import annotations

import re

from opslead.contract.fixes.change import Change
from opslead.spec.document import Specification
from opslead.spec.labels import SECTIONS
from opslead.text import pick


def mend(text: str, specification: Specification) -> tuple[str, list[Change]]:
    lang = specification.language
    raw = text.splitlines(keepends=True)
    known = list(SECTIONS[lang])
    starts = sorted((line, name) for name, line in specification.sections.items())
    found = [name for _, name in starts if name in known]
    levels = {len(match[1]) for line, _ in starts if (match := re.match(r"(#+)\s", raw[line - 1]))}
    if (
        found == sorted(found, key=known.index)
        or len(levels) != 1
        or any(raw[line - 1][0] != "#" for line, _ in starts)
    ):
        return text, []
    ends = [line - 1 for line, _ in starts[1:]] + [len(raw)]
    blocks = {name: "".join(raw[line - 1 : end]).strip("\n") for (line, name), end in zip(starts, ends, strict=True)}
    rest = [name for name in blocks if name not in known]
    head = "".join(raw[: starts[0][0] - 1]).rstrip("\n")
    ordered = [blocks[name] for name in (*sorted(found, key=known.index), *rest)]
    moved = pick(lang, "절을 계약의 순서로 놓음", "sections put in the order of the contract")
    return "\n\n".join(([head] if head else []) + ordered) + "\n", [Change(starts[0][0], moved)]
