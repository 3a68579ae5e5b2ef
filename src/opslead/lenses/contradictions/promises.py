"""Money that an exit keeps or pays out although the flow never has it at that moment."""

from __future__ import annotations

import re
from collections.abc import Iterator

from opslead.lenses.contradictions.quoted import quote, saying, sources
from opslead.lenses.finding import Measured, find
from opslead.lenses.hole import Arithmetic, Evidence, Hole, Quotation
from opslead.model.measure import Money
from opslead.model.service import Basis, Exit, Fact, Flow, Service, Step
from opslead.model.steps import Role
from opslead.text import pick

_USE = ("complete", "start", "check_in", "deliver", "hand_over", "return")
_TAKE = ("charge", "capture")
_LEAVE = ("cancel", "no_show")
_PAYS_OUT = re.compile(r"payout|paid (?:in full|anyway)|지급|정산", re.I)
_RELEASED = re.compile(r"releas\w* (?:the )?(?:authori[sz]ation|hold)|승인\s?(?:해제|취소)", re.I)
_LATER_TAKE = re.compile(r"not charged|after|완료|complete", re.I)
_TAKEN_THEN = re.compile(
    r"(?:captur|charg|매입|청구).{0,40}(?:cancel|no.?show|취소|노쇼)|(?:cancel|no.?show|취소|노쇼).{0,40}(?:captur|charg|매입|청구)",
    re.I,
)


def look(service: Service) -> Iterator[Hole]:
    """A late cancellation keeps or pays out the price; the card is charged only after the service was used."""
    for flow in service.flows:
        pair = _authorized_then_used(flow)
        if pair is None:
            continue
        hold, take = pair
        kept = [way for way in service.exits(*_LEAVE) if _keeps(way)]
        if not kept or any(not _LATER_TAKE.search(i.text) for i in saying(service, _TAKEN_THEN)):
            return
        yield _never_taken_hole(service, hold, take, kept)
        return


def _authorized_then_used(flow: Flow) -> tuple[Step, Step] | None:
    """The approval of a card and the charge that follows the use, where the flow states both in that order."""
    hold = use = None
    for step in flow.steps:
        if step.source.basis is not Basis.GIVEN:
            continue
        if step.kind == "authorize":
            hold = step
        elif hold and step.kind in _USE:
            use = step
        elif hold and step.kind in _TAKE:
            return (hold, step) if use else None
    return None


def _keeps(way: Exit) -> bool:
    """Whether the customer's leaving costs the customer money by this exit."""
    customers = way.by is None or way.by.role is Role.CUSTOMER
    return customers and any(
        t.share is not None and t.share.value < 1 and t.source.basis is Basis.GIVEN for t in way.tiers
    )


def _never_taken_hole(service: Service, hold: Step, take: Step, kept: list[Exit]) -> Hole:
    lang = service.language
    names = {way.name for way in kept}
    paid = tuple(item for item in saying(service, _PAYS_OUT) if item.subject in names)
    freed = tuple(
        item for item in saying(service, _RELEASED) if re.search(r"cancel|취소", f"{item.subject} {item.text}", re.I)
    )
    slots = {
        "cases": pick(lang, "·", ", ").join(quote(way.name, lang, 40) for way in kept[:2]),
        "take": quote(take.source.text, lang, 40),
        "hold": quote(hold.source.text, lang, 50),
    }
    if paid:
        slots["paid"] = quote(paid[0].text, lang, 40)
    if freed:
        slots["freed"] = quote(freed[0].text, lang, 40)
    quoted = (*(way.source for way in kept[:2]), *sources(paid)[:2], *sources(freed)[:1], hold.source, take.source)
    evidence: tuple[Evidence, ...] = (Quotation(tuple(dict.fromkeys(quoted))),)
    share = _payee_sum(service) if paid else None
    loss = None
    if share is not None:
        shown = share.value.format(lang)
        sum_ = pick(lang, f"받은 돈 0 − 줄 돈 {shown}", f"collected 0 − owed {shown}")
        evidence += (Arithmetic(sum_, pick(lang, f"건당 −{shown}", f"−{shown} a case"), (share.source, take.source)),)
        loss = Measured(share.value.amount, pick(lang, f"건당 {shown}", f"{shown} a case"))
        slots["loss"] = shown
    return find(service, "contradictions.kept_never_taken", kept[0].id, slots, evidence, loss=loss)


def _payee_sum(service: Service) -> Fact[Money] | None:
    """What the other side gets for a case, as far as an example states it."""
    return next((m.amount for m in service.money if m.kind in ("settlement", "payout") and m.amount is not None), None)
