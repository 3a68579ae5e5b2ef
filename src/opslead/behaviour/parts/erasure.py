"""A customer's data erased while something is still owed."""

from __future__ import annotations

from opslead.behaviour.piece import Choice, Piece, Rules, at, handlings, watch
from opslead.behaviour.scope import Scope
from opslead.behaviour.system import Field, Move, Put
from opslead.knowledge.losses import Loss
from opslead.model.guardrails import Decision

ERASED = Choice("erasure_with_open_duty", ("at_once", "after_the_duty"))


def part(scope: Scope, rules: Rules) -> Piece | None:
    if scope.extras.erase is None or scope.pay is None:
        return None
    kept, erased = at("data", "kept"), at("data", "erased")
    moves: list[Move] = []
    open_order, open_refund = (at("rec", "booked"), at("charged", "1", "2")), (at("task", "refund"),)
    waits = Decision.ERASURE_WAITS in rules.decided
    if not waits:
        for owed in (open_order, open_refund):
            ways = {"at_once": (Put("data", "erased"),)}
            moves += handlings(ERASED, "erase", (kept, *owed), ways, automatic=False)
    owing = ((erased, *open_order), (erased, *open_refund))
    return Piece(
        case=(Field("data", ("kept", "erased")),),
        choices=() if waits else (ERASED,),
        moves=tuple(moves),
        watches=(watch(Loss.STUCK_CASE, *owing, accident="erased_owed"),),
    )
