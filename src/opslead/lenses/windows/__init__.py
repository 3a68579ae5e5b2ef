"""The windows lens: every pair of clocks that bear on the same thing, compared.

A claim's lifetime against the payment's, what opens together against who is there when it lapses together, a payout against the
window in which money may have to come back, a card's approval against the day and the sum that is collected, a comparison of
books against the errors it should find, a wait against the moment its answer is needed, a ladder against the clock that climbs it.
"""

from __future__ import annotations

from collections.abc import Iterator

from opslead.lenses.hole import Hole
from opslead.lenses.windows.claims import deadline_past_use, late_approval, mass_lapse, unpaid_hold
from opslead.lenses.windows.dates import ladder_inverted, missing_day
from opslead.lenses.windows.payments import (
    authorization_expires,
    blind_reconciliation,
    payout_before_return,
    price_after_authorisation,
)
from opslead.lenses.windows.waits import auto_close, late_answer, no_end
from opslead.model.service import Service


def examine(service: Service) -> Iterator[Hole]:
    """All pairs that can end in a loss."""
    for flow in service.flows:
        yield from late_approval(service, flow)
        yield from unpaid_hold(service, flow)
    for look in (
        deadline_past_use,
        mass_lapse,
        payout_before_return,
        authorization_expires,
        price_after_authorisation,
        blind_reconciliation,
        late_answer,
        auto_close,
        no_end,
        ladder_inverted,
        missing_day,
    ):
        yield from look(service)
