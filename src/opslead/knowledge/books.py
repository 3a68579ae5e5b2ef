"""Whose money a rule is about: named partners, what comes in, and what goes out to those who deliver."""

from __future__ import annotations

from opslead.model.service import MoneyRule, Partner, Service

BOOKS = ("settlement", "payout", "reconciliation")
"""Kinds of rules by which books with somebody else are closed."""


def names(money: MoneyRule, entity: object) -> bool:
    """Whether the words of the rule hold the name of the partner or person, or a part of it."""
    name: str = getattr(entity, "name", "")
    said = f"{money.subject} {money.payee} {money.payer} {money.source.text}".casefold()
    parts = [name, *(part for part in name.split() if len(part) > 2)]
    return bool(name) and any(part.casefold() in said for part in parts)


def reconciled(partner: Partner, service: Service) -> bool:
    """Whether books are said to be compared with the partner."""
    return any(names(m, partner) for m in service.money if m.kind == "reconciliation")


_COLLECTING = ("payment", "bank", "channel", "marketplace", "platform")


def outward(money: MoneyRule, service: Service) -> bool:
    """Whether the rule is about money for those who deliver: nothing that a partner pays, no settlement of one that sells."""
    everybody = {p.name for p in service.partners} | {c.name for c in service.channels}
    sellers = {p.name for p in service.partners if p.kind in _COLLECTING} | {c.name for c in service.channels}
    if money.payer in everybody:
        return False
    return money.kind == "payout" or not {money.payee, money.subject} & sellers
