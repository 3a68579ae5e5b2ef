"""The capacity lens: demand × work against people's hours and units; utilisation, Erlang C waits, rushes, turnarounds."""

from __future__ import annotations

from collections.abc import Iterator

from opslead.lenses.capacity.oversold import oversold
from opslead.lenses.capacity.people import backlog, overload
from opslead.lenses.capacity.units import below_orders, rush, turnaround, units_of
from opslead.lenses.capacity.wrong import wrong_number
from opslead.lenses.hole import Hole
from opslead.model.service import Service

__all__ = ["examine", "units_of"]


def examine(service: Service) -> Iterator[Hole]:
    """People overloaded on an average day or at the peak, work that is never done, openings that sell out at once,
    turnarounds that do not fit, units that are gone within a minute, more sold than there is, numbers that cannot be meant."""
    for look in (overload, backlog, rush, turnaround, below_orders, oversold, wrong_number):
        yield from look(service)
