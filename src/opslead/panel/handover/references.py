"""References between policies, from a reply's numbers to the document's."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from opslead.contract.words import texts
from opslead.spec.document import Policy
from opslead.text import josa

_REFERENCE = re.compile(r"(?<![\w&])#(?P<number>\d{1,3})(?!\d)")
_PARTICLE = re.compile(r"^(?P<said>으로|로|은|는|이|가|을|를|과|와)(?=[\s,.)·:;]|$)")
_PAIRS = {
    "이": "이/가", "가": "이/가", "을": "을/를", "를": "을/를", "은": "은/는", "는": "은/는",
    "과": "과/와", "와": "과/와", "으로": "으로/로", "로": "으로/로",
}  # fmt: skip


def called(policy: Policy) -> frozenset[int]:
    """The numbers that the policy's texts refer to."""
    return frozenset(int(match["number"]) for _, text in texts(policy) for match in _REFERENCE.finditer(text))


def renumber(text: str, numbers: Mapping[int, str]) -> str:
    """The text with each `#7` that `numbers` knows put in its words, Korean particles fitted to them; others stay as they are."""
    out: list[str] = []
    end = 0
    for match in _REFERENCE.finditer(text):
        new = numbers.get(int(match["number"]))
        if new is None:
            continue
        out.append(text[end : match.start()])
        end = match.end()
        particle = _PARTICLE.match(text[end:])
        if particle:
            new, end = josa(new, _PAIRS[particle["said"]]), end + particle.end()
        out.append(new)
    return "".join([*out, text[end:]])


def unknown(policy: Policy, numbers: Iterable[int]) -> tuple[int, ...]:
    """The numbers that the policy calls and that no policy of the replies has."""
    return tuple(sorted(called(policy) - set(numbers)))
