"""A collection that the payment company makes by itself and repeats, while the customer pays by hand."""

from __future__ import annotations

from collections.abc import Iterator

from opslead.behaviour.piece import TAKE, Choice, Piece, Rules, at, handlings
from opslead.behaviour.scope import Scope
from opslead.behaviour.system import Field, Is, Move, Put, Step
from opslead.model.guardrails import Decision

OLD = Choice("old_renewal_after_purchase", ("still_collected", "ended_by_purchase"))


def part(scope: Scope, rules: Rules) -> Piece | None:
    """What a second collection costs is looked for where payments are (paid twice)."""
    if scope.extras.renew is None or scope.pay is None:
        return None
    returned = Decision.SECOND_PAYMENT_RETURNED in rules.decided
    return Piece(
        case=(Field("mandate", ("on", "failed", "off")),),
        choices=() if returned else (OLD,),
        moves=tuple(_collections(rules.some_free(), returned)),
    )


def _collections(free: Is, returned: bool) -> Iterator[Move]:
    off, once = Put("mandate", "off"), Step("charged", 1)
    due = (at("rec", "none"), at("mandate", "on"), at("charged", "0"))
    yield Move("renew", (*due, free), (off, once, Put("rec", "booked"), TAKE))
    yield Move("renewal_fails", due, (Put("mandate", "failed"),))
    yield Move(
        "renew_late", (at("rec", "none"), at("mandate", "failed"), free), (off, once, Put("rec", "booked"), TAKE)
    )
    meanwhile = (
        at("rec", "booked"),
        at("mandate", "failed"),
        at("attempt", "no"),
        at("approval", "0"),
        at("charged", "1"),
    )
    if returned:
        yield Move("collect_old:paid_back", meanwhile, (off, once, Step("refunded", 1)), automatic=True)
        return
    yield from handlings(OLD, "collect_old", meanwhile, {"still_collected": (off, once), "ended_by_purchase": (off,)})
