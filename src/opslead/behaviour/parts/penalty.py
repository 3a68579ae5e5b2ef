"""A penalty that is announced and that somebody has to book."""

from __future__ import annotations

from opslead.behaviour.piece import Piece, Rules, at, watch
from opslead.behaviour.scope import Scope
from opslead.behaviour.system import Field, Move, Put
from opslead.knowledge.losses import Loss
from opslead.model.guardrails import Decision


def part(scope: Scope, rules: Rules) -> Piece | None:
    """Nothing in the flow books it: it waits for a person, and nobody is named."""
    if scope.extras.penalty is None or scope.no_show is None or scope.arrive is None:
        return None
    by_itself = Decision.PENALTY_CLOSED in rules.decided
    return Piece(
        case=(Field("fee", ("none", "due", "booked")),),
        moves=(
            Move("fee_due", (at("rec", "no_show"), at("fee", "none")), (Put("fee", "due"),), automatic=True),
            Move("book_fee", (at("fee", "due"),), (Put("fee", "booked"),), automatic=by_itself),
        ),
        watches=(watch(Loss.STUCK_CASE, (at("fee", "due"),), accident="penalty_unbooked", at_rest=True),),
    )
