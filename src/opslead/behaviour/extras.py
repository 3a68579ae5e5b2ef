"""What only some flows have: each is read off the service here and looked at by a part of its own, which is left out where there is none."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields, replace
from typing import Any

from opslead.model.service import Exit, Flow, MoneyRule, Service, Step
from opslead.model.steps import Role

_SPOT = (Role.STAFF, Role.FIELD)


@dataclass(frozen=True)
class Extras:
    """None: the flow has no such thing, and nothing of it is searched."""

    vetted: Step | None = None
    """A person's yes that comes before any money and that nothing has kept a unit for."""
    finish: Step | None = None
    """What the customer still has to do between taking a unit and having it, where no money is asked."""
    capture: Step | None = None
    """Where an approved sum is collected, later than it was approved."""
    used_first: bool = False
    """Whether it is collected after what it pays for has been given."""
    begun: Step | None = None
    ended: Step | None = None
    """Two marks that the same person sets by hand, the first and the last of a case."""
    offline: bool = False
    """Whether work goes on by hand while the system is away."""
    earned: Step | None = None
    spent: Step | None = None
    """A benefit that a purchase brings, and where it is used."""
    extend: Step | Exit | None = None
    """Where the end of a loan is put off."""
    dispute: Exit | None = None
    """Where the payer's bank decides who gets the money."""
    erase: Exit | None = None
    payout: Step | None = None
    """Where others than the customer are paid from what the customer paid."""
    penalty: MoneyRule | None = None
    """What somebody who does not come owes, where nothing was paid before."""
    renew: Step | None = None
    """A collection that the payment company makes by itself, and tries again when it fails."""
    offer: Step | None = None
    """A price that ends at a time of its own."""
    reorders: bool = False
    """Whether a customer whose payment fails may start again with a second case while the first stays open."""

    @property
    def parts(self) -> tuple[Step | Exit | MoneyRule, ...]:
        """What of the description they are read off."""
        found = (getattr(self, field.name) for field in fields(self))
        return tuple(part for part in found if isinstance(part, Step | Exit | MoneyRule))


def read_extras(service: Service, flow: Flow) -> Extras:
    """Everything that only some flows have, of this one."""
    kinds = [step.kind for step in flow.steps]
    pay = next((s for s in flow.steps if s.kind in ("charge", "authorize", "pay_in")), None)
    begun, ended = _marks(flow)
    vetted = _vetted(flow, pay)
    benefit = {"issue", "redeem"} <= service.kinds and pay is not None and _comes_back(service)
    return Extras(
        vetted=vetted,
        finish=_finish(flow) if pay is None else None,
        capture=_last(flow, "capture") if "authorize" in kinds else None,
        used_first=_before(flow, ("start", "check_in", "complete", "make"), "capture"),
        begun=begun,
        ended=ended,
        offline=_away(service)
        and any(s.known.physical or s.kind in ("charge", "record", "redeem") for s in flow.steps),
        earned=_anywhere(service, flow, "issue") if benefit else None,
        spent=_anywhere(service, flow, "redeem") if benefit else None,
        extend=_extend(flow) if {"return", "hand_over"} & set(kinds) else None,
        dispute=_dispute(service, flow) if pay is not None else None,
        erase=next((x for x in service.exits("erase", "terminate") if x.kind == "erase" or _says(x.name, _DATA)), None)
        if pay is not None
        else None,
        payout=_anywhere(service, flow, "payout") if pay is not None and _comes_back(service) else None,
        penalty=_penalty(service) if pay is None else None,
        renew=next((s for s in flow.steps if s.kind == "renew" and s.partner is not None), None),
        offer=next((s for s in flow.steps if s.kind == "quote" and s.within is not None), None)
        if pay is not None and pay.kind == "pay_in"
        else None,
        reorders=vetted is None
        and "hold" not in kinds
        and "request" in kinds
        and pay is not None
        and pay.via in ("callback", "webhook"),
    )


OPTIONAL = (
    "capture", "ended", "offline", "earned", "extend", "dispute", "erase", "payout", "penalty", "renew", "offer", "reorders",
)  # fmt: skip
"""What brings a part of its own, by the field that brings it."""


