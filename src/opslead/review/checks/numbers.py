"""numbers: a number of a policy is neither given nor computed nor declared as a starting value."""

from __future__ import annotations

from collections.abc import Iterator

from opslead.review.fault import Fault, quoted
from opslead.review.matter import Check, Matter
from opslead.review.sourcing import sourced
from opslead.text import pick


def find(matter: Matter) -> Iterator[Fault]:
    """Each number without a source once a policy. Nothing without the service or its text: then nobody knows what is given."""
    if matter.service is None and not matter.texts:
        return
    seen: set[tuple[int, str, float]] = set()
    for number in sourced(matter):
        amount, passage = number.amount, number.passage
        key = (passage.policy, amount.dimension + amount.unit, amount.value)
        if number.basis != "none" or key in seen:
            continue
        seen.add(key)
        message = pick(
            matter.language,
            f"{amount.text}: 입력에 없고 계산되지도, 시작값으로 밝혀지지도 않았다",
            f"{amount.text}: neither given nor computed nor declared as a starting value",
        )
        quote = quoted(passage.text, amount.start, amount.end)
        yield Fault("numbers", (passage.policy,), passage.field, message, quote, passage.line)


CHECK = Check("numbers", find)
