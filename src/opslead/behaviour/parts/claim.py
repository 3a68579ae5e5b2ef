"""Taking the unit, losing it to the clock, and being told: the spine that the other parts hang on."""

from __future__ import annotations

from collections.abc import Iterator

from opslead.behaviour.piece import GIVE, HOLDING, RECORD, TAKE, Choice, Piece, Rules, at, handlings, watch
from opslead.behaviour.scope import Scope
from opslead.behaviour.system import OTHER, Field, Is, Move, Put, Watch
from opslead.knowledge.losses import Loss
from opslead.model.guardrails import Decision

UNCHECKED = Choice("unit_taken_meanwhile", ("confirmed_anyway", "refused"))
"""Where nothing holds the unit until somebody says yes: what happens when it has gone by then."""
VETTED = Field("said", ("no", "yes"))
"""Whether somebody has said yes to a claim that is still to be paid."""


def part(scope: Scope, rules: Rules) -> Piece:
    """Always there. With a hold the unit is taken at once, without one when somebody confirms."""
    moves: list[Move] = []
    choices: list[Choice] = []
    watches: list[Watch] = []
    fields = [RECORD, Field("belief", ("nothing", "booked"))]
    if scope.holds:
        moves.append(
            Move(
                "claim",
                (at("rec", "none", "lapsed"), at("belief", "nothing"), rules.some_free()),
                (Put("rec", "held"), TAKE),
            )
        )
    else:
        moves.append(Move("ask", (at("rec", "none"),), (Put("rec", "held"),)))
    if scope.extras.vetted is not None:
        fields.append(VETTED)
    if scope.expires or Decision.CLAIM_EXPIRES in rules.decided:
        moves += _lapses(scope)
    if scope.holds and scope.pay is None:
        by_customer = scope.extras.finish is not None
        moves.append(Move("confirm", (at("rec", "held"),), (Put("rec", "booked"),), automatic=not by_customer))
        if by_customer:
            watches.append(watch(Loss.IDLE_CAPACITY, (at("rec", "held"),), accident="abandoned", at_rest=True))
    elif scope.pay is None or scope.extras.vetted is not None:
        moves += _answers(scope, rules)
        if not _checked(scope, rules):
            choices.append(UNCHECKED)
    moves.append(
        Move("notify", (at("rec", "booked"), at("belief", "nothing")), (Put("belief", "booked"),), automatic=True)
    )
    double = ((at("rec", *HOLDING), at(OTHER + "rec", *HOLDING)),) if rules.capacity == 1 and scope.scarce else ()
    name = "balance_spent_twice" if _balance(scope) else ""
    return Piece(
        case=tuple(fields),
        choices=tuple(choices),
        moves=tuple(moves),
        watches=(*watches, *((watch(Loss.DOUBLE_ALLOCATION, *double, accident=name),) if double else ())),
    )


def _checked(scope: Scope, rules: Rules) -> bool:
    """Whether a unit is given at the moment of writing or not at all; for a balance that is read and debited it is a decision of its own."""
    return (Decision.BALANCE_CHECKED if _balance(scope) else Decision.UNIT_CHECKED) in rules.decided


def _balance(scope: Scope) -> bool:
    """Whether the unit is a balance that is spent."""
    return scope.pay is None and scope.confirm is not None and scope.confirm.kind == "redeem"


def _lapses(scope: Scope) -> Iterator[Move]:
    """The claim ends by the clock; the unit comes back if the claim had it."""
    held = at("rec", "held")
    if scope.extras.vetted is not None:
        yield Move("lapse", (held, at("said", "no")), (Put("rec", "lapsed"),), automatic=True)
        yield Move("lapse", (held, at("said", "yes")), (Put("rec", "lapsed"), GIVE), automatic=True)
        return
    freed = (GIVE,) if scope.holds else ()
    yield Move("lapse", (held,), (Put("rec", "lapsed"), *freed), automatic=True)


def _answers(scope: Scope, rules: Rules) -> Iterator[Move]:
    """Somebody, or the system, says yes to a claim that nothing was kept for. Before money, the yes asks for it; else it confirms."""
    if scope.extras.vetted is not None:
        asked: tuple[Is, ...] = (at("rec", "held"), at("said", "no"))
        yes = (Put("said", "yes"),)
    else:
        asked, yes = (at("rec", "held"),), (Put("rec", "booked"),)
    yield Move("say_yes", (*asked, rules.some_free()), (*yes, TAKE))
    if not _checked(scope, rules):
        ways = {"confirmed_anyway": yes, "refused": (Put("rec", "cancelled"),)}
        yield from handlings(UNCHECKED, "say_yes_taken", (*asked, at("free", "0")), ways, automatic=False)