def only(extras: Extras, names: frozenset[str]) -> Extras:
    """The extras with no other parts than those."""
    return replace(extras, **{name: _NOTHING[name] for name in OPTIONAL if name not in names})


_NOTHING: Mapping[str, Any] = {name: getattr(Extras(), name) for name in OPTIONAL}


def _last(flow: Flow, kind: str) -> Step | None:
    return next((s for s in reversed(flow.steps) if s.kind == kind), None)


def _anywhere(service: Service, flow: Flow, kind: str) -> Step | None:
    return _last(flow, kind) or next(iter(service.steps(kind)), None)


def _before(flow: Flow, first: tuple[str, ...], then: str) -> bool:
    """Whether a step of the first kinds comes before one of the other."""
    kinds = [step.kind for step in flow.steps]
    return then in kinds and any(kind in first for kind in kinds[: kinds.index(then)])


def _comes_back(service: Service) -> bool:
    """Whether money may have to go back after all is done."""
    return bool({"refund", "return", "claim"} & service.kinds)


def _vetted(flow: Flow, pay: Step | None) -> Step | None:
    """A person who says yes before the money, with nothing held meanwhile."""
    if pay is None or any(s.kind == "hold" for s in flow.steps):
        return None
    earlier = flow.steps[: flow.steps.index(pay)]
    if not any(s.kind == "request" for s in earlier):
        return None
    return next((s for s in earlier if s.kind in ("approve", "accept") and s.manual), None)


def _finish(flow: Flow) -> Step | None:
    """Between the hold and the confirmation: what only the customer can do."""
    kinds = [step.kind for step in flow.steps]
    if "hold" not in kinds:
        return None
    after = flow.steps[kinds.index("hold") + 1 :]
    return next(
        (s for s in after if s.actor is not None and s.actor.role is Role.CUSTOMER and not s.known.physical), None
    )


def _marks(flow: Flow) -> tuple[Step | None, Step | None]:
    """Begun and ended, set by hand by one named person on the spot."""

    def by_hand(step: Step) -> bool:
        return step.manual and step.actor is not None and step.actor.role in _SPOT

    begun = next((s for s in flow.steps if s.kind in ("start", "check_in") and by_hand(s)), None)
    ended = next((s for s in flow.steps if s.kind == "complete" and by_hand(s)), None)
    if begun is None or ended is None or begun.actor != ended.actor:
        return None, None
    return begun, ended


def _extend(flow: Flow) -> Step | Exit | None:
    kinds = ("reschedule", "renew")
    return next((s for s in flow.steps if s.kind in kinds), None) or next(
        (x for x in flow.exits if x.kind in kinds), None
    )


def _dispute(service: Service, flow: Flow) -> Exit | None:
    """An argument that the payer's bank decides; one that the house decides itself is none."""
    outside: Callable[[Exit], bool] = lambda x: x.by is not None and x.by.role is Role.PARTNER  # noqa: E731
    disputes = [x for x in flow.exits if x.kind == "dispute"]
    known = service.mention("chargeback") is not None
    return next((x for x in disputes if outside(x) or known), None)


_DATA = ("탈퇴", "계정", "개인정보", "파기", "account", "personal data", "eras", "delet")
"""Words by which ending a contract is erasing who the customer is."""
_AWAY = (
    "끊",
    "장애",
    "네트워크",
    "인터넷",
    "통신",
    "정전",
    "connect",
    "network",
    "internet",
    "outage",
    "server",
    "offline mode",
)
"""Words by which being offline is a system that is away, and not a shop in the street."""
_ABSENT = ("no_show", "no-show", "no show", "absen", "not come", "노쇼", "불참", "결석", "안 오", "오지 않")


def _says(text: str, words: tuple[str, ...]) -> bool:
    return any(word in text.lower() for word in words)


def _away(service: Service) -> bool:
    """Whether the description speaks of work while the system is away."""
    mention = service.mention("network_outage")
    return mention is not None and _says(mention.source.text, _AWAY)


def _penalty(service: Service) -> MoneyRule | None:
    """A sum for not coming. What it is for stands in its subject."""
    return next((m for m in service.money if m.kind in ("penalty", "fee") and _says(m.subject, _ABSENT)), None)
