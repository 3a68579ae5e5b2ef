"""What the review finds: a place where a specification is wrong about itself or about the service."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, order=True)
class Fault:
    """One thing that is not true.

    `check` is the check's name; `policies` the numbers of the policies that the fault concerns, empty where it stands outside the
    catalog; `field` the policy's field or the section; `quote` the words it rests on; `line` of the document, 0 where it has none.
    """

    check: str
    policies: tuple[int, ...]
    field: str
    message: str
    quote: str = ""
    line: int = 0

    def __str__(self) -> str:
        where = ", ".join(f"#{number}" for number in self.policies)
        place = ", ".join(part for part in (where, self.field, f"line {self.line}" if self.line else "") if part)
        quote = f" — “{self.quote}”" if self.quote else ""
        return f"{self.check}: {place}: {self.message}{quote}"


LONGEST_QUOTE = 160


def quoted(text: str, start: int = 0, end: int | None = None) -> str:
    """The words around `text[start:end]` in one line, at most 160 characters of them."""
    end = len(text) if end is None else end
    room = max(0, LONGEST_QUOTE - (end - start)) // 2
    left, right = max(0, start - room), min(len(text), end + room)
    words = " ".join(text[left:right].split())
    if len(words) > LONGEST_QUOTE:
        words = words[: LONGEST_QUOTE - 1] + "…"
    return ("…" if left else "") + words + ("…" if right < len(text) else "")
