"""Paying through a company that answers by itself: approvals that come late, twice, never, or on somebody else's case."""

from __future__ import annotations

from collections.abc import Iterator

from opslead.behaviour.piece import HOLDING, TAKE, Choice, Piece, Rules, at, handlings, watch
from opslead.behaviour.scope import Scope
from opslead.behaviour.system import OTHER, Field, Is, Move, Put, Step, Watch
from opslead.knowledge.losses import Loss
from opslead.model.guardrails import Decision

LATE = Choice("approval_after_lapse", ("ignored", "applied", "if_free"))
AGAIN = Choice("approval_twice", ("ignored",))
SOLD = Choice("approval_when_sold_out", ("ignored", "confirmed_anyway"))
"""Without a hold the last unit may go while somebody pays for it."""
QUIET = (at("approval", "0"), at("attempt", "no"), at("task", "no"))
"""Nothing on its way and nobody at work on it."""


def part(scope: Scope, rules: Rules) -> Piece | None:
    if scope.pay is None:
        return None
    settled = Decision.LATE_APPROVAL_SETTLED in rules.decided
    expires = scope.expires or Decision.CLAIM_EXPIRES in rules.decided
    choices = [LATE] if expires and not settled else []
    if Decision.SECOND_PAYMENT_RETURNED not in rules.decided:
        choices.append(AGAIN)
    if not scope.kept and not settled:
        choices.append(SOLD)
    return Piece(
        case=(Field("charged", ("0", "1", "2")), Field("approval", ("0", "1", "2")), Field("attempt", ("no", "open"))),
        choices=tuple(choices),
        moves=(*_paying(scope), *_approvals(scope, rules, settled, expires), *_reconciled(rules)),
        faults=tuple(_faults(scope, rules)),
        watches=tuple(_watches(scope.holds)),
    )


def _paying(scope: Scope) -> Iterator[Move]:
    asked = (at("said", "yes"),) if scope.extras.vetted is not None else ()
    yield Move(
        "pay", (at("rec", "held"), *asked, at("attempt", "no"), at("charged", "0", "1")), (Put("attempt", "open"),)
    )
    yield Move("decline", (at("attempt", "open"),), (Put("attempt", "no"),), automatic=True)
    approve = (Put("attempt", "no"), Step("charged", 1), Step("approval", 1))
    yield Move("approve", (at("attempt", "open"),), approve, automatic=True)


def _approvals(scope: Scope, rules: Rules, settled: bool, expires: bool) -> Iterator[Move]:
    """The company's message meets the record: in time, after the lapse, or on a case that is paid already (a second payment)."""
    waiting, taken = at("approval", "1", "2"), Step("approval", -1)
    back = (taken, Step("refunded", 1))
    held = (waiting, at("rec", "held"))
    if scope.kept:
        yield Move("deliver", held, (taken, Put("rec", "booked")), automatic=True)
    else:
        yield Move("deliver", (*held, rules.some_free()), (taken, Put("rec", "booked"), TAKE), automatic=True)
        gone = (*held, at("free", "0"))
        if settled:
            yield Move("deliver_sold_out:paid_back", gone, (*back, Put("rec", "cancelled")), automatic=True)
        else:
            ways = {"ignored": (taken, Put("rec", "cancelled"))}
            if Decision.UNIT_CHECKED not in rules.decided:
                ways["confirmed_anyway"] = (taken, Put("rec", "booked"))
            yield from handlings(SOLD, "deliver_sold_out", gone, ways)
    late, twice = (waiting, at("rec", "lapsed")), (waiting, at("rec", *HOLDING, "over", "no_show"))
    if expires and settled:
        yield Move("deliver_late:paid_back", late, back, automatic=True)
    elif expires:
        yield from handlings(LATE, "deliver_late", late, {"ignored": (taken,)})
        given = (taken, Put("rec", "booked"), TAKE)
        yield from handlings(LATE, "deliver_late", (*late, rules.some_free()), {"if_free": given})
        yield from handlings(LATE, "deliver_late_gone", (*late, at("free", "0")), {"if_free": (taken,)})
        if Decision.UNIT_CHECKED not in rules.decided:
            yield from handlings(LATE, "deliver_late", late, {"applied": (taken, Put("rec", "booked"))})
    if Decision.SECOND_PAYMENT_RETURNED in rules.decided:
        yield Move("deliver_again:paid_back", twice, back, automatic=True)
    else:
        yield from handlings(AGAIN, "deliver_again", twice, {"ignored": (taken,)})


def _reconciled(rules: Rules) -> Iterator[Move]:
    """Money that no booking stands for is found and paid back."""
    if Decision.ORPHAN_MONEY_FOUND in rules.decided:
        idle = (at("approval", "0"), at("attempt", "no"))
        gone = (at("rec", "lapsed", "cancelled"), at("task", "no"))
        for charged, refunded, where in (
            ("1", "0", gone),
            ("2", "1", gone),
            ("2", "0", gone),
            ("2", "0", (at("rec", *HOLDING, "over"),)),
        ):
            yield Move(
                "reconcile",
                (at("charged", charged), at("refunded", refunded), *where, *idle),
                (Step("refunded", 1),),
                automatic=True,
            )


def _faults(scope: Scope, rules: Rules) -> Iterator[Move]:
    yield Move("lose_approval", (at("approval", "1", "2"),), (Step("approval", -1),))
    if (
        Decision.APPROVAL_ONCE not in rules.decided
    ):  # the same message twice has one effect: a repeat is dropped at the door
        yield Move("repeat_approval", (at("approval", "1"),), (Step("approval", 1),))
    if _by_hand(scope) and Decision.PAYMENT_BOUND not in rules.decided:
        wrong = (at("approval", "1"), at("rec", "held"), at(OTHER + "rec", "held"), at(OTHER + "charged", "0"))
        yield Move("match_wrong", wrong, (Step("approval", -1), Put(OTHER + "rec", "booked")))


def _by_hand(scope: Scope) -> bool:
    """Whether a person matches payments with cases: a transfer, or money that is taken or reported by hand."""
    return scope.pay is not None and (scope.pay.kind == "pay_in" or scope.pay.manual or scope.pay.via in _MATCHED)


_MATCHED = frozenset({"batch", "file", "spreadsheet", "paper", "phone", "fax"})
"""Ways by which payments arrive as lists that somebody matches."""


def _money(charged: str, refunded: str) -> tuple[Is, Is]:
    return at("charged", charged), at("refunded", refunded)


def _watches(holds: bool) -> Iterator[Watch]:
    gone = at("rec", "lapsed", "cancelled")
    kept = tuple((*_money(*pair), gone, *QUIET) for pair in (("1", "0"), ("2", "1"), ("2", "0")))
    yield watch(Loss.MONEY_WITHOUT_ENTITLEMENT, *kept, at_rest=True)
    yield watch(Loss.PAID_TWICE, (*_money("2", "0"), at("rec", *HOLDING, "over"), *QUIET), at_rest=True)
    free = tuple(
        (*_money(*pair), at("rec", *HOLDING), *QUIET) for pair in (("0", "0"), ("1", "1"), ("2", "2"), ("1", "2"))
    )
    yield watch(Loss.ENTITLEMENT_WITHOUT_MONEY, *free, at_rest=True)
    yield watch(Loss.WRONG_AMOUNT, _money("1", "2"), _money("0", "1"))
    if holds:
        yield watch(Loss.IDLE_CAPACITY, (at("rec", "held"), at("charged", "0"), *QUIET), at_rest=True)
