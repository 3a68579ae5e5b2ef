"""Two marks that one person sets by hand: the last one set where the first belongs."""

from __future__ import annotations

from opslead.behaviour.piece import GIVE, Piece, Rules, at, watch
from opslead.behaviour.scope import Scope
from opslead.behaviour.system import Field, Move, Put
from opslead.knowledge.losses import Loss
from opslead.model.guardrails import Decision


def part(scope: Scope, rules: Rules) -> Piece | None:
    """Once a case is marked as ended, what it still has to get is refused, and no step of the flow opens it again."""
    if scope.extras.ended is None or scope.arrive is None:
        return None
    there = (at("rec", "booked"), at("body", "here"))
    wrong = Move("wrong_mark", there, (Put("rec", "over"), Put("shut", "yes"), GIVE))
    return Piece(
        case=(Field("shut", ("no", "yes")),),
        faults=() if Decision.STATE_IN_ORDER in rules.decided else (wrong,),
        watches=(watch(Loss.BROKEN_PROMISE, (at("shut", "yes"), at("body", "here")), accident="closed_early"),),
    )
