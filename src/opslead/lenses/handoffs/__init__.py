"""The hand-overs lens: every change of person, shift, channel, company or medium, and what is lost between the two.

What waits while the receiving side is away, what is copied from paper once a day, what another company owes an answer to, what is
decided by telephone: with the hours, counts and money computed from clock times, volumes and the duty calendar.
"""

from __future__ import annotations

from collections.abc import Iterator

from opslead.lenses.handoffs.answers import answer_overdue
from opslead.lenses.handoffs.batches import batch_entry
from opslead.lenses.handoffs.queues import waiting_queue
from opslead.lenses.handoffs.repairs import waiting_repair
from opslead.lenses.handoffs.spoken import spoken_decision
from opslead.lenses.hole import Hole
from opslead.model.service import Service


def examine(service: Service) -> Iterator[Hole]:
    """Hand-overs whose two sides do not meet."""
    for look in (batch_entry, waiting_queue, waiting_repair, answer_overdue, spoken_decision):
        yield from look(service)
