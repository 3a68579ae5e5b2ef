"""An approved sum that is collected later than its approval lives."""

from __future__ import annotations

from opslead.behaviour.piece import Choice, Piece, Rules, at, handlings, watch
from opslead.behaviour.scope import Scope
from opslead.behaviour.system import Field, Move, Put
from opslead.knowledge.losses import Loss
from opslead.model.guardrails import Decision

EXPIRED = Choice("collection_after_expiry", ("case_stops", "given_anyway"))


def part(scope: Scope, rules: Rules) -> Piece | None:
    """Where the sum is collected before anything is given, an expired approval stops the case or lets it go unpaid; after that it is lost."""
    if scope.extras.capture is None or scope.pay is None:
        return None
    first = scope.extras.used_first
    due, expired, failed = at("collect", "due"), at("collect", "expired"), Put("collect", "failed")
    ready = at("rec", "over" if first else "booked")
    approved = (at("charged", "1", "2"), at("refunded", "0"), at("approval", "0"))
    open_ones = at("rec", "booked", "in_use", "over") if first else at("rec", "booked")
    moves = [
        Move("collect", (ready, due, *approved), (Put("collect", "done"),), automatic=True),
        Move("approval_expires", (open_ones, due, *approved), (Put("collect", "expired"),)),
    ]
    choices: list[Choice] = []
    if Decision.APPROVAL_RENEWED in rules.decided:
        moves.append(Move("approve_anew", (expired,), (Put("collect", "due"),), automatic=True))
    elif first:
        moves.append(Move("collect_expired", (ready, expired), (failed,), automatic=True))
    else:
        choices.append(EXPIRED)
        ways = {"case_stops": (failed,), "given_anyway": (failed, Put("rec", "over"))}
        moves += handlings(EXPIRED, "collect_expired", (ready, expired), ways)
    failing = at("collect", "failed")
    return Piece(
        case=(Field("collect", ("due", "expired", "failed", "done")),),
        choices=tuple(choices),
        moves=tuple(moves),
        watches=(
            watch(Loss.ENTITLEMENT_WITHOUT_MONEY, (failing, at("rec", "over")), accident="approval_expired_used"),
            *(() if first else (watch(Loss.STUCK_CASE, (failing, at("rec", "booked")), accident="approval_expired"),)),
        ),
    )
