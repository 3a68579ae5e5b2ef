"""More sold than there is: how often the stated share of no-shows does not make up for it."""

from __future__ import annotations

import math
from collections.abc import Iterator

from opslead.lenses.finding import find
from opslead.lenses.hole import Arithmetic, Hole
from opslead.model.guardrails import GuardrailKind
from opslead.model.measure import format_number, format_share
from opslead.model.service import Service
from opslead.quantities.inputs import main_units
from opslead.quantities.overbooking import binomial_at_least
from opslead.text import pick

RARE = 0.005
"""The chance on a full day below which sending somebody away is no matter of course: once in 200 such days."""


def oversold(service: Service) -> Iterator[Hole]:
    """A stated share sold beyond the units, held against the stated share that does not come (binomial shows)."""
    over, absent = service.rate("overbooking"), service.rate("no_show")
    found = main_units(service, perishable=True)
    if (
        over is None
        or absent is None
        or found is None
        or not 0 < over.share.value < 1
        or not 0 < absent.share.value < 1
    ):
        return
    resource, count, source = found
    units, share, missing = math.floor(count), over.share.value, absent.share.value
    sold = math.floor(units * (1 + share) + 1e-9)
    chance = binomial_at_least(units + 1, sold, 1 - missing)
    if chance < RARE or service.control(GuardrailKind.COMPENSATE, "check_in", "hand_over", "start") is not None:
        return
    shown = round(chance, 3)
    lang, come = service.language, format_number(round(sold * (1 - missing), 1))
    full = pick(lang, f"다 팔린 날의 {format_share(shown, lang)}", f"{format_share(shown, lang)} of sold-out days")
    slots = {
        "resource": resource.name,
        "units": format_number(units),
        "sold": format_number(sold),
        "come": come,
        "over": format_share(share, lang),
        "absent": format_share(missing, lang),
        "full": full,
        "days": format_number(max(2, round(1 / chance))),
    }
    sum_ = f"{slots['units']} × (1 + {slots['over']}) = {slots['sold']}; {slots['sold']} × (1 - {slots['absent']}) = {come}"
    result = pick(
        lang,
        f"{slots['units']}보다 많이 올 확률은 {full}(서로 따로 올 때)",
        f"more than {slots['units']} come on {full}, if each comes or not by itself",
    )
    sources = (over.share.source, absent.share.source, source)
    yield find(service, "capacity.oversold", resource.id, slots, (Arithmetic(sum_, result, sources),))
