"""The authority lens: who can start, approve, change, reverse and erase the same money, record or stock."""

from __future__ import annotations

from collections.abc import Iterator

from opslead.lenses.finding import find
from opslead.lenses.hole import Arithmetic, Hole
from opslead.model.measure import format_number
from opslead.model.service import Service
from opslead.model.steps import STEP_KINDS
from opslead.text import pick


def examine(service: Service) -> Iterator[Hole]:
    """Limits that let through what they should stop."""
    yield from _limit_blind(service)


def _limit_blind(service: Service) -> Iterator[Hole]:
    """A limit above the average case: what it should stop passes below it."""
    ticket, lang = service.ticket, service.language
    if ticket is None or ticket.value.amount <= 0:
        return
    for actor in service.people:
        for authority in actor.authority:
            limit = authority.limit
            if (
                limit is None
                or limit.value.currency != ticket.value.currency
                or limit.value.amount <= ticket.value.amount
            ):
                continue
            ratio = format_number(limit.value.amount / ticket.value.amount)
            shown = f"{limit.value.format(lang)} / {ticket.value.format(lang)} = {ratio}"
            work = STEP_KINDS[authority.action].label(lang) if authority.action in STEP_KINDS else authority.action
            yield find(
                service,
                "authority.limit_blind",
                f"{actor.id}-{authority.action}",
                {"who": actor.name, "work": work, "limit": limit.value.format(lang), "ratio": ratio},
                (
                    Arithmetic(
                        shown,
                        pick(lang, f"평균의 {ratio}배", f"{ratio} times the average"),
                        (limit.source, ticket.source),
                    ),
                ),
            )
