"""Everything that can go wrong, as a person meets it.

    OpsleadError
    └── InputErrors      one or more Problems of the user's input, shown together; the command exits with 2

A `Problem` names the place, the reason and what to do. The engine raises; only `cli` prints.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

_LABEL = re.compile(
    r"^(?P<source>.+):(?P<label>p\.\d+(?: l\.\d+)?|¶\d+|table \d+ row \d+|slide \d+(?: ¶\d+)?|[^:!]+![A-Z]{1,3}\d+)$"
)
"""`plan.pdf:p.3 l.14`, `plan.docx:¶12`, `deck.pptx:slide 4 ¶2`, `numbers.xlsx:Prices!B7`: what `intake.page.readers` writes."""


@dataclass(frozen=True, order=True)
class Place:
    """A position in a source: `source` as the user named it, `line` and `column` counted from 1, 0 where unknown.

    A document that has no lines of its own (a PDF, a Word file, a workbook) names the position by `label`, in the terms that the
    document's program shows: page, paragraph, slide, cell. `line` then only orders places and tells neighbours.
    """

    source: str
    line: int = 0
    column: int = 0
    label: str = ""

    def __str__(self) -> str:
        if self.label:
            return f"{self.source}:{self.label}"
        parts = [self.source] + [str(n) for n in (self.line, self.column) if n]
        return ":".join(parts)

    @classmethod
    def parse(cls, text: str) -> Place:
        """The place that `str` wrote. Of a label, the line is its numbers in one, so that order and neighbourhood stay."""
        if match := _LABEL.match(text):
            line = 0
            for number in re.findall(r"\d+", match["label"].rpartition("!")[2]):
                line = line * _MOST_ON_A_PAGE + int(number)
            return cls(match["source"], line, 0, match["label"])
        source, _, number = text.rpartition(":")
        return cls(source, int(number)) if number.isdecimal() and source else cls(text)


_MOST_ON_A_PAGE = 10_000


@dataclass(frozen=True, order=True)
class Problem:
    """One thing wrong with the input: where, why, and how to mend it."""

    place: Place
    reason: str
    hint: str = ""

    def __str__(self) -> str:
        return f"{self.place}: {self.reason}" + (f"\n    hint: {self.hint}" if self.hint else "")


class OpsleadError(Exception):
    """The root of all errors that opslead raises on purpose."""


class InputErrors(OpsleadError):
    """All problems of one reading, in the order of their places."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(sorted(set(problems)))
        super().__init__("\n".join(map(str, self.problems)))

    @classmethod
    def one(cls, source: str, reason: str, hint: str = "", line: int = 0, column: int = 0) -> InputErrors:
        return cls([Problem(Place(source, line, column), reason, hint)])
