"""Decisions that pass by telephone or chat and are in no record, and how many cases they decide."""

from __future__ import annotations

import re
from collections.abc import Iterator

from opslead.lenses.finding import find
from opslead.lenses.hole import Arithmetic, Hole, Quotation
from opslead.model.guardrails import GuardrailKind
from opslead.model.measure import format_number
from opslead.model.service import Actor, Authority, Service
from opslead.model.steps import STEP_KINDS
from opslead.text import Lang, pick

_SPOKEN = re.compile(
    r"(?:전화|구두|유선|카톡|단톡방|메신저)(?:로|으로|상|에서)?\s?(?:\S+\s){0,3}?(?:승인|결정|허락|결재|판단|정한)"
    r"|(?:decid|approv|authoris|authoriz)\w*\s(?:[\w’'-]+\s){0,6}?(?P<medium>(?:by|over the|on the) (?:phone|telephone)|verbally|in (?:a|the) chat|by (?:chat|whatsapp))",
    re.I,
)


def spoken_decision(service: Service) -> Iterator[Hole]:
    """Somebody decides by phone about everything above a limit, and the average case lies above it."""
    kinds = (GuardrailKind.AUDIT_LOG, GuardrailKind.TWO_PERSON)
    ticket, lang = service.ticket, service.language
    for decider, said in _deciders(service):
        for actor in service.people:
            limited = actor.limit_for(said.action)
            if actor is decider or limited is None or limited.limit is None or ticket is None or ticket.assumed:
                continue
            limit = limited.limit.value
            if limit.currency != ticket.value.currency or ticket.value.amount <= limit.amount:
                continue
            if any(service.control(kind, said.action, "approve") for kind in kinds):
                continue
            ratio = format_number(ticket.value.amount / limit.amount)
            slots = {
                "who": decider.name,
                "desk": actor.name,
                "limit": limit.format(lang),
                "ratio": ratio,
                "work": STEP_KINDS[said.action].label(lang) if said.action in STEP_KINDS else said.action,
                "medium": _medium(said.source.text, lang),
            }
            sums = Arithmetic(
                f"{ticket.value.format(lang)} / {limit.format(lang)} = {ratio}",
                pick(lang, "평균 한 건이 이미 한도 밖", "the average case is beyond the limit"),
                (ticket.source, limited.limit.source),
            )
            yield find(service, "handoffs.spoken_decision", decider.id, slots, (Quotation((said.source,)), sums))
            return


def _deciders(service: Service) -> Iterator[tuple[Actor, Authority]]:
    for actor in service.people:
        for authority in actor.authority:
            if authority.limit is None and _SPOKEN.search(authority.source.text):
                yield actor, authority


def _medium(text: str, lang: Lang) -> str:
    found = _SPOKEN.search(text)
    said = found.group() if found else ""
    if lang == "en":
        return (found and found["medium"]) or "by phone"
    word = re.search(r"전화|구두|유선|카톡|단톡방|메신저", said)
    return word.group() if word else "전화"
