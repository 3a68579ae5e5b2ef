"""Money passed on to others before it can no longer come back."""

from __future__ import annotations

from collections.abc import Iterator

from opslead.behaviour.piece import GIVE, Choice, Piece, Rules, at, handlings, watch
from opslead.behaviour.scope import Scope
from opslead.behaviour.system import Field, Move, Put, Step
from opslead.knowledge.losses import Loss
from opslead.model.guardrails import Decision

AFTER = Choice("refund_after_payout", ("nobody_takes_back", "set_off"))


def part(scope: Scope, rules: Rules) -> Piece | None:
    """A payout, and a customer who gets the money back all the same."""
    if scope.extras.payout is None or scope.pay is None:
        return None
    waits = Decision.PAYOUT_WAITS in rules.decided
    moves = [*_payout(waits)]
    if not waits:
        both = (at("paidout", "yes"), at("refunded", "1", "2"))
        ways = {"nobody_takes_back": (Put("paidout", "lost"),), "set_off": (Put("paidout", "settled"),)}
        moves += handlings(AFTER, "after_payout", both, ways)
    return Piece(
        case=(Field("paidout", ("no", "yes", "lost", "settled")),),
        choices=() if waits else (AFTER,),
        moves=tuple(moves),
        watches=(watch(Loss.MONEY_WITHOUT_ENTITLEMENT, (at("paidout", "lost"),), accident="paid_out_and_back"),),
    )


def _payout(waits: bool) -> Iterator[Move]:
    """With a payout that waits, nothing comes back after it."""
    paid = (at("charged", "1", "2"), at("refunded", "0"), at("task", "no"), at("approval", "0"))
    ready = at("rec", "over") if waits else at("rec", "booked", "in_use", "over")
    yield Move("pay_out", (ready, *paid, at("paidout", "no")), (Put("paidout", "yes"),))
    back = (Put("rec", "cancelled"), Put("belief", "nothing"), Step("refunded", 1))
    open_to_claims = at("paidout", "no") if waits else at("paidout", "yes")
    yield Move("money_back", (at("rec", "booked"), at("body", "away"), *paid, open_to_claims), (*back, GIVE))
    yield Move("money_back", (at("rec", "over"), *paid, open_to_claims), back)
