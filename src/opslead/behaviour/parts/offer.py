"""A price that ends at a time of its own while an order at it is still to be paid."""

from __future__ import annotations

from opslead.behaviour.piece import GIVE, Choice, Piece, Rules, at, handlings, watch
from opslead.behaviour.scope import Scope
from opslead.behaviour.system import Field, Move, Put
from opslead.knowledge.losses import Loss
from opslead.model.guardrails import Decision

ENDED = Choice("order_after_offer", ("stays_payable", "ends_with_it"))


def part(scope: Scope, rules: Rules) -> Piece | None:
    if scope.extras.offer is None or scope.pay is None:
        return None
    unpaid = (at("rec", "held"), at("charged", "0"), at("attempt", "no"), at("offer", "open"))
    ends = (Put("rec", "lapsed"), *((GIVE,) if scope.holds else ()))
    if Decision.OFFER_ENDS_CLAIM in rules.decided:
        moves = [Move("offer_ends:ends_with_it", unpaid, ends)]
        choices: tuple[Choice, ...] = ()
    else:
        choices = (ENDED,)
        ways = {"stays_payable": (Put("offer", "ended"),), "ends_with_it": ends}
        moves = list(handlings(ENDED, "offer_ends", unpaid, ways, automatic=False))
    paid_late = (at("offer", "ended"), at("rec", "booked"), at("charged", "1"))
    return Piece(
        case=(Field("offer", ("open", "ended")),),
        choices=choices,
        moves=tuple(moves),
        watches=(watch(Loss.WRONG_AMOUNT, paid_late, accident="old_price"),),
    )
