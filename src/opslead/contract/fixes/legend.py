"""The line that says what the dagger means, where daggers stand and the line does not."""

from __future__ import annotations

import re

from opslead.contract.fixes.change import Change
from opslead.spec.document import Specification
from opslead.spec.labels import LEGEND
from opslead.text import STARTING, pick

_EXPLAINED = re.compile(rf"^\W*{STARTING}\W*\s*(?:=|:|는|은|means\b|marks\b|—)", re.M)


def mend(text: str, specification: Specification) -> tuple[str, list[Change]]:
    start = specification.sections.get("policies", 0)
    if STARTING not in text or not start or _EXPLAINED.search(text):
        return text, []
    raw = text.splitlines(keepends=True)
    lang = specification.language
    raw[start - 1] = raw[start - 1].rstrip("\n") + f"\n\n{LEGEND[lang]}\n"
    said = pick(lang, f"{STARTING}의 뜻을 넣음", f"the meaning of {STARTING} added")
    return "".join(raw), [Change(start, said)]
