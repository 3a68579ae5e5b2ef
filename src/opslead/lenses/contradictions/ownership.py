"""Who holds the money and who does a step, each stated in two ways."""

from __future__ import annotations

import re
from collections.abc import Iterator

from opslead.lenses.contradictions.quoted import Said, quote, saying
from opslead.lenses.finding import find
from opslead.lenses.hole import Hole, Quotation
from opslead.model.service import Basis, Service, Step
from opslead.model.steps import Role
from opslead.text import pick

_DIRECT = re.compile(
    r"(?:로부터|에게서)\s?.{0,8}(?:금액|대금|돈)\s?.{0,4}(?:수령|받)|현장에서.{0,14}(?:결제|지불)|직접\s?(?:만나|결제|지불|송금)"
    r"|\bpays? (?:the |their )?[a-z]+ (?:directly|in cash|in person|on site)\b|\breceives? (?:the )?(?:cash|money|full (?:amount|price))\b.{0,20}\bfrom the\b",
    re.I,
)
_FROM = re.compile(r"로부터|에게서|from the", re.I)
_HELD = re.compile(
    r"(?:완료|확정|확인|승인)(?:하면|되면|\s?후(?:에)?|\s?시)\s.{0,16}(?:금액|대금|정산금|돈)?\s?(?:수령|지급|입금|송금)|에스크로|보관\s?(?:후|했다가)\s?(?:지급|정산)"
    r"|\bescrow\b|\breleas\w+ (?:the )?(?:money|funds|payments?) to\b|\b(?:released|paid out|transferred) to (?:the )?[a-z]+\b.{0,20}\b(?:after|once|when)\b|\b(?:platform|we) (?:holds?|keeps?) (?:the )?(?:money|funds|payment)",
    re.I,
)


def look(service: Service) -> Iterator[Hole]:
    """Both kinds, each at most once."""
    yield from _two_holders(service)
    yield from _two_owners(service)


# --- who holds the money ---------------------------------------------------------------------------------------------


def _two_holders(service: Service) -> Iterator[Hole]:
    """Paid from hand to hand in one place, handed out after completion in another, and nobody in between who could hold it."""
    if any(p.kind in ("payment", "bank") for p in service.partners) or any(service.steps("authorize", "capture")):
        return
    suppliers = [a.name for a in service.actors if a.role is Role.SUPPLIER]
    direct = [i for i in saying(service, _DIRECT) if not _HELD.search(i.text)]
    held = [i for i in saying(service, _HELD) if not _DIRECT.search(i.text)]
    pairs = [(d, h) for d in direct for h in held if _one_payee(d, h, suppliers)]
    if not pairs or not suppliers:
        return
    one, other = min(
        pairs, key=lambda p: (p[0].subject != p[1].subject, not _FROM.search(p[0].text))
    )  # first of the best
    spot = next(
        (i for i in direct if i.source.place != one.source.place and re.search(r"현장|cash|person", i.text, re.I)), None
    )
    lang = service.language
    slots = {
        "direct": quote(one.text, lang, 50), "held": quote(other.text, lang, 50), "payee": next((s for s in suppliers if s in f"{other.text} {other.subject}"), suppliers[0]),
        **({"spot": quote(spot.text, lang, 40)} if spot else {}),
    }  # fmt: skip
    slots["subject"] = pick(lang, f"{slots['payee']} 대금", f"the money of the {slots['payee']}")
    slots["first"] = pick(lang, "‘상대에게 바로 받음’", "“paid from hand to hand”")
    slots["second"] = pick(lang, "‘완료 뒤에 받음’", "“paid after completion”")
    quoted = (one.source, other.source, *((spot.source,) if spot else ()))
    yield find(service, "contradictions.two_holders", "money", slots, (Quotation(quoted),))


def _one_payee(direct: Said, held: Said, suppliers: list[str]) -> bool:
    """Whether both are about what the supplier gets: both stand under it, or one of them names it."""
    if direct.source == held.source:
        return False
    same_part = bool(direct.subject) and direct.subject == held.subject
    return same_part or any(s in f"{held.text} {held.subject}" for s in suppliers)


# --- who does a step -------------------------------------------------------------------------------------------------

_ONE_HAND = (
    "approve",
    "reject",
    "refund",
    "payout",
    "assign",
    "inspect",
    "no_show",
    "complete",
    "check_in",
    "grade",
    "adjust",
)
_BARE = re.compile(r"\s|[(（][^()（）]*[)）]|\b(?:the|an?|by|of)\b", re.I)


def _two_owners(service: Service) -> Iterator[Hole]:
    """One step by its own words, done by two different people in two flows."""
    steps = [s for s in service.steps(*_ONE_HAND) if s.actor is not None and s.source.basis is Basis.GIVEN]
    for index, first in enumerate(steps):
        for second in steps[index + 1 :]:
            if _same_step(first, second):
                lang = service.language
                slots = {
                    "work": quote(_work(first), lang, 40),
                    "first": first.actor.name if first.actor else "",
                    "second": second.actor.name if second.actor else "",
                }
                evidence = (Quotation((first.source, second.source)),)
                yield find(service, "contradictions.two_owners", first.id, slots, evidence)
                return


def _work(step: Step) -> str:
    """The step's own words without whoever does it: `노쇼 처리`."""
    return step.name.replace(step.actor.name if step.actor else "", "").strip() or step.name


def _same_step(first: Step, second: Step) -> bool:
    if first.actor is None or second.actor is None or first.kind != second.kind:
        return False
    named = first.actor.name in first.source.text and second.actor.name in second.source.text
    one, other = (_BARE.sub("", s.name.replace(s.actor.name if s.actor else "", "")).lower() for s in (first, second))
    apart = first.source.place != second.source.place and first.actor.role is not second.actor.role
    return named and apart and bool(one) and one == other
