"""The windows lens: every pair of clocks that bear on the same thing, compared.

A claim's lifetime against the payment's, a payout against the window in which money may have to come back, an approval of a card against the day
it is collected, a comparison of books against the errors it should find, a wait against the moment its answer is needed.
"""

from __future__ import annotations

from collections.abc import Iterator

from opslead.lenses.hole import Hole
from opslead.lenses.windows.claims import deadline_past_use, late_approval, unpaid_hold
from opslead.lenses.windows.payments import authorization_expires, blind_reconciliation, payout_before_return
from opslead.lenses.windows.waits import auto_close, late_answer, no_end
from opslead.model.service import Service


def examine(service: Service) -> Iterator[Hole]:
    """All pairs that can end in a loss."""
    for flow in service.flows:
        yield from late_approval(service, flow)
        yield from unpaid_hold(service, flow)
    for look in (
        deadline_past_use,
        payout_before_return,
        authorization_expires,
        blind_reconciliation,
        late_answer,
        auto_close,
        no_end,
    ):
        yield from look(service)
