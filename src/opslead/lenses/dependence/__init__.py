"""The dependence lens: a partner or the system itself away for 5 minutes, an hour, a day; at the peak and at night; and one person on whom it all hangs."""

from __future__ import annotations

from collections.abc import Iterator

from opslead.lenses.dependence.alone import only_person
from opslead.lenses.dependence.partners import silent_partner
from opslead.lenses.dependence.rounds import rounds
from opslead.lenses.dependence.stated import stated_limits
from opslead.lenses.dependence.system import system_down
from opslead.lenses.hole import Hole
from opslead.model.service import Service


def examine(service: Service) -> Iterator[Hole]:
    """What stops, what goes on by hand, how many cases meet it, and what comes back afterwards; the numbers from the description."""
    yield from silent_partner(service)
    yield from system_down(service)
    yield from rounds(service)
    yield from only_person(service)
    yield from stated_limits(service)
