"""Taking it back: cancelling, cancelling while a payment is open, and the refund that a person or the system carries out."""

from __future__ import annotations

from opslead.behaviour.piece import GIVE, Choice, Piece, Rules, at, handlings, watch
from opslead.behaviour.scope import Scope
from opslead.behaviour.system import Field, Move, Put, Step
from opslead.knowledge.losses import Loss
from opslead.model.guardrails import Decision

CANCELLED = Choice("approval_after_cancel", ("ignored", "applied"))
PAYING = Choice("cancel_while_paying", ("refused", "applied"))


def part(scope: Scope, rules: Rules) -> Piece | None:
    """The fields are always there, since money may go back without a cancellation; the moves only where one can cancel."""
    case = (Field("refunded", ("0", "1", "2")), Field("task", ("no", "refund")))
    if scope.cancel is None:
        return Piece(case=case)
    owed = (Put("task", "refund"),) if scope.refunds and scope.pay is not None else ()
    taken_back = (Put("rec", "cancelled"), Put("belief", "nothing"), GIVE, *owed)
    moves = [Move("cancel", (at("rec", "booked"), at("body", "away"), at("task", "no")), taken_back)]
    choices: list[Choice] = []
    faults: list[Move] = []
    if scope.pay is not None and Decision.NO_CANCEL_WHILE_PAYING not in rules.decided:
        choices.append(PAYING)
        open_payment = (at("rec", "held"), at("attempt", "open"))
        moves += handlings(
            PAYING, "cancel_paying", open_payment, {"applied": (Put("rec", "cancelled"), GIVE)}, automatic=False
        )
    if scope.pay is not None:
        waiting, taken = at("approval", "1", "2"), Step("approval", -1)
        if Decision.LATE_APPROVAL_SETTLED in rules.decided:
            moves.append(
                Move(
                    "deliver_cancelled:paid_back",
                    (waiting, at("rec", "cancelled")),
                    (taken, Step("refunded", 1)),
                    automatic=True,
                )
            )
        else:
            choices.append(CANCELLED)
            ways = {"ignored": (taken,), "applied": (taken, Put("rec", "booked"))}
            moves += handlings(CANCELLED, "deliver_cancelled", (waiting, at("rec", "cancelled")), ways)
    if owed:
        by_itself = not scope.by_person or Decision.REFUND_BY_DEFAULT in rules.decided
        moves.append(
            Move("refund", (at("task", "refund"),), (Put("task", "no"), Step("refunded", 1)), automatic=by_itself)
        )
        faults.append(Move("omit_refund", (at("task", "refund"),), (Put("task", "no"),)))
        if Decision.REFUND_ONCE not in rules.decided:
            faults.append(Move("refund_again", (at("refunded", "1"),), (Step("refunded", 1),)))
    if scope.notify is not None and Decision.NOTICE_CONFIRMED not in rules.decided:
        unheard = (at("rec", "cancelled"), at("belief", "nothing"), at("body", "away"))
        faults.append(Move("lose_notice", unheard, (Put("belief", "booked"),)))
    waiting_for_person = (watch(Loss.STUCK_CASE, (at("task", "refund"),), at_rest=True),) if owed else ()
    return Piece(
        case=case, choices=tuple(choices), moves=tuple(moves), faults=tuple(faults), watches=waiting_for_person
    )
