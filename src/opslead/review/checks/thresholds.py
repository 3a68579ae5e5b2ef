"""thresholds: two policies set the same limit differently, or one starts another at a mark that the other does not know."""

from __future__ import annotations

import re
from collections.abc import Iterator

from opslead.review.amounts import amounts
from opslead.review.fault import Fault, quoted
from opslead.review.limits import Limit, limits, same_thing
from opslead.review.matter import Check, Matter, policy_passages
from opslead.spec.document import Policy
from opslead.text import pick


def find(matter: Matter) -> Iterator[Fault]:
    """Every pair of policies once for each limit they disagree on."""
    set_by = {
        policy.number: [limit for passage in policy_passages(policy) for limit in limits(passage)]
        for policy in matter.specification.policies
    }
    for one, other in matter.pairs:
        seen: set[tuple[float, float]] = set()
        for first in set_by[one.number]:
            for second in set_by[other.number]:
                values = (first.amount.value, second.amount.value)
                if values[0] != values[1] and values not in seen and same_thing(first, second):
                    if any(
                        same_thing(first, third) and third.amount.value == values[0] for third in set_by[other.number]
                    ):
                        continue  # the other policy has this value too: it distinguishes cases
                    seen.add(values)
                    yield _contradiction(matter, first, second)
    yield from _starts(matter)


def _contradiction(matter: Matter, one: Limit, other: Limit) -> Fault:
    numbers = (one.passage.policy, other.passage.policy)
    message = pick(
        matter.language,
        f"같은 것의 한도가 다르다: #{numbers[0]}에서는 {one.amount.text}, #{numbers[1]}에서는 {other.amount.text}",
        f"the same limit twice: {one.amount.text} in #{numbers[0]}, {other.amount.text} in #{numbers[1]}",
    )
    quotes = " / ".join(quoted(x.passage.text, x.amount.start, x.amount.end)[:120] for x in (one, other))
    return Fault("thresholds", numbers, other.passage.field, message, quotes, other.passage.line)


_STARTS = re.compile(
    r"#(?P<number>\d{1,3})(?:\s?\([^)]*\))?\s?(?:(?:is|are)\s(?:started|switched on|activated|triggered)|turns on|(?:을|를|이|가)\s?(?:자동으로\s)?(?:발동|켜|시작))",
    re.I,
)


def _starts(matter: Matter) -> Iterator[Fault]:
    """`at 20% of the stalls #17 is started`, while the trigger of #17 has shares, and 20% is none of them."""
    known = {policy.number: policy for policy in matter.specification.policies}
    for policy in matter.specification.policies:
        for passage in policy_passages(policy):
            for match in _STARTS.finditer(passage.text):
                other = known.get(int(match["number"]))
                if other is not None and other is not policy and _is_judged(matter, policy, other):
                    yield from _unknown_marks(matter, policy, other, passage.text, match, passage.line)


def _is_judged(matter: Matter, *policies: Policy) -> bool:
    return matter.judged is None or any(policy.number in matter.judged for policy in policies)


def _unknown_marks(
    matter: Matter, policy: Policy, other: Policy, text: str, match: re.Match[str], line: int
) -> Iterator[Fault]:
    own = {(a.dimension, a.value) for a in amounts(other.trigger)}
    kinds = {dimension for dimension, _ in own}
    begin = max(text.rfind(". ", 0, match.start()) + 1, text.rfind(";", 0, match.start()) + 1, 0)
    for amount in amounts(text[begin : match.start()]):
        if amount.dimension == "share" and "share" in kinds and ("share", amount.value) not in own:
            message = pick(
                matter.language,
                f"#{policy.number}은 {amount.text}에서 #{other.number}을 켜지만 #{other.number}의 발동 조건에는 그 기준이 없다",
                f"#{policy.number} starts #{other.number} at {amount.text}, which the trigger of #{other.number} does not know",
            )
            quote = f"{quoted(text, begin, match.end())} / {quoted(other.trigger)}"
            yield Fault("thresholds", (policy.number, other.number), "trigger", message, quote, line)


CHECK = Check("thresholds", find)
