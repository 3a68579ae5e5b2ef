"""Two people agree to meet, and nothing says what happens when one of them does not come."""

from __future__ import annotations

import re
from collections.abc import Iterator

from opslead.lenses.contradictions.quoted import quote, saying
from opslead.lenses.finding import find
from opslead.lenses.hole import Hole, Quotation
from opslead.model.service import Basis, Service, Step
from opslead.model.steps import Role

_MEET = re.compile(r"만남|만나|대면|\bmeets?\b|\bmeet-?up\b|in person", re.I)
_ABSENT = re.compile(
    r"노쇼|no.?show|불참|미방문|나타나지|지각|오지\s?않|does(?: not|n't) (?:come|show|appear)|\blate arrival", re.I
)
_PUNCTUAL = re.compile(r"시간\s?약속|약속\s?시간|punctual|on time", re.I)


def look(service: Service) -> Iterator[Hole]:
    """At most one hole, at the step in which they meet."""
    supplier = next((a for a in service.actors if a.role is Role.SUPPLIER), None)
    customer = next((a for a in service.actors if a.role is Role.CUSTOMER), None)
    step = next((s for s in service.steps() if s.source.basis is Basis.GIVEN and _meets(s)), None)
    if supplier is None or customer is None or step is None or any(service.exits("no_show")):
        return
    if saying(service, _ABSENT) or any(_ABSENT.search(text) for text, _ in service.unread):
        return
    if "no_show" in service.kinds or any(_ABSENT.search(state.name) for state in service.states):
        return
    lang = service.language
    ways = [w for w in service.exits("cancel") if w.source.basis is Basis.GIVEN]
    rated = next((limit for limit in service.limits if _PUNCTUAL.search(f"{limit.subject} {limit.source.text}")), None)
    slots = {"meet": quote(step.source.text, lang, 40), "supplier": supplier.name, "customer": customer.name}
    if ways:
        slots["cancel"] = quote(ways[0].source.text, lang, 40)
    if rated is not None:
        slots["rated"] = quote(rated.source.text, lang, 30)
    quoted = (step.source, *(w.source for w in ways[:1]), *((rated.source,) if rated else ()))
    yield find(service, "contradictions.absence_unstated", step.id, slots, (Quotation(quoted),))


def _meets(step: Step) -> bool:
    return bool(_MEET.search(f"{step.name} {step.source.text}"))
