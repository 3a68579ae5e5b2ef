"""A payment that fails, a second order for the same thing, and one payment that settles both."""

from __future__ import annotations

from opslead.behaviour.piece import Choice, Piece, Rules, at, handlings, watch
from opslead.behaviour.scope import Scope
from opslead.behaviour.system import Field, Move, Put
from opslead.knowledge.losses import Loss
from opslead.model.guardrails import Decision

SETTLES = Choice("payment_and_open_orders", ("every_open_order", "its_own_order"))


def part(scope: Scope, rules: Rules) -> Piece | None:
    """Nothing to search where a payment settles the case it was made for and no other."""
    if not scope.extras.reorders or Decision.PAYMENT_BOUND in rules.decided:
        return None
    failed = (at("rec", "held"), at("attempt", "open"), at("charged", "0"), at("first", "none"))
    again = Move("order_again", failed, (Put("attempt", "no"), Put("first", "open")))
    paid = (at("rec", "booked"), at("first", "open"))
    ways = {"every_open_order": (Put("first", "settled"),)}
    return Piece(
        case=(Field("first", ("none", "open", "settled")),),
        choices=(SETTLES,),
        moves=(again, *handlings(SETTLES, "settle_first", paid, ways)),
        watches=(
            watch(
                Loss.ENTITLEMENT_WITHOUT_MONEY,
                (at("first", "settled"), at("charged", "1"), at("rec", "booked")),
                accident="two_orders_one_payment",
            ),
        ),
    )
