"""A benefit that a purchase brings and that its reversal does not take back."""

from __future__ import annotations

from opslead.behaviour.piece import GIVE, Choice, Piece, Rules, at, handlings, watch
from opslead.behaviour.scope import Scope
from opslead.behaviour.system import Field, Move, Put, Step
from opslead.knowledge.losses import Loss
from opslead.model.guardrails import Decision

REVERSED = Choice("benefit_after_refund", ("kept", "taken_back"))


def part(scope: Scope, rules: Rules) -> Piece | None:
    """Earned with the purchase, spent at will; what the refund does with it is open."""
    if scope.extras.earned is None or scope.pay is None:
        return None
    paid = (at("charged", "1", "2"), at("refunded", "0"), at("task", "no"))
    back = (Put("rec", "cancelled"), Put("belief", "nothing"), Step("refunded", 1))
    moves = [
        Move("earn", (at("rec", "booked", "over"), at("benefit", "none"), *paid), (Put("benefit", "given"),), True),
        Move("spend", (at("benefit", "given"),), (Put("benefit", "used"),)),
        Move("spend", (at("benefit", "kept"),), (Put("benefit", "gained"),)),
        Move(
            "bring_back",
            (at("rec", "booked"), at("body", "away"), at("benefit", "given", "used"), *paid),
            (*back, GIVE),
        ),
        Move("bring_back", (at("rec", "over"), at("benefit", "given", "used"), *paid), back),
    ]
    refunded = at("refunded", "1", "2")
    choices: tuple[Choice, ...] = ()
    given, used = (refunded, at("benefit", "given")), (refunded, at("benefit", "used"))
    if Decision.BENEFIT_REVERSED in rules.decided:
        moves.append(Move("after_refund:taken_back", given, (Put("benefit", "none"),), automatic=True))
        moves.append(Move("after_refund:taken_back", used, (Put("benefit", "owed"),), automatic=True))
    else:
        choices = (REVERSED,)
        ways = {"kept": (Put("benefit", "kept"),), "taken_back": (Put("benefit", "none"),)}
        moves += handlings(REVERSED, "after_refund", given, ways)
        ways = {"kept": (Put("benefit", "gained"),), "taken_back": (Put("benefit", "owed"),)}
        moves += handlings(REVERSED, "after_refund", used, ways)
    return Piece(
        case=(Field("benefit", ("none", "given", "used", "kept", "gained", "owed")),),
        choices=choices,
        moves=tuple(moves),
        watches=(watch(Loss.PRIVATE_GAIN, (at("benefit", "gained"),), accident="benefit_kept"),),
    )
