"""A payment disputed with the payer's bank: its decision, another one after it, and messages that overtake each other."""

from __future__ import annotations

from collections.abc import Iterator

from opslead.behaviour.piece import Choice, Piece, Rules, at, handlings, watch
from opslead.behaviour.scope import Scope
from opslead.behaviour.system import Field, Move, Put
from opslead.knowledge.losses import Loss
from opslead.model.guardrails import Decision

SECOND = Choice("second_dispute_result", ("ignored", "applied"))
STATES = (
    "none", "open", "won_sent", "lost_sent", "won", "lost", "lost_sent_after_won", "both_sent", "won_sent_after_lost", "wrong",
)  # fmt: skip
"""What the bank has decided, what is on its way, and what our record says, as far as they go together. `wrong`: the bank has given the
money back for good, our record says that the house has won."""


def part(scope: Scope, rules: Rules) -> Piece | None:
    if scope.extras.dispute is None or scope.pay is None:
        return None
    newest = Decision.LATEST_RESULT_COUNTS in rules.decided
    return Piece(
        case=(Field("dispute", STATES),),
        choices=() if newest else (SECOND,),
        moves=(*_bank(), *_second(newest)),
        watches=(watch(Loss.ENTITLEMENT_WITHOUT_MONEY, (at("dispute", "wrong"),), accident="dispute_reversed"),),
    )


def _bank() -> Iterator[Move]:
    """The customer disputes, the bank decides, and may decide otherwise; its messages arrive, the later one perhaps first."""
    has_it = (at("rec", "booked", "in_use", "over"), at("charged", "1"), at("refunded", "0"), at("task", "no"))
    yield Move("contest", (*has_it, at("approval", "0"), at("dispute", "none")), (Put("dispute", "open"),))
    for name, before, after, automatic in (
        ("bank_for_house", "open", "won_sent", True),
        ("bank_for_payer", "open", "lost_sent", True),
        ("result_won", "won_sent", "won", True),
        ("result_lost", "lost_sent", "lost", True),
        ("bank_turns", "won", "lost_sent_after_won", False),
        ("bank_turns", "won_sent", "both_sent", False),
        ("result_won", "both_sent", "lost_sent_after_won", True),
        ("result_lost", "both_sent", "won_sent_after_lost", True),
    ):
        yield Move(name, (at("dispute", before),), (Put("dispute", after),), automatic)


def _second(newest: bool) -> Iterator[Move]:
    """A result on a dispute that our record holds for decided."""
    later, older = (at("dispute", "lost_sent_after_won"),), (at("dispute", "won_sent_after_lost"),)
    lost, wrong = (Put("dispute", "lost"),), (Put("dispute", "wrong"),)
    if newest:
        yield Move("later_result:applied", later, lost, automatic=True)
        yield Move("older_result:ignored", older, lost, automatic=True)
        return
    yield from handlings(SECOND, "later_result", later, {"ignored": wrong, "applied": lost})
    yield from handlings(SECOND, "older_result", older, {"ignored": lost, "applied": wrong})
