"""What of a flow the search looks at: the parts of it that have a meaning in the world, read off the service."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from opslead.behaviour.extras import Extras, read_extras
from opslead.model.service import Exit, Flow, Service, Step
from opslead.model.steps import Role

_COVERED = frozenset(
    {"request", "quote", "hold", "release", "authorize", "charge", "capture", "pay_in", "confirm", "notify", "cancel", "no_show",
     "expire", "refund", "assign", "check_in", "start", "complete", "hand_over", "pick_up", "approve", "accept", "issue", "return"}
)  # fmt: skip

_PAYS = ("charge", "authorize", "pay_in")
_USED = frozenset({"check_in", "start", "complete", "hand_over", "pick_up", "deliver", "return"})


@dataclass(frozen=True)
class Scope:
    """The parts of one flow. None: the flow has no such part, and nothing of it is searched."""

    flow: Flow
    claim: Step | None
    """What asks for a unit of the scarce resource."""
    holds: bool
    """Whether the unit is taken at once, by a hold, and not only when somebody confirms."""
    pay: Step | None
    expires: bool
    """Whether some clock ends an unpaid claim."""
    confirm: Step | None
    notify: Step | None
    arrive: Step | None
    cancel: Exit | None
    refunds: bool
    by_person: bool
    """Whether a person carries out the refund."""
    no_show: Exit | None
    comes_back: bool
    """Whether what is used has to come back: it may be late."""
    extras: Extras
    """What only some flows have."""
    outside: tuple[Step, ...]
    """Steps that the world gives no meaning to; the verdicts do not speak of them."""

    @property
    def kept(self) -> bool:
        """Whether somebody who pays has the unit already: by a hold, or because a person has said yes."""
        return self.holds or self.extras.vetted is not None

    @property
    def scarce(self) -> bool:
        """Whether what is given can run out: a thing, a place or a time, and not a file or goods nobody counts."""
        unit = (self.claim and self.claim.resource) or self.flow.resource
        if self.holds or self.arrive is not None:
            return True
        if unit is not None:
            return unit.physical or unit.perishable or unit.capacity is not None
        return self.claim is not None

    @property
    def tags(self) -> tuple[str, ...]:
        """What makes the same act sound otherwise, the most telling first."""
        pay, confirm = self.pay, self.confirm
        known = {
            "redeem": confirm is not None and confirm.kind == "redeem" and pay is None,
            "vetted": self.extras.vetted is not None,
            "pay_in": pay is not None and pay.kind == "pay_in",
            "sale": pay is not None and self.claim is None,
            "loan": self.comes_back,
            "asked": not self.holds,
            "system": pay is None and confirm is not None and not confirm.manual,
        }
        return tuple(tag for tag, holds in known.items() if holds)


def scopes(service: Service) -> Iterator[Scope]:
    """The flows in which money or a place is at stake."""
    for flow in service.flows:
        scope = _scope(service, flow)
        if scope.pay is not None or scope.holds or (scope.claim is not None and scope.confirm is not None):
            yield scope


def paid_after_use(flow: Flow) -> bool:
    """Whether money is first asked for when the customer has had what it is for: nothing is kept, and nobody can come too late.

    The world of the search has the money before the use, so it says nothing of such a payment.
    """
    kinds = [step.kind for step in flow.steps]
    first = next((n for n, kind in enumerate(kinds) if kind in (*_PAYS, "hold")), None)
    return first is not None and kinds[first] in _PAYS and not _USED.isdisjoint(kinds[:first])


def unsearched(service: Service) -> tuple[Flow, ...]:
    """The flows that take money and that the search does not see, because they take it after the use."""
    seen = {scope.flow.id for scope in scopes(service)}
    return tuple(flow for flow in service.flows if paid_after_use(flow) and flow.id not in seen)


def _scope(service: Service, flow: Flow) -> Scope:
    def step(*kinds: str) -> Step | None:
        return next((s for kind in kinds for s in flow.steps if s.kind == kind), None)

    def anywhere(*kinds: str) -> Step | None:
        return step(*kinds) or next(iter(service.steps(*kinds)), None)

    def way(kind: str) -> Exit | None:
        return next((x for x in flow.exits if x.kind == kind), None) or next(iter(service.exits(kind)), None)

    claim = step("hold") or step("request")
    pay = None if paid_after_use(flow) else step(*_PAYS)
    extras = read_extras(service, flow)
    refund = anywhere("refund")
    return Scope(
        flow=flow,
        claim=claim,
        holds=step("hold") is not None,
        pay=pay,
        expires=any(_ends(s, pay) for s in flow.steps if s.kind in ("hold", "pay_in")) or "expire" in service.kinds,
        confirm=extras.vetted or step("confirm", "approve", "accept", "assign", "redeem"),
        notify=step("notify"),
        arrive=anywhere("check_in", "start", "hand_over", "pick_up"),
        cancel=way("cancel"),
        refunds="refund" in service.kinds or any(x.tiers for x in flow.exits),
        by_person=refund is None
        or refund.manual
        or any("refund" in a.does for a in service.people if a.role is not Role.SYSTEM),
        no_show=way("no_show"),
        comes_back=step("return") is not None,
        extras=extras,
        outside=tuple(s for s in flow.steps if s.kind not in _COVERED and not _has(extras, s)),
    )


def _ends(step: Step, pay: Step | None) -> bool:
    """Whether a clock ends the claim: one that is stated, or the usual one of a claim that waits for money."""
    return step.within is not None and (pay is not None or not step.within.assumed)


def _has(extras: Extras, step: Step) -> bool:
    """Whether a part of its own looks at the step."""
    return any(part is step for part in extras.parts)
