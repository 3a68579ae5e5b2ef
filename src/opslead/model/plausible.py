"""Numbers that cannot be meant.

In a `service.yaml` such a number is an error with its place (`faults`, raised by `resolve`); in a description it may be a
misreading, so the lenses ask about it with its quotation, by the same predicates. What is odd but would really happen (a shift
of 0 people, a payout on the 31st, a ladder that pays more the later one cancels) is a finding, not a fault.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta

from opslead.model import document as doc
from opslead.model.measure import parse_duration, parse_number, parse_share
from opslead.model.yamlio import Path

LONGEST_HOLD = timedelta(days=366)
"""Longer than a year nothing is held that is not yet paid for."""
DAY_MINUTES = 24 * 60
ROUNDING = 1.01
"""Shares of one whole may add up to this."""
_DAY_OF_MONTH = re.compile(
    r"(?:매월|매달|익월|다음\s*달|당월|월)\s*(\d{1,3})\s*일|\b(?:day\s+)?(\d{1,3})(?:st|nd|rd|th)\b", re.I
)
_SHARES_OF_CASES = frozenset(
    {
        "no_show",
        "cancel",
        "refund",
        "return",
        "channel",
        "conversion",
        "error",
        "complaint",
        "damage",
        "late",
        "abandon",
    }
)
"""Rates that count cases among cases, so that more than all of them cannot be; occupancy can be, by overbooking."""
_PARTS_OF_PRICE = frozenset({"commission", "discount"})


def hold_fault(length: timedelta) -> str:
    """Why nothing is held for that long: `zero`, `long`, or empty."""
    if length <= timedelta(0):
        return "zero"
    return "long" if length > LONGEST_HOLD else ""


def day_of_month(due: str) -> int | None:
    """The day of the month that a due date names (`매월 10일`, `the 5th of each month`), also one that no month has."""
    match = _DAY_OF_MONTH.search(due)
    return int(match[1] or match[2]) if match else None


def no_such_day(due: str) -> bool:
    """Whether it names a day that no month has: the 32nd, the 0th."""
    day = day_of_month(due)
    return day is not None and not 1 <= day <= 31


def more_than_all(kind: str, share: float) -> bool:
    """Whether the rate counts more cases than there are."""
    return kind in _SHARES_OF_CASES and share > 1


@dataclass(frozen=True)
class Fault:
    """A value of the document that cannot be meant: where it stands, why, and what to write instead."""

    path: Path
    reason: str
    hint: str


def faults(text: doc.ServiceText) -> Iterator[Fault]:
    """Every number of the document that cannot be meant. Values that cannot be read at all are reported elsewhere."""
    if text.sites is not None and parse_number(str(text.sites.value)) == 0:
        yield Fault(("sites",), "it runs at 0 places", "leave `sites` out while it is not known")
    for index, resource in enumerate(text.resources):
        if resource.capacity is not None and parse_number(str(resource.capacity.value)) == 0:
            reason = f"the capacity of {resource.name!r} is 0, so there is nothing to sell"
            yield Fault(("resources", index, "capacity"), reason, "leave `capacity` out while it is not known")
    for index, flow in enumerate(text.flows):
        yield from _flow(flow, ("flows", index))
    for index, clock in enumerate(text.clocks):
        if clock.kind == "ttl" and clock.length is not None:
            yield from _hold(clock.length, ("clocks", index, "length"))
    yield from _money(text)
    for index, rate in enumerate(text.rates):
        share = parse_share(str(rate.share.value))
        if share is not None and more_than_all(rate.kind, share):
            reason = f"{rate.share.value!r} of {rate.kind!r} is more than all cases"
            yield Fault(("rates", index, "share"), reason, "write 18% or 0.18")
    yield from _channels(text.channels)


def _flow(flow: doc.FlowText, path: Path) -> Iterator[Fault]:
    for index, step in enumerate(flow.steps):
        where = (*path, "steps", index)
        if step.kind == "hold" and step.within is not None:
            yield from _hold(step.within, (*where, "within"))
        minutes = parse_number(str(step.minutes.value)) if step.minutes is not None else None
        if minutes is not None and minutes > DAY_MINUTES:
            reason = f"{minutes:g} minutes of a person's work each time are more than a day"
            yield Fault((*where, "minutes"), reason, "`minutes` counts work, not waiting; a time limit is `within`")
    for index, way in enumerate(flow.exits):
        for number, tier in enumerate(way.tiers):
            share = parse_share(str(tier.share.value)) if tier.share is not None else None
            if share is not None and share > 1:
                where = (*path, "exits", index, "tiers", number, "share")
                hint = "what is paid on top of the price is `money` of the kind compensation"
                yield Fault(where, f"{share:.0%} pays back more than was paid", hint)


def _hold(said: doc.Said, path: Path) -> Iterator[Fault]:
    length = parse_duration(str(said.value))
    fault = hold_fault(length) if length is not None else ""
    if fault:
        why = "ends as it begins" if fault == "zero" else "is longer than a year"
        hint = "a hold is the short claim until payment: write 10m or 24h; what is paid for runs by `renew`"
        yield Fault(path, f"a hold of {said.value!r} {why}", hint)


def _money(text: doc.ServiceText) -> Iterator[Fault]:
    for index, rule in enumerate(text.money):
        if rule.due is not None and no_such_day(str(rule.due.value)):
            hint = "days run from 1 to 31; the last day is 매월 말일 or the end of each month"
            yield Fault(("money", index, "due"), f"no month has the day of {rule.due.value!r}", hint)
        share = parse_share(str(rule.share.value)) if rule.share is not None else None
        if share is not None and share > 1 and rule.kind in _PARTS_OF_PRICE:
            reason = f"a {rule.kind} of {share:.0%} is more than the whole price"
            yield Fault(("money", index, "share"), reason, "write 7% or 0.07")


def _channels(channels: tuple[doc.ChannelText, ...]) -> Iterator[Fault]:
    """Shares of one whole: none above it, and not above it together."""
    hint = "the shares of all channels add up to 100% at most"
    known = [
        (index, share)
        for index, channel in enumerate(channels)
        if channel.share is not None and (share := parse_share(str(channel.share.value))) is not None
    ]
    for index, share in known:
        if share > 1:
            yield Fault(("channels", index, "share"), f"{share:.0%} is more than all cases", hint)
    total = sum(share for _, share in known)
    if known and total > ROUNDING and all(share <= 1 for _, share in known):
        yield Fault(("channels", known[-1][0], "share"), f"with this the channels add up to {total:.0%}", hint)
