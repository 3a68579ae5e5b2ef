"""The end of a loan put off after it has passed: whether the delay stays a fact."""

from __future__ import annotations

from opslead.behaviour.piece import Choice, Piece, Rules, at, handlings, watch
from opslead.behaviour.scope import Scope
from opslead.behaviour.system import Field, Move, Put
from opslead.knowledge.losses import Loss
from opslead.model.guardrails import Decision

EXTENDED = Choice("extension_after_end", ("overwrites_delay", "refused"))


def part(scope: Scope, rules: Rules) -> Piece | None:
    if scope.extras.extend is None or scope.arrive is None:
        return None
    out = (at("rec", "in_use"), at("body", "here"))
    moves = [Move("run_late", (*out, at("due", "ok")), (Put("due", "late"),))]
    kept = Decision.OVERDUE_KEPT in rules.decided
    if not kept:
        ways = {"overwrites_delay": (Put("due", "hidden"),)}
        moves += handlings(EXTENDED, "extend_late", (*out, at("due", "late")), ways, automatic=False)
    return Piece(
        case=(Field("due", ("ok", "late", "hidden")),),
        choices=() if kept else (EXTENDED,),
        moves=tuple(moves),
        watches=(watch(Loss.LOST_GOODS, (*out, at("due", "hidden")), accident="overdue_hidden"),),
    )
