"""Everything that can go wrong, as a person meets it.

    OpsleadError
    └── InputErrors      one or more Problems of the user's input, shown together; the command exits with 2

A `Problem` names the place, the reason and what to do. The engine raises; only `cli` prints.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, order=True)
class Place:
    """A position in a source: `source` as the user named it, `line` and `column` counted from 1, 0 where unknown."""

    source: str
    line: int = 0
    column: int = 0

    def __str__(self) -> str:
        parts = [self.source] + [str(n) for n in (self.line, self.column) if n]
        return ":".join(parts)


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
