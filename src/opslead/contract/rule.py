"""What a rule of the contract is, and what it finds. One rule a file in `rules/`."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Literal

from opslead.spec.document import Specification
from opslead.text import Lang

Severity = Literal["error", "warning"]


@dataclass(frozen=True)
class Breach:
    """One place where a specification breaks a rule. `where` says it in words (`Policy #3, trigger`); `line` is 0 when
    the document was not parsed from a text; `quote` are the offending words."""

    where: str
    message: str
    quote: str = ""
    repair: str = ""
    line: int = 0


@dataclass(frozen=True)
class Rule:
    """A rule with its examples. `check` yields every breach; `summary`, `why` and `repair`, what to do about it in general, in
    both languages."""

    id: str
    name: str
    severity: Severity
    summary: Mapping[Lang, str]
    why: Mapping[Lang, str]
    repair: Mapping[Lang, str]
    bad: str
    good: str
    check: Callable[[Specification], Iterable[Breach]]


@dataclass(frozen=True)
class Finding:
    """A breach with its rule."""

    rule: str
    severity: Severity
    breach: Breach

    def __str__(self) -> str:
        place = f"line {self.breach.line}: " if self.breach.line else ""
        quote = f" — “{self.breach.quote}”" if self.breach.quote else ""
        repair = f"\n    repair: {self.breach.repair}" if self.breach.repair else ""
        return f"{self.rule} {self.severity}: {place}{self.breach.where}: {self.breach.message}{quote}{repair}"
