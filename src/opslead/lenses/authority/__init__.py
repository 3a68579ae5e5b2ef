"""The authority lens: who can start, approve, change, reverse and erase the same money, record or stock."""

from __future__ import annotations

from collections.abc import Iterator

from opslead.lenses.authority.hands import off_book, on_behalf, same_hands, silent_edit, unpriced_change
from opslead.lenses.authority.limits import limit_above_prices, limit_blind, limit_split, no_limit, no_total
from opslead.lenses.authority.payers import others_money, refund_settlement
from opslead.lenses.authority.presence import approver_away, shared_account
from opslead.lenses.hole import Hole
from opslead.model.service import Service

_RULES = (
    limit_blind, limit_above_prices, limit_split, no_total, no_limit,
    same_hands, off_book, silent_edit, unpriced_change, on_behalf,
    others_money, refund_settlement,
    approver_away, shared_account,
)  # fmt: skip


def examine(service: Service) -> Iterator[Hole]:
    """Limits that let through what they should stop, one pair of hands for both sides, powers without the person or the purse."""
    for rule in _RULES:
        yield from rule(service)
