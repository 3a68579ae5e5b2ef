"""The system away, work going on by hand, and what was noted meanwhile entered afterwards."""

from __future__ import annotations

from collections.abc import Iterator

from opslead.behaviour.piece import TAKE, Choice, Piece, Rules, at, handlings, watch
from opslead.behaviour.scope import Scope
from opslead.behaviour.system import OTHER, Field, Move, Put
from opslead.knowledge.losses import Loss
from opslead.model.guardrails import Decision

AGAIN = Choice("entry_after_outage", ("each_entry_counts", "known_number_dropped"))
NUMBERS = Choice("numbers_during_outage", ("each_counts_on", "own_numbers"))


def part(scope: Scope, rules: Rules) -> Piece | None:
    """One entry a sale with a number of its own (an offline ledger), or every entry counts and every device counts on."""
    if not scope.extras.offline:
        return None
    ledger = Decision.OFFLINE_ENTERED_ONCE in rules.decided
    numbered = any(step.kind == "issue" for step in scope.flow.steps)
    choices = () if ledger else (AGAIN, NUMBERS) if numbered else (AGAIN,)
    same = (watch(Loss.DOUBLE_ALLOCATION, (at("slip", "clash"),), accident="same_number"),) if numbered else ()
    return Piece(
        case=(Field("slip", ("no", "kept", "entered", "twice", "clash")),),
        shared=(Field("line", ("up", "down")),),
        choices=choices,
        moves=tuple(_work(scope, ledger, numbered)),
        faults=(Move("line_down", (at("line", "up"),), (Put("line", "down"),)),),
        watches=(watch(Loss.WRONG_AMOUNT, (at("slip", "twice"),), accident="entered_twice"), *same),
    )


def _work(scope: Scope, ledger: bool, numbered: bool) -> Iterator[Move]:
    paid = (Put("charged", "1"),) if scope.pay is not None else ()
    new = (at("rec", "none"), at("slip", "no"), at("line", "down"))
    served = (Put("rec", "booked"), TAKE, *paid)
    yield Move("serve_offline", new, (Put("slip", "kept"), *served))
    yield Move("line_up", (at("line", "down"),), (Put("line", "up"),), automatic=True)
    yield Move("enter", (at("slip", "kept"), at("line", "up")), (Put("slip", "entered"),), automatic=True)
    if ledger:
        return
    known = (at("slip", "entered"), at("line", "up"))
    yield from handlings(AGAIN, "enter_again", known, {"each_entry_counts": (Put("slip", "twice"),)}, automatic=False)
    if numbered:
        ways = {"each_counts_on": (Put("slip", "clash"), *served)}
        yield from handlings(NUMBERS, "serve_elsewhere", (*new, at(OTHER + "slip", "kept")), ways, automatic=False)
