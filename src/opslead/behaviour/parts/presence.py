"""Coming, using, leaving, and not coming: the place itself against the record."""

from __future__ import annotations

from opslead.behaviour.piece import GIVE, Choice, Piece, Rules, at, handlings, watch
from opslead.behaviour.scope import Scope
from opslead.behaviour.system import OTHER, Field, Move, Put
from opslead.knowledge.losses import Loss
from opslead.model.guardrails import Decision

SHOWN = Choice("arrival_after_no_show", ("refused", "admitted"))
OVERDUE = Choice("use_past_its_end", ("unit_freed_on_time", "unit_kept_until_back"))


def part(scope: Scope, rules: Rules) -> Piece:
    """The field is always there; the moves only where people come."""
    case = (Field("body", ("away", "here", "gone")),)
    if scope.arrive is None:
        return Piece(case=case)
    somewhere = at("rec", "booked", "cancelled", "no_show", "lapsed")
    moves = [
        Move("arrive", (at("belief", "booked"), at("body", "away"), somewhere), (Put("body", "here"),)),
        Move("check_in", (at("body", "here"), at("rec", "booked")), (Put("rec", "in_use"),), automatic=True),
        Move("leave", (at("rec", "in_use"), at("body", "here")), (Put("rec", "over"), Put("body", "gone"), GIVE)),
    ]
    choices: list[Choice] = []
    faults: list[Move] = []
    if scope.no_show is not None:
        if Decision.NO_SHOW_BY_EVIDENCE not in rules.decided:
            moves.append(Move("mark_no_show", (at("rec", "booked"), at("body", "away")), (Put("rec", "no_show"), GIVE)))
        choices.append(SHOWN)
        met = (at("body", "here"), at("rec", "no_show"))
        ways = {"refused": (Put("body", "gone"),), "admitted": (Put("rec", "in_use"),)}
        moves += handlings(SHOWN, "come_late", met, ways, automatic=False)
        if Decision.NO_SHOW_BY_EVIDENCE not in rules.decided:
            faults.append(
                Move("wrong_no_show", (at("rec", "booked"), at("body", "here")), (Put("rec", "no_show"), GIVE))
            )
    watches = [watch(Loss.BROKEN_PROMISE, (at("body", "here"), at("rec", "lapsed", "cancelled", "no_show")))]
    if scope.comes_back and Decision.UNIT_KEPT_UNTIL_BACK not in rules.decided:
        choices.append(OVERDUE)
        moves += handlings(
            OVERDUE, "past_end", (at("rec", "in_use"),), {"unit_freed_on_time": (Put("rec", "over"), GIVE)}
        )
        moves.append(Move("give_back", (at("rec", "over"), at("body", "here")), (Put("body", "gone"),)))
        if rules.capacity == 1:
            still = (at("rec", "booked"), at("body", "here"), at(OTHER + "rec", "over"), at(OTHER + "body", "here"))
            watches.append(watch(Loss.LOST_GOODS, still))
    return Piece(case=case, choices=tuple(choices), moves=tuple(moves), faults=tuple(faults), watches=tuple(watches))
