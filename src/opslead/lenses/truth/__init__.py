"""The truth lens: each pair of record and reality, how a difference arises, how long it stays unseen, who meets it first.

Sales that stand on paper while other channels sell on, units changed on the spot, people who come without a booking or leave without a
trace, a partner's late state, refunds that others pay: with the hours, counts and shares computed from the description's own numbers.
"""

from __future__ import annotations

from collections.abc import Iterator

from opslead.lenses.hole import Hole
from opslead.lenses.truth.books import late_record, unseen_refund
from opslead.lenses.truth.channels import double_sale, listed_after_sale
from opslead.lenses.truth.places import presence_unknown, unrecorded_change, walk_in_overruns
from opslead.lenses.truth.status import late_status
from opslead.model.service import Service


def examine(service: Service) -> Iterator[Hole]:
    """Differences between record and reality that the description lets live."""
    for look in (
        double_sale,
        listed_after_sale,
        unrecorded_change,
        walk_in_overruns,
        presence_unknown,
        late_status,
        unseen_refund,
        late_record,
    ):
        yield from look(service)
