"""One party decides, another one pays: refunds by people of another company, refunds by those who are settled later."""

from __future__ import annotations

import re
from collections.abc import Iterator

from opslead.lenses.finding import Measured, find
from opslead.lenses.hole import Arithmetic, Evidence, Hole, Quotation
from opslead.lenses.worth import label, named, part_of, stated, told, unique
from opslead.model.measure import Money, format_share
from opslead.model.service import Actor, Fact, MoneyRule, Service, Source
from opslead.model.steps import Role
from opslead.text import pick

_OUTSIDE_KO = r"(?:외주|위탁|용역|아웃소싱|대행|파견)"
_MONEY = ("refund", "compensate")
_NETTED = re.compile(
    r"차감|상계|공제하고|환불.{0,10}제외|net of refund|netted|deduct.{0,20}refund|refunds?.{0,20}deduct", re.I
)


def others_money(service: Service) -> Iterator[Hole]:
    """People of another company may give away money that is not theirs."""
    lang = service.language
    for actor in service.people:
        for power in actor.authority:
            told = _outsourced(service, actor)
            if power.action not in _MONEY or told is None or actor.role is Role.SUPPLIER:
                continue
            evidence: list[Evidence] = [Quotation(unique((told, power.source)))]
            slots = {"who": named(actor, lang), "work": label(power.action, lang)}
            loss: Measured | None = None
            ticket = service.ticket
            if power.limit is not None:
                limit = power.limit.value
                slots["limit"] = limit.format(lang)
                loss = Measured(limit.amount, limit.format(lang))
                if ticket is not None and ticket.value.currency == limit.currency and ticket.value.amount:
                    share = format_share(round(limit.amount / ticket.value.amount, 2), lang)
                    slots["of_ticket"] = share
                    evidence.append(
                        Arithmetic(
                            f"{limit.format(lang)} / {ticket.value.format(lang)} = {share}",
                            pick(lang, f"평균 한 건의 {share}", f"{share} of an average case"),
                            unique((power.limit.source, ticket.source)),
                        )
                    )
            yield find(
                service, "authority.others_money", f"{actor.id}-{power.action}", slots, tuple(evidence), loss=loss
            )
            return


def _outsourced(service: Service, actor: Actor) -> Source | None:
    """The sentence that says that this actor belongs to another company."""
    name = re.escape(actor.name)
    near = re.compile(
        rf"(?:outsourc|contract(?:ed|or)|third[- ]party|partner firm)[^,;.]{{0,40}}\b{name}"
        rf"|{_OUTSIDE_KO}\s?(?:\S{{1,6}}\s)?{name}|{name}\S{{0,2}}\s?\([^)]{{0,12}}{_OUTSIDE_KO}|{name}[은는이가]\s{_OUTSIDE_KO}",
        re.I,
    )
    sources = [actor.source, *(m.source for m in service.money), *(r.source for r in service.rules)]
    sources += [m.source for m in service.mentions]
    return next((source for source in sources if stated(source) and near.search(source.text)), None)


def refund_settlement(service: Service) -> Iterator[Hole]:
    """Those who share the takings later decide refunds: with other people's money freely, with their own not before the day."""
    lang = service.language
    found = _deciding_supplier(service)
    rule = next((m for m in service.money if m.kind in ("settlement", "payout") and m.cycle and m.due), None)
    if found is None or rule is None or any(_NETTED.search(text) for text in told(service)):
        return
    actor, source = found
    evidence: list[Evidence] = [Quotation(unique((source, rule.source)))]
    slots = {"who": named(actor, lang), "due": rule.due.removeprefix("on "), "payer": _settler(service)}
    loss: Measured | None = None
    if fee := _fee(service):
        share, price, quoted = fee
        own = part_of(price, 1 - share.value)
        kept, whole = format_share(1 - share.value, lang), price.value.format(lang)
        slots |= {"example": whole, "own": own.format(lang), "share": kept}
        evidence.append(
            Arithmetic(
                f"{whole} × {kept} = {slots['own']}",
                pick(lang, "환불 한 건에 걸린 자기 몫", "of their own at stake in one refund"),
                unique((share.source, quoted)),
            )
        )
        loss = Measured(price.value.amount, whole)
    yield find(service, "authority.refund_settlement", actor.id, slots, tuple(evidence), loss=loss)


def _deciding_supplier(service: Service) -> tuple[Actor, Source] | None:
    for step in service.steps("refund"):
        if step.actor is not None and step.actor.role is Role.SUPPLIER and stated(step.source):
            return step.actor, step.source
    return None


def _settler(service: Service) -> str:
    """Who pays out: the office that is named for it, else the company behind the platform."""
    lang = service.language
    paying = next((s.actor for s in service.steps("payout") if s.actor and s.actor.role is Role.STAFF), None)
    return named(paying, lang) if paying else pick(lang, "운영사", "the platform")


def _fee(service: Service) -> tuple[Fact[float], Fact[Money], Source] | None:
    """The commission's share, and the largest stated price as an example."""
    share = next((m.share for m in service.money if m.kind == "commission" and m.share is not None), None)
    prices: list[MoneyRule] = [m for m in service.money if m.kind in ("price", "subscription", "ticket") and m.amount]
    if share is None or not prices:
        return None
    top = max(prices, key=lambda m: m.amount.value.amount if m.amount else 0.0)
    return (share, top.amount, top.source) if top.amount else None
