"""The refund ladder read as payoffs: what each exit pays back, by when it was told and why."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta

from opslead.lenses.worth import stated
from opslead.model.service import Exit, Fact, Service, Source, Tier
from opslead.model.steps import Role

EVENT = re.compile(
    r"기상|특보|태풍|호우|폭설|날씨|천재지변|재난|weather|storm|hurricane|typhoon|snow|force majeure|flood", re.I
)
"""External events that people see coming."""
NO_SHOW = re.compile(r"노쇼|미방문|불참|no[- ]?show|not showing up|fail(?:s|ed)? to (?:show|appear)", re.I)
_SAME_DAY = re.compile(r"당일|same[- ]day|on the day|before the start|before_start|직전", re.I)


@dataclass(frozen=True)
class Rung:
    """Telling `before` the use (zero: on the day) pays back `share`."""

    before: timedelta
    share: Fact[float]
    tier: Tier


@dataclass(frozen=True)
class Ladder:
    """The customer's ways out of one flow: rungs by time with the earliest first, not coming, an external event."""

    exit: Exit
    rungs: tuple[Rung, ...]
    no_show: tuple[Fact[float], Source] | None
    event: tuple[Fact[float], Tier] | None

    @property
    def best(self) -> Rung:
        return max(self.rungs, key=lambda rung: (rung.share.value, rung.before))

    @property
    def last(self) -> Rung:
        """What telling at the last moment pays back."""
        return min(self.rungs, key=lambda rung: rung.before)


def ladder(service: Service, least: int = 2) -> Ladder | None:
    """The customer's first stated cancellation with at least so many rungs; None where there is none."""
    for way in service.exits("cancel"):
        if not stated(way.source) or (way.by is not None and way.by.role is not Role.CUSTOMER):
            continue
        rungs = tuple(sorted(_rungs(way), key=lambda rung: -rung.before))
        if len(rungs) >= least:
            return Ladder(way, rungs, _not_coming(service, way), _event(service, way))
    return None


def _rungs(way: Exit) -> Iterator[Rung]:
    for tier in way.tiers:
        if tier.share is None or EVENT.search(tier.until) or NO_SHOW.search(tier.until):
            continue
        if tier.before is not None:
            yield Rung(tier.before, tier.share, tier)
        elif _SAME_DAY.search(tier.until):
            yield Rung(timedelta(0), tier.share, tier)


def _not_coming(service: Service, way: Exit) -> tuple[Fact[float], Source] | None:
    for tier in way.tiers:
        if NO_SHOW.search(tier.until) and tier.share is not None:
            return tier.share, tier.source
    for other in service.exits("no_show"):
        if other.by is None or other.by.role is Role.CUSTOMER:
            for tier in other.tiers:
                if tier.share is not None:
                    return tier.share, tier.source
    return None


def _event(service: Service, way: Exit) -> tuple[Fact[float], Tier] | None:
    tiers = [*way.tiers, *(tier for other in service.exits("weather") for tier in other.tiers)]
    return next(((t.share, t) for t in tiers if t.share is not None and EVENT.search(t.until)), None)
